"""A versioned weights file: what each factor weighs, how sure that is, and by which source."""

import tomllib
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from app.kernel.errors import InputRefused
from app.matching.problem import Floats
from app.matching.risk.estimate import Estimate, parse_estimate
from app.matching.risk.factors import CODES

SHIPPED = Path(__file__).parent / "weights"
DEFAULT = "literatuur-2026-11"
# "beide": research gives no direction, so that only outcomes can say which it is.
SIGNS = {"verhoogt": 1.0, "verlaagt": -1.0, "beide": 0.0}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each factor does to the log hazard; arrays of shape (factors,), columns as CODES.

    value: log hazard ratio per unit. error: its standard error. typical: the factor in an
    ordinary pair, to which the baseline belongs. sign: 1.0 where it can only raise the hazard, -1.0
    where it can only lower it, 0.0 where research says neither. chance_in_year, shape: the
    baseline (Weibull); baseline_error: standard error of its log. estimate: the outcomes that the
    weights were fitted on, None for published ones. labels, units, sources: Dutch, from the file.
    """

    version: str
    valid_from: date
    value: Floats
    error: Floats
    typical: Floats
    sign: Floats
    labels: tuple[str, ...]
    units: tuple[str, ...]
    sources: tuple[str, ...]
    chance_in_year: float
    shape: float
    baseline_error: float
    baseline_source: str
    text: str
    estimate: Estimate | None = None

    @property
    def is_calibrated(self) -> bool:
        """Return whether a region's own outcomes bear out the chances as numbers."""
        return self.estimate is not None and self.estimate.is_calibrated

    @property
    def typical_log_ratio(self) -> float:
        """Return the log hazard ratio of an ordinary pair against a pair without any factor."""
        return float(self.value @ self.typical)


def load_weights(name_or_path: str = DEFAULT) -> Weights:
    """Return shipped weights by name, or those in a file; raises InputRefused."""
    shipped = SHIPPED / f"{name_or_path}.toml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    if not path.is_file():
        names = ", ".join(sorted(p.stem for p in SHIPPED.glob("*.toml")))
        raise InputRefused(
            f"Gewichten '{name_or_path}' zijn niet meegeleverd en geen bestand: "
            f"kies {names}, of geef het pad van een gewichtenbestand."
        )
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"Gewichtenbestand {path.name} is geen UTF-8-tekst: bewaar het als UTF-8."
        ) from error
    return parse_weights(text, source=path.name)


def parse_weights(text: str, *, source: str) -> Weights:
    """Return the weights in a TOML text; source names it in errors (InputRefused)."""
    try:
        return _from_table(tomllib.loads(text), text)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputRefused(
            f"Gewichtenbestand {source} is niet te gebruiken ({error}): "
            f"vergelijk het met {DEFAULT}.toml en verbeter het."
        ) from error


def _from_table(table: dict[str, Any], text: str) -> Weights:
    factors = table["factor"]
    _check_codes(factors)
    rows = [_checked(code, factors[code]) for code in CODES]
    base = table["basis"]
    if not (0 < base["kans_jaar"] < 1 and 0 < base["vorm"] <= 1 and base["fout"] > 0):
        raise ValueError("basis: kans_jaar en vorm liggen tussen 0 en 1, fout is positief")
    return Weights(
        version=str(table["versie"]),
        valid_from=table["geldig_vanaf"],
        value=_column(rows, "waarde"),
        error=_column(rows, "fout"),
        typical=_column(rows, "gemiddeld"),
        sign=np.array([SIGNS[row["richting"]] for row in rows]),
        labels=tuple(row["label"] for row in rows),
        units=tuple(row["eenheid"] for row in rows),
        sources=tuple(row["bron"] for row in rows),
        chance_in_year=base["kans_jaar"],
        shape=base["vorm"],
        baseline_error=base["fout"],
        baseline_source=base["bron"],
        text=text,
        estimate=parse_estimate(table.get("schatting"), CODES),
    )


def _check_codes(factors: dict[str, Any]) -> None:
    missing, extra = set(CODES) - set(factors), set(factors) - set(CODES)
    if missing:
        raise ValueError(f"deze factoren ontbreken: {', '.join(sorted(missing))}")
    if extra:
        raise ValueError(f"deze factoren zijn onbekend: {', '.join(sorted(extra))}")


def _checked(code: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return a factor's row when its sign is the direction it states and its error is positive."""
    if not all(isfinite(row[name]) for name in ("waarde", "fout", "gemiddeld")):
        raise ValueError(f"{code}: waarde, fout en gemiddeld moeten gewone getallen zijn")
    if row["waarde"] * SIGNS[row["richting"]] < 0:
        raise ValueError(f"{code}: waarde {row['waarde']} {row['richting']} de kans niet")
    if row["fout"] <= 0:
        raise ValueError(f"{code}: fout moet groter zijn dan 0")
    return row


def _column(rows: list[dict[str, Any]], name: str) -> Floats:
    return np.array([row[name] for row in rows], dtype=np.float64)
