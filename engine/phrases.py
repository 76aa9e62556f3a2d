"""The few words of ours in what people send to clients and file, in the language of a session.

What people read on pages is translated elsewhere: a write-up goes to the client, whatever language its reader has.
"""

from collections.abc import Mapping

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "matter": "Your matter, as of {date}",
        "success": "We found a way forward.",
        "partial": "Not everything is settled yet; we go on with it.",
        "failure": "We have not found a way forward yet.",
        "escalated": "We have passed this on to those here who decide it.",
        "abandoned": "This is not finished yet.",
        "you-promised": "What you promised",
        "we-promised": "What we promised",
        "promise": "{what}, by {due}",
        "promise-amount": "{what} ({amount}), by {due}",
        "you-receive": "What you receive from us",
        "refund": "A refund",
        "credit": "A credit",
        "replacement": "A replacement",
        "gesture": "A goodwill gesture",
        "other": "Something to make up for it",
        "draft": "This is a draft.",
        "agreed": "This is agreed between us.",
        "ended": "This is no longer in force.",
        "review": "We look at it again on {date}.",
        "in-writing": "In writing",
        "contact": "Your contact: {name}",
        "unended": "Ended before an outcome: {reason}",
        "outcome": "Outcome code: {code}",
        "client": "Client: {name}",
        "reference": "Reference: {name}",
        "agent": "Agent: {name}",
        "session": "Session: {name}",
        "path": "Path",
        "skipped": "skipped ({reason})",
        "opened": "opened “{guide}”",
        "checked": "checked: {what}",
        "passed": "passed for a reason: {reason}",
        "notes": "Notes",
        "words": "In the client's words",
        "records": "Recorded",
        "by-client": "Client: {what}",
        "by-us": "We: {what}",
        "contacted": "Contact: {what}",
        "recognised": "Recognition: {what}",
        "agreement": "Agreement: {what}",
    },
    "de": {
        "matter": "Ihr Anliegen, Stand vom {date}",
        "success": "Wir haben einen gemeinsamen Weg gefunden.",
        "partial": "Es ist noch nicht alles geklärt; wir bleiben daran.",
        "failure": "Wir haben noch keinen gemeinsamen Weg gefunden.",
        "escalated": "Wir haben das an die zuständige Stelle bei uns weitergegeben.",
        "abandoned": "Es ist noch nicht abgeschlossen.",
        "you-promised": "Was Sie zugesagt haben",
        "we-promised": "Was wir zugesagt haben",
        "promise": "{what}, bis {due}",
        "promise-amount": "{what} ({amount}), bis {due}",
        "you-receive": "Was Sie von uns erhalten",
        "refund": "Eine Erstattung",
        "credit": "Eine Gutschrift",
        "replacement": "Ein Ersatz",
        "gesture": "Ein Entgegenkommen",
        "other": "Eine Wiedergutmachung",
        "draft": "Das ist ein Entwurf.",
        "agreed": "Das ist zwischen uns vereinbart.",
        "ended": "Das gilt nicht mehr.",
        "review": "Wir sehen es uns am {date} wieder an.",
        "in-writing": "Schriftlich",
        "contact": "Ihr Kontakt: {name}",
        "unended": "Vor einem Ergebnis beendet: {reason}",
        "outcome": "Ergebnis: {code}",
        "client": "Kunde: {name}",
        "reference": "Vorgang: {name}",
        "agent": "Bearbeitet von: {name}",
        "session": "Gespräch: {name}",
        "path": "Weg",
        "skipped": "übersprungen ({reason})",
        "opened": "„{guide}“ geöffnet",
        "checked": "geprüft: {what}",
        "passed": "mit Begründung: {reason}",
        "notes": "Notizen",
        "words": "In den Worten des Kunden",
        "records": "Festgehalten",
        "by-client": "Kunde: {what}",
        "by-us": "Wir: {what}",
        "contacted": "Kontakt: {what}",
        "recognised": "Anerkennung: {what}",
        "agreement": "Vereinbarung: {what}",
    },
}
"""By language and by what is said. A new language: copy a neighbour, translate its words.

What goes to clients says of no outcome that people spoke or settled something: the client may not have answered.
"""


def phrase(key: str, language: str, **gaps: str) -> str:
    """The words for `key` in a language like `de` or `de-AT`, its gaps filled; English where there are none."""
    words = PHRASES.get(language.replace("_", "-").partition("-")[0], PHRASES["en"])
    return words[key].format(**gaps)
