"""A regional manager gets the figures that a coordinator gets, without the children behind them."""

from collections import OrderedDict
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.actor import ActorRole
from app.main import ROUTERS
from app.proposals import list_views, standing
from app.proposals.question_schemas import Recruitment
from tests.doors import open_door, signed_in
from tests.security.world import World, make_world


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def client(connection: Connection, world: World) -> TestClient:
    return open_door(connection, *ROUTERS)


def read(client: TestClient, path: str, role: ActorRole) -> Any:
    answer = client.get(f"/v1{path}", headers=signed_in(role))
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("few", "are_told"), [(1, True), (1_000, False)])
def test_the_recruitment_brief_without_numbers(
    *, client: TestClient, world: World, monkeypatch: pytest.MonkeyPatch, few: int, are_told: bool
) -> None:
    """What families are needed, and for how many children; not for which, nor for a few."""
    monkeypatch.setattr(list_views, "FEW", few)
    path = f"/matchruns/{world.own['matchrun']}/wervingsopdracht"
    told = read(client, path, ActorRole.COORDINATOR)
    seen = read(client, path, ActorRole.MANAGER)
    assert told["teWeinig"]
    assert any(profile["kinderen"] for profile in told["profielen"])
    profiles = [
        {name: value for name, value in profile.items() if name != "kinderen"}
        for profile in told["profielen"]
    ]
    few_told = {"profielen": [], "kleineProfielen": len(profiles), "getoetst": None}
    left = {"profielen": profiles} if are_told else few_told | {"teWeinig": None}
    assert seen == told | left


def test_a_profile_of_one_child_is_not_told(client: TestClient, world: World) -> None:
    """As it stands: under five, as the boards have it."""
    path = f"/matchruns/{world.own['matchrun']}/wervingsopdracht"
    sizes = [len(p["kinderen"]) for p in read(client, path, ActorRole.COORDINATOR)["profielen"]]
    seen = read(client, path, ActorRole.MANAGER)
    assert min(sizes) < 5
    assert len(seen["profielen"]) == sum(size >= 5 for size in sizes)
    assert seen["kleineProfielen"] == sum(size < 5 for size in sizes)
    assert seen["teWeinig"] is None  # two children


@pytest.mark.parametrize(
    ("tested", "short", "seen"),
    [
        (4, 1, (None, None)),
        (9, 1, (9, None)),
        (9, 8, (9, None)),
        (20, 9, (20, 9)),
        (20, 0, (20, 0)),
    ],
)
def test_a_brief_counts_nobody_out(tested: int, short: int, seen: tuple[Any, Any]) -> None:
    """Neither how few have too little choice, nor how few have enough."""
    brief = Recruitment(run_id=uuid4(), tested=tested, short=short, profiles=[], left_out=0)
    told = list_views.without_small(brief)
    assert (told.tested, told.short) == seen


def test_the_brief_is_there_for_whoever_asks_first(
    client: TestClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no coordinator asked before: a manager may not read the plan itself."""
    monkeypatch.setattr(standing, "_kept", OrderedDict())
    path = f"/matchruns/{world.own['matchrun']}/wervingsopdracht"
    assert read(client, path, ActorRole.MANAGER)["kleineProfielen"]


def test_a_runs_figures_are_the_same(client: TestClient, world: World) -> None:
    """Goals and counts, and what its choices cost."""
    for path in (f"/matchruns/{world.own['matchrun']}", "/matchruns"):
        assert read(client, path, ActorRole.MANAGER) == read(client, path, ActorRole.COORDINATOR)
