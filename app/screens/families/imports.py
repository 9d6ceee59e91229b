"""The report of an import, live while it is worked off; letting a held one go on after all."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.api import all_of
from app.screens.families.labels import WORDS
from app.screens.families.providers import names_of
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
RUNNING = ("ontvangen", "bezig")
_SIZE = 50
_UNSURE = N_("Zet eerst het vinkje: dat u de ontbrekende gezinnen hebt nagekeken.")
_ON = N_("Bevestigd: de import wordt nu verwerkt.")


@router.get("/gezinnen/import/{import_id}")
async def report(
    *,
    visit: SignedIn,
    import_id: UUID,
    kind: Annotated[str, Query(alias="soort", max_length=20)] = "",
    cursor: Annotated[str, Query(max_length=200)] = "",
    unsure: Annotated[str, Query(alias="nakijken", max_length=2)] = "",
) -> Response:
    """Show how far an import is, what it changed and what it refused."""
    found, changes = await all_of(
        visit.api.get(f"/imports/{import_id}"),
        visit.api.page(
            f"/imports/{import_id}/wijzigingen", soort=kind, cursor=cursor, aantal=_SIZE
        ),
    )
    return visit.page(
        "families/verslag.html",
        w=WORDS,
        verslag=found,
        loopt=found["stand"] in RUNNING,
        wijzigingen=changes.data["wijzigingen"],
        soort=kind,
        volgende=changes.next_cursor,
        eerder=bool(cursor),
        namen=names_of(visit),
        onzeker=_UNSURE if unsure else "",
    )


@router.post("/gezinnen/import/{import_id}/bevestig")
async def confirm(visit: SignedIn, import_id: UUID) -> Response:
    """Let a held import go on; a person says first that what is missing is really gone."""
    form = await visit.form()
    if form.get("nagekeken") is None:
        return visit.go(f"/gezinnen/import/{import_id}?nakijken=ja#bevestigen")
    await visit.api.ask("POST", f"/imports/{import_id}/_bevestig")
    note = visit.say(_ON)
    return visit.go(f"/gezinnen/import/{import_id}", note=note)
