"""What a weights file says of the outcomes that its weights were estimated on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from app.matching.problem import Floats

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Estimate:
    """Where fitted weights come from.

    prior: version of the weights that were believed before. placements, breakdowns: in the
    history, as it stood on `until`. is_calibrated: whether these outcomes bear out a chance as a
    number; reason says in Dutch why (not). covariance: of the weights, (factors, factors).
    """

    prior: str
    placements: int
    breakdowns: int
    until: date
    code_version: str
    is_calibrated: bool
    reason: str
    covariance: Floats


def parse_estimate(table: Mapping[str, Any] | None, codes: tuple[str, ...]) -> Estimate | None:
    """Return the estimate in the table `schatting` of a weights file; raises ValueError, KeyError.

    None for weights that were not fitted.
    """
    if table is None:
        return None
    if table["gekalibreerd"] not in (True, False):
        raise ValueError("schatting: gekalibreerd is true of false")
    return Estimate(
        prior=str(table["uitgangspunt"]),
        placements=int(table["plaatsingen"]),
        breakdowns=int(table["breakdowns"]),
        until=table["peildatum"],
        code_version=str(table["codeversie"]),
        is_calibrated=bool(table["gekalibreerd"]),
        reason=str(table["toelichting"]),
        covariance=_covariance(table["covariantie"], codes),
    )


def _covariance(rows: Mapping[str, list[float]], codes: tuple[str, ...]) -> Floats:
    """Return the matrix whose lower half stands in the file, a row a factor, by code."""
    matrix = np.zeros((len(codes), len(codes)))
    for at, code in enumerate(codes):
        if len(rows[code]) != at + 1:
            raise ValueError(f"schatting.covariantie: {code} heeft {at + 1} getallen nodig")
        matrix[at, : at + 1] = matrix[: at + 1, at] = rows[code]
    if not np.isfinite(matrix).all() or np.linalg.eigvalsh(matrix).min() < -_ROUNDING:
        raise ValueError("schatting.covariantie is geen covariantie: schat de gewichten opnieuw")
    return matrix
