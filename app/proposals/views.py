"""Runs and proposals as the door shows them."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.errors import Conflict
from app.models import MatchRun, Registration, RunState
from app.models.match_run import REGION, RunProgress
from app.proposals.queries import latest_word, progress_of
from app.proposals.report import describe_child
from app.proposals.schemas import MatchRunOut, MatchRunSummary, Progress
from app.proposals.schemas_tradeoffs import Tradeoffs

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
            "started_at": run.started_at,
        }
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
    shown = _empty(registration, run)
    if run is None or not (word.proposals or word.why_not):
        return shown, tag
    found = describe_child(registration, run, word.proposals, word.why_not)
    shown["reden"] = None
    shown["verouderd"] = {"velden": word.changed} if word.changed else None
    for name in ("alInGang", "alternatieven", "teBespreken", "waaromNiet"):
        shown[name] = found[name]
    if found["gezin"]:
        shown["voorstel"] = {name: found[name] for name in _OF_OPTION}
    return shown, tag


_OF_OPTION = (
    "gezin", "aanbieder", "breakdownKans", "interval", "klasse", "grondslag", "horizonMaanden",
    "onbekend", "verzoek", "steunplanNodig", "redenen",
)  # fmt: skip


def _empty(registration: Registration, run: MatchRun | None) -> dict[str, Any]:
    return {
        "aanmeldnummer": registration.number,
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
