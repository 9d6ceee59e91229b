"""The screens ask the API in ASGI's own words: what is sent arrives, what comes back is read."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from app.screens.inside import Body, Given, ask_inside

app = FastAPI()


@app.api_route("/alles/{rest:path}", methods=["GET", "POST"])
async def everything(request: Request, rest: str, response: Response) -> dict[str, Any]:
    """Tell what arrived."""
    response.headers["Link"] = '</v1/alles/x?soort=a&cursor=b%3D%3D>; rel="next"'
    pieces = [piece async for piece in request.stream()]
    return {
        "rest": rest,
        "raw": request.scope["raw_path"].decode(),
        "query": request.query_params.multi_items(),
        "headers": dict(request.headers),
        "body": b"".join(pieces).decode(),
        "pieces": len([piece for piece in pieces if piece]),
        "who": request.client.host if request.client else None,
        "url": str(request.url),
    }


@app.get("/stroom")
async def streamed() -> StreamingResponse:
    """Answer in parts."""
    return StreamingResponse(iter([b"een,", b"twee"]))


@app.get("/stuk")
async def broken() -> None:
    """Fail."""
    raise RuntimeError("stuk")


def _ask(path: str, method: str = "GET", body: Body = b"", **query: str) -> Given:
    headers = {"Authorization": "Bearer x", "Accept": "application/json"}
    return asyncio.run(
        ask_inside(app, method, path, query=query, headers=headers, body=body, address="(hier)")
    )


def _told(given: Given) -> Any:
    return json.loads(given.content)


def test_an_address_arrives_as_it_was_meant() -> None:
    """Encoded once: a space, a letter with an accent, a slash that is part of a number."""
    told = _told(_ask("/alles/SPI%2F1/Ijsbrand é?x", soort="a b&c", teken="é"))
    assert told["raw"] == "/alles/SPI%2F1/Ijsbrand%20%C3%A9%3Fx"
    assert told["rest"] == "SPI/1/Ijsbrand é?x"
    assert told["query"] == [["soort", "a b&c"], ["teken", "é"]]
    assert told["who"] == "(hier)"
    assert told["url"].startswith("http://binnen/alles/")


def test_headers_and_bodies_arrive() -> None:
    """A length with what is whole, none with what comes piece by piece."""
    told = _told(_ask("/alles/x", "POST", b'{"a":1}'))
    assert told["headers"] == {
        "host": "binnen", "authorization": "Bearer x", "accept": "application/json",
        "content-length": "7",
    }  # fmt: skip
    assert told["body"] == '{"a":1}'

    async def pieces() -> AsyncIterator[bytes]:
        yield b"een"
        yield b"twee"

    told = _told(_ask("/alles/x", "POST", pieces()))
    assert (told["body"], told["pieces"]) == ("eentwee", 2)
    assert "content-length" not in told["headers"]


def test_the_next_page_is_read_from_its_header() -> None:
    """Decoded, by its name; none where there is no next."""
    given = _ask("/alles/x")
    assert given.next_query("cursor") == "b=="
    assert given.next_query("anders") is None
    assert _ask("/stroom").next_query("cursor") is None


def test_an_answer_in_parts_is_whole() -> None:
    """A file that is made while it is sent."""
    assert _ask("/stroom").content == b"een,twee"


def test_an_app_that_fails_has_answered_500() -> None:
    """Its error has been told where it arose, and goes no further."""
    given = _ask("/stuk")
    assert (given.status, given.content) == (500, b"Internal Server Error")


def test_nobody_there_is_a_404() -> None:
    """An address that no route has."""
    assert _ask("/nergens").status == 404
