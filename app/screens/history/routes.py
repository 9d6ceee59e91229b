"""Who saw and changed what: the log, of one file or of all."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.kernel.purposes import Purpose
from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.moments import HERE
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
FILTERS = ("onderwerp", "kenmerk", "wie", "uitkomst", "van", "tot", "doel", "toepassing")
Word = Annotated[str | None, Query(max_length=200)]
SUBJECTS = [
    ("kind", N_("Kind")),
    ("pleeggezin", N_("Pleeggezin")),
    ("crisismelding", N_("Crisismelding")),
    ("gezinsvraag", N_("Vraag aan een aanbieder")),
    ("matchrun", N_("Matchrun")),
    ("import", N_("Import")),
    ("abonnement", N_("Abonnement")),
    ("aanbieder", N_("Aanbieder")),
    ("plaatsing", N_("Plaatsing")),
    ("respijtronde", N_("Respijtronde")),
    ("weegfactoren", N_("Weegfactoren")),
    ("jaarverslag", N_("Jaarverslag")),
    ("zelfevaluatie", N_("Zelfevaluatie")),
    ("noodtoegang", N_("Noodtoegang")),
    ("nummer", N_("Telefoonnummer")),
]


@router.get("/geschiedenis")
async def show_log(
    *,
    visit: SignedIn,
    onderwerp: Word = None,
    kenmerk: Word = None,
    wie: Word = None,
    uitkomst: Word = None,
    van: Word = None,
    tot: Word = None,
    doel: Word = None,
    toepassing: Word = None,
    cursor: Word = None,
) -> Response:
    """Show the log, the newest first; of one file with what was changed in it."""
    typed = {
        "onderwerp": onderwerp, "kenmerk": kenmerk, "wie": wie, "uitkomst": uitkomst,
        "van": van, "tot": tot, "doel": doel, "toepassing": toepassing,
    }  # fmt: skip
    return await _page(visit, typed, cursor=cursor)


async def _page(
    visit: Visit,
    typed: Mapping[str, str | None],
    *,
    cursor: str | None = None,
    number: str = "",
    wrong: dict[str, Any] | None = None,
) -> Response:
    asked: dict[str, object] = {**_asked(typed), "cursor": cursor}
    try:
        page = await visit.api.page("/logboek", **asked)
    except Refused as error:
        if error.status != 400:
            raise
        wrong = fields_of(error)
        page = await visit.api.page("/logboek")
    seals = await visit.api.get("/logboek/zegels", aantal=1)
    child = typed["kenmerk"] if typed["onderwerp"] == "kind" and wrong is None else None
    return visit.page(
        "history/geschiedenis.html",
        status=400 if wrong else 200,
        regels=page.data["regels"],
        volgende=page.next_cursor,
        getypt={name: value or "" for name, value in typed.items()},
        onderwerpen=SUBJECTS,
        doelen=[(purpose.value, purpose.value) for purpose in Purpose],
        zegels=seals,
        dossier=await _file_of(visit, child) if child else None,
        nummer=number,
        fouten=wrong,
    )


@router.post("/geschiedenis/kind")
async def find_child(visit: SignedIn) -> Response:
    """Go to the lines about a child by its number, which so stays out of every address."""
    form = await visit.form()
    number = form.get("aanmeldnummer") or ""
    page = await visit.api.page("/logboek", aanmeldnummer=number, aantal=1) if number else None
    found = page.data["regels"] if page else []
    if not found:
        return await _page(visit, dict.fromkeys(FILTERS), number=number, wrong=_nobody(visit))
    return visit.go(f"/geschiedenis?onderwerp=kind&kenmerk={found[0]['kenmerk']}")


def _nobody(visit: Visit) -> dict[str, Any]:
    sentence = visit.say(N_("Over een kind met dit nummer staat hier niets. Kijk het nummer na."))
    return {"zin": sentence, "velden": {"aanmeldnummer": sentence}}


@router.get("/geschiedenis/logboek.csv")
async def export(visit: SignedIn) -> Response:
    """Send what was asked for as a file; the API notes that it left."""
    query = visit.request.query_params
    typed = {name: query.get(name) for name in FILTERS}
    parts = await visit.api.text("/logboek/_export", **_asked(typed))
    headers = {
        "Content-Disposition": 'attachment; filename="logboek.csv"',
        "Cache-Control": "no-store",
    }
    return Response(parts, media_type="text/csv; charset=utf-8", headers=headers)


def _asked(typed: Mapping[str, str | None]) -> dict[str, object]:
    """Return what the API is asked for what was typed."""
    plain = {name: typed[name] for name in FILTERS if name not in ("van", "tot")}
    until = _begin_of(typed["tot"], days=1)
    return {**plain, "vanaf": _begin_of(typed["van"]), "tot": until}


async def _file_of(visit: Visit, child: str) -> dict[str, Any] | None:
    """Return how a file came to be as it is; None where there is no such child."""
    try:
        road, corrections = await all_of(
            visit.api.get(f"/kinderen/{child}/geschiedenis"),
            visit.api.get(f"/kinderen/{child}/correcties"),
        )
    except Refused:
        return None
    return {"weg": road, "correcties": corrections}


def _begin_of(day: str | None, *, days: int = 0) -> str | None:
    """Return the instant at which a day begins here; what is no day goes on as it was typed."""
    if not day:
        return None
    try:
        begin = date.fromisoformat(day) + timedelta(days=days)
    except (ValueError, OverflowError):
        return day
    return datetime.combine(begin, time.min, HERE).isoformat()
