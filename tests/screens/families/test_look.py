"""Families, imports and questions looked at in a browser: readable, reachable, in their frame."""

from collections.abc import Callable
from pathlib import Path

from app.db.opened import Database
from tests.screens.families.asked import Region
from tests.screens.families.exports import FILE, changed_export, work
from tests.screens.looking import Looker

Look = Callable[..., Looker]


def test_the_list_a_family_and_its_form(look: Look) -> None:
    """Filled, filtered to nothing, confirmed with the focus kept, and refused."""
    looker = look("aanbieder-matcher", "spirit")
    page = looker.go("/gezinnen")
    assert looker.complaints() == []
    looker.shoot("gezinnen")
    button = page.locator("button[id^=bevestig-]").first
    row = button.get_attribute("id")
    button.click()
    page.get_by_text("vandaag gehoord").wait_for()
    assert page.evaluate("document.activeElement.id") == row
    assert page.url.endswith("/gezinnen")
    assert looker.complaints() == []
    page.get_by_role("button", name="Ongedaan maken").click()
    page.get_by_text("de bevestiging geldt niet meer").wait_for()
    assert page.evaluate("document.activeElement.id") == row
    assert page.get_by_role("button", name="Ongedaan maken").count() == 0
    assert looker.complaints() == []
    page.get_by_label("Nummer").fill("bestaat-niet")
    page.get_by_role("button", name="Toon").click()
    page.get_by_text("Geen gezin past bij deze filters").wait_for()
    assert "nummer=bestaat-niet" in page.url
    assert looker.complaints() == []
    looker.go("/gezinnen?status=actief").locator("tbody th a").first.click()
    page.get_by_role("heading", level=1).wait_for()
    assert looker.complaints() == []
    looker.shoot("gezin")
    page.get_by_role("link", name="Beschikbaarheid wijzigen").click()
    page.get_by_label("Nee, het heeft pauze").check()
    page.get_by_role("button", name="Bewaar").click()
    page.locator("#fouten").wait_for()
    assert page.evaluate("document.activeElement.id") == "fouten"
    assert [c for c in looker.complaints() if "400" not in c] == []
    looker.shoot("gezin-beschikbaarheid")


def test_an_import_before_and_after(look: Look, screens_database: Database, tmp_path: Path) -> None:
    """The form, the report while it waits, and when it is done by itself."""
    looker = look("aanbieder-matcher", "spirit")
    export, _, refused = changed_export(tmp_path / "regio")
    page = looker.go("/gezinnen/import")
    assert looker.complaints() == []
    looker.shoot("gezinnen-import")
    page.get_by_label("Bestand").set_input_files(
        {"name": FILE, "mimeType": "text/csv", "buffer": export.content()}
    )
    page.get_by_role("button", name="Lees in").click()
    page.get_by_text("Ververs dit verslag").wait_for()
    assert looker.complaints() == []
    work(screens_database)
    page.get_by_role("rowheader", name=refused, exact=True).wait_for()
    assert looker.complaints() == []
    looker.shoot("gezinnen-import-verslag")


def test_the_questions_and_one_of_them(look: Look, screens_database: Database) -> None:
    """The list and the page, with the story open, on a phone too."""
    region = Region(screens_database)
    child, step, _ = region.ask()
    looker = look("aanbieder-matcher", "spirit")
    page = looker.go("/vragen")
    assert looker.complaints() == []
    looker.shoot("vragen")
    page.locator("tbody th a").first.click()
    page.get_by_role("button", name="Zeg ja").click()
    page.get_by_text("Uw ja is vastgelegd").wait_for()
    region.move(child, step, "voorgelegd aan pleegouders")
    looker.go(f"/vragen/{step}")
    assert looker.complaints() == []
    looker.shoot("vraag")
