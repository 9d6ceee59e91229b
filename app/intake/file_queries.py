"""The SELECTs on what hangs around one registration: its history, and who may be the same child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Date, any_, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import Session

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

    id: UUID
    number: str
    registered_on: date
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


def _doubles(has_bsn: ColumnElement[bool]) -> Any:
    """Return the SELECT of who may be the same child; has_bsn: by the number that is told."""
    same_person = (
        (Child.name_digest == any_(bindparam("names", type_=ARRAY(Child.name_digest.type))))
        & (Child.born_on == bindparam("born_on"))
        & (func.left(Registration.postcode, AREA_DIGITS) == bindparam("area"))
    )
    return (
        select(
            Registration.id, Registration.number, Registration.registered_on, Registration.state,
            Registration.child_id, has_bsn.label("has_bsn"),
            is_proposed(bindparam("today", type_=Date)).label("is_proposed"),
        )
        .join(Child, Child.id == Registration.child_id)
        .where(or_(Registration.child_id == bindparam("child"), has_bsn, same_person))
        .order_by(Registration.id.desc())
    )  # fmt: skip


_SAME_BSN = ChildBsn.digest == any_(bindparam("bsns", type_=ARRAY(ChildBsn.digest.type)))
_BY_PERSON = _doubles(false())
_BY_BSN_TOO = _doubles(Child.id.in_(select(ChildBsn.child_id).where(_SAME_BSN)))


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
    wanted = {
        "today": today,
        "child": child_id,
        "born_on": person.born_on,
        "area": (person.postcode or "")[:AREA_DIGITS],
        "names": list(digests_name(person.first_name or "", ring_of(settings))),
    }
    statement = _BY_PERSON
    if person.bsn is not None:
        statement, wanted["bsns"] = _BY_BSN_TOO, list(digests_bsn(person.bsn, settings))
    return [
        Double(
            id=row.id,
            number=row.number,
            registered_on=row.registered_on,
            stage=stage_of(row.state, is_proposed=row.is_proposed),
            ground=_ground(row, child_id),
        )
        for row in session.execute(statement, wanted)
        if row.id != besides
    ]


def _ground(row: Any, child_id: UUID | None) -> Ground:
    if row.child_id == child_id:
        return Ground.CHILD
    return Ground.BSN if row.has_bsn else Ground.PERSON
