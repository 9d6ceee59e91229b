"""What must hold between the fields of one family, and what is worth a person's attention."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.families.canonical import FamilyRecord
from app.families.readers.dialect import Dialect
from app.families.readers.fields import FieldWrong
from app.kernel.words import PROBLEMS, FamilyKind, FamilyStatus


def check_family(record: FamilyRecord, dialect: Dialect, *, last_year: int) -> None:
    """Raise FieldWrong for the first contradiction; nobody was born after `last_year`."""
    for field, clause in _contradictions(record, last_year):
        raise FieldWrong(dialect.column_of(field), clause)


def settle(record: FamilyRecord, dialect: Dialect) -> tuple[FamilyRecord, list[tuple[str, str]]]:
    """Return the family as it is kept, with (column, sentence part) for what a person should know.

    A recruited family that names a child keeps its place in the search; the child's name in it
    would make it a network family, which only its provider can say.
    """
    remarks = list(_gaps(record))
    if record.kind is FamilyKind.RECRUITED and record.network_for:
        record = replace(record, network_for=None)
        remarks.append(("network_for", "is ingevuld bij een bestandsgezin en is niet gebruikt"))
    return record, [(dialect.column_of(field), remark) for field, remark in remarks]


def _contradictions(record: FamilyRecord, last_year: int) -> Iterator[tuple[str, str]]:
    if record.status is FamilyStatus.ACTIVE and not record.forms:
        yield "forms", "is leeg; vul ten minste één vorm van pleegzorg in"
    if record.places_free > record.places_total:
        yield "places_free", "is meer dan het totaal aantal plaatsen; verbeter een van beide"
    if _is_before(record.available_until, record.available_from):
        yield "available_until", "ligt voor het begin van de beschikbaarheid; verbeter een datum"
    if record.min_age > record.max_age:
        yield "min_age", "is hoger dan de hoogste leeftijd; draai ze om of verbeter een van beide"
    for field in ("carers_born", "own_children_born", "foster_children_born"):
        if any(year > last_year for year in getattr(record, field)):
            yield field, "bevat een geboortejaar in de toekomst; verbeter het jaar"
    if record.kind is FamilyKind.NETWORK and not record.network_for:
        yield "network_for", "is leeg bij een netwerkgezin; vul het aanmeldnummer van het kind in"


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _gaps(record: FamilyRecord) -> Iterator[tuple[str, str]]:
    if not record.carers_born:
        yield "carers_born", "is leeg: de leeftijd van de pleegouders is onbekend"
    unknown = [problem.value for problem in PROBLEMS if problem not in record.willingness]
    if unknown:
        yield "willingness", f"is niet bekend voor: {', '.join(unknown)}"
