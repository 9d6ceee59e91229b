"""A day of a matcher at a provider, in the browser: from the export of the night to the answers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.db.opened import Database
from tests.screens.families.asked import Region
from tests.screens.families.exports import FILE, Export, changed_export, work
from tests.screens.looking import Looker


@dataclass
class Matcher:
    """Somebody at Spirit, at a screen."""

    page: Any

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name, exact=True).click()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).click()

    def reads(self, text: str) -> None:
        """Wait until something stands on the page."""
        self.page.get_by_text(text).first.wait_for()

    def row(self, text: str) -> str:
        """Return the row of a table in which something stands."""
        return str(self.page.get_by_role("row").filter(has_text=text).inner_text())


def test_the_day_of_a_matcher_at_spirit(
    look: Callable[..., Looker], screens_database: Database, tmp_path: Path
) -> None:
    """Reads the export, hears why a row was refused, confirms, pauses, answers yes and then no."""
    export, changed, refused = changed_export(tmp_path / "regio")
    region = Region(screens_database)
    child, step, family = region.ask()
    matcher = Matcher(look("aanbieder-matcher", "spirit").page)
    matcher.reads("Wacht op uw antwoord (1)")  # signing in leads to what waits

    hand_in(matcher, export, screens_database)
    assert "Postcode" in matcher.row(refused)
    assert "rookt" in matcher.row(changed)

    matcher.follow(changed)
    confirm_and_pause_by_mistake(matcher)

    open_question(matcher, family)
    assert region.get(f"/kinderen/{child}")["voornaam"] not in matcher.page.inner_text("main")
    say_yes(matcher)
    told = region.get(f"/kinderen/{child}/stappen/{step}/geschiedenis")["berichten"]
    assert "Twijfels: De reistijd naar school." in told[0]["tekst"]

    region.move(child, step, "voorgelegd aan pleegouders")
    matcher.page.reload()
    matcher.reads("Het verhaal")  # and from now on the child's story is there
    say_no_for_the_family(matcher)
    assert family in matcher.row("problematiek te zwaar, door het gezin")
    matcher.page.goto(matcher.page.url + f"/{step}")
    matcher.reads("Pagina niet gevonden")  # the child is out of sight


def hand_in(matcher: Matcher, export: Export, database: Database) -> None:
    """Read the export of the night; its report comes by itself when a worker is done."""
    matcher.follow("Gezinnen")
    matcher.follow("Export inlezen")
    file = {"name": FILE, "mimeType": "text/csv", "buffer": export.content()}
    matcher.page.get_by_label("Bestand").set_input_files(file)
    matcher.press("Lees in")
    matcher.reads("Ververs dit verslag")
    work(database)
    matcher.page.get_by_role("heading", name="Geweigerd").wait_for()


def confirm_and_pause_by_mistake(matcher: Matcher) -> None:
    """Call the family that changed, confirm it, note a pause, and undo that within ten seconds."""
    page = matcher.page
    matcher.press("Bevestig beschikbaarheid")
    matcher.reads("van dit gezin is vandaag gehoord")
    matcher.follow("Beschikbaarheid wijzigen")
    page.get_by_label("Nee, het heeft pauze").check()
    page.get_by_label("Reden van de pauze").fill("Vakantie")
    page.get_by_label("Laatste dag van de pauze").fill("2099-12-31")
    matcher.press("Bewaar")
    matcher.reads("Vakantie, tot en met 31 dec 2099")
    matcher.press("Ongedaan maken")
    matcher.reads("het staat weer zoals het was")
    assert page.get_by_text("Vakantie").count() == 0


def open_question(matcher: Matcher, family: str) -> None:
    """Go to the child that was put to a family."""
    matcher.follow("Vragen")
    row = matcher.page.get_by_role("row").filter(has_text=family)
    row.get_by_role("rowheader").get_by_role("link").click()
    matcher.reads("Waarom dit gezin, en wat aandacht vraagt")


def say_yes(matcher: Matcher) -> None:
    """Answer with what speaks for it, and what the doubts are."""
    matcher.page.get_by_label("Wat spreekt ervoor").fill("Een rustig gezin met ervaring.")
    matcher.page.get_by_label("Twijfels").fill("De reistijd naar school.")
    matcher.press("Zeg ja")
    matcher.reads("Uw ja is vastgelegd")


def say_no_for_the_family(matcher: Matcher) -> None:
    """The carers find it too heavy after all: a no with its reason, after being asked twice."""
    page = matcher.page
    page.get_by_text("Nee, dit gaat niet").click()
    page.get_by_label("Het gezin", exact=True).check()
    page.get_by_label("Reden", exact=True).select_option("problematiek te zwaar")
    page.once("dialog", lambda dialog: dialog.accept())
    matcher.press("Zeg nee")
    matcher.reads("Uw nee is vastgelegd")
