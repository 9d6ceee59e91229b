"""The waiting list as a table to take along."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.screens.sheets import Cell, Sheet
from app.screens.words import N_, said

_DAYS = frozenset({"eersteAanmeldingOp", "wachtSinds", "moetWegOp"})
_COLUMNS = {
    "aanmeldnummer": N_("Aanmeldnummer"),
    "stand": N_("Stand"),
    "urgentie": N_("Urgentie"),
    "vorm": N_("Vorm"),
    "leeftijd": N_("Leeftijd"),
    "gemeente": N_("Gemeente"),
    "gebied": N_("Postcodegebied"),
    "dagenGewacht": N_("Dagen gewacht"),
    "wachtSinds": N_("Wacht sinds"),
    "eersteAanmeldingOp": N_("Eerste aanmelding op"),
    "verblijftNu": N_("Verblijft nu"),
    "moetWegOp": N_("Moet weg op"),
    "broersZussen": N_("Wachtende broers en zussen"),
    "broersZussenWens": N_("Wens broers en zussen"),
    "groepNavragen": N_("Groep navragen"),
    "ontbreekt": N_("Ontbreekt"),
    "opties": N_("Opties"),
}

_YES, _NO = N_("ja"), N_("nee")


def sheet_of(children: Sequence[Mapping[str, Any]], language: str) -> Sheet:
    """Return the lines of the list; what a role may not see has no column."""
    names = [name for name in _COLUMNS if any(name in child for child in children)]
    words = (said(_YES, language), said(_NO, language))
    return Sheet(
        [said(_COLUMNS[name], language) for name in names],
        [[_cell(name, child.get(name), words) for name in names] for child in children],
    )


def _cell(name: str, value: Any, yes_and_no: tuple[str, str]) -> Cell:
    if isinstance(value, bool):
        return yes_and_no[0] if value else yes_and_no[1]
    if name in _DAYS and value:
        return date.fromisoformat(value)
    return value if value is None or isinstance(value, int) else str(value)
