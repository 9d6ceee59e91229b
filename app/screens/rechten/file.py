"""The rights of one child: a copy to give, statements, until when it is kept, and destruction."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.moments import in_full
from app.screens.rechten.words import ASKERS, DUTIES, GROUNDS, NAMES, STATED_BY, STATES
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_STATEMENT = ("veld", "verklaardDoor", "verklaring", "redenWeigering")
# The fields of the second and third form bear other names: one page has them all.
_REQUEST = {
    "gevraagdDoor": "gevraagdDoor",
    "gevraagdOp": "gevraagdOp",
    "over-verzoek": "toelichting",
}
# As the copy writes them; it is given to people.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d.*)?")
_DUTY = {"soort": "soort", "over-plicht": "toelichting"}


@router.get("/kinderen/{child:uuid}/rechten")
async def show(visit: SignedIn, child: UUID) -> Response:
    """Show what was asked and stated, and until when the file is kept."""
    return await _page(visit, child)


@router.get("/kinderen/{child:uuid}/rechten/afschrift")
async def copy(visit: SignedIn, child: UUID) -> Response:
    """Show the file without what is of others, to print and give."""
    found = await visit.api.get(f"/kinderen/{child}/inzage")
    parts = [
        (part["naam"], [list(_facts(line)) for line in part["regels"]])
        for part in found["onderdelen"]
    ]
    return visit.page("rechten/afschrift.html", kind=child, afschrift=found, onderdelen=parts)


@router.post("/kinderen/{child:uuid}/rechten/verklaring")
async def state(visit: SignedIn, child: UUID) -> Response:
    """Add what somebody states."""
    form = await visit.form()
    body = {name: form.get(name) for name in _STATEMENT}
    return await _do(visit, child, form, ("verklaringen", body, N_("De verklaring is toegevoegd.")))


@router.post("/kinderen/{child:uuid}/rechten/verzoek")
async def ask(visit: SignedIn, child: UUID) -> Response:
    """Record that somebody asks that the file be destroyed."""
    form = await visit.form()
    body = {name: form.get(field) for field, name in _REQUEST.items()}
    note = N_("Het verzoek is vastgelegd; een coördinator beslist.")
    return await _do(visit, child, form, ("vernietigingsverzoeken", body, note))


@router.post("/kinderen/{child:uuid}/rechten/bewaarplicht")
async def hold(visit: SignedIn, child: UUID) -> Response:
    """Let the file be kept for as long as it must."""
    form = await visit.form()
    body = {name: form.get(field) for field, name in _DUTY.items()}
    note = N_("Het dossier blijft bewaard tot u dit opheft.")
    return await _do(visit, child, form, ("bewaarplichten", body, note))


@router.post("/kinderen/{child:uuid}/rechten/bewaarplicht/{duty:uuid}")
async def lift(visit: SignedIn, child: UUID, duty: UUID) -> Response:
    """End a duty to keep it."""
    form = await visit.form()
    path = f"bewaarplichten/{duty}/_opheffen"
    return await _do(visit, child, form, (path, {}, N_("De gewone termijn geldt weer.")))


def _facts(line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a line of a file says, in words; what says nothing is left out."""
    for name, value in line.items():
        if value not in (None, "", [], {}):
            yield _spoken(name), _said(value)


@lru_cache(maxsize=1_000)  # a copy has some four hundred lines, under a hundred names
def _spoken(name: str) -> str:
    """Return a name of the interface as words: `stemVanHetKind` is `stem van het kind`."""
    apart = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
    return apart.replace("_", " ").strip()


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {told}" for name, told in _facts(value))
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    text = str(value)
    return in_full(text, "nl") if _MOMENT.fullmatch(text) else text


async def _do(
    visit: Visit, child: UUID, form: Form, asked: tuple[str, dict[str, Any], str]
) -> Response:
    path, body, note = asked
    told = filled(body) or None
    try:
        await visit.api.ask("POST", f"/kinderen/{child}/{path}", body=told, once=form.once)
    except Refused as error:
        return await _page(visit, child, form, error)
    return visit.go(f"/kinderen/{child}/rechten", note=visit.say(note))


async def _page(
    visit: Visit, child: UUID, form: Form | None = None, error: Refused | None = None
) -> Response:
    parts = ("verklaringen", "bewaartermijn", "vernietigingsverzoeken")
    stated, term, requests = await all_of(
        *(visit.api.get(f"/kinderen/{child}/{part}") for part in parts)
    )
    return visit.page(
        "rechten/kind.html",
        status=error.status if error else 200,
        kind=child,
        verklaringen=stated["verklaringen"],
        termijn=term,
        verzoeken=requests["verzoeken"],
        getypt=form.text() if form else {},
        fouten=fields_of(error) if error else None,
        namen={name: visit.say(words) for name, words in NAMES.items()},
        verklaarders=STATED_BY,
        vragers=ASKERS,
        standen=STATES,
        gronden=GROUNDS,
        plichten=DUTIES,
    )
