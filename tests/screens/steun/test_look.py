"""Support as a person sees it."""

from collections.abc import Callable

from app.db.opened import Database
from tests.screens.looking import Looker
from tests.screens.steun.strained import add_strained, perform_waiting

Look = Callable[..., Looker]


def test_every_screen_of_support(look: Look, screens_database: Database) -> None:
    """Each page and state, wide and on a telephone: nothing wrong, and a picture."""
    desk = look("coordinator")
    page = desk.page

    def see(name: str) -> None:
        assert desk.complaints() == [], name
        desk.shoot(name)

    desk.go("/volglijst")
    see("volglijst-leeg")
    desk.go("/respijt")
    see("respijt-leeg")
    placements = add_strained(screens_database)
    desk.go("/volglijst")
    see("volglijst")
    desk.go(f"/plaatsingen/{placements['AM-9001']}/steun")
    see("steun-bij-plaatsing")
    page.select_option("#soort", "anders")
    page.get_by_role("button", name="Signaal melden").click()
    page.wait_for_selector("#fouten")
    assert len(desk.refused) == 1  # the browser notes every answer of 400
    desk.refused.clear()
    see("steun-fout")
    desk.go("/respijt")
    page.get_by_role("button", name="Respijt zoeken").click()
    page.wait_for_selector("text=Verversen")
    see("respijt-wacht")
    perform_waiting(screens_database)
    page.get_by_role("link", name="Verversen").click()
    page.wait_for_selector("#kop-gevonden")
    see("respijt-ronde")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Aannemen voor").first.click()
    page.wait_for_selector("text=de plaats is bezet")
    see("steun-met-respijt")
    page.get_by_role("link", name="Bijwerken").first.click()
    page.wait_for_selector("#totEnMet")
    see("steun-aanbod")
    small = look("coordinator", width=390)
    for path in ("/volglijst", "/respijt", f"/plaatsingen/{placements['AM-9001']}/steun"):
        small.go(path)
        assert small.complaints() == [], path
    small.shoot("steun-smal")
