"""The rules on wording and Markdown."""

import pytest

from tests.engine.guides import check_text, told

GUIDE = """\
guide: words
title: Words
language: {language}
outcomes: {{done: {{label: Done, kind: success}}}}
fields:
  site: {{type: text, label: Site, given: true}}
steps:
  bye:
    say: |
      {say}
    points: ["{{{{ site }}}}", "Goodbye."]
    never: [Never mind.]
    note: |
      {note}
    outcome: done
"""


def words(say: str = "Goodbye.", note: str = "Be kind.", language: str = "en") -> str:
    """A guide with these words."""
    return GUIDE.format(say=say, note=note, language=language)


def test_links_lead_to_pages_mail_and_telephones(guide: str) -> None:
    """
    guide: link
    title: Link
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: Look at [our terms](file:///terms.pdf).
        outcome: done
    """
    assert check_text(guide) == [("unsafe-link", 6, 19)]
    assert check_text(guide.replace("file:///", "https://example.com/")) == []


@pytest.mark.parametrize(
    "link",
    [
        "[a](javascript:alert)",
        "[a](<javascript:alert>)",
        "[a](&#106;avascript:alert)",
        "[a](JavaScript:alert)",
        "[a](/terms)",
        "[a](terms.html 'Terms')",
        "[a]({{ site }})",
        "[a [b](x:y)](https://example.com)",
        "<javascript:alert>",
        "[a]: data:text/html,x",
        "[a](//example.com)",
        "[\\]](x:y)",
    ],
)
def test_other_links_are_refused(link: str) -> None:
    assert [code for code, _, _ in check_text(words(note=link))] == ["unsafe-link"]


@pytest.mark.parametrize(
    "note",
    [
        "[a](https://example.com/{{ site }})",
        "[a](HTTP://example.com 'Terms')",
        "<mailto:a@example.com> [b](tel:+491234)",
        "a < b, [brackets] and (more), ] and ](x)",
        "\\[a](x:y)",
        "[a][b]\n\n      [b]: https://example.com",
    ],
)
def test_what_is_no_other_link_is_accepted(note: str) -> None:
    assert check_text(words(note=note)) == []


def test_texts_show_no_pictures(guide: str) -> None:
    """
    guide: picture
    title: Picture
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: "See ![the form](https://example.com/form.png)"
        outcome: done
    """
    assert check_text(guide) == [("outside-image", 6, 16)]
    assert check_text(guide.replace("!", "")) == []
    assert [code for code, _, _ in check_text(guide.replace("(https://example.com/form.png)", "[form]"))] == [
        "outside-image"
    ]


def test_html_is_shown_as_it_is_typed(guide: str) -> None:
    """
    guide: tags
    title: Tags
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        note: Stay <b class="x">calm</b>.
        outcome: done
    """
    assert check_text(guide) == [("raw-html", 6, 16)]
    assert check_text(guide.replace('<b class="x">calm</b>', "**calm**")) == []


@pytest.mark.parametrize("html", ["</p>", "<br/>", "<!-- hidden -->", "<h1>Hello</h1>"])
def test_every_kind_of_tag_is_found(html: str) -> None:
    assert check_text(words(note=f"See {html}")) == [("raw-html", 14, 11)]


@pytest.mark.parametrize("note", ["1 < 2 > 1", "\\<b>", "{{ site if 1 <b> 2 else site }}", "<https://example.com>"])
def test_what_only_looks_like_html_is_not_told(note: str) -> None:
    assert "raw-html" not in [code for code, _, _ in check_text(words(note=note))]


def test_what_is_said_fits_on_a_screen(guide: str) -> None:
    """
    guide: speech
    title: Speech
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: |
          One.

          Two.
          Three.
          Four.
          Five.
          Six.
          Seven.
          Eight.
          Nine.
        outcome: done
    """
    assert check_text(guide) == [("long-say", 6, 5)]
    assert check_text(guide.replace("      Nine.\n", "")) == []


def test_ninety_words_are_enough() -> None:
    assert check_text(words(say="word " * 89 + "{{ coalesce(site, 'of many words') }}")) == []
    assert told(words(say="word " * 91))[0].startswith("91 words in 1 lines are to be said here")


def test_words_to_say_blame_nobody(guide: str) -> None:
    """
    guide: blame
    title: Blame
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        say: Well, you  failed to pay.
        outcome: done
    """
    assert check_text(guide) == [("blame-wording", 6, 16)]
    assert check_text(guide.replace("you  failed to pay", "I cannot see a payment")) == []


@pytest.mark.parametrize(
    ("language", "say", "found"),
    [
        ("en", "As I told you, it is Your fault.", 2),
        ("en", "It is not your fault. It isn't your fault.", 0),
        ("en-GB", "Please calm down.", 1),
        ("de", "Das ist Ihre Schuld, beruhigen Sie sich.", 2),
        ("de", "Das ist nicht Ihre Schuld.", 0),
        ("de", "You failed.", 0),
        ("en", "You never answer. You never paid, you always ignore us and you ignored our letter.", 4),
        ("en", "You never have to wait, and you always have a choice. If you never received it, tell me.", 0),
        ("en", "Why did you not call? Why haven't you paid? You still have not answered.", 3),
        ("en", "That is unacceptable of you. I have tried to reach you for several weeks.", 2),
        ("en", "I have tried to reach you about the invoice. Are you waiting for a part?", 0),
        ("en", "I am sorry that you have been waiting for weeks and still have nothing from us.", 0),
        ("en", "We have been waiting for weeks. You keep us waiting.", 2),
        ("de", "Sie antworten nie und zahlen. Sie ignorieren uns, Sie haben meine Briefe ignoriert.", 3),
        ("de", "Warum haben Sie uns nicht angerufen? Das ist inakzeptabel von Ihnen.", 2),
        ("de", "Ich versuche seit Wochen, Sie zu erreichen. Seit zwei Monaten warte ich.", 2),
        ("de", "Ich versuche es morgen noch einmal. Sie zahlen nicht zu viel. Seit Wochen läuft es gut.", 0),
        ("de", "Es tut mir leid, dass Sie seit Wochen warten und noch immer nichts haben.", 0),
        ("fr", "Vous avez oublié de payer\u202f; c\u2019est votre faute. Calmez-vous.", 3),
        ("fr", "Vous ne répondez jamais, et j'attends depuis deux semaines. Pourquoi n'avez-vous pas payé\u202f?", 3),
        ("fr", "Ce n\u2019est pas votre faute. Vous ignorez peut-être ce que cela change pour nous.", 0),
        ("fr", "Vous nous ignorez. Vous m'ignorez.", 2),
        ("fr", "Je suis désolée que vous attendiez depuis des semaines. Vous n'avez rien reçu\u202f?", 0),
        ("fr", "You failed.", 0),
    ],
)
def test_every_language_has_its_own_phrases(language: str, say: str, found: int) -> None:
    assert [code for code, _, _ in check_text(words(say=say, language=language))] == ["blame-wording"] * found


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "de-AT"])
def test_a_language_of_a_country_has_the_phrases_of_its_language(language: str) -> None:
    say = "Sie haben versäumt zu zahlen. Ich werde anrufen." if language[:2] == "de" else "You failed. I will ring."
    found = [code for code, _, _ in check_text(words(say=say, language=language))]
    assert sorted(found) == ["blame-wording", "promise-without-record"]
