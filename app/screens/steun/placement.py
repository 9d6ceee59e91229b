"""Signals and support of one placement: look, report, settle, offer, and say whether it helped."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.form import Form, filled, version_shown
from app.screens.steun.words import HELPED, KINDS, LOOKED, NAMES, NEEDS, SIGNALS, TAKEN
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_RESULT = (
    "opgepakt", "redenNietOpgepakt", "vanaf", "totEnMet", "geholpen", "toelichtingGeholpen",
)  # fmt: skip


@router.get("/plaatsingen/{placement:uuid}/steun")
async def show(visit: SignedIn, placement: UUID) -> Response:
    """Show signals and support of a placement."""
    return await _page(visit, placement)


@router.post("/plaatsingen/{placement:uuid}/steun/signaal")
async def report(visit: SignedIn, placement: UUID) -> Response:
    """Report a signal."""
    form = await visit.form()
    names = ("dag", "soort", "toelichting", "vraagtRespijt")
    note = N_("Het signaal is gemeld; de plaatsing staat op de volglijst.")
    return await _do(visit, placement, form, ("signalen", {n: form.get(n) for n in names}, note))


@router.post("/plaatsingen/{placement:uuid}/steun/signaal/{signal:uuid}")
async def settle(visit: SignedIn, placement: UUID, signal: UUID) -> Response:
    """Settle a signal with a reason."""
    form = await visit.form()
    path, body = f"signalen/{signal}/_afhandelen", {"reden": form.get("reden")}
    asked = (path, body, N_("Het signaal is afgehandeld."))
    return await _do(visit, placement, form, asked, about=signal)


@router.post("/plaatsingen/{placement:uuid}/steun/zoek")
async def look_now(visit: SignedIn, placement: UUID) -> Response:
    """Let the service look for ambulatory support now."""
    form = await visit.form()
    note = N_("De dienst zoekt. Ververs deze pagina over een paar tellen om te zien wat past.")
    return await _do(visit, placement, form, ("hulpvoorstellen/_zoek", {}, note))


@router.post("/plaatsingen/{placement:uuid}/steun/aanbod")
async def offer(visit: SignedIn, placement: UUID) -> Response:
    """Record what was offered."""
    form = await visit.form()
    body = {
        "soort": form.get("soort-steun"),
        "toelichting": form.get("toelichting-steun"),
        "aangebodenOp": form.get("aangebodenOp"),
        "hulpvoorstel": form.get("hulpvoorstel"),
    }
    return await _do(visit, placement, form, ("steunaanbod", body, N_("Het aanbod is vastgelegd.")))


@router.get("/plaatsingen/{placement:uuid}/steun/aanbod/{offer_id:uuid}")
async def show_offer(visit: SignedIn, placement: UUID, offer_id: UUID) -> Response:
    """Show the form of what came of an offer."""
    return await _offer(visit, placement, offer_id)


@router.post("/plaatsingen/{placement:uuid}/steun/aanbod/{offer_id:uuid}")
async def change_offer(visit: SignedIn, placement: UUID, offer_id: UUID) -> Response:
    """Record what came of an offer, on the version that was read."""
    form = await visit.form()
    path = f"/plaatsingen/{placement}/steunaanbod/{offer_id}"
    body = filled({name: form.get(name) for name in _RESULT})
    try:
        await visit.api.ask("PATCH", path, body=body, etag=form.version)
    except Refused as error:
        return await _offer(visit, placement, offer_id, form=form, error=error)
    return visit.go(f"/plaatsingen/{placement}/steun", note=visit.say(N_("Het is bewaard.")))


async def _do(
    visit: Visit,
    placement: UUID,
    form: Form,
    asked: tuple[str, dict[str, Any], str],
    *,
    about: UUID | None = None,
) -> Response:
    path, body, note = asked
    whole = f"/plaatsingen/{placement}/{path}"
    try:
        await visit.api.ask("POST", whole, body=filled(body), once=form.once)
    except Refused as error:
        return await _page(visit, placement, form, error, about=about)
    return visit.go(f"/plaatsingen/{placement}/steun", note=visit.say(note))


async def _page(
    visit: Visit,
    placement: UUID,
    form: Form | None = None,
    error: Refused | None = None,
    *,
    about: UUID | None = None,
) -> Response:
    at = f"/plaatsingen/{placement}"
    signals, offers = await all_of(
        visit.api.get(f"{at}/signalen"), visit.api.get(f"{at}/steunaanbod")
    )
    return visit.page(
        "steun/plaatsing.html",
        status=error.status if error else 200,
        plaatsing=signals["plaatsing"],
        signalen=signals["signalen"],
        hulp=signals["hulpvoorstellen"],
        gezocht=signals["laatstGezocht"],
        uitkomsten=LOOKED,
        aanbod=offers["steunaanbod"],
        getypt=form.text() if form else {},
        over=str(about) if about else "",
        fouten=fields_of(error) if error else None,
        namen=_names(visit),
        soorten=SIGNALS,
        ritmes=NEEDS,
        steun=KINDS,
        opgepakt=dict(TAKEN),
        geholpen=dict(HELPED),
    )


async def _offer(
    visit: Visit,
    placement: UUID,
    offer_id: UUID,
    *,
    form: Form | None = None,
    error: Refused | None = None,
) -> Response:
    now = await visit.api.page(f"/plaatsingen/{placement}/steunaanbod/{offer_id}")
    typed, both = form.text() if form else {}, error is not None and error.status == 412
    return visit.page(
        "steun/aanbod.html",
        status=error.status if error else 200,
        plaatsing=placement,
        aanbod=now.data,
        waarden={**{name: now.data[name] for name in _RESULT}, **typed},
        getypt={name: typed.get(name) for name in _RESULT},
        versie=version_shown(form, now.etag, both=both),
        is_anders=both,
        fouten=fields_of(error) if error and not both else None,
        namen=_names(visit),
        opgepakt=TAKEN,
        geholpen=HELPED,
        steun=dict(KINDS),
    )


def _names(visit: Visit) -> dict[str, str]:
    return {name: visit.say(words) for name, words in NAMES.items()}
