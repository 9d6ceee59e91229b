"""The report of a run: the JSON that `pleegzorg match` writes and the API gives."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.models import FindingKind, ImportFinding, MatchRun, ProposalRole, Registration
from app.proposals.queries import (
    ShownProposal,
    latest_findings,
    proposals_of,
    registrations_in_run,
    why_not_of,
)


def build_report(session: Session, run: MatchRun) -> dict[str, Any]:
    """Return `run`, `voorstellen` (one a waiting child, by number) and `geweigerd`.

    No made-up id or time stands in `voorstellen`: the same input gives the same bytes.
    """
    registrations = registrations_in_run(session, run.id, after=None, limit=None)
    return {
        "run": _run(run, latest_findings(session, FindingKind.WARNING)),
        "voorstellen": describe_children(session, run.id, registrations),
        "geweigerd": [_finding(f) for f in latest_findings(session, FindingKind.REFUSED)],
    }


def describe_children(
    session: Session, run_id: UUID, registrations: list[Registration]
) -> list[dict[str, Any]]:
    """Return what a run says of each registration: its proposals, or why it has none."""
    ids = [registration.id for registration in registrations]
    proposals, why_not = proposals_of(session, run_id, ids), why_not_of(session, run_id, ids)
    return [
        describe_child(
            registration, proposals.get(registration.id, []), why_not.get(registration.id)
        )
        for registration in registrations
    ]


def describe_child(
    registration: Registration, proposals: list[ShownProposal], why_not: dict[str, Any] | None
) -> dict[str, Any]:
    """Return what a run says of one registration, given what it stored."""
    chosen = next(iter(_with_role(proposals, ProposalRole.PROPOSED)), None)
    return {
        "aanmeldnummer": registration.number,
        "urgentie": registration.urgency.value,
        "vorm": registration.care_form.value,
        **(_family(chosen) if chosen else _NOBODY),
        "alternatieven": [_family(p) for p in _with_role(proposals, ProposalRole.ALTERNATIVE)],
        "teBespreken": [_family(p) for p in _with_role(proposals, ProposalRole.TO_DISCUSS)],
        "waaromNiet": why_not,
    }


def _run(run: MatchRun, warnings: Iterable[ImportFinding]) -> dict[str, Any]:
    return {
        "id": str(run.id),
        "stand": run.state.value,
        "reden": run.failure,
        "peildatum": run.snapshot_day.isoformat(),
        "beleid": {"naam": run.policy_name, "versie": run.policy_version},
        "gewichten": run.weights_version,
        "codeversie": run.code_version,
        "seed": run.seed,
        "aantallen": run.counts,
        "doelen": run.goals,
        "oplosser": {"naam": run.solver, "bewijs": run.proof},
        "tijden": run.seconds,
        "waarschuwingen": [*(_finding(w) for w in warnings), *run.notices],
    }


_NOBODY: dict[str, Any] = {
    "gezin": None,
    "aanbieder": None,
    "breakdownKans": None,
    "interval": None,
    "redenen": [],
}


def _with_role(proposals: Iterable[ShownProposal], role: ProposalRole) -> list[ShownProposal]:
    return [shown for shown in proposals if shown.proposal.role is role]


def _family(shown: ShownProposal) -> dict[str, Any]:
    proposal = shown.proposal
    return {
        "gezin": shown.reference,
        "aanbieder": shown.provider,
        "breakdownKans": proposal.chance,
        "interval": [proposal.chance_low, proposal.chance_high],
        "redenen": proposal.reasons,
    }


def _finding(finding: ImportFinding) -> dict[str, Any]:
    return {
        "bestand": finding.file,
        "rij": finding.row,
        "veld": finding.field,
        "melding": finding.message,
    }
