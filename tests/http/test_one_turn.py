"""An operation works and commits in one turn of a thread; what goes wrong undoes its work."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

from app.audit.noted import Noted, note
from app.db.opened import Database
from app.http.deps import DbSession, _opened
from app.http.one_turn import COMMIT, in_one_turn
from app.http.secured import SecuredRoute
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.errors import Conflict
from app.main import create_app
from tests.signing import bearer

MARK = "toets van een beurt"


@pytest.fixture
def seen(database: Database) -> Iterator[list[tuple[str, str]]]:
    """What was said to the database, each with the thread that said it."""
    told: list[tuple[str, str]] = []
    engine = database.sessions.kw["bind"]
    assert isinstance(engine, Engine)

    def said(_: Any, __: Any, statement: str, *___: Any) -> None:
        told.append((statement.split(maxsplit=1)[0], threading.current_thread().name))

    def ended(_: Any) -> None:
        told.append(("COMMIT", threading.current_thread().name))

    event.listen(engine, "before_cursor_execute", said)
    event.listen(engine, "commit", ended)
    yield told
    event.remove(engine, "before_cursor_execute", said)
    event.remove(engine, "commit", ended)


def test_the_work_its_line_in_the_log_and_the_commit_are_of_one_thread(
    database: Database, seen: list[tuple[str, str]]
) -> None:
    """And of one transaction, that has ended before the answer goes out."""
    client = TestClient(create_app(database))
    assert client.get("/v1/aanbieders", headers=bearer(ActorRole.COORDINATOR)).status_code == 200
    words = [word for word, _ in seen]
    assert words[-2:] == ["INSERT", "COMMIT"]
    assert words.count("COMMIT") == 1
    assert len({thread for _, thread in seen}) == 1
    assert threading.main_thread().name not in {thread for _, thread in seen}


def test_what_is_refused_after_work_was_done_is_undone(database: Database) -> None:
    """The commit is not reached."""
    router = APIRouter(route_class=SecuredRoute)

    @router.get("/aanbieders-toets", operation_id="lijstAanbieders")
    def refuse(session: DbSession) -> None:
        note(session, Noted(MARK, None, None, None), SYSTEM)
        raise Conflict("zo niet")

    app = create_app(database)
    v1 = next(route.app for route in app.routes if getattr(route, "path", "") == "/v1")
    v1.include_router(router)
    client = TestClient(app)
    answer = client.get("/v1/aanbieders-toets", headers=bearer(ActorRole.COORDINATOR))
    assert answer.status_code == 409
    owner = create_engine(database.url)
    with owner.connect() as connection:
        told = set(connection.scalars(text("SELECT operation FROM audit_event")))
    owner.dispose()
    assert "lijstAanbieders" in told  # that it was refused, apart
    assert MARK not in told


def test_an_operation_without_a_session_or_of_its_own_time_stays_as_it_is() -> None:
    """Nothing is committed for who was given nothing."""

    async def by_itself() -> str:
        return "zelf"

    assert in_one_turn(by_itself) is by_itself
    assert asyncio.run(in_one_turn(lambda naam: naam)(naam="x")) == "x"


def test_a_session_that_was_committed_is_not_committed_again() -> None:
    """Who would commit it afterwards finds nothing to do."""
    done: list[str] = []
    session = Session()
    session.info["commit"] = lambda: done.append("commit")
    assert asyncio.run(in_one_turn(lambda session: "klaar")(session=session)) == "klaar"
    assert done == ["commit"]
    assert "commit" not in session.info


def test_work_of_a_request_that_was_given_up_is_not_committed_by_half() -> None:
    """The session was closed in the middle: what came after it is undone too."""
    undone: list[str] = []
    session = Session()

    def operation(session: Session) -> str:
        session.info.pop("commit")  # as `_opened` does where a request ends before its time
        session.rollback = lambda: undone.append("rollback")  # type: ignore[method-assign]
        return "te laat"

    session.info["commit"] = lambda: pytest.fail("half of the work was committed")
    assert asyncio.run(in_one_turn(operation)(session=session)) == "te laat"
    assert undone == ["rollback"]


def test_a_request_that_is_given_up_takes_its_commit_along() -> None:
    """Whoever still works on it finds none."""

    class Lane:
        @asynccontextmanager
        async def take(self) -> AsyncIterator[None]:
            yield

    state = SimpleNamespace(sessions=Session, lanes=SimpleNamespace(of=lambda _: Lane()))
    app = SimpleNamespace(state=state)
    request = SimpleNamespace(
        app=app, scope={"route": SimpleNamespace(path="/x")}, state=SimpleNamespace()
    )

    async def given_up() -> dict[str, object]:
        with pytest.raises(asyncio.CancelledError):
            async with _opened(request, SYSTEM) as session:  # type: ignore[arg-type]
                assert COMMIT in session.info
                raise asyncio.CancelledError
        return dict(session.info)

    assert COMMIT not in asyncio.run(given_up())
