"""Ambulatory support that providers have: the list, and the form in which each keeps its own."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.kernel.actor import PROVIDER_ROLES
from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form, filled
from app.screens.steun.words import SIGNALS, SUPPORT_NAMES
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_FIELDS = ("naam", "bijSignalen", "gemeenten", "plaatsenVrij", "wachtweken")
_TAKEN = "nummer: dit nummer is er al; kies een ander, of open het vanuit de lijst."
Values = dict[str, Any]


@router.get("/ambulante-hulp")
async def show_list(visit: SignedIn, cursor: str = "") -> Response:
    """Show what there is, with what is free now and how long the wait is."""
    page = await visit.api.page("/ambulante-hulpvormen", cursor=cursor, aantal=50)
    return visit.page(
        "steun/hulpvormen.html",
        hulp=page.data["ambulanteHulp"],
        verder=page.next_cursor,
        signalen=dict(SIGNALS),
    )


@router.get("/ambulante-hulp/nieuw")
async def show_new(visit: SignedIn) -> Response:
    """Show an empty form; 403 for who may not fill it in."""
    if not visit.may("bewaarAmbulanteHulp"):
        raise Refused(403, {})
    return await _page(visit, {}, is_new=True)


@router.post("/ambulante-hulp/nieuw")
async def add(visit: SignedIn) -> Response:
    """Keep support that is new."""
    form = await visit.form()
    provider = _own(visit) or form.get("aanbieder") or "onbekend"
    return await _keep(visit, form, (provider, form.get("nummer") or "0"), is_new=True)


@router.get("/ambulante-hulp/{provider}/{number}")
async def show(visit: SignedIn, provider: str, number: str) -> Response:
    """Show support in its form."""
    now = await visit.api.page(f"/ambulante-hulpvormen/{provider}/{number}")
    return await _page(visit, _typed_as(now.data), version=now.etag)


@router.post("/ambulante-hulp/{provider}/{number}")
async def change(visit: SignedIn, provider: str, number: str) -> Response:
    """Keep support, on the version that was read."""
    return await _keep(visit, await visit.form(), (provider, number), is_new=False)


async def _keep(visit: Visit, form: Form, key: tuple[str, str], *, is_new: bool) -> Response:
    path = f"/ambulante-hulpvormen/{key[0]}/{key[1]}"
    try:
        await visit.api.ask("PUT", path, body=_body_of(form), etag=form.version)
    except Refused as error:
        typed: Values = form.text() | {
            "aanbieder": key[0], "bijSignalen": form.all("bijSignalen"),
        }  # fmt: skip
        if is_new and error.status == 412:
            error = Refused(409, {"detail": _TAKEN, "velden": ["nummer"]})
        if error.status != 412:
            return await _page(visit, typed, is_new=is_new, version=form.version, error=error)
        now = await visit.api.page(path)
        return await _page(visit, typed, version=now.etag, error=error, now=_typed_as(now.data))
    return visit.go("/ambulante-hulp", note=visit.say(N_("De gegevens zijn bewaard.")))


def _body_of(form: Form) -> Values:
    named = (name.strip() for name in (form.get("gemeenten") or "").split(","))
    body = filled({"naam": form.get("naam"), "bijSignalen": form.all("bijSignalen")})
    body["gemeenten"] = [name for name in named if name]
    numbers = ("plaatsenVrij", "wachtweken")
    return body | {name: form.number(name) for name in numbers if form.get(name) is not None}


def _typed_as(told: Values) -> Values:
    """Return what the API tells, as somebody would type it."""
    return told | {"gemeenten": ", ".join(told["gemeenten"])}


async def _page(
    visit: Visit,
    values: Values,
    *,
    is_new: bool = False,
    version: str | None = None,
    error: Refused | None = None,
    now: Values | None = None,
) -> Response:
    providers = visit.providers if is_new else ()
    return visit.page(
        "steun/hulpvorm.html",
        status=error.status if error else 200,
        waarden=values,
        is_nieuw=is_new,
        versie=version,
        nu={name: _shown(now, name) for name in _FIELDS} if now else None,
        mijn={name: _shown(values, name) for name in _FIELDS},
        aanbieders=[(p["code"], p["naam"]) for p in providers],
        eigen=_own(visit),
        signalen=SIGNALS,
        fouten=fields_of(error) if error and now is None else None,
        namen={name: visit.say(words) for name, words in SUPPORT_NAMES.items()},
    )


def _shown(values: Values, name: str) -> Any:
    value = values.get(name)
    return ", ".join(value) if isinstance(value, list) else value


def _own(visit: Visit) -> str | None:
    """Return the provider of somebody who works for one, else None."""
    person = visit.person
    if person is None or not person.identity.roles <= PROVIDER_ROLES:
        return None
    return person.identity.organisation
