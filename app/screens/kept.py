"""A form that arrived after its session had ended: kept, sealed, until whoever typed it returns."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.screens.form import Form
from app.screens.people import People
from app.security import screen_sessions
from app.security.screen_sessions import Unsent

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


def _keep(people: People, ended: str, sent: tuple[str, list[tuple[str, str]]]) -> str | None:
    with session_for(people.sessions, SYSTEM) as session:
        # A browser that was never signed in leaves nothing behind here.
        maker = screen_sessions.maker_of(session, ended)
        if maker is None:
            return None
        return screen_sessions.keep_form(session, Unsent(*sent, maker=maker))
