"""The images of guides: served to those who walk them."""

import pytest
from flask import Flask

from engine.pictures import measured
from tests.engine.pictures import gif, png
from tests.pages import pick, words
from tests.web.conftest import SignIn
from tests.web.visitor import Visitor, session_path
from web.context import Services
from web.storage.images import SHOWN
from web.use_cases.house import House, open_house

GUIDE = """\
guide: shows
title: It shows
outcomes: {done: {label: Done, kind: success}}
fields: {client_name: {type: text, label: Client, given: true}}
steps:
  look:
    title: Look at the card with {{ client_name }}
    images:
      - {file: card.png, alt: A grey "card"}
      - {file: img/moving.GIF, alt: Moving}
    next: bye
  bye: {say: Goodbye., outcome: done}
"""
CARD, MOVING = png(300, 200), gif(3, 2)


@pytest.fixture
def house(web_house: House) -> House:
    """The house with a guide that shows images."""
    folder = web_house.config.guides
    (folder / "img").mkdir()
    (folder / "shows.yaml").write_text(GUIDE)
    (folder / "card.png").write_bytes(CARD)
    (folder / "img" / "moving.GIF").write_bytes(MOVING)
    assert web_house.import_guides().problems == ()
    return web_house


def address(content: bytes) -> str:
    return f"/images/{measured(content).digest}"


@pytest.mark.usefixtures("house")
def test_an_image_comes_as_what_it_is_and_is_kept(ann: Visitor) -> None:
    response = ann.client.get(address(CARD))
    assert (response.status_code, response.mimetype, response.data) == (200, "image/png", CARD)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, immutable, max-age=31536000"
    assert ann.client.get(address(MOVING)).mimetype == "image/gif"


@pytest.mark.usefixtures("house")
def test_a_step_shows_its_images_with_room_for_them(ann: Visitor) -> None:
    card, moving = ann.starts("shows").select(".images img")
    assert (card["src"], card["alt"], card["width"], card["height"]) == (address(CARD), 'A grey "card"', "300", "200")
    assert (moving["src"], moving["alt"]) == (address(MOVING), "Moving")
    assert [str(link["href"]) for link in ann.starts("shows").select(".images a")] == [address(CARD), address(MOVING)]


def test_a_tall_image_leaves_room_for_the_answers(house: House, ann: Visitor) -> None:
    (house.config.guides / "card.png").write_bytes(png(100, 1600))
    assert house.import_guides().problems == ()
    card = pick(ann.starts("shows"), ".images img")
    assert (card["width"], card["height"]) == ("20", "320")


def test_what_an_image_shows_is_said_where_it_cannot_be_had(app: Flask, house: House, ann: Visitor) -> None:
    session = session_path(ann.starts("shows"))
    with house.database.writing() as connection:
        connection.execute(SHOWN.delete())
    app.extensions["handrail"] = Services.of(house)._replace(moves=open_house(house.config).moves)
    assert words(pick(ann.get(session), ".images")) == 'Image: A grey "card" Image: Moving'


@pytest.mark.usefixtures("house")
def test_it_is_for_those_who_are_signed_in(stranger: Visitor, sign_in: SignIn) -> None:
    assert stranger.client.get(address(CARD)).status_code == 303
    assert sign_in("Max", "manager").client.get(address(CARD)).status_code == 200


@pytest.mark.usefixtures("house")
def test_there_is_nothing_under_another_digest(ann: Visitor) -> None:
    assert ann.status(f"/images/{'0' * 64}") == 404
    assert ann.status("/images/card.png") == 404
