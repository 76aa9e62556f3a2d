"""Markdown to HTML that is safe to show."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.rich_text import rich, rich_line, rich_manual, rich_page


def test_paragraphs_emphasis_and_lists() -> None:
    assert rich("Look **here**\n\n- one\n- *two*") == (
        "<p>Look <strong>here</strong></p>\n<ul>\n<li>one</li>\n<li><em>two</em></li>\n</ul>\n"
    )


@given(st.text("ab Zé1 2.\n\t-#*_\\]>\"'()!~|=+:\u0301", max_size=16))
@example('Hello **Ann**, it\'s all right.\n\n1. Thank you (both).\n2. Do "wait".\n')
def test_the_same_words_have_the_same_marks_with_and_without_code_after_them(text: str) -> None:
    assert f"{rich(text)}<hr>\n<p><code>x</code></p>\n" == rich(f"{text}\n\n***\n\n`x`")


def test_raw_html_shows_as_it_is_written() -> None:
    assert rich("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc", "//e.example", "/sign-out"]
)
def test_a_link_that_leads_elsewhere_than_allowed_is_no_link(address: str) -> None:
    assert "href=" not in rich(f"[see]({address})")


@pytest.mark.parametrize("address", ["mailto:a@b.example", "tel:+49301234", "https://a.example/b"])
def test_a_link_tells_nobody_where_it_stood(address: str) -> None:
    html = rich(f"[see]({address})")
    assert f'href="{address}"' in html
    assert 'rel="noopener noreferrer"' in html


def test_only_a_page_of_ours_links_to_those_beside_it() -> None:
    assert 'href="sorry"' in rich_manual("[see](sorry)", {"sorry"})
    assert "href=" not in rich_manual("[see](../sign-out) or [there](other)", {"sorry"})
    assert "href=" not in rich("[see](sorry)")


def test_a_picture_is_never_fetched() -> None:
    assert "<img" not in rich("![plan](https://a.example/plan.png)")


def test_a_guides_heading_is_bold_and_a_help_pages_stands_below_the_title() -> None:
    assert rich("# Now") == "<p><strong>Now</strong></p>\n"
    assert rich_page("# Now") == "<h2>Now</h2>"


def test_a_line_has_no_paragraph() -> None:
    assert rich_line("Say *it*") == "Say <em>it</em>"


@given(st.text(alphabet="<>&\"'`*_[]()!#=-+\\ \n:/abhjqscriptonerr", max_size=60))
def test_nothing_becomes_a_script_or_a_handler(text: str) -> None:
    html = f"{rich(text)}{rich_line(text)}{rich_page(text)}".lower()
    assert "<script" not in html
    assert " on" not in "".join(part.split(">")[0] for part in html.split("<")[1:])
