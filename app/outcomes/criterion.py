"""The stated criterion: when chances drift, and when they should be switched off."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).with_name("criterium-2026-11.toml")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the criterion: code, low and high bound (the same where it has one), why."""

    code: str
    low: float
    high: float
    reason: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """The whole. window, reference: days; threshold: of the p-value; fewest: expected in each."""

    name: str
    valid_from: date
    enough: int
    enough_reason: str
    window: int
    reference: int
    threshold: float
    fewest: float
    drift_reason: str
    limits: tuple[Limit, ...]

    def limit(self, code: str) -> Limit:
        """Return one limit by its code."""
        return next(limit for limit in self.limits if limit.code == code)


@lru_cache(maxsize=1)
def load_criterion() -> Criterion:
    """Return the criterion that ships."""
    table = tomllib.loads(SHIPPED.read_text("utf-8"))
    drift, enough = table["drift"], table["genoeg"]
    return Criterion(
        name=table["naam"],
        valid_from=table["geldig_vanaf"],
        enough=enough["uitkomsten"],
        enough_reason=enough["reden"],
        window=drift["venster_dagen"],
        reference=drift["referentie_dagen"],
        threshold=drift["drempel_p"],
        fewest=drift["minste_verwacht"],
        drift_reason=drift["reden"],
        limits=tuple(
            Limit(
                code,
                given.get("laag", given.get("grens")),
                given.get("hoog", given.get("grens")),
                given["reden"],
            )
            for code, given in table["uitzetten"].items()
        ),
    )
