"""What changed in the records that steps and answers write into the client's ledger (FORMAT §5)."""

from collections import Counter
from collections.abc import Iterator, Mapping

from engine.comparison.difference import Difference, Voice, replaced
from engine.model import Record


def record_differences(voice: Voice, old: tuple[Record, ...], new: tuple[Record, ...]) -> Iterator[Difference]:
    """Records have no ids: one that stands in the place of another of its kind is told key by key."""
    before, after = ([_written(record) for record in records] for records in (old, new))
    keys, keys_now = ([tuple(sorted(each.items())) for each in records] for records in (before, after))
    if keys != keys_now and Counter(keys) == Counter(keys_now):
        yield voice.tell("order", "the records stand in another order")
        return
    for was, now in replaced(keys, keys_now):
        if was is not None and now is not None and old[was].kind == new[now].kind:
            yield from voice.within(f"the record '{new[now].kind}'").mapping("its {}", before[was], after[now])
            continue
        if was is not None:
            yield voice.tell("removed", f"the record '{old[was].kind}' is gone{_about(old[was])}")
        if now is not None:
            yield voice.tell("added", f"the record '{new[now].kind}' is new{_about(new[now])}")


def _about(record: Record) -> str:
    """What a record is about, where it says so."""
    return "".join(f": “{text.source}”" for text in record.texts.values())


def _written(record: Record) -> Mapping[str, str]:
    """A record as its author wrote it, by key."""
    return {
        "kind of record": record.kind,
        **record.fixed,
        **{key: text.written for key, text in record.texts.items()},
        **{key: figure.source for key, figure in record.figures.items()},
        **({"values": ", ".join(record.values)} if record.values else {}),
        **({"when": record.when.source} if record.when else {}),
    }
