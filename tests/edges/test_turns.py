"""Turns at the database: few at once, some wait, the rest is told so at once."""

import asyncio

import pytest
from fastapi import APIRouter
from sqlalchemy import Connection

from app.http.deps import DbSession, current_actor
from app.http.turns import Lanes, Turns
from app.kernel.actor import SYSTEM
from app.kernel.errors import Busy
from tests.doors import open_door
from tests.routes_once import OVERRIDES


def test_beyond_the_queue_one_is_refused_at_once() -> None:
    """With a turn taken and the queue full, the next is refused; then all goes on as before."""

    async def crowd() -> None:
        turns, done = Turns(1, most=2), asyncio.Event()

        async def work() -> str:
            try:
                async with turns.take():
                    await done.wait()
            except Busy as busy:
                return f"druk {busy.retry_after}"
            return "gelukt"

        tasks = [asyncio.create_task(work()) for _ in range(5)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert turns.waiting == 2
        done.set()
        assert sorted(await asyncio.gather(*tasks)) == ["druk 2", "druk 2", *["gelukt"] * 3]
        assert turns.waiting == 0
        assert await work() == "gelukt"

    asyncio.run(crowd())


def test_who_waits_too_long_is_told_so() -> None:
    """A turn that never comes is a refusal, and takes no turn away."""

    async def stuck() -> None:
        turns = Turns(1, longest=0.01)
        async with turns.take():
            with pytest.raises(Busy):
                async with turns.take():
                    pass
        async with turns.take():
            assert turns.waiting == 0

    asyncio.run(stuck())


def test_the_night_has_a_lane_of_its_own() -> None:
    """What is about a crisis does not wait behind what is not."""
    lanes = Lanes()
    assert lanes.of("/crisismeldingen/{id}/belpogingen") is lanes.night
    assert lanes.of("/crisislijst") is lanes.night
    assert lanes.of("/kinderen/{id}") is lanes.day
    assert lanes.night is not lanes.day


def test_a_full_service_answers_503_and_the_crisis_desk_goes_on(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, when to come back, and no child of tonight among those who are refused."""
    router = APIRouter()

    @router.get("/kinderen-vol")
    def slow(session: DbSession) -> str:
        return "dag"

    @router.get("/crisis-vol")
    def urgent(session: DbSession) -> str:
        return "nacht"

    client = open_door(connection)
    client.v1.include_router(router)  # type: ignore[attr-defined]
    monkeypatch.setitem(OVERRIDES, current_actor, lambda: SYSTEM)
    client.v1.state.lanes = Lanes(day=Turns(0, most=0))  # type: ignore[attr-defined]
    answer = client.get("/v1/kinderen-vol")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.json()["detail"].endswith("probeer het over enkele seconden opnieuw.")
    assert client.get("/v1/crisis-vol").json() == "nacht"
