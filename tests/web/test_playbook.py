"""A guide as one HTML file to print or keep."""

from base64 import b64encode

import html5lib
from bs4 import BeautifulSoup

from tests.engine.exports.books import OTHER, WHOLE, graph_of
from tests.engine.pictures import png
from tests.pages import words
from web.playbook import to_html

HOSTILE = """\
guide: hostile
title: '</title><script>alert(1)</script>'
stages: {x: '<img src=x onerror=alert(1)>'}
outcomes: {done: {label: '"><script>alert(1)</script>', kind: success}}
steps:
  graph0:
    stage: x
    say: '<script>alert(1)</script> {{ today }}'
    question: '<script>'
    options: [{id: a, label: '<b onclick="x">', to: edge1}]
  edge1: {stage: x, note: '<style>*{}</style>', outcome: done}
"""


def soup(*texts: str) -> BeautifulSoup:
    """The page, which must be valid HTML with every id and every link in its place."""
    text = to_html(graph_of(*texts), {"img/card.png": png(3, 2), "broken.png": b""})
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    parser.parse(text)
    assert [code for _, code, _ in parser.errors] == []
    page = BeautifulSoup(text, "html.parser")
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {str(tag["href"])[1:] for tag in page.select("a[href^='#']")} <= set(ids)
    return page


def test_it_tells_all_that_a_guide_has() -> None:
    page = soup(WHOLE, OTHER)
    assert [words(tag) for tag in page.select("main h2")] == [
        "Known before it starts", "At any time", "Talk", "Close", "Steps without a stage", "The whole way",
    ]  # fmt: skip
    assert [words(tag) for tag in page.select("h3 .number")] == [str(number) for number in range(1, 8)]
    assert words(page.select_one("#page-greet .say")).startswith("Say Hello [client's *name*], it is [today].")
    assert words(page.select_one("#page-how .entries")).count("up to") == 3
    assert "This step can be skipped, with a reason: go to 7 Count" in words(page.select_one("#page-how"))


def test_images_are_part_of_the_file_or_said_in_words() -> None:
    page = soup(WHOLE, OTHER)
    (shown,) = page.select("#page-greet img")
    assert str(shown["src"]) == f"data:image/png;base64,{b64encode(png(3, 2)).decode()}"
    assert shown["alt"] == "A *card* <b>"
    assert "Image: Not here" in words(page.select_one("#page-greet"))


def test_ways_say_when_they_are_open_and_where_they_lead() -> None:
    page = soup(WHOLE, OTHER)
    told = [words(tag) for tag in page.select("#page-greet .ways li")]
    assert told[0] == "Will pay Soon → 2 How"
    assert (
        told[2]
        == "Part Only if Amount due is known Locked unless Amount due > 9 (Small); it opens with a reason → 3 Deal"
    )
    assert [words(tag) for tag in page.select(".given .ways li")] == [
        "Hangs up → ends: Hung up", "Start again → 1 Greet", "Needs help Soon → the guide Other , then back",
    ]  # fmt: skip
    assert words(page.select_one("#page-over .ways")) == "If All fine → 3 Deal Otherwise → 5 Away"


def test_it_holds_the_drawn_graph_and_asks_nothing_of_any_server() -> None:
    page = soup(WHOLE, OTHER)
    assert len(page.select("figure > svg .node")) == 8
    assert page.select("script, link, iframe, object, [src]:not([src^='data:']), [srcset], [style*='url']") == []
    policy = page.select_one("meta[http-equiv='Content-Security-Policy']")
    assert policy is not None
    assert "default-src 'none'" in str(policy["content"])


def test_hostile_words_stay_words() -> None:
    page = soup(HOSTILE)
    assert page.select("script, img, b, main style, [onclick], [onerror]") == []
    assert page.title is not None
    assert page.title.get_text() == "</title><script>alert(1)</script>"
    assert words(page.select_one(".say")) == "Say <script>alert(1)</script> [today]"


def test_a_guide_that_is_too_large_to_draw_says_so() -> None:
    ways = "".join(f"\n      - {{id: o{number}, label: L, to: s{number}}}" for number in range(1, 60))
    steps = "".join(f"  s{number}:\n    question: Q\n    options:{ways}\n" for number in range(59))
    text = f"guide: x\ntitle: X\noutcomes: {{a: {{label: A, kind: success}}}}\nsteps:\n{steps}  s59: {{outcome: a}}\n"
    assert "This guide is too large to be drawn here." in to_html(graph_of(text), seconds=1)


def test_a_small_guide_is_a_small_page() -> None:
    page = soup("guide: x\ntitle: X\noutcomes: {a: {label: A, kind: success}}\nsteps: {b: {outcome: a}}\n")
    assert words(page.select_one("main")).startswith("1 B Start here Ends here: A success The whole way")
