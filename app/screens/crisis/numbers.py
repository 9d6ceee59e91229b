"""Whom to call at night: the numbers of duty services and of families, kept by who may."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.actor import PROVIDER_ROLES
from app.kernel.addresses import number_in_path
from app.screens.api import Refused
from app.screens.crisis.words import names_for
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_PLACE = "/crisis/nummers"


@router.get(_PLACE)
async def show_numbers(visit: SignedIn) -> Response:
    """Show every duty number that this person may see."""
    return await _page(visit)


@router.post(_PLACE + "/dienst")
async def keep_duty(visit: SignedIn) -> Response:
    """Keep the number of a provider's duty service."""
    form = await visit.form()
    body = filled({"telefoon": form.get("telefoon"), "opmerking": form.get("opmerking")})
    provider = form.get("aanbieder")
    etag = form.get(f"versie.{provider}")
    return await _keep(visit, form, f"/crisisnummers/{provider}", body=body, etag=etag)


@router.post(_PLACE + "/gezin")
async def keep_family(visit: SignedIn) -> Response:
    """Keep the number of a family; it is shown with a bed of tonight alone."""
    form = await visit.form()
    number = number_in_path(str(form.get("gezin")))
    path = f"/crisisnummers/{form.get('aanbieder')}/{number}"
    try:
        stands = await visit.api.ask("GET", path)
    except Refused as error:
        return await _page(visit, form, error)
    body = filled({"telefoon": form.get("telefoon")})
    return await _keep(visit, form, path, body=body, etag=stands.etag)


async def _keep(
    visit: Visit, form: Form, path: str, *, body: dict[str, Any], etag: str | None
) -> Response:
    try:
        await visit.api.ask("PUT", path, body=body, etag=etag)
    except Refused as error:
        return await _page(visit, form, error)
    return visit.go(_PLACE, note=visit.say(N_("Het nummer is bewaard.")))


async def _page(visit: Visit, form: Form | None = None, error: Refused | None = None) -> Response:
    found = (await visit.api.get("/crisisnummers"))["nummers"]
    typed = form.text() if form else {}
    own = [number for number in found if _may_keep(visit, number["aanbieder"])]
    chosen = next((n for n in found if n["aanbieder"] == typed.get("aanbieder")), None)
    return visit.page(
        "crisis/nummers.html",
        status=error.status if error else 200,
        nummers=found,
        eigen=own,
        versies=await _versions(visit, [number["aanbieder"] for number in own]),
        getypt=typed,
        gekozen=chosen,
        fouten=fields_of(error) if error else None,
        namen=names_for(visit),
    )


async def _versions(visit: Visit, providers: list[str]) -> dict[str, str]:
    """Return which version of each provider's number is on the page."""
    read = {code: await visit.api.ask("GET", f"/crisisnummers/{code}") for code in providers}
    return {code: answer.etag for code, answer in read.items() if answer.etag}


def _may_keep(visit: Visit, provider: str) -> bool:
    """Return whether the number of a provider is this person's to keep."""
    person = visit.person
    if person is None or not person.may("bewaarDienstnummer"):
        return False
    is_of_provider = person.identity.roles <= PROVIDER_ROLES
    return not is_of_provider or provider == person.identity.organisation
