"""The report of a run: the JSON that `pleegzorg match` writes and the API gives."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.chance_band import band_of, basis_words
from app.matching.explain.reason import Kind
from app.models import FindingKind, ImportFinding, MatchRun, ProposalRole, Registration
from app.proposals.queries import (
    ShownProposal,
    latest_findings,
    proposals_of,
    registrations_in_run,
    why_not_of,
)
from app.weights_in_force import hides_chances, without_chances

MOST_MONTHS = 12  # a chance runs over a year, or over the expected stay where that is shorter
_Told = tuple[ProposalRole, dict[str, Any]]


def build_report(session: Session, run: MatchRun) -> dict[str, Any]:
    """Return `run`, `voorstellen` (one a waiting child, by number) and `geweigerd`.

    No made-up id or time stands in `voorstellen`: the same input gives the same bytes.
    """
    registrations = registrations_in_run(session, run.id, after=None, limit=None)
    return {
        "run": _run(run, latest_findings(session, FindingKind.WARNING)),
        "voorstellen": describe_children(session, run, registrations),
        "geweigerd": [_finding(f) for f in latest_findings(session, FindingKind.REFUSED)],
    }


def describe_children(
    session: Session, run: MatchRun, registrations: list[Registration]
) -> list[dict[str, Any]]:
    """Return what a run says of each registration: its proposals, or why it has none."""
    ids = [registration.id for registration in registrations]
    proposals, why_not = proposals_of(session, run.id, ids), why_not_of(session, run.id, ids)
    told = [
        describe_child(
            registration, run, proposals.get(registration.id, []), why_not.get(registration.id)
        )
        for registration in registrations
    ]
    return without_chances(told) if hides_chances(session, run.weights_version) else told


def describe_child(
    registration: Registration,
    run: MatchRun,
    proposals: list[ShownProposal],
    why_not: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return what a run says of one registration, given what it stored."""
    told = [_family(shown, registration, run) for shown in proposals]
    chosen = next(iter(_with_role(told, ProposalRole.PROPOSED)), None)
    underway = next((s for s in proposals if s.proposal.role is ProposalRole.UNDERWAY), None)
    return {
        "aanmeldnummer": registration.number,
        "urgentie": registration.urgency.value,
        "vorm": registration.care_form.value,
        **(chosen or _NOBODY),
        "alInGang": _underway(underway, registration, run) if underway else None,
        "alternatieven": _with_role(told, ProposalRole.ALTERNATIVE),
        "teBespreken": _with_role(told, ProposalRole.TO_DISCUSS),
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
        "grondslag": basis_words(is_calibrated=run.is_calibrated),
        "codeversie": run.code_version,
        "seed": run.seed,
        "aantallen": run.counts,
        "doelen": run.goals,
        "oplosser": {"naam": run.solver, "bewijs": run.proof},
        "afwegingen": run.tradeoffs,
        "tijden": run.seconds,
        "waarschuwingen": [*(_finding(w) for w in warnings), *run.notices],
    }


_NOBODY: dict[str, Any] = {
    "gezin": None,
    "aanbieder": None,
    "breakdownKans": None,
    "interval": None,
    "klasse": None,
    "grondslag": None,
    "horizonMaanden": None,
    "onbekend": [],
    "verzoek": False,
    "steunplanNodig": False,
    "redenen": [],
}


def _with_role(proposals: Iterable[_Told], role: ProposalRole) -> list[dict[str, Any]]:
    return [told for has, told in proposals if has is role]


def _family(shown: ShownProposal, registration: Registration, run: MatchRun) -> _Told:
    """Return the role of a proposal, and the proposal as JSON."""
    proposal = shown.proposal
    return proposal.role, {
        "gezin": shown.reference,
        "aanbieder": shown.provider,
        "breakdownKans": proposal.chance,
        "interval": [proposal.chance_low, proposal.chance_high],
        "klasse": band_of(proposal.chance).value,
        "grondslag": basis_words(is_calibrated=run.is_calibrated),
        "horizonMaanden": min(registration.expected_months, MOST_MONTHS),
        "onbekend": _unknowns(proposal.reasons),
        "verzoek": proposal.is_request,
        "steunplanNodig": proposal.needs_support,
        "redenen": [_without_rank(reason) for reason in proposal.reasons],
    }


def _without_rank(reason: dict[str, Any]) -> dict[str, Any]:
    # Said once, under "onbekend": so that all reasons have the same fields.
    return {name: value for name, value in reason.items() if name != "verandertRangorde"}


def _underway(shown: ShownProposal, registration: Registration, run: MatchRun) -> dict[str, Any]:
    since = shown.proposal.since
    return {"sinds": since and since.isoformat(), **_family(shown, registration, run)[1]}


def _unknowns(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is not known of a pair, and whether knowing it could change who comes first."""
    return [
        {
            "code": reason["code"].removesuffix("_onbekend"),
            "zin": reason["zin"],
            "verandertRangorde": reason.get("verandertRangorde", False),
        }
        for reason in reasons
        if reason["soort"] == Kind.UNKNOWN.value
    ]


def _finding(finding: ImportFinding) -> dict[str, Any]:
    return {
        "bestand": finding.file,
        "rij": finding.row,
        "veld": finding.field,
        "melding": finding.message,
    }
