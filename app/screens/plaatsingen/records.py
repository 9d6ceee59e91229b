"""The forms of a review that was held and of a breakdown record."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.form import Form, filled
from app.screens.plaatsingen.asked import need, place, shown_again
from app.screens.plaatsingen.words import VOICES
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_AT = "/plaatsingen/{placement_id:uuid}"
ROWS = 6  # findings that fit in one form; a review rarely has more


@router.get(_AT + "/evaluatie")
async def show_review(visit: SignedIn, placement_id: UUID) -> Response:
    """Show the form for a review that was held."""
    need(visit, "legEvaluatieVast")
    return await _page(visit, "evaluatie", placement_id)


@router.post(_AT + "/evaluatie")
async def record_review(visit: SignedIn, placement_id: UUID) -> Response:
    """Record a review; the next one is planned."""
    form = await visit.form()
    body = {
        "gehoudenOp": form.get("gehoudenOp"),
        "stemmen": [_voice(form, who) for who in VOICES],
        "bevindingen": list(_findings(form)),
        "problemen": form.number("problemen"),
        "contactenPerMaand": form.number("contactenPerMaand"),
        "belasting": form.number("belasting"),
        "veiligheid": form.get("veiligheid"),
        "toelichting": form.get("toelichting"),
    }
    note = N_("De evaluatie is vastgelegd en de volgende gepland.")
    return await _send(visit, placement_id, "evaluaties", filled(body), form=form, note=note)


@router.get(_AT + "/afbreukverslag")
async def show_breakdown(visit: SignedIn, placement_id: UUID) -> Response:
    """Show the form for a breakdown record."""
    need(visit, "legAfbreukVast")
    return await _page(visit, "afbreukverslag", placement_id)


@router.post(_AT + "/afbreukverslag")
async def record_breakdown(visit: SignedIn, placement_id: UUID) -> Response:
    """Record why a placement broke down, or nearly did."""
    form = await visit.form()
    one = ("soort", "dag", "initiatief", "toelichting", "geprobeerdToelichting")
    body: dict[str, Any] = {name: form.get(name) for name in one}
    body |= {name: form.all(name) for name in ("redenen", "geprobeerd")}
    note = N_("Het verslag is vastgelegd.")
    return await _send(visit, placement_id, "afbreukverslagen", filled(body), form=form, note=note)


def _voice(form: Form, who: str) -> dict[str, Any]:
    told = {"wie": who, "gehoord": form.get(f"gehoord_{who}"), "reden": form.get(f"reden_{who}")}
    return filled(told)


def _findings(form: Form) -> Iterator[dict[str, Any]]:
    for row in range(1, ROWS + 1):
        names = ("wie", "onderwerp", "oordeel", "tekst")
        told = filled({name: form.get(f"{name}_{row}") for name in names})
        if told:
            yield told


async def _send(
    visit: Visit,
    placement_id: UUID,
    what: str,
    body: dict[str, Any],
    *,
    form: Form,
    note: str,
) -> Response:
    at = place(placement_id)
    template = {"evaluaties": "evaluatie", "afbreukverslagen": "afbreukverslag"}[what]
    try:
        await visit.api.ask("POST", f"{at}/{what}", body=body, once=form.once)
    except Refused as error:
        return await _page(visit, template, placement_id, form=form, error=error)
    return visit.go(at, note=visit.say(note))


async def _page(
    visit: Visit,
    template: str,
    placement_id: UUID,
    *,
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    found = await visit.api.get(place(placement_id))
    again = shown_again(visit, form, error)
    return visit.page(
        f"plaatsingen/{template}.html", plaatsing=found, rijen=range(1, ROWS + 1), **again
    )
