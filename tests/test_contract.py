"""The contract: the committed file is what the service answers, and the service keeps to it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.http.body_limit import MAX_BODY_BYTES
from app.http.headers import API_VERSION, SECURITY_HEADERS
from app.http.openapi import TAGS
from app.main import create_app
from tests.signing import bearer
from tools import spectral
from tools.openapi import CONTRACT, build_contract, find_api, render

METHODS = {"get", "post", "put", "patch", "delete"}
NOBODY = "00000000-0000-7000-8000-000000000000"
DOCUMENT = build_contract()
OPERATIONS = [
    (method, path, item[method])
    for path, item in DOCUMENT["paths"].items()
    for method in sorted(METHODS & item.keys())
]
GETS = sorted(path for method, path, _ in OPERATIONS if method == "get")


# Made once: nothing that is asked here changes what another question meets.
@pytest.fixture(scope="module")
def app(database: Database) -> FastAPI:
    return create_app(database)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(
        app, raise_server_exceptions=False, follow_redirects=False, headers=bearer()
    ) as opened:
        yield opened


def fill(path: str) -> str:
    """An address of a path of the contract; nothing needs to live there."""
    return "/v1" + re.sub(r"\{[^}]+\}", NOBODY, path)


def test_the_committed_contract_is_that_of_the_code() -> None:
    """Whoever changes a route runs `make openapi`, and sees the contract change in the diff."""
    assert CONTRACT.read_text(encoding="utf-8") == render(DOCUMENT), "run: make openapi"


def test_the_service_answers_the_committed_contract_to_everybody(client: TestClient) -> None:
    """Without signing in, and for pages of any origin (publish-openapi)."""
    answer = client.get("/v1/openapi.json", headers={"Origin": "https://elders.example"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == json.loads(CONTRACT.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_every_route_is_documented(method: str, path: str, operation: dict[str, Any]) -> None:
    """A Dutch name, a summary of its own, a known tag, and a schema of what it answers."""
    assert re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)*", operation["operationId"])
    assert "_" not in operation["operationId"]
    assert operation["summary"]
    assert operation["description"]
    assert set(operation["tags"]) <= TAGS.keys()
    good = [answer for status, answer in operation["responses"].items() if status[0] == "2"]
    assert good
    for answer in good:
        assert "API-Version" in answer["headers"]
        assert answer["description"] not in ("Successful Response", "")
        assert all(content["schema"] for content in answer.get("content", {}).values())


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_every_error_is_a_problem(method: str, path: str, operation: dict[str, Any]) -> None:
    """Nothing is documented as 422, and every error has the one schema."""
    assert "422" not in operation["responses"]
    for status, answer in operation["responses"].items():
        if status[0] in "45" and "$ref" not in answer:
            assert list(answer["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in DOCUMENT["components"]["schemas"]


def test_operations_have_names_of_their_own() -> None:
    """Generated clients make a function of each operationId."""
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", [*GETS, "/openapi.json"])
def test_head_answers_as_get_without_a_body(client: TestClient, path: str) -> None:
    """Same status and headers, nothing after them."""
    got, headed = client.get(fill(path)), client.head(fill(path))
    assert headed.status_code == got.status_code
    assert headed.content == b""
    assert headed.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("path", sorted(DOCUMENT["paths"]))
def test_a_trailing_slash_is_another_address(client: TestClient, path: str) -> None:
    """404 and no redirect (no-trailing-slash)."""
    assert client.get(f"{fill(path)}/").status_code == 404


@pytest.mark.parametrize("path", sorted(DOCUMENT["paths"]))
def test_a_wrong_method_says_which_are_right(client: TestClient, path: str) -> None:
    """405 as a problem, with all methods of the address in Allow."""
    answer = client.request("TRACE", fill(path))
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    allowed = {name.strip().lower() for name in answer.headers["Allow"].split(",")}
    assert allowed - {"head"} == METHODS & DOCUMENT["paths"][path].keys()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/gezondheid", 200),
        ("/v1/openapi.json", 200),
        (f"/v1/matchruns/{NOBODY}", 404),
        ("/v1/matchruns/geen-nummer", 400),
        ("/v1/bestaat-niet", 404),
        ("/v1/stuk", 500),
    ],
)
def test_every_answer_has_its_headers(
    app: FastAPI, client: TestClient, path: str, status: int
) -> None:
    """Security headers everywhere; the full version on everything under /v1."""

    def fail(_: object) -> None:
        raise RuntimeError("stuk")

    if path == "/v1/stuk":
        find_api(app).add_route("/stuk", fail)
    answer = client.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert answer.headers.get("API-Version") == (API_VERSION if path.startswith("/v1") else None)
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert "stuk" not in answer.text


def test_the_contract_is_written_before_anybody_asks(database: Database) -> None:
    """Whoever asked first would wait for it, and everybody else of that process with them."""
    assert find_api(create_app(database)).openapi_schema is not None


@pytest.mark.parametrize(("path", "status"), [("/bestaat-niet", 404), ("/", 303)])
def test_a_page_has_its_headers_too(client: TestClient, path: str, status: int) -> None:
    """Outside /v1 the screens answer, with a policy for pages and all else the same."""
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == status
    own = {"Content-Security-Policy", "Referrer-Policy"}
    assert all(
        answer.headers.get(name) == value
        for name, value in SECURITY_HEADERS.items()
        if name not in own
    )
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "API-Version" not in answer.headers


@pytest.mark.skipif(spectral.reason_to_skip() is not None, reason=str(spectral.reason_to_skip()))
def test_the_design_rules_ruleset_finds_nothing() -> None:
    """The official ruleset of Logius: 0 errors and 0 warnings."""
    found = spectral.lint()
    assert found.returncode == 0, found.stdout


def test_every_schema_has_a_name_of_its_own() -> None:
    """Two schemas of one name get their module's path before it, against the design rules."""
    names = DOCUMENT["components"]["schemas"]
    assert [name for name in names if not re.fullmatch("([A-Z][a-z0-9]*)+", name)] == []


def test_a_body_over_the_limit_is_refused_unread(client: TestClient) -> None:
    """413 with one sentence, by its Content-Length or while it comes in without one."""
    large = b'{"aanmeldnummer": "' + b"9" * MAX_BODY_BYTES + b'"}'
    head = {"Content-Type": "application/json"}
    for body in (large, iter([large[:1000], large[1000:]])):
        answer = client.post("/v1/kinderen", content=body, headers=head)
        assert answer.status_code == 413
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "groter dan 1 MB" in answer.json()["detail"]
        assert "999" not in answer.text
        assert answer.headers["API-Version"] == API_VERSION
