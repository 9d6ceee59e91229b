"""Two people at the same moment: one place is given once, one child is placed once."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import URL, func, select
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.intake.follow_alone import CrisisFollowUps
from app.kernel.actor import SYSTEM, Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.phases import Agreement, ConsentBy, Phase
from app.models import (
    BegunPair,
    BegunState,
    Occupation,
    Placement,
    Registration,
    RegistrationState,
    StepConsent,
)
from app.settings import Settings
from app.steps.moving import move_step
from app.steps.schemas import StepIn
from app.steps.schemas_moves import MoveIn
from app.steps.service import begin_step, end_step
from tests.at_once import Work, at_once
from tests.databases import copied
from tests.rows import make_family
from tests.steps.settled import make_registration

ROUNDS = 5
FOLLOW_UPS = CrisisFollowUps(Settings(database_url=None))


@pytest.fixture(scope="module")
def committed(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database whose rows are really there: other connections see them."""
    with copied(settings, reference) as opened:
        yield opened


def begins(child: UUID, family: str) -> Work:
    wish = StepIn(provider="spirit", family=family, choice_reason="Vertrouwd.")
    return lambda session, actor: begin_step(session, actor=actor, registration_id=child, wish=wish)


def places(child: UUID, step: UUID) -> Work:
    wish = MoveIn(to=Phase.PLACED, agreement=Agreement.YES)
    return lambda session, actor: move_step(
        session, actor=actor, registration_id=child, step_id=step, wish=wish, follow_ups=FOLLOW_UPS
    )


def fills(place: UUID) -> Work:
    """What a provider's export does when it says that the bed is taken."""
    return lambda session, _: session.add(Occupation(place_id=place, since=now()))


def children(database: Database, mark: str, *, count: int = 2) -> list[UUID]:
    """A family with one bed, and children that wait."""
    with session_for(database.sessions, SYSTEM) as session:
        make_family(session, reference=f"SPI-{mark}")
        return [make_registration(session, number=f"AM-{mark}-{n}").id for n in range(count)]


def matched(database: Database, child: UUID, family: str) -> UUID:
    """A step in the phase match, with the two yeses."""
    with session_for(database.sessions, SYSTEM) as session:
        begins(child, family)(session, SYSTEM)
        pair = session.scalars(select(BegunPair).where(BegunPair.registration_id == child)).one()
        pair.phase = Phase.MATCHED
        session.add_all([
            StepConsent(
                pair_id=pair.id, by=by, organisation="spirit", given_on=today_in_amsterdam(),
                actor="x", role="systeem",
            )
            for by in ConsentBy
        ])  # fmt: skip
        return pair.id


def count(database: Database, table: type, *which: object) -> int:
    with session_for(database.sessions, SYSTEM) as session:
        return session.scalar(select(func.count()).select_from(table).where(*which)) or 0


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_coordinators_hold_one_place_once(committed: Database, number: int) -> None:
    """Two children, one free bed: one of the two gets it, the other is told."""
    mark = f"1{number}"
    first, second = children(committed, mark)
    family = f"SPI-{mark}"
    assert at_once(committed, begins(first, family), begins(second, family)) == [
        "gelukt", "geweigerd",
    ]  # fmt: skip
    running = (BegunPair.registration_id.in_((first, second)), BegunPair.state == "loopt")
    assert count(committed, BegunPair, *running) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_child_is_placed_once(committed: Database, number: int) -> None:
    """Two coordinators record the same placement: one row, one bed in use, one end."""
    mark = f"2{number}"
    (child,) = children(committed, mark, count=1)
    step = matched(committed, child, f"SPI-{mark}")
    ends = at_once(committed, places(child, step), places(child, step))
    assert ends == ["gelukt", "geweigerd"]
    assert count(committed, Placement, Placement.registration_id == child) == 1
    assert count(committed, Occupation, Occupation.registration_id == child) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_child_is_placed_with_one_family(committed: Database, number: int) -> None:
    """While one coordinator places, another ends the step and begins elsewhere: never both."""
    mark = f"3{number}"
    (child,) = children(committed, mark, count=1)
    children(committed, f"{mark}9", count=0)
    step = matched(committed, child, f"SPI-{mark}")

    def turns_elsewhere(session: Session, actor: Actor) -> None:
        end_step(session, registration_id=child, step_id=step, reason="Toch niet.")
        begins(child, f"SPI-{mark}9")(session, actor)

    assert at_once(committed, places(child, step), turns_elsewhere) == ["gelukt", "geweigerd"]
    placed = count(committed, Placement, Placement.registration_id == child)
    running = (BegunPair.registration_id == child, BegunPair.state == BegunState.RUNNING)
    assert placed + count(committed, BegunPair, *running) == 1
    done = (Registration.id == child, Registration.state == RegistrationState.PLACED)
    assert count(committed, Registration, *done) == placed


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_bed_goes_to_the_child_or_to_the_export(committed: Database, number: int) -> None:
    """An export fills the held bed at that moment: it is in use once, whoever was first."""
    mark = f"4{number}"
    (child,) = children(committed, mark, count=1)
    step = matched(committed, child, f"SPI-{mark}")
    with session_for(committed.sessions, SYSTEM) as session:
        bed = session.scalar(select(BegunPair.place_id).where(BegunPair.id == step))
    assert bed is not None
    ends = at_once(committed, places(child, step), fills(bed))
    assert count(committed, Occupation, Occupation.place_id == bed) == 1
    assert "gelukt" in ends
    placed = count(committed, Placement, Placement.registration_id == child)
    of_child = (Occupation.place_id == bed, Occupation.registration_id == child)
    assert count(committed, Occupation, *of_child) == placed


def test_two_noes_and_a_second_begin_do_not_wait_in_a_circle(committed: Database) -> None:
    """Everybody takes the child first, then the family, then the step: nobody hangs."""
    first, second = children(committed, "5")
    step = matched(committed, first, "SPI-5")

    def stops(session: Session, _: Actor) -> None:
        end_step(session, registration_id=first, step_id=step, reason="Toch niet.")

    ends = at_once(committed, stops, begins(second, "SPI-5"), places(first, step))
    assert set(ends) <= {"gelukt", "geweigerd"}
    both = (first, second)
    with session_for(committed.sessions, SYSTEM) as session:
        held = session.scalars(
            select(BegunPair.place_id).where(
                BegunPair.registration_id.in_(both), BegunPair.state == BegunState.RUNNING
            )
        ).all()
        used = session.scalars(
            select(Occupation.place_id).where(Occupation.registration_id.in_(both))
        ).all()
    assert len(held) + len(used) <= 1
