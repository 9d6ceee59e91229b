"""Turns what pydantic says of an input into the field's Dutch path and one Dutch clause.

The value itself never comes back: it may be personal data.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

MAX_NAME = 60
_LONG_NUMBER = re.compile(r"[0-9]{9}")
_SEVERITIES = "problematiek"
_CLAUSES: Mapping[str, str] = {
    "missing": "ontbreekt; vul dit veld in",
    "extra_forbidden": "is geen bekend veld; verwijder het of verbeter de naam",
    "string_type": "is geen tekst; zet de waarde tussen aanhalingstekens",
    "string_unicode": "bevat een onleesbaar teken; typ de tekst opnieuw",
    "string_too_short": "is te kort; vul minstens {min_length} teken(s) in",
    "string_too_long": "is te lang; vul hoogstens {max_length} tekens in",
    "string_pattern_mismatch": "heeft niet de goede vorm; neem het voorbeeld in /v1/openapi.json",
    "int_type": "is geen heel getal; vul een getal in zonder aanhalingstekens",
    "int_parsing": "is geen heel getal; vul een getal in, alleen cijfers",
    "int_parsing_size": "is geen heel getal; vul een getal in, alleen cijfers",
    "int_from_float": "is geen heel getal; vul een getal zonder komma in",
    "float_type": "is geen getal; vul een getal in zonder aanhalingstekens",
    "finite_number": "is geen gewoon getal; vul een getal in",
    "bool_parsing": "is geen true of false; vul een van beide in",
    "uuid_parsing": "is geen id; neem het over uit een antwoord of een Location",
    "uuid_type": "is geen id; neem het over uit een antwoord of een Location",
    "bool_type": "is geen true of false; vul een van beide in, zonder aanhalingstekens",
    "tuple_type": "is geen lijst; maak er een lijst van, zo nodig een lege",
    "model_type": "is geen object; vul de velden in tussen {{ en }}",
    "model_attributes_type": "is geen object; vul de velden in tussen {{ en }}",
    "date_parsing": "is geen datum; schrijf jaar-maand-dag, zoals 2026-11-01",
    "date_from_datetime_parsing": "is geen datum; schrijf jaar-maand-dag, zoals 2026-11-01",
    "enum": "is geen bekend woord; kies uit {expected}",
    "literal_error": "is geen bekend woord; kies uit {expected}",
    "union_tag_invalid": "heeft geen bekende soort; kies uit {expected_tags}",
    "union_tag_not_found": "noemt geen soort; vul dat veld in",
    "greater_than_equal": "is te laag; vul minstens {ge} in",
    "greater_than": "is te laag; vul meer dan {gt} in",
    "less_than": "is te hoog; vul minder dan {lt} in",
    "less_than_equal": "is te hoog; vul hoogstens {le} in",
    "too_long": "bevat te veel onderdelen; vul er hoogstens {max_length} in",
}
_DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_UNKNOWN = "is niet te lezen; vergelijk het met de beschrijving van dit veld"


def first_fault(error: ValidationError) -> tuple[str, str]:
    """Return the path and the clause of the first fault, in the order of the fields."""
    return faults(error)[0]


def faults(error: ValidationError) -> list[tuple[str, str]]:
    """Return (path, clause) for every fault; list items count from 1, as in `talen[1]`."""
    return clauses_of(error.errors(include_url=False, include_input=False))


def clauses_of(found: Sequence[Any]) -> list[tuple[str, str]]:
    """Return (path, clause) for faults as pydantic lists them."""
    return [(path_of(fault["loc"]), _clause(dict(fault))) for fault in found]


def path_of(location: tuple[int | str, ...]) -> str:
    """Return the place of a fault in the registration, in interface names."""
    path = ""
    for step in location:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{_shown(step)}"
    return path.removeprefix(".") or "regel"


def _shown(name: str) -> str:
    # A key is text that somebody sent: nine digits in it could be a BSN.
    is_safe = name.isprintable() and not _LONG_NUMBER.search(name)
    return name[:MAX_NAME] if is_safe else "(onleesbaar)"


def _clause(fault: dict[str, Any]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "missing" and len(fault["loc"]) > 1 and fault["loc"][0] == _SEVERITIES:
        return "ontbreekt; vul 0 t/m 3 in"
    if context.get("pattern") == _DAY_PATTERN:
        kind = "date_parsing"
    if "expected" in context:
        context = {**context, "expected": context["expected"].replace(" or ", " of ")}
    shown = {name: f"{v:g}" if isinstance(v, float) else v for name, v in context.items()}
    return _CLAUSES.get(kind, _UNKNOWN).format(**shown)
