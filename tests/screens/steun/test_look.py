"""Support as a person sees it."""

from collections.abc import Callable

from app.db.opened import Database
from tests.screens.looking import Looker
from tests.screens.steun.strained import add_strained, perform_waiting
from tests.screens.steun.test_ambulatory import HELP

Look = Callable[..., Looker]


def see(desk: Looker, name: str) -> None:
    assert desk.complaints() == [], name
    desk.shoot(name)


def test_every_screen_of_support(look: Look, screens_database: Database) -> None:
    """Each page and state, wide and on a telephone: nothing wrong, and a picture."""
    desk = look("coordinator")
    desk.go("/volglijst")
    see(desk, "volglijst-leeg")
    desk.go("/respijt")
    see(desk, "respijt-leeg")
    placements = add_strained(screens_database)
    desk.go("/volglijst")
    see(desk, "volglijst")
    desk.go(f"/plaatsingen/{placements['AM-9001']}/steun")
    see(desk, "steun-bij-plaatsing")
    desk.page.select_option("#soort", "anders")
    desk.page.get_by_role("button", name="Signaal melden").click()
    desk.page.wait_for_selector("#fouten")
    assert len(desk.refused) == 1  # the browser notes every answer of 400
    desk.refused.clear()
    see(desk, "steun-fout")
    _find_respite(desk, screens_database)
    small = look("coordinator", width=390)
    for path in ("/volglijst", "/respijt", f"/plaatsingen/{placements['AM-9001']}/steun"):
        small.go(path)
        assert small.complaints() == [], path
    small.shoot("steun-smal")


def _find_respite(desk: Looker, database: Database) -> None:
    desk.go("/respijt")
    desk.page.get_by_role("button", name="Respijt zoeken").click()
    desk.page.wait_for_selector("text=Verversen")
    see(desk, "respijt-wacht")
    perform_waiting(database)
    desk.page.get_by_role("link", name="Verversen").click()
    desk.page.wait_for_selector("#kop-gevonden")
    see(desk, "respijt-ronde")
    desk.page.get_by_role("checkbox").first.check()
    desk.page.get_by_role("button", name="Aannemen voor").first.click()
    desk.page.wait_for_selector("text=de plaats is bezet")
    see(desk, "steun-met-respijt")
    desk.page.get_by_role("link", name="Bijwerken").first.click()
    desk.page.wait_for_selector("#totEnMet")
    see(desk, "steun-aanbod")


def test_every_screen_of_ambulatory_support(look: Look) -> None:
    """Empty, a form that is sent wrong, right, and read by who may not change it; also small."""
    desk = look("aanbieder-matcher", "youke")
    desk.go("/ambulante-hulp")
    see(desk, "ambulante-hulp-leeg")
    desk.go("/ambulante-hulp/nieuw")
    see(desk, "ambulante-hulp-nieuw")
    for name in ("nummer", "naam", "plaatsenVrij", "wachtweken"):
        desk.page.fill(f"#{name}", HELP[name])
    desk.page.fill("#gemeenten", "Nergenshuizen")
    _save(desk)
    desk.page.wait_for_selector("#fouten")
    desk.refused.clear()  # the browser notes every answer of 400
    see(desk, "ambulante-hulp-fout")
    desk.page.get_by_label("Veiligheid").check()
    desk.page.fill("#gemeenten", HELP["gemeenten"])
    _save(desk)
    desk.page.wait_for_selector("text=De gegevens zijn bewaard.")
    see(desk, "ambulante-hulp")
    reader = look("coordinator", width=390)
    reader.go("/ambulante-hulp/youke/AH-1")
    see(reader, "ambulante-hulp-smal")


def _save(desk: Looker) -> None:
    desk.page.locator("main form button").last.click()
