"""A new report: six fields, as they are told on the phone."""

import re
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.crisis.words import FLAGS, GENDERS, names_for
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.visit import SignedIn, Visit

router = APIRouter()
SIBLINGS = range(1, 8)
_SIBLING = re.compile(r"broersZussen\W+(?P<row>\d+)\W+(?P<what>\w+)")


@router.get("/crisis/nieuw")
async def show_form(visit: SignedIn) -> Response:
    """Show the six fields, empty."""
    need(visit, "meldCrisis")
    return _form(visit)


@router.post("/crisis/nieuw")
async def send_report(visit: SignedIn) -> Response:
    """Report a crisis and go to tonight's beds."""
    form = await visit.form()
    try:
        made = await visit.api.ask("POST", "/crisismeldingen", body=_body(form), once=form.once)
    except Refused as error:
        return _form(visit, form, fields_of(error), status=error.status)
    return visit.go(f"/crisis/{made.data['id']}")


def need(visit: Visit, operation: str) -> None:
    """Raise Refused where a page would hold nothing but a form that is not for this role."""
    if not visit.may(operation):
        raise Refused(403, {})


def _body(form: Form) -> dict[str, Any]:
    told = {
        "leeftijd": form.number("leeftijd"),
        "geslacht": form.get("geslacht"),
        "postcodeNu": form.get("postcodeNu"),
        "terugbelnummer": form.get("terugbelnummer"),
    }
    return {**filled(told), "veiligheid": form.all("veiligheid"), "broersZussen": _siblings(form)}


def _siblings(form: Form) -> list[dict[str, Any]]:
    rows = (
        filled({"leeftijd": form.number(f"broer{n}-leeftijd"), "geslacht": form.get(f"broer{n}")})
        for n in SIBLINGS
    )
    return [row for row in rows if row]


def _form(
    visit: Visit, form: Form | None = None, errors: dict[str, Any] | None = None, status: int = 200
) -> Response:
    typed = form.text() if form else {}
    return visit.page(
        "crisis/nieuw.html",
        status=status,
        getypt=typed,
        gekozen=form.all("veiligheid") if form else [],
        fouten=_of_siblings(errors, form) if errors and form else None,
        namen=names_for(visit),
        geslachten=GENDERS,
        vlaggen=FLAGS,
        rijen=SIBLINGS,
    )


def _of_siblings(errors: dict[str, Any], form: Form) -> dict[str, Any]:
    """Return refusals with those about a brother or sister named as on the form."""
    asked = [n for n in SIBLINGS if form.get(f"broer{n}-leeftijd") or form.get(f"broer{n}")]
    beside: dict[str, str] = {}
    for field, sentence in errors["velden"].items():
        found = _SIBLING.match(field)
        if found:
            row = asked[int(found["row"]) - 1]
            beside["broersZussen"] = f"Broer of zus {row}, {found['what']}: {sentence.lower()}"
        else:
            beside[field] = sentence
    return {**errors, "velden": beside}
