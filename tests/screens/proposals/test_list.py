"""The list of proposals of a child, and one of them: content, roles, and what is never shown."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.screens.proposals.factors import tells_place
from app.settings import load_settings
from tests.screens.proposals.finding import Region
from tests.screens.served import signed_in_client

As = Callable[..., TestClient]
FIGURE = re.compile(r"\b\d{1,2}(,\d+)? ?%")


def shown(client: TestClient, path: str, status: int = 200) -> str:
    """Return a page."""
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == status, answer.text[-500:]
    return answer.text


def test_the_first_choice_and_every_alternative_are_on_the_list(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """Each family of the run with a link to its own page, in the order of the run."""
    page = shown(client_as("coordinator"), f"{child}/voorstellen")
    said = region.said[number]
    families = [said["voorstel"]["gezin"], *(one["gezin"] for one in said["alternatieven"])]
    places = [page.index(f'/{family}"') for family in families]
    assert places == sorted(places)
    assert "Eerste keus" in page


def test_a_chance_is_a_band_and_a_picture_as_long_as_it_rests_on_literature(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """The word and the interval are there; no percentage of this child is anywhere."""
    said = region.said[number]["voorstel"]
    page = shown(
        client_as("coordinator"), f"{child}/voorstellen/{said['aanbieder']}/{said['gezin']}"
    )
    assert f"<strong>{said['klasse']}</strong>" in page
    assert "Inschatting uit literatuur" in page
    assert 'role="img" aria-label="Kans op afbreuk' in page
    # A source may name a share that research found: that is no figure about this child.
    told = re.sub(r'<td class="klein" lang="nl">.*?</td>', "", page, flags=re.S)
    assert not FIGURE.search(told)


def test_a_calibrated_chance_is_shown_as_a_figure(
    *, client_as: As, screens_database: Database, region: Region, number: str, child: str
) -> None:
    """Once the outcomes of the region bear it out, the number stands beside the band."""
    calibrate = "UPDATE match_run SET is_calibrated = :yes"
    said = region.said[number]["voorstel"]
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.execute(text(calibrate), {"yes": True})
    try:
        page = shown(client_as("coordinator"), f"{child}/voorstellen")
    finally:
        with session_for(screens_database.sessions, SYSTEM) as session:
            session.execute(text(calibrate), {"yes": False})
    assert f"({round(100 * said['breakdownKans'])}%" in page
    assert "Geschat op uitkomsten van de regio" in page


def test_need_stands_beside_offer_with_a_mark_and_a_word(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """Every reason of the run is said, and each point says in a word what it is."""
    said = region.said[number]["voorstel"]
    page = shown(
        client_as("coordinator"), f"{child}/voorstellen/{said['aanbieder']}/{said['gezin']}"
    )
    for reason in said["redenen"]:
        assert reason["zin"].replace("'", "&#39;") in page
    assert "Het kind vraagt" in page
    assert "Het gezin biedt" in page
    for word in re.findall(r'oordeel__merk" aria-hidden="true">.</span> ([a-z ]+)</span>', page):
        assert word in ("past", "een zorg", "onbekend", "past niet")


def test_every_bar_has_its_sentence_and_source_in_the_table(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """As many bars as reasons that weigh, each with where it comes from."""
    said = region.said[number]["voorstel"]
    page = shown(
        client_as("coordinator"), f"{child}/voorstellen/{said['aanbieder']}/{said['gezin']}"
    )
    weighing = [reason for reason in said["redenen"] if reason["bijdrage"]]
    assert page.count('class="staven__beeld"') == len(weighing)
    for reason in weighing:
        assert reason["bron"].replace("&", "&amp;") in page


def test_an_availability_that_is_old_asks_to_be_confirmed_first(
    *, client_as: As, screens_database: Database, region: Region, number: str, child: str
) -> None:
    """The family was last heard of long ago: the card says so; a fresh word is told as such."""
    said = region.said[number]["voorstel"]
    long_ago = "UPDATE family SET confirmed_at = :at, source_updated_at = :at WHERE reference = :r"
    exports = "UPDATE import_batch SET mode = :mode WHERE mode IS NOT NULL"
    with session_for(screens_database.sessions, SYSTEM) as session:
        modes = session.execute(text("SELECT DISTINCT mode FROM import_batch")).scalars().all()
        session.execute(text(exports), {"mode": "aanvullend"})
        session.execute(text(long_ago), {"at": "2025-01-01T12:00:00Z", "r": said["gezin"]})
    assert "eerst bevestigen" in shown(client_as("coordinator"), f"{child}/voorstellen")
    with session_for(screens_database.sessions, SYSTEM) as session:
        fresh = "UPDATE family SET confirmed_at = now() - interval '3 days' WHERE reference = :r"
        session.execute(text(fresh), {"r": said["gezin"]})
        session.execute(text(exports), {"mode": next(mode for mode in modes if mode)})
    page = shown(client_as("coordinator"), f"{child}/voorstellen?kaart=ja")
    assert re.search(r"bevestigd\s*<time[^>]*>3 dagen geleden</time>", page)


def test_a_child_without_a_proposal_says_why_and_whom_to_call(
    client_as: As, region: Region
) -> None:
    """The reason in a sentence, the smallest change, and the way to the call list."""
    number = region.without()
    page = shown(client_as("coordinator"), f"/kinderen/{region.ids[number]}/voorstellen")
    assert region.said[number]["waaromNiet"]["zin"] in page
    assert f"/kinderen/{region.ids[number]}/bijna-passend" in page


def test_the_map_has_child_school_and_every_family_with_its_distance(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """Behind a link without script; a table says what the picture shows."""
    client = client_as("coordinator")
    assert f"{child}/voorstellen?kaart=ja" in shown(client, f"{child}/voorstellen")
    page = shown(client, f"{child}/voorstellen?kaart=ja").split('class="landkaart"')[1]
    picture, table = page.split("</figure>")[0].split("<table")
    said = region.said[number]
    for at, option in enumerate([said["voorstel"], *said["alternatieven"]], start=1):
        assert f">{at}</text>" in picture
        assert option["gezin"] in table
    assert ">H</text>" in picture
    assert "Middelpunten van postcodegebieden" in picture


def test_tiles_come_behind_the_map_where_they_are_set(
    *,
    monkeypatch: pytest.MonkeyPatch,
    screens_database: Database,
    child: str,
) -> None:
    """Images of the address that is set, which the page's policy lets in, and whose they are."""
    tiles = "https://tegels.example/{z}/{x}/{y}.png"
    settings = load_settings().model_copy(update={"map_tiles": tiles})
    monkeypatch.setattr("app.main.load_settings", lambda: settings)
    client = signed_in_client(screens_database, "coordinator")
    answer = client.get(f"{child}/voorstellen?kaart=ja")
    assert re.search(r'<image href="https://tegels.example/\d+/\d+/\d+.png"', answer.text)
    assert "PDOK" in answer.text
    assert "https://tegels.example" in answer.headers["content-security-policy"]


def test_siblings_say_with_whom_each_is_proposed(client_as: As, region: Region) -> None:
    """The wish for the group and the family of each brother or sister."""
    number = region.sibling()
    kin = region.get(f"/kinderen/{region.ids[number]}/matchvoorstellen/broers-zussen")
    page = shown(client_as("coordinator"), f"/kinderen/{region.ids[number]}/voorstellen")
    assert "Broers en zussen" in page
    for other in kin["broersZussen"]:
        assert other["aanmeldnummer"] in page
        assert other["bij"] is None or other["bij"]["gezin"] in page


@pytest.fixture
def secret(screens_database: Database, region: Region, number: str) -> str:
    """The child of the other tests, now with a placement that the parents may not know."""
    changed = "UPDATE registration SET secret_placement = :is WHERE number = :n"
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.execute(text(changed), {"is": True, "n": number})
    yield f"/kinderen/{region.ids[number]}"
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.execute(text(changed), {"is": False, "n": number})


@pytest.mark.parametrize("screen", ["voorstellen", "een", "vergelijk", "waarom", "keuzes", "blad"])
def test_a_secret_placement_tells_no_map_no_place_and_no_distance(
    *, client_as: As, region: Region, number: str, secret: str, screen: str
) -> None:
    """What could reach a parent on paper is on none of the screens of the child.

    Nor for an auditor, who does not read the child and so is told by the proposals themselves.
    """
    said = region.said[number]
    first, other = said["voorstel"], said["alternatieven"][0]
    family = region.get(f"/pleeggezinnen/{first['aanbieder']}/{first['gezin']}")
    where = {
        "voorstellen": "voorstellen?kaart=ja",
        "een": f"voorstellen/{first['aanbieder']}/{first['gezin']}?prijs=ja",
        "vergelijk": f"vergelijk?gezin={first['aanbieder']}/{first['gezin']}"
        f"&gezin={other['aanbieder']}/{other['gezin']}&prijs=ja",
        "waarom": f"waarom-niet?gezin={other['gezin']}",
        "keuzes": "keuzes?prijs=ja",
        "blad": "samenvatting",
    }[screen]
    distances = {
        reason["zin"]
        for option in (first, other)
        for reason in option["redenen"]
        if tells_place(reason["code"])
    }
    assert distances
    for role in ("coordinator", "auditor") if screen != "blad" else ("coordinator",):
        page = shown(client_as(role), f"{secret}/{where}")
        assert "landkaart" not in page
        assert not re.search(r"\d km\b", page)
        assert family["woonplaats"] not in page
        assert not [sentence for sentence in distances if sentence in unescape(page)]


def test_who_may_see_a_proposal_follows_the_access_file(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """Coordinator and intake see all; an auditor reads the reasons without child and family."""
    said = region.said[number]["voorstel"]
    one = f"{child}/voorstellen/{said['aanbieder']}/{said['gezin']}"
    for role in ("coordinator", "aanmeldpunt"):
        assert "Het kind vraagt" in shown(client_as(role), one)
    audited = shown(client_as("auditor"), one)
    assert said["redenen"][0]["zin"] in audited
    assert "Het kind vraagt" not in audited
    assert "landkaart" not in audited
    shown(client_as("auditor"), f"{child}/samenvatting", 403)


@pytest.mark.parametrize(
    "place", ["voorstellen", "vergelijk", "keuzes", "samenvatting", "waarom-niet"]
)
def test_a_matcher_gets_no_risk_figure(client_as: As, child: str, place: str) -> None:
    """The screen is not for a provider, and nothing of the child is on the page that says so."""
    page = shown(client_as("aanbieder-matcher", "spirit"), f"{child}/{place}", 403)
    assert "Kans op afbreuk" not in page
    assert "AM-2026" not in page


def test_a_family_that_is_not_proposed_leads_to_why_not(client_as: As, child: str) -> None:
    """An old link to a proposal answers the question that comes next."""
    answer = client_as("coordinator").get(
        f"{child}/voorstellen/spirit/SPI-1", follow_redirects=False
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{child}/waarom-niet?aanbieder=spirit&gezin=SPI-1"


def test_a_child_that_is_not_there_is_a_page_that_says_so(client_as: As) -> None:
    """404 for an unknown id, and for what is no id."""
    for child in ("00000000-0000-7000-8000-000000000000", "geen-id"):
        assert "niet (meer)" in shown(
            client_as("coordinator"), f"/kinderen/{child}/voorstellen", 404
        )


def test_only_a_coordinator_is_led_on_to_a_step(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """Who may not begin one sees no way to it."""
    said = region.said[number]["voorstel"]
    one = f"{child}/voorstellen/{said['aanbieder']}/{said['gezin']}"
    assert "/stappen/nieuw?" in shown(client_as("coordinator"), one)
    for role in ("aanmeldpunt", "auditor"):
        assert "/stappen/nieuw?" not in shown(client_as(role), one)


def test_the_screens_speak_english_too(client_as: As, child: str) -> None:
    """The frame of the page in English; what the API says stays Dutch and is marked so."""
    client = client_as("coordinator")
    client.cookies.set("pleegzorg-taal", "en")
    page = shown(client, f"{child}/voorstellen")
    assert '<html lang="en">' in page
    assert "First choice" in page
    assert "Eerste keus" not in page
    assert '<ul class="lijst" lang="nl">' in page
