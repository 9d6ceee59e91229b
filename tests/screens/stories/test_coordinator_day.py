"""A day of a coordinator at the screens, told as it goes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.main import create_app
from tests.screens.looking import Looker
from tests.screens.proposals.finding import Region

Look = Callable[..., Looker]


@pytest.fixture
def region(screens_database: Database) -> Region:
    """What the API says, to know which child the day is about."""
    with TestClient(create_app(screens_database)) as client:
        return Region(client)


class Coordinator:
    """Somebody at the screens: goes where a link says, and reads what is there."""

    def __init__(self, looker: Looker) -> None:
        self.looker, self.page = looker, looker.page

    def opens(self, path: str) -> None:
        """Go to a page by its address, once; from there on by links."""
        self.looker.go(path)

    def follows(self, name: str) -> None:
        """Follow a link by what it says."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def presses(self, name: str) -> None:
        """Press a button by what it says."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def fills(self, label: str, words: str) -> None:
        """Type into a field by its label."""
        self.page.get_by_label(label).fill(words)

    def reads(self, words: str) -> None:
        """See words on the page; waits for what comes later by itself."""
        self.page.locator("main").get_by_text(words).first.wait_for()

    @property
    def text(self) -> str:
        """Return all that the page says."""
        return str(self.page.locator("main").inner_text())


def test_a_day_of_a_coordinator(look: Look, region: Region) -> None:
    """From a proposal to a page for the table: read, compare, doubt, try, and take along."""
    number = region.with_choice()
    said: dict[str, Any] = region.said[number]
    first, other = said["voorstel"], said["alternatieven"][0]
    me = Coordinator(look("coordinator"))

    # In the morning: the proposals of last night's run for a child that waits.
    me.opens(f"/kinderen/{region.ids[number]}/voorstellen")
    me.reads(f"Voorstellen voor {number}")
    me.reads(f"Gezin {first['gezin']}")
    assert me.text.index(first["gezin"]) < me.text.index(other["gezin"])

    # What does this family have to offer to what this child needs?
    me.follows("Bekijk dit voorstel")
    me.reads("Behoefte naast aanbod")
    me.reads("Niets extra: dit gezin hoort bij het beste plan")
    me.page.get_by_text("Lees elke reden, met de bron").first.click()
    me.reads(first["redenen"][0]["bron"])

    # The second one looks good as well: both beside each other.
    me.follows(number)
    me.page.get_by_label(f"vergelijk {other['gezin']}").check()
    me.presses("Vergelijk wat is aangevinkt met de eerste keus")
    me.reads("eerste keus")
    me.reads("alternatief")
    me.page.locator("#prijzen a").wait_for(state="detached")
    me.reads("niets extra: dit is het plan")

    # A colleague knows a family that is not on the list: why not that one?
    listed = {first["gezin"], *(one["gezin"] for one in said["alternatieven"])}
    families = region.get("/pleeggezinnen?aantal=100")["pleeggezinnen"]
    unlisted = next(one["nummer"] for one in families if one["nummer"] not in listed)
    me.follows("Waarom niet?")
    me.fills("Nummer van het gezin", "ONBEKEND-1")
    me.presses("Vraag het")
    me.reads("Er is geen gezin met dit nummer")
    me.fills("Nummer van het gezin", unlisted)
    me.presses("Vraag het")
    me.page.get_by_role("heading", name=re.compile("^Dit gezin|^De kans|^Dit past")).wait_for()
    me.reads("Punt voor punt")

    # And if it were the second one after all? Who would lose what, before anybody is called.
    me.fills("Nummer van het gezin", other["gezin"])
    me.presses("Vraag het")
    me.reads("Wat deze keus anderen kost")
    me.follows("Wat als we dit gezin vastzetten?")
    me.reads("Er wordt niets bewaard")
    me.presses("Reken het verschil uit")
    me.reads("Er is niets bewaard en de run is niet veranderd")
    me.reads(f"{number} gaat naar {other['gezin']}")

    # The run is what it was: the first choice is still the first choice.
    me.opens(f"/kinderen/{region.ids[number]}/voorstellen")
    me.reads("Eerste keus")
    assert me.text.index(first["gezin"]) < me.text.index(other["gezin"])

    # Before the talk at the table: one sheet, and no name on it.
    me.follows("Samenvatting voor de tafel")
    me.reads("De gezinnen")
    assert region.child(number)["voornaam"] not in me.text
    sheet = me.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
