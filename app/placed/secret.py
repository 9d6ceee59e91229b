"""Whether the parents may not know where a child lives: one rule, for everything that shows it.

A placement is secret by its child, not by the one registration it came of, and so is that of its
brothers and sisters in the same home: theirs leads to it as well (ADR 0075). The rule stands in the
database (`pleegzorg_home_is_secret`), for a brother or sister may be another's.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Uuid, func, or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import BegunPair, Registration


def home_is_secret() -> ColumnElement[bool]:
    """Return the condition that the home of a registration's child is secret."""
    return func.pleegzorg_home_is_secret(Registration.id, type_=Boolean)


def step_is_secret(registration_id: UUID) -> ColumnElement[bool]:
    """Return the condition that a begun pair of a registration leads to a secret home, also one
    that came to nothing: a brother or sister may live there since.

    By the registration and not by the row: it is asked once, and a child may have forty steps.
    """
    own = select(func.pleegzorg_home_is_secret(registration_id, type_=Boolean)).scalar_subquery()
    beside = func.pleegzorg_secret_homes(registration_id, type_=Uuid)
    return or_(own, BegunPair.family_id.in_(select(beside)))


def secret_homes(session: Session, registration_ids: Collection[UUID]) -> set[UUID]:
    """Return the registrations of which the home of the child is secret."""
    which = among(Registration.id, registration_ids)
    return set(session.scalars(select(Registration.id).where(which, home_is_secret())))


def secret_numbers(session: Session, numbers: Collection[str]) -> set[str]:
    """Return the numbers of registrations of which the home of the child is secret."""
    which = among(Registration.number, numbers)
    return set(session.scalars(select(Registration.number).where(which, home_is_secret())))
