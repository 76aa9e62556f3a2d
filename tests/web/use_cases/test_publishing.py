from pathlib import Path

from engine.pictures import LARGEST, Picture, measured
from tests.engine.pictures import png
from tests.web.use_cases.conftest import LATE, SORRY, OpenHouse
from web.storage.people import Person
from web.use_cases.desk import Custom, Desk, Start
from web.use_cases.house import House
from web.use_cases.shelf import Shelf

GIVEN = {"client_name": "Zoë"}


def _live(house: House, ann: Person) -> dict[str, int]:
    return {card.id: card.number for card in house.desk.guides(ann)}


def test_every_guide_of_the_folder_is_published_once(house: House) -> None:
    again = house.import_guides()
    assert (again.published, again.problems, again.skipped) == ((), (), ())


def test_a_changed_file_becomes_the_next_version_and_is_live(house: House, ann: Person, folder: Path) -> None:
    (folder / "sorry.yaml").write_text(SORRY.replace("An apology", "Our apology"))
    published = house.import_guides().published
    assert [(each.guide, each.number, each.title) for each in published] == [("sorry", 2, "Our apology")]
    assert _live(house, ann) == {"late": 1, "sorry": 2}


def test_line_ends_and_a_byte_order_mark_make_no_version(house: House, folder: Path) -> None:
    (folder / "sorry.yaml").write_bytes(b"\xef\xbb\xbf" + SORRY.replace("\n", "\r\n").encode())
    assert house.import_guides().published == ()


def test_a_guide_with_errors_is_left_out_with_those_that_call_it(house: House, ann: Person, folder: Path) -> None:
    (folder / "late.yaml").write_text(LATE.replace("A late payment", "Late"))
    (folder / "sorry.yaml").write_text(SORRY.replace("next: said", "next: sad"))
    (folder / "fine.yaml").write_text(SORRY.replace("guide: sorry", "guide: fine"))
    told = house.import_guides()
    assert [Path(file).name for file in told.skipped] == ["late.yaml", "sorry.yaml"]
    assert [each.guide for each in told.published] == ["fine"]
    places = [(Path(each.file).name, each.position.line) for each in told.problems if each.code == "unknown-step"]
    assert places == [("sorry.yaml", 11)]
    assert _live(house, ann) == {"late": 1, "sorry": 1, "fine": 1}


def test_a_session_stays_on_the_versions_it_started_with(
    house: House, ann: Person, folder: Path, open_again: OpenHouse
) -> None:
    session = house.desk.start(ann, "late", Start(GIVEN))
    (folder / "late.yaml").write_text(LATE.replace("Is it", "Would it be"))
    house.import_guides()
    newer = house.desk.start(ann, "late", Start(GIVEN))
    another = open_again()
    for each in (house, another):
        said = [each.moves.look(ann, id).screen.content.say for id in (session, newer)]
        assert said == ["Is it Zoë?", "Would it be Zoë?"]


def test_a_live_guide_that_no_longer_fits_one_it_calls_is_not_offered(house: House, ann: Person, folder: Path) -> None:
    (folder / "sorry.yaml").write_text(SORRY.replace("name: {", "who: {").replace("{{ name }}", "{{ who }}"))
    house.import_guides()
    assert _live(house, ann) == {"sorry": 2}


def test_a_folder_that_is_not_there_holds_nothing(house: House, ann: Person, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    assert house.import_guides().published == ()
    assert _live(house, ann) == {"late": 1, "sorry": 1}


def test_without_guides_there_is_nothing_to_start(open_again: OpenHouse) -> None:
    house = open_again()
    assert house.desk.guides(house.people.add("Ann", "agent")) == ()


def test_what_is_no_guide_file_is_passed_over(house: House, folder: Path) -> None:
    (folder / "notes.txt").write_text("guide: no")
    (folder / ".hidden.yaml").write_text("guide: no")
    (folder / "folder.yaml").mkdir()
    assert house.import_guides().skipped == ()


GERMAN = """\
msgctxt "title"
msgid "A late payment"
msgstr "Zahlungsverzug"

msgctxt "steps/check/say"
msgid "Is it {{ client_name }}?"
msgstr "Spreche ich mit {{ client_name }}?"
"""


def _translate(folder: Path, text: str = GERMAN, language: str = "de") -> None:
    catalog = folder / "locale" / language / "late.po"
    catalog.parent.mkdir(parents=True, exist_ok=True)
    catalog.write_text(text)


def _said(house: House, ann: Person, session: str) -> str:
    return house.moves.look(ann, session).screen.content.say


def test_a_session_is_walked_in_its_language_where_the_guide_has_it(house: House, ann: Person, folder: Path) -> None:
    _translate(folder)
    assert [each.number for each in house.import_guides().published] == [2]
    heard = {locale: house.desk.start(ann, "late", Start(GIVEN, locale=locale)) for locale in ("de-AT", "fr", "en")}
    said = {locale: _said(house, ann, session) for locale, session in heard.items()}
    assert said == {"de-AT": "Spreche ich mit Zoë?", "fr": "Is it Zoë?", "en": "Is it Zoë?"}
    assert {each.title.text for each in house.desk.open_sessions(ann)} == {"Zahlungsverzug", "A late payment"}


def test_a_session_stays_on_the_words_it_started_with(
    house: House, ann: Person, folder: Path, open_again: OpenHouse
) -> None:
    sessions = [house.desk.start(ann, "late", Start(GIVEN, locale="de"))]
    for words in ("Spreche ich mit", "Bin ich verbunden mit"):
        _translate(folder, GERMAN.replace("Spreche ich mit", words))
        house.import_guides()
        sessions.append(house.desk.start(ann, "late", Start(GIVEN, locale="de")))
    for each in (house, open_again()):
        said = [_said(each, ann, session) for session in sessions]
        assert said == ["Is it Zoë?", "Spreche ich mit Zoë?", "Bin ich verbunden mit Zoë?"]
    assert _live(house, ann)["late"] == 3
    assert house.import_guides().published == ()


def test_a_translation_with_errors_is_told_and_left_out(house: House, ann: Person, folder: Path) -> None:
    _translate(folder, GERMAN.replace("mit {{ client_name", "mit {{ nobody"))
    told = house.import_guides()
    assert [problem.code for problem in told.problems] == ["bad-translation"]
    assert (told.published, told.skipped) == ((), ())


def test_a_guide_offers_its_languages_that_of_the_house_first(house: House, ann: Person, folder: Path) -> None:
    _translate(folder)
    _translate(folder, language="pt_BR")
    house.import_guides()
    austrian = Desk(house.moves, house.database, Shelf(house.database), Custom("de-AT"))
    assert house.desk.starting(ann, "late").languages == (("en", "en"), ("de", "de"), ("pt-BR", "pt-BR"))
    assert austrian.starting(ann, "late").languages == (("de-AT", "de"), ("en", "en"), ("pt-BR", "pt-BR"))
    assert [card.title for card in austrian.guides(ann)] == ["An apology", "Zahlungsverzug"]


SHOWING = SORRY.replace("say: We", "images: [{file: img/card.png, alt: A card}]\n    say: We")


def _shown(house: House, ann: Person, session: str) -> Picture | None:
    return house.moves.look(ann, session).state.visit.step.images[0].picture


def test_a_new_image_is_a_new_version_and_sessions_stay_on_theirs(
    house: House, ann: Person, folder: Path, open_again: OpenHouse
) -> None:
    (folder / "img").mkdir()
    (folder / "sorry.yaml").write_text(SHOWING)
    seen = {}
    for width in (3, 4, 4):
        (folder / "img" / "card.png").write_bytes(png(width))
        house.import_guides()
        seen[house.desk.start(ann, "sorry", Start({"name": "Zoë"}))] = measured(png(width))
    assert _live(house, ann) == {"late": 1, "sorry": 3}
    for each in (house, open_again()):
        assert {session: _shown(each, ann, session) for session in seen} == seen


def test_a_guide_without_its_image_is_left_out(house: House, ann: Person, folder: Path) -> None:
    (folder / "sorry.yaml").write_text(SHOWING)
    told = house.import_guides()
    assert [problem.code for problem in told.problems] == ["missing-image"]
    assert _live(house, ann)["sorry"] == 1


def test_an_image_outside_the_folder_or_too_large_is_not_published(house: House, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    (folder / "img").mkdir()
    (folder / "img" / "card.png").symlink_to(tmp_path / "secret.png")
    (folder / "sorry.yaml").write_text(SHOWING)
    assert [problem.code for problem in house.import_guides().problems] == ["missing-image"]
    (folder / "img" / "card.png").unlink()
    (folder / "img" / "card.png").write_bytes(png() + b"\0" * LARGEST)
    assert [problem.code for problem in house.import_guides().problems] == ["bad-image"]
