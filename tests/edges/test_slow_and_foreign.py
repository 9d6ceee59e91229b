"""Bodies that do not come, statements that do not end, names that are not ours, TLS that is."""

import asyncio
import ssl
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import Message

from app.cli.serving import read_tls
from app.db.opened import Database
from app.db.session import PATIENCE, Patience, act_as, session_for
from app.http.body_limit import BodyLimitMiddleware
from app.http.host import HostMiddleware, hosts_of
from app.kernel.actor import SYSTEM
from app.kernel.errors import NotReady
from app.settings import Settings


def test_a_body_that_does_not_come_is_given_up() -> None:
    """Who sends a piece and then nothing gets no worker for good."""

    async def read(scope: object, receive: object, send: object) -> None:
        while (await receive())["more_body"]:  # type: ignore[operator]
            pass

    async def drip() -> Message:
        if sent:
            await asyncio.sleep(60)
        sent.append(1)
        return {"type": "http.request", "body": b"{", "more_body": True}

    sent: list[int] = []
    guarded = BodyLimitMiddleware(read, besides=frozenset({"/v1/imports"}), seconds=0.02)
    for path in ("/v1/kinderen", "/v1/imports"):
        sent.clear()
        scope = {"type": "http", "path": path, "headers": []}
        with pytest.raises(HTTPException) as refused:
            asyncio.run(guarded(scope, drip, None))  # type: ignore[arg-type]
        assert refused.value.status_code == 408


def test_whoever_has_sent_all_may_wait_for_the_answer() -> None:
    """Looking whether the other end is still there has no end."""

    async def answer_late(scope: object, receive: object, send: object) -> None:
        await receive()  # type: ignore[operator]
        told.append((await receive())["type"])  # type: ignore[operator]

    async def whole() -> Message:
        if told_body:
            await asyncio.sleep(0.05)
            return {"type": "http.disconnect"}
        told_body.append(1)
        return {"type": "http.request", "body": b"{}", "more_body": False}

    told: list[str] = []
    told_body: list[int] = []
    guarded = BodyLimitMiddleware(answer_late, besides=frozenset(), seconds=0.01)
    asyncio.run(guarded({"type": "http", "path": "/", "headers": []}, whole, None))  # type: ignore[arg-type]
    assert told == ["http.disconnect"]


def test_a_statement_of_a_request_is_stopped_by_the_server(database: Database) -> None:
    """Whatever became of who asked: nothing goes on for minutes and holds its locks."""
    with database.sessions() as session:
        act_as(session, SYSTEM)
        session.info[PATIENCE] = Patience(statement=50, lock=50)
        with pytest.raises(OperationalError, match="statement timeout"):
            session.execute(text("SELECT pg_sleep(5)"))


def test_a_lock_that_does_not_come_is_a_refusal(database: Database) -> None:
    """Two that want the same do not wait for each other without end."""
    with session_for(database.sessions, SYSTEM) as holder:
        holder.execute(text("SELECT pg_advisory_xact_lock(4711)"))
        with database.sessions() as session:
            act_as(session, SYSTEM)
            session.info[PATIENCE] = Patience(statement=5000, lock=50)
            with pytest.raises(OperationalError, match="lock timeout"):
                session.execute(text("SELECT pg_advisory_xact_lock(4711)"))


def test_patience_ends_with_the_transaction(database: Database) -> None:
    """A connection goes back to the pool as it was: a job may take as long as it needs."""
    with database.sessions() as session:
        act_as(session, SYSTEM)
        session.info[PATIENCE] = Patience(statement=50, lock=50)
        session.execute(text("SELECT 1"))
    with session_for(database.sessions, SYSTEM) as session:
        assert session.scalar(text("SHOW statement_timeout")) == "0"


def test_a_foreign_name_is_refused() -> None:
    """A forged Host leads no link and no sign-in elsewhere."""
    app = FastAPI()
    app.get("/")(_where)
    hosts = frozenset({"pleegzorg.example", "127.0.0.1", "[::1]"})
    client = TestClient(HostMiddleware(app, hosts=hosts))
    for mine in ("pleegzorg.example", "PLEEGZORG.example:443", "127.0.0.1:8000", "[::1]:8000"):
        assert client.get("/", headers={"Host": mine}).status_code == 200, mine
    for foreign in ("kwaad.example", "", "pleegzorg.example.kwaad.example", "[::2]:8000"):
        answer = client.get("/", headers={"Host": foreign})
        assert answer.status_code == 400, foreign
        assert foreign not in answer.text or not foreign


async def _where(request: Request) -> str:
    return str(request.base_url)


def test_the_names_are_those_of_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside development only; more of them by a setting."""
    assert hosts_of(Settings()) is None
    production = Settings.model_construct(
        environment="productie", public_url="https://plek.example", hosts="intern.example, ander"
    )
    named = hosts_of(production)
    assert named is not None
    assert {"plek.example", "intern.example", "ander", "localhost"} <= named


def test_tls_is_of_today(tmp_path: Path) -> None:
    """1.2 at least, with ciphers that keep what was said secret when a key is lost later."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert all("ECDHE" in c["name"] or c["protocol"] == "TLSv1.3" for c in context.get_ciphers())


@pytest.mark.parametrize("given", [(True, False), (False, True), (True, True)])
def test_a_certificate_that_does_not_fit_is_one_sentence(
    tmp_path: Path, given: tuple[bool, bool]
) -> None:
    """Before the service starts, and without what stands in the files."""
    file = tmp_path / "x.pem"
    file.write_text("geheim", encoding="utf-8")
    certificate, key = (file if is_given else None for is_given in given)
    with pytest.raises(NotReady, match="TLS") as refused:
        read_tls(certificate, key)
    assert "geheim" not in str(refused.value)
    assert read_tls(None, None) == {}
