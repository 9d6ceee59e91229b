"""Days without JavaScript, all of them through the screens: a provider's, and a coordinator's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.kernel.clock import today_in_amsterdam
from app.main import create_app
from tests.screens.families.asked import Region as Asked
from tests.screens.families.exports import FILE, changed_export, work
from tests.screens.looking import Looker
from tests.screens.proposals.finding import Region

Look = Callable[..., Looker]


class Somebody:
    """A person and a browser that runs no script: every link and button is a page."""

    def __init__(self, look: Look, role: str, organisation: str = "") -> None:
        self.looker = look(role, organisation, script=False)
        self.page: Any = self.looker.page

    def opens(self, path: str) -> None:
        """Go to a page by its address."""
        self.looker.go(path)

    def follows(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def presses(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).first.click()

    def fills(self, label: str, words: str) -> None:
        """Type into a field."""
        self.page.get_by_label(label).first.fill(words)

    def reads(self, words: str) -> None:
        """See words on the page."""
        self.page.locator("main").get_by_text(words).first.wait_for()


def test_a_day_of_a_provider(look: Look, screens_database: Database, tmp_path: Path) -> None:
    """Confirms a family and takes that back, reads in an export, and answers what is asked."""
    export, changed, refused = changed_export(tmp_path / "regio")
    Asked(screens_database).ask()
    me = Somebody(look, "aanbieder-matcher", "spirit")
    me.opens("/gezinnen")
    me.presses("Bevestig")
    me.reads("vandaag gehoord")
    me.presses("Ongedaan maken")
    me.reads("de bevestiging geldt niet meer")

    me.follows("Export inlezen")
    file = {"name": FILE, "mimeType": "text/csv", "buffer": export.content()}
    me.page.get_by_label("Bestand").set_input_files(file)
    me.presses("Lees in")
    work(screens_database)
    me.follows("Ververs dit verslag")
    me.page.get_by_role("heading", name="Geweigerd").wait_for()
    assert refused in me.page.inner_text("main")
    me.page.get_by_role("link", name=changed, exact=True).first.click()
    me.page.get_by_role("heading", level=1).wait_for()

    me.follows("Vragen")
    me.page.locator("tbody th a").first.click()
    me.fills("Wat spreekt ervoor", "Een rustig gezin met ervaring.")
    me.presses("Zeg ja")
    me.reads("Uw ja is vastgelegd")


@pytest.fixture
def child(screens_database: Database) -> tuple[str, dict[str, Any], str]:
    """A child alone, of its own will, with a choice: its path, another family, and the referrer."""
    with TestClient(create_app(screens_database)) as client:
        region = Region(client)
    for number, said in region.said.items():
        kid = region.child(number) if said["voorstel"] and said["alternatieven"] else None
        if kid and kid["juridischKader"] == "vrijwillig" and not kid["broersZussen"]:
            other = next((o for o in said["alternatieven"] if not o["verzoek"]), None)
            if other:
                return f"/kinderen/{region.ids[number]}", other, kid["verwijzer"]
    raise AssertionError("nobody in this region will do")


def test_a_day_of_a_coordinator(look: Look, child: tuple[str, dict[str, Any], str]) -> None:
    """From a family that is not the first choice to a placement, each yes recorded by who may."""
    at, family, referrer = child
    me = Somebody(look, "coordinator")
    begins_with_another_family(me, at, family)
    step = me.page.url.removeprefix(me.looker.address)
    provider = Somebody(look, "aanbieder-matcher", family["aanbieder"])
    says_yes(provider, step, "Zeg ja")
    for phase in ("pleegouders", "ouders en kind", "kennismaking"):
        goes_on(me, step, phase)
    me.reads("Kennismaken; aanbieder en verwijzer beslissen")
    says_yes(provider, step, "Geef akkoord")
    the_referrer_said_yes(Somebody(look, "aanmeldpunt"), step, referrer)
    the_law_is_satisfied(me, at)
    goes_on(me, step, "match")
    goes_on(me, step, "plaatsing")
    me.reads("Het kind is geplaatst")
    me.opens(at)
    me.reads("Geplaatst")


def begins_with_another_family(me: Somebody, at: str, family: dict[str, Any]) -> None:
    """Why it is not the first choice is asked, and stays with the step."""
    me.opens(f"{at}/stappen")
    me.follows(f"Beginnen met {family['gezin']}")
    reason = me.page.get_by_label("Waarom dit gezin en niet de eerste keus?")
    reason.fill("Dit gezin kent de school.")
    me.presses("Gezin vragen")
    me.reads("De aanbieder is aan zet")
    me.reads("Dit gezin kent de school.")


def says_yes(provider: Somebody, step: str, button: str) -> None:
    """The provider answers its question at its own screen."""
    provider.opens(f"/vragen/{step.rsplit('/', 1)[1]}")
    provider.presses(button)
    provider.reads("vastgelegd")


def goes_on(me: Somebody, step: str, phase: str) -> None:
    """What those said to whom it was put, and what the phase asks besides."""
    me.opens(step)
    me.follows(f"Naar {phase}")
    me.page.get_by_label("Ja", exact=True).check()
    me.fills("Voors", "Ruime ervaring\nDichtbij")
    support = me.page.get_by_label("Afgesproken steun")
    if support.count():
        support.fill("Elke week ambulante hulp.")
    me.presses("Kind plaatsen" if phase == "plaatsing" else "Vastleggen en verder")
    me.reads("Het kind is geplaatst" if phase == "plaatsing" else "Vastgelegd")


def the_referrer_said_yes(intake: Somebody, step: str, referrer: str) -> None:
    """Recorded by the intake, for a referrer that does not work here."""
    intake.opens(step)
    intake.fills("Organisatie van de verwijzer", referrer or "Lokaal team")
    intake.fills("Dag van het akkoord", today_in_amsterdam().isoformat())
    intake.presses("Akkoord van de verwijzer vastleggen")
    intake.reads("Het akkoord van de verwijzer is vastgelegd")


def the_law_is_satisfied(me: Somebody, at: str) -> None:
    """Who has authority, that they agree, and which municipality answers for it."""
    me.opens(f"{at}/juridisch-kader")
    me.page.get_by_label("Wie", exact=True).first.select_option(label="Ouder")
    me.page.get_by_label("Toestemming").first.select_option(label="Stemt in")
    me.fills("Verantwoordelijke gemeente", "Amsterdam")
    me.presses("Bewaren")
    me.opens(f"{at}/juridisch-kader")
    me.reads("Niets: een plaatsing kan beginnen.")
