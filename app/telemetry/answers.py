"""Whom an answer of the API is about: read from its own fields, once it has been sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import from_json

from app.kernel.addresses import number_of_path
from app.telemetry.activities import load_register
from app.telemetry.carried import Processing, Reference, Who

NUMBER = "aanmeldnummer"
CHILD = "kind"  # the id of a registration
# A family is its provider and its number there: these fields stand beside each other.
FAMILY_FIELDS = (
    ("aanbieder", "gezin"),
    ("aanbieder", "nummer"),
    ("vanAanbieder", "vanNummer"),
    ("naarAanbieder", "naarNummer"),
)
_LOGGED = {
    "kind": Who.REGISTRATION,
    "pleeggezin": Who.FAMILY_NUMBER,
    "plaatsing": Who.PLACEMENT,
    "gezinsvraag": Who.QUESTION,
    "crisismelding": Who.REPORT,
}


def path_reference(path: str, parameters: Mapping[str, Any]) -> Reference | None:
    """Return whom a path names; path: the route's template, such as `/kinderen/{id}/stappen`."""
    who, names = load_register().subjects.get(path.lstrip("/").split("/", 1)[0], (None, ()))
    told = [number_of_path(str(parameters[name])) for name in names if name in parameters]
    if who is None or len(told) != len(names):
        return None
    return who, "/".join(told)


def all_references(processing: Processing) -> list[Reference]:
    """Return whom a processing concerns: those it named, and those in its answers; each once."""
    found = dict.fromkeys(processing.references)
    id_of = load_register().ids.get(processing.operation or "")
    for answer in processing.answers:
        try:
            found |= dict.fromkeys(_in(from_json(answer), id_of))
        except ValueError:
            continue  # no JSON: a file, whose route names its persons itself
    return list(found)


def _in(answer: Any, id_of: Who | None) -> Iterator[Reference]:
    waiting = [answer]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from _of(value, id_of)
            waiting += [each for each in value.values() if isinstance(each, dict | list)]
        elif isinstance(value, list):
            waiting += value


def _of(value: Mapping[str, Any], id_of: Who | None) -> Iterator[Reference]:
    number, child, own = value.get(NUMBER), value.get(CHILD), value.get("id")
    if isinstance(number, str):
        yield Who.NUMBER, number
    elif isinstance(child, str):
        yield Who.REGISTRATION, child
    if id_of is not None:
        found = (own, *value.get("ids", ()), *value.get("concepten", ()))
        yield from ((id_of, each) for each in found if isinstance(each, str))
    yield from _families_of(value)
    yield from _logged(value)


def _families_of(value: Mapping[str, Any]) -> Iterator[Reference]:
    for provider, reference in FAMILY_FIELDS:
        code, told = value.get(provider), value.get(reference)
        if isinstance(code, str) and isinstance(told, str):
            yield Who.FAMILY_NUMBER, f"{code}/{told}"


def _logged(value: Mapping[str, Any]) -> Iterator[Reference]:
    """Yield whom a line of the log of access is about, or a change of an import."""
    who, told = _LOGGED.get(str(value.get("onderwerp"))), value.get("kenmerk")
    if who is not None and isinstance(told, str):
        yield who, told
    # What an import changed of a registration stands there by its number, without a provider.
    is_registration = "volgnummer" in value and value.get("aanbieder", "") is None
    if is_registration and isinstance(value.get("nummer"), str):
        yield Who.NUMBER, value["nummer"]
