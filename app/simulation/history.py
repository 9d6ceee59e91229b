"""Draws past placements of a made-up region, as `plaatsingen-historie.csv` tells of them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import resources
from io import StringIO

import numpy as np

from app.kernel.postcode import distance_km, pc4_of
from app.kernel.words import PROBLEMS, AreaQuality, CareForm, FamilyKind, Willingness
from app.simulation.areas import load_areas
from app.simulation.child import Child
from app.simulation.children import draw_children
from app.simulation.dice import Dice
from app.simulation.families import draw_families
from app.simulation.family import Family
from app.simulation.history_truth import Facts, Truth
from app.simulation.numbers import draw_references
from app.simulation.order import Order

FILE = "plaatsingen-historie.csv"
_DAYS_A_YEAR, _DAYS_A_MONTH = 365.25, 30.4375
YEARS_BACK = 3.7
_SIZE_OF_REGION = 340  # so far apart as in the region of the tests
_KIN_SHARE, _TOGETHER_SHARE = 0.42, 0.67
_TRIES = 60
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Points:
    """Where postcode areas lie: latitude and longitude by four digits; exact: known for certain."""

    of: dict[str, tuple[float, float]]
    exact: frozenset[str]

    @classmethod
    def load(cls) -> "Points":
        """Return the points of the postcode table that the project carries."""
        text = resources.files("app.reference").joinpath("pc4.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(StringIO(text)))
        return cls(
            {row["pc4"]: (float(row["lat"]), float(row["lon"])) for row in rows},
            frozenset(row["pc4"] for row in rows if row["kwaliteit"] == AreaQuality.EXACT),
        )

    def km(self, one: str, other: str) -> float:
        """Return the km between the areas of two postcodes."""
        (a, b), (c, d) = self.of[pc4_of(one)], self.of[pc4_of(other)]
        return float(distance_km(*(np.array(x) for x in (a, b, c, d))))


def facts_of(
    child: Child, family: Family, points: Points, *, today: date, is_apart: bool = False
) -> Facts:
    """Return what the truth looks at besides a child and a family on a day."""
    born = child.born_on.year + (child.born_on.timetuple().tm_yday - 1) / _DAYS_A_YEAR
    gaps = [abs(year + 0.5 - born) for year in family.residents.own_children]
    home = family.address.postcode
    return Facts(
        home_km=points.km(child.household.address.postcode, home),
        school_km=points.km(child.school.postcode, home) if child.school else None,
        age=(today - child.born_on).days / _DAYS_A_YEAR,
        gap=min(gaps, default=None),
        is_apart=is_apart,
    )


def draw_history(order: Order, *, placements: int, truth: Truth) -> bytes:
    """Return the file with so many past placements, seen on the order's day."""
    rows = list(_draw_rows(order, placements, truth))
    text = StringIO(newline="")
    table = csv.DictWriter(text, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def _draw_rows(order: Order, placements: int, truth: Truth) -> Iterator[Row]:
    areas, points = load_areas(_SIZE_OF_REGION), Points.load()
    # People of another time: none of those who wait or offer a place now.
    past = replace(order, children=placements, families=placements, seed=-1 - order.seed)
    dice, today = Dice(order.seed, "history"), order.snapshot_day
    children = draw_children(past, areas=areas, network=[])
    names = draw_references(Dice(past.seed, "references"), placements)
    families = draw_families(past.seed, names, areas=areas, today=today)
    for number, child in enumerate(children):
        family = _draw_family(dice, child, families)
        if dice.hits(_KIN_SHARE):
            family = _as_kin(family)
        is_apart = child.household.siblings is not None and not dice.hits(_TOGETHER_SHARE)
        facts = facts_of(child, family, points, today=today, is_apart=is_apart)
        months = truth.draw_months(dice, truth.log_ratio(child, family, facts))
        yield {
            "plaatsing_id": f"H-{number:05d}",
            **_course(dice, child, months=months, today=today),
            **start_cells(child, family, facts, today=today),
        }


def start_cells(child: Child, family: Family, facts: Facts, *, today: date) -> Row:
    """Return what is known of a placement on its first day, by the columns of the file."""
    return {
        "aanbieder": family.provider.value,
        "gezin_type": family.kind.value,
        "vorm": child.household.request.care_form.value,
        **_child_cells(child, facts),
        **_family_cells(child, family, facts, today=today),
    }


def _draw_family(dice: Dice, child: Child, families: tuple[Family, ...]) -> Family:
    """Return a family that could be asked then: of the right form, and not against the child."""
    for _ in range(_TRIES):
        family = dice.pick(families)
        if child.household.request.care_form in family.offer.forms and not _refuses(family, child):
            return family
    return replace(family, willingness=(Willingness.WITH_SUPPORT,) * len(PROBLEMS))


def _refuses(family: Family, child: Child) -> bool:
    answers = zip(child.needs.severity, family.willingness, strict=True)
    return any(severity >= 2 and answer is Willingness.NO for severity, answer in answers)


def _as_kin(family: Family) -> Family:
    return replace(family, kind=FamilyKind.NETWORK)


def _course(dice: Dice, child: Child, *, months: float, today: date) -> Row:
    began = today - timedelta(days=dice.between(1, int(YEARS_BACK * _DAYS_A_YEAR)))
    request = child.household.request
    is_short = request.care_form is CareForm.CRISIS
    planned = dice.between(20, 56) if is_short else int(request.expected_months * _DAYS_A_MONTH)
    broken = max(1, int(min(months, 1e4) * _DAYS_A_MONTH))
    end, why = min((planned, "volgens plan"), (broken, "voortijdig afgebroken"))
    ended = began + timedelta(days=end)
    is_over = ended <= today
    return {
        "start": began.isoformat(),
        "einde": ended.isoformat() if is_over else "",
        "reden_einde": why if is_over else "loopt",
    }


def _child_cells(child: Child, facts: Facts) -> Row:
    needs, history = child.needs, child.history
    return {
        "leeftijd_bij_start": round(facts.age, 1),
        "geslacht": child.gender.value,
        **{f"ernst_{p}": s for p, s in zip(PROBLEMS, needs.severity, strict=True)},
        "eerdere_plaatsingen": history.placements,
        "eerdere_breakdowns": history.breakdowns,
        "residentieel_verleden": _yes_no(history.was_residential),
    }


def _family_cells(child: Child, family: Family, facts: Facts, *, today: date) -> Row:
    home, skills = child.household, family.skills
    faith, school = home.background.faith_wish, child.school
    carers = [today.year - year for year in family.residents.carers]
    has_siblings = home.siblings is not None
    shares = set(home.background.languages) & set(family.living.languages)
    return {
        **{f"bereidheid_{p}": a.value for p, a in zip(PROBLEMS, family.willingness, strict=True)},
        "ervaring_jaren": skills.experience_years,
        "trainingen": "|".join(skills.trainings),
        "eigen_kind_leeftijdsverschil_jaren": "" if facts.gap is None else round(facts.gap, 1),
        "aantal_pleegkinderen_in_gezin": len(family.residents.foster_children),
        "afstand_huis_km": round(facts.home_km, 1),
        "afstand_school_km": "" if facts.school_km is None else round(facts.school_km, 1),
        "school_behouden": _yes_no(school is not None and school.should_stay),
        "bezoek_per_maand": home.contact.visits_per_month,
        "samenwerking_ouders": skills.cooperation,
        "taal_gedeeld": _yes_no(bool(shares)),
        "geloofswens_vervuld": "" if faith is None else _yes_no(faith == family.living.faith),
        "oudste_pleegouder_leeftijd": max(carers),
        "jongste_pleegouder_leeftijd": min(carers),
        "respijt_beschikbaar": _yes_no(family.offer.respite),
        "heeft_broers_zussen": _yes_no(has_siblings),
        "samen_geplaatst": _yes_no(not facts.is_apart) if has_siblings else "",
        "wens_andere_kinderen": child.other_children.value,
    }


def _yes_no(value: bool) -> str:
    return "ja" if value else "nee"
