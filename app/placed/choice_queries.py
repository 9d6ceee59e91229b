"""The SELECTs on what the last run proposed for a child."""

from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.models import MatchRun, Proposal, ProposalRole, RunState, Unplaced
from app.models.match_run import REGION


def newest_run_with(session: Session, registration_id: UUID) -> UUID | None:
    """Return the newest finished run in which a child took part, or None."""
    took_part = or_(
        exists().where(Proposal.run_id == MatchRun.id, Proposal.registration_id == registration_id),
        exists().where(Unplaced.run_id == MatchRun.id, Unplaced.registration_id == registration_id),
    )
    done = (MatchRun.region == REGION, MatchRun.state == RunState.DONE)
    return session.scalar(
        select(MatchRun.id).where(*done, took_part).order_by(MatchRun.id.desc()).limit(1)
    )


def first_choice(session: Session, run_id: UUID, registration_id: UUID) -> UUID | None:
    """Return the family that a run proposes for a child, or None."""
    return session.scalar(
        select(Proposal.family_id).where(
            Proposal.run_id == run_id,
            Proposal.registration_id == registration_id,
            Proposal.role == ProposalRole.PROPOSED,
        )
    )


def choice_of(session: Session, registration_id: UUID, family_id: UUID) -> tuple[UUID | None, bool]:
    """Return the child's last finished run, and whether this family is its first choice there."""
    run_id = newest_run_with(session, registration_id)
    if run_id is None:
        return None, False
    return run_id, first_choice(session, run_id, registration_id) == family_id
