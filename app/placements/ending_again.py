"""A wrong end put right: a person says why, what was said before stays, and figures follow."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.endings import WentTo, label_of
from app.kernel.errors import Conflict, InputRefused
from app.kernel.holding import PlacementAct
from app.models import Placement, PlacementEnding
from app.placed.queries import has_breakdown_record
from app.placements.acting import locked, note_act, tell_placement
from app.placements.ending import follow, refuse_odd
from app.placements.queries import ending_of, next_of
from app.placements.schemas import EndingAgainIn
from app.placements.schemas_out import NextStep


def correct_ending(
    session: Session, *, actor: Actor, placement_id: UUID, told: EndingAgainIn
) -> NextStep:
    """Give an end another code or next place; return what becomes of the registration.

    The label follows the rule again: a judgement was about the end as it was told before, and
    stays readable. Raises NotFound; Conflict while there is no end; InputRefused where nothing
    changes, or where it cannot be so.
    """
    placement, registration = locked(session, placement_id)
    ending = ending_of(session, placement.id)
    if ending is None:
        raise Conflict("Van deze plaatsing is geen einde vastgelegd: er is niets te verbeteren.")
    refuse_odd(told)
    _refuse_same(ending, told)
    _refuse_beside_move(session, placement, told)
    was = (ending.code, ending.went_to, ending.label)
    _store(ending, told, has_record=has_breakdown_record(session, placement.id))
    names = ("code", "vervolgplek", "uitkomst")
    pairs = zip(was, (ending.code, ending.went_to, ending.label), strict=True)
    note_act(
        session, placement, PlacementAct.ENDING_CORRECTED, actor=actor, day=today_in_amsterdam(),
        reason=told.reason,
        told={name: pair for name, pair in zip(names, pairs, strict=True) if pair[0] != pair[1]},
    )  # fmt: skip
    session.flush()
    tell_placement(session, Occurrence.PLACEMENT_CHANGED, placement)
    return follow(session, registration, told)


def _store(ending: PlacementEnding, told: EndingAgainIn, *, has_record: bool) -> None:
    ending.code, ending.went_to = told.code, told.went_to
    ending.label = label_of(told.code, told.went_to, has_record=has_record)
    ending.judged_by = ending.judged_at = ending.judged_reason = None


def _refuse_same(ending: PlacementEnding, told: EndingAgainIn) -> None:
    if (ending.code, ending.went_to) == (told.code, told.went_to):
        raise InputRefused("code: zo staat het er al; noem de code of de vervolgplek die klopt.")


def _refuse_beside_move(session: Session, placement: Placement, told: EndingAgainIn) -> None:
    if told.went_to is not WentTo.FAMILY and next_of(session, [placement.id]):
        raise InputRefused(
            "vervolgplek: het kind verhuisde naar een ander gezin, zo staat het in de keten; "
            f"kies '{WentTo.FAMILY.value}'."
        )
