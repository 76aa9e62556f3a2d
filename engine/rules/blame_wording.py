"""Words to say that blame the client.

Blame ends the conversation: people defend themselves instead of looking for a way. Say what happened, what it means,
and what can be done.

Wrong, at line 5, column 14:

    guide: blame
    title: Blame
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: You failed to pay., outcome: done}

Mended:

    guide: blame
    title: Blame
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye: {say: I cannot see your payment yet., outcome: done}
"""

import re
from collections.abc import Iterator, Mapping

from engine.graph import GuideGraph
from engine.problems import Finding, Place, Severity

CODE = "blame-wording"
SEVERITY = Severity.WARNING

BLAME: Mapping[str, tuple[str, ...]] = {
    "en": (
        "you failed",
        "you have failed",
        "you forgot",
        "you neglected",
        "you refuse",
        "you should have",
        "you must have known",
        "you always (?:pay late|are late|ignore|forget|miss|avoid|complain|delay|make excuses|let (?:us|me) down)",
        "you never (?:answer|pay|reply|respond|call|ring|write|react|listen|keep|tell|say|do|return|pick)",
        "you never (?:answered|paid|replied|responded|called|rang|wrote|reacted|listened|kept|told|said|did|returned)",
        "you (?:have )?ignored?",
        r"you(?: are|['\u2019]re| keep) ignoring",
        r"you still ha(?:ve not|ven['\u2019]t) (?:answered|paid|replied|responded|called|sent|returned)",
        "you (?:have )?(?:kept|keep) (?:us|me) waiting",
        "why (?:did|have) you (?:still |ever )?not",
        r"why (?:didn|haven)['\u2019]t you",
        "(?:unacceptable|irresponsible|unprofessional) of you",
        r"(?:tried|trying) to (?:reach|contact|call|ring|get hold of) you for (?:\w+ ){0,3}(?:days|weeks|months)",
        r"(?:I|we)(?: have|['\u2019]ve) been waiting (?:for your? (?:\w+ )?)?for (?:\w+ ){0,3}(?:days|weeks|months)",
        "you people",
        "you claim",
        "your fault",
        "your own mistake",
        "you are to blame",
        "as I told you",
        "as I said",
        "as I already",
        "how many times",
        "that is not my problem",
        "calm down",
    ),
    "de": (
        "Sie haben versäumt",
        "Sie haben es versäumt",
        "Sie haben vergessen",
        "Sie hätten",
        "Sie weigern sich",
        "Sie behaupten",
        "Sie (?:zahlen|kommen|antworten|melden sich) (?:immer|ständig|dauernd) zu spät",
        r"Sie (?:ignorieren|vergessen|verpassen|versprechen) (?:\w+ ){0,2}(?:immer|ständig|dauernd)",
        r"Sie (?:antworten|zahlen|reagieren|schreiben|hören|melden sich|rufen|halten) (?:\w+ ){0,2}(?:nie|niemals)",
        r"Sie (?:\w+ )?ignorieren",
        r"Sie haben (?:\w+ ){0,5}ignoriert",
        r"Sie haben (?:\w+ ){0,2}(?:immer noch|noch immer) nicht (?:\w+ ){0,4}(?:bezahlt|gezahlt|geantwortet|reagiert)",
        r"(?:warum|wieso|weshalb) haben Sie (?:\w+ ){0,4}nicht",
        "(?:inakzeptabel|unverschämt|verantwortungslos) von Ihnen",
        r"(?:ich versuche|ich warte|wir versuchen|wir warten) (?:\w+ ){0,4}seit (?:\w+ )?(?:Tagen|Wochen|Monaten)",
        r"seit (?:\w+ )?(?:Tagen|Wochen|Monaten) (?:versuche ich|warte ich|versuchen wir|warten wir)",
        "Ihre Schuld",
        "Ihr eigener Fehler",
        "Ihr Versäumnis",
        "selbst schuld",
        "wie ich bereits sagte",
        "wie ich Ihnen schon",
        "wie oft soll ich",
        "das ist nicht mein Problem",
        "beruhigen Sie sich",
    ),
    "fr": (
        "vous avez oublié",
        "vous avez négligé",
        "vous refusez",
        "vous auriez dû",
        "vous prétendez",
        "vous (?:payez|répondez|êtes) (?:toujours|sans cesse) en retard",
        r"vous ne (?:\w+ )?(?:payez|répondez|rappelez|réagissez|écrivez|écoutez|tenez|dites|faites) jamais",
        "vous (?:nous |m['\u2019])ignorez",
        "vous avez ignoré",
        "vous n['\u2019]avez toujours pas (?:payé|répondu|réagi|rappelé|envoyé|écrit)",
        "pourquoi (?:n['\u2019]avez-vous|vous n['\u2019]avez) (?:toujours )?pas",
        "vous (?:nous|me) faites attendre",
        "(?:inacceptable|irresponsable|inadmissible) de votre part",
        r"(?:j['\u2019]essaie|nous essayons) de vous (?:joindre|contacter) depuis (?:\w+ ){0,3}(?:jours|semaines|mois)",
        r"(?:j['\u2019]attends|nous attendons) (?:\w+ ){0,3}depuis (?:\w+ ){0,3}(?:jours|semaines|mois)",
        "votre faute",
        "votre propre erreur",
        "comme je vous l['\u2019]ai (?:déjà )?dit",
        "combien de fois",
        "ce n['\u2019]est pas mon problème",
        "calmez-vous",
    ),
}
"""Phrases by language that put the other side in the wrong, as regular expressions. A new language: add an entry."""

_DENIED = re.compile(r"(?:\bnot|n['\u2019]t|\bnever|\bnicht|\bkeinesfalls|\bnie|\bpas)\s+$", re.IGNORECASE)
_PHRASES = {
    language: re.compile(r"\b(?:" + "|".join(r"\s+".join(phrase.split()) for phrase in phrases) + r")\b", re.IGNORECASE)
    for language, phrases in BLAME.items()
}


def check(graph: GuideGraph) -> Iterator[Finding]:
    """One finding for each phrase of the guide's language in words to say; “not your fault” is none."""
    phrases = _PHRASES.get(graph.guide.language.partition("-")[0])
    for step in graph.guide.steps.values() if phrases else ():
        for found in phrases.finditer(step.say.written) if phrases else ():
            if not _DENIED.search(step.say.written[max(0, found.start() - 20) : found.start()]):
                message = f"“{found[0]}” puts the blame on the client"
                hint = "say what happened, what it means and what can be done"
                place = Place((*step.path, "say"), offset=found.start())
                yield Finding(CODE, message, place, hint, SEVERITY)
