"""A whole run inside a test's own transaction."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.kernel.actor import SYSTEM
from app.matching.match import match
from app.matching.policy import Policy, load_policy
from app.matching.risk.weights import Weights, load_weights
from app.models import MatchRun
from app.proposals.assemble import assemble
from app.proposals.published import Families, published_before
from app.proposals.report import build_report
from app.proposals.runs import request_run
from app.proposals.store import store_result

DAY = date(2026, 11, 1)


def run_here(
    session: Session,
    *,
    day: date = DAY,
    policy: str | Policy = "maximaal",
    published: Families | None = None,
    weights: Weights | None = None,
) -> MatchRun:
    """Perform a run; everything of it is stored, and rolled back with the test."""
    chosen = load_policy(policy) if isinstance(policy, str) else policy
    run_id = request_run(
        session,
        actor=SYSTEM,
        policy=chosen,
        snapshot_day=day,
        published=published,
        weights=weights,
    )
    run = session.get_one(MatchRun, run_id)
    assembled = assemble(session, day, published_before(session, run, chosen))
    result = match(assembled.problem, chosen, weights or load_weights())
    store_result(session, run, assembled, result, policy=chosen)
    session.flush()
    return run


def entries(session: Session, **more: Any) -> dict[str, dict[str, Any]]:
    """Return what a fresh run says of each child, by number."""
    report = build_report(session, run_here(session, **more))
    return {entry["aanmeldnummer"]: entry for entry in report["voorstellen"]}
