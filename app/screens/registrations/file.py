"""The file of a child: what is known, what is missing, what stops a placement, how it came here."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from app.screens.api import Refused, all_of
from app.screens.registrations import choices
from app.screens.registrations.ages import age_of
from app.screens.registrations.fields import Step
from app.screens.registrations.form_steps import STEPS, fields, step_of
from app.screens.registrations.step_page import named, readable
from app.screens.registrations.typed import shown
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
_PARTS = ("volledigheid", "juridisch-kader", "geschiedenis", "correcties", "mogelijk-dubbel",
          "broers-zussen")  # fmt: skip
ROLES = (
    ("aanmeldpunt", N_("aanmeldpunt")),
    ("coordinator", N_("coördinator")),
    ("crisisdienst", N_("crisisdienst")),
    ("verwijzer", N_("verwijzer")),
    ("systeem", N_("systeem")),
)


@router.get("/kinderen/{child:uuid}", name="file")
async def read_file(visit: SignedIn, child: UUID) -> Response:
    """Show all that there is about one child."""
    try:
        found, *parts = await all_of(
            visit.api.get(f"/kinderen/{child}"),
            *(visit.api.get(f"/kinderen/{child}/{part}") for part in _PARTS),
        )
    except Refused as error:
        # A list may be older than the drafts in it.
        if error.status == 404 and visit.may("leesConcept") and await _is_draft(visit, child):
            return RedirectResponse(f"/concepten/{child}", 303)
        raise
    gaps, legal, history, corrections, doubles, siblings = parts
    return visit.page(
        "registrations/dossier.html",
        kind=found,
        leeftijd=age_of(found["geboortedatum"]),
        ontbreekt=gaps["ontbreekt"],
        kader_=legal,
        geschiedenis=history,
        correcties_=corrections["correcties"],
        dubbel=doubles["mogelijkDubbel"],
        broers=siblings["broersZussen"],
        stappen=[(step, _facts(visit, step, found)) for step in STEPS],
        stap_van=step_of,
        namen=named(visit),
        woord=_reading(visit),
        **_lists(),
    )


async def _is_draft(visit: SignedIn, id_: UUID) -> bool:
    try:
        await visit.api.get(f"/concepten/{id_}")
    except Refused:
        return False
    return True


def _facts(visit: SignedIn, step: Step, found: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (label, value) of what a step tells, as far as it is seen."""
    return [
        (part.label, readable(visit, part, shown(found, part.name)))
        for part in step.parts()
        if part.name.split(".")[0] in found and shown(found, part.name) not in (None, "", [])
    ]


def _reading(visit: SignedIn) -> Any:
    """Return what tells a corrected value in words, by the name of its field."""
    known = {field.name: field for field in fields()}

    def read(name: str, value: Any) -> str:
        return readable(visit, known[name], value) if name in known else str(value)

    return read


def _lists() -> dict[str, Any]:
    return {
        "standen": choices.STAGES,
        "vormen": choices.CARE_FORMS,
        "urgenties": choices.URGENCIES,
        "wensen": choices.SIBLING_WISHES,
        "nodig": choices.NEEDS,
        "gronden": choices.GROUNDS,
        "gezag": choices.AUTHORITIES,
        "instemmen": choices.CONSENTS,
        "betwisters": choices.DISPUTED_BY,
        "intrekkingen": choices.WITHDRAWALS,
        "rollen": ROLES,
    }
