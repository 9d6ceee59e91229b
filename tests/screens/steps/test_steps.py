"""The steps with a family by their forms alone, without a browser."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm
from app.models import BegunPair, Registration
from tests.screens.plaatsingen.living import settle_law
from tests.screens.steps.walking import Walk, find_child
from tests.signing import bearer

ClientAs = Callable[..., TestClient]


@pytest.fixture
def walk(client_as: ClientAs) -> Iterator[Walk]:
    """A coordinator with a child that nobody has begun for."""
    client = client_as("coordinator")
    made = Walk(client, find_child(client))
    yield made
    made.let_go()


def test_the_first_choice_stands_first_and_needs_no_reason(walk: Walk) -> None:
    """It begins at once, with the road, the countdown and the chance to take it back."""
    page = walk.client.get(walk.steps).text
    first, other = walk.child["voorstel"]["gezin"], walk.child["alternatieven"][0]["gezin"]
    assert page.index(f"Beginnen met {first}") < page.index(f"Beginnen met {other}")
    assert walk.begin().status_code == 200
    assert 'aria-current="step">Voorgesteld' in walk.page
    assert f"/kinderen/{walk.child['id']}/samenvatting" in walk.page
    assert "Nog 14 dagen" in walk.page and "Ongedaan maken" in walk.page
    assert "De aanbieder heeft nog geen ja gegeven" in walk.page
    assert "Naar pleegouders" not in walk.page


def test_another_family_than_the_first_choice_asks_why(walk: Walk) -> None:
    """Beside the field; with the reason it begins, and the reason stays."""
    refused = walk.begin("alternatieven")
    assert refused.status_code == 400 and 'id="redenKeuze-fout"' in refused.text
    walk.begin("alternatieven", redenKeuze="Dit gezin kent de school.")
    assert "niet de eerste keus: Dit gezin kent de school." in walk.page


def test_what_was_begun_by_mistake_is_taken_back_at_once(walk: Walk) -> None:
    """The family is free again; once its provider has answered it is too late."""
    walk.begin()
    undone = walk.send("/ongedaan")
    assert undone.url.path == walk.steps and "Ongedaan gemaakt" in undone.text
    walk.begin()
    walk.answer()
    walk.move("voorgelegd aan pleegouders")
    assert "Ongedaan maken kan niet meer" in walk.send("/ongedaan").text
    assert walk.api("GET", "").json()["stand"] == "loopt"


def test_every_phase_keeps_what_people_said(walk: Walk) -> None:
    """A condition must be named; pros, cons and doubts are one a line."""
    walk.begin()
    walk.answer("vraag", tekst="Slaapt het kind door?")
    walk.answer()
    assert "Slaapt het kind door?" in walk.look()
    assert "Ja, sinds een maand." in walk.send("/uitleg", tekst="Ja, sinds een maand.").text
    told = {"voors": "Ruime ervaring\n\nDichtbij", "twijfels": "Eigen kamer?"}
    bad = walk.move("voorgelegd aan pleegouders", akkoord="onder voorwaarde", **told)
    assert bad.status_code == 400 and 'id="voorwaarde-fout"' in bad.text
    assert "Ruime ervaring" in bad.text
    walk.move(
        "voorgelegd aan pleegouders", akkoord="onder voorwaarde", voorwaarde="Een tolk.", **told
    )
    assert "Voorwaarde: Een tolk." in walk.page
    move = walk.api("GET", "/geschiedenis").json()["overgangen"][0]
    assert (move["voors"], move["tegens"]) == (["Ruime ervaring", "Dichtbij"], [])
    story = walk.look("/geschiedenis")
    assert story.index("Slaapt het kind door?") < story.index("Een tolk.")


def test_a_hold_counts_down_and_is_extended(walk: Walk, screens_database: Database) -> None:
    """What has run out says so, and a day too far is refused beside the field."""
    walk.begin()
    with session_for(screens_database.sessions, SYSTEM) as session:
        pair = session.get_one(BegunPair, walk.at.rsplit("/", 1)[1])
        pair.begun_on = today_in_amsterdam() - timedelta(days=20)
        pair.held_until = today_in_amsterdam() - timedelta(days=1)
    assert "Termijn voorbij" in walk.look()
    far = (today_in_amsterdam() + timedelta(days=200)).isoformat()
    assert 'id="totEnMet-fout"' in walk.send("/verlengen", totEnMet=far).text
    soon = (today_in_amsterdam() + timedelta(days=2)).isoformat()
    assert "Nog 2 dagen" in walk.send("/verlengen", totEnMet=soon).text


def test_a_no_has_a_reason_and_leads_to_the_next_family(walk: Walk) -> None:
    """Another one is explained; after it the next family stands there to begin with."""
    walk.begin()
    bad = walk.send("/nee", door="gezin", afwijsreden="anders")
    assert bad.status_code == 400 and 'id="reden-fout"' in bad.text
    walk.send("/nee", door="gezin", afwijsreden="afstand")
    assert "Nee vastgelegd" in walk.page and "Het volgende gezin" in walk.page
    family = walk.child["voorstel"]["gezin"]
    page = walk.client.get(walk.steps).text
    assert f"Beginnen met {family}" not in page and "Het gezin zei nee: afstand" in page


def test_a_step_ends_without_a_no(walk: Walk) -> None:
    """With a reason; the family may come back."""
    walk.begin()
    assert 'id="reden-fout"' in walk.send("/einde").text
    assert "kan later weer worden voorgesteld" in walk.send("/einde", reden="Eerst praten.").text
    assert "Eerst praten." in walk.page


def test_an_objection_stops_the_step_until_it_is_weighed(walk: Walk) -> None:
    """It has the weight of the legal frame; going on past a veto is not among the outcomes."""
    walk.begin()
    walk.send("/bezwaren", door="ouders", bezwaar="Te ver weg.")
    assert "Er staat een bezwaar open" in walk.page and "Te ver weg." in walk.page
    objection = walk.api("GET", "/geschiedenis").json()["bezwaren"][0]
    page = walk.look(f"/bezwaren/{objection['id']}")
    assert ('value="doorgaan"' in page) is (objection["gewicht"] == "weegt mee")
    where = f"/bezwaren/{objection['id']}"
    bad = walk.send(where, uitkomst="ingetrokken")
    assert bad.status_code == 400 and 'id="reden-fout"' in bad.text
    walk.send(where, uitkomst="ingetrokken", reden="Elke week bellen.")
    assert "Er staat een bezwaar open" not in walk.page
    assert "Elke week bellen." in walk.look("/geschiedenis")


def test_two_yeses_each_recorded_by_who_may(walk: Walk, client_as: ClientAs) -> None:
    """The intake names whose yes it was; a coordinator has no form for it."""
    walk.begin()
    walk.walk_to_acquaintance()
    assert "Akkoord van de verwijzer vastleggen" not in walk.page
    walk.answer()
    intake = Walk(client_as("aanmeldpunt"), walk.child, walk.at)
    bad = intake.send("/akkoord", organisatie=walk.referrer)
    assert bad.status_code == 400 and 'id="gegevenOp-fout"' in bad.text
    day = today_in_amsterdam().isoformat()
    other = intake.send("/akkoord", organisatie="Bakkerij Jansen", gegevenOp=day)
    assert other.status_code == 409 and walk.referrer in other.text
    assert "Het akkoord van de verwijzer is vastgelegd" in intake.send(
        "/akkoord", organisatie=walk.referrer, gegevenOp=day
    ).text  # fmt: skip
    assert {c["door"] for c in walk.api("GET", "").json()["akkoorden"]} == {
        "aanbieder", "verwijzer",
    }  # fmt: skip
    assert "Naar match" in walk.look()


def test_what_the_law_asks_blocks_the_placement_and_says_where(walk: Walk) -> None:
    """Everything before it goes on; what is missing stands there with the way to record it."""
    walk.begin()
    walk.walk_to_acquaintance()
    walk.answer()
    who = bearer(ActorRole.INTAKE)
    walk.api(
        "POST",
        "/_akkoord",
        who,
        organisatie=walk.referrer,
        gegevenOp=today_in_amsterdam().isoformat(),
    )
    page = walk.look("/verder?fase=match")
    shown = walk.api("GET", "").json()
    assert ("Afgesproken steun" in page) is shown["steunplanNodig"]
    assert ('id="redenSplitsing"' in page) is bool(shown["broersZussenElders"])
    walk.move("match", steunplan="Elke week.", redenSplitsing="Besproken.")
    assert "Elke week." in walk.page
    page = walk.look("/verder?fase=plaatsing")
    assert "De plaatsing kan nog niet beginnen" in page
    assert f"/kinderen/{walk.child['id']}/juridisch-kader" in page
    assert "Contract niet bekend" in page and "Contract niet bekend" in walk.look("")
    refused = walk.move("plaatsing")
    assert refused.status_code == 409 and "kan nog niet beginnen" in refused.text
    child = walk.client.get(f"/v1/kinderen/{walk.child['id']}", headers=who).json()
    has_order = child["machtiging"] is not None
    frame = {
        "gezag": [{"soort": "gecertificeerde instelling", "toestemming": "ja"}]
        if child["juridischKader"] == "voogdij GI"
        else [{"soort": "ouder", "toestemming": "ja"}],
        "verantwoordelijkeGemeente": "Amsterdam",
        "toezichtTotEnMet": "2099-01-01",
        **({"machtigingUitgevoerdOp": "2026-11-01"} if has_order else {}),
        **({"machtigingTotEnMet": "2099-01-01"} if has_order else {}),
    }
    path = f"/v1/kinderen/{walk.child['id']}/juridisch-kader"
    version = walk.client.get(path, headers=who).headers["ETag"]
    kept = walk.client.put(path, json=frame, headers={**who, "If-Match": version})
    assert kept.status_code == 200, kept.text
    if not kept.json()["hiaten"]:
        _place(walk, child["vorm"])


def _place(walk: Walk, form: str) -> None:
    """Place the child; from a crisis family the form asks what is searched for next."""
    is_crisis = form == "crisis"
    assert ('id="vervolg"' in walk.look("/verder?fase=plaatsing")) is is_crisis
    if is_crisis:
        unsaid = walk.move("plaatsing")
        assert unsaid.status_code == 400 and "tussenplek" in unsaid.text
    following = {
        "vervolg.vorm": "opvoeding", "vervolg.verwachteDuurMaanden": "24",
        "vervolg.moetWegOp": "2099-01-01",
    }  # fmt: skip
    done = walk.move("plaatsing", **(following if is_crisis else {}))
    assert "Het kind is geplaatst" in done.text


@pytest.mark.parametrize("form", ["crisis", "opvoeding"])
def test_the_form_of_a_crisis_placement_asks_for_the_follow_up(
    *, walk: Walk, screens_database: Database, form: str
) -> None:
    """Of a child that is registered for crisis alone; of another there is nothing to ask."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        child = session.get_one(Registration, walk.child["id"])
        child.care_form, child.owner_organisation = CareForm(form), None
    settle_law(walk.client, walk.child["id"])
    walk.begin()
    walk.walk_to_acquaintance()
    walk.answer()
    walk.api("POST", "/_akkoord", bearer(ActorRole.INTAKE), organisatie=walk.referrer,
             gegevenOp=today_in_amsterdam().isoformat())  # fmt: skip
    walk.move("match", steunplan="Elke week.", redenSplitsing="Besproken.")
    _place(walk, form)


@pytest.mark.parametrize("role", ["crisisdienst", "auditor", "aanmeldpunt"])
def test_who_may_only_read_sees_no_forms(walk: Walk, client_as: ClientAs, role: str) -> None:
    """The road, the history and what is awaited; nothing to press."""
    walk.begin()
    reader = Walk(client_as(role), walk.child, walk.at)
    page = reader.look()
    assert "De aanbieder is aan zet" in page
    for words in ("Een nee vastleggen", "Versturen", "Bezwaar vastleggen", "Termijn wijzigen"):
        assert words not in page
    for form in ("/verder", "/nee", "/einde"):
        assert reader.client.get(walk.at + form).status_code == 403
    assert reader.client.get(walk.at + "/geschiedenis").status_code == 200
    assert reader.client.get(walk.steps).status_code == 200


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_referrer_agrees_for_its_own_child(
    *, walk: Walk, client_as: ClientAs, screens_database: Database, is_secret: bool
) -> None:
    """It sees how far it is and says yes itself; of a secret placement not where."""
    with session_for(screens_database.sessions, SYSTEM) as session:
        child = session.get_one(Registration, walk.child["id"])
        child.owner_organisation, child.secret_placement = "gi-a", is_secret
    walk.begin()
    place = walk.api("GET", "").json()["woonplaatsGezin"]
    walk.walk_to_acquaintance()
    referrer = Walk(client_as("verwijzer", "gi-a"), walk.child, walk.at)
    page = referrer.look()
    assert (f", {place}" in page) is not is_secret
    assert "Vragen en antwoorden" not in page and 'name="organisatie"' not in page
    assert "Het akkoord van de verwijzer is vastgelegd" in referrer.send("/akkoord").text
    assert "Ik geef akkoord" not in referrer.page
    assert referrer.client.get(walk.steps).status_code == 200
    walk.let_go()
    assert "Beëindigd" in referrer.look()
    other = client_as("verwijzer", "gi-b")
    assert other.get(walk.at).status_code == 404


def test_a_family_that_is_not_there_is_said(walk: Walk) -> None:
    """With the way back to the choice."""
    page = walk.client.get(f"{walk.steps}/nieuw?aanbieder=spirit&gezin=SPI-0").text
    assert "Dit gezin is hier niet bekend" in page
