"""Every SELECT on match runs, proposals and the imports behind them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, collate, func, select, union
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased, load_only

from app.db.bulk import among
from app.kernel.errors import NotFound
from app.models import (
    Family,
    FindingKind,
    ImportBatch,
    ImportFinding,
    ImportState,
    MatchRun,
    Proposal,
    ProposalRole,
    Provider,
    Registration,
    RegistrationState,
    RunState,
    Unplaced,
)
from app.models.match_run import RunProgress


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal with its family's number and its provider's code."""

    proposal: Proposal
    reference: str
    provider: str


def find_run(session: Session, run_id: UUID) -> MatchRun:
    """Return a run; raises NotFound."""
    run = session.get(MatchRun, run_id)
    if run is None:
        raise NotFound("Deze matchrun bestaat niet: controleer het id.")
    return run


def lock_run(session: Session, run_id: UUID) -> MatchRun:
    """Return a run that no other transaction can change until this one ends; raises NotFound."""
    run = session.get(MatchRun, run_id, with_for_update=True, populate_existing=True)
    if run is None:
        raise NotFound("Deze matchrun bestaat niet: controleer het id.")
    return run


def lock_waiting_run(session: Session, region: str) -> MatchRun | None:
    """Return the run that waits in a region, or None; requests in a region wait for each other."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"matchrun:{region}"))))
    waiting = (MatchRun.region == region, MatchRun.state == RunState.WAITING)
    return session.scalar(select(MatchRun).where(*waiting).with_for_update())


def run_replaced_by(session: Session, run_id: UUID) -> UUID | None:
    """Return the run whose place another one took, or None."""
    return session.scalar(select(MatchRun.id).where(MatchRun.replaced_by == run_id))


def list_runs(session: Session, *, before: UUID | None, limit: int) -> list[MatchRun]:
    """Return runs, the newest first; before: only those older than this one."""
    shown = (
        MatchRun.state,
        MatchRun.snapshot_day,
        MatchRun.policy_name,
        MatchRun.failure,
        MatchRun.created_at,
        MatchRun.finished_at,
    )
    statement = select(MatchRun).options(load_only(*shown)).order_by(MatchRun.id.desc())
    statement = statement.limit(limit)
    if before is not None:
        statement = statement.where(MatchRun.id < before)
    return list(session.scalars(statement))


def progress_of(session: Session, run_ids: Collection[UUID]) -> dict[UUID, RunProgress]:
    """Return how far runs are, by run; those that have not begun have no entry."""
    rows = session.scalars(select(RunProgress).where(among(RunProgress.run_id, run_ids)))
    return {row.run_id: row for row in rows}


def is_anyone_waiting(session: Session) -> bool:
    """Return whether any child waits for a family."""
    waiting = select(Registration.id).where(Registration.state == RegistrationState.SEARCHING)
    return bool(session.scalar(select(waiting.exists())))


def is_any_family_known(session: Session) -> bool:
    """Return whether there is any family at all."""
    return bool(session.scalar(select(select(Family.id).exists())))


_DONE = aliased(MatchRun)
# Of a region; parameter: region.
NEWEST_DONE = (
    select(_DONE.id)
    .where(_DONE.region == bindparam("region"), _DONE.state == RunState.DONE)
    .order_by(_DONE.id.desc())
    .limit(1)
    .scalar_subquery()
)


def registrations_in_run(
    session: Session,
    run_id: UUID,
    *,
    after: str | None,
    limit: int | None,
    only_unplaced: bool = False,
) -> list[Registration]:
    """Return the registrations that a run was about, sorted by number.

    after: only those with a greater number. limit: at most so many, None for all. only_unplaced:
    those without a proposal.
    """
    unplaced = select(Unplaced.registration_id).where(Unplaced.run_id == run_id)
    proposed = select(Proposal.registration_id).where(Proposal.run_id == run_id)
    about = unplaced if only_unplaced else union(proposed, unplaced)
    number = collate(Registration.number, "C")
    statement = select(Registration).where(Registration.id.in_(about)).order_by(number).limit(limit)
    return list(session.scalars(statement if after is None else statement.where(number > after)))


def proposed_in_run(session: Session, run_id: UUID) -> dict[str, tuple[str, str] | None]:
    """Return provider and number of the family that a run has for each child, by number.

    None for a child of the run without a proposal.
    """
    rows = session.execute(
        select(Registration.number, Provider.code, Family.reference)
        .join(Proposal, Proposal.registration_id == Registration.id)
        .join(Family, Family.id == Proposal.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(
            Proposal.run_id == run_id,
            Proposal.role.in_((ProposalRole.PROPOSED, ProposalRole.UNDERWAY)),
        )
    )
    unplaced = session.scalars(
        select(Registration.number)
        .join(Unplaced, Unplaced.registration_id == Registration.id)
        .where(Unplaced.run_id == run_id)
    )
    return {**dict.fromkeys(unplaced), **{number: (code, ref) for number, code, ref in rows}}


def published_in_region(session: Session, region: str) -> dict[str, tuple[str, str]]:
    """Return provider and number of the family that a region's newest run that succeeded proposes.

    By the child's number; nothing when no run has succeeded.
    """
    rows = session.execute(
        select(Registration.number, Provider.code, Family.reference)
        .join(Proposal, Proposal.registration_id == Registration.id)
        .join(Family, Family.id == Proposal.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Proposal.run_id == NEWEST_DONE, Proposal.role == ProposalRole.PROPOSED),
        {"region": region},
    )
    return {number: (code, reference) for number, code, reference in rows}


# A run's proposals for some registrations; parameters: run, wanted.
PROPOSALS = (
    select(Proposal, Family.reference, Provider.code)
    .join(Family, Family.id == Proposal.family_id)
    .join(Provider, Provider.id == Family.provider_id)
    .where(
        Proposal.run_id == bindparam("run"),
        Proposal.registration_id == any_(bindparam("wanted", type_=ARRAY(Uuid))),
    )
    .order_by(Proposal.rank)
)


def proposals_of(
    session: Session, run_id: UUID, registration_ids: Collection[UUID]
) -> dict[UUID, list[ShownProposal]]:
    """Return a run's proposals for some registrations, by registration, ranked in their role."""
    rows = session.execute(PROPOSALS, {"run": run_id, "wanted": list(registration_ids)})
    found: dict[UUID, list[ShownProposal]] = defaultdict(list)
    for proposal, reference, provider in rows:
        found[proposal.registration_id].append(ShownProposal(proposal, reference, provider))
    return found


def why_not_of(
    session: Session, run_id: UUID, registration_ids: Collection[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Return why some registrations have no proposal in a run, by registration."""
    rows = session.execute(
        select(Unplaced.registration_id, Unplaced.why_not).where(
            Unplaced.run_id == run_id, among(Unplaced.registration_id, registration_ids)
        )
    )
    return dict(rows.all())


# An upload that still waits, or was refused whole, says nothing of what is stored.
_TAKEN = (ImportState.APPLIED, ImportState.UNCHANGED)


def latest_snapshot_day(session: Session) -> date | None:
    """Return the day that the newest export with a day speaks of, or None."""
    return session.scalar(
        select(ImportBatch.snapshot_day)
        .where(ImportBatch.snapshot_day.is_not(None), ImportBatch.state.in_(_TAKEN))
        .order_by(ImportBatch.created_at.desc(), ImportBatch.id.desc())
        .limit(1)
    )


def latest_findings(session: Session, kind: FindingKind) -> list[ImportFinding]:
    """Return the refused rows, or the warnings, of the newest import of each source."""
    newest = (
        select(ImportBatch.id)
        .ext(distinct_on(ImportBatch.kind, ImportBatch.provider_id))
        .where(ImportBatch.state.in_((*_TAKEN, ImportState.HELD)))
        .order_by(
            ImportBatch.kind,
            ImportBatch.provider_id,
            ImportBatch.created_at.desc(),
            ImportBatch.id.desc(),
        )
    )
    found = session.scalars(
        select(ImportFinding).where(ImportFinding.import_id.in_(newest), ImportFinding.kind == kind)
    )
    # Here, not in the database: it cannot read a message.
    return sorted(found, key=lambda one: (one.file, one.row, one.field, one.message))
