"""Emergency access: open a file in need, read it while it lasts; and judge what others opened."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
HERE = "/noodtoegang"
Word = Annotated[str | None, Query(max_length=200)]
OCCASIONS = [
    ("acute onveiligheid", N_("Acute onveiligheid")),
    ("medische nood", N_("Medische nood")),
    ("vermissing", N_("Vermissing")),
    ("plaats voor vannacht", N_("Plaats voor vannacht")),
    ("anders", N_("Anders")),
]
JUDGEMENTS = [("terecht", N_("Terecht")), ("onterecht", N_("Onterecht"))]
NAMES = {
    "aanmeldnummer": N_("Aanmeldnummer"),
    "aanleiding": N_("Aanleiding"),
    "reden": N_("Reden"),
    "uren": N_("Hoeveel uur"),
    "oordeel": N_("Oordeel"),
    "toelichting": N_("Toelichting"),
}


@router.get(HERE)
async def show(visit: SignedIn, cursor: Word = None) -> Response:
    """Show who saw a file in need; and to who may, the form to open one."""
    return await _page(visit, cursor=cursor)


@router.post(HERE)
async def open_file(visit: SignedIn) -> Response:
    """Open a file, and go to it."""
    form = await visit.form()
    body = {name: form.get(name) for name in ("aanmeldnummer", "aanleiding", "reden")}
    asked = filled({**body, "uren": form.number("uren")})
    try:
        made = await visit.api.ask("POST", "/noodtoegangen", body=asked, once=form.once)
    except Refused as error:
        return await _page(visit, form, error)
    return visit.go(f"{HERE}/{made.data['id']}")


@router.get(HERE + "/{access:uuid}")
async def show_file(visit: SignedIn, access: UUID) -> Response:
    """Show the file while it is open to this person."""
    found = await visit.api.get(f"/noodtoegangen/{access}/dossier")
    return visit.page("history/nooddossier.html", dossier=found, toegang=str(access))


@router.post(HERE + "/{access:uuid}/sluiten")
async def close(visit: SignedIn, access: UUID) -> Response:
    """Close a file before it closes by itself."""
    await visit.form()
    await visit.api.ask("POST", f"/noodtoegangen/{access}/_sluiten")
    return visit.go(HERE, note=visit.say(N_("Het dossier is gesloten.")))


@router.post(HERE + "/{access:uuid}/oordeel")
async def judge(visit: SignedIn, access: UUID, cursor: Word = None) -> Response:
    """Say whether it was right; after an error its row stands open with what was chosen."""
    form = await visit.form()
    body = filled({name: form.get(name) for name in ("oordeel", "toelichting")})
    try:
        await visit.api.ask("POST", f"/noodtoegangen/{access}/_beoordelen", body=body)
    except Refused as error:
        return await _page(visit, form, error, about=access, cursor=cursor)
    return visit.go(HERE, note=visit.say(N_("Het oordeel is vastgelegd.")))


async def _page(
    visit: Visit,
    form: Form | None = None,
    error: Refused | None = None,
    *,
    about: UUID | None = None,
    cursor: str | None = None,
) -> Response:
    page = await visit.api.page("/noodtoegangen", cursor=cursor)
    return visit.page(
        "history/noodtoegang.html",
        status=error.status if error else 200,
        toegangen=page.data["noodtoegangen"],
        volgende=page.next_cursor,
        cursor=cursor,
        over=str(about) if about else "",
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen={name: visit.say(words) for name, words in NAMES.items()},
        aanleidingen=OCCASIONS,
        oordelen=JUDGEMENTS,
    )
