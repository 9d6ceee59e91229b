"""The room of rights: all requests with their term, and the purges that wait for a person."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.rechten import file
from app.screens.rechten.words import ASKERS, GROUNDS, NAMES, PURGES, STATES
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
router.include_router(file.router)
HERE = "/rechten"
Word = Annotated[str | None, Query(max_length=200)]


@router.get(HERE)
async def show(visit: SignedIn, stand: Word = None, cursor: Word = None) -> Response:
    """Show every request for destruction, what is still to be decided first asked for."""
    return await _page(visit, state=stand, cursor=cursor)


@router.post(HERE + "/verzoeken/{wanted:uuid}")
async def decide(visit: SignedIn, wanted: UUID) -> Response:
    """Grant a request, or refuse it on a ground."""
    form = await visit.form()
    body = {
        "toegewezen": form.yes("toegewezen"),
        "weigeringsgrond": form.get("weigeringsgrond"),
        "reden": form.get("reden"),
    }
    try:
        path = f"/vernietigingsverzoeken/{wanted}/_beslis"
        await visit.api.ask("POST", path, body=filled(body))
    except Refused as error:
        return await _page(visit, form=form, error=error, about=wanted)
    return visit.go(HERE, note=visit.say(N_("De beslissing is vastgelegd.")))


@router.post(HERE + "/opschoningen/{purge:uuid}")
async def approve(visit: SignedIn, purge: UUID) -> Response:
    """Approve what may go by its term; it cannot be undone."""
    await visit.form()
    try:
        await visit.api.ask("POST", f"/opschoningen/{purge}/_goedkeuren")
    except Refused as error:
        return await _page(visit, error=error)
    note = N_("De opschoning is goedgekeurd; de dienst voert haar uit.")
    return visit.go(HERE, note=visit.say(note))


async def _page(
    visit: Visit,
    *,
    state: str | None = None,
    cursor: str | None = None,
    form: Form | None = None,
    error: Refused | None = None,
    about: UUID | None = None,
) -> Response:
    asked = [visit.api.page("/vernietigingsverzoeken", stand=state, cursor=cursor)]
    if visit.may("lijstOpschoningen"):
        asked.append(visit.api.page("/opschoningen"))
    requests, *purges = await all_of(*asked)
    return visit.page(
        "rechten/overzicht.html",
        status=error.status if error else 200,
        verzoeken=requests.data["verzoeken"],
        volgende=requests.next_cursor,
        opschoningen=purges[0].data["opschoningen"] if purges else [],
        stand=state,
        getypt=form.text() if form else {},
        over=str(about) if about else "",
        fouten=fields_of(error) if error else None,
        namen={name: visit.say(words) for name, words in NAMES.items()},
        vragers=ASKERS,
        gronden=GROUNDS,
        standen=STATES,
        opschoonstanden=PURGES,
    )
