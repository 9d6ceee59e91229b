"""Writing the result of a match: proposals with their places, and why the others have none."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.db.bulk import insert_rows
from app.db.keyring import current_ring
from app.db.sealing import seal_bytes
from app.kernel.clock import now
from app.kernel.ids import new_id
from app.kernel.words import RHYTHMS
from app.matching.explain.explanation import Explanation
from app.matching.explain.options import Option
from app.matching.explain.reason import Kind, Reason
from app.matching.explain.why_not import WhyNot
from app.matching.match import MatchResult
from app.matching.plan import GoalValue
from app.matching.policy import Policy
from app.matching.slots import count_open
from app.models import MatchRun, Proposal, ProposalRole, RunState, Unplaced
from app.proposals.assemble import Assembled
from app.proposals.give_places import give_places
from app.proposals.notices import find_notices
from app.proposals.snapshot import dump_problem


def store_result(
    session: Session,
    run: MatchRun,
    assembled: Assembled,
    result: MatchResult,
    *,
    policy: Policy,
) -> None:
    """Store everything that a run came to, and mark it done, in the caller's transaction."""
    possible = np.bincount(result.pairs.child, minlength=len(result.problem.children)).tolist()
    proposals = list(_proposals(run.id, assembled, result, policy))
    position = {one: at for at, one in enumerate(assembled.registration_ids)}
    for row in proposals:
        is_proposed = row["role"] is ProposalRole.PROPOSED
        row["possible"] = possible[position[row["registration_id"]]] if is_proposed else None
    insert_rows(session, Proposal, proposals)
    absent = [
        {
            "run_id": run.id,
            "registration_id": assembled.registration_ids[explanation.child],
            "why_not": _why_not(explanation.why_not, assembled),
            "possible": possible[explanation.child],
        }
        for explanation in result.explanations
        if explanation.why_not is not None
    ]
    insert_rows(session, Unplaced, absent)
    run.notices = find_notices(result.problem, policy, assembled)
    _finish(run, result)


def _finish(run: MatchRun, result: MatchResult) -> None:
    run.state, run.finished_at = RunState.DONE, now()
    run.weights_version = result.scores.weights.version
    run.is_calibrated = result.scores.weights.is_calibrated
    run.solver, run.proof = result.plan.solver, result.plan.proof.value
    run.goals = [_goal(goal) for goal in result.plan.goals]
    run.counts = _counts(result)
    run.seconds = {**result.seconds, "perDoel": _rounded(result.plan.seconds)}
    content = dump_problem(result.problem)
    run.problem = seal_bytes(current_ring(), content, use="matchrun", owner=str(run.id))


def _rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in seconds.items()}


def _goal(goal: GoalValue) -> dict[str, Any]:
    return {
        "code": goal.code,
        "zin": goal.sentence,
        "richting": goal.sense,
        "waarde": goal.value,
        "grens": goal.bound,
        "eenheid": goal.unit,
    }


def _counts(result: MatchResult) -> dict[str, int]:
    placed = int(np.count_nonzero(result.plan.family >= 0))
    underway = sum(found.underway is not None for found in result.explanations)
    waiting = len(result.problem.children)
    return {
        "kinderen": waiting,
        "gezinnen": len(result.problem.families),
        "vrijePlaatsen": int(count_open(result.problem).sum()),
        "mogelijkeParen": len(result.pairs),
        "geplaatst": placed,
        "alInGang": underway,
        "zonderVoorstel": waiting - placed - underway,
    }


def _proposals(
    run_id: UUID, assembled: Assembled, result: MatchResult, policy: Policy
) -> Iterator[dict[str, Any]]:
    places = give_places(assembled, result, policy)
    for explanation in result.explanations:
        child = explanation.child
        rhythm = RHYTHMS[result.problem.children.rhythm[child]]
        for role, rank, option in _ranked(explanation):
            proposed = role is ProposalRole.PROPOSED
            yield _row(option, assembled) | {
                "id": new_id(),
                "run_id": run_id,
                "role": role,
                "rank": rank,
                "place_id": places.get(child) if proposed else None,
                "rhythm": rhythm,
                "since": _since(explanation) if role is ProposalRole.UNDERWAY else None,
            }


def _since(explanation: Explanation) -> date | None:
    underway = explanation.underway
    return None if underway is None else underway.since.astype(object)


def _ranked(explanation: Explanation) -> Iterator[tuple[ProposalRole, int, Option]]:
    if explanation.proposed is not None:
        yield ProposalRole.PROPOSED, 1, explanation.proposed
    if explanation.underway is not None:
        yield ProposalRole.UNDERWAY, 1, explanation.underway.option
    for role, options in (
        (ProposalRole.ALTERNATIVE, explanation.alternatives),
        (ProposalRole.TO_DISCUSS, explanation.to_discuss),
    ):
        for rank, option in enumerate(options, start=1):
            yield role, rank, option


def _row(option: Option, assembled: Assembled) -> dict[str, Any]:
    return {
        "registration_id": assembled.registration_ids[option.child],
        "family_id": assembled.family_ids[option.family],
        "is_request": option.is_request,
        "needs_support": option.needs_support,
        "chance": option.chance,
        "chance_low": option.low,
        "chance_high": option.high,
        "km": None if np.isnan(option.km) else round(option.km, 1),
        "reasons": [_reason(reason) for reason in option.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    told = {
        "code": reason.code,
        "soort": reason.kind.value,
        "bijdrage": reason.contribution,
        "zin": reason.sentence,
        "bron": reason.source,
    }
    # Only of something unknown there is a question whether its answer would change the ranking.
    if reason.kind is Kind.UNKNOWN:
        told["verandertRangorde"] = reason.changes_ranking
    return told


def _why_not(why_not: WhyNot, assembled: Assembled) -> dict[str, Any]:
    change = why_not.change
    references = assembled.problem.families.reference
    return {
        "code": why_not.code,
        "zin": why_not.sentence,
        "geweigerdPerRegel": [
            {"code": rule.code, "regel": rule.label, "gezinnen": rule.count}
            for rule in why_not.refused
        ],
        "kleinsteWijziging": None
        if change is None
        else {
            "zin": change.sentence,
            "onderhandelbaar": change.is_negotiable,
            "regels": list(change.rules),
            "gezinnen": [references[family] for family in change.families],
        },
    }
