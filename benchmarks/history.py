"""Past placements as the features of the risk score, with how each of them ended.

Columns as in plaatsingen-historie.csv; the same factors, in the same units, as app.matching.risk.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from app.kernel.words import PROBLEMS, Willingness
from app.matching.problem import Bools, Floats
from app.matching.risk.factors import CODES
from app.matching.risk.factors import carers as carer
from app.matching.risk.factors import child as kid
from app.matching.risk.factors import distance as far
from app.matching.risk.factors import home as house
from app.matching.risk.factors import willingness as will

DAYS_A_MONTH = 365.25 / 12
YES, BROKEN = "ja", "voortijdig afgebroken"
SIDE = {Willingness.YES: -will.HALF, Willingness.WITH_SUPPORT: will.HALF}
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """Past placements. features: (n, factors), columns CODES; months: followed; is_broken: (n,).

    form: the care form of each. A placement that ended as planned or still runs is followed until
    then and has not broken down.
    """

    features: Floats
    months: Floats
    is_broken: Bools
    form: tuple[str, ...]


def read_history(path: Path, *, until: date) -> History:
    """Return the placements of a file, followed until a day where they still run."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    days = [(_end(row, until) - date.fromisoformat(row["start"])).days for row in rows]
    return History(
        features=np.array([_features(row) for row in rows], dtype=np.float64),
        months=np.array(days, dtype=np.float64) / DAYS_A_MONTH,
        is_broken=np.array([row["reden_einde"] == BROKEN for row in rows], dtype=np.bool_),
        form=tuple(row["vorm"] for row in rows),
    )


def _end(row: Row, until: date) -> date:
    return date.fromisoformat(row["einde"]) if row["einde"] else until


def _features(row: Row) -> list[float]:
    found = {**_child(row), **_home(row), **_carers(row), **_contact(row)}
    return [float(found[code]) for code in CODES]


def _number(row: Row, name: str, missing: float = np.nan) -> float:
    return float(row[name]) if row[name] else missing


def _severity(row: Row) -> Floats:
    return np.array([float(row[f"ernst_{problem}"]) for problem in PROBLEMS])


def _child(row: Row) -> dict[str, float]:
    age, severity = _number(row, "leeftijd_bij_start"), _severity(row)
    return {
        "leeftijd_6_12": 6 <= age < 13,
        "leeftijd_13": age >= 13,
        "gedrag": severity[kid.BEHAVIOUR].max() / kid.SEVEREST,
        "sdq": 0.0,  # the history does not know it
        "lvb": min(severity[kid.DISABILITY] / 2, 1.0),
        "eerdere_plaatsingen": np.log1p(_number(row, "eerdere_plaatsingen")),
        "eerdere_breakdowns": np.log1p(_number(row, "eerdere_breakdowns")),
        "residentieel_verleden": row["residentieel_verleden"] == YES,
    }


def _home(row: Row) -> dict[str, float]:
    fostered = _number(row, "aantal_pleegkinderen_in_gezin")
    gap = _number(row, "eigen_kind_leeftijdsverschil_jaren", np.inf)
    is_lively, wish = np.isfinite(gap) or fostered > 0, row["wens_andere_kinderen"]
    return {
        "netwerk": row["gezin_type"] == "netwerk",
        "eigen_kind_zelfde_leeftijd": gap <= house.NEAR_IN_AGE_YEARS,
        "pleegkinderen": min(fostered, house.FULL_HOME - 1),
        "vol_huis": fostered + 1 >= house.FULL_HOME,
        "andere_kinderen": (wish == "wel" and not is_lively) or (wish == "niet" and is_lively),
        "broers_zussen_gesplitst": row["samen_geplaatst"] == "nee",
    }


def _carers(row: Row) -> dict[str, float]:
    severity = _severity(row) / will.SEVEREST
    answers = [row[f"bereidheid_{problem}"] for problem in PROBLEMS]
    side = np.array([SIDE.get(Willingness(answer), 0.0) if answer else 0.0 for answer in answers])
    trained = {t for name in row["trainingen"].split("|") for t in carer.TRAINED.get(name, ())}
    covered = np.array([problem in trained for problem in PROBLEMS])
    lightly = np.isclose(severity * will.SEVEREST, will.LIGHT)
    no = np.array([answer == Willingness.NO for answer in answers])
    is_small = _number(row, "leeftijd_bij_start") < 4 and row["vorm"] == "opvoeding"
    return {
        "bereidheid": np.clip((severity * side).sum(), -will.LIMIT, will.LIMIT),
        "nee_bij_licht": (lightly & no).sum(),
        "ervaring": np.log1p(_number(row, "ervaring_jaren")),
        "training": min((severity * covered).sum(), carer.TRAINING_LIMIT),
        "respijt": severity.max() * (row["respijt_beschikbaar"] == YES),
        "oudere_pleegouders": is_small and _number(row, "jongste_pleegouder_leeftijd") > 45,
    }


def _contact(row: Row) -> dict[str, float]:
    often = min(_number(row, "bezoek_per_maand", 0.0), far.MOST_CONTACTS) / far.WEEKLY
    km = min(_number(row, "afstand_huis_km", far.TYPICAL_HOME_KM), far.FARTHEST_HOME_KM)
    school = min(_number(row, "afstand_school_km", far.TYPICAL_SCHOOL_KM), far.FARTHEST_SCHOOL_KM)
    kept = row["school_behouden"] == YES
    met = {"": 0.0, YES: -0.5, "nee": 0.5}
    return {
        "afstand_ouders": (np.log1p(km) - np.log1p(far.TYPICAL_HOME_KM)) * often,
        "afstand_school": (school - far.TYPICAL_SCHOOL_KM) * kept,
        "verstaan": row["taal_gedeeld"] == "nee",
        "geloofswens": met[row["geloofswens_vervuld"]],
        "samenwerking_ouders": (_number(row, "samenwerking_ouders", 3.0) - 3) / 2 * often,
    }
