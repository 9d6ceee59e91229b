"""What waits for a child that nobody searches for any more: its group, a family, its provider."""

from sqlalchemy.orm import Session

from app.intake.holds import lift_taken
from app.intake.queries import group_code
from app.intake.wishes import settle_wishes
from app.models import Registration
from app.placed.steps import end_running


def let_go(session: Session, stored: Registration, *, reason: str) -> None:
    """Let the group of a child that left the search go on without it, and end what runs for it.

    The family hears that the child is not coming, and its place is free at once.
    """
    left = group_code(session, stored.sibling_group_id)
    settled = lift_taken(session, [stored.number])
    settle_wishes(session, {*settled, *([left] if left else [])})
    end_running(session, stored.id, became=stored.state.value, reason=reason)
