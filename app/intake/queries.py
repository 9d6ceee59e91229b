"""Every SELECT of the intake slice."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.words import SiblingWish
from app.models import ChildBsn, Registration, RegistrationState, SiblingGroup

_LOCK = 7_301_980_112  # any fixed number: one import of registrations at a time


@dataclass(frozen=True, slots=True)
class KnownRegistration:
    """What an import must know of a stored registration."""

    id: UUID
    child_id: UUID
    content_hash: str


def lock_imports(session: Session) -> None:
    """Let one import of registrations go at a time."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def known_registrations(session: Session, numbers: Collection[str]) -> dict[str, KnownRegistration]:
    """Return stored registrations by number."""
    rows = session.execute(
        select(
            Registration.number, Registration.id, Registration.child_id, Registration.content_hash
        ).where(among(Registration.number, numbers))
    )
    return {number: KnownRegistration(id_, child, content) for number, id_, child, content in rows}


def children_by_digest(session: Session, digests: Collection[bytes]) -> dict[bytes, UUID]:
    """Return the child that has each BSN, found by the keyed digest."""
    rows = session.execute(
        select(ChildBsn.digest, ChildBsn.child_id)
        .where(among(ChildBsn.digest, digests))
        .order_by(ChildBsn.child_id.desc())
    )
    return dict(rows.all())


def active_numbers(session: Session, child_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the number of the active registration of each child that has one."""
    rows = session.execute(
        select(Registration.child_id, Registration.number).where(
            among(Registration.child_id, child_ids),
            Registration.state == RegistrationState.SEARCHING,
        )
    )
    return dict(rows.all())


def groups_by_code(session: Session, codes: Collection[str]) -> dict[str, SiblingGroup]:
    """Return sibling groups by code."""
    groups = session.scalars(select(SiblingGroup).where(among(SiblingGroup.code, codes)))
    return {group.code: group for group in groups}


def wishes_of(session: Session, group_ids: Collection[UUID]) -> dict[UUID, set[SiblingWish]]:
    """Return the different wishes in the active registrations of each group."""
    rows = session.execute(
        select(Registration.sibling_group_id, Registration.sibling_wish).where(
            among(Registration.sibling_group_id, group_ids),
            Registration.state == RegistrationState.SEARCHING,
        )
    )
    found: dict[UUID, set[SiblingWish]] = defaultdict(set)
    for group_id, wish in rows:
        if group_id is not None and wish is not None:
            found[group_id].add(wish)
    return found
