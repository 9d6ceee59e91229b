"""One bed as fields of a form: its rhythm, who sleeps in it, and what it is for by itself."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.screens.families.labels import FORMS
from app.screens.form import Form
from app.screens.words import N_

FREE, TAKEN, OUTSIDE = "vrij", "bezet", "buiten"
STATES = {
    FREE: N_("Vrij"),
    TAKEN: N_("Bezet"),
    OUTSIDE: N_("Bezet door een kind van buiten de regio"),
}
_ROW = re.compile(r"plaats-(\d{1,2})-ritme")
_FIELD = re.compile(r"plaats-(\d{1,2})-(ritme|stand|vanaf|tot|vorm)(?:-(\w+))?")
_LABELS = {
    "ritme": N_("Plaats %(n)s, ritme"),
    "stand": N_("Plaats %(n)s, vrij of bezet"),
    "vanaf": N_("Plaats %(n)s, eerste dag"),
    "tot": N_("Plaats %(n)s, laatste dag"),
    "vorm": N_("Plaats %(n)s, alleen voor"),
}
# How the API calls a field of a bed, and what it is called here.
_OURS = {"ritme": "ritme", "beschikbaarVanaf": "vanaf", "beschikbaarTot": "tot", "vormen": "vorm"}
_IN_PATH = re.compile(r"plaatsen\[(?P<bed>\d+)\]\.?(?P<what>\w*)")
_IN_SENTENCE = re.compile(r"bed (?P<bed>\d+): (?P<rest>.*)", re.IGNORECASE)


def fields_of_bed(number: int, bed: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the fields of one bed; None: an empty row to add one in."""
    told = bed or {"isVrij": True}
    state = FREE if told["isVrij"] else OUTSIDE if told.get("vanBuitenDeRegio") else TAKEN
    at = f"plaats-{number}"
    return {
        f"{at}-ritme": told.get("ritme", ""),
        f"{at}-stand": state,
        **{f"{at}-vorm-{form}": "ja" if form in told.get("vormen", ()) else "" for form in FORMS},
        f"{at}-vanaf": told.get("beschikbaarVanaf") or "",
        f"{at}-tot": told.get("beschikbaarTot") or "",
    }


def beds_of(form: Form, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the beds as the API takes them; a row without a rhythm is none.

    known: as they were read; what else the API knows of a bed stays as it is.
    """
    return [
        {
            **(told_of(known[n - 1]) if 0 < n <= len(known) else {}),
            "ritme": form.get(f"plaats-{n}-ritme"),
            "isVrij": form.get(f"plaats-{n}-stand") not in (TAKEN, OUTSIDE),
            "vanBuitenDeRegio": form.get(f"plaats-{n}-stand") == OUTSIDE,
            "vormen": [one for one in FORMS if form.get(f"plaats-{n}-vorm-{one}")],
            "beschikbaarVanaf": form.get(f"plaats-{n}-vanaf"),
            "beschikbaarTot": form.get(f"plaats-{n}-tot"),
        }
        for n in _rows(form)
    ]


def told_of(bed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a bed without its rank, which is told by its place in the list."""
    return {name: value for name, value in bed.items() if name != "volgnummer"}


def _rows(form: Form) -> list[int]:
    named = (_ROW.fullmatch(name) for name in form.text())
    return sorted(int(m[1]) for m in named if m and form.get(m[0]))


def name_of(field: str, say: Callable[[str], str]) -> str | None:
    """Return what a field of a bed is called; None for a field of no bed."""
    found = _FIELD.fullmatch(field)
    if found is None:
        return None
    named = say(_LABELS[found[2]]) % {"n": found[1]}
    return f"{named} {say(FORMS[found[3]])}" if found[3] in FORMS else named


def beside_beds(errors: dict[str, Any], form: Form) -> dict[str, Any]:
    """Return refusals with those about a bed beside the field of its row."""
    rows, beside = _rows(form), {}
    for field, sentence in errors["velden"].items():
        found = _IN_PATH.fullmatch(field) or _IN_SENTENCE.fullmatch(sentence)
        if found is None or not 0 < int(found["bed"]) <= len(rows):
            beside[field] = sentence
            continue
        rest = found.groupdict().get("rest") or sentence
        what = found.groupdict().get("what") or _field_in(rest)
        plain = rest.replace("beschikbaarTot", "laatste dag").replace(
            "beschikbaarVanaf", "de eerste dag"
        )
        named = f"plaats-{rows[int(found['bed']) - 1]}-{_OURS.get(what, 'stand')}"
        beside[named] = plain[:1].upper() + plain[1:]
    return {**errors, "velden": beside}


def _field_in(sentence: str) -> str:
    if sentence.startswith("beschikbaarTot"):
        return "beschikbaarTot"
    return "vormen" if "vorm" in sentence else ""
