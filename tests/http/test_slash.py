"""A number with a slash has an address: with a tilde, or with the slash encoded."""

import asyncio
import json
import urllib.request
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from app.http.slash import SlashMiddleware
from app.kernel.actor import ActorRole
from app.kernel.addresses import number_in_path, number_of_path
from app.settings import Settings
from tests.families.telling import TOLD
from tools.live import run_service


@pytest.mark.parametrize(
    ("raw", "path", "meant"),
    [
        (b"/v1/a/SPI%2F1/_b", "/v1/a/SPI/1/_b", "/v1/a/SPI~1/_b"),
        (b"/v1/a/SPI%2f1%20x", "/v1/a/SPI/1 x", "/v1/a/SPI~1 x"),
        (b"/a/SPI%2F1", "/onder/a/SPI/1", "/onder/a/SPI~1"),
        (b"/v1/a/SPI-1", "/v1/a/SPI-1", "/v1/a/SPI-1"),
        (b"/b/SPI%2F1", "/iets/anders", "/iets/anders"),
    ],
)
def test_an_encoded_slash_stays_in_its_part(raw: bytes, path: str, meant: str) -> None:
    """Under a path of the server's own too; an address that it cannot tell stays as it is."""
    seen: list[str] = []

    async def inner(scope: Scope, _: Receive, __: Send) -> None:
        seen.append(scope["path"])

    nothing: Any = None
    scope = {"type": "http", "path": path, "raw_path": raw}
    asyncio.run(SlashMiddleware(inner)(scope, nothing, nothing))
    assert seen == [meant]


def test_a_number_comes_back_from_its_address() -> None:
    """And has no slash in it."""
    assert number_in_path("A/1/2") == "A~1~2"
    assert number_of_path(number_in_path("A/1/2")) == "A/1/2"


@pytest.mark.soak  # a real process: make kills, and CI
@pytest.mark.timeout(400)
def test_the_real_server_finds_such_a_family(settings: Settings) -> None:
    """Made with a tilde, read with either; its own number is told as its provider writes it."""
    with run_service(settings) as service:
        token = service.token(ActorRole.PROVIDER_SYSTEM, organisation="spirit")

        def ask(method: str, number: str, body: Any = None) -> Any:
            asked = urllib.request.Request(
                f"{service.address}/v1/pleeggezinnen/spirit/{number}",
                method=method,
                data=json.dumps(body).encode() if body else None,
                headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(asked) as answer:
                return json.load(answer)

        assert ask("PUT", "SPI~1", TOLD)["nummer"] == "SPI/1"
        for number in ("SPI~1", "SPI%2F1"):
            assert ask("GET", number)["nummer"] == "SPI/1"
        assert ask("POST", "SPI%2F1/_bevestig")["laatstBevestigdOp"]
