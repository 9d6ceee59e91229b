"""Where a child lives is asked first on another form of care: by a follow-up, which asks it.

A plain registration of a child that lives here, in another form, would search past that family
without a word. It is refused with the follow-up to begin instead (ADR 0026). Care beside a home is
no other home: a crisis, which never waits, and part-time care.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.home_queries import present_homes
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict
from app.kernel.words import CareForm
from app.models import Registration, RegistrationState

DRAFT_STAYS = " Dit concept blijft staan zoals het is."
WITHDRAW_FIRST = " Trek daarvoor deze aanmelding in."


def refuse_past_home(
    session: Session, child_id: UUID, form: CareForm, *, is_draft: bool = False
) -> None:
    """Raise Conflict where a new registration would pass the family where a child lives over."""
    home = present_homes(session, [child_id], today_in_amsterdam()).get(child_id)
    if home is not None and home.is_asked_first(form):
        raise Conflict(f"bsn: {home.sentence()}{DRAFT_STAYS if is_draft else ''}")


def refuse_form_past_home(session: Session, stored: Registration, form: CareForm) -> None:
    """Raise Conflict where a change of form would do so, of a child that is searched for."""
    if stored.state is not RegistrationState.SEARCHING or stored.care_form is form:
        return
    home = present_homes(session, [stored.child_id], today_in_amsterdam()).get(stored.child_id)
    if home is None or home.was_asked_first(stored.care_form, stored.follows_id):
        return
    if home.is_asked_first(form):
        raise Conflict(f"vorm: {home.sentence()}{WITHDRAW_FIRST}")
