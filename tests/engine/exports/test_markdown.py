"""Guides as Markdown pages."""

import re

from markdown_it import MarkdownIt

from engine.exports.markdown import to_markdown
from engine.exports.playbook import playbook
from tests.engine.exports.books import OTHER, WHOLE, graph_of

PAGE = to_markdown(graph_of(WHOLE, OTHER))


def section(id: str) -> str:
    """What the page says about one step."""
    return PAGE.partition(f'<a id="{id}"></a>')[2].partition("<a id=")[0]


def test_the_flowchart_and_the_list_of_steps_come_first() -> None:
    head = PAGE.partition("## Known before it starts")[0]
    assert head.startswith("# A whole guide\n\nAll that a guide can have.\n\n- Owner: accounts\n")
    assert "```mermaid\nflowchart TD\n" in head
    assert re.findall(r"^\d\. .*", head, re.MULTILINE)[:2] == ["1. [Greet](#greet)", "2. [How](#how)"]


def test_every_link_leads_to_a_step() -> None:
    linked, anchors = set(re.findall(r"\]\(#([\w-]+)\)", PAGE)), set(re.findall(r'<a id="([\w-]+)"></a>', PAGE))
    assert linked == anchors == set(graph_of(WHOLE, OTHER).guide.steps)


def test_a_step_is_told_with_all_that_it_has() -> None:
    told = section("greet")
    assert "### 1. Greet\n\n*Start here.*\n\n> Hello \\[client's \\*name\\*\\], it is \\[today\\]." in told
    assert "**For you:**\n\n- one\n- two\n" in told
    assert "\n![A \\*card\\* \\<b\\>](img/card.png)\n\n![Not here](lost.png)\n" in told
    assert "**In your own words:**\n\n- Wait, *really*\n" in told
    assert "- [ ] Record seen (archive), or say why not\n- [ ] Sum known\n- [ ] Mood noted, if you can" in told
    assert "**What do they say?**\n\n- **Will pay** (Soon) → [2. How](#how)" in told


def test_locks_and_conditions_are_told_in_words() -> None:
    told = section("greet")
    assert "**Wants less** *Locked unless Amount due is known (Above \\[amount due\\] never)*" in told
    assert (
        "**Part** (only if Amount due is known) *Locked unless Amount due \\> 9 (Small); it opens with a reason*"
        in told
    )
    assert "*Locked unless Amount due \\> 9 (Small); a second person can open it*" in told


def test_what_is_asked_is_told_with_its_limits() -> None:
    told = section("how")
    assert "- Amount due: amount in EUR from 1 up to 100\n" in told
    assert "- Way of paying: one of At once / In parts\n" in told
    assert "- By when: date up to today + 1 day, may stay empty; only if Way of paying is At once\n" in told
    assert "- For how long: whole number in weeks up to 4\n" in told
    assert "- Client's \\*name\\*: text. As you say it.\n" in PAGE
    assert "This step can be skipped, with a reason: go to [7. Count](#count)." in told


def test_ways_without_answers_say_when_they_are_taken() -> None:
    assert "- go to [7. Count](#count)" in section("how")
    assert "*This step decides by itself:*" in section("count")
    assert "- if Amount due ≥ 50 and Way of paying is At once: go to [3. Deal](#deal)\n- otherwise go to" in section(
        "count"
    )
    assert "Go through the guide **Other**, then go on by how it ended:\n\n- if All fine: go to" in section("over")
    assert "Go through the guide **Other**, and go on there." in section("away")


def test_anytime_answers_stand_before_the_steps() -> None:
    told = PAGE.partition("## At any time")[2].partition("## Talk")[0]
    assert "- **Hangs up** → ends: Hung up\n" in told
    assert "- **Start again** → [1. Greet](#greet)\n" in told
    assert "- **Needs help** (Soon) → the guide **Other**, then back here\n" in told


def test_html_stays_text_whatever_reads_the_page() -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(section("greet"))
    assert "&lt;b&gt;Bold&lt;/b&gt; <code>&lt;i&gt;</code>" in html
    assert 'href="https://example.org"' in html
    assert "Good, {{." in section("deal")


def test_a_guide_without_stages_or_extras_is_short() -> None:
    page = to_markdown(
        graph_of("guide: x\ntitle: 1. x\noutcomes: {a: {label: A, kind: success}}\nsteps: {b: {outcome: a}}")
    )
    assert page.startswith("# 1\\. x\n\n- Version: ")
    assert page.endswith("### 1. B\n\n*Start here.*\n\n**Ends here:** A (success)\n")


def test_chapters_follow_the_stages_and_the_start() -> None:
    book = playbook(graph_of(WHOLE, OTHER))
    assert [chapter.title for chapter in book.chapters] == ["Talk", "Close", ""]
    assert [page.number for chapter in book.chapters for page in chapter.pages] == list(range(1, 8))
