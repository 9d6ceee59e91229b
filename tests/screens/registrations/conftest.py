"""Forms without a script: what a browser would send back of a page, with changes."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

Send = Callable[..., httpx2.Response]
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def send() -> Send:
    """Return what posts a form of a page: its hidden fields, and what is typed."""

    def post(
        client: TestClient, page: str, to: str, typed: Mapping[str, Any] | None = None
    ) -> httpx2.Response:
        shown = client.get(page).text if page.startswith("/") else page
        main = shown.split("<main", 1)[1]
        forms = main.split('<form method="post"')[1:]
        form = next(part for part in forms if f'action="{to}"' in part.split(">")[0])
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(form.split("</form")[0])}
        return client.post(to, data={**hidden, **(typed or {})})

    return post


@pytest.fixture
def first_child() -> Callable[[TestClient], str]:
    """Return what finds the address of a child that is searched for."""

    def find(client: TestClient) -> str:
        page = client.get("/wachtlijst?stand=zoekt").text
        return str(re.findall(r'<a href="(/kinderen/[0-9a-f-]{36})">', page)[0])

    return find
