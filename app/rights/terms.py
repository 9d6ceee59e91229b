"""How long what is kept: `bewaartermijnen.toml`, read, and the days that follow from it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from app.kernel.clock import AMSTERDAM

TERMS_FILE = Path(__file__).with_name("bewaartermijnen.toml")
FILE, WITHDRAWN = "dossier", "ingetrokken"


@dataclass(frozen=True, slots=True)
class Term:
    """One class of records. years, days: None for what stays; ground: the law, or why."""

    name: str
    title: str
    years: int | None
    days: int | None
    since: str
    ground: str

    @property
    def stays(self) -> bool:
        """Return whether there is no term at all."""
        return self.years is None and self.days is None

    def keep_until(self, day: date) -> date | None:
        """Return the last day on which something of a day must be there; None where it stays.

        A year after 29 February ends on 1 March: never a day too early.
        """
        if self.stays:
            return None
        later = _years_later(day, self.years or 0)
        return later + timedelta(days=self.days or 0)

    def limit(self, today: date) -> datetime | None:
        """Return the first instant that is still kept on a day: all before it may go."""
        first = _first_kept(self, today)
        return None if first is None else datetime.combine(first, time(), AMSTERDAM)


def _first_kept(term: Term, today: date) -> date | None:
    if term.stays:
        return None
    day = _years_earlier(today, term.years or 0) - timedelta(days=term.days or 0)
    # The inverse of keep_until, which is not one to one around 29 February.
    while (until := term.keep_until(day)) is not None and until < today:
        day += timedelta(days=1)
    while (until := term.keep_until(day - timedelta(days=1))) is not None and until >= today:
        day -= timedelta(days=1)
    return day


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _years_earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


@dataclass(frozen=True, slots=True)
class Terms:
    """All classes by name, and to which the tables belong that no model describes."""

    classes: Mapping[str, Term]
    other_tables: Mapping[str, str]


@lru_cache
def load_terms(path: Path = TERMS_FILE) -> Terms:
    """Read the file; raises KeyError where a class does not say all it must."""
    document = tomllib.loads(path.read_text("utf-8"))
    return Terms(
        {
            name: Term(
                name,
                entry["naam"],
                entry.get("jaren"),
                entry.get("dagen"),
                entry["vanaf"],
                entry["grond"],
            )
            for name, entry in document["klassen"].items()
        },
        document["buiten_de_modellen"],
    )
