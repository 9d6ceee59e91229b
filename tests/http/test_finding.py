"""A route is found by the words of its address, and it is the one that would be found without."""

import re
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from app.db.opened import Database
from app.http.finding import find_by_words
from app.http.templates import flat_routes
from app.main import create_app

_ID = UUID(int=7)
_VALUES = {"uuid": str(_ID), "int": "2026", "path": "a/b", "versie": "literatuur"}


def _apps(database: Database) -> list[FastAPI]:
    outer = create_app(database)
    return [route.app for route in outer.routes if isinstance(getattr(route, "app", None), FastAPI)]


def _filled(template: str, word: str = "woord") -> str:
    values = {**_VALUES, "": word}
    return re.sub(r"\{\w+:?(\w*)\}", lambda found: values[found[1]], template)


def _scope(path: str, method: str) -> Scope:
    return {"type": "http", "path": path, "method": method, "root_path": "", "headers": []}


def _endpoint(route: BaseRoute, path: str, method: str) -> Any:
    """Return what would answer, asked of one route as Starlette asks it."""
    scope = _scope(path, method)
    match, found = route.matches(scope)
    if match is not Match.FULL:
        return None
    original = found.get("pleegzorg.route", route)
    while hasattr(original, "_match"):
        *_, original, _ = original._match(_scope(path, method))
    return original.endpoint


def _without(routes: list[BaseRoute], path: str, method: str) -> Any:
    found = (_endpoint(route, path, method) for route in routes)
    return next((one for one in found if one is not None), None)


def test_each_address_is_found_and_by_whom_it_was_found_before(database: Database) -> None:
    """All operations of the API and all pages, with an id and with a word in each gap."""
    seen = 0
    for app in _apps(database):
        by_words, *routes = app.router.routes
        for template, methods in flat_routes(app):
            for word in ("woord", str(_ID), "SPI~1", "nieuw"):
                for method in (*methods, "TRACE"):
                    path = _filled(template, word)
                    before = _without(routes, path, method)
                    assert _endpoint(by_words, path, method) is before, (method, path)
                    seen += before is not None
    assert seen > 1500


@pytest.mark.parametrize("path", ["/", "//", "/bestaat-niet", "/kinderen/", "/kinderen//x", "/a/b"])
def test_what_nobody_has_is_left_to_the_others(database: Database, path: str) -> None:
    """They say 404, or 405 with what is allowed."""
    for app in _apps(database):
        by_words, *routes = app.router.routes
        assert _endpoint(by_words, path, "GET") is _without(routes, path, "GET")


def test_the_order_of_routes_is_kept_and_a_wrong_method_is_told() -> None:
    """A word that is an address of its own goes before a gap where it was included before it."""
    first, second = APIRouter(prefix="/dingen"), APIRouter()

    @first.get("/nieuw")
    def new() -> str:
        return "nieuw"

    @second.get("/dingen/{naam:path}")
    def one(naam: str) -> str:
        return naam

    app = FastAPI(redirect_slashes=False)
    app.include_router(first)
    app.include_router(second)
    find_by_words(app)
    client = TestClient(app)
    assert client.get("/dingen/nieuw").json() == "nieuw"
    assert client.get("/dingen/oud").json() == "oud"
    assert client.get("/dingen/nieuw/oud").json() == "nieuw/oud"
    refused = client.post("/dingen/nieuw")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET")
    assert client.get("/elders").status_code == 404
    assert list(app.openapi()["paths"]) == ["/dingen/nieuw", "/dingen/{naam}"]


def test_a_route_is_still_named(database: Database) -> None:
    """The first page leads to that of signing in, or of the work, by its name."""
    outer = create_app(database)
    answer = TestClient(outer).get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen?naar=%2F")


def test_addresses_of_any_length_leave_nothing_behind(database: Database) -> None:
    """Who asks need not have signed in: shapes are kept, and none that grows with the address."""
    outer = create_app(database)
    client = TestClient(outer)
    v1 = next(route.app for route in outer.routes if getattr(route, "path", "") == "/v1")
    by_words = v1.router.routes[0]
    for length in range(20, 60):
        address = "/kinderen" + "/a" * length
        assert client.get(f"/v1{address}").status_code == 404
        assert by_words.matches(_scope(address, "GET"))[0] is Match.NONE
    assert by_words._may_have.cache_info().currsize == 0
