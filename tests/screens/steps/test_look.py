"""The steps as a person sees them: each page and state."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.screens.looking import Looker
from tests.screens.steps.walking import Walk, find_child


@pytest.fixture
def walk(client_as: Callable[..., TestClient]) -> Walk:
    """The same region by its forms, to bring a step to where one wants to look."""
    client = client_as("coordinator")
    return Walk(client, find_child(client))


def test_every_screen_of_the_steps(look: Callable[..., Looker], walk: Walk) -> None:
    """Nothing wrong on any, and a picture of each."""
    seen = look("coordinator")

    def see(path: str, name: str) -> None:
        seen.go(path)
        assert seen.complaints() == [], name
        seen.shoot(name)

    see(walk.steps, "stappen-kiezen")
    other = walk.child["alternatieven"][0]
    family = f"aanbieder={other['aanbieder']}&gezin={other['gezin']}"
    see(f"{walk.steps}/nieuw?{family}", "stap-beginnen")
    see(f"{walk.steps}/nieuw?aanbieder=spirit&gezin=SPI-0", "stap-gezin-onbekend")
    walk.begin()
    see(walk.at, "stap-begonnen")
    walk.answer("vraag", tekst="Slaapt het kind door?")
    walk.send("/uitleg", tekst="Ja, sinds een maand.")
    walk.walk_to_acquaintance()
    walk.send("/bezwaren", door="ouders", bezwaar="Wij vinden het te ver weg.")
    see(walk.at, "stap-bezwaar-open")
    objection = walk.api("GET", "/geschiedenis").json()["bezwaren"][0]["id"]
    see(f"{walk.at}/bezwaren/{objection}", "stap-bezwaar")
    see(f"{walk.at}/verder?fase=match", "stap-verder")
    see(f"{walk.at}/geschiedenis", "stap-geschiedenis")
    see(f"{walk.at}/einde", "stap-einde")
    see(f"{walk.at}/nee", "stap-nee")
    seen.page.get_by_label("Het gezin").check()
    seen.page.select_option("#afwijsreden", "afstand")
    seen.page.on("dialog", lambda dialog: dialog.accept())
    seen.page.get_by_role("button", name="Nee vastleggen").click()
    seen.page.wait_for_selector("#kop-volgende, .melding")
    assert seen.complaints() == []
    seen.shoot("stap-na-nee")
    see(walk.steps, "stappen-eerder")


def test_a_mistake_is_taken_back_within_ten_seconds(
    look: Callable[..., Looker], walk: Walk
) -> None:
    """The button stands there at once, and goes by itself; the step can still be ended."""
    seen = look("coordinator")
    page = seen.page
    seen.go(walk.steps)
    page.get_by_role("link", name="Beginnen met").first.click()
    page.get_by_role("button", name="Gezin vragen").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    assert page.get_by_text("Ongedaan gemaakt. Het gezin").is_visible()
    page.get_by_role("link", name="Beginnen met").first.click()
    page.get_by_role("button", name="Gezin vragen").click()
    page.get_by_role("button", name="Ongedaan maken").wait_for()
    page.get_by_role("button", name="Ongedaan maken").wait_for(state="detached")
    assert page.get_by_role("link", name="Beëindigen zonder nee").is_visible()
    walk.let_go()
