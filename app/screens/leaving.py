"""A session that ended while somebody typed: what they sent is kept, and offered when they return.

Not sent by itself: whoever signs in sees what it was and decides.
"""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.screens.form import Form
from app.screens.people import People
from app.screens.visit import SignedIn
from app.screens.words import N_
from app.security import screen_sessions
from app.security.screen_sessions import Unsent

router = APIRouter()
PLACE = "/onverzonden"
_MOST = 200_000  # characters


async def keep(request: Request) -> Response | None:
    """Keep the form of a request and return the way to sign in; None where it cannot be kept."""
    people: People = request.app.state.people
    ended = request.cookies.get(people.cookie)
    # A file is not kept: to read it whole for somebody who is not signed in would only cost.
    with_file = request.headers.get("content-type", "").startswith("multipart/")
    if ended is None or with_file:
        return None
    fields = list(Form(await request.form(max_files=1, max_fields=2000)).pairs())
    if sum(len(k) + len(v) for k, v in fields) > _MOST:
        return None
    secret = await run_in_threadpool(_keep, people, ended, (request.url.path, fields))
    if secret is None:
        return None
    answer = RedirectResponse(f"/inloggen?naar={PLACE}", 303)
    people.set_cookie(answer, people.form_cookie, secret, lasts=3600)
    return answer


@router.get(PLACE)
async def unsent_page(visit: SignedIn) -> Response:
    """Show what was typed, to send it after all or to throw it away."""
    unsent = await _unsent(visit)
    if unsent is None:
        return visit.go("/")
    return visit.page("onverzonden.html", onverzonden=unsent)


@router.post(PLACE + "/weg")
async def drop(visit: SignedIn) -> Response:
    """Forget what was typed."""
    await visit.form()
    answer = visit.go("/", note=visit.say(N_("Het formulier is weggegooid.")))
    return await _forget(visit, answer)


async def _unsent(visit: SignedIn) -> Unsent | None:
    secret = visit.request.cookies.get(visit.people.form_cookie)
    if secret is None or visit.person is None:
        return None

    def look() -> Unsent | None:
        with session_for(visit.people.sessions, SYSTEM) as session:
            return screen_sessions.find_form(session, secret)

    found = await run_in_threadpool(look)
    # Of somebody else on the same machine: never shown.
    return found if found is not None and found.maker == visit.person.name else None


async def _forget(visit: SignedIn, answer: RedirectResponse) -> HTMLResponse | RedirectResponse:
    secret = visit.request.cookies.get(visit.people.form_cookie)
    if secret is not None:

        def drop_it() -> None:
            with session_for(visit.people.sessions, SYSTEM) as session:
                screen_sessions.drop_form(session, secret)

        await run_in_threadpool(drop_it)
        answer.delete_cookie(visit.people.form_cookie, path="/")
    return answer


def _keep(people: People, ended: str, sent: tuple[str, list[tuple[str, str]]]) -> str | None:
    with session_for(people.sessions, SYSTEM) as session:
        # A browser that was never signed in leaves nothing behind here.
        maker = screen_sessions.maker_of(session, ended)
        if maker is None:
            return None
        return screen_sessions.keep_form(session, Unsent(*sent, maker=maker))
