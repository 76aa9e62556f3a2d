"""The images that a step shows."""

from collections.abc import Mapping

from engine.compiler import build_guides, compile_guides
from engine.model import Guide
from engine.pictures import Picture, measured
from engine.problems import Problem
from tests.engine.guides import check_text, told
from tests.engine.pictures import PICTURE, gif, png


def problems(guide: str, images: Mapping[str, Picture]) -> list[str]:
    return [str(found) for found in compile_guides({"form.yaml": guide}, images=images).problems]


def built(guide: str, images: Mapping[str, Picture] | None) -> Guide:
    return compile_guides({"form.yaml": guide}, images=images).guides["form"]


def test_a_step_shows_images_beside_the_guide(guide: str) -> None:
    """
    guide: form
    title: Form
    outcomes: {done: {label: Done, kind: success}}
    steps:
      show:
        images:
          - {file: img/form.png, alt: " The order\tform "}
        next: bye
      bye: {say: Goodbye., outcome: done}
    """
    show = built(guide, {"img/form.png": PICTURE}).steps["show"]
    assert [image[:2] for image in [(image.file, image.alt) for image in show.images]] == [
        ("img/form.png", "The order form")
    ]
    assert show.images[0].picture == PICTURE
    assert show.has_content
    assert built(guide, None).steps["show"].images[0].picture is None


def test_an_image_needs_words_for_those_who_do_not_see_it(guide: str) -> None:
    """
    guide: form
    title: Form
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        images: [{file: form.png}]
        outcome: done
    """
    assert check_text(guide) == [("missing-key", 6, 14)]
    assert check_text(guide.replace("form.png", "form.png, alt: ''")) == [("empty", 6, 31)]


def test_what_cannot_be_shown_is_told_where_it_stands(guide: str) -> None:
    """
    guide: form
    title: Form
    outcomes: {done: {label: Done, kind: success}}
    steps:
      bye:
        images:
          - {file: "https://example.com/form.png", alt: Form}
          - {file: ../form.png, alt: Form}
          - {file: form.svg, alt: Form}
          - {file: form.png, alt: Form}
          - {file: form.png, alt: Form}
        outcome: done
    """
    assert check_text(guide) == [
        ("outside-image", 7, 16),
        ("bad-image", 8, 16),
        ("bad-image", 9, 16),
        ("duplicate-id", 11, 16),
    ]
    assert told(guide)[0] == "an image is not fetched from elsewhere; save it beside the guide, and name that file"


SHOWS = """\
guide: form
title: Form
outcomes: {done: {label: Done, kind: success}}
steps:
  bye:
    images: [{file: form.png, alt: Form}]
    outcome: done
"""


def test_a_file_is_missed_only_where_files_were_looked_for() -> None:
    told = "form.yaml:6:21: error: there is no file 'form.png' in the guide's folder; "
    assert problems(SHOWS, {}) == [f"{told}put it beside the guide; its letters' case counts [missing-image]"]
    assert check_text(SHOWS) == []


def test_a_screen_tells_where_an_image_is_had_and_how_large_it_is() -> None:
    image = built(SHOWS, {"form.png": PICTURE}).steps["bye"].images[0]
    assert image.shown == ("form.png", "Form", PICTURE.digest, 3, 2)
    assert built(SHOWS, None).steps["bye"].images[0].shown == ("form.png", "Form", "", 0, 0)


def test_a_misspelt_file_is_found_among_those_that_the_text_names() -> None:
    text = SHOWS.replace("alt: Form}", "alt: Form}, {file: forms.png, alt: Forms}")
    assert "did you mean 'forms.png'?" in problems(text, {"forms.png": PICTURE})[0]


def test_a_file_that_cannot_be_shown_is_told() -> None:
    told = "form.yaml:6:21: error: 'form.png' cannot be shown: it cannot be read as PNG, JPEG, WebP or GIF; "
    assert problems(SHOWS, {"form.png": measured(b"")}) == [f"{told}save it anew, smaller [bad-image]"]


def test_files_are_looked_for_beside_their_own_guide() -> None:
    images = {"a/form.png": PICTURE, "b/form.png": measured(gif(3, 2))}
    texts = {"a/form.yaml": SHOWS, "b/other.yaml": SHOWS.replace("guide: form", "guide: other")}
    guides = compile_guides(texts, images=images).guides
    pictures = {id: guide.steps["bye"].images[0].picture for id, guide in guides.items()}
    assert pictures == {"form": images["a/form.png"], "other": images["b/form.png"]}


def test_a_version_is_known_by_its_images_too() -> None:
    one, other = (built(SHOWS, {"form.png": picture}).digest for picture in (PICTURE, measured(png(9))))
    unread = built(SHOWS, None).digest
    assert len({one, other, unread}) == 3
    assert build_guides({"form.yaml": SHOWS}, images={"form.png": PICTURE})["form"].digest == one


def test_a_translation_has_words_of_its_own_for_an_image() -> None:
    catalog = 'msgctxt "steps/bye/images/1/alt"\nmsgid "Form"\nmsgstr "Formular"\n'
    compiled = compile_guides(
        {"form.yaml": SHOWS}, catalogs={"locale/de/form.po": catalog}, images={"form.png": PICTURE}
    )
    spoken = compiled.guides["form"].spoken("de").steps["bye"].images[0]
    assert (spoken.alt, spoken.file, spoken.picture) == ("Formular", "form.png", PICTURE)
    assert compiled.problems == ()


def test_a_fault_of_a_file_is_told_once_and_not_again_in_a_translation() -> None:
    catalog = 'msgctxt "steps/bye/images/1/alt"\nmsgid "Form"\nmsgstr "Formular"\n'
    found: tuple[Problem, ...] = compile_guides(
        {"form.yaml": SHOWS}, catalogs={"locale/de/form.po": catalog}, images={}
    ).problems
    assert [(problem.code, problem.file) for problem in found] == [("missing-image", "form.yaml")]
