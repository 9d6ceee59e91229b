"""How a registration or a draft came to where it stands."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.file_queries import changes_of, last_hold
from app.intake.schemas_file import HistoryOut, StageChangeOut
from app.kernel.actor import SYSTEM
from app.kernel.clock import AMSTERDAM
from app.kernel.stages import NEXT, Stage
from app.models import BegunPair, StageChange

RUN_OUT = "De termijn van de stap is verstreken."


def tell_history(session: Session, id_: UUID, stage: Stage) -> HistoryOut:
    """Return the steps of a registration that stands at a stage today.

    A hold that ran out ends by its day, without anybody doing anything: that step is told too.
    """
    changes = changes_of(session, id_)
    told = [_shown(change) for change in changes]
    if _ran_out(changes, stage):
        hold = last_hold(session, id_)
        if hold is not None:
            told.append(_end_of(hold))
    return HistoryOut(stage=stage, open_steps=list(NEXT[stage]), changes=told)


def _ran_out(changes: Sequence[StageChange], stage: Stage) -> bool:
    is_last_proposed = bool(changes) and changes[-1].to_stage is Stage.PROPOSED
    return is_last_proposed and stage is Stage.SEARCHING


def _shown(change: StageChange) -> StageChangeOut:
    names = ("from_stage", "to_stage", "at", "actor", "role", "reason")
    return StageChangeOut(**{name: getattr(change, name) for name in names})


def _end_of(hold: BegunPair) -> StageChangeOut:
    ended = datetime.combine(hold.held_until + timedelta(days=1), time(), AMSTERDAM)
    return StageChangeOut(
        from_stage=Stage.PROPOSED,
        to_stage=Stage.SEARCHING,
        at=ended.astimezone(UTC),
        actor=SYSTEM.name,
        role=SYSTEM.role.value,
        reason=RUN_OUT,
    )
