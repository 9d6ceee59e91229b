"""The SELECTs on placements: the page, one with all around it, and the ends to judge."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.endings import EndLabel
from app.kernel.holding import BreakdownKind
from app.kernel.outside import OutsideGround
from app.kernel.words import CareForm
from app.models import (
    BreakdownRecord,
    Child,
    EndingJudgement,
    Family,
    MatchRun,
    Occupation,
    Place,
    Placement,
    PlacementBasis,
    PlacementChange,
    PlacementEnding,
    PlacementReview,
    Provider,
    Registration,
)
from app.placed.going_on import lacks_follow_up
from app.placed.secret import home_is_secret
from app.placements.parted import reunion_open
from app.placements.schemas_out import PlacementState


@dataclass(frozen=True, slots=True)
class PlacementFilter:
    """Which placements are asked for; None: all."""

    state: PlacementState | None = None
    provider_id: UUID | None = None
    form: CareForm | None = None
    registration_id: UUID | None = None
    attention: bool | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a placement in other tables."""

    registration: Registration
    first_name: str
    provider: str
    family: str
    place_name: str
    ending: PlacementEnding | None
    next_review: date | None
    has_record: bool
    lacks_yes: bool
    lacks_follow_up: bool
    is_secret: bool


def today() -> ColumnElement[date]:
    """Return today by the clock in Amsterdam."""
    return func.date(func.timezone("Europe/Amsterdam", func.now()))


def _open_review(placement: type[Placement]) -> ColumnElement[bool]:
    return and_(PlacementReview.placement_id == placement.id, PlacementReview.held_on.is_(None))


_OVERDUE = and_(
    Placement.until.is_(None),
    exists().where(_open_review(Placement), PlacementReview.due < today()),
)
_TO_JUDGE = exists().where(
    PlacementEnding.placement_id == Placement.id, PlacementEnding.label == EndLabel.REVIEW
)
_HAS_ENDING = exists().where(PlacementEnding.placement_id == Placement.id)
NOT_DESCRIBED = and_(Placement.until.is_not(None), ~Placement.is_bridging, ~_HAS_ENDING)
_HAS_RECORD = exists().where(
    BreakdownRecord.placement_id == Placement.id, BreakdownRecord.kind == BreakdownKind.BROKE
)
_NO_RECORD = and_(
    exists().where(
        PlacementEnding.placement_id == Placement.id, PlacementEnding.label == EndLabel.BROKEN
    ),
    ~_HAS_RECORD,
)
# Told of before 2026-11-29, on no ground, nobody was asked for these.
_LACKS_YES = and_(
    Placement.until.is_(None),
    Placement.outside_ground == OutsideGround.ACUTE,
    or_(Placement.provider_yes_on.is_(None), Placement.referrer_yes_on.is_(None)),
)
_ATTENTION = or_(
    _OVERDUE,
    _TO_JUDGE,
    NOT_DESCRIBED,
    _NO_RECORD,
    _LACKS_YES,
    lacks_follow_up(),
    reunion_open(today()),
)


def visible(session: Session, id_: UUID) -> Placement | None:
    """Return a placement that the asker may see, or None."""
    return session.scalar(
        select(Placement).where(Placement.id == id_).execution_options(populate_existing=True)
    )


def page_of(
    session: Session, asked: PlacementFilter, *, before: UUID | None, size: int
) -> list[Placement]:
    """Return placements that the asker may see, the newest first."""
    statement = select(Placement).where(*_wanted(asked)).order_by(Placement.id.desc()).limit(size)
    if before is not None:
        statement = statement.where(Placement.id < before)
    return list(session.scalars(statement))


def _wanted(asked: PlacementFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.state is not None:
        is_over = Placement.until.is_not(None)
        found.append(is_over if asked.state is PlacementState.ENDED else ~is_over)
    if asked.provider_id is not None:
        found.append(Placement.provider_id == asked.provider_id)
    if asked.form is not None:
        found.append(Placement.form == asked.form)
    if asked.registration_id is not None:
        found.append(Placement.registration_id == asked.registration_id)
    if asked.attention is not None:
        found.append(_ATTENTION if asked.attention else ~_ATTENTION)
    return found


def around(session: Session, ids: list[UUID]) -> dict[UUID, Around]:
    """Return what stands around placements; read as the system."""
    rows = session.execute(
        select(
            Placement.id, Registration, Child.first_name, Provider.code, Family.reference,
            Family.place_name, PlacementEnding, PlacementReview.due, _HAS_RECORD, _LACKS_YES,
            lacks_follow_up(), home_is_secret(),
        )
        .join(Registration, Registration.id == Placement.registration_id)
        .join(Child, Child.id == Registration.child_id)
        .join(Family, Family.id == Placement.family_id)
        .join(Provider, Provider.id == Placement.provider_id)
        .outerjoin(PlacementEnding, PlacementEnding.placement_id == Placement.id)
        .outerjoin(PlacementReview, _open_review(Placement))
        .where(among(Placement.id, ids))
        .execution_options(populate_existing=True)
    )  # fmt: skip
    return {row[0]: Around(*tuple(row)[1:]) for row in rows}


def basis_of(session: Session, id_: UUID) -> PlacementBasis | None:
    """Return what was known when a placement began, or None."""
    return session.get(PlacementBasis, id_)


def is_calibrated(session: Session, run_id: UUID | None) -> bool:
    """Return whether outcomes of the region bore out the chances of a run as figures."""
    asked = select(MatchRun.is_calibrated).where(MatchRun.id == run_id)
    return bool(run_id and session.scalar(asked))


def changes_of(session: Session, id_: UUID) -> list[PlacementChange]:
    """Return the acts on a placement, the oldest first."""
    which = PlacementChange.placement_id == id_
    return list(session.scalars(select(PlacementChange).where(which).order_by(PlacementChange.id)))


def judgements_of(session: Session, id_: UUID) -> list[EndingJudgement]:
    """Return the judgements of an end, the newest first."""
    which = EndingJudgement.placement_id == id_
    return list(
        session.scalars(select(EndingJudgement).where(which).order_by(EndingJudgement.id.desc()))
    )


def ending_of(session: Session, id_: UUID) -> PlacementEnding | None:
    """Return how a placement ended, or None."""
    return session.get(PlacementEnding, id_, populate_existing=True)


def chain_of(session: Session, id_: UUID) -> list[UUID]:
    """Return the row of moves that a placement stands in, from the first to the last."""
    back = select(Placement.id, Placement.follows_id).where(Placement.id == id_).cte(recursive=True)
    back = back.union(
        select(Placement.id, Placement.follows_id).join(back, back.c.follows_id == Placement.id)
    )
    on = select(Placement.id, Placement.follows_id).where(Placement.id == id_).cte(recursive=True)
    on = on.union(
        select(Placement.id, Placement.follows_id).join(on, Placement.follows_id == on.c.id)
    )
    found = select(back.c.id).union(select(on.c.id)).subquery()
    rows = select(Placement.id).where(Placement.id.in_(select(found.c.id)))
    return list(session.scalars(rows.order_by(Placement.since, Placement.id)))


def seen_of(session: Session, ids: list[UUID]) -> list[Placement]:
    """Return those of placements that the asker may see, in the order of their start."""
    which = among(Placement.id, ids)
    return list(
        session.scalars(select(Placement).where(which).order_by(Placement.since, Placement.id))
    )


def has_bed(session: Session, placement: Placement) -> bool:
    """Return whether a placement has a place of its family in use."""
    found = (
        select(Occupation.id)
        .join(Place, Place.id == Occupation.place_id)
        .where(
            Occupation.registration_id == placement.registration_id,
            Occupation.released_at.is_(None),
            Place.family_id == placement.family_id,
        )
    )
    return bool(session.scalar(select(found.exists())))


def to_judge(session: Session, *, after: UUID | None, size: int) -> list[Placement]:
    """Return placements whose end waits for a judgement, the oldest first."""
    statement = select(Placement).where(_TO_JUDGE).order_by(Placement.id).limit(size)
    if after is not None:
        statement = statement.where(Placement.id > after)
    return list(session.scalars(statement))


def breakdowns_of(session: Session, ids: list[UUID]) -> dict[UUID, list[BreakdownRecord]]:
    """Return the breakdown records of placements, the newest first."""
    rows = session.scalars(
        select(BreakdownRecord)
        .where(among(BreakdownRecord.placement_id, ids))
        .order_by(BreakdownRecord.id.desc())
    )
    found: dict[UUID, list[BreakdownRecord]] = {id_: [] for id_ in ids}
    for row in rows:
        found[row.placement_id].append(row)
    return found


def next_of(session: Session, ids: list[UUID]) -> dict[UUID, Placement]:
    """Return the placement that follows each, where there is one."""
    rows = session.scalars(select(Placement).where(Placement.follows_id.in_(ids)))
    return {row.follows_id: row for row in rows if row.follows_id is not None}
