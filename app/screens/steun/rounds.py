"""Respite rounds: ask one, read what it proposes, accept after the family's yes."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.steun.words import NAMES, NEEDS, STATES
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()


@router.get("/respijt")
async def show_rounds(visit: SignedIn, cursor: str = "") -> Response:
    """Show the rounds, the newest first."""
    return await _list(visit, cursor=cursor)


@router.post("/respijt")
async def ask_round(visit: SignedIn) -> Response:
    """Ask a round for all who ask for respite on the watch list."""
    form = await visit.form()
    body = filled(
        {
            "vanaf": form.get("vanaf"),
            "totEnMet": form.get("totEnMet"),
            "straalKm": form.number("straalKm"),
        }
    )
    try:
        made = await visit.api.ask("POST", "/respijtrondes", body=body, once=form.once)
    except Refused as error:
        return await _list(visit, form=form, error=error)
    return visit.go(f"/respijt/{made.data['id']}", note=visit.say(N_("De ronde is aangevraagd.")))


@router.get("/respijt/{round_id:uuid}")
async def show_round(visit: SignedIn, round_id: UUID) -> Response:
    """Show what a round proposes."""
    return await _round(visit, round_id)


@router.post("/respijt/{round_id:uuid}/{placement:uuid}")
async def accept(visit: SignedIn, round_id: UUID, placement: UUID) -> Response:
    """Accept a proposal: the place is taken and the respite stands with the placement."""
    form = await visit.form()
    path = f"/respijtrondes/{round_id}/voorstellen/{placement}/_aannemen"
    body = {
        "gezinAkkoord": form.get("gezinAkkoord") == "ja",
        **filled({"vanaf": form.get("vanaf")}),
    }
    try:
        await visit.api.ask("POST", path, body=body, once=form.once)
    except Refused as error:
        return await _round(visit, round_id, form=form, error=error, about=str(placement))
    note = N_("Het respijt is vastgelegd en de plaats is bezet.")
    return visit.go(f"/plaatsingen/{placement}/steun", note=visit.say(note))


async def _list(
    visit: Visit, *, cursor: str = "", form: Form | None = None, error: Refused | None = None
) -> Response:
    page = await visit.api.page("/respijtrondes", cursor=cursor, aantal=20)
    return visit.page(
        "steun/rondes.html",
        status=error.status if error else 200,
        rondes=page.data["respijtrondes"],
        verder=page.next_cursor,
        standen=STATES,
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen=_names(visit),
    )


async def _round(
    visit: Visit,
    round_id: UUID,
    *,
    form: Form | None = None,
    error: Refused | None = None,
    about: str = "",
) -> Response:
    found = await visit.api.get(f"/respijtrondes/{round_id}")
    return visit.page(
        "steun/ronde.html",
        status=error.status if error else 200,
        ronde=found,
        gevonden=[line for line in found["voorstellen"] if line["gezin"]],
        zonder=[line for line in found["voorstellen"] if not line["gezin"]],
        standen=STATES,
        ritmes=dict(NEEDS),
        getypt=form.text() if form else {},
        over=about,
        fouten=fields_of(error) if error else None,
        namen=_names(visit),
    )


def _names(visit: Visit) -> dict[str, str]:
    return {name: visit.say(words) for name, words in NAMES.items()}
