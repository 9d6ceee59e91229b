"""A run played again from what it stored gives the same; where it does not, that is told."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import ColumnElement, Connection, select, update
from sqlalchemy.orm import Session

from app.models import MatchRun, Proposal, ProposalRole
from app.proposals import standing
from app.proposals.question_routes import router
from tests.doors import open_door
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


@pytest.fixture
def run(session: Session) -> MatchRun:
    for number in range(1, 4):
        make_family(session, reference=f"SPI-{number}", experience_years=number)
        make_registration(session, number=f"AM-{number}")
    return run_here(session)


def played(client: TestClient, run: MatchRun) -> dict[str, object]:
    standing._kept.clear()
    answer = client.get(f"/v1/matchruns/{run.id}/naspeling")
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_the_same_input_gives_the_same_plan(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """Also after families and children have changed: the run keeps its own input."""
    make_family(session, reference="SPI-9", experience_years=40)
    session.commit()
    found = played(client, run)
    assert (found["gelijk"], found["kinderen"], found["grootsteKansverschil"]) == (True, [], 0)
    assert found["codeToen"] == found["codeNu"]


def test_a_chance_that_was_overwritten_comes_out(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """The plan is the same, the chance is not."""
    first = session.scalars(select(Proposal).where(*_proposed(run)).order_by(Proposal.id)).first()
    assert first is not None
    half = {"chance": first.chance / 2, "chance_low": 0.0}
    session.execute(update(Proposal).where(Proposal.id == first.id).values(**half))
    session.commit()
    found = played(client, run)
    assert (found["gelijk"], found["kinderen"]) == (False, [])
    assert found["grootsteKansverschil"] == pytest.approx(first.chance)


def test_proposals_that_do_not_add_up_are_refused(
    client: TestClient, session: Session, run: MatchRun
) -> None:
    """A plan that is not the run's own fails the check before anything is compared."""
    chosen = select(Proposal.id).where(*_proposed(run)).order_by(Proposal.id).limit(1)
    changed = {"place_id": None, "role": ProposalRole.ALTERNATIVE, "rank": 9}
    session.execute(update(Proposal).where(Proposal.id.in_(chosen)).values(**changed))
    session.commit()
    standing._kept.clear()
    assert client.get(f"/v1/matchruns/{run.id}/naspeling").status_code == 409


def _proposed(run: MatchRun) -> tuple[ColumnElement[bool], ...]:
    return Proposal.run_id == run.id, Proposal.role == ProposalRole.PROPOSED
