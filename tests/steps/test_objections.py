"""Noes and objections: typed, by whom, and an objection with the weight that the law gives it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.phases import DeclineReason
from app.models import LegalFrame, RecordedNo, Registration
from tests.proposals.running import entries
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import COORDINATOR, Walk, begin, open_steps

ORDER = {
    "legal_frame": "OTS",
    "order_issued_on": date(2026, 9, 1),
    "order_setting": "pleeggezin",
}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


def walk_for(client: TestClient, session: Session, **changes: Any) -> Walk:
    """A step that was put to parents and child."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1", **changes)
    return begin(client, child).walk_to("voorgelegd aan ouders en kind")


def refuse(walk: Walk, **body: str) -> Any:
    return walk.client.post(f"{walk.at}/_nee", json=body, headers=COORDINATOR)


@pytest.mark.parametrize("by", ["gezin", "aanbieder", "verwijzer"])
@pytest.mark.parametrize("reason", [r for r in DeclineReason if r is not DeclineReason.OTHER])
def test_a_typed_no_ends_the_step_and_bars_the_pair(
    client: TestClient, session: Session, by: str, reason: str
) -> None:
    """The place is free at once, and no run proposes the pair again."""
    walk = walk_for(client, session)
    answer = refuse(walk, door=by, afwijsreden=reason)
    assert answer.status_code == 200, answer.text
    step = answer.json()["stap"]
    assert (step["stand"], step["door"], step["afwijsreden"]) == ("nee", by, reason)
    assert session.scalars(select(RecordedNo.reason)).all() == [reason]
    assert entries(session)["AM-1"]["gezin"] is None
    # The same child in all but the no: this family is free, and a run does propose it.
    other = make_registration(session, number="AM-2")
    assert {n: e["gezin"] for n, e in entries(session).items()} == {"AM-1": None, "AM-2": "SPI-1"}
    begin(client, other)


def test_a_no_for_another_reason_is_explained(client: TestClient, session: Session) -> None:
    """'anders' alone says nothing, nor does a no without a typed reason."""
    walk = walk_for(client, session)
    for body in ({"afwijsreden": "anders"}, {"reden": "Past niet."}, {"afwijsreden": "zomaar"}):
        assert refuse(walk, door="gezin", **body).status_code == 400
    told = refuse(walk, door="gezin", afwijsreden="anders", reden="Zij gaan verhuizen.")
    assert told.json()["stap"]["reden"] == "Zij gaan verhuizen."


@pytest.mark.parametrize("by", ["ouders", "kind"])
def test_parents_and_child_object_instead_of_saying_no(
    client: TestClient, session: Session, by: str
) -> None:
    """A plain no of theirs is refused, with where it belongs."""
    refused = refuse(walk_for(client, session), door=by, afwijsreden="afstand")
    assert (refused.status_code, "bezwaar" in refused.json()["detail"]) == (400, True)
    assert refused.json()["velden"] == ["door"]


@pytest.mark.parametrize("by", ["ouders", "kind"])
@pytest.mark.parametrize(
    ("frame", "weight"),
    [
        ({}, "veto"),
        ({"legal_frame": "OTS"}, "veto"),
        (ORDER, "weegt mee"),
        ({"legal_frame": "voogdij GI"}, "weegt mee"),
    ],
)
def test_an_objection_has_the_weight_of_the_legal_frame(
    *, client: TestClient, session: Session, by: str, frame: dict[str, Any], weight: str
) -> None:
    """Recorded with the frame of that day; it can be read again."""
    made = walk_for(client, session, **frame).object_to(by)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["door"], shown["gewicht"]) == (by, weight)
    assert shown["juridischKader"] == frame.get("legal_frame", "vrijwillig")
    assert client.get(made.headers["Location"]).json() == shown


def test_an_open_objection_holds_the_step(client: TestClient, session: Session) -> None:
    """Whatever its weight, people weigh it first."""
    walk = walk_for(client, session, **ORDER)
    walk.object_to()
    refused = walk.move("kennismaking")
    assert (refused.status_code, "bezwaar" in refused.json()["detail"]) == (409, True)
    assert "bezwaar" in walk.read()["wachtOp"][0]


def test_under_a_court_order_an_objection_is_weighed(client: TestClient, session: Session) -> None:
    """It may go on, with the reason kept; the parents' no is then recorded as what it is."""
    walk = walk_for(client, session, **ORDER)
    assert walk.move("kennismaking", akkoord="nee").status_code == 409
    made = walk.object_to().json()
    decided = walk.decide(made["id"], "doorgaan").json()
    assert (decided["uitkomst"], decided["redenUitkomst"]) == (
        "doorgaan", "Besproken met beide ouders.",
    )  # fmt: skip
    assert decided["afgerondDoor"] == "api"
    moved = walk.move("kennismaking", akkoord="nee")
    assert (moved.status_code, moved.json()["fase"]) == (200, "kennismaking")
    (kept,) = client.get(f"{walk.at}/geschiedenis").json()["bezwaren"]
    assert kept == decided


def test_a_voluntary_placement_does_not_pass_an_objection(
    client: TestClient, session: Session
) -> None:
    """It is a veto: whoever made it takes it back, or the step ends as their no."""
    walk = walk_for(client, session)
    made = walk.object_to().json()
    refused = walk.decide(made["id"], "doorgaan")
    assert (refused.status_code, "vrijwillig" in refused.json()["detail"]) == (409, True)
    assert walk.decide(made["id"], "ingetrokken").status_code == 200
    assert walk.move("kennismaking").status_code == 200


def test_an_objection_may_end_the_step(client: TestClient, session: Session) -> None:
    """As a no of parents or child, which bars the pair as any other."""
    walk = walk_for(client, session)
    made = walk.object_to("kind").json()
    assert walk.decide(made["id"], "stoppen").status_code == 200
    step = walk.read()
    assert (step["stand"], step["door"], step["afwijsreden"]) == (
        "nee", "kind", "ouders of kind bezwaar",
    )  # fmt: skip
    make_registration(session, number="AM-2")
    assert {n: e["gezin"] for n, e in entries(session).items()} == {"AM-1": None, "AM-2": "SPI-1"}
    assert walk.object_to().status_code == 409


def test_an_objection_is_decided_once(client: TestClient, session: Session) -> None:
    """A second outcome, and one of an objection that is not there, are refused."""
    walk = walk_for(client, session, **ORDER)
    made = walk.object_to().json()
    codes = [walk.decide(made["id"], "ingetrokken").status_code for _ in range(2)]
    assert codes == [200, 409]
    assert walk.decide(walk.step, "stoppen").status_code == 404
    assert client.get(f"{walk.at}/bezwaren/{walk.step}").status_code == 404


def test_only_parents_and_child_object(client: TestClient, session: Session) -> None:
    """Anybody else says no."""
    refused = walk_for(client, session).object_to("gezin")
    assert (refused.status_code, refused.json()["velden"]) == (400, ["door"])


OVER = [
    {"order_ends_on": date(2026, 11, 1)},
    {"supervision_ends_on": date(2026, 11, 1)},
    # Given in July and never carried out: it lapsed by itself (BW 1:265c lid 3).
    {"order_executed_on": None, "registration": {"order_issued_on": date(2026, 7, 1)}},
    # Left of an earlier frame.
    {"registration": {"legal_frame": "vrijwillig"}},
    {"registration": {"order_issued_on": date(2027, 1, 1)}},
]


def let_it_end(session: Session, walk: Walk, *, registration: Any = None, **frame: Any) -> None:
    """Record that the order that is there holds no more."""
    stored = session.get_one(LegalFrame, UUID(walk.child))
    for name, value in frame.items():
        setattr(stored, name, value)
    child = session.get_one(Registration, UUID(walk.child))
    for name, value in (registration or {}).items():
        setattr(child, name, value)
    session.commit()


@pytest.mark.parametrize("over", OVER)
def test_an_order_that_does_not_hold_is_no_order(
    client: TestClient, session: Session, over: dict[str, Any]
) -> None:
    """It ended, lapsed, is of another frame or is to come: an objection is a veto again."""
    walk = walk_for(client, session, **ORDER)
    let_it_end(session, walk, **over)
    made = walk.object_to().json()
    assert made["gewicht"] == "veto"
    assert walk.decide(made["id"], "doorgaan").status_code == 409


@pytest.mark.parametrize("over", OVER)
def test_an_objection_is_not_passed_by_an_order_that_ended_since(
    client: TestClient, session: Session, over: dict[str, Any]
) -> None:
    """It was weighed when it was made; going on takes an order that still holds."""
    walk = walk_for(client, session, **ORDER)
    made = walk.object_to().json()
    assert made["gewicht"] == "weegt mee"
    let_it_end(session, walk, **over)
    refused = walk.decide(made["id"], "doorgaan")
    assert (refused.status_code, "die nu geldt" in refused.json()["detail"]) == (409, True)
    assert walk.decide(made["id"], "ingetrokken").status_code == 200
