"""A door for tests: routers on the test's own connection, so that its rows are rolled back."""

import asyncio

from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker

from app.http.deps import TURNS
from app.http.problems import install_problems


def open_door(connection: Connection, router: APIRouter) -> TestClient:
    """Return a client on /v1 with one router; `client.v1` is the app, for its dependencies."""
    v1 = FastAPI(redirect_slashes=False)
    v1.state.sessions = sessionmaker(
        connection,
        class_=Session,
        join_transaction_mode="create_savepoint",
        expire_on_commit=False,
    )
    v1.state.turns = asyncio.Semaphore(TURNS)
    install_problems(v1)
    v1.include_router(router)
    outer = FastAPI(redirect_slashes=False)
    outer.mount("/v1", v1)
    client = TestClient(outer, raise_server_exceptions=False)
    client.v1 = v1  # type: ignore[attr-defined]
    return client
