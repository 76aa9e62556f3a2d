"""The images that a step shows: files beside the guide (FORMAT §2.2)."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.building.context import Context
from engine.model import Image
from engine.pictures import Picture, is_elsewhere, misnamed
from engine.problems import Path, Place, suggestion


def images(context: Context, data: Mapping[str, Any], path: Path) -> Iterator[Image]:
    """Every image that can be shown; what keeps others from it is told."""
    seen: set[str] = set()
    for number, spec in enumerate(data.get("images", ())):
        file, place = spec["file"], (*path, "images", number)
        if file in seen:
            context.tell("duplicate-id", f"'{file}' is there twice in this step", Place((*place, "file")), "keep one")
        elif _can_be_named(context, file, (*place, "file")):
            yield Image(file, " ".join(spec["alt"].split()), place, _picture(context, file, (*place, "file")))
        seen.add(file)


def _can_be_named(context: Context, file: str, path: Path) -> bool:
    if is_elsewhere(file):
        hint = "save it beside the guide, and name that file"
        context.tell("outside-image", "an image is not fetched from elsewhere", Place(path), hint)
        return False
    if wrong := misnamed(file):
        context.tell("bad-image", wrong[0], Place(path), wrong[1])
    return not wrong


def _picture(context: Context, file: str, path: Path) -> Picture | None:
    """What is known of the file, where files were looked for; one that is not there or unfit is told."""
    if context.pictures is None:
        return None
    picture = context.pictures.get(file)
    if picture is None:
        hint = suggestion(file, context.pictures) or "put it beside the guide; its letters' case counts"
        context.tell("missing-image", f"there is no file '{file}' in the guide's folder", Place(path), hint)
    elif picture.fault:
        context.tell("bad-image", f"'{file}' cannot be shown: {picture.fault}", Place(path), "save it anew, smaller")
    return picture
