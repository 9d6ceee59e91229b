"""Screens and states that one seldom sees: as right for axe as those of every day."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.models import Registration
from app.proposals.attempt import fail_waiting
from app.screens.waiting import routes as waiting
from tests.screens.families.exports import FILE, Export, work
from tests.screens.looking import Looker
from tests.screens.plaatsingen.living import settle
from tests.screens.proposals.finding import Region
from tests.screens.steps.walking import Walk, find_child

Look = Callable[..., Looker]
Clients = Callable[..., TestClient]


def see(looker: Looker, path: str = "", name: str = "") -> None:
    """Nothing wrong; and a picture where it has a name."""
    if path:
        assert looker.page.goto(looker.address + path).status == 200, path
    assert looker.complaints() == [], path or looker.page.url
    if name:
        looker.shoot(name)


def test_a_list_in_pages(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first, the next by its link, and back to the beginning; no child stands twice."""
    monkeypatch.setattr(waiting, "PAGE", 10)
    looker = look("coordinator")
    see(looker, "/wachtlijst")
    first = looker.page.locator("tbody th").all_inner_texts()
    looker.page.get_by_role("link", name="Volgende kinderen").click()
    looker.page.wait_for_url("**cursor=**")
    second = looker.page.locator("tbody th").all_inner_texts()
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    see(looker)
    looker.page.get_by_role("link", name="Terug naar het begin").click()
    assert looker.page.locator("tbody th").all_inner_texts() == first


def test_what_is_searched_for(look: Look) -> None:
    """Several whose number begins so, and nobody."""
    looker = look("coordinator")
    looker.go("/wachtlijst")
    for asked, words in (("AM-20", "Gevonden"), ("XX-99999", "Niemand gevonden")):
        _search(looker, asked)
        looker.page.get_by_role("heading", name=words, exact=True).wait_for()
        see(looker, name="zoek" if words == "Gevonden" else "")
        looker.speak("en")
        _search(looker, asked)
        see(looker)
        looker.speak("nl")


def _search(looker: Looker, number: str) -> None:
    looker.page.fill("#kopzoek", number)
    with looker.page.expect_navigation():
        looker.page.keyboard.press("Enter")


def test_a_file_that_is_opened_in_need(look: Look, region: Region, number: str) -> None:
    """The form, the open file, the judgement, and the three roads to read it."""
    desk = look("crisisdienst")
    see(desk, "/noodtoegang")
    desk.page.fill("#aanmeldnummer", number)
    desk.page.select_option("#aanleiding", "vermissing")
    desk.page.fill("#reden", "Het kind is sinds vanavond weg.")
    desk.page.get_by_role("button", name="Open").click()
    desk.page.wait_for_url("**/noodtoegang/*")
    see(desk)
    desk.speak("en")
    desk.page.reload()
    see(desk)
    judge = look("coordinator")
    see(judge, "/noodtoegang", "noodtoegang")
    judge.speak("en")
    see(judge, "/noodtoegang")
    see(look("auditor"), "/noodtoegang")


def test_a_child_after_its_end(look: Look, client_as: Clients) -> None:
    """What goes along into a follow-up; and an ending that is corrected."""
    client = client_as("coordinator")
    home = settle(client)
    told = {"dag": today_in_amsterdam().isoformat(), "toelichting": "Samen besloten."}
    ended = home.api("POST", "/_beeindig", code="33", vervolgplek="leefhuis", **told)
    assert ended.status_code == 200, ended.text
    child = home.api("GET").json()["kind"]
    looker = look("coordinator")
    see(looker, f"/kinderen/{child}/vervolg", "vervolg")
    see(looker, f"{home.at}/einde-verbeteren", "einde-verbeteren")
    looker.speak("en")
    see(looker, f"/kinderen/{child}/vervolg")
    see(looker, f"{home.at}/einde-verbeteren")


def test_a_run_that_did_not_succeed(look: Look, screens_database: Database) -> None:
    """Why, and the way to a new one."""
    looker = look("coordinator")
    looker.go("/runs")
    looker.page.get_by_text("Nieuwe run starten").click()
    looker.page.get_by_role("button", name="Start de run").click()
    looker.page.get_by_role("progressbar").wait_for()
    run = UUID(looker.page.url.rsplit("/", 1)[1])
    why = "De rekenaar viel uit."
    fail_waiting(screens_database.sessions, actor=SYSTEM, run_id=run, reason=why)
    looker.page.get_by_text("Deze run is niet gelukt").wait_for()
    see(looker)
    see(looker, "/runs")


def test_an_import_that_is_held(look: Look, screens_database: Database, tmp_path: Path) -> None:
    """Half of the families is missing: nothing changes until somebody says that they checked."""
    export = Export(tmp_path / "regio")
    export.rows = export.rows[: len(export.rows) // 2]
    looker = look("aanbieder-matcher", "spirit")
    looker.go("/gezinnen/import")
    file = {"name": FILE, "mimeType": "text/csv", "buffer": export.content()}
    looker.page.get_by_label("Bestand").set_input_files(file)
    looker.page.get_by_role("button", name="Lees in").click()
    looker.page.get_by_text("Ververs dit verslag").wait_for()
    work(screens_database)
    looker.page.get_by_text("Nog niets veranderd").wait_for()
    see(looker)
    looker.speak("en")
    looker.page.reload()
    see(looker)


def test_what_a_referrer_sees(
    look: Look, client_as: Clients, screens_database: Database, region: Region
) -> None:
    """Its own child: the list, the file, its proposals' road, the yes it is asked for."""
    client = client_as("coordinator")
    walk = Walk(client, find_child(client))
    child = f"/kinderen/{walk.child['id']}"
    with session_for(screens_database.sessions, SYSTEM) as session:
        session.get_one(Registration, walk.child["id"]).owner_organisation = "spirit"
    walk.begin()
    walk.walk_to_acquaintance()
    looker = look("verwijzer", "spirit")
    for place in (
        "/wachtlijst", "/concepten", "/concepten/nieuw", "/plaatsingen", "/noodtoegang",
        child, f"{child}/juridisch-kader", f"{child}/netwerk", f"{child}/stappen", walk.at,
        f"{child}/intrekken",
    ):  # fmt: skip
        see(looker, place)
    looker.go(walk.at)
    looker.page.once("dialog", lambda dialog: dialog.accept())
    looker.page.get_by_role("button", name="Ik geef akkoord").click()
    looker.page.get_by_text("Het akkoord van de verwijzer is vastgelegd").wait_for()
    see(looker)
    walk.let_go()
    see(looker, walk.at)


def test_what_if_forbidden_and_held_back(look: Look, region: Region, number: str) -> None:
    """Two changes at once, one of which is taken away again; a number that is nobody."""
    looker = look("coordinator")
    said = region.said[number]
    first = said["voorstel"]
    page = looker.go(f"/runs/{said['matchrun']}/wat-als")
    page.locator("[name=soort][value=uitsluiten]").check()
    page.get_by_label("Aanmeldnummer van het kind").fill(number)
    page.get_by_label("Nummer van het gezin").fill(first["gezin"])
    page.locator("#aanbieder").select_option(first["aanbieder"])
    page.get_by_role("button", name="Eerst nog een wijziging erbij").click()
    page.get_by_role("heading", name="Wat er zou gelden").wait_for()
    see(looker)
    page.locator("[name=soort][value='plaats achterhouden']").check()
    page.get_by_label("Nummer van het gezin").fill(said["alternatieven"][0]["gezin"])
    page.locator("#aanbieder").select_option(said["alternatieven"][0]["aanbieder"])
    page.get_by_role("button", name="Reken het verschil uit").click()
    page.get_by_role("heading", name="Het verschil").wait_for()
    see(looker)
    page.get_by_role("button", name="Haal weg").first.click()
    page.get_by_role("heading", name="Wat er zou gelden").wait_for()
    see(looker)
