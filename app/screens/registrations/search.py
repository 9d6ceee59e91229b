"""Finding a child by the number of its registration, or by BSN: both stay out of every address."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused, all_of
from app.screens.registrations import choices
from app.screens.registrations.faults import beside
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
_BSN_DIGITS = 9
_NO_BSN = N_("Op BSN zoeken kan uw rol niet. Zoek op aanmeldnummer.")


@router.post("/kinderen/zoek", name="search_child")
async def search(visit: SignedIn) -> Response:
    """Go to the child that is found, or show those whose number begins so."""
    form = await visit.form()
    asked = form.get("zoek") or ""
    digits = asked.replace(" ", "").replace(".", "")
    is_bsn = digits.isdigit() and len(digits) == _BSN_DIGITS
    if is_bsn and not visit.may("zoekKinderen"):
        sentence = visit.say(_NO_BSN)
        return _page(visit, wrong={"zin": sentence, "velden": {"zoek": sentence}})
    try:
        found = await (_by_bsn(visit, digits) if is_bsn else _by_number(visit, asked))
    except Refused as error:
        if error.status != 400:
            raise
        return _page(visit, wrong=beside(error))
    if len(found) == 1:
        return visit.go(f"/kinderen/{found[0]['id']}")
    return _page(visit, found)


async def _by_bsn(visit: SignedIn, bsn: str) -> list[dict[str, Any]]:
    ids = (await visit.api.ask("POST", "/kinderen/_zoek", body={"bsn": bsn})).data["ids"]
    return await all_of(*(visit.api.get(f"/kinderen/{id_}") for id_ in ids))


async def _by_number(visit: SignedIn, number: str) -> list[dict[str, Any]]:
    """Return those whose number begins so; the one whose number it is, where there is one."""
    body = {"aanmeldnummer": number}
    found: list[dict[str, Any]] = (
        await visit.api.ask("POST", "/kinderen/nummers/_zoek", body=body)
    ).data["kinderen"]
    return [one for one in found if one["aanmeldnummer"] == number] or found


def _page(
    visit: SignedIn,
    found: list[dict[str, Any]] | None = None,
    *,
    wrong: dict[str, Any] | None = None,
) -> Response:
    return visit.page(
        "registrations/zoek.html",
        status=400 if wrong else 200,
        fouten=wrong,
        kinderen=found or [],
        standen=choices.STAGES,
        vormen=choices.CARE_FORMS,
    )
