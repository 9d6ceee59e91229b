"""Every SELECT of emergency access; row-level security shows the others' to overseers alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.models import (
    Child,
    EmergencyAccess,
    Family,
    FamilyPhone,
    Placement,
    Provider,
    Registration,
    RegistrationProblem,
)
from app.placed.secret import home_is_secret


def is_open(at: datetime) -> ColumnElement[bool]:
    """Return the condition that an access lasts at an instant."""
    return and_(EmergencyAccess.closed_at.is_(None), EmergencyAccess.until > at)


def is_own(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an access is of this actor, in this role."""
    return and_(
        EmergencyAccess.actor == actor.name,
        EmergencyAccess.role == actor.role.value,
        EmergencyAccess.provider_id.is_not_distinct_from(actor.provider_id),
        EmergencyAccess.organisation.is_not_distinct_from(actor.organisation),
    )


def registration_by_number(session: Session, number: str) -> UUID | None:
    """Return the registration with a number; the caller has judged that this may be asked."""
    return session.scalar(select(Registration.id).where(Registration.number == number))


def may_open(session: Session, registration_id: UUID) -> bool:
    """Return whether the asker could need the file of a child: the database says so (ADR 0059)."""
    return bool(session.scalar(select(func.pleegzorg_may_open_in_need(registration_id))))


def count_open(session: Session, actor: Actor, at: datetime) -> int:
    """Return how many files this actor has open in need."""
    statement = select(func.count()).select_from(EmergencyAccess)
    return session.scalar(statement.where(is_own(actor), is_open(at))) or 0


def find_access(session: Session, id_: UUID) -> tuple[EmergencyAccess, str | None] | None:
    """Return an access and its provider's code, where the asker may see it."""
    row = session.execute(_with_provider().where(EmergencyAccess.id == id_)).one_or_none()
    return (row[0], row[1]) if row is not None else None


def own_access(session: Session, actor: Actor, id_: UUID) -> EmergencyAccess | None:
    """Return an access of this actor."""
    statement = select(EmergencyAccess).where(EmergencyAccess.id == id_, is_own(actor))
    return session.scalars(statement.with_for_update()).one_or_none()


def list_accesses(
    session: Session, *, unjudged: bool, before: UUID | None, size: int
) -> Sequence[Any]:
    """Return accesses with their provider's code, the newest first; ids are in order of time."""
    statement = _with_provider().order_by(EmergencyAccess.id.desc()).limit(size)
    if unjudged:
        statement = statement.where(EmergencyAccess.judgement.is_(None))
    if before is not None:
        statement = statement.where(EmergencyAccess.id < before)
    return session.execute(statement).all()


def file_of(session: Session, registration_id: UUID) -> tuple[Registration, Child, bool]:
    """Return a registration, its child, and whether that is secret; read as the system."""
    row = session.execute(
        select(Registration, Child, home_is_secret())
        .join(Child, Child.id == Registration.child_id)
        .where(Registration.id == registration_id)
    ).one()
    return row[0], row[1], row[2]


def problems_of(session: Session, registration_id: UUID) -> dict[str, int]:
    """Return the problems that are there at all, by their word."""
    statement = select(RegistrationProblem.problem, RegistrationProblem.severity).where(
        RegistrationProblem.registration_id == registration_id, RegistrationProblem.severity > 0
    )
    return {problem.value: severity for problem, severity in session.execute(statement)}


def home_of(session: Session, registration_id: UUID) -> tuple[str, str, str | None] | None:
    """Return provider, number and telephone of the family where a child lives now."""
    row = session.execute(
        select(Provider.code, Family.reference, FamilyPhone.phone)
        .select_from(Placement)
        .join(Family, Family.id == Placement.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .outerjoin(FamilyPhone, FamilyPhone.family_id == Family.id)
        .where(Placement.registration_id == registration_id, Placement.until.is_(None))
    ).one_or_none()
    return (row[0], row[1], row[2]) if row is not None else None


def _with_provider() -> Any:
    return select(EmergencyAccess, Provider.code).outerjoin(
        Provider, Provider.id == EmergencyAccess.provider_id
    )
