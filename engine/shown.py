"""The parts of a screen, as plain values without HTML (CONTRACTS §3)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from engine.errors import Refusal
from engine.fields.catalogue import plain, read
from engine.fields.field import Field, Limits


class ShownCheck(NamedTuple):
    """Evidence to tick; `ticked` where an earlier answer had it.

    `override` says how a required one may be left open: `reason`, `approval`, or `never`.
    """

    id: str
    label: str
    source: str
    required: bool
    ticked: bool
    override: str


class ShownAsk(NamedTuple):
    """A field to fill in. `min`, `max` and `value` are canonical and plain, `value` an earlier answer or the default.

    `typed` is the text as it was typed before, where that differs from the canonical value.
    """

    field: str
    type: str
    label: str
    help: str
    required: bool
    min: Any
    max: Any
    unit: str
    currency: str
    options: tuple[Mapping[str, str], ...]
    value: Any
    typed: str | None


class ShownOption(NamedTuple):
    """An answer on offer; `chosen` where an earlier answer was this one.

    One that is not `allowed` is locked: `because` says why, `override` what opens it (`reason`, `approval`, or None).
    """

    id: str
    label: str
    hint: str
    allowed: bool
    because: str
    override: str | None
    chosen: bool


class ShownDocument(NamedTuple):
    """What can be had in writing here; `kind` is email, letter or summary. Its text is `documents.produce`d."""

    id: str
    kind: str
    title: str


class ShownImage(NamedTuple):
    """An image, and `alt`, what it shows in words; the `digest` of its file is "" where nobody read it.

    `width` and `height` are in pixels.
    """

    file: str
    alt: str
    digest: str
    width: int
    height: int


def ask(field: Field, within: Limits, *, required: bool = True) -> ShownAsk:
    """A field as it is asked where nothing is known yet: with its default, if it can hold it."""
    offered = read(field, field.default)
    return ShownAsk(
        field=field.id,
        type=field.type,
        label=field.label,
        help=field.help,
        required=required,
        min=plain(within.min),
        max=plain(within.max),
        unit=field.unit,
        currency=field.currency,
        options=tuple([{"id": choice.id, "label": choice.label, "hint": choice.hint} for choice in field.options]),
        value=None if isinstance(offered, Refusal) else plain(offered),
        typed=None,
    )
