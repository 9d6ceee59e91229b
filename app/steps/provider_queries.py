"""The SELECTs behind a provider's questions: asked in its own name, so that it finds its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from app.kernel.words import Problem
from app.models import (
    BegunPair,
    BegunState,
    Child,
    ChildBsn,
    Family,
    Placement,
    Registration,
    RegistrationProblem,
    RegistrationState,
    holds_on,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A begun pair with its registration and its family's number."""

    pair: BegunPair
    registration: Registration
    reference: str


@dataclass(frozen=True, slots=True)
class Living:
    """A placement that runs, with its registration and its family's number."""

    placement: Placement
    registration: Registration
    reference: str


@dataclass(frozen=True, slots=True)
class AskedChild:
    """Who a question is about. names: the child's own and those of its brothers and sisters."""

    child: Child
    severity: dict[Problem, int]
    siblings: int
    names: list[str]


def asked_now(session: Session, *, after: UUID | None, size: int, today: date) -> list[Asked]:
    """Return at most size running questions to the asker's own families, the oldest first."""
    statement = _asked().where(_is_running(today)).order_by(BegunPair.id).limit(size)
    if after is not None:
        statement = statement.where(BegunPair.id > after)
    return [Asked(*row) for row in session.execute(statement)]


def asked_before(
    session: Session, *, before: UUID | None, size: int, today: date
) -> list[tuple[BegunPair, str]]:
    """Return at most size questions that are over, with the family's number, the newest first.

    Of the asker's own families alone, by row-level security; nothing of the child is read.
    """
    is_over = or_(BegunPair.state != BegunState.RUNNING, BegunPair.held_until < today)
    statement = (
        select(BegunPair, Family.reference)
        .join(Family, Family.id == BegunPair.family_id)
        .where(is_over)
        .order_by(BegunPair.id.desc())
        .limit(size)
    )
    if before is not None:
        statement = statement.where(BegunPair.id < before)
    return [(pair, reference) for pair, reference in session.execute(statement)]


def find_asked(session: Session, id_: UUID, *, today: date) -> Asked | None:
    """Return a question that runs, or became a placement that runs; None for any other.

    Row-level security shows a provider neither another's family nor a child that it no longer has
    to do with.
    """
    placed = and_(
        BegunPair.state == BegunState.PLACED, Registration.state == RegistrationState.PLACED
    )
    row = session.execute(
        _asked().where(BegunPair.id == id_, or_(_is_running(today), placed))
    ).first()
    return Asked(*row) if row else None


def _asked() -> Select[BegunPair, Registration, str]:
    return (
        select(BegunPair, Registration, Family.reference)
        .join(Registration, Registration.id == BegunPair.registration_id)
        .join(Family, Family.id == BegunPair.family_id)
        .execution_options(populate_existing=True)
    )


def _is_running(today: date) -> ColumnElement[bool]:
    return and_(holds_on(today), Registration.state == RegistrationState.SEARCHING)


def find_living(session: Session, placement_id: UUID, *, today: date) -> Living | None:
    """Return a child that lives with a family of the asker, by its placement; None for any other.

    Row-level security shows a provider neither another's placement, nor the registration of a child
    that does not live with one of its families now.
    """
    row = session.execute(
        select(Placement, Registration, Family.reference)
        .join(Registration, Registration.id == Placement.registration_id)
        .join(Family, Family.id == Placement.family_id)
        .where(
            Placement.id == placement_id,
            Placement.since <= today,
            or_(Placement.until.is_(None), Placement.until >= today),
        )
        .execution_options(populate_existing=True)
    ).first()
    return Living(*row) if row else None


def asked_child(session: Session, registration: Registration) -> AskedChild:
    """Return the child behind a question; read as the system, once the asker may see it."""
    rows = session.execute(
        select(RegistrationProblem.problem, RegistrationProblem.severity).where(
            RegistrationProblem.registration_id == registration.id
        )
    )
    child = session.get_one(Child, registration.child_id)
    kin = _siblings(session, registration)
    return AskedChild(child, dict(rows.all()), len(kin), [child.first_name, *kin])


def _siblings(session: Session, registration: Registration) -> list[str]:
    if registration.sibling_group_id is None:
        return []
    kin = select(Registration.child_id).where(
        Registration.sibling_group_id == registration.sibling_group_id,
        Registration.child_id != registration.child_id,
    )
    return list(session.scalars(select(Child.first_name).where(Child.id.in_(kin))))


def encrypted_bsn(session: Session, child_id: UUID) -> bytes | None:
    """Return the stored BSN of a child, or None where it is not known."""
    return session.scalar(select(ChildBsn.ciphertext).where(ChildBsn.child_id == child_id))


def born_on_of(session: Session, child_ids: list[UUID]) -> dict[UUID, date]:
    """Return the birth date of each child."""
    rows = session.execute(select(Child.id, Child.born_on).where(Child.id.in_(child_ids)))
    return dict(rows.all())
