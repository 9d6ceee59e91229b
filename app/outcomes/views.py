"""Learnt versions of the weights as the door shows them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.models import WeightsDecision, WeightsVersion
from app.outcomes.deciding import require_version, state_of, why_not
from app.outcomes.queries import decisions, last_decision_on, newest_version
from app.outcomes.schemas import DecisionOut, WeightsList, WeightsOut, WeightsSummary
from app.outcomes.version_of import show_in_force
from app.weights_in_force import standing_of_weights

MOST_DECISIONS = 50


def show_list(session: Session, versions: Sequence[WeightsVersion]) -> WeightsList:
    """Return versions as lines, with what is in force and the last decisions."""
    standing, newest = standing_of_weights(session), newest_version(session)
    return WeightsList(
        in_force=show_in_force(session),
        versions=[
            WeightsSummary(**_columns(found), state=state_of(found, standing, newest))
            for found in versions
        ],
        decisions=[_decision(d) for d in decisions(session, limit=MOST_DECISIONS)],
    )


def show_version(session: Session, version: str) -> WeightsOut:
    """Return one version with its comparison; raises NotFound."""
    found, standing = require_version(session, version), standing_of_weights(session)
    why, last = why_not(session, found, standing), last_decision_on(session, version)
    return WeightsOut.model_validate(
        {
            **_columns(found),
            "state": state_of(found, standing, newest_version(session)),
            "explanation": found.report["toelichting"],
            "compared_with": found.compared_with,
            "left_out": found.counts,
            "factors": found.report["factoren"],
            "comparison": found.comparison,
            "reranking": found.reranking,
            "decision": None if last is None else _decision(last),
            "can_accept": why is None,
            "why_not": why,
        }
    )


def _columns(found: WeightsVersion) -> dict[str, Any]:
    return {
        "version": found.version,
        "learned_until": found.learned_until,
        "placements": found.placements,
        "breakdowns": found.breakdowns,
        "is_calibrated": found.is_calibrated,
        "made_at": found.created_at,
    }


def _decision(row: WeightsDecision) -> DecisionOut:
    return DecisionOut(
        kind=row.kind,
        version=row.version,
        reason=row.reason,
        actor=row.actor,
        role=row.role,
        at=row.at,
    )
