"""Whose registration asks for crisis care is placed by the bed, and searched for at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.db.session import act_as
from app.intake.file_routes import router as files
from app.intake.routes import router as intake
from app.kernel.actor import SYSTEM
from app.kernel.words import CareForm, Urgency
from app.models import CrisisState, Family, FamilyForm, Placement, Registration
from app.models import RegistrationState as State
from app.placements.routes import router as placements
from app.proposals.assemble import assemble
from app.steps.move_routes import router as moves
from app.steps.provider_routes import router as questions
from app.steps.routes import router as steps
from tests.crisis.test_followed import find_bed, in_use, stays
from tests.crisis.test_routes import MELDINGEN, TODAY, make_home
from tests.doors import open_door, signed_in
from tests.proposals.running import entries
from tests.rows import make_family
from tests.security.world import BIG5
from tests.steps.settled import make_registration, settle_frame
from tests.steps.walking import Walk, begin
from tests.told import told_in

NIGHT_DUTY = signed_in("crisisdienst")
ON: dict[str, Any] = {
    "vorm": "opvoeding", "verwachteDuurMaanden": 24,
    "moetWegOp": (TODAY + timedelta(days=28)).isoformat(),
}  # fmt: skip


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_door(connection, router, intake, files, placements, steps, moves, questions)


@pytest.fixture
def child(session: Session) -> Registration:
    make_home(session, "SPI-1")
    return make_registration(
        session, number="AM-2026-001", care_form=CareForm.CRISIS, urgency=Urgency.CRISIS,
        big5=BIG5,
    )  # fmt: skip


def link(client: TestClient, report: str, child: Registration, **told: Any) -> Any:
    where = f"{MELDINGEN}/{report}/_koppel"
    return client.post(where, json={"kind": str(child.id), **told}, headers=NIGHT_DUTY)


def registered(session: Session) -> dict[str, tuple[State, CareForm]]:
    session.expire_all()
    rows = session.scalars(select(Registration))
    return {row.number: (row.state, row.care_form) for row in rows}


def _again(session: Session) -> Registration:
    number = Registration.number == "AM-2026-001-2"
    return session.scalars(select(Registration).where(number)).one()


def _home_of(session: Session) -> UUID:
    return session.scalars(select(Family.id).where(Family.reference == "SPI-1")).one()


def test_a_registration_for_crisis_asks_what_is_searched_for_next(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Nothing is stored while that is not said, nor where both are; who searches on tells none."""
    report = find_bed(client)
    for told in ({}, {"vervolg": ON, "redenGeenVervolg": "Naar huis."}):
        refused = link(client, report, child, **told)
        assert (refused.status_code, refused.json()["velden"]) == (400, ["vervolg"])
    assert session.scalars(select(Placement)).all() == []
    longer = make_registration(session, number="AM-2026-002")
    assert link(client, report, longer, vervolg=ON).status_code == 400
    assert link(client, report, longer).status_code == 200
    assert registered(session)["AM-2026-002"] == (State.SEARCHING, CareForm.LONG_TERM)


def test_the_search_goes_on_in_the_same_act(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The crisis is placed; the next search runs, and no run proposes a second crisis bed."""
    make_family(session, reference="SPI-2", forms=(CareForm.CRISIS,))
    linked = link(client, find_bed(client), child, vervolg=ON)
    assert linked.status_code == 200, linked.text
    assert "niets meer te doen" not in linked.json()["advies"]
    assert registered(session) == {
        "AM-2026-001": (State.PLACED, CareForm.CRISIS),
        "AM-2026-001-2": (State.SEARCHING, CareForm.LONG_TERM),
    }
    act_as(session, SYSTEM)
    assert list(entries(session)) == ["AM-2026-001-2"]
    shown = client.get("/v1/plaatsingen").json()["plaatsingen"]
    assert [(p["crisisbed"], p["vorm"], p["herkomst"]) for p in shown] == [
        (False, "crisis", "crisis")
    ]


def test_the_provider_hears_that_the_child_lives_there(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Also where it was its bed already: which child came, it reads from then on."""
    assert link(client, find_bed(client), child, vervolg=ON).status_code == 200
    stay = session.scalars(select(Placement)).one()
    spirits = [(kind, data) for kind, data, whose in told_in(session) if whose == "spirit"]
    data = {
        "kind": str(child.id), "plaatsing": str(stay.id), "aanbieder": "spirit", "gezin": "SPI-1",
    }  # fmt: skip
    assert [kind for kind, _ in spirits] == ["crisisbed.vast", "plaatsing.gemeld"]
    assert spirits[-1][1] == data


def test_a_step_elsewhere_ends_where_the_crisis_is_placed(
    client: TestClient, session: Session, child: Registration
) -> None:
    """That family waits for nobody; one for a longer form is searched for as before."""
    make_family(session, reference="SPI-2", forms=(CareForm.CRISIS,))
    make_family(session, reference="SPI-4")
    longer = make_registration(session, number="AM-2026-002")
    walks = [begin(client, child, "SPI-2"), begin(client, longer, "SPI-4")]
    assert link(client, find_bed(client), child, vervolg=ON).status_code == 200
    make_home(session, "SPI-3")
    assert link(client, find_bed(client, "SPI-3"), longer).status_code == 200
    assert [walk.read()["stand"] for walk in walks] == ["verlopen", "loopt"]
    ended = [data["stap"] for kind, data, _ in told_in(session) if kind == "stap.beeindigd"]
    assert ended == [walks[0].step]


def test_why_nobody_searches_on_is_kept(
    client: TestClient, session: Session, child: Registration
) -> None:
    """It stands with the placement, which then lacks no follow-up."""
    assert link(client, find_bed(client), child, redenGeenVervolg="Naar huis.").status_code == 200
    session.expire_all()
    stay = session.scalars(select(Placement)).one()
    assert stay.no_follow_up_reason == "Naar huis."
    (line,) = client.get("/v1/plaatsingen").json()["plaatsingen"]
    assert "vervolg nog niet begonnen" not in line["aandacht"]


def test_the_next_home_ends_the_stay_of_the_night(
    client: TestClient, session: Session, child: Registration
) -> None:
    """By the registration that goes on; the bed of the night is free, and nobody has two homes."""
    assert link(client, find_bed(client), child, vervolg=ON).status_code == 200
    home = make_family(session, reference="SPI-2")
    again = _again(session)
    settle_frame(session, again)
    moved = begin(client, again, "SPI-2").walk_to("wennen").move("plaatsing")
    assert moved.status_code == 200, moved.text
    assert [(row[2], row[3]) for row in stays(session)] == [(TODAY, False), (None, False)]
    assert in_use(session) == [home.id]


def test_who_goes_home_from_it_is_asked_how_it_ended(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The desk gives the bed back, once; the placement waits for how it ended."""
    report = find_bed(client)
    link(client, report, child, vervolg=ON)
    where, told = f"{MELDINGEN}/{report}/_vrijgeven", {"reden": "Naar huis."}
    answers = [client.post(where, json=told, headers=NIGHT_DUTY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert (in_use(session), answers[0].json()["stand"]) == ([], CrisisState.LINKED)
    (line,) = client.get("/v1/plaatsingen").json()["plaatsingen"]
    assert (line["tot"], line["aandacht"]) == (TODAY.isoformat(), ["einde nog te beschrijven"])


def test_who_stays_for_longer_keeps_the_bed_from_the_desk(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The family of the night is asked first; its bed is then one of a home, not of the report."""
    session.add(FamilyForm(family_id=_home_of(session), form=CareForm.LONG_TERM))
    session.flush()
    report = find_bed(client)
    assert link(client, report, child, vervolg=ON).status_code == 200
    again = _again(session)
    asked = client.get(f"/v1/kinderen/{again.id}/stappen").json()["stappen"][0]
    settle_frame(session, again)
    walk = Walk(client, str(again.id), asked["id"])
    moved = walk.walk_to("wennen").move("plaatsing")
    assert moved.status_code == 200, moved.text
    freed = client.post(
        f"{MELDINGEN}/{report}/_vrijgeven", json={"reden": "Naar huis."}, headers=NIGHT_DUTY
    )
    assert (freed.status_code, in_use(session)) == (409, [_home_of(session)])


def test_a_child_in_a_crisis_bed_gets_no_second_one(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Not by a report, by whichever registration; nor by a run where an older link left it so."""
    assert link(client, find_bed(client), child, vervolg=ON).status_code == 200
    again = _again(session)
    make_home(session, "SPI-2")
    refused = link(client, find_bed(client, "SPI-2"), again)
    assert (refused.status_code, "woont al" in refused.json()["detail"]) == (409, True)
    session.execute(update(Placement).values(is_bridging=True))
    again.state, again.care_form = State.CLOSED, CareForm.LONG_TERM
    session.flush()
    child.state = State.SEARCHING
    session.flush()
    act_as(session, SYSTEM)
    assert assemble(session, TODAY).registration_ids == ()
