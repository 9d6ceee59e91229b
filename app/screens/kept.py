"""A form that arrived after its session had ended: kept, sealed, until whoever typed it returns."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.screens.form import AGAIN, Form
from app.screens.people import People
from app.security import screen_sessions
from app.security.screen_sessions import Unsent
from app.security.sealed import name_of

PLACE = "/onverzonden"
_MOST = 200_000  # characters
_LASTS = 3600  # seconds
_OURS = "same-origin"
Fields = list[tuple[str, str]]


async def keep(request: Request) -> Response | None:
    """Keep the form of a request and return the way to sign in; None where it cannot be kept."""
    people: People = request.app.state.people
    ended = request.cookies.get(people.cookie)
    # What a page of another site sent is nobody's own; an old browser does not tell.
    if ended is None or request.headers.get("sec-fetch-site", _OURS) != _OURS:
        return None
    fields = await _fields(request)
    if fields is None:
        return None
    secret = await run_in_threadpool(_keep, people, ended, (_address(request), fields))
    return _led(request, f"/inloggen?naar={PLACE}", secret) if secret else None


async def keep_too_old(request: Request) -> Response | None:
    """Keep a form that a page of an earlier session made, and return the way to it.

    None where it cannot be kept, or where the browser does not say that a page of ours sent it: a
    form of another site, which has no mark either, must not lie there as somebody's own.
    """
    person = request.state.visit.person
    if person is None or request.headers.get("sec-fetch-site") != _OURS:
        return None
    fields = await _fields(request)
    if not any(value for name, value in fields or () if not name.startswith("_")):
        return None
    people: People = request.app.state.people
    unsent = Unsent(_address(request), fields or [], maker=person.name)
    return _led(request, PLACE, await run_in_threadpool(_put, people, unsent))


def lead(request: Request, to: str) -> Response:
    """Return the way to a page, also for a part of one: it cannot show another page in itself."""
    if request.headers.get("hx-request"):
        return Response(status_code=200, headers={"HX-Redirect": to})
    return RedirectResponse(to, 303)


def forget(people: People, answer: Response, secret: str) -> None:
    """Forget a form that was kept, here and in the browser."""
    with session_for(people.sessions, SYSTEM) as session:
        screen_sessions.drop_form(session, secret)
    people.drop_cookie(answer, people.form_cookie)


def mark_of(secret: str) -> str:
    """Return which kept form this is, for a page that sends it: another may be kept meanwhile."""
    return name_of(secret).hex()


class SentAgainMiddleware:
    """Forgets a kept form once it has been sent after all and was not refused."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what a refused form held can still be read at its place."""

        async def send_and_forget(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                await _forget_sent(scope, message)
            await send(message)

        is_form = scope["type"] == "http" and scope["method"] == "POST"
        await self._app(scope, receive, send_and_forget if is_form else send)


async def _forget_sent(scope: Scope, message: Message) -> None:
    sent = scope.get("state", {}).get(AGAIN)
    people: People = scope["app"].state.people
    secret = Request(scope).cookies.get(people.form_cookie) if sent else None
    if secret is None or sent != mark_of(secret):
        return
    gone = Response()
    await run_in_threadpool(forget, people, gone, secret)
    MutableHeaders(scope=message).append("set-cookie", gone.headers["set-cookie"])


async def _fields(request: Request) -> Fields | None:
    # A file is not kept: to read it whole for somebody who is not signed in would only cost.
    if request.headers.get("content-type", "").startswith("multipart/"):
        return None
    fields = Form(await request.form(max_files=1, max_fields=2000)).kept()
    return fields if sum(len(k) + len(v) for k, v in fields) <= _MOST else None


def _address(request: Request) -> str:
    """Return where a form was meant for; a form of several steps has its step in the query."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _led(request: Request, to: str, secret: str) -> Response:
    people: People = request.app.state.people
    answer = lead(request, to)
    people.set_cookie(answer, people.form_cookie, secret, lasts=_LASTS)
    return answer


def _keep(people: People, ended: str, sent: tuple[str, Fields]) -> str | None:
    with session_for(people.sessions, SYSTEM) as session:
        # A browser that was never signed in leaves nothing behind here.
        maker = screen_sessions.maker_of(session, ended)
        if maker is None:
            return None
        return screen_sessions.keep_form(session, Unsent(*sent, maker=maker))


def _put(people: People, unsent: Unsent) -> str:
    with session_for(people.sessions, SYSTEM) as session:
        return screen_sessions.keep_form(session, unsent)
