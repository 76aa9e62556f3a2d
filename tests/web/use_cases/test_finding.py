"""Guides at hand, the search over them, and what changed since somebody last ran one."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.web.use_cases.conftest import LATE, FakeClock, OpenHouse
from web.storage.people import Person
from web.use_cases import finding
from web.use_cases.desk import Start
from web.use_cases.finding import Arranged, Change
from web.use_cases.house import House
from web.use_cases.refusals import NotAllowedError, NotFoundError


def _ids(arranged: Arranged) -> tuple[list[str], ...]:
    return tuple([card.id for card in cards] for cards in (arranged.pinned, arranged.recent, arranged.rest))


def _run(house: House, person: Person) -> None:
    house.desk.start(person, "late", Start({"client_name": "Zoë"}))


def _publish(house: House, folder: Path, *changes: tuple[str, str]) -> None:
    text = (folder / "late.yaml").read_text()
    for was, now in changes:
        assert was in text
        text = text.replace(was, now)
    (folder / "late.yaml").write_text(text)
    assert house.import_guides().problems == ()


def test_pinned_guides_come_first_then_those_run_last_then_the_rest(house: House, ann: Person, bob: Person) -> None:
    assert _ids(house.finder.arranged(ann)) == ([], [], ["late", "sorry"])
    _run(house, ann)
    assert _ids(house.finder.arranged(ann)) == ([], ["late"], ["sorry"])
    house.finder.pin(ann, "late")
    assert _ids(house.finder.arranged(ann)) == (["late"], [], ["sorry"])
    assert _ids(house.finder.arranged(bob)) == ([], [], ["late", "sorry"])


def test_a_pin_is_kept_until_it_is_taken_out(house: House, ann: Person, open_again: OpenHouse) -> None:
    for _ in range(2):
        assert house.finder.pin(ann, "sorry").title == "An apology"
    assert open_again().finder.pinned(ann, "sorry")
    for _ in range(2):
        house.finder.unpin(ann, "sorry")
    assert not house.finder.pinned(ann, "sorry")


def test_only_a_guide_that_is_there_can_be_pinned_and_only_by_staff(house: House, ann: Person) -> None:
    with pytest.raises(NotFoundError):
        house.finder.pin(ann, "nowhere")
    stranger = Person(99, "X", "nobody", None, disabled=False, has_password=False)
    for refused in (house.finder.arranged, lambda who: house.finder.search(who, "late")):
        with pytest.raises(NotAllowedError):
            refused(stranger)


def test_a_search_finds_cards_with_the_words_that_were_looked_for(house: House, ann: Person) -> None:
    (found,) = house.finder.search(ann, "lat paymnt").found
    assert (found.card.id, [part.text for part in found.hit.title if part.found]) == ("late", ["late", "payment"])
    assert found.locale is None
    assert house.finder.search(ann, "payment", but="late").found == ()


def test_words_are_searched_in_what_is_published_now(house: House, ann: Person, folder: Path) -> None:
    assert house.finder.search(ann, "avocado").found == ()
    _publish(house, folder, ("A small sum.", "An avocado."))
    assert [found.card.id for found in house.finder.search(ann, "avocado").found] == ["late"]


def test_a_guide_is_found_in_another_language_and_starts_in_it(house: House, ann: Person, folder: Path) -> None:
    catalogue = folder / "locale" / "de" / "late.po"
    catalogue.parent.mkdir(parents=True)
    messages = [("title", "A late payment", "Zahlungserinnerung")]
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n"\n'
    entries = (f'\nmsgctxt "{key}"\nmsgid "{was}"\nmsgstr "{now}"\n' for key, was, now in messages)
    catalogue.write_text(head + "".join(entries))
    assert house.import_guides().problems == ()
    (found,) = house.finder.search(ann, "Zahlungserinerung").found
    assert (found.card.title, found.hit.language, found.locale) == ("A late payment", "de", "de")


def test_steps_of_a_guide_under_way_are_those_of_its_version(house: House, ann: Person, folder: Path) -> None:
    session = house.desk.start(ann, "late", Start({"client_name": "Zoë"}))
    _publish(house, folder, ("A small sum.", "An avocado."))
    guide = house.moves.look(ann, session).state.visit.frame.guide
    for _ in range(2):
        assert [hit.step for hit in house.finder.steps(guide, "small")] == ["small"]
    assert house.finder.steps(guide, "avocado") == ()
    assert house.finder.steps(guide, "small avocado") == ()


def test_what_changed_is_told_to_those_who_ran_the_older_version(
    house: House, ann: Person, bob: Person, folder: Path, clock: FakeClock
) -> None:
    _run(house, ann)
    assert house.finder.news(ann, "late", "en") is None
    clock.pass_(timedelta(days=3))
    _publish(house, folder, ("label: Names a date", "label: Names a day"), ("summary: Agree", "summary: Settle"))
    for _ in range(2):
        news = house.finder.news(ann, "late", "en")
        assert news is not None
        assert (news.since, news.more) == (date(2026, 3, 2), 0)
        assert [change.about for change in news.changes] == ["", "What do they say?"]
        assert "“Names a day”" in news.changes[1].sentence
    assert house.finder.news(bob, "late", "en") is None
    _run(house, ann)
    assert house.finder.news(ann, "late", "en") is None


def test_what_only_authors_meet_is_no_news(house: House, ann: Person, folder: Path) -> None:
    _run(house, ann)
    rule = "rules:\n  - {id: short, longest_path: 15}\n"
    (folder / "late.yaml").write_text(LATE + rule)
    assert len(house.import_guides().published) == 1
    assert house.finder.news(ann, "late", "en") is None


def test_at_most_ten_changes_are_told_and_how_many_more(house: House, ann: Person, folder: Path) -> None:
    _run(house, ann)
    steps = "".join(f"  more-{n}:\n    say: More.\n    next: done\n" for n in range(12))
    ways = "".join(f"      - {{id: w-{n}, label: Way {n}, to: more-{n}}}\n" for n in range(12))
    fault = "      - {id: fault, label: It is our fault, to: sorry}\n"
    _publish(house, folder, (fault, fault + ways), ("  done:\n", f"{steps}  done:\n"))
    news = house.finder.news(ann, "late", "en")
    assert news is not None
    assert len(news.changes) == 10
    assert news.more >= 14
    assert news.changes[0] == Change("What do they say?", "The answer “Way 0” ('w-0') is new; it goes to 'more-0'.")


def test_comparisons_that_are_kept_are_bounded(
    house: House, ann: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_KEPT", 1)
    _run(house, ann)
    _publish(house, folder, ("A small sum.", "A modest sum."))
    told = [house.finder.news(ann, "late", locale) for locale in ("en", "de", "en")]
    assert told[0] == told[2] is not None


def test_a_version_that_can_no_longer_be_read_tells_nothing(
    house: House, ann: Person, folder: Path, open_again: OpenHouse
) -> None:
    _run(house, ann)
    _publish(house, folder, ("A small sum.", "A modest sum."))
    with house.database.writing() as connection:
        connection.exec_driver_sql("UPDATE guide_versions SET digest = 'gone' WHERE guide = 'late' AND number = 1")
    assert open_again().finder.news(ann, "late", "en") is None
