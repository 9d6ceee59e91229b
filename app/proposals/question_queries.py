"""What a question to a finished run reads of it."""

from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.db.keyring import current_ring
from app.db.sealing import is_sealed, open_bytes
from app.kernel.errors import NotFound
from app.models import (
    MatchRun,
    Proposal,
    ProposalRole,
    Registration,
    RunState,
    Unplaced,
)


def chances_of_run(session: Session, run_id: UUID) -> list[tuple[str, UUID, float]]:
    """Return number, family's id and stored chance of each child that a run proposes for.

    The id: what a family is called changes when it goes to another provider.
    """
    rows = session.execute(
        select(Registration.number, Proposal.family_id, Proposal.chance)
        .join(Proposal, Proposal.registration_id == Registration.id)
        .where(Proposal.run_id == run_id, Proposal.role == ProposalRole.PROPOSED)
    )
    return [(number, family_id, chance) for number, family_id, chance in rows]


def problem_of_run(session: Session, run_id: UUID) -> bytes | None:
    """Return the frozen input that a run stored, None where there is none."""
    stored = session.scalar(select(MatchRun.problem).where(MatchRun.id == run_id))
    if stored is None or not is_sealed(stored):  # of before these were sealed
        return stored
    return open_bytes(current_ring(), stored, use="matchrun", owner=str(run_id))


def newest_done_run(session: Session, region: str) -> MatchRun | None:
    """Return the newest run of a region that succeeded, or None."""
    return session.scalar(
        select(MatchRun)
        .where(MatchRun.region == region, MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
    )


def number_of(session: Session, registration_id: UUID) -> str:
    """Return the number of a registration; raises NotFound."""
    number = session.scalar(select(Registration.number).where(Registration.id == registration_id))
    if number is None:
        raise NotFound("Dit kind is hier niet aangemeld: controleer het id.")
    return number


def run_before(session: Session, run: MatchRun) -> MatchRun:
    """Return the last run of the same region that was done before this one; raises NotFound."""
    found = session.scalar(
        select(MatchRun)
        .where(MatchRun.region == run.region, MatchRun.state == RunState.DONE, MatchRun.id < run.id)
        .order_by(MatchRun.id.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound(
            "Voor deze matchrun is er geen andere die klaar is: er valt niets te vergelijken."
        )
    return found


def child_of_run(session: Session, run_id: UUID, number: str) -> UUID:
    """Return the registration with a number that a run was about; raises NotFound."""
    found = session.scalar(
        select(Registration.id).where(
            Registration.number == number,
            or_(
                exists().where(
                    Proposal.run_id == run_id, Proposal.registration_id == Registration.id
                ),
                exists().where(
                    Unplaced.run_id == run_id, Unplaced.registration_id == Registration.id
                ),
            ),
        )
    )
    if found is None:
        raise NotFound("Dit kind deed niet mee in deze matchrun: controleer het aanmeldnummer.")
    return found
