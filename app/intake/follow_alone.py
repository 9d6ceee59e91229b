"""The follow-up that begins with a crisis placement, in the same transaction.

The family where the child is, is asked first where it offers what is searched for next; else the
search starts at once.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.follow_queries import is_number_taken, offers_next
from app.intake.follow_up import follow_up
from app.intake.queries import lock_imports
from app.intake.schemas_follow import FollowUpIn
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.going_on import IN_CRISIS_BED, GoOn, next_numbers
from app.models import Registration
from app.settings import Settings

NOT_OFFERED = "Dit gezin biedt de vorm van het vervolg niet aan."


class CrisisFollowUps:
    """Registers a child anew on the day on which it comes into a crisis family."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def prepare(self, session: Session) -> None:
        """Wait for uploads of registrations, which lock children after this."""
        lock_imports(session)

    def begin(self, session: Session, actor: Actor, registration: Registration, on: GoOn) -> UUID:
        """Begin the search; return the new registration. Raises as `follow_up`."""
        is_asked = offers_next(session, registration.id, on.form)
        wish = FollowUpIn.model_validate(
            {
                "aanmeldnummer": _next_number(session, registration.number),
                "vorm": on.form,
                "ritme": on.rhythm,
                "urgentie": on.urgency,
                "verblijftNu": IN_CRISIS_BED,
                "moetWegOp": on.leave_by.isoformat(),
                "nodigVanaf": today_in_amsterdam().isoformat(),
                "verwachteDuurMaanden": on.expected_months,
                "huidigGezinEerst": is_asked,
                "redenNietEerst": None if is_asked else NOT_OFFERED,
            }
        )
        return follow_up(
            session,
            actor=actor,
            registration_id=registration.id,
            wish=wish,
            settings=self._settings,
        )


def _next_number(session: Session, number: str) -> str:
    """Return the first number after it that is free."""
    return next(told for told in next_numbers(number) if not is_number_taken(session, told))
