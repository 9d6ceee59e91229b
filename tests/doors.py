"""A door for tests: routers on the test's own connection, so that its rows are rolled back."""

import atexit
from contextlib import ExitStack
from functools import cache
from time import time
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker

from app.http.openapi import install_openapi
from app.http.problems import install_problems
from app.http.turns import Lanes
from app.intake.follow_alone import CrisisFollowUps
from app.jobs import make_queue
from app.kernel.actor import ActorRole
from app.main import ROUTERS
from app.providers import find_provider
from app.security.gate import Identity
from app.settings import Settings
from tools.openapi import build_contract

STAFF = f"{ActorRole.INTAKE},{ActorRole.COORDINATOR}"


class OpenGate:
    """A gate that believes what it is told: a token `rol,rol@organisatie`."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def known(self, token: str) -> Identity:
        """Return who the words of a token stand for."""
        roles, _, organisation = token.partition("@")
        return Identity(
            # Somebody else for each organisation: one person may not give both yeses.
            name="-".join(filter(None, ("api", organisation))),
            roles=frozenset(map(ActorRole, roles.split(","))),
            provider_id=self._provider(organisation),
            organisation=organisation or None,
            until=time() + 60,
            client="toets",
        )

    def _provider(self, code: str) -> object:
        if not code:
            return None
        with self._sessions() as session:
            named = find_provider(session, code)
            return named.provider.id if named else None


def signed_in(role: ActorRole | str, organisation: str = "") -> dict[str, str]:
    """Return the header of somebody in a role at a door with an `OpenGate`."""
    return {"Authorization": f"Bearer {role}{'@' if organisation else ''}{organisation}"}


def open_door(connection: Connection, *routers: APIRouter) -> TestClient:
    """Return a client on /v1 with routers, for staff unless a request says otherwise."""
    v1 = FastAPI(openapi_url=None, redirect_slashes=False)
    v1.state.sessions = sessionmaker(
        connection,
        class_=Session,
        join_transaction_mode="create_savepoint",
        expire_on_commit=False,
    )
    v1.state.lanes = Lanes()
    v1.state.limits = None
    v1.state.follow_ups = CrisisFollowUps(_settings())
    v1.state.queue = make_queue("")  # never opened: a job goes in over the request's connection
    v1.state.gate = OpenGate(v1.state.sessions)
    install_problems(v1)
    for router in routers:
        v1.include_router(router)
    install_openapi(v1, _settings())
    v1.openapi_schema = _contract_of(routers)
    outer = FastAPI(redirect_slashes=False)
    outer.mount("/v1", v1)
    client = TestClient(outer, raise_server_exceptions=False, headers=signed_in(STAFF))
    client.v1 = v1  # type: ignore[attr-defined]
    client.portal = _one_loop()
    return client


@cache
def _settings() -> Settings:
    # Frozen, and read from the environment for four milliseconds: half of making a door.
    return Settings(database_url=None)


def _contract_of(routers: tuple[APIRouter, ...]) -> dict[str, Any] | None:
    """Return the contract of the whole service, written once; None for routers that it lacks.

    One of a few routers alone says the same of them, and each takes half a second to write.
    """
    known = {id(router) for router in ROUTERS}
    return build_contract() if all(id(router) in known for router in routers) else None


@cache
def _one_loop() -> BlockingPortal:
    # A client that is not entered would start a thread and a loop for every request.
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(start_blocking_portal())
