"""Taking over a file of placements that ran before the service began, and what became of each."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.families.upload import safe_name
from app.screens.form import Form
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_PATH = "/plaatsingen/overnemen"
_NO_FILE = N_("Kies eerst het bestand met de plaatsingen.")
COLUMNS = (
    ("aanmeldnummer", N_("van de aanmelding hier")),
    ("aanbieder", N_("de code, zoals spirit")),
    ("gezin", N_("het eigen nummer van de aanbieder")),
    ("van", N_("de eerste dag, zoals 2025-03-01")),
    ("grond", N_("mag ontbreken: overgenomen, of eigen netwerk")),
    ("vorm, ritme", N_("mogen ontbreken: zoals het kind is aangemeld")),
    ("toewijzingsnummer, steunplan", N_("mogen ontbreken")),
    ("redenSplitsing, reden", N_("mogen ontbreken")),
)


@router.get(_PATH)
async def show(visit: SignedIn) -> Response:
    """Show where to hand in the file; 403 for who may not tell of a placement."""
    if not visit.may("biedLopendePlaatsingenAan"):
        raise Refused(403, {})
    return _page(visit)


@router.post(_PATH)
async def take_over(visit: SignedIn) -> Response:
    """Pass the file on, and go to its report."""
    form = await visit.form()
    try:
        return await _pass_on(visit, form)
    finally:
        await visit.request.close()  # and with it the file


@router.get(_PATH + "/{import_id:uuid}")
async def show_report(visit: SignedIn, import_id: UUID) -> Response:
    """Show how many were told, what was refused and why, and what is to be settled."""
    report = await visit.api.get(f"/imports/{import_id}")
    return visit.page("plaatsingen/overgenomen.html", verslag=report)


async def _pass_on(visit: Visit, form: Form) -> Response:
    given = form.file("bestand")
    if given is None:
        sentence = visit.say(_NO_FILE)
        return _page(visit, {"zin": sentence, "velden": {"bestand": sentence}}, 400)
    name = safe_name(given.filename or "")
    try:
        made = await visit.api.send_file(
            "/lopende-plaatsingen",
            content=await given.read(),
            query={"bestandsnaam": name},
            once=form.once,
        )
    except Refused as refused:
        if refused.status not in (400, 409, 413, 415):
            raise
        errors = fields_of(refused)
        errors["velden"] = dict.fromkeys(["bestand"], errors["zin"])
        return _page(visit, errors, refused.status)
    return visit.go(f"{_PATH}/{made.data['import']}")


def _page(visit: Visit, errors: dict[str, Any] | None = None, status: int = 200) -> Response:
    return visit.page(
        "plaatsingen/overnemen.html",
        status=status,
        fouten=errors,
        kolommen=COLUMNS,
        veldnamen={"bestand": visit.say(N_("Bestand"))},
    )
