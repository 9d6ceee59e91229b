"""Runs and proposals as the door shows them."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.freshness import first_of
from app.kernel.errors import Conflict, InputRefused
from app.matching.policy import parse_policy
from app.models import MatchRun, RunState
from app.models.match_run import REGION, RunProgress
from app.proposals.latest_queries import LatestWord, latest_word
from app.proposals.queries import progress_of
from app.proposals.report import describe_child
from app.proposals.schemas import MatchRunOut, MatchRunSummary, Progress
from app.proposals.schemas_limits import RunLimits, SlackDays
from app.proposals.schemas_tradeoffs import Tradeoffs
from app.settings import load_settings
from app.weights_in_force import WITHOUT, without_chances

_NO_RUN = "Er is nog geen matchrun geweest: vraag er een aan."
_NOT_IN_RUN = "Dit kind deed niet mee in de laatste matchrun: vraag een nieuwe aan."


def show_run(session: Session, run: MatchRun) -> MatchRunOut:
    """Return a run as it stands, with its progress once it has begun."""
    progress = progress_of(session, [run.id]).get(run.id)
    return MatchRunOut.model_validate(
        {
            **_columns(run),
            "region": run.region,
            "seed": run.seed,
            "replaced_by": run.replaced_by,
            "progress": progress and _progress(progress),
            "counts": run.counts,
            "goals": run.goals,
            "limits": _limits(run),
            "started_at": run.started_at,
        }
    )


def _limits(run: MatchRun) -> RunLimits | None:
    try:
        policy = parse_policy(run.policy_text, source=run.policy_name)
    except InputRefused:  # of a version that wrote policies in another way
        return None
    crisis, urgent, regular = policy.slack_days
    limits = policy.limits
    return RunLimits(
        valid_from=policy.valid_from,
        most_chance=policy.max_breakdown,
        leave_within=policy.leave_within_days,
        slack=SlackDays(crisis=crisis, urgent=urgent, regular=regular),
        support_above=limits.support_above if limits.support_above < 1 else None,
        most_new=limits.most_new,
        move_price=limits.move_price or None,
        placing_price=limits.placing_price,
    )


def show_tradeoffs(run: MatchRun) -> Tradeoffs:
    """Return what the choices of a run cost, as stored with it; raises Conflict when it is not."""
    if run.state is not RunState.DONE:
        raise Conflict("Deze matchrun is niet klaar: wacht tot dat zo is, of kies een andere run.")
    if run.tradeoffs is None:
        raise Conflict(
            "Bij deze oudere matchrun zijn geen afwegingen bewaard: vraag een nieuwe run aan."
        )
    return Tradeoffs.model_validate(run.tradeoffs)


def show_summary(run: MatchRun) -> MatchRunSummary:
    """Return a run as a line of a list."""
    return MatchRunSummary.model_validate(_columns(run))


def _columns(run: MatchRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "state": run.state,
        "snapshot_day": run.snapshot_day,
        "policy": run.policy_name,
        "failure": run.failure,
        "requested_at": run.created_at,
        "finished_at": run.finished_at,
    }


def _progress(row: RunProgress) -> Progress:
    return Progress(step=row.step, share=row.share, attempt=row.attempt, updated_at=row.updated_at)


def show_proposals(session: Session, registration_id: UUID) -> tuple[dict[str, Any], str]:
    """Return the ranked proposals of a child as JSON (`ChildProposals`), and their ETag.

    Both say the same as long as the newest run and the registration do; raises NotFound.
    """
    word = latest_word(session, registration_id, REGION)
    run, registration = word.run, word.registration
    tag = f'"{run.id if run else "geen"}.{registration.version}"'
    shown = _empty(word)
    if word.is_secret and not registration.secret_placement:
        tag = f'{tag[:-1]}.geheim"'  # because of another, which has a version of its own
    if run is None or not (word.proposals or word.why_not):
        return shown, tag
    found = describe_child(registration, run, word.proposals, word.why_not)
    shown["reden"] = None
    shown["verouderd"] = {"velden": word.changed} if word.changed else None
    if word.kin_changed:
        tag = f'{tag[:-1]}.samen"'  # the registration itself has no new version by it
    for name in ("alInGang", "alternatieven", "teBespreken", "waaromNiet"):
        shown[name] = found[name]
    if found["gezin"]:
        shown["voorstel"] = {name: found[name] for name in _OF_OPTION}
    stale = _stale(word)
    _mark(shown, stale)
    if word.chances_off or run.weights_version == WITHOUT:
        shown, tag = without_chances(shown), f'{tag[:-1]}.uit"'
    return shown, f'{tag[:-1]}.{_digest(stale)}"' if stale else tag


def _stale(word: LatestWord) -> dict[tuple[str, str], str]:
    """Return since when each family should first be confirmed, by provider and number."""
    told = ((family.id, family.last_heard, family.paused_until) for family in word.families)
    since = first_of(told, days=load_settings().confirm_after_days)
    return {
        (row.provider, row.reference): since[row.proposal.family_id].isoformat()
        for row in word.proposals
        if row.proposal.family_id in since
    }


def _mark(shown: dict[str, Any], stale: Mapping[tuple[str, str], str]) -> None:
    single = [shown["voorstel"], shown["alInGang"]]
    for option in [*single, *shown["alternatieven"], *shown["teBespreken"]]:
        if option is not None:
            option["eerstBevestigen"] = stale.get((option["aanbieder"], option["gezin"]))


def _digest(stale: Mapping[tuple[str, str], str]) -> str:
    return hashlib.sha256(repr(sorted(stale.items())).encode()).hexdigest()[:12]


_OF_OPTION = (
    "gezin", "aanbieder", "breakdownKans", "interval", "klasse", "grondslag", "horizonMaanden",
    "onbekend", "verzoek", "steunplanNodig", "redenen",
)  # fmt: skip


def _empty(word: LatestWord) -> dict[str, Any]:
    run = word.run
    return {
        "aanmeldnummer": word.registration.number,
        "geheimePlaatsing": word.is_secret,
        "matchrun": str(run.id) if run else None,
        "peildatum": run.snapshot_day.isoformat() if run else None,
        "beleid": run.policy_name if run else None,
        "reden": _NOT_IN_RUN if run else _NO_RUN,
        "verouderd": None,
        "voorstel": None,
        "alInGang": None,
        "alternatieven": [],
        "teBespreken": [],
        "waaromNiet": None,
    }
