"""From what is typed into a step to what the API takes, and back."""

from collections.abc import Mapping
from typing import Any

from app.screens.form import Form
from app.screens.registrations.fields import Field, Kind, Part, Rows

Told = dict[str, Any]


def read(form: Form, parts: list[Part]) -> Told:
    """Return what was typed, in the shapes of the API; what is empty is None.

    A field that cannot be read stays as it was typed: the API says what is wrong with it.
    """
    told: Told = {}
    for part in parts:
        value = _rows(form, part) if isinstance(part, Rows) else value_of(form, part)
        _put(told, part.name, value)
    return {name: _none_if_empty(value) for name, value in told.items()}


def value_of(form: Form, field: Field, name: str | None = None) -> Any:
    """Return the value of one field; name: under which it was typed."""
    name = name or field.name
    match field.kind:
        case Kind.YES_NO:
            return form.yes(name)
        case Kind.WHOLE | Kind.LEVEL:
            return form.number(name)
        case Kind.DECIMAL:
            number = form.number(name)
            return float(number) if isinstance(number, int) else number
        case Kind.TICKS:
            # Nothing ticked is an answer where the list itself was shown.
            return form.all(name) if form.get(f"{name}-gezien") else None
        case Kind.LIST:
            return [v.strip() for v in (form.get(name) or "").split(",") if v.strip()] or None
    return form.get(name)


def _rows(form: Form, rows: Rows) -> list[Told]:
    found = []
    at = 1
    while form.get(f"{rows.name}[{at}]-rij"):
        row = {f.name: value_of(form, f, f"{rows.name}[{at}].{f.name}") for f in rows.fields}
        row = {name: value for name, value in row.items() if value is not None}
        if row:
            found.append(row)
        at += 1
    return found


def _put(told: Told, name: str, value: Any) -> None:
    outer, _, inner = name.partition(".")
    if not inner:
        told[outer] = value
        return
    part = told.setdefault(outer, {})
    if value not in (None, []):
        part[inner] = value


def _none_if_empty(value: Any) -> Any:
    return None if isinstance(value, dict) and not value else value


def shown(told: Mapping[str, Any], name: str) -> Any:
    """Return the value of a field by its name in the API, or None."""
    outer, _, inner = name.partition(".")
    value = told.get(outer)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, Mapping) else None


def as_text(field: Field, value: Any) -> Any:
    """Return a value as it stands in the field on the page."""
    if value is None:
        return [] if field.kind is Kind.TICKS else ""
    if field.kind is Kind.YES_NO:
        return "ja" if value is True else "nee" if value is False else ""
    if field.kind is Kind.LIST and isinstance(value, list):
        return ", ".join(map(str, value))
    if field.kind is Kind.DECIMAL and isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return value if field.kind is Kind.TICKS else str(value)
