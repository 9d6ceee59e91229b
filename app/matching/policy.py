"""A dated policy file: the order of the goals, floors and limits; policy, never code."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.kernel.errors import InputRefused

SHIPPED = Path(__file__).parent / "policies"


@dataclass(frozen=True, slots=True)
class Policy:
    """What a region has decided about matching.

    goals: codes of `app.matching.goals`, most important first. max_breakdown: no proposal above
    this chance (1.0 is no limit). leave_within_days: a child whose present place ends within so
    many days counts for the goal `moet_weg`. slack_days: per urgency (crisis, spoed, regulier),
    how long after the day of need a place may still begin.
    """

    name: str
    version: str
    valid_from: date
    goals: tuple[str, ...]
    max_breakdown: float
    leave_within_days: int
    slack_days: tuple[int, int, int]
    text: str


def load_policy(name_or_path: str) -> Policy:
    """Return a shipped policy by name, or the one in a file."""
    shipped = SHIPPED / f"{name_or_path}.toml"
    path = shipped if shipped.is_file() else Path(name_or_path)
    if not path.is_file():
        names = ", ".join(sorted(p.stem for p in SHIPPED.glob("*.toml")))
        raise InputRefused(
            f"Beleid '{name_or_path}' is geen meegeleverd beleid en geen bestand: "
            f"kies {names}, of geef het pad van een beleidsbestand."
        )
    return parse_policy(path.read_text(encoding="utf-8"), source=path.name)


def parse_policy(text: str, *, source: str) -> Policy:
    """Return the policy in a TOML text; source names it in errors."""
    try:
        return _from_table(tomllib.loads(text), text)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputRefused(
            f"Beleidsbestand {source} is niet te gebruiken ({error}): "
            "vergelijk het met docs/beleid.md en verbeter het."
        ) from error


def _from_table(table: dict[str, object], text: str) -> Policy:
    raise NotImplementedError
