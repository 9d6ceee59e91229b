"""Turns at the database: few at once, a bounded number that wait, and a lane for the crisis desk.

Beyond that a request is refused at once: an answer that comes after half a minute helps nobody, and
a queue without an end takes the whole service with it. Who was refused costs next to nothing, so
the service recovers by itself.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.kernel.errors import Busy
from app.telemetry.catalogue import Metric
from app.telemetry.meters import busy, timed

# How many requests work on the database at once in a process. Eight or sixteen threads in turn made
# the slowest answers slower (make bench-api): they wait for one interpreter anyway.
TURNS = 4
# A child of tonight does not wait behind lists and exports.
TURNS_OF_THE_NIGHT = 2
# Some hundred requests are a second or two of work; more would wait for longer than people do.
MOST_WAITING = 256
LONGEST = 10.0  # seconds
RETRY_AFTER = 2  # seconds
_BUSY = "De dienst heeft het nu te druk: probeer het over enkele seconden opnieuw."


class Turns:
    """One lane: how many work at once, how many may wait for it and for how many seconds."""

    def __init__(
        self, at_once: int = TURNS, *, most: int = MOST_WAITING, longest: float = LONGEST
    ) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most, self._longest = most, longest
        self.waiting = 0

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait for a turn and keep it; raises Busy where too many wait, or it takes too long."""
        with busy(Metric.TURNS_WAITING), timed(Metric.TURN_SECONDS):
            await self._enter()
        try:
            with busy(Metric.TURNS_TAKEN):
                yield
        finally:
            self._free.release()

    async def _enter(self) -> None:
        if self._free.locked():
            await self._wait()
        else:
            await self._free.acquire()  # at once

    async def _wait(self) -> None:
        if self.waiting >= self._most:
            raise Busy(_BUSY, RETRY_AFTER)
        self.waiting += 1
        try:
            async with asyncio.timeout(self._longest):
                await self._free.acquire()
        except TimeoutError:
            raise Busy(_BUSY, RETRY_AFTER) from None
        finally:
            self.waiting -= 1


class Lanes:
    """The lanes of a process: the night's, and everything else."""

    def __init__(self, day: Turns | None = None, night: Turns | None = None) -> None:
        self.day, self.night = day or Turns(), night or Turns(TURNS_OF_THE_NIGHT)

    def of(self, path: str) -> Turns:
        """Return the lane of a route; path: its template, such as `/crisismeldingen/{id}`."""
        return self.night if path.startswith(("/crisis", "/gereed")) else self.day
