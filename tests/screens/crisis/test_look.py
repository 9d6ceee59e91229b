"""The crisis desk as a person sees it, at the width of a telephone and on a desk."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import update

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.words import FamilyStatus
from app.models import Family
from tests.screens.crisis.night import add_homes
from tests.screens.looking import Looker

Look = Callable[..., Looker]


@pytest.fixture(scope="module", autouse=True)
def _homes(screens_database: Database) -> None:
    add_homes(screens_database)


def test_every_screen_of_the_desk(look: Look) -> None:
    """Each page and state: nothing wrong, and a picture."""
    desk = look("crisisdienst", width=390)
    page = desk.page

    def see(name: str) -> None:
        assert desk.complaints() == [], name
        desk.shoot(name)
        # Taking a picture leaves styles in the page, which a swap would bring along.
        page.reload()

    desk.go("/crisis")
    see("crisis-balie-leeg")
    desk.go("/crisis/nieuw")
    see("crisis-nieuw")
    page.fill("#leeftijd", "9")
    page.get_by_label("Meisje").check()
    page.get_by_label("Weglopen").check()
    page.fill("#postcodeNu", "1012AB")
    page.fill("#terugbelnummer", "06-12345678")
    page.get_by_role("button", name="Toon de bedden").click()
    page.wait_for_selector(".bed")
    see("crisis-bedden")
    page.locator(".bed button[value=nee]").first.click()
    page.locator("#meldingen").get_by_text("Nee vastgelegd").wait_for()
    page.wait_for_selector("#kop-gebeld")
    see("crisis-gebeld")
    page.locator(".bed button[value=ja]").first.click()
    page.locator("#meldingen").get_by_text("Ja vastgelegd").wait_for()
    page.wait_for_selector(".vast")
    see("crisis-bed-vast")
    desk.go("/crisis")
    see("crisis-balie")
    desk.go("/crisis/lijst")
    see("crisis-lijst")
    desk.go("/crisis/afgerond")
    see("crisis-afgerond")


def test_the_numbers_and_a_refused_form(look: Look) -> None:
    """On a wide window, for who keeps them."""
    desk = look("aanmeldpunt")
    desk.go("/crisis/nummers")
    assert desk.complaints() == []
    desk.shoot("crisis-nummers")
    desk.go("/crisis/nieuw")
    desk.page.fill("#leeftijd", "99")
    desk.page.get_by_label("Jongen").check()
    desk.page.fill("#postcodeNu", "1012AB")
    desk.page.fill("#terugbelnummer", "06-12345678")
    desk.page.get_by_role("button", name="Toon de bedden").click()
    desk.page.wait_for_selector("#leeftijd-fout")
    assert [line for line in desk.complaints() if "400" not in line] == []


def test_the_list_is_one_sheet_of_paper(look: Look) -> None:
    """The families of a night and the road without a bed, lying down; no column is cut off."""
    desk = look("crisisdienst")
    page = desk.go("/crisis/lijst?alles=ja")
    assert page.locator("tbody tr").count() >= 5
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert desk.cut_off(width=1046) == []  # A4 lying down, within its margins


def test_a_night_without_a_bed(look: Look, screens_database: Database) -> None:
    """What to do instead stands first; for two languages, on a telephone."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.execute(update(Family).values(status=FamilyStatus.PAUSED))
    desk = look("crisisdienst", width=375)
    desk.go("/crisis/nieuw")
    desk.page.fill("#leeftijd", "9")
    desk.page.get_by_label("Meisje").check()
    desk.page.fill("#postcodeNu", "1012AB")
    desk.page.fill("#terugbelnummer", "06-12345678")
    desk.page.get_by_role("button", name="Toon de bedden").click()
    desk.page.get_by_role("heading", name="De weg als er geen bed is").wait_for()
    assert desk.complaints() == []
    desk.shoot("crisis-geen-bed")
    desk.speak("en")
    desk.page.reload()
    assert desk.complaints() == []
    for place in ("/crisis", "/crisis/lijst"):
        desk.go(place)
        assert desk.complaints() == [], place
