"""Writes the export of Leger des Heils: CSV in cp1252 with packed columns and days as YYYYMMDD."""

import csv
from collections.abc import Iterable
from io import StringIO

from app.kernel.words import PROBLEMS, GenderPreference, Willingness
from app.simulation.family import Family
from app.simulation.phrasing import written_day

COLUMNS = (
    "ID", "GEZIN", "SOORT", "STATUS", "POSTCODE", "PLAATS", "OUDERS", "HUISGENOTEN", "VORM",
    "CAPACITEIT", "LEEFTIJD", "GESLACHT", "MAX_GEZAMENLIJK", "WIL_WEL", "WIL_MET_STEUN",
    "WIL_NIET", "ERVARING", "TRAINING", "OUDERSAMENWERKING", "DIEREN", "ROOKT", "ROLSTOEL",
    "TALEN", "GELOOF", "VGB", "VOORBEREID", "RESPIJT", "NETWERK_VOOR", "VANAF", "TOT",
    "LAATST_GEWIJZIGD",
)  # fmt: skip
_GENDERS = {GenderPreference.NONE: "-", GenderPreference.GIRL: "m", GenderPreference.BOY: "j"}
_DAY = "%Y%m%d"


def write_leger_des_heils(families: Iterable[Family]) -> bytes:
    """Return `pleeggezinnen-leger-des-heils.csv`."""
    text = StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows(_row(family) for family in families)
    return text.getvalue().encode("cp1252")


def _row(family: Family) -> list[object]:
    return [
        family.reference,
        family.name,
        family.kind,
        family.status,
        family.address.postcode.lower(),
        family.address.place,
        "/".join(map(str, family.residents.carers)),
        _packed_housemates(family),
        *_offer_cells(family),
        *(_with_answer(family, answer) for answer in Willingness),
        *_home_cells(family),
    ]


def _packed_housemates(family: Family) -> str:
    own = (f"e{year}" for year in family.residents.own_children)
    return " ".join((*own, *(f"p{year}" for year in family.residents.foster_children)))


def _offer_cells(family: Family) -> list[object]:
    offer = family.offer
    return [
        "+".join(offer.forms),
        f"{offer.places_free}/{offer.places_total}",
        f"{offer.min_age}-{offer.max_age}",
        _GENDERS[offer.gender_preference],
        offer.max_siblings,
    ]


def _with_answer(family: Family, wanted: Willingness) -> str:
    answers = zip(PROBLEMS, family.willingness, strict=True)
    return " ".join(problem for problem, answer in answers if answer is wanted)


def _home_cells(family: Family) -> list[object]:
    skills, living, offer = family.skills, family.living, family.offer
    return [
        f"{skills.experience_years},0",
        "; ".join(skills.trainings),
        skills.cooperation,
        "; ".join(living.pets),
        int(living.smokes),
        int(living.wheelchair),
        "; ".join(living.languages),
        living.faith,
        written_day(family.papers.clearance_until, _DAY),
        int(family.papers.prepared),
        int(offer.respite),
        family.network_for or "",
        written_day(offer.available_from, _DAY),
        written_day(offer.available_until, _DAY),
        family.updated_at.strftime(f"{_DAY}%H%M"),
    ]
