"""The SELECTs on what hangs around one registration: its history, and who may be the same child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Date, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.db.encryption import digests_bsn, digests_name
from app.db.keyring import ring_of
from app.intake.stage_columns import is_proposed
from app.kernel.stages import Stage, stage_of
from app.models import BegunPair, BegunState, Child, ChildBsn, Placement, Registration, StageChange
from app.settings import Settings

AREA_DIGITS = 4  # of a postcode: who moved within an area is the same child


class Ground(StrEnum):
    """Why two registrations may be of one child (*grond*)."""

    CHILD = "zelfde kind"
    BSN = "bsn"
    PERSON = "naam, geboortedatum en postcode"


@dataclass(frozen=True, slots=True)
class Person:
    """By what a child is recognised: what a registration or a draft tells of it."""

    first_name: str | None
    born_on: date | None
    postcode: str | None
    bsn: str | None = None


@dataclass(frozen=True, slots=True)
class Double:
    """Another registration that may be of the same child, and why it may be."""

    registration: Registration
    stage: Stage
    ground: Ground


# Put together once, as whole registrations are: a page of a file asks several parts of it.
_ROW = (
    select(Registration)
    .where(Registration.id == bindparam("wanted"), ~Registration.is_destroyed)
    .execution_options(populate_existing=True)
)
_STAGE = select(Registration.state, is_proposed(bindparam("today", type_=Date))).where(
    Registration.id == bindparam("wanted"), ~Registration.is_destroyed
)


def registration_row(session: Session, id_: UUID) -> Registration | None:
    """Return a registration as it stands now, without what hangs on it, or None."""
    return session.scalar(_ROW, {"wanted": id_})


def stage_now(session: Session, id_: UUID, today: date) -> Stage | None:
    """Return where a registration stands today, or None."""
    found = session.execute(_STAGE, {"wanted": id_, "today": today}).one_or_none()
    return None if found is None else stage_of(found[0], is_proposed=found[1])


def changes_of(session: Session, registration_id: UUID) -> Sequence[StageChange]:
    """Return the steps of a registration or a draft, the oldest first."""
    return session.scalars(
        select(StageChange)
        .where(StageChange.registration_id == registration_id)
        .order_by(StageChange.id)
    ).all()


def last_hold(session: Session, registration_id: UUID) -> BegunPair | None:
    """Return the step that nobody has ended yet, in term or past it, or None."""
    return session.scalar(
        select(BegunPair).where(
            BegunPair.registration_id == registration_id, BegunPair.state == BegunState.RUNNING
        )
    )


def running_placement(session: Session, registration_id: UUID, today: date) -> Placement | None:
    """Return the placement of a registration that runs on a day, or None."""
    runs = or_(Placement.until.is_(None), Placement.until >= today)
    return session.scalar(
        select(Placement)
        .where(Placement.registration_id == registration_id, Placement.since <= today, runs)
        .order_by(Placement.since.desc())
        .limit(1)
    )


def sleeps_in_crisis_bed(session: Session, child_id: UUID) -> bool:
    """Return whether a child sleeps in a bed of the crisis desk, by any registration of it."""
    told = (Registration.child_id == child_id, Placement.until.is_(None), Placement.is_bridging)
    found = exists().where(Placement.registration_id == Registration.id, *told)
    return bool(session.scalar(select(found)))


def doubles_of(
    session: Session,
    person: Person,
    *,
    besides: UUID | None,
    child_id: UUID | None,
    today: date,
    settings: Settings,
) -> list[Double]:
    """Return other registrations that may be of the same child, the newest first.

    Only those that the asker may see. A postcode is compared by its first four digits: who moved
    within an area is the same child. child_id: of the registration itself, if there is one.
    """
    same_bsn = _same_bsn(person, settings)
    same_child = Registration.child_id == child_id
    same_person = (
        among(Child.name_digest, digests_name(person.first_name or "", ring_of(settings)))
        & (Child.born_on == person.born_on)
        & (func.left(Registration.postcode, AREA_DIGITS) == (person.postcode or "")[:AREA_DIGITS])
    )
    rows = session.execute(
        select(Registration, is_proposed(today), same_bsn)
        .join(Child, Child.id == Registration.child_id)
        .where(or_(same_child, same_bsn, same_person))
        .order_by(Registration.id.desc())
    )
    return [
        Double(row, stage_of(row.state, is_proposed=proposed), _ground(row, child_id, has_bsn))
        for row, proposed, has_bsn in rows
        if row.id != besides
    ]


def _ground(row: Registration, child_id: UUID | None, has_bsn: bool) -> Ground:
    if row.child_id == child_id:
        return Ground.CHILD
    return Ground.BSN if has_bsn else Ground.PERSON


def _same_bsn(person: Person, settings: Settings) -> ColumnElement[bool]:
    """Return whether a child has the same BSN; nobody has, to who may not read numbers."""
    if person.bsn is None:
        return false()
    same = among(ChildBsn.digest, digests_bsn(person.bsn, settings))
    return Child.id.in_(select(ChildBsn.child_id).where(same))
