"""A night at the crisis desk, on a telephone, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from app.db.opened import Database
from tests.screens.crisis.night import LONGER, add_children, add_homes
from tests.screens.looking import Looker


@pytest.fixture(scope="module", autouse=True)
def _homes(screens_database: Database) -> None:
    add_homes(screens_database)
    add_children(screens_database)


def test_a_night_at_the_crisis_desk(look: Callable[..., Looker]) -> None:
    """23:00, the police calls about a girl and her brother; by morning everybody has a bed."""
    desk = look("crisisdienst", width=390, script=False)
    page = desk.page
    desk.go("/crisis")
    assert page.get_by_role("heading", name="Geen open meldingen").is_visible()
    page.get_by_role("link", name="Nieuwe melding").first.click()
    the_police_tells_six_things(page)
    the_family_calls_back(page)
    grandmother_turns_up(page)
    desk.go("/crisis/nieuw")
    a_girl_comes_alone(page)
    the_list_for_tomorrow_is_printed(page)


def the_police_tells_six_things(page: Any) -> None:
    """In the haste the gender of the brother is forgotten; nothing else is lost."""
    page.get_by_label("1. Hoe oud is het kind?").fill("9")
    page.get_by_label("Meisje").check()
    page.get_by_label("Weglopen").check()
    page.get_by_label("Broer of zus 1: leeftijd").fill("7")
    page.get_by_label("5. Waar is het kind nu?").fill("1012AB")
    page.get_by_label("6. Op welk nummer kunt u terugbellen?").fill("06-12345678")
    page.get_by_role("button", name="Toon de bedden van vannacht").click()
    assert page.get_by_text("Broer of zus 1, geslacht: ontbreekt").first.is_visible()
    assert page.get_by_label("1. Hoe oud is het kind?").input_value() == "9"
    page.get_by_label("Broer of zus 1: geslacht").select_option("jongen")
    page.get_by_role("button", name="Toon de bedden van vannacht").click()


def the_family_calls_back(page: Any) -> None:
    """Nobody answers; then they do, and cannot; then it can after all, and the beds are locked."""
    first = page.locator(".bed").first
    assert first.get_by_role("heading").inner_text() == "Bakker, Amsterdam"
    assert "Niet gevraagd of het gezin weglopen aankan" in first.inner_text()
    first.get_by_role("button", name="Geen gehoor").click()
    assert page.get_by_text("Geen gehoor vastgelegd").is_visible()
    first = page.locator(".bed").first
    first.get_by_text("Opmerking erbij").click()
    first.get_by_role("textbox").fill("Eigen kind is ziek.")
    first.locator("button[value=nee]").click()
    assert page.get_by_text("Eigen kind is ziek.").is_visible()
    assert page.locator(".bed h3", has_text="Bakker").count() == 0
    page.get_by_text("Zegt dit gezin toch ja?").click()
    page.get_by_role("button", name="Toch ja: zet het bed vast").click()
    assert page.get_by_role("heading", name="Het bed ligt vast").is_visible()
    assert page.get_by_text("2 bedden vast").is_visible()
    assert page.get_by_text("Dossier uiterlijk").first.is_visible()
    assert page.locator("a[href='tel:0612345678']").first.is_visible()


def grandmother_turns_up(page: Any) -> None:
    """The beds are given back, with the reason, and the report is closed."""
    page.get_by_text("Het gaat toch niet door").click()
    page.get_by_label("Reden van vrijgeven").fill("Oma kan hen ophalen.")
    page.get_by_role("button", name="Bed vrijgeven").click()
    assert page.get_by_text("Het bed is vrij").is_visible()
    page.get_by_text("Geen bed van hier nodig").click()
    page.get_by_label("Reden van sluiten").fill("Zij slapen bij oma.")
    page.get_by_role("button", name="Melding sluiten").click()
    assert page.get_by_text("Zij slapen bij oma.").is_visible()


def a_girl_comes_alone(page: Any) -> None:
    """The nearest family says yes, and in the morning her file is there."""
    page.get_by_label("1. Hoe oud is het kind?").fill("6")
    page.get_by_label("Meisje").check()
    page.get_by_label("5. Waar is het kind nu?").fill("1012")
    page.get_by_label("6. Op welk nummer kunt u terugbellen?").fill("020-1234567")
    page.get_by_role("button", name="Toon de bedden van vannacht").click()
    page.locator(".bed", has_text="De Vries").locator("button[value=ja]").click()
    assert page.locator(".vast").get_by_text("De Vries").is_visible()
    page.get_by_label("Aanmeldnummer").fill(LONGER)
    page.get_by_role("button", name="Koppelen").click()
    assert page.get_by_text("De aanmelding is gekoppeld").is_visible()


def the_list_for_tomorrow_is_printed(page: Any) -> None:
    """The desk is empty again; the bed that is taken is on no list."""
    page.get_by_role("link", name="Crisis").first.click()
    assert page.get_by_role("heading", name="Geen open meldingen").is_visible()
    page.get_by_role("link", name="Alle crisisbedden, om af te drukken").click()
    assert page.get_by_text("Gemaakt op").is_visible()
    assert page.locator("tbody tr", has_text="Bakker").is_visible()
    assert page.locator("tbody tr", has_text="De Vries").count() == 0
