"""What an end counts as where the code does not say: a person judges, and may judge again."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.kernel.actor import Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.endings import EndLabel, label_of
from app.kernel.errors import Conflict
from app.kernel.holding import PlacementAct
from app.models import EndingJudgement
from app.placed.queries import has_breakdown_record
from app.placements.acting import locked, note_act, tell_placement
from app.placements.queries import ending_of
from app.placements.schemas import JudgementIn


def judge_ending(session: Session, *, actor: Actor, placement_id: UUID, told: JudgementIn) -> None:
    """Record what an end counts as; what was judged before stays readable.

    Raises NotFound; Conflict while there is no end, or where its code is clear.
    """
    placement, _ = locked(session, placement_id)
    ending = ending_of(session, placement.id)
    if ending is None:
        raise Conflict("Van deze plaatsing is geen einde vastgelegd: er is niets te beoordelen.")
    has_record = has_breakdown_record(session, placement.id)
    if label_of(ending.code, ending.went_to, has_record=has_record) is not EndLabel.REVIEW:
        raise Conflict(
            f"De code {ending.code.value} zegt het al: dit einde telt als '{ending.label.value}'."
        )
    was = ending.label
    session.add(
        EndingJudgement(
            placement_id=placement.id, label=told.label, reason=told.reason, actor=actor.name,
            role=actor.role.value,
        )
    )  # fmt: skip
    ending.label, ending.judged_reason = told.label, told.reason
    ending.judged_by, ending.judged_at = actor.name, now()
    note_act(
        session, placement, PlacementAct.JUDGED, actor=actor, day=today_in_amsterdam(),
        reason=told.reason, told={"uitkomst": (was, told.label)},
    )  # fmt: skip
    session.flush()
    tell_placement(session, Occurrence.PLACEMENT_JUDGED, placement)
