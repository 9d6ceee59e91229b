"""Every form of every screen carries the mark of its session: none escapes, for all are walked."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app.screens.mount import ROUTERS

# Without a session: signing in, and choosing a language, which changes nobody's data.
WITHOUT_MARK = {"/inloggen", "/taal"}
SOME = {"uuid": str(UUID(int=7)), "int": "2026"}


def posts() -> list[str]:
    """Return every address to which a screen sends a form, with something in each gap."""
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    paths = {route.path for route in routes if "POST" in route.methods} - WITHOUT_MARK
    return sorted(re.sub(r"\{(\w+)(?::(\w+))?\}", _some, path) for path in paths)


def _some(found: "re.Match[str]") -> str:
    return SOME["uuid"] if found[1] in {"id", "step", "stap"} else SOME.get(found[2] or "", "2026")


@pytest.mark.parametrize("path", posts())
def test_no_form_is_taken_without_its_mark(client_as: Callable[..., TestClient], path: str) -> None:
    """Another site may send a form with the cookie, but never with the mark of a page of ours."""
    answer = client_as("coordinator").post(
        path, data={"reden": "van elders"}, follow_redirects=False
    )
    assert answer.status_code == 403, path
    assert "eerdere sessie" in answer.text
