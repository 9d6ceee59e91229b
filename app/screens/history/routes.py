"""Who saw and changed what: the log, of one file or of all."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.moments import HERE
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
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
    cursor: Word = None,
) -> Response:
    """Show the log, the newest first; of one file with what was changed in it."""
    typed = {
        "onderwerp": onderwerp, "kenmerk": kenmerk, "wie": wie, "uitkomst": uitkomst,
        "van": van, "tot": tot,
    }  # fmt: skip
    wrong = None
    asked: dict[str, object] = {
        **{name: typed[name] for name in ("onderwerp", "kenmerk", "wie", "uitkomst")},
        "vanaf": _begin_of(van),
        "tot": _begin_of(tot, days=1),
        "cursor": cursor,
    }
    try:
        page = await visit.api.page("/logboek", **asked)
    except Refused as error:
        if error.status != 400:
            raise
        wrong = fields_of(error)
        page = await visit.api.page("/logboek")
    is_child = onderwerp == "kind" and bool(kenmerk) and wrong is None
    return visit.page(
        "history/geschiedenis.html",
        status=400 if wrong else 200,
        regels=page.data["regels"],
        volgende=page.next_cursor,
        getypt={name: value or "" for name, value in typed.items()},
        onderwerpen=SUBJECTS,
        dossier=await _file_of(visit, str(kenmerk)) if is_child else None,
        fouten=wrong,
    )


async def _file_of(visit: SignedIn, child: str) -> dict[str, Any] | None:
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
