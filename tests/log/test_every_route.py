"""Every request writes one line in the technical log, and what was done one in that of the auditor.

The routes are those of the service itself: one that somebody adds is asked as well.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import URL, Engine, create_engine, text
from starlette.routing import Mount

from app.audit.purposes import load_purposes, purpose_of
from app.db.opened import Database
from app.db.session import session_for
from app.http.request_log import REQUEST_ID
from app.http.templates import flat_routes
from app.kernel.actor import SIGNED_IN_ROLES, SYSTEM
from app.kernel.purposes import Purpose
from app.log.events import Event
from app.log.write import configure_logs
from app.main import create_app
from app.security.access import load_access
from app.settings import Settings
from tests.databases import copied
from tests.doors import OpenGate, signed_in
from tests.security.bodies import valid_body
from tests.security.test_matrix import METHODS, NOBODY, ROUTES, address
from tests.security.world import OWN, make_world, tell_world

# So many operations must have done their work; else little was shown.
LEAST_DONE = 100
_ALWAYS = {"event", "level", "timestamp", "request_id"}
# Asked every few seconds by what keeps the service alive: no part of any trace.
_UNTRACED = {"/gezondheid", "/gereedheid"}
_REFUSED = {403, 404, 409, 412}
# A number that is typed at random here is an attempt to open a file, and stands in the log.
_TRIED = {"openNooddossier"}
_ADDED = "/zomaar"

Row = tuple[str, str, str]
Lines = Callable[[], list[dict[str, Any]]]


@dataclass
class World:
    """The whole service, what is in it, and a look in the log of who saw what."""

    app: FastAPI
    client: TestClient
    things: dict[str, str]
    owner: Engine

    def rows(self, request_id: str) -> set[Row]:
        """Return operation, purpose and outcome of what a request left in the log."""
        asked = text("SELECT operation, purpose, outcome FROM audit_event WHERE request_id = :one")
        with self.owner.connect() as connection:
            return {tuple(row) for row in connection.execute(asked, {"one": request_id})}


@pytest.fixture(scope="module")
def world(settings: Settings, reference: URL) -> Iterator[World]:
    with copied(settings, reference) as database:
        yield from opened(database)


def parts(app: FastAPI) -> list[tuple[str, FastAPI]]:
    """The API and the screens, each with the beginning of its addresses."""
    return [(route.path, route.app) for route in app.routes if isinstance(route, Mount)]


def opened(database: Database) -> Iterator[World]:
    app = create_app(database)
    v1 = dict(parts(app))["/v1"]
    v1.state.gate = OpenGate(v1.state.sessions)
    v1.state.limits = None
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    with session_for(database.sessions, SYSTEM) as session:
        made = make_world(session)
    tell_world(client, made)
    owner = create_engine(database.url)
    yield World(app, client, made.own, owner)
    owner.dispose()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """What was written to standard error since the last look; not even one other line."""
    configure_logs()
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def check_line(told: list[dict[str, Any]], answer: Response, method: str, route: str) -> None:
    """One line in the form of the catalogue, with the id that the answer has."""
    found = [line for line in told if line["event"] == Event.REQUEST_ANSWERED.code]
    assert len(found) == 1, (method, route, told)
    line = found[0]
    traced = set() if route in _UNTRACED else {"trace_id"}
    assert line.keys() == Event.REQUEST_ANSWERED.fields | _ALWAYS | traced
    assert (line["method"], _plain(line["route"])) == (method.upper(), _plain(route))
    assert line["status"] == answer.status_code
    assert line["request_id"] == answer.headers[REQUEST_ID]


def _plain(route: str) -> str:
    # The service's own template tells of what kind a parameter is, the contract does not.
    return re.sub(r":\w+}", "}", route)


def wrong_rows(world: World, answer: Response, operation: str) -> object:
    """Return what is wrong with what a request left in the log of who saw what; None if nothing."""
    rows = world.rows(answer.headers[REQUEST_ID])
    purpose = load_purposes("contract").get(operation, Purpose.UNKNOWN).value
    wanted: set[Row] = set()
    assert answer.status_code < 500, (operation, answer.text)
    if answer.status_code < 400:
        wanted = {(operation, purpose, "gelukt")}
    elif answer.status_code in _REFUSED or operation in _TRIED:
        wanted = {(operation, purpose, "geweigerd")}
    return None if rows == wanted else (operation, answer.status_code, rows, wanted)


def ask(world: World, route: tuple[str, str, str], role: str, organisation: str) -> Response:
    """Ask with a body in which nothing is wrong, on what is one's own."""
    method, path, operation = route
    url, headers = address(path, world.things), signed_in(role, organisation)
    body = valid_body(method, path, operation)
    if body is None:
        return world.client.request(method, url, headers=headers)
    if version := world.client.get(url, headers=headers).headers.get("etag"):
        headers |= {"If-Match": version}
    return world.client.request(method, url, headers=headers, json=body)


def test_what_is_done_stands_in_both_logs(world: World, lines: Lines) -> None:
    """For every operation of the contract, asked by a role that may, and by one that may not."""
    access, wrong, done = load_access(), [], set()
    # What takes away comes last: the others ask about it.
    for route in sorted(ROUTES, key=lambda one: METHODS.index(one[0]) == METHODS.index("delete")):
        method, path, operation = route
        may = access.roles_for(operation)
        for role in [*sorted(may)[:1], *sorted(set(SIGNED_IN_ROLES) - may)[:1]]:
            answer = ask(world, route, role, OWN.get(role, ""))
            told = [
                line for line in lines() if line.get("request_id") == answer.headers[REQUEST_ID]
            ]
            check_line(told, answer, method, path)
            if operation not in access.open_to_all:
                wrong.append(wrong_rows(world, answer, operation))
            if answer.status_code < 400:
                done.add(operation)
    assert not [one for one in wrong if one], [one for one in wrong if one]
    assert len(done) >= LEAST_DONE, len(done)


def test_every_request_of_a_stranger_is_told_once(world: World, lines: Lines) -> None:
    """By every method of every route, also of the screens; it leaves nothing for the auditor."""
    asked = 0
    for prefix, part in parts(world.app):
        for path, methods in flat_routes(part):
            year = re.sub(r"\{\w+:int}", "2026", path)
            url = prefix + re.sub(r"\{[^}]+}", NOBODY, year)
            for method in sorted(methods | ({"HEAD"} if "GET" in methods else set())):
                lines()
                answer = world.client.request(method, url)
                check_line(lines(), answer, method, path)
                assert world.rows(answer.headers[REQUEST_ID]) == set()
                asked += 1
    assert asked > len(ROUTES)


@pytest.mark.parametrize(
    ("asked", "headers"),
    [
        ("GET /v1/bestaat-niet 404", {}),
        ("PATCH /v1/kinderen 405", {}),
        ("GET /v1/kinderen/ 404", {}),
        ("POST /v1/kinderen 413", {"Content-Length": "99999999"}),
        ("POST /v1/kinderen 401", {"Authorization": ""}),
    ],
)
def test_what_is_stopped_at_the_edge_is_told_too(
    world: World, lines: Lines, asked: str, headers: dict[str, str]
) -> None:
    """Before there is a route, or any look at who asks."""
    method, url, status = asked.split()
    lines()
    answer = world.client.request(method, url, headers=signed_in("aanmeldpunt") | headers)
    assert answer.status_code == int(status), answer.text
    told = lines()
    check_line(told, answer, method, told[-1]["route"])


def test_a_route_that_escapes_is_seen(world: World, lines: Lines) -> None:
    """The search has teeth: an operation without a session leaves no line for the auditor."""
    v1 = dict(parts(world.app))["/v1"]
    v1.add_api_route(_ADDED, lambda: {"x": 1}, operation_id="lijstKinderen")
    head = signed_in("coordinator")
    before = len(v1.router.routes)
    answer = world.client.get(f"/v1{_ADDED}", headers=head)
    v1.router.routes.pop(before - 1)
    assert answer.status_code == 200
    assert wrong_rows(world, answer, "lijstKinderen")
    assert purpose_of("lijstKinderen") is not Purpose.UNKNOWN
    told = lines()
    with pytest.raises(AssertionError):
        check_line(told + told, answer, "get", _ADDED)
    with pytest.raises(AssertionError):
        check_line([], answer, "get", _ADDED)
