"""Steps that ask more: a match that needs support, and brothers and sisters apart."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from app.db.opened import Database
from tests.screens.looking import Looker
from tests.screens.steps.walking import STAFF, Walk

Clients = Callable[..., TestClient]
Look = Callable[..., Looker]


@pytest.fixture
def begun(client_as: Clients) -> Iterator[Callable[..., Walk]]:
    """Return what begins a step with the first child and family that will do, up to the match."""
    client, walks = client_as("coordinator"), []

    def begin(query: str, will_do: Callable[[dict[str, Any]], bool]) -> Walk:
        listed = client.get(f"/v1/wachtlijst?aantal=100&stand=zoekt{query}", headers=STAFF).json()
        for row in listed["wachtenden"]:
            told = client.get(f"/v1/kinderen/{row['id']}/matchvoorstellen", headers=STAFF).json()
            options = [told["voorstel"], *told["alternatieven"]] if told["voorstel"] else []
            chosen = next((one for one in options if will_do(one)), None)
            if chosen:
                walk = Walk(client, {"id": row["id"], "voorstel": chosen})
                walk.begin(redenKeuze="De school is om de hoek.")
                walks.append(walk)
                return walk.walk_to_acquaintance()
        raise AssertionError("nobody in this region will do")

    yield begin
    for walk in walks:
        walk.let_go()


def see_all(look: Look, walk: Walk) -> Looker:
    """Each page of a step, in both languages; ends on the form for the match, in Dutch."""
    seen = look("coordinator")
    for language in ("en", "nl"):
        seen.speak(language)
        for place in (walk.steps, walk.at, f"{walk.at}/verder?fase=match"):
            seen.go(place)
            assert seen.complaints() == [], place
    return seen


def test_a_sibling_alone(look: Look, begun: Callable[..., Walk]) -> None:
    """Why they part is asked beside the names of those who stay behind."""
    walk = begun("&metBroersZussen=true", lambda one: True)
    parted = walk.api("GET", "").json()["broersZussenElders"]
    assert parted
    seen = see_all(look, walk)
    asked = seen.page.get_by_label("Waarom gaan broers en zussen uit elkaar?")
    assert parted[0] in seen.page.inner_text("#redenSplitsing-hint")
    asked.fill("Samen kon niet; elke zondag bij elkaar.")
    seen.shoot("stap-uit-elkaar")


def test_a_match_with_a_support_plan(
    look: Look, begun: Callable[..., Walk], screens_database: Database
) -> None:
    """Which support was agreed is asked, or why none."""
    engine = create_engine(screens_database.url)
    with engine.begin() as owner:  # nobody of this region is so hard to place
        owner.execute(text("UPDATE proposal SET needs_support = true WHERE role = 'voorstel'"))
    engine.dispose()
    walk = begun("", lambda one: bool(one["steunplanNodig"]))
    seen = see_all(look, walk)
    seen.page.get_by_label("Afgesproken steun").fill("Elke week een uur ambulante hulp.")
    assert seen.page.get_by_label("Of: waarom geen steunplan").is_visible()
