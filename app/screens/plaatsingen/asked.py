"""What the pages of a placement ask the API, and what they send it."""

import re
from typing import Any
from uuid import UUID

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.form import Form
from app.screens.plaatsingen.words import EVERYTHING, names_for
from app.screens.visit import Visit

Found = dict[str, Any]
_UNKNOWN = "aanmeldnummer: er is geen aanmelding met dit nummer; controleer het."


def place(placement_id: UUID | str) -> str:
    """Return the address of a placement; the same here and in the API."""
    return f"/plaatsingen/{placement_id}"


def need(visit: Visit, operation: str) -> None:
    """Raise Refused where a page would hold nothing but a form that is not for this role."""
    if not visit.may(operation):
        raise Refused(403, {})


async def read_whole(visit: Visit, placement_id: UUID) -> Found:
    """Return a placement with its reviews and its breakdown records, and its version."""
    at = place(placement_id)
    placement, reviews, records = await all_of(
        visit.api.page(at),
        visit.api.get(f"{at}/evaluaties"),
        visit.api.get(f"{at}/afbreukverslagen"),
    )
    return {
        "plaatsing": placement.data,
        "versie": placement.etag,
        "evaluaties": reviews["evaluaties"],
        "verslagen": records["afbreukverslagen"],
    }


async def registered(visit: Visit, number: str) -> str:
    """Return the id of the registration with a number; raises Refused."""
    body = {"aanmeldnummer": number}
    found = (await visit.api.ask("POST", "/kinderen/nummers/_zoek", body=body)).data["kinderen"]
    wanted = number.strip().casefold()
    same = [one["id"] for one in found if one["aanmeldnummer"].casefold() == wanted]
    if len(same) != 1:
        raise Refused(404, {"detail": _UNKNOWN, "velden": ["aanmeldnummer"]})
    return str(same[0])


def faults_of(error: Refused | None) -> Found | None:
    """Return what was wrong beside the fields of a form; of a list the list."""
    if error is None:
        return None
    found = fields_of(error)
    beside = {re.split(r"[.\[]", field)[0]: said for field, said in found["velden"].items()}
    return {**found, "velden": beside}


def shown_again(visit: Visit, form: Form | None, error: Refused | None) -> Found:
    """Return what every form needs: what was typed, what was wrong, and the words."""
    return {
        "getypt": form.text() if form else {},
        "gekozen": form,
        "fouten": faults_of(error),
        "namen": names_for(visit),
        "woorden": EVERYTHING,
        "status": error.status if error else 200,
    }
