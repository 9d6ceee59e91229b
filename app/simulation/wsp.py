"""Writes the export of William Schrikker Pleegzorg: Excel, three sheets, `x` marks, B and N."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.kernel.words import CARE_FORMS, PROBLEMS, FamilyKind, GenderPreference
from app.simulation.family import Family
from app.simulation.names import PETS
from app.simulation.phrasing import yes_no

FAMILIES = (
    "Nr", "Familie", "Soort", "Status", "PC", "Plaats", "Geb.jaar ouder 1", "Geb.jaar ouder 2",
    "Crisis", "Hulpverlening", "Opvoeding", "Deeltijd", "Totaal", "Vrij", "Per", "T/m",
    "Min lft", "Max lft", "Geslacht", "Broertjes/zusjes max", "Jaren ervaring", "Trainingen",
    "Ouders", "Hond", "Kat", "Ander dier", "Roken", "Rolstoel", "Taal 1", "Overige talen",
    "Religie", "VGB t/m", "STAP", "Respijt", "Netwerk voor", "Mutatie",
)  # fmt: skip
HOUSEMATES = ("Nr", "Geboortejaar", "Relatie")
WILLINGNESS = ("Nr", "Problematiek", "Bereid")
_KINDS = {FamilyKind.RECRUITED: "B", FamilyKind.NETWORK: "N"}
_GENDERS = {GenderPreference.NONE: None, GenderPreference.GIRL: "M", GenderPreference.BOY: "J"}
Cell = str | int | date | datetime | None


def write_wsp(families: Sequence[Family]) -> bytes:
    """Return `pleeggezinnen-wsp.xlsx`, the same bytes for the same families."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001  else it is now
    formats = (
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    )
    for name, header, rows in (
        ("Gezinnen", FAMILIES, map(_family_cells, families)),
        ("Huisgenoten", HOUSEMATES, _housemate_rows(families)),
        ("Bereidheid", WILLINGNESS, _willingness_rows(families)),
    ):
        _fill(book.add_worksheet(name), [header, *rows], formats=formats)
    book.close()
    return target.getvalue()


def _fill(
    sheet: Worksheet, rows: Iterable[Sequence[Cell]], *, formats: tuple[Format, Format]
) -> None:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_datetime(row, column, cell, formats[1])
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, formats[0])
            elif isinstance(cell, int):
                sheet.write_number(row, column, cell)
            elif cell:
                sheet.write_string(row, column, cell)


def _family_cells(family: Family) -> list[Cell]:
    carers, offer = family.residents.carers, family.offer
    return [
        family.reference,
        family.name,
        _KINDS[family.kind],
        family.status.capitalize(),
        family.address.postcode,
        family.address.place,
        carers[0],
        carers[1] if len(carers) > 1 else None,
        *(_mark(form in offer.forms) for form in CARE_FORMS),
        offer.places_total,
        offer.places_free,
        offer.available_from,
        offer.available_until,
        offer.min_age,
        offer.max_age,
        _GENDERS[offer.gender_preference],
        offer.max_siblings,
        *_home_cells(family),
    ]


def _home_cells(family: Family) -> list[Cell]:
    skills, living = family.skills, family.living
    return [
        skills.experience_years,
        ", ".join(skills.trainings),
        skills.cooperation,
        *(_mark(pet in living.pets) for pet in PETS),
        yes_no(living.smokes),
        yes_no(living.wheelchair),
        living.languages[0],
        ", ".join(living.languages[1:]),
        living.faith,
        family.papers.clearance_until,
        yes_no(family.papers.prepared),
        yes_no(family.offer.respite),
        family.network_for,
        family.updated_at,
    ]


def _housemate_rows(families: Iterable[Family]) -> Iterable[Sequence[Cell]]:
    for family in families:
        for year in family.residents.own_children:
            yield family.reference, year, "eigen"
        for year in family.residents.foster_children:
            yield family.reference, year, "pleeg"


def _willingness_rows(families: Iterable[Family]) -> Iterable[Sequence[Cell]]:
    for family in families:
        for problem, answer in zip(PROBLEMS, family.willingness, strict=True):
            yield family.reference, problem, answer


def _mark(is_so: bool) -> str | None:
    return "x" if is_so else None
