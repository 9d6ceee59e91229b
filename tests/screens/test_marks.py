"""Every form of every screen carries the mark of its session: none escapes, for all are walked."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.http.templates import flat_routes
from app.screens.mount import ROUTERS
from app.screens.registrations.form_steps import STEPS

# Without a session: signing in, and choosing a language, which changes nobody's data.
WITHOUT_MARK = {"/inloggen", "/taal"}
# What can stand in a gap of an address; anything else there is the id of something.
SOME = {"year": "2026", "code": "0363", "key": STEPS[0].key}
AN_ID = str(UUID(int=7))


def posts() -> list[str]:
    """Return every address to which a screen sends a form, with something in each gap."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    paths = {path for path, methods in flat_routes(app) if "POST" in methods} - WITHOUT_MARK
    return sorted(re.sub(r"\{(\w+)(?::(\w+))?\}", _some, path) for path in paths)


def _some(found: "re.Match[str]") -> str:
    return SOME.get(found[1], AN_ID)


def test_the_forms_of_routers_in_routers_are_among_them() -> None:
    """An included router lies unopened in the list of routes."""
    assert len(posts()) > 60 and "/concepten/nieuw" in posts()


@pytest.mark.parametrize("path", posts())
def test_no_form_is_taken_without_its_mark(client_as: Callable[..., TestClient], path: str) -> None:
    """Another site may send a form with the cookie, but never with the mark of a page of ours."""
    answer = client_as("coordinator").post(
        path, params={"stap": "een"}, data={"reden": "van elders"}, follow_redirects=False
    )
    assert answer.status_code == 403, path
    assert "eerdere sessie" in answer.text
