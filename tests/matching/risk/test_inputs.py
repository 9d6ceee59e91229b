"""What each factor looks at, all of it: so that nothing can become a feature unseen."""

from typing import Any

import numpy as np
import pytest

from app.matching.problem import Children, Families, Housemates, Problem
from app.matching.risk.factors import CODES, FACTORS
from tests.matching.build import build_problem

AGE = {"kind.born_on"}
SEVERITY = {"kind.severity"}
TRAININGS = {"gezin.trainings"}
HOME = {
    "kind.lat", "kind.lon", "kind.area_certain", "kind.secret_placement",
    "gezin.lat", "gezin.lon", "gezin.area_certain",
}  # fmt: skip
SCHOOL = {
    "kind.keep_school", "kind.has_school", "kind.school_lat", "kind.school_lon",
    "kind.school_certain", "gezin.lat", "gezin.lon", "gezin.area_certain",
}  # fmt: skip
OWN = {*AGE, "huisgenoot.family", "huisgenoot.own", "huisgenoot.birth_year"}
FOSTER = {"huisgenoot.family", "huisgenoot.own"}

INPUTS: dict[str, set[str]] = {
    "leeftijd_6_12": AGE,
    "leeftijd_13": AGE,
    "leeftijd_0_3": AGE,
    "leeftijd_12": AGE,
    "zwaarte": SEVERITY,
    "gedrag": SEVERITY,
    "sdq": {"kind.sdq_total"},
    "lvb": SEVERITY,
    "eerdere_plaatsingen": {"kind.earlier_placements"},
    "eerdere_breakdowns": {"kind.earlier_breakdowns"},
    "residentieel_verleden": {"kind.residential_past"},
    "netwerk": {"gezin.kind"},
    "netwerk_ernst": {"gezin.kind", *SEVERITY},
    "eigen_kind_zelfde_leeftijd": OWN,
    "eigen_kind_1_jaar": OWN,
    "eigen_kind_2_3_jaar": OWN,
    "pleegkinderen": FOSTER,
    "pleegkinderen_kwadraat": FOSTER,
    "vol_huis": FOSTER,
    "andere_kinderen": {"kind.other_children", "huisgenoot.family"},
    "wens_pleegkinderen": {"kind.other_children", *FOSTER},
    "bereidheid": {*SEVERITY, "gezin.willingness"},
    "steun_ernstig": {*SEVERITY, "gezin.willingness"},
    "nee_bij_licht": {*SEVERITY, "gezin.willingness"},
    "ervaring": {"gezin.experience_years"},
    "ervaring_zwaarte": {"gezin.experience_years", *SEVERITY},
    "training": {*TRAININGS, *SEVERITY},
    "trainingen": TRAININGS,
    "trainingen_zwaarte": {*TRAININGS, *SEVERITY},
    "respijt": {"gezin.respite", *SEVERITY},
    "respijt_zwaarte": {"gezin.respite", *SEVERITY},
    "leeftijdskloof": {*AGE, "gezin.oldest_carer_born"},
    "oudere_pleegouders": {*AGE, "gezin.youngest_carer_born", "kind.care_form"},
    "afstand_ouders": {*HOME, "kind.visits_per_month"},
    "ver_van_huis": HOME,
    "afstand_school": SCHOOL,
    # Whether they understand each other, and whether a wish is met: never which language or faith.
    "verstaan": {"kind.languages", "gezin.languages"},
    "geloofswens": {"kind.faith_wish", "gezin.faith"},
    "samenwerking_ouders": {"kind.visits_per_month", "gezin.cooperation"},
    "broers_zussen_gesplitst": set(),  # known to the plan, not to a pair
}


class Watched:
    """Stands for a problem or one of its tables, and notes which fields are looked at."""

    def __init__(self, real: Any, seen: set[str], name: str = "") -> None:
        self._real, self._seen, self._name = real, seen, name

    def __getattr__(self, field: str) -> Any:
        value = getattr(self._real, field)
        names = {Children: "kind", Families: "gezin", Housemates: "huisgenoot"}
        if type(value) in names:
            return Watched(value, self._seen, names[type(value)])
        if self._name:
            self._seen.add(f"{self._name}.{field}")
        elif callable(value):
            # A method of the problem, such as the age: what it looks at counts too.
            return lambda *words: getattr(Problem, field)(self, *words)
        return value

    def __len__(self) -> int:
        return len(self._real)


@pytest.mark.parametrize("factor", FACTORS, ids=CODES)
def test_a_factor_looks_at_what_is_listed_and_at_nothing_else(factor: Any) -> None:
    """A new input must be added to the list above by hand, where it is seen in review."""
    seen: set[str] = set()
    problem = build_problem(children=[{"age": 8}], families=[{"own_children": (2014,)}])
    factor.measure(Watched(problem, seen), np.array([0]), np.array([0]))
    assert seen == INPUTS[factor.code]


def test_the_list_is_that_of_the_factors() -> None:
    """No factor is left out, and none stands there that is gone."""
    assert list(INPUTS) == list(CODES)


def test_nothing_that_stands_in_for_origin_or_use_of_services_is_looked_at() -> None:
    """No sex, provider, area name or religion as such; language and faith in one factor each."""
    looked = {field.split(".")[1] for fields in INPUTS.values() for field in fields}
    assert not looked & {
        "gender", "provider", "reference", "number", "area", "excluded", "allergies", "pets",
        "smokes", "urgency", "registered_on", "network_refused", "gender_preference",
    }  # fmt: skip
    about = {
        code
        for code, fields in INPUTS.items()
        if any(word in field for field in fields for word in ("language", "faith"))
    }
    assert about == {"verstaan", "geloofswens"}


def test_no_field_of_a_problem_holds_origin_at_all() -> None:
    """What the engine is never told it cannot use."""
    fields = {*Children.__slots__, *Families.__slots__}
    for word in ("ethnic", "nation", "origin", "birth_country", "income", "benefit", "services"):
        assert not [field for field in fields if word in field]
