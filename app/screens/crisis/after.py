"""After the yes: the file that follows, a bed that is given back, a report that is closed."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.crisis.report import report_page
from app.screens.form import Form, filled
from app.screens.going_on import going_on
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_UNKNOWN = "aanmeldnummer: er is geen aanmelding met dit nummer; controleer het."


@router.post("/crisis/{report_id:uuid}/vrijgeven")
async def release(visit: SignedIn, report_id: UUID) -> Response:
    """Give the bed back and look again."""
    form = await visit.form()
    body = filled({"reden": form.get("reden-vrijgeven"), "kind": form.get("kind")})
    note = N_("Het bed is vrij. Hieronder staat hoe u verder gaat.")
    return await _do(visit, report_id, ("_vrijgeven", body), form=form, note=note)


@router.post("/crisis/{report_id:uuid}/minder")
async def fewer(visit: SignedIn, report_id: UUID) -> Response:
    """Give back the beds of who did not come."""
    form = await visit.form()
    body = filled({"reden": form.get("reden-minder"), "bedden": form.number("bedden")})
    note = N_("De bedden van wie niet kwam zijn vrij.")
    asked = ("_vrijgeven", body)
    return await _do(visit, report_id, asked, form=form, note=note, reason="reden-minder")


@router.post("/crisis/{report_id:uuid}/sluiten")
async def close(visit: SignedIn, report_id: UUID) -> Response:
    """Close a report for which no bed is needed here any more."""
    form = await visit.form()
    body = filled({"reden": form.get("reden-sluiten")})
    note = N_("De melding is gesloten.")
    asked = ("_sluiten", body)
    return await _do(visit, report_id, asked, form=form, note=note, reason="reden-sluiten")


@router.post("/crisis/{report_id:uuid}/koppelen")
async def link(visit: SignedIn, report_id: UUID) -> Response:
    """Tie the registration to the bed, found by its number."""
    form = await visit.form()
    try:
        child = await _child(visit, form)
    except Refused as error:
        return await report_page(visit, report_id, form=form, error=error)
    note = N_("De aanmelding is gekoppeld: het kind woont in dit gezin.")
    body = {"kind": child} | going_on(form) | filled({"redenAnders": form.get("redenAnders")})
    return await _do(visit, report_id, ("_koppel", body), form=form, note=note)


async def _child(visit: Visit, form: Form) -> str:
    body = {"aanmeldnummer": form.get("aanmeldnummer") or ""}
    found = (await visit.api.ask("POST", "/kinderen/_zoek", body=body)).data["ids"]
    if not found:
        raise Refused(404, {"detail": _UNKNOWN, "velden": ["aanmeldnummer"]})
    return str(found[0])


async def _do(
    visit: Visit,
    report_id: UUID,
    asked: tuple[str, dict[str, Any]],
    *,
    form: Form,
    note: str,
    reason: str = "reden-vrijgeven",
) -> Response:
    """Ask it of the API; reason: under which name the form has `reden`."""
    verb, body = asked
    try:
        await visit.api.ask("POST", f"/crisismeldingen/{report_id}/{verb}", body=body)
    except Refused as error:
        return await report_page(visit, report_id, form=form, error=error, rename=reason)
    return visit.go(f"/crisis/{report_id}", note=visit.say(note))
