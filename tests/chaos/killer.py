"""Kills at random moments, and how long it takes until the service takes a write again."""

import random
from dataclasses import dataclass, field
from statistics import median
from threading import Thread
from time import monotonic, sleep

from tests.chaos.journal import Journal
from tests.chaos.postgres import OwnServer
from tests.chaos.processes import Kept

# How often each is hit, of a hundred: what is soon back more often, so that more is hit at work.
SHARES = {
    "api, een proces": 15,
    "api, geheel": 5,
    "worker": 30,
    "PostgreSQL, een verbinding": 30,
    "PostgreSQL, geheel": 20,
}
_SHORTEST, _LONGEST = 0.2, 2.5  # seconds of peace between a recovery and the next kill
_IN_RECOVERY = 0.15  # share of kills that do not wait for the recovery from the one before
_LOST = 300.0  # seconds after which nothing recovers any more


@dataclass(slots=True)
class Killer:
    """Kills the parts of a running service, seeded."""

    server: OwnServer
    api: Kept
    workers: list[Kept]
    journal: Journal
    dice: random.Random
    troubles: list[str]  # of clients that ended: going on would only hide them
    kills: dict[str, int] = field(default_factory=dict)
    recovery: dict[str, list[float]] = field(default_factory=dict)

    def kill(self, times: int, *, within: float) -> None:
        """Kill so many times, or as often as goes within so many seconds.

        Raises RuntimeError when the service does not come back.
        """
        names, weights = list(SHARES), list(SHARES.values())
        end = monotonic() + within
        while sum(self.kills.values()) < times and monotonic() < end and not self.troubles:
            target = self.dice.choices(names, weights)[0]
            sleep(self.dice.uniform(_SHORTEST, _LONGEST))
            begin = monotonic()
            if not self._hit(target):
                continue
            self.kills[target] = self.kills.get(target, 0) + 1
            if target == "worker":
                self._watch(begin)
            elif self.dice.random() >= _IN_RECOVERY:
                self._note(target, self._wait_for_a_write(target, begin))
        for thread in self._watching:
            thread.join(_LOST)

    def slowest(self) -> tuple[float, float]:
        """Return the median and the longest recovery in seconds."""
        all_ = [seconds for times in self.recovery.values() for seconds in times]
        return median(all_), max(all_)

    def _hit(self, target: str) -> bool:
        if target == "api, een proces":
            return self.api.kill_one_server(self.dice.randrange(2))
        if target == "api, geheel":
            self.api.kill()
        elif target == "worker":
            return self._hit_worker()
        elif target == "PostgreSQL, een verbinding":
            return self.server.kill_backend(self.dice)
        else:
            self.server.kill()
            sleep(self.dice.uniform(0, 1.5))
            self.server.start()
        return True

    def _hit_worker(self) -> bool:
        """Kill a worker that is up; the other one goes on, so nobody waits for it to come back."""
        up = [worker for worker in self.workers if worker not in self._down]
        if up:
            self._down.append(self.dice.choice(up))
            self._said = self._down[-1].times_said("worker_started")
            self._down[-1].kill()
        return bool(up)

    def _watch(self, begin: float) -> None:
        worker, before = self._down[-1], self._said

        def watch() -> None:
            while worker.times_said("worker_started") <= before:
                if monotonic() - begin > _LOST:
                    self.troubles.append(f"no worker began again in {_LOST} seconds")
                    return
                sleep(0.1)
            self._note("worker", monotonic() - begin)
            self._down.remove(worker)

        self._watching.append(Thread(target=watch, daemon=True))
        self._watching[-1].start()

    def _note(self, target: str, seconds: float) -> None:
        self.recovery.setdefault(target, []).append(seconds)

    def _wait_for_a_write(self, target: str, begin: float) -> float:
        """Return the seconds until a write that was sent after the kill is acknowledged."""
        while self.journal.last[0] <= begin:
            if monotonic() - begin > _LOST:
                raise RuntimeError(f"no recovery in {_LOST} seconds after a kill of: {target}")
            sleep(0.02)
        return monotonic() - begin

    _down: list[Kept] = field(default_factory=list)
    _said: int = 0
    _watching: list[Thread] = field(default_factory=list)
