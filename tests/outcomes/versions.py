"""Learnt versions of the weights as rows, without any learning."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.matching.risk.weights import DEFAULT, load_weights
from app.models import WeightsVersion

_INTERVAL = {"waarde": 0.7, "laag": 0.65, "hoog": 0.75}
_FIFTH = {"plaatsingen": 100, "voorspeld": 0.2, "gezien": 0.21, "laag": 0.14, "hoog": 0.28}
_JUDGED: dict[str, Any] = {
    "concordantie": _INTERVAL, "helling": {"waarde": 1.0, "laag": 0.8, "hoog": 1.2},
    "brier": 0.13, "verwacht": 0.2, "gezien": 0.21, "vijfden": [_FIFTH] * 5,
}  # fmt: skip
COMPARISON: dict[str, Any] = {
    "nieuw": _JUDGED, "geldend": _JUDGED | {"brier": 0.14}, "brierBasiskans": 0.15,
    "geldendGeleerdVan": 0,
}  # fmt: skip
_FACTOR = {
    "code": "netwerk", "label": "gezin uit het eigen netwerk", "literatuur": -0.3,
    "literatuurFout": 0.15, "geschat": -0.41, "geschatFout": 0.1,
}  # fmt: skip
_COUNTS = {"teBeoordelen": 3, "zonderReden": 0, "zonderFeiten": 2, "onleesbaar": 0, "later": 0}


def text_of(version: str, *, kin: float = -0.3) -> str:
    """Return the published weights under another version, with another weight for kin."""
    text = load_weights().text.replace(DEFAULT, version, 1)
    before, found, after = text.partition("[factor.netwerk]")
    return before + found + after.replace("waarde = -0.3", f"waarde = {kin}", 1)


def make_version(
    session: Session, version: str, *, kin: float = -0.3, **changes: Any
) -> WeightsVersion:
    """Insert a proposal that was compared with what ships."""
    values: dict[str, Any] = {
        "version": version, "text": text_of(version, kin=kin), "learned_until": date(2026, 11, 28),
        "placements": 500, "breakdowns": 110, "is_calibrated": False, "compared_with": DEFAULT,
        "report": {"toelichting": "Gecontroleerd op plaatsingen.", "factoren": [_FACTOR]},
        "comparison": COMPARISON, "counts": _COUNTS,
    } | changes  # fmt: skip
    made = WeightsVersion(**values)
    session.add(made)
    session.flush()
    return made
