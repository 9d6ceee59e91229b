"""When a placement is reviewed: a rule in a file of its own, that a region may replace."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path

from app.kernel.errors import NotReady
from app.settings import load_settings

_KEYS = ("eerste_na_dagen", "daarna_elke_maanden", "na_melding_dagen")


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """first_days after the start, then every months; late_days where the first has passed."""

    first_days: int
    months: int
    late_days: int

    def first_due(self, since: date, today: date) -> date:
        """Return the day of the first review of a placement that is told of today."""
        due = since + timedelta(days=self.first_days)
        return due if due >= today else today + timedelta(days=self.late_days)

    def next_due(self, held_on: date) -> date:
        """Return the day of the review after one that was held."""
        month = held_on.month - 1 + self.months
        year, month = held_on.year + month // 12, month % 12 + 1
        return date(year, month, min(held_on.day, monthrange(year, month)[1]))


def review_rule() -> ReviewRule:
    """Return the rule that holds here; raises NotReady for a file that does not hold one."""
    return _read(load_settings().review_rule)


@lru_cache(maxsize=4)
def _read(path: Path | None) -> ReviewRule:
    text = _text(path)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotReady(f"De regel voor evaluaties is geen geldige TOML: {error}.") from error
    for key in _KEYS:
        if not isinstance(found.get(key), int) or not 1 <= found[key] <= 730:
            raise NotReady(f"De regel voor evaluaties: {key} moet een getal van 1 t/m 730 zijn.")
    return ReviewRule(*(found[key] for key in _KEYS))


def _text(path: Path | None) -> str:
    if path is None:
        return resources.files("app.placed").joinpath("evaluaties.toml").read_text("utf-8")
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise NotReady(f"De regel voor evaluaties is niet te lezen: {path}.") from error
