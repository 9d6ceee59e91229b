"""Every route of the contract, for every role, with its own and another organisation's things."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import act_as
from app.jobs import make_queue
from app.kernel.actor import (
    ORGANISATION_ROLES,
    PROVIDER_ROLES,
    SIGNED_IN_ROLES,
    SYSTEM,
    ActorRole,
)
from app.main import ROUTERS
from app.security.access import load_access
from app.security.prune import reachable
from tests.doors import open_door, signed_in
from tests.security.bodies import DOCUMENT, SCHEMAS, valid_body
from tests.security.world import BSN, FOREIGN, HOME, NAME, OWN, VOICE, World, make_world, tell_world

Route = tuple[str, str, str]
METHODS = ("get", "put", "post", "patch", "delete")
ACCESS = load_access()
ROUTES = [
    (method, path, item[method]["operationId"])
    for path, item in DOCUMENT["paths"].items()
    for method in METHODS
    if method in item
]
READING = [route for route in ROUTES if route[0] == "get"]
# What stands behind {id}, by the beginning of its path.
_IDS = {
    "/kinderen": "kind", "/matchruns": "matchrun", "/imports": "import", "/concepten": "concept",
    "/gezinsvragen": "stap", "/crisismeldingen": "melding", "/abonnementen": "abonnement",
    "/plaatsingen": "plaatsing", "/respijtrondes": "ronde", "/noodtoegangen": "noodtoegang",
}  # fmt: skip
NOBODY = "00000000-0000-7000-8000-000000000000"
# Which providers there are, and what they are called, is no secret.
_KNOWN_TO_ALL = {"leesAanbieder"}
# For who opened it alone, whatever its role or organisation (tests/oversight/test_emergency.py).
_OPENED_BY_ONE = {"leesNoodtoegang", "leesNooddossier", "sluitNooddossier"}
_LIVES_THERE = {"leesKindVanPlaatsing"}
# Who works for one organisation alone.
_OF_ONE = (*sorted(PROVIDER_ROLES), *sorted(ORGANISATION_ROLES))
# Whoever may not see a child by name may not see these marks anywhere.
_NAMED = {ActorRole.INTAKE, ActorRole.COORDINATOR, ActorRole.CRISIS, ActorRole.REFERRER}


# Made once: nothing that is asked here changes what another question meets.
@pytest.fixture(scope="module")
def world_connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


@pytest.fixture(scope="module")
def world(world_connection: Connection) -> World:
    with Session(world_connection, join_transaction_mode="create_savepoint") as session:
        act_as(session, SYSTEM)
        made = make_world(session)
        session.commit()
    return made


@pytest.fixture(scope="module")
def client(world_connection: Connection, world: World, database: Database) -> TestClient:
    opened = open_door(world_connection, *ROUTERS)
    opened.v1.state.queue = make_queue(database.conninfo())  # type: ignore[attr-defined]
    tell_world(opened, world)
    return opened


def address(path: str, things: dict[str, str]) -> str:
    """Fill a path; a parameter that is not known here must be taught to this test."""
    kind = next((kind for start, kind in _IDS.items() if path.startswith(start)), "")

    def fill(found: re.Match[str]) -> str:
        return things[kind if found[1] == "id" else found[1]]

    return "/v1" + re.sub(r"\{(\w+)\}", fill, path)


def ask(client: TestClient, method: str, url: str, role: ActorRole | None) -> Any:
    headers = signed_in(role, OWN.get(role, "")) if role else {"Authorization": ""}
    if method in ("put", "post", "patch"):
        headers["Content-Type"] = "application/json"
        return client.request(method, url, headers=headers, content=b"dit is geen JSON")
    return client.request(method, url, headers=headers)


def test_every_route_stands_in_the_access_file() -> None:
    """And nothing stands there that is no route: a typing error would open nothing unseen."""
    named = {operation for _, _, operation in ROUTES}
    assert ACCESS.operations.keys() | ACCESS.open_to_all == named
    assert ACCESS.open_to_all == {"leesGezondheid", "leesGereedheid"}


def test_every_schema_of_an_answer_stands_in_the_access_file() -> None:
    """With fields that it has, for the roles that may get it."""
    found: dict[str, set[ActorRole]] = {}
    for method, path, operation in ROUTES:
        for answer in DOCUMENT["paths"][path][method]["responses"].values():
            for kind, content in answer.get("content", {}).items():
                schema = content.get("schema") if kind != "application/problem+json" else None
                for name in reachable(SCHEMAS, schema) if schema else ():
                    found.setdefault(name, set()).update(ACCESS.roles_for(operation))
    with_fields = {name for name in found if "properties" in SCHEMAS[name]}
    assert ACCESS.fields.keys() | ACCESS.without_people == with_fields
    for name, per_role in ACCESS.fields.items():
        assert per_role.keys() <= found[name], name
        for fields in per_role.values():
            assert (fields or set()) <= SCHEMAS[name]["properties"].keys(), name


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_route_is_open_to_its_roles_alone(client: TestClient, world: World, route: Route) -> None:
    """Nobody without a token, 403 for every other role, and nothing of anything in the answer."""
    method, path, operation = route
    url = address(path, world.own)
    if method == "delete":  # what the other questions ask about must stay
        url = re.sub(r"[0-9a-f-]{36}", NOBODY, url)
    if operation in ACCESS.open_to_all:
        assert DOCUMENT["paths"][path][method]["security"] == []
        return
    nobody = ask(client, method, url, None)
    assert nobody.status_code == 401
    assert nobody.headers["WWW-Authenticate"].startswith("Bearer")
    scopes = DOCUMENT["paths"][path][method]["security"]
    for role in SIGNED_IN_ROLES:
        is_open = role in ACCESS.roles_for(operation)
        assert is_open == any(f"pleegzorg:{role}" in next(iter(s.values())) for s in scopes)
        answer = ask(client, method, url, role)
        assert (answer.status_code in (401, 403)) is not is_open, (role, answer.text)
        assert answer.status_code < 500, (role, answer.text)
        if not is_open:
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("route", READING, ids=str)
@pytest.mark.parametrize("whose", ["eigen", "ander"])
def test_nothing_of_another_organisation_comes_out(
    client: TestClient, world: World, route: Route, whose: str
) -> None:
    """Whatever is asked, a provider, a referrer and a municipality meet only what is their own."""
    _, path, operation = route
    url = address(path, world.own if whose == "eigen" else world.other)
    for role in _OF_ONE:
        if role not in ACCESS.roles_for(operation):
            continue
        answer = ask(client, "get", url, role)
        is_known = whose == "eigen" or "{" not in path or operation in _KNOWN_TO_ALL
        is_known = is_known and operation not in _OPENED_BY_ONE
        assert answer.status_code in ((200, 409) if is_known else (404,)), (role, answer.text)
        for mark in FOREIGN:
            assert mark not in answer.text, (role, mark)


@pytest.mark.parametrize("route", READING, ids=str)
def test_a_child_is_named_to_few(client: TestClient, world: World, route: Route) -> None:
    """A BSN to nobody; name, address and own words not to who works without them."""
    _, path, operation = route
    for role in ACCESS.roles_for(operation):
        answer = ask(client, "get", address(path, world.own), role)
        marks = (BSN,) if role in _NAMED else (BSN, NAME, VOICE, HOME)
        if operation in _LIVES_THERE:  # the one place where its provider is told who a child is
            marks = (HOME,)
        for mark in marks:
            assert mark not in answer.text, (role, mark)


WRITING = [
    (route, role)
    for route in ROUTES
    for role in _OF_ONE
    if route not in READING and "{" in route[1] and role in ACCESS.roles_for(route[2])
]
# Who has which settings is known to every provider, so that it is another's may be said.
_SETTINGS = {"bewaarZorgsetting", "bewaarAmbulanteHulp"}


def write(client: TestClient, told: tuple[Route, ActorRole], things: dict[str, str]) -> Any:
    """Ask with a body in which nothing is wrong: what then refuses is whose it is."""
    (method, path, operation), role = told
    headers = signed_in(role, OWN[role]) | {"If-Match": '"1"'}
    body = valid_body(method, path, operation)
    given = {} if body is None else {"json": body}
    return client.request(method, address(path, things), headers=headers, **given)


@pytest.mark.parametrize("told", WRITING, ids=str)
def test_nobody_writes_on_what_is_anothers(
    client: TestClient,
    world: World,
    world_connection: Connection,
    told: tuple[Route, ActorRole],
) -> None:
    """Not found, as if it were not there; the same on one's own thing gets further."""
    operation = told[0][2]
    answer = write(client, told, world.other)
    assert answer.status_code == (403 if operation in _SETTINGS else 404), answer.text
    with world_connection.begin_nested() as tried:
        own = write(client, told, world.own)
        tried.rollback()
    further = {404} if operation in _OPENED_BY_ONE else {200, 201, 202, 204, 409, 412}
    assert own.status_code in further, own.text
