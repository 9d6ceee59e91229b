"""Signing in: through the issuer, or on one's own machine by choosing a role."""

import json
from dataclasses import asdict
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.kernel.actor import ORGANISATION_ROLES, PROVIDER_ROLES, SIGNED_IN_ROLES, ActorRole
from app.kernel.clock import now
from app.kernel.errors import InputRefused, NotSignedIn
from app.screens.api import Api, all_of
from app.screens.menu import menu_for
from app.screens.visit import LANGUAGE_COOKIE, AnyVisit, SignedIn
from app.screens.words import LANGUAGES, N_
from app.security.code_flow import Begun
from app.security.development import make_token
from app.security.screen_sessions import Tokens

router = APIRouter()
To = Annotated[str, Query(alias="naar", max_length=1000)]
_ROAD_LASTS = 600  # seconds to sign in at the issuer
_DAY = 8 * 3600.0
ROLE_WORDS = {
    ActorRole.INTAKE: N_("Medewerker aanmeldpunt"),
    ActorRole.COORDINATOR: N_("Coördinator"),
    ActorRole.CRISIS: N_("Crisisdienst"),
    ActorRole.MATCHER: N_("Matcher van een aanbieder"),
    ActorRole.PROVIDER_SYSTEM: N_("Systeem van een aanbieder"),
    ActorRole.REFERRER: N_("Verwijzer"),
    ActorRole.MANAGER: N_("Regiomanager"),
    ActorRole.AUDITOR: N_("Auditor"),
    ActorRole.ADMINISTRATOR: N_("Beheerder"),
    ActorRole.MUNICIPALITY: N_("Gemeente"),
}
# A system signs in with its key, never at a screen.
_CHOICES = [role for role in SIGNED_IN_ROLES if role is not ActorRole.PROVIDER_SYSTEM]
_WITH_ORGANISATION = PROVIDER_ROLES | ORGANISATION_ROLES


@router.get("/inloggen", name="sign_in_page")
async def sign_in_page(visit: AnyVisit, to: To = "/") -> Response:
    """Show how to sign in."""
    if visit.person is not None:
        return RedirectResponse(_inside(to), 303)
    return await _sign_in(visit, to)


async def _sign_in(visit: AnyVisit, to: str, *, wrong: str = "", status: int = 200) -> HTMLResponse:
    has_issuer = visit.people.flow is not None
    return visit.page(
        "inloggen.html",
        status=status,
        naar=_inside(to),
        met_uitgever=has_issuer,
        rollen=[] if has_issuer else [(r.value, ROLE_WORDS[r]) for r in _CHOICES],
        organisaties=[] if has_issuer else await _organisations(visit),
        fout=wrong,
    )


@router.post("/inloggen")
async def sign_in_as(
    visit: AnyVisit,
    role: Annotated[str, Form(alias="rol", max_length=40)],
    organisation: Annotated[str, Form(alias="organisatie", max_length=100)] = "",
    to: Annotated[str, Form(alias="naar", max_length=1000)] = "/",
) -> Response:
    """Sign in on one's own machine; refused outside development."""
    chosen = next((r for r in _CHOICES if r.value == role), None)
    if visit.people.flow is not None or chosen is None:
        raise InputRefused("rol: kies een rol uit de lijst.")
    needs = chosen in _WITH_ORGANISATION
    if needs and not organisation.strip():
        wrong = "Kies ook een organisatie: deze rol werkt voor één organisatie."
        return await _sign_in(visit, to, wrong=wrong, status=400)
    if chosen is ActorRole.MUNICIPALITY and not organisation.strip().isdecimal():
        wrong = "Kies bij deze rol een gemeente."
        return await _sign_in(visit, to, wrong=wrong, status=400)
    token = await run_in_threadpool(
        make_token,
        visit.people.settings,
        chosen,
        organisation=organisation.strip() if needs else None,
        subject=f"demo-{chosen.value}",
    )
    answer = RedirectResponse(_inside(to), 303)
    tokens = Tokens(token, now().timestamp() + _DAY)
    await run_in_threadpool(visit.people.let_in, answer, tokens)
    return answer


@router.get("/inloggen/uitgever")
async def leave_for_issuer(visit: AnyVisit, to: To = "/") -> Response:
    """Go to the issuer."""
    flow = visit.people.flow
    if flow is None:
        return RedirectResponse("/inloggen", 303)
    place, begun = await run_in_threadpool(flow.begin)
    answer = RedirectResponse(place, 303)
    road = quote(json.dumps({**asdict(begun), "naar": _inside(to)}))
    visit.people.set_cookie(answer, visit.people.road_cookie, road, lasts=_ROAD_LASTS)
    return answer


@router.get("/inloggen/terug")
async def come_back(
    visit: AnyVisit,
    code: Annotated[str, Query(max_length=4000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Come back from the issuer with a code."""
    flow, road = visit.people.flow, _road(visit.request.cookies.get(visit.people.road_cookie))
    if flow is None or road is None or not code:
        raise NotSignedIn("Het aanmelden is afgebroken of duurde te lang: begin opnieuw.")
    begun = Begun(road["state"], road["nonce"], road["verifier"])
    answer = RedirectResponse(_inside(road["naar"]), 303)
    answer.delete_cookie(visit.people.road_cookie, path="/")

    def finish() -> None:
        tokens = flow.finish(begun, state=state, code=code)
        visit.people.let_in(answer, tokens)

    await run_in_threadpool(finish)
    return answer


@router.post("/uitloggen")
async def sign_out(visit: SignedIn) -> Response:
    """End the session here, and at the issuer where it has a place for that."""
    await visit.form()
    people, person = visit.people, visit.person
    assert person is not None  # noqa: S101 SignedIn
    after = f"{people.settings.public_url}/inloggen"
    there = people.flow.sign_out_address(person.tokens, after=after) if people.flow else None
    answer = RedirectResponse(there or "/inloggen", 303)
    await run_in_threadpool(people.let_out, answer, person)
    return answer


@router.post("/taal")
async def choose_language(
    visit: AnyVisit,
    language: Annotated[str, Form(alias="taal", max_length=5)],
    to: Annotated[str, Form(alias="naar", max_length=1000)] = "/",
) -> Response:
    """Show the screens in another language from now on."""
    answer = RedirectResponse(_inside(to), 303)
    if language in LANGUAGES:
        visit.people.set_cookie(answer, LANGUAGE_COOKIE, language, lasts=365 * 86400)
    return answer


@router.get("/")
async def start(visit: SignedIn) -> Response:
    """Go to the first screen that somebody's role has."""
    entries = menu_for(visit.may)
    if entries:
        return RedirectResponse(entries[0].path, 303)
    return visit.page("leeg.html")


async def _organisations(visit: AnyVisit) -> list[tuple[str, str]]:
    """Return code and name of what somebody may come for: providers, municipalities."""
    token = make_token(visit.people.settings, ActorRole.ADMINISTRATOR, subject="rolkeuze")
    api = Api(visit.request.app.state.v1, token)
    providers, survey = await all_of(api.get("/aanbieders"), api.get("/zelfevaluaties"))
    of = visit.say(N_("gemeente"))
    return [
        *((p["code"], p["naam"]) for p in providers["aanbieders"] if p["opgegaanIn"] is None),
        *((m["gemeente"], f"{m['naam']} ({of})") for m in survey["gemeenten"]),
    ]


def _road(cookie: str | None) -> dict[str, str] | None:
    try:
        found = json.loads(unquote(cookie or ""))
    except ValueError:
        return None
    keys = ("state", "nonce", "verifier", "naar")
    is_whole = isinstance(found, dict) and all(isinstance(found.get(k), str) for k in keys)
    return found if is_whole else None


def _inside(place: str) -> str:
    """Return an address of ours, whatever was given: never another host's."""
    is_ours = place.startswith("/") and not place.startswith(("//", "/\\"))
    return place if is_ours and place.isprintable() and "\\" not in place else "/"
