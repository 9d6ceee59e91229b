"""Every SELECT on match runs, proposals and the imports behind them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import collate, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

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
    Provider,
    Registration,
    Unplaced,
)


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


def proposals_of(session: Session, run_id: UUID) -> dict[UUID, list[ShownProposal]]:
    """Return the proposals of a run by registration, ranked within their role."""
    rows = session.execute(
        select(Proposal, Family.reference, Provider.code)
        .join(Family, Family.id == Proposal.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Proposal.run_id == run_id)
        .order_by(Proposal.rank)
    )
    found: dict[UUID, list[ShownProposal]] = defaultdict(list)
    for proposal, reference, provider in rows:
        found[proposal.registration_id].append(ShownProposal(proposal, reference, provider))
    return found


def why_not_of(session: Session, run_id: UUID) -> dict[UUID, dict[str, Any]]:
    """Return why each unplaced child of a run has no proposal, by registration."""
    rows = session.execute(
        select(Unplaced.registration_id, Unplaced.why_not).where(Unplaced.run_id == run_id)
    )
    return dict(rows.all())


def registrations_by_id(session: Session, ids: list[UUID]) -> list[Registration]:
    """Return registrations, sorted by number."""
    return list(
        session.scalars(
            select(Registration)
            .where(among(Registration.id, ids))
            .order_by(collate(Registration.number, "C"))
        )
    )


def latest_snapshot_day(session: Session) -> date | None:
    """Return the day that the newest export with a day speaks of, or None."""
    return session.scalar(
        select(ImportBatch.snapshot_day)
        .where(ImportBatch.snapshot_day.is_not(None), ImportBatch.state != ImportState.HELD)
        .order_by(ImportBatch.created_at.desc(), ImportBatch.id.desc())
        .limit(1)
    )


def latest_findings(session: Session, kind: FindingKind) -> list[ImportFinding]:
    """Return the refused rows, or the warnings, of the newest import of each source."""
    newest = (
        select(ImportBatch.id)
        .ext(distinct_on(ImportBatch.kind, ImportBatch.provider_id))
        .order_by(
            ImportBatch.kind,
            ImportBatch.provider_id,
            ImportBatch.created_at.desc(),
            ImportBatch.id.desc(),
        )
    )
    return list(
        session.scalars(
            select(ImportFinding)
            .where(ImportFinding.import_id.in_(newest), ImportFinding.kind == kind)
            .order_by(
                collate(ImportFinding.file, "C"),
                ImportFinding.row,
                collate(ImportFinding.field, "C"),
                collate(ImportFinding.message, "C"),
            )
        )
    )
