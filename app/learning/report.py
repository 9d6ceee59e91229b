"""What was learnt as JSON: priors beside fitted weights, and the check on placements left out."""

from datetime import date
from typing import Any

from app.learning.evaluate import ENOUGH, Band, Quality
from app.learning.learn import Learned
from app.matching.risk.factors import CODES


def describe(learned: Learned, *, fitted_on: date) -> dict[str, Any]:
    """Return the report of a fit, ready for JSON; numbers are rounded to what is known."""
    return {
        "gewichten": learned.weights.version,
        "uitgangspunt": learned.prior.version,
        "peildatum": learned.until.isoformat(),
        "geschatOp": fitted_on.isoformat(),
        "codeversie": learned.weights.estimate and learned.weights.estimate.code_version,
        "plaatsingen": len(learned.sample),
        "breakdowns": int(learned.sample.broke.sum()),
        "gekalibreerd": learned.weights.is_calibrated,
        "toelichting": learned.state,
        "minimumPerUitkomst": ENOUGH,
        "basis": {
            "kansJaar": round(learned.weights.chance_in_year, 4),
            "vorm": round(learned.weights.shape, 4),
        },
        "factoren": [_factor(learned, at) for at in range(len(CODES))],
        "kruisvalidatie": None if learned.quality is None else _quality(learned.quality),
    }


def _factor(learned: Learned, at: int) -> dict[str, Any]:
    before, after = learned.prior, learned.weights
    return {
        "code": CODES[at],
        "label": before.labels[at],
        "literatuur": round(float(before.value[at]), 4),
        "literatuurFout": round(float(before.error[at]), 4),
        "geschat": round(float(after.value[at]), 4),
        "geschatFout": round(float(after.error[at]), 4),
    }


def _quality(quality: Quality) -> dict[str, Any]:
    return {
        "concordantie": _interval(quality.c),
        "concordantieLiteratuur": _interval(quality.c_prior),
        "brier": round(quality.brier, 4),
        "brierLiteratuur": round(quality.brier_prior, 4),
        "brierBasiskans": round(quality.brier_base, 4),
        "helling": {"waarde": round(quality.slope[0], 3), "fout": round(quality.slope[1], 3)},
        "verwacht": round(quality.expected, 4),
        "gezien": round(quality.observed, 4),
        "vijfden": [_band(band) for band in quality.bands],
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
