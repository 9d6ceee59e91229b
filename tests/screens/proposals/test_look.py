"""Every screen of this room in a browser: axe-core, 320 pixels, large text, and its picture."""

import re
from collections.abc import Callable

import pytest

from tests.screens.looking import Looker
from tests.screens.proposals.finding import Region

Look = Callable[..., Looker]


@pytest.fixture
def looker(look: Look) -> Looker:
    """A coordinator's window."""
    return look("coordinator")


def key(region: Region, number: str, at: int) -> str:
    """Return a family of a child as an address names it; 0 is the first choice."""
    said = region.said[number]
    option = said["voorstel"] if at == 0 else said["alternatieven"][at - 1]
    return f"{option['aanbieder']}/{option['gezin']}"


def test_the_list_of_proposals(looker: Looker, child: str) -> None:
    """First choice, alternatives, a map."""
    page = looker.go(f"{child}/voorstellen")
    page.locator(".landkaart svg").wait_for()
    assert looker.complaints() == []
    looker.shoot("voorstellen")


def test_a_child_without_a_proposal(looker: Looker, region: Region) -> None:
    """Why there is none, and what to do."""
    looker.go(f"/kinderen/{region.ids[region.without()]}/voorstellen")
    assert looker.complaints() == []
    looker.shoot("voorstellen-geen")


def test_one_proposal(looker: Looker, region: Region, number: str, child: str) -> None:
    """Point by point, bars, the map; what it costs others comes by itself, the focus stays."""
    page = looker.go(f"{child}/voorstellen/{key(region, number, 1)}")
    page.locator("#prijs a", has_text="Reken het uit").wait_for(state="detached")
    page.locator("details summary").first.click()
    assert looker.complaints() == []
    looker.shoot("voorstel")


def test_families_beside_each_other(
    looker: Looker, region: Region, number: str, child: str
) -> None:
    """Three families; the row of prices comes by itself."""
    query = "&".join(f"gezin={key(region, number, at)}" for at in range(3))
    page = looker.go(f"{child}/vergelijk?{query}")
    page.locator("#prijzen a").wait_for(state="detached")
    assert page.locator("#prijzen td").count() == 3
    assert looker.complaints() == []
    looker.shoot("vergelijken")
    looker.go(f"{child}/vergelijk")
    assert looker.complaints() == []


def test_why_not(looker: Looker, region: Region, number: str, child: str) -> None:
    """Nothing asked yet, an answer, and a number that is nobody."""
    page = looker.go(f"{child}/waarom-niet")
    assert looker.complaints() == []
    page.get_by_label("Nummer van het gezin").fill(key(region, number, 1).split("/")[1])
    page.get_by_role("button", name="Vraag het").click()
    page.get_by_role("heading", name="Dit gezin kan").wait_for()
    assert looker.complaints() == []
    looker.shoot("waarom-niet")
    looker.go(f"{child}/waarom-niet?gezin=NIEMAND")
    # The browser tells of a 400 too: that is the answer that was asked for.
    assert [line for line in looker.complaints() if "400" not in line] == []


def test_all_choices_and_whom_to_call(looker: Looker, region: Region, child: str) -> None:
    """The least regret first; and a call list, also an empty one."""
    page = looker.go(f"{child}/keuzes")
    page.locator("#keuzes a", has_text="Reken het uit").wait_for(state="detached")
    page.locator("#keuzes h2").first.wait_for()
    assert looker.complaints() == []
    looker.shoot("keuzes")
    looker.go(f"/kinderen/{region.ids[region.without()]}/bijna-passend")
    page.locator("#bijna a", has_text="Reken het uit").wait_for(state="detached")
    assert looker.complaints() == []
    looker.shoot("bijna-passend")


def test_what_if(looker: Looker, region: Region, number: str) -> None:
    """A form, and the difference."""
    provider, family = key(region, number, 1).split("/")
    page = looker.go(f"/runs/{region.said[number]['matchrun']}/wat-als")
    assert looker.complaints() == []
    page.get_by_label("Aanmeldnummer van het kind").fill(number)
    page.get_by_label("Nummer van het gezin").fill(family)
    page.locator("#aanbieder").select_option(provider)
    page.get_by_role("button", name="Reken het verschil uit").click()
    page.get_by_role("heading", name="Het verschil").wait_for()
    assert looker.complaints() == []
    looker.shoot("wat-als")


def test_the_summary_fits_one_sheet(looker: Looker, region: Region) -> None:
    """The browser prints one A4, for the child with the most on it and for one without."""
    longest = max(region.said, key=lambda number: len(str(region.said[number]["alternatieven"])))
    for number in (longest, region.without()):
        page = looker.go(f"/kinderen/{region.ids[number]}/samenvatting")
        assert looker.complaints() == []
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        size = page.viewport_size
        assert looker.cut_off(width=718) == []  # A4 upright, within its margins
        page.set_viewport_size(size)
        if number == longest:
            looker.shoot("samenvatting")
