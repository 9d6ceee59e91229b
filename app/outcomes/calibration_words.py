"""The sentences of the calibration board: what the tests found, in Dutch."""

from app.outcomes.calibration_schemas import (
    CriterionOut,
    DriftOut,
    DriftState,
    LimitOut,
    OverallOut,
)
from app.outcomes.criterion import Criterion
from app.outcomes.drift import Drift
from app.outcomes.schemas import Interval
from app.outcomes.stated import Stated


def state_sentence(stated: Stated, criterion: Criterion) -> str:
    """Return whether there are outcomes enough to judge the chances by."""
    broke = int(stated.broke.sum())
    counted = f"{broke} afgebroken en {len(stated) - broke} niet"
    if min(broke, len(stated) - broke) < criterion.enough:
        return (
            f"Te weinig uitkomsten: {counted} binnen de genoemde termijn. "
            f"{criterion.enough_reason} Lees de cijfers hieronder als een eerste indruk."
        )
    return f"Genoeg uitkomsten om de kansen te beoordelen: {counted} binnen de genoemde termijn."


def show_drift(drift: Drift, criterion: Criterion) -> DriftOut:
    """Return the test of drift with its sentence."""
    return DriftOut(
        state=_drift_state(drift),
        sentence=_drift_sentence(drift, criterion),
        first=drift.first,
        seen=drift.seen,
        expected=round(drift.expected, 2),
        seen_before=drift.seen_before,
        expected_before=round(drift.expected_before, 2),
        p=None if drift.p is None else round(drift.p, 6),
        threshold=drift.threshold,
        level_p=None if drift.level_p is None else round(drift.level_p, 6),
        explanation=criterion.drift_reason,
    )


def _drift_state(drift: Drift) -> DriftState:
    if drift.p is None:
        return DriftState.TOO_FEW
    return DriftState.ALARM if drift.is_alarm else DriftState.QUIET


def _drift_sentence(drift: Drift, criterion: Criterion) -> str:
    found = (
        f"sinds {drift.first:%d-%m-%Y} {drift.seen} breakdowns waar er {_one(drift.expected)} "
        f"verwacht waren, in de twee jaar daarvoor {drift.seen_before} waar er "
        f"{_one(drift.expected_before)} verwacht waren"
    )
    if drift.p is None:
        return (
            f"Nog niet te toetsen: {found}. Daarvoor moeten er in beide perioden ten minste "
            f"{criterion.fewest:.0f} verwacht zijn."
        )
    if drift.is_alarm:
        more = "vaker" if drift.is_up else "minder vaak"
        return (
            f"Alarm: plaatsingen breken {more} af dan eerder, ten opzichte van de genoemde kansen: "
            f"{found}. Dat is meer dan toeval (p = {_p(drift.p)}); zoek uit wat er veranderde en "
            "laat opnieuw leren."
        )
    return f"Geen verandering die groter is dan toeval (p = {_p(drift.p)}): {found}."


def show_criterion(overall: OverallOut, criterion: Criterion, *, is_enough: bool) -> CriterionOut:
    """Return each limit with whether it is met; with too few outcomes none is."""
    found = [
        LimitOut(
            code=code,
            sentence=sentence,
            reason=criterion.limit(code).reason,
            is_met=is_met if is_enough else None,
        )
        for code, sentence, is_met in _limits(overall, criterion)
    ]
    return CriterionOut(
        name=criterion.name,
        valid_from=criterion.valid_from,
        says_off=any(limit.is_met for limit in found),
        limits=found,
    )


def _limits(overall: OverallOut, criterion: Criterion) -> list[tuple[str, str, bool]]:
    order, spread = (criterion.limit(code) for code in ("onderscheid", "helling"))
    level, error = (criterion.limit(code) for code in ("niveau", "brier"))
    c, slope, ratio = overall.concordance, overall.slope, overall.ratio
    worse = (overall.brier or 0.0) - (overall.brier_base or 0.0)
    return [
        ("onderscheid", f"Concordantie {_shown(c)}", c is not None and c.high < order.high),
        ("helling", f"Helling {_shown(slope)}", slope is not None and slope.high < spread.high),
        (
            "niveau",
            f"Gezien gedeeld door verwacht {_shown(ratio)}",
            ratio is not None and (ratio.high < level.low or ratio.low > level.high),
        ),
        (
            "brier",
            f"Brier-score {_three(overall.brier)}, basiskans {_three(overall.brier_base)}",
            overall.brier is not None and worse > error.high,
        ),
    ]


def _shown(found: Interval | None) -> str:
    if found is None:
        return "nog niet te zeggen"
    return f"{_two(found.value)} ({_two(found.low)} tot {_two(found.high)})"


def _one(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _two(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _three(value: float | None) -> str:
    return "nog niet te zeggen" if value is None else f"{value:.3f}".replace(".", ",")


def _p(value: float) -> str:
    return "kleiner dan 0,0001" if value < 0.0001 else f"{value:.4f}".replace(".", ",")
