"""What the API says is wrong, beside the field that it is about."""

import re
from collections.abc import Mapping
from typing import Any

from app.screens.api import Refused

_NAMED_FIRST = re.compile(r"^[A-Za-z][\w.\-\[\]]*(?:, [A-Za-z][\w.\-\[\]]*)*: ")


def beside(error: Refused) -> dict[str, Any]:
    """Return a refusal for `foutoverzicht`: its sentence, and one for each field it names."""
    detail = error.detail
    named = _NAMED_FIRST.match(detail)
    if named:
        sentence = _sentence(detail[named.end() :])
        names = [name for name in error.fields if name != "waarde"] or error.fields
        return {"zin": detail, "velden": dict.fromkeys(names, sentence)}
    return {"zin": detail, "velden": _each(error.fields, detail)}


def _each(fields: list[str], detail: str) -> dict[str, str]:
    """Return the clause of each field; `a fout; doe dit; b fout.` has one for a and one for b."""
    starts = [(detail.find(f"{name} "), name) for name in fields]
    known = sorted((at, name) for at, name in starts if at >= 0)
    found = {}
    for (at, name), (end, _) in zip(known, [*known[1:], (len(detail), "")], strict=True):
        found[name] = _sentence(detail[at + len(name) : end])
    return {name: found.get(name, "Controleer dit veld.") for name in fields}


# What the API says to who writes JSON, said to who fills in a form.
_PLAIN = (
    (" zonder aanhalingstekens", ""),
    (", of null", ", of laat het leeg"),
    ("is geen true of false; vul een van beide in", "is niet beantwoord; kies ja of nee"),
    ("is geen tekst; zet de waarde tussen aanhalingstekens", "is niet te lezen; typ het opnieuw"),
    ("is geen lijst; maak er een lijst van, zo nodig een lege", "is leeg; vul het in"),
)


def _sentence(clause: str) -> str:
    text = clause.strip(" ;.:")
    for said, plain in _PLAIN:
        text = text.replace(said, plain)
    return text[:1].upper() + text[1:] + "."


def for_field(faults: Mapping[str, Any] | None, name: str) -> str | None:
    """Return what is wrong with a field, or with a part of it that has no field of its own."""
    if not faults:
        return None
    found: Mapping[str, str] = faults["velden"]
    inside = (clause for field, clause in found.items() if field.startswith(f"{name}["))
    return found.get(name) or next(inside, None)
