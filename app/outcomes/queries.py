"""Every SELECT on outcomes and on what was learnt from them. The routes have judged who may ask."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from app.kernel.endings import EndLabel
from app.models import (
    Family,
    MatchRun,
    PastPlacementRow,
    Placement,
    PlacementBasis,
    PlacementEnding,
    Provider,
    ScoreAlarm,
    WeightsDecision,
    WeightsVersion,
)
from app.placed.forms import form_at_start
from app.placed.taken_over import stated_at_start, was_taken_over

_SHOWN_ALARMS = 20
_BEFORE = "onbekend"  # a history without an identity names no provider


class OutcomeRow(NamedTuple):
    """A placement with what was known and stated when it began, and how it ended.

    label: None while it runs, or where nobody told how it ended. form: in which it began. facts:
    None where nothing was kept. chance: over `horizon` months, None where no run had weighed the
    pair by the first day. is_taken_over: it ran before the service was told of it.
    """

    number: str
    began_on: date
    ended_on: date | None
    label: EndLabel | None
    form: str
    kind: str
    provider: str
    facts: dict[str, Any] | None
    chance: float | None
    horizon: int | None
    weights_version: str | None
    is_taken_over: bool = False


def alarms_of(session: Session) -> Sequence[ScoreAlarm]:
    """Return the last alarms of the board, the newest first; who asks is the system."""
    newest = select(ScoreAlarm).order_by(ScoreAlarm.since.desc(), ScoreAlarm.id.desc())
    return session.scalars(newest.limit(_SHOWN_ALARMS)).all()


def outcome_rows(session: Session) -> list[OutcomeRow]:
    """Return all that placements say, by number: those of the service and those of before."""
    return sorted([*_own_rows(session), *past_rows(session)], key=lambda row: row.number)


def past_rows(session: Session) -> list[OutcomeRow]:
    """Return imported placements of before the service, without an identity or a stated chance.

    One that ran when its file was made was followed until the last day that the file tells of:
    from then on nobody knows, so that it counts as ended there, as neither.
    """
    row = PastPlacementRow
    told_on = func.greatest(row.began_on, row.ended_on)
    last_day = func.max(told_on).over(partition_by=func.date(row.created_at))
    return [
        OutcomeRow(
            number=number, began_on=began_on, ended_on=ended_on or last,
            label=EndLabel(ending) if ended_on else EndLabel.NEITHER,
            form=form, kind=kind, provider=_BEFORE, facts=facts,
            chance=None, horizon=None, weights_version=None,
        )
        for number, began_on, ended_on, ending, form, kind, facts, last in session.execute(
            select(
                row.number, row.began_on, row.ended_on, row.ending, row.form, row.kind, row.facts,
                last_day,
            )
        )
    ]  # fmt: skip


def _own_rows(session: Session) -> list[OutcomeRow]:
    rows = session.execute(
        select(
            Placement.id,
            Placement.since,
            Placement.until,
            PlacementEnding.label,
            form_at_start(),
            Family.kind,
            Provider.name,
            PlacementBasis.facts,
            stated_at_start(PlacementBasis.chance),
            PlacementBasis.horizon_months,
            PlacementBasis.weights_version,
            func.coalesce(was_taken_over(Placement), false()),
        )
        .join(Family, Family.id == Placement.family_id)
        .join(Provider, Provider.id == Placement.provider_id)
        .outerjoin(PlacementBasis, PlacementBasis.placement_id == Placement.id)
        .outerjoin(MatchRun, MatchRun.id == PlacementBasis.run_id)
        .outerjoin(PlacementEnding, PlacementEnding.placement_id == Placement.id)
    )
    return [OutcomeRow(str(row[0]), *row[1:]) for row in rows]


def versions_before(
    session: Session, *, before: str | None, limit: int
) -> Sequence[WeightsVersion]:
    """Return learnt versions, the newest first; before: the version after which to go on."""
    statement = select(WeightsVersion).order_by(WeightsVersion.id.desc()).limit(limit)
    if before is not None:
        last = select(WeightsVersion.id).where(WeightsVersion.version == before)
        statement = statement.where(WeightsVersion.id < last.scalar_subquery())
    return session.scalars(statement).all()


def find_version(session: Session, version: str) -> WeightsVersion | None:
    """Return one learnt version."""
    return session.scalars(
        select(WeightsVersion).where(WeightsVersion.version == version)
    ).one_or_none()


def texts_of(session: Session, versions: Iterable[str]) -> dict[str, str]:
    """Return the weights file of each version that was learnt here."""
    rows = session.execute(
        select(WeightsVersion.version, WeightsVersion.text).where(
            WeightsVersion.version.in_(list(versions))
        )
    )
    return dict(rows.all())


def newest_version(session: Session) -> WeightsVersion | None:
    """Return the version that was learnt last."""
    return session.scalars(
        select(WeightsVersion).order_by(WeightsVersion.id.desc()).limit(1)
    ).one_or_none()


def decisions(session: Session, *, limit: int) -> Sequence[WeightsDecision]:
    """Return what people decided, the newest first."""
    return session.scalars(
        select(WeightsDecision).order_by(WeightsDecision.id.desc()).limit(limit)
    ).all()


def last_decision_on(session: Session, version: str) -> WeightsDecision | None:
    """Return the newest decision about a version."""
    return session.scalars(
        select(WeightsDecision)
        .where(WeightsDecision.version == version)
        .order_by(WeightsDecision.id.desc())
        .limit(1)
    ).one_or_none()


def take_turn(session: Session) -> None:
    """Wait until no other transaction decides about weights."""
    session.execute(select(func.pg_advisory_xact_lock(_TURN)))


_TURN = 20261128_43
