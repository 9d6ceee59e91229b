"""What a family offers as fields of a form, and back into what the API takes."""

from collections.abc import Callable
from typing import Any

from app.screens.families.bed_fields import beds_of, fields_of_bed, name_of, told_of
from app.screens.form import Form
from app.screens.words import N_

SPARE = 1  # an empty row to add a place in; every time it is kept there is one more


def as_fields(family: dict[str, Any]) -> dict[str, str]:
    """Return what the form shows of a family; a bed is a row of its own."""
    beds = family["plaatsen"]
    fields = {
        "meedoen": "nee" if family["status"] == "pauze" else "ja",
        "pauze.reden": family["pauzeReden"] or "",
        "pauze.tot": family["pauzeTot"] or "",
        "beschikbaarVanaf": family["beschikbaarVanaf"] or "",
        "beschikbaarTot": family["beschikbaarTot"] or "",
    }
    for at in range(min(len(beds) + SPARE, 20)):
        fields |= fields_of_bed(at + 1, beds[at] if at < len(beds) else None)
    return fields


def body_of(form: Form, beds: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what was filled in as the API takes it; a row without a rhythm is no place.

    beds: as they were read; what else the API knows of a bed stays as it is.
    """
    takes_part = form.get("meedoen") != "nee"
    pause = {"reden": form.get("pauze.reden") or "", "tot": form.get("pauze.tot")}
    return {
        "pauze": None if takes_part else pause,
        "beschikbaarVanaf": form.get("beschikbaarVanaf"),
        "beschikbaarTot": form.get("beschikbaarTot"),
        "plaatsen": beds_of(form, beds),
    }


def as_told(family: dict[str, Any]) -> dict[str, Any] | None:
    """Return what a family offers as the API would take it; None where it cannot say so again."""
    is_paused = family["status"] == "pauze"
    if family["status"] == "gestopt" or (is_paused and not family["pauzeReden"]):
        return None
    if family["navragen"]:
        return None  # a change confirms a family, and that cannot be unsaid
    return {
        "pauze": {"reden": family["pauzeReden"], "tot": family["pauzeTot"]} if is_paused else None,
        "beschikbaarVanaf": family["beschikbaarVanaf"],
        "beschikbaarTot": family["beschikbaarTot"],
        "plaatsen": [told_of(bed) for bed in family["plaatsen"]],
    }


def names_of(fields: dict[str, str], say: Callable[[str], str]) -> dict[str, str]:
    """Return what each field is called, for errors and differences."""
    named = {name: say(words) for name, words in _NAMES.items()}
    beds = {name: name_of(name, say) for name in fields}
    return named | {name: found for name, found in beds.items() if found}


_NAMES = {
    "meedoen": N_("Doet het gezin mee?"),
    "pauze": N_("Doet het gezin mee?"),
    "pauze.reden": N_("Reden van de pauze"),
    "pauze.tot": N_("Laatste dag van de pauze"),
    "beschikbaarVanaf": N_("Eerste dag"),
    "beschikbaarTot": N_("Laatste dag"),
    "plaatsen": N_("Plaatsen"),
}
