"""Handing in an export of families: the file goes on to the API piece by piece."""

import re
from collections.abc import AsyncIterator
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from starlette.datastructures import UploadFile

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.families.labels import WORDS
from app.screens.families.providers import names_of, own_provider, providers_of
from app.screens.form import Form
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_PIECE = 2**20
_SIZE = 20
_NO_FILE = N_("kies eerst het bestand met uw export.")
NAMES = {
    "aanbieder": N_("Aanbieder"),
    "bestand": N_("Bestand"),
    "bestandsnaam": N_("Bestand"),
    "body": N_("Bestand"),
    "Content-Type": N_("Bestand"),
    "peildatum": N_("Peildatum"),
}


@router.get("/gezinnen/import")
async def upload_page(
    visit: SignedIn, cursor: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Show where to hand in an export, and what became of earlier ones."""
    return await _page(visit, cursor=cursor)


@router.post("/gezinnen/import")
async def upload(visit: SignedIn) -> Response:
    """Pass a file on, and go to its report."""
    form = await visit.form()
    try:
        return await _pass_on(visit, form)
    finally:
        await visit.request.close()  # and with it the file


async def _pass_on(visit: Visit, form: Form) -> Response:
    given = form.file("bestand")
    if given is None:
        sentence = visit.say(_NO_FILE).capitalize()
        wrong = {"zin": sentence, "velden": {"bestand": sentence}}
        return await _page(visit, typed=form.text(), errors=wrong, status=400)
    try:
        made = await visit.api.send_file(
            "/imports", content=_pieces(given), query=_query(form, given), once=form.once
        )
    except Refused as refused:
        if refused.status not in (400, 404, 409, 413, 415):
            raise
        return await _page(visit, typed=form.text(), errors=_beside(refused), status=refused.status)
    return visit.go(f"/gezinnen/import/{made.data['id']}")


def _query(form: Form, given: UploadFile) -> dict[str, Any]:
    return {
        "soort": "pleeggezinnen",
        "aanbieder": form.get("aanbieder"),
        "bestandsnaam": safe_name(given.filename or ""),
        "peildatum": form.get("peildatum"),
    }


def safe_name(given: str) -> str:
    """Return a file's name without what a report cannot call it by."""
    name = re.sub(r"[^0-9A-Za-zÀ-ÿ_ .()+\-]", "-", PurePath(given.replace("\\", "/")).name)
    return name.lstrip(" .()+-")[-100:]


async def _pieces(given: UploadFile) -> AsyncIterator[bytes]:
    while piece := await given.read(_PIECE):
        yield piece


def _beside(refused: Refused) -> dict[str, Any]:
    """Return the errors under the fields of this form."""
    errors = fields_of(refused)
    errors["velden"] = {
        name if name in ("aanbieder", "peildatum") else "bestand": sentence
        for name, sentence in errors["velden"].items()
    }
    return errors


async def _page(
    visit: Visit,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, Any] | None = None,
    cursor: str = "",
    status: int = 200,
) -> Response:
    asked = {"soort": "pleeggezinnen", "aantal": _SIZE, "cursor": cursor}
    found = await visit.api.page("/imports", **asked)
    say = visit.say
    return visit.page(
        "families/import.html",
        status=status,
        w=WORDS,
        imports=found.data["imports"],
        volgende=found.next_cursor,
        eerder=bool(cursor),
        aanbieders=providers_of(visit),
        namen=names_of(visit),
        eigen=own_provider(visit),
        velden=typed or {},
        fouten=errors,
        veldnamen={name: say(words) for name, words in NAMES.items()},
    )
