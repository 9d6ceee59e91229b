"""From proposal to placement over HTTP: what is recorded, what is refused, what a match asks."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.clock import now, today_in_amsterdam
from app.kernel.words import SiblingWish
from app.matching.policy import load_policy, parse_policy
from app.models import (
    BegunPair,
    Occupation,
    Place,
    Placement,
    Registration,
    RegistrationState,
    SiblingGroup,
)
from tests.proposals.running import entries, run_here
from tests.rows import make_family, make_placement
from tests.rows import make_registration as make_bare
from tests.steps.settled import make_registration, settle_frame
from tests.steps.walking import COORDINATOR, PHASES, begin, open_steps

TODAY = today_in_amsterdam()


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1")
    return make_registration(session, number="AM-1")


def test_a_step_goes_from_proposal_to_placement(
    client: TestClient, session: Session, child: Registration
) -> None:
    """In the end the child lives there: a placement, its bed in use, the search over."""
    walk = begin(client, child)
    assert (walk.read()["fase"], walk.read()["openFasen"]) == (PHASES[0], [PHASES[1]])
    walk.walk_to("wennen")
    since = TODAY.isoformat()
    ended = walk.move("plaatsing", vanaf=since)
    assert ended.status_code == 200, ended.text
    shown = ended.json()
    assert (shown["stand"], shown["fase"], shown["openFasen"]) == ("geplaatst", "plaatsing", [])
    session.expire_all()
    placement = session.scalars(select(Placement)).one()
    assert (placement.registration_id, placement.since, placement.until) == (child.id, TODAY, None)
    occupation = session.scalars(select(Occupation)).one()
    assert (occupation.registration_id, occupation.released_at) == (child.id, None)
    assert occupation.place_id == session.scalar(select(Place.id))
    assert child.state is RegistrationState.PLACED
    assert "AM-1" not in entries(session)
    again = walk.move("plaatsing")
    assert (again.status_code, "al geëindigd" in again.json()["detail"]) == (409, True)


def test_every_move_keeps_who_said_what(client: TestClient, child: Registration) -> None:
    """Who, in which role, when, the agreement, and pros, cons and doubts."""
    walk = begin(client, child)
    walk.answer()
    before = now()
    points = {"voors": ["Ruime ervaring"], "tegens": ["Ver"], "twijfels": ["Eigen kamer?"]}
    walk.move(PHASES[1], akkoord="onder voorwaarde", voorwaarde="Eerst een tolk.", **points)
    walk.move(PHASES[2])
    history = client.get(f"{walk.at}/geschiedenis", headers=COORDINATOR).json()
    first, second = history["overgangen"]
    assert {name: first[name] for name in points} == points
    told = {"van", "naar", "akkoord", "voorwaarde", "wie", "rol"}
    assert {name: first[name] for name in told} == {
        "van": "voorgesteld", "naar": "voorgelegd aan pleegouders", "akkoord": "onder voorwaarde",
        "voorwaarde": "Eerst een tolk.", "wie": "api", "rol": "coordinator",
    }  # fmt: skip
    assert first["vastgelegdOp"][:10] == before.date().isoformat()
    assert (second["naar"], second["voors"]) == ("voorgelegd aan ouders en kind", [])


def test_a_refused_move_names_what_is_open(client: TestClient, child: Registration) -> None:
    """Skipping, going back and going twice are refused with the phases that are open."""
    walk = begin(client, child).walk_to("voorgelegd aan pleegouders")
    for to in ("voorgesteld", "voorgelegd aan pleegouders", "kennismaking", "match", "plaatsing"):
        refused = walk.move(to)
        assert refused.status_code == 409
        assert "open staat 'voorgelegd aan ouders en kind'" in refused.json()["detail"]
    assert len(client.get(f"{walk.at}/geschiedenis").json()["overgangen"]) == 1


def test_the_carers_are_asked_after_the_provider_said_yes(
    client: TestClient, child: Registration
) -> None:
    """Its carers, its answer first; what is awaited stands in the step."""
    walk = begin(client, child)
    refused = walk.move("voorgelegd aan pleegouders")
    assert (refused.status_code, "aanbieder" in refused.json()["detail"]) == (409, True)
    assert refused.json()["detail"] in walk.read()["wachtOp"]
    walk.answer()
    assert walk.read()["wachtOp"] == []
    assert walk.move("voorgelegd aan pleegouders").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"akkoord": "onder voorwaarde"},
        {"voorwaarde": "Een tolk."},
        {"akkoord": "misschien"},
        {"vanaf": "2026-11-01"},
        {"steunplan": "Begeleiding."},
        {"voors": ["x"] * 21},
        {"twijfels": [" "]},
        {"fase": "getrouwd"},
    ],
)
def test_a_move_that_makes_no_sense_is_refused(
    client: TestClient, child: Registration, body: dict[str, Any]
) -> None:
    """400 with a sentence, and nothing recorded."""
    walk = begin(client, child)
    walk.answer()
    refused = walk.move(**{"to": PHASES[1], **body} if "fase" not in body else {"to": body["fase"]})
    assert refused.status_code == 400, refused.text
    assert client.get(f"{walk.at}/geschiedenis").json()["overgangen"] == []


def test_a_no_does_not_go_on(client: TestClient, child: Registration) -> None:
    """It is recorded as a no or as an objection, by whoever said it."""
    walk = begin(client, child)
    walk.answer()
    refused = walk.move(PHASES[1], akkoord="nee")
    assert (refused.status_code, "als nee" in refused.json()["detail"]) == (409, True)


def test_a_step_past_its_term_waits_for_a_person(
    client: TestClient, session: Session, child: Registration
) -> None:
    """It is extended first: what it held may have gone to another child."""
    walk = begin(client, child, sinds="2026-01-01")
    session.scalars(select(BegunPair)).one().held_until = TODAY - timedelta(days=1)
    session.flush()
    refused = walk.move(PHASES[1])
    assert (refused.status_code, "verleng" in refused.json()["detail"]) == (409, True)


def test_a_first_day_lies_within_the_step(client: TestClient, child: Registration) -> None:
    """Not in the future, and not before people began."""
    walk = begin(client, child).walk_to("match")
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        refused = walk.move("plaatsing", vanaf=day.isoformat())
        assert (refused.status_code, refused.json()["velden"]) == (400, ["vanaf"])
    assert walk.move("plaatsing").status_code == 200


def test_a_bed_that_its_provider_filled_is_not_given(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Another free bed of the family takes its place; without one the placement is refused."""
    walk = begin(client, child).walk_to("wennen")
    bed = session.scalars(select(Place)).one()
    session.add(Occupation(place_id=bed.id, since=now()))
    session.flush()
    refused = walk.move("plaatsing")
    assert (refused.status_code, "bezet" in refused.json()["detail"]) == (409, True)
    session.add(Place(family_id=bed.family_id, ordinal=2))
    session.flush()
    assert walk.move("plaatsing").status_code == 200
    taken = set(session.scalars(select(Occupation.place_id)))
    assert len(taken) == 2


def test_a_siblings_full_family_is_placed_without_a_bed(
    client: TestClient, session: Session
) -> None:
    """A request that everybody agreed to: a placement, and no bed that the family never offered."""
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER_UNLESS)
    session.add(group)
    session.flush()
    kin = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.TOGETHER_UNLESS}
    family = make_family(session, reference="SPI-1", places=0)
    placed = make_registration(session, number="AM-0", state=RegistrationState.PLACED, **kin)
    make_placement(session, registration_id=placed.id, family_id=family.id, since=TODAY)
    walk = begin(client, make_registration(session, number="AM-1", **kin)).walk_to("plaatsing")
    assert walk.read()["verzoek"] is True
    assert len(session.scalars(select(Placement)).all()) == 2
    assert session.scalars(select(Occupation)).all() == []


def test_another_family_than_the_first_choice_takes_a_reason(
    client: TestClient, session: Session
) -> None:
    """The first choice needs none; an alternative, or a family without any run, does."""
    for reference in ("SPI-1", "SPI-2"):
        make_family(session, reference=reference)
    child = make_registration(session, number="AM-1")
    where = f"/v1/kinderen/{child.id}/stappen"
    body = {"aanbieder": "spirit", "gezin": "SPI-1"}
    refused = client.post(where, json=body)
    assert (refused.status_code, refused.json()["velden"]) == (400, ["redenKeuze"])
    found = entries(session)["AM-1"]
    other = found["alternatieven"][0]["gezin"]
    assert client.post(where, json={**body, "gezin": other}).status_code == 400
    reason = {"redenKeuze": "Dit gezin kent de school."}
    made = client.post(where, json={**body, "gezin": other, **reason}).json()
    assert (made["eersteKeus"], made["redenKeuze"]) == (False, reason["redenKeuze"])
    assert made["matchrun"] is not None
    client.post(f"{where}/{made['id']}/_beeindigen", json={"reden": "Vergissing."})
    first = client.post(where, json={**body, "gezin": found["gezin"]})
    assert (first.status_code, first.json()["eersteKeus"]) == (201, True)


def with_support(session: Session) -> None:
    """A run under a policy that accepts nearly every chance only with a support plan."""
    text = load_policy("maximaal").text.replace("[grenzen]", "[grenzen]\nsteunplan_boven = 0.001")
    run_here(session, policy=parse_policy(text, source="toets"))


def below_every_chance(session: Session) -> None:
    """A run under a policy that proposes nobody: every family is to discuss."""
    text = load_policy("maximaal").text.replace(
        "hoogste_breakdownkans = 1.0", "hoogste_breakdownkans = 0.001"
    )
    run_here(session, policy=parse_policy(text, source="toets"))


@pytest.mark.parametrize("run", [with_support, below_every_chance])
@pytest.mark.parametrize("given", ["steunplan", "redenGeenSteunplan"])
def test_a_match_that_is_not_ideal_takes_a_support_plan(
    *, client: TestClient, session: Session, child: Registration, run: Any, given: str
) -> None:
    """Above the level of the policy: a plan, or an explicit reason why there is none."""
    run(session)
    walk = begin(client, child).walk_to("kennismaking")
    assert walk.read()["steunplanNodig"] is True
    walk.answer()
    walk.consent()
    refused = walk.move("match")
    assert (refused.status_code, "steunplan" in refused.json()["detail"]) == (409, True)
    both = {"steunplan": "Elke week.", "redenGeenSteunplan": "Niet nodig."}
    assert walk.move("match", **both).status_code == 400
    moved = walk.move("match", **{given: "Elke week begeleiding."})
    assert (moved.status_code, moved.json()[given]) == (200, "Elke week begeleiding.")


def test_an_ideal_match_takes_no_plan(
    client: TestClient, session: Session, child: Registration
) -> None:
    """A run whose policy sets no level asks for none."""
    run_here(session)
    walk = begin(client, child).walk_to("match")
    assert (walk.read()["steunplanNodig"], walk.read()["eersteKeus"]) == (False, True)


def test_a_placement_that_is_sent_again_is_made_once(
    client: TestClient, session: Session, child: Registration
) -> None:
    """With the same Idempotency-Key the first answer comes again; another key is too late."""
    walk = begin(client, child).walk_to("match")
    where, body = f"{walk.at}/_volgende", {"fase": "plaatsing", "akkoord": "ja"}
    answers = [
        client.post(where, json=body, headers={**COORDINATOR, "Idempotency-Key": key})
        for key in ("een", "een", "twee")
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert answers[0].json() == answers[1].json()
    assert len(session.scalars(select(Placement)).all()) == 1


def test_a_gap_in_the_legal_frame_stops_the_placement_alone(
    client: TestClient, session: Session
) -> None:
    """Everything before it goes on; then it is said what is missing, and where to record it."""
    make_family(session, reference="SPI-1")
    bare = make_bare(session, number="AM-9")
    walk = begin(client, bare).walk_to("wennen")
    walk.answer()
    walk.consent()
    refused = walk.move("plaatsing")
    assert refused.status_code == 409
    assert "gezag" in refused.json()["detail"]
    assert "juridisch-kader" in refused.json()["detail"]
    settle_frame(session, bare)
    session.commit()
    assert walk.move("plaatsing").status_code == 200
