"""When a placement is under strain, from a dated file: thresholds, how grave, and why."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.kernel.strain import SignalKind, WeekendNeed

SHIPPED = Path(__file__).with_name("regels.toml")


@dataclass(frozen=True, slots=True)
class StrainRule:
    """threshold: in the unit of what is looked at. gravity: 1 light, 2 clear, 3 heavy."""

    gravity: int
    why: str
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class StrainRules:
    """All rules of one dated file, by code.

    radius_km, months: how far and how long a respite round looks. need: in which weekends for
    overloaded carers of whom nobody said one. night: from and before which
    hour in Amsterdam the service asks one by itself.
    """

    valid_from: date
    signals: dict[SignalKind, StrainRule]
    reviews: dict[str, StrainRule]
    nearly_broke: StrainRule
    radius_km: float
    months: int
    need: WeekendNeed
    night: tuple[int, int]


@lru_cache(maxsize=1)
def load_rules() -> StrainRules:
    """Return the rules that ship with the service."""
    told = tomllib.loads(SHIPPED.read_text("utf-8"))
    respite = told["respijt"]
    return StrainRules(
        valid_from=told["geldig_vanaf"],
        signals={kind: _rule(told["signalen"][kind.value]) for kind in SignalKind},
        reviews={code: _rule(rule) for code, rule in told["evaluaties"].items()},
        nearly_broke=_rule(told["verslagen"]["bijna_afgebroken"]),
        radius_km=float(respite["straal_km"]),
        months=int(respite["maanden"]),
        need=WeekendNeed(respite["ritme"]),
        night=(int(respite["nacht_van_uur"]), int(respite["nacht_tot_uur"])),
    )


def _rule(told: dict[str, Any]) -> StrainRule:
    return StrainRule(int(told["ernst"]), str(told["reden"]), float(told.get("drempel", 0)))
