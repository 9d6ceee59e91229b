"""Learning from the region's outcomes: a new version of the weights, as a proposal to people."""

from datetime import date
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from sqlalchemy.orm import Session

from app.learning.evaluate import Band
from app.learning.history import History
from app.learning.learn import learn
from app.learning.prior import prior_of
from app.learning.report import describe
from app.learning.side_by_side import Judged, SideBySide, compare
from app.matching.risk.weights import Weights, load_weights
from app.models import WeightsVersion
from app.outcomes.as_history import as_history
from app.outcomes.queries import find_version, newest_version, outcome_rows
from app.outcomes.version_of import present_weights

_LEARNT_FROM = "geleerdVan"  # in the stored report: a checksum of the outcomes


def learn_from_outcomes(
    session: Session, *, until: date, only_if_new: bool = False
) -> WeightsVersion | None:
    """Store what the outcomes say as a proposal; return it, or None where nothing is new.

    The published weights are the prior, always: outcomes are never counted twice. only_if_new:
    leave it at that where it would learn from the very placements of the last version, each
    with the same end. Nothing is put into force.
    """
    history, left_out = as_history(outcome_rows(session), until=until)
    last = newest_version(session)
    learnt_from = _checksum(history)
    is_same = last is not None and last.report.get(_LEARNT_FROM) == learnt_from
    if not len(history) or (only_if_new and is_same):
        return None
    prior, (present, _) = load_weights(), present_weights(session)
    learned = learn(history, prior, code_version=version("pleegzorg"))
    if find_version(session, learned.weights.version) is not None:
        return None
    beside = compare(learned.sample, prior_of(prior), present)
    proposal = WeightsVersion(
        version=learned.weights.version,
        text=learned.weights.text,
        learned_until=until,
        placements=len(history),
        breakdowns=history.breakdowns,
        is_calibrated=learned.weights.is_calibrated,
        compared_with=present.version,
        report=describe(learned, fitted_on=until) | {_LEARNT_FROM: learnt_from},
        comparison=None if beside is None else _told(beside, present),
        counts=left_out.told(),
    )
    session.add(proposal)
    session.flush()
    return proposal


def _checksum(history: History) -> str:
    """Return what tells one set of outcomes from another: each placement, its end and how."""
    courses = (placement.course for placement in history.placements)
    told = sorted(f"{c.number} {c.ended_on} {c.ending.value}" for c in courses)
    return sha256("\n".join(told).encode()).hexdigest()


def _told(found: SideBySide, present: Weights) -> dict[str, Any]:
    seen = present.estimate.placements if present.estimate is not None else 0
    return {
        "nieuw": _judged(found.new),
        "geldend": _judged(found.present),
        "brierBasiskans": round(found.brier_base, 4),
        "geldendGeleerdVan": seen,
    }


def _judged(judged: Judged) -> dict[str, Any]:
    return {
        "concordantie": _interval(judged.c),
        "helling": _interval(judged.slope),
        "brier": round(judged.brier, 4),
        "verwacht": round(judged.expected, 4),
        "gezien": round(judged.observed, 4),
        "vijfden": [_band(band) for band in judged.bands],
    }


def _interval(found: tuple[float, float, float]) -> dict[str, float]:
    value, low, high = (round(number, 4) for number in found)
    return {"waarde": value, "laag": low, "hoog": high}


def _band(band: Band) -> dict[str, float]:
    return {
        "plaatsingen": band.placements,
        "voorspeld": round(band.predicted, 4),
        "gezien": round(band.observed, 4),
        "laag": round(band.low, 4),
        "hoog": round(band.high, 4),
    }
