"""What comes after a no: the next family of the newest run, and whose first choice that is too."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.rhythms import slots_of
from app.steps.queries import (
    Candidate,
    candidates,
    first_choice_of,
    free_slots,
    newest_run,
)
from app.steps.schemas import NextFamily
from app.weights_in_force import hides_chances_of, without_chances

NO_RUN = "Er is nog geen matchrun geweest: vraag er een aan."
NOTHING_LEFT = (
    "De laatste matchrun heeft voor dit kind geen ander gezin met een vrije plaats: vraag een "
    "nieuwe aan, of zoek buiten de lijst."
)


def find_following(session: Session, registration_id: UUID) -> tuple[NextFamily | None, str | None]:
    """Return the next alternative of a child, or why there is none."""
    run_id = newest_run(session)
    if run_id is None:
        return None, NO_RUN
    for candidate in candidates(session, run_id, registration_id):
        if _is_open(session, candidate):
            return _shown(session, candidate), None
    return None, NOTHING_LEFT


def _is_open(session: Session, candidate: Candidate) -> bool:
    proposal = candidate.proposal
    free = free_slots(session, proposal.family_id, child=proposal.registration_id).values()
    return proposal.is_request or any(slots_of(proposal.rhythm) <= slots for slots in free)


def _shown(session: Session, candidate: Candidate) -> NextFamily:
    proposal = candidate.proposal
    others = first_choice_of(
        session, proposal.run_id, proposal.family_id, besides=proposal.registration_id
    )
    told = NextFamily(
        run_id=proposal.run_id,
        provider=candidate.provider,
        family=candidate.reference,
        chance=proposal.chance,
        interval=[proposal.chance_low, proposal.chance_high],
        reasons=proposal.reasons,
        warning=_warning(others),
    )
    if not hides_chances_of(session, proposal.run_id):
        return told
    return NextFamily.model_validate(without_chances(told.model_dump(mode="json", by_alias=True)))


def _warning(others: list[str]) -> str | None:
    if not others:
        return None
    return (
        f"Dit gezin is ook de eerste keus voor {', '.join(others)}: overleg voor wie het wordt "
        "gevraagd."
    )
