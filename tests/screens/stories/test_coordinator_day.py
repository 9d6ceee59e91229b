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


class Day:
    """The child that the day is about, and the families that the run has for it."""

    def __init__(self, region: Region) -> None:
        self.region, self.number = region, region.with_choice()
        self.said: dict[str, Any] = region.said[self.number]
        self.first, self.other = self.said["voorstel"], self.said["alternatieven"][0]
        self.path = f"/kinderen/{region.ids[self.number]}/voorstellen"

    def unlisted(self) -> str:
        """Return the number of a family that the run does not name for this child."""
        listed = {self.first["gezin"], *(one["gezin"] for one in self.said["alternatieven"])}
        families = self.region.get("/pleeggezinnen?aantal=100")["pleeggezinnen"]
        return next(one["nummer"] for one in families if one["nummer"] not in listed)


def reads_what_the_run_proposes(me: Coordinator, day: Day) -> None:
    """In the morning: the proposals of last night's run, and why this family for this child."""
    me.opens(day.path)
    me.reads(f"Voorstellen voor {day.number}")
    me.reads(f"Gezin {day.first['gezin']}")
    assert me.text.index(day.first["gezin"]) < me.text.index(day.other["gezin"])

    me.follows("Bekijk dit voorstel")
    me.reads("Behoefte naast aanbod")
    me.reads("Niets extra: dit gezin hoort bij het beste plan")
    me.page.get_by_text("Lees elke reden, met de bron").first.click()
    me.reads(day.first["redenen"][0]["bron"])


def compares_the_first_with_the_second(me: Coordinator, day: Day) -> None:
    """The second one looks good as well: both beside each other."""
    me.follows(day.number)
    me.page.get_by_label(f"vergelijk {day.other['gezin']}").check()
    me.presses("Vergelijk wat is aangevinkt met de eerste keus")
    me.reads("alternatief")
    me.page.locator("#prijzen a").wait_for(state="detached")
    me.reads("niets extra: dit is het plan")


def asks_why_not_the_family_that_a_colleague_knows(me: Coordinator, day: Day) -> None:
    """It is not on the list. A slip of the pen first, then the answer in words."""
    me.follows("Waarom niet?")
    me.fills("Nummer van het gezin", "ONBEKEND-1")
    me.presses("Vraag het")
    me.reads("Er is geen gezin met dit nummer")
    me.fills("Nummer van het gezin", day.unlisted())
    me.presses("Vraag het")
    me.page.get_by_role("heading", name=re.compile("^Dit gezin|^De kans|^Dit past")).wait_for()
    me.reads("Punt voor punt")


def tries_the_second_before_anybody_is_called(me: Coordinator, day: Day) -> None:
    """Who would lose what? The run stays what it was: the first choice is still the first."""
    me.fills("Nummer van het gezin", day.other["gezin"])
    me.presses("Vraag het")
    me.reads("Wat deze keus anderen kost")
    me.follows("Wat als we dit gezin vastzetten?")
    me.reads("Er wordt niets bewaard")
    me.presses("Reken het verschil uit")
    me.reads("Er is niets bewaard en de run is niet veranderd")
    me.reads(f"{day.number} gaat naar {day.other['gezin']}")

    me.opens(day.path)
    me.reads("Eerste keus")
    assert me.text.index(day.first["gezin"]) < me.text.index(day.other["gezin"])


def takes_one_sheet_to_the_table(me: Coordinator, day: Day) -> None:
    """Before the talk: one A4, and no name on it."""
    me.follows("Samenvatting voor de tafel")
    me.reads("De gezinnen")
    assert day.region.child(day.number)["voornaam"] not in me.text
    sheet = me.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_a_day_of_a_coordinator(look: Look, region: Region) -> None:
    """From a proposal to a page for the table: read, compare, doubt, try, and take along."""
    me, day = Coordinator(look("coordinator")), Day(region)
    reads_what_the_run_proposes(me, day)
    compares_the_first_with_the_second(me, day)
    asks_why_not_the_family_that_a_colleague_knows(me, day)
    tries_the_second_before_anybody_is_called(me, day)
    takes_one_sheet_to_the_table(me, day)
