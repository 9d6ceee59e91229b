"""Writes Spirit's export: CSV with `;`, UTF-8 with a byte order mark, Dutch days, `|` in lists."""

import csv
from collections.abc import Iterable
from io import StringIO

from app.kernel.words import PROBLEMS
from app.simulation.family import Family
from app.simulation.phrasing import spaced_postcode, written_day, yes_no

COLUMNS = (
    "Gezinsnummer", "Achternaam", "Soort", "Status", "Postcode", "Woonplaats",
    "Geboortejaren pleegouders", "Eigen kinderen (geboortejaar)", "Pleegkinderen (geboortejaar)",
    "Vormen", "Plaatsen totaal", "Plaatsen vrij", "Beschikbaar vanaf", "Beschikbaar tot",
    "Leeftijd van", "Leeftijd tot en met", "Voorkeur geslacht", "Max broers/zussen",
    *(f"Bereid: {problem}" for problem in PROBLEMS),
    "Ervaring (jaren)", "Trainingen", "Samenwerking ouders (1-5)", "Huisdieren", "Rookt",
    "Rolstoeltoegankelijk", "Talen", "Geloof", "VGB geldig tot", "Voorbereiding afgerond",
    "Respijt mogelijk", "Netwerk voor", "Bijgewerkt",
)  # fmt: skip
_DAY = "%d-%m-%Y"


def write_spirit(families: Iterable[Family]) -> bytes:
    """Return `pleeggezinnen-spirit.csv`."""
    text = StringIO(newline="")
    table = csv.writer(text, delimiter=";")
    table.writerow(COLUMNS)
    table.writerows(_row(family) for family in families)
    return text.getvalue().encode("utf-8-sig")


def _row(family: Family) -> list[object]:
    residents = family.residents
    return [
        family.reference,
        family.name,
        family.kind,
        family.status,
        spaced_postcode(family.address.postcode),
        family.address.place,
        _listed(residents.carers),
        _listed(residents.own_children),
        _listed(residents.foster_children),
        *_offer_cells(family),
        *family.willingness,
        *_home_cells(family),
    ]


def _offer_cells(family: Family) -> list[object]:
    offer = family.offer
    return [
        _listed(offer.forms),
        offer.places_total,
        offer.places_free,
        written_day(offer.available_from, _DAY),
        written_day(offer.available_until, _DAY),
        offer.min_age,
        offer.max_age,
        offer.gender_preference,
        offer.max_siblings,
    ]


def _home_cells(family: Family) -> list[object]:
    skills, living, papers = family.skills, family.living, family.papers
    return [
        skills.experience_years,
        _listed(skills.trainings),
        skills.cooperation,
        _listed(living.pets),
        yes_no(living.smokes),
        yes_no(living.wheelchair),
        _listed(living.languages),
        living.faith,
        written_day(papers.clearance_until, _DAY),
        yes_no(papers.prepared),
        yes_no(family.offer.respite),
        family.network_for or "",
        family.updated_at.strftime(f"{_DAY} %H:%M"),
    ]


def _listed(values: Iterable[object]) -> str:
    return "|".join(map(str, values))
