"""The children of a period as columns: in which groups they are, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from app.kernel.clock import AMSTERDAM
from app.kernel.endings import EndLabel
from app.kernel.groups import age_group, disability_group, sibling_group
from app.learning.sample import DAYS_A_MONTH
from app.matching.problem import Bools, Floats
from app.outcomes.fair_queries import ChildRow

DAYS_A_YEAR = 365.25
# Each grouping with what it is made from; only what a registration holds.
GROUPINGS: Mapping[str, str] = {
    "leeftijd": "Op de dag van aanmelden.",
    "geslacht": "Zoals aangemeld.",
    "vorm": "De gevraagde vorm.",
    "beperking": "Een rolstoel, of een licht verstandelijke beperking die speelt.",
    "broers en zussen": "Samen aangemeld met een broer of zus.",
    "gemeente": "Waar het kind vandaan komt.",
    "aanbieder": "Van het eerste gezin; bij nee: van het gezin dat is gevraagd.",
    "taal": (
        "De wens om verstaan te worden: zonder Nederlands een gezin dat de taal van het kind "
        "spreekt. Een andere wens over taal wordt niet vastgelegd, en dit telt niet als afkomst."
    ),
}


@dataclass(frozen=True, slots=True)
class FairTable:
    """n children. groups: by grouping, the group of each ("" for none).

    days: until the placement, or until today or the withdrawal where there was none. options,
    chance: NaN where there are none. home: days of the first placement followed, NaN without an
    outcome that counts; year_over: it began a year ago at least, whatever became of it; broke: it
    broke down then; in_time: within the horizon of its stated chance; hazard: expected over that
    time, at most over the horizon, NaN without a chance.
    """

    groups: dict[str, list[str]]
    days: Floats
    placed: Bools
    options: Floats
    chance: Floats
    home: Floats
    year_over: Bools
    broke: Bools
    in_time: Bools
    hazard: Floats


def table_of(
    rows: Sequence[ChildRow],
    options: Mapping[UUID, int],
    shapes: Mapping[str, float],
    *,
    today: date,
) -> FairTable:
    """Return the columns of children, as things stand on a day."""
    nothing = float("nan")
    broke = np.array([_broke(row, today) for row in rows], dtype=np.bool_)
    home = np.array([_home(row, today) for row in rows], dtype=np.float64)
    part = home / (np.array([_or_nothing(row.horizon) for row in rows], np.float64) * DAYS_A_MONTH)
    return FairTable(
        groups=_groups(rows),
        days=np.array([_waited(row, today) for row in rows], dtype=np.float64),
        placed=np.array([_is_placed(row, today) for row in rows], dtype=np.bool_),
        options=np.array([options.get(row.registration, nothing) for row in rows], np.float64),
        chance=np.array([_or_nothing(row.chance) for row in rows], dtype=np.float64),
        home=home,
        year_over=np.array([_is_year_over(row, today) for row in rows], dtype=np.bool_),
        broke=broke,
        in_time=broke & (part <= 1.0),
        hazard=_hazard(rows, part, shapes),
    )


def _groups(rows: Sequence[ChildRow]) -> dict[str, list[str]]:
    ages = [(row.since - row.born_on).days / DAYS_A_YEAR for row in rows]
    return {
        "leeftijd": [age_group(max(age, 0.0)) for age in ages],
        "geslacht": [str(row.gender) for row in rows],
        "vorm": [str(row.form) for row in rows],
        "beperking": [disability_group(has_one=row.wheelchair or bool(row.lvb)) for row in rows],
        "broers en zussen": [sibling_group(has_some=row.siblings is not None) for row in rows],
        "gemeente": [row.municipality for row in rows],
        "aanbieder": [row.provider or "" for row in rows],
        "taal": [_language(row.languages) for row in rows],
    }


def _language(languages: Sequence[str]) -> str:
    spoken = {language.casefold() for language in languages}
    if not spoken:
        return "niet ingevuld"
    return "met Nederlands" if "nederlands" in spoken else "zonder Nederlands"


def _is_placed(row: ChildRow, today: date) -> bool:
    return row.placed_on is not None and row.placed_on <= today


def _waited(row: ChildRow, today: date) -> int:
    until = today
    if row.placed_on is not None and row.placed_on <= today:
        until = row.placed_on
    elif row.withdrawn_on is not None:
        until = row.withdrawn_on.astimezone(AMSTERDAM).date()
    return max((until - row.since).days, 0)


def _home(row: ChildRow, today: date) -> float:
    """Return for how many days a placement was followed; NaN where its end does not count.

    Nor does one that was taken over: those that broke down before are told of by nobody.
    """
    if row.placed_on is None or row.placed_on > today or row.is_taken_over:
        return float("nan")
    has_ended = row.until is not None and row.until <= today
    if has_ended and row.label in (None, EndLabel.REVIEW):
        return float("nan")
    end = row.until if has_ended and row.until else today
    return max((end - row.placed_on).days, 0.5)


def _is_year_over(row: ChildRow, today: date) -> bool:
    return row.placed_on is not None and (today - row.placed_on).days >= DAYS_A_YEAR


def _broke(row: ChildRow, today: date) -> bool:
    return row.label is EndLabel.BROKEN and row.until is not None and row.until <= today


def _hazard(rows: Sequence[ChildRow], part: Floats, shapes: Mapping[str, float]) -> Floats:
    """Return what was to be expected of each placement by its stated chance, until now."""
    chance = np.array([_or_nothing(row.chance) for row in rows], dtype=np.float64)
    shape = np.array([shapes[row.weights_version or ""] for row in rows], dtype=np.float64)
    whole = -np.log1p(-np.minimum(chance, 1 - 1e-9))
    return np.asarray(whole * np.minimum(part, 1.0) ** shape)


def _or_nothing(value: float | None) -> float:
    return float("nan") if value is None else value
