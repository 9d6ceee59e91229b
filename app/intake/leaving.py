"""What waits for a child that nobody searches for any more: its group, a family, its provider."""

from sqlalchemy.orm import Session

from app.intake.beyond import past_own
from app.intake.file_queries import sleeps_in_crisis_bed
from app.intake.holds import lift_taken
from app.intake.queries import group_code
from app.intake.wishes import settle_wishes
from app.kernel.errors import Conflict
from app.models import Registration
from app.placed.going_on import is_searched_for
from app.placed.steps import end_running

_IN_BED = (
    "Dit kind slaapt in een crisisbed, en daar zou niemand meer voor zoeken. Leg eerst vast waar "
    "het heen gaat: plaats het met een stap in een ander gezin, of laat de crisisdienst het bed "
    "vrijgeven (/v1/crisismeldingen/{id}/_vrijgeven) als het naar huis of elders gaat. Trek de "
    "aanmelding daarna in."
)


def refuse_in_crisis_bed(session: Session, stored: Registration) -> None:
    """Raise Conflict where nobody would search any more for who sleeps in a bed of the night."""
    with past_own(session):  # a referrer sees no placement by the registration of another
        is_left = sleeps_in_crisis_bed(session, stored.child_id) and not is_searched_for(
            session, stored.child_id, besides=stored.id
        )
    if is_left:
        raise Conflict(_IN_BED)


def let_go(session: Session, stored: Registration, *, reason: str) -> None:
    """Let the group of a child that left the search go on without it, and end what runs for it.

    The family hears that the child is not coming, and its place is free at once.
    """
    left = group_code(session, stored.sibling_group_id)
    settled = lift_taken(session, [stored.number])
    settle_wishes(session, {*settled, *([left] if left else [])})
    end_running(session, stored.id, became=stored.state.value, reason=reason)
