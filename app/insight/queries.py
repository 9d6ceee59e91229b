"""Every row that a figure is made of. The caller has judged that the asker may see figures."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Date, and_, case, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.db.bulk import among
from app.insight.periods import Period
from app.insight.plain import WORD_TOO_MANY
from app.kernel.stages import DRAFTS
from app.kernel.words import FamilyKind
from app.models import (
    BegunPair,
    Child,
    Draft,
    Family,
    MatchRun,
    Placement,
    PostcodeArea,
    Registration,
    RegistrationState,
    RunState,
    Unplaced,
)

_SINCE = func.least(Registration.registered_on, Registration.clock_from, type_=Date)
_HOME, _THERE = aliased(PostcodeArea), aliased(PostcodeArea)
_SISTER, _OTHER = aliased(Registration), aliased(Placement)


def waiting_children(session: Session) -> Sequence[Any]:
    """Return since, born, form, urgency and municipality of each child that is searched for."""
    return session.execute(
        select(
            _SINCE.label("since"),
            Child.born_on,
            Registration.care_form,
            Registration.urgency,
            PostcodeArea.municipality,
        )
        .join(Child, Child.id == Registration.child_id)
        .outerjoin(PostcodeArea, PostcodeArea.pc4 == func.left(Registration.postcode, 4))
        .where(Registration.state == RegistrationState.SEARCHING)
    ).all()


def count_drafts(session: Session) -> int:
    """Return how many drafts wait to be handed in."""
    return session.scalar(select(func.count()).where(Draft.state.in_(DRAFTS))) or 0


def placements_in(session: Session, period: Period) -> Sequence[Any]:
    """Return what is known of each placement that began in a period; no bed until there is one.

    own_municipality: both addresses lie in one; None where an area is unknown. group: of brothers
    and sisters, with whether another of it lived in that family meanwhile (together).
    """
    together = (
        select(_OTHER.id)
        .join(_SISTER, _SISTER.id == _OTHER.registration_id)
        .where(
            _SISTER.sibling_group_id == Registration.sibling_group_id,
            _SISTER.id != Registration.id,
            _OTHER.family_id == Placement.family_id,
            # Whoever left before, or came after, did not live there together.
            or_(Placement.until.is_(None), _OTHER.since < Placement.until),
            or_(_OTHER.until.is_(None), _OTHER.until > Placement.since),
        )
        .exists()
    )
    return session.execute(
        select(
            Placement.since,
            Placement.until,
            _SINCE.label("waited_from"),
            Registration.care_form,
            (Family.kind == FamilyKind.NETWORK).label("in_network"),
            (_HOME.municipality_code == _THERE.municipality_code).label("own_municipality"),
            Registration.sibling_group_id.label("group"),
            case((Registration.sibling_group_id.is_(None), None), else_=together).label("together"),
        )
        .join(Registration, Registration.id == Placement.registration_id)
        .join(Family, Family.id == Placement.family_id)
        .outerjoin(_HOME, _HOME.pc4 == func.left(Registration.postcode, 4))
        .outerjoin(_THERE, _THERE.pc4 == func.left(Family.postcode, 4))
        .where(Placement.since.between(period.first, period.last), ~Placement.is_bridging)
    ).all()


def ended_in(session: Session, period: Period) -> Sequence[Any]:
    """Return since and until of each placement that ended in a period."""
    return session.execute(
        select(Placement.since, Placement.until).where(
            Placement.until.between(period.first, period.last), ~Placement.is_bridging
        )
    ).all()


def begun_in(session: Session, period: Period) -> Sequence[Any]:
    """Return state, by whom and why of each step that began in a period."""
    return session.execute(
        select(
            BegunPair.state,
            BegunPair.is_first_choice,
            BegunPair.no_by,
            BegunPair.decline_reason,
        ).where(BegunPair.begun_on.between(period.first, period.last))
    ).all()


def last_run(session: Session) -> Any:
    """Return id, day and policy of the newest finished run."""
    return session.execute(
        select(MatchRun.id, MatchRun.snapshot_day, MatchRun.policy_name)
        .where(MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
    ).first()


def last_run_in(session: Session, period: Period) -> Any:
    """Return id, day and policy of the finished run of the last day within a period."""
    return session.execute(
        select(MatchRun.id, MatchRun.snapshot_day, MatchRun.policy_name)
        .where(
            MatchRun.state == RunState.DONE,
            MatchRun.snapshot_day.between(period.first, period.last),
        )
        .order_by(MatchRun.snapshot_day.desc(), MatchRun.id.desc())
        .limit(1)
    ).first()


def without_proposal(
    session: Session, run_id: object, *, still_waiting: bool = True
) -> Sequence[Any]:
    """Return form, born, since and municipality of children that a run had nobody for.

    still_waiting: only those who are searched for to this day.
    """
    waits = Registration.state == RegistrationState.SEARCHING
    return session.execute(
        select(
            Registration.care_form, Child.born_on, _SINCE.label("since"), PostcodeArea.municipality
        )
        .join(
            Unplaced, and_(Unplaced.registration_id == Registration.id, Unplaced.run_id == run_id)
        )
        .join(Child, Child.id == Registration.child_id)
        .outerjoin(PostcodeArea, PostcodeArea.pc4 == func.left(Registration.postcode, 4))
        .where(waits if still_waiting else true())
    ).all()


def centres_of(session: Session, names: Collection[str]) -> dict[str, tuple[float, float]]:
    """Return the middle of municipalities as latitude and longitude, degrees."""
    asked = {form: name for name in names for form in (name, name + WORD_TOO_MANY)}
    rows = session.execute(
        select(
            PostcodeArea.municipality,
            func.sum(PostcodeArea.lat),
            func.sum(PostcodeArea.lon),
            func.count(),
        )
        .where(among(PostcodeArea.municipality, asked))
        .group_by(PostcodeArea.municipality)
    )
    sums: dict[str, tuple[float, float, int]] = {}
    for form, lat, lon, count in rows:
        had = sums.get(asked[form], (0.0, 0.0, 0))
        sums[asked[form]] = (had[0] + lat, had[1] + lon, had[2] + count)
    return {name: (lat / count, lon / count) for name, (lat, lon, count) in sums.items()}
