"""What somebody typed when their session ended, offered when they return.

Not sent by itself: whoever signs in sees what it was and decides.
"""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.screens.field_names import named
from app.screens.kept import PLACE, forget, mark_of
from app.screens.visit import SignedIn
from app.screens.words import N_
from app.security import screen_sessions
from app.security.screen_sessions import Unsent

router = APIRouter()


@router.get(PLACE)
async def unsent_page(visit: SignedIn) -> Response:
    """Show what was typed, to send it after all or to throw it away."""
    unsent = await _unsent(visit)
    if unsent is None:
        return visit.go("/")
    shown = [(name, value) for name, value in unsent.fields if value and not name.startswith("_")]
    return visit.page(
        "onverzonden.html",
        onverzonden=unsent,
        getypt=shown,
        namen={name: visit.say(label) for name, label in named(unsent.path, shown).items()},
        bewaard=mark_of(visit.request.cookies[visit.people.form_cookie]),
    )


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
        await run_in_threadpool(forget, visit.people, answer, secret)
    return answer
