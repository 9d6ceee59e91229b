"""Each main screen in English: as right for axe, at 320 pixels and with large text as in Dutch."""

from collections.abc import Callable

import pytest

from tests.screens.looking import Looker
from tests.screens.proposals.finding import Region

Look = Callable[..., Looker]
OF_A_CHILD = (
    "", "/voorstellen", "/stappen", "/ladder", "/netwerk", "/vergelijk", "/waarom-niet",
    "/samenvatting", "/juridisch-kader", "/vervolg", "/rechten", "/rechten/afschrift",
)  # fmt: skip
OF_A_RUN = ("", "/zonder-voorstel", "/bellijst", "/werving", "/verschil", "/wat-als")
PLACES = {
    ("coordinator", ""): (
        "/wachtlijst", "/runs", "/gezinnen", "/plaatsingen", "/plaatsingen/nieuw",
        "/plaatsingen/te-beoordelen", "/plaatsingen/evaluaties", "/volglijst", "/respijt",
        "/zorgsettingen", "/zo-thuis-mogelijk", "/uitkomsten", "/uitkomsten/eerlijkheid",
        "/uitkomsten/weegfactoren", "/concepten", "/rechten", "/ambulante-hulp",
        "/plaatsingen/overnemen",
    ),
    ("aanmeldpunt", ""): ("/concepten/nieuw", "/crisis/nieuw", "/crisis/nummers"),
    ("crisisdienst", ""): ("/crisis", "/crisis/lijst", "/crisis/afgerond", "/noodtoegang"),
    ("aanbieder-matcher", "spirit"): (
        "/gezinnen", "/gezinnen/import", "/vragen", "/zorgsettingen/nieuw", "/ambulante-hulp/nieuw",
    ),
    ("regiomanager", ""): (
        "/regio", "/regio/wachten", "/regio/plaatsingen", "/regio/plekken", "/regio/preventie",
        "/regio/jaarverslag/2026", "/regio/zelfevaluaties",
    ),
    ("auditor", ""): ("/geschiedenis",),
    ("gemeente", "0363"): ("/regio/zelfevaluaties", "/regio/zelfevaluaties/0363/2026"),
}  # fmt: skip


def see(looker: Looker, *places: str) -> None:
    """Go to each, which must be there, say that it is English and be right."""
    looker.speak("en")
    for place in places:
        answer = looker.page.goto(looker.address + place)
        assert answer.status == 200, place
        assert looker.page.locator("html").get_attribute("lang") == "en"
        assert looker.complaints() == [], place


@pytest.mark.parametrize(("role", "organisation"), sorted(PLACES))
def test_a_role_works_in_english(look: Look, role: str, organisation: str) -> None:
    """Each page of the menu, and the forms behind them."""
    see(look(role, organisation), *PLACES[role, organisation])


def test_all_about_a_child_is_right_in_english(look: Look, region: Region, number: str) -> None:
    """Its file, and what is asked of it; and a run with its parts."""
    child, run = f"/kinderen/{region.ids[number]}", f"/runs/{region.said[number]['matchrun']}"
    places = [*(child + what for what in OF_A_CHILD), *(run + what for what in OF_A_RUN)]
    see(look("coordinator"), *places)
