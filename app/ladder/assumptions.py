"""What is assumed of a JIM, from a dated file, with its source and how unsure it is."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).with_name("aannames.toml")


@dataclass(frozen=True, slots=True)
class MentorAssumption:
    """share: of those who stayed home, how many would have left it otherwise; 0..1."""

    valid_from: date
    share: float
    low: float
    high: float
    source: str
    uncertainty: str


@lru_cache(maxsize=1)
def load_assumption() -> MentorAssumption:
    """Return the assumption that ships with the service."""
    told = tomllib.loads(SHIPPED.read_text("utf-8"))
    jim = told["jim"]
    return MentorAssumption(
        valid_from=told["geldig_vanaf"],
        share=float(jim["aandeel_anders_uit_huis"]),
        low=float(jim["laag"]),
        high=float(jim["hoog"]),
        source=str(jim["bron"]),
        uncertainty=str(jim["onzekerheid"]),
    )
