"""Every guide that Handrail comes with is explained."""

from importlib.resources import files

import pytest

from engine.compiler import build_guides
from web import handbook

GUIDES = build_guides(
    {file.name: file.read_bytes() for file in files("guides").iterdir() if file.name.endswith(".yaml")}
)


def test_every_shipped_guide_has_a_page_and_a_place_in_the_list() -> None:
    listed = [guide for group in handbook.GROUPS.values() for guide in group]
    assert sorted(listed) == sorted(handbook.pages()) == sorted(GUIDES)


@pytest.mark.parametrize("id", GUIDES)
def test_a_page_is_called_as_its_guide_and_begins_with_what_it_is_for(id: str) -> None:
    page = handbook.pages()[id]
    assert page.title == GUIDES[id].title
    assert page.lead[-1] == "."
    assert page.text.count("\n# ") >= 3
