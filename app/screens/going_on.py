"""How the search goes on from a crisis family, as forms ask it and the API takes it."""

from typing import Any

from app.screens.form import Form, filled
from app.screens.words import N_

NAMES = {
    "vervolg": N_("Waarnaar verder wordt gezocht"),
    "vervolg.vorm": N_("Waarnaar verder wordt gezocht"),
    "vervolg.verwachteDuurMaanden": N_("Verwachte duur daarvan, in maanden"),
    "vervolg.moetWegOp": N_("Laatste dag in het crisisgezin"),
    "redenGeenVervolg": N_("Waarom niet verder wordt gezocht"),
}
FORMS = [
    ("opvoeding", N_("Opvoeding (langdurig)")),
    ("hulpverlening", N_("Hulpverlening (tijdelijk)")),
]


def going_on(form: Form) -> dict[str, Any]:
    """Return what a form tells of it; nothing of what was left empty."""
    told = filled(
        {
            "vorm": form.get("vervolg.vorm"),
            "verwachteDuurMaanden": form.number("vervolg.verwachteDuurMaanden"),
            "moetWegOp": form.get("vervolg.moetWegOp"),
        }
    )
    why_not = form.get("redenGeenVervolg")
    return filled({"vervolg": told or None, "redenGeenVervolg": why_not})
