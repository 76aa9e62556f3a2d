"""What guides read from a client's ledger. The guide under test, with the facts it reads, stands in the docstring."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from engine.ledger import Entry, Ledger, Past, figures
from engine.model import Guide
from engine.walkthroughs import no_records
from tests.engine.walks import TODAY, compiled

Guides = Mapping[str, Guide]


def _before(days: int) -> date:
    return TODAY - timedelta(days)


def _contact(days: int, channel: str = "phone", result: str = "no_answer") -> Entry:
    return Entry("contact", _before(days), {"channel": channel, "result": result})


def _promise(due_in: int, word: str = "open", by: str = "client") -> Entry:
    return Entry("promise", _before(40), {"by": by, "due": _before(-due_in).isoformat()}, word=word)


def _remedy(days: int, amount: str | None, currency: str = "EUR") -> Entry:
    said = {"kind": "credit"} | ({"amount": amount, "currency": currency} if amount else {})
    return Entry("remedy", _before(days), said)


def _agreed(days: int, limit: str, state: str = "agreed", id: str = "terms") -> Entry:
    return Entry("agreement", _before(days), {"id": id, "state": state}, {"limit": limit})


def _facts(guides: Guides, *entries: Entry) -> dict[str, Any]:
    return figures(Ledger(entries), guides, TODAY)


def test_contacts_are_counted_within_their_days(guides: Guides) -> None:
    """
    fields:
      all: {type: integer, fact: contacts}
      late: {type: integer, fact: contacts, days: 30}
      reached: {type: integer, fact: contacts_reached}
      ways: {type: integer, fact: contact_channels, days: 30}
    steps:
      hello: {say: "{{ all }} {{ late }} {{ reached }} {{ ways }}", next: end}
      end: {outcome: done}
    """
    tries = [_contact(31, "letter"), _contact(30), _contact(4, "email", "sent"), _contact(1, result="reached")]
    assert _facts(guides, *tries) == {"contacts": 4, "contacts.30": 3, "contacts_reached": 1, "contact_channels.30": 2}


def test_days_since_a_contact_are_counted_from_the_first_and_the_last_reached(guides: Guides) -> None:
    """
    fields:
      first: {type: integer, fact: days_since_first_contact}
      first_late: {type: integer, fact: days_since_first_contact, days: 30}
      reached: {type: integer, fact: days_since_last_reached}
    steps:
      hello: {say: "{{ first }} {{ first_late }} {{ reached }}", next: end}
      end: {outcome: done}
    """
    tries = [_contact(50), _contact(20, result="reached"), _contact(8, result="reached"), _contact(1)]
    known = {"days_since_first_contact": 50, "days_since_first_contact.30": 20, "days_since_last_reached": 8}
    assert _facts(guides, *tries) == known
    assert _facts(guides, _contact(-1)) == {"days_since_first_contact": 0, "days_since_first_contact.30": 0}


PROMISES = """
fields:
  open: {type: integer, fact: promises_open}
  overdue: {type: integer, fact: promises_overdue}
  kept: {type: integer, fact: promises_kept, days: 30}
  broken: {type: integer, fact: promises_broken}
  ours: {type: integer, fact: promises_overdue, by: us}
steps:
  hello: {say: "{{ open }} {{ overdue }} {{ kept }} {{ broken }} {{ ours }}", next: end}
  end: {outcome: done}
"""


def test_promises_are_what_people_said_of_them_and_overdue_by_date_alone() -> None:
    made = [
        _promise(9), _promise(0), _promise(-1), _promise(5, "kept"), _promise(-30, "kept"), _promise(-31, "kept"),
        _promise(-3, "broken"), _promise(-3, "cancelled"), _promise(-3, by="us"),
    ]  # fmt: skip
    assert _facts(compiled(PROMISES), *made) == {
        "promises_open.client": 3,
        "promises_overdue.client": 1,
        "promises_kept.client.30": 2,
        "promises_broken.client": 1,
        "promises_overdue.us": 1,
    }


@pytest.mark.parametrize(
    ("remedies", "total"),
    [
        ([], 0),
        ([_remedy(3, "50.00"), _remedy(9, "0.50"), _remedy(9, None), _remedy(400, "70.00")], "50.50"),
        ([_remedy(3, "50.00"), _remedy(3, "50.00", "CHF")], None),
        ([_remedy(3, "50.00", "CHF")], None),
    ],
)
def test_remedies_are_totalled_in_one_currency_only(remedies: list[Entry], total: object) -> None:
    guides = compiled(
        "fields:\n  given: {type: money, currency: EUR, fact: remedies_total, days: 365}\n"
        'steps:\n  hello: {say: "{{ given }}", next: end}\n  end: {outcome: done}'
    )
    assert _facts(guides, *remedies).get("remedies_total.365") == total


def test_a_total_that_is_no_money_takes_amounts_of_any_one_currency(guides: Guides) -> None:
    """
    fields:
      given: {type: number, fact: remedies_total}
    steps:
      hello: {say: "{{ given }}", next: end}
      end: {outcome: done}
    """
    assert _facts(guides, Entry("remedy", TODAY, {"kind": "other", "amount": "3"})) == {"remedies_total": "3"}
    assert _facts(guides, _remedy(3, "50.00", "CHF")) == {"remedies_total": "50.00"}


def test_one_total_read_in_two_currencies_is_known_in_neither(guides: Guides) -> None:
    """
    fields:
      euros: {type: money, currency: EUR, fact: remedies_total}
      francs: {type: money, currency: CHF, fact: remedies_total}
    steps:
      hello: {say: "{{ euros }} {{ francs }}", next: end}
      end: {outcome: done}
    """
    assert _facts(guides, _remedy(3, "50.00")) == {}
    assert _facts(guides) == {"remedies_total": 0}


def test_sessions_and_outcomes_are_those_of_the_guide_that_asks(guides: Guides) -> None:
    """
    fields:
      often: {type: integer, fact: sessions, days: 30}
      last: {type: text, fact: last_outcome}
      me: {type: text, from: agent.name}
    steps:
      hello: {say: "{{ often }} {{ last }} {{ me }}", next: end}
      end: {outcome: done}
    """
    past = (Past("small", _before(40), "done"), Past("small", _before(9)), Past("other", _before(1), "lost"))
    assert figures(Ledger(sessions=past), guides, TODAY) == {"sessions.small.30": 1, "last_outcome.small": "done"}
    assert figures(Ledger(), guides, TODAY) == {"sessions.small.30": 0}


def test_what_was_agreed_is_that_of_the_newest_agreement_of_its_id(guides: Guides) -> None:
    """
    fields:
      limit: {type: money, currency: EUR, fact: agreement, id: terms, field: limit}
    steps:
      hello: {say: "{{ limit }}", next: end}
      end: {outcome: done}
    """
    agreed = [_agreed(9, "500.00"), _agreed(3, "700.00", "draft"), _agreed(1, "9.00", id="other")]
    assert _facts(guides, *agreed) == {"agreement.terms.limit": "700.00"}
    assert _facts(guides, *agreed, _agreed(0, "700.00", "ended")) == _facts(guides) == {}


def test_a_client_without_records_is_known_as_walkthroughs_know_them() -> None:
    guides = compiled(PROMISES)
    assert figures(Ledger(), guides, TODAY) == no_records(guides)
