"""Who is at a screen: found by their cookie, their tokens renewed in time."""

from dataclasses import dataclass, replace
from time import time

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.kernel.errors import DomainError, NotSignedIn
from app.security import screen_sessions
from app.security.access import load_access
from app.security.code_flow import CodeFlow
from app.security.gate import Gate, Identity
from app.security.screen_sessions import Tokens
from app.settings import Settings

_RENEW_BEFORE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in; secret: of their cookie, with which forms are marked."""

    identity: Identity
    tokens: Tokens
    secret: str

    @property
    def name(self) -> str:
        """Return by which name the history knows them."""
        return self.identity.name

    def may(self, operation: str) -> bool:
        """Return whether one of their roles may do this, by the name it has in the contract."""
        return bool(self.identity.roles & frozenset(load_access().roles_for(operation)))


class People:
    """Finds, lets in and lets out; the one road from a cookie to a token."""

    def __init__(
        self, settings: Settings, sessions: SessionMaker, gate: Gate, flow: CodeFlow | None
    ) -> None:
        self.settings, self.sessions, self.gate, self.flow = settings, sessions, gate, flow
        secure = settings.environment != "ontwikkeling"
        prefix = "__Host-" if secure else ""
        self._secure = secure
        self.cookie, self.form_cookie = f"{prefix}pleegzorg-sessie", f"{prefix}pleegzorg-formulier"
        self.road_cookie = f"{prefix}pleegzorg-aanmelden"

    async def find(self, request: Request) -> Person | None:
        """Return who sent a request, or None."""
        secret = request.cookies.get(self.cookie)
        return await run_in_threadpool(self._find, secret) if secret else None

    def let_in(self, response: Response, tokens: Tokens) -> Person:
        """Begin a session with a new secret, whatever the browser brought."""
        identity = self.gate.identify(tokens.access)
        tokens = replace(tokens, subject=identity.name)
        with session_for(self.sessions, SYSTEM) as session:
            secret = screen_sessions.begin(session, tokens)
        self.set_cookie(response, self.cookie, secret)
        return Person(identity, tokens, secret)

    def let_out(self, response: Response, person: Person) -> None:
        """End a session."""
        with session_for(self.sessions, SYSTEM) as session:
            screen_sessions.end(session, person.secret)
        self.drop_cookie(response, self.cookie)

    def set_cookie(
        self, response: Response, name: str, value: str, *, lasts: int | None = None
    ) -> None:
        """Set a cookie that no script reads and no other site sends in a form."""
        response.set_cookie(
            name, value, max_age=lasts, path="/", secure=self._secure, httponly=True, samesite="lax"
        )

    def drop_cookie(self, response: Response, name: str) -> None:
        """Let a browser forget a cookie; one with the prefix __Host- only goes with its marks."""
        response.delete_cookie(name, path="/", secure=self._secure, httponly=True, samesite="lax")

    def _find(self, secret: str) -> Person | None:
        with session_for(self.sessions, SYSTEM) as session:
            tokens = screen_sessions.find(session, secret)
        if tokens is not None and tokens.expires < time() + _RENEW_BEFORE:
            tokens = self._renewed(secret, tokens)
        if tokens is None:
            return None
        try:
            return Person(self._identity(tokens), tokens, secret)
        except NotSignedIn:
            return None

    def _identity(self, tokens: Tokens) -> Identity:
        return self.gate.known(tokens.access) or self.gate.identify(tokens.access)

    def _renewed(self, secret: str, tokens: Tokens) -> Tokens | None:
        try:
            fresh = self.flow.renew(tokens) if self.flow else None
        except DomainError:
            return tokens if tokens.expires > time() else None
        if fresh is None:
            return tokens if tokens.expires > time() else None
        with session_for(self.sessions, SYSTEM) as session:
            screen_sessions.renew(session, secret, fresh)
        return fresh
