"""An upgrade while clients work: the old version, both beside each other, and then the new one."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event
from time import sleep

import httpx2

from tests.chaos.caller import Caller
from tests.chaos.journal import Journal
from tests.chaos.judge import Verdict
from tests.chaos.postgres import OwnServer, own_server
from tests.chaos.processes import Kept, wait_until
from tests.chaos.scene import (
    QUICK,
    judge_all,
    migrate,
    set_to_work,
    subscribe,
    verify_chain,
    wait_for_service,
)
from tests.chaos.work_feed import FeedReader
from tests.notify.receiver import open_receiver
from tools.live import free_address

_FIRST_STEP = 120.0  # seconds until a first child has a family


@dataclass(slots=True)
class Doors:
    """Through which versions requests go now, each in its turn."""

    addresses: list[str] = field(default_factory=list)
    turn: "count[int]" = field(default_factory=count)

    def next(self) -> str:
        """Return where the next request of anybody goes."""
        now = self.addresses
        return now[next(self.turn) % len(now)]


@dataclass(slots=True)
class Between(Caller):
    """A client whose requests, also its second try of one, go to each version in turn."""

    doors: Doors = field(kw_only=True)
    clients: dict[str, httpx2.Client] = field(default_factory=dict)

    def door(self) -> httpx2.Client:
        """Return the client of the version whose turn it is."""
        address = self.doors.next()
        if address not in self.clients:
            self.clients[address] = httpx2.Client(base_url=address, timeout=60.0)
        return self.clients[address]

    def close(self) -> None:
        """Let go of the connections."""
        for client in (self.http, *self.clients.values()):
            client.close()


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it runs: its service in two processes, and a worker."""

    address: str
    api: Kept
    worker: Kept

    def end(self) -> None:
        """Stop it, as an upgrade does: what it is at is finished first."""
        self.worker.end()
        self.api.end()


@dataclass(slots=True)
class Upgraded:
    """What an upgrade came to; writes: acknowledged ones in each part, in order."""

    journal: Journal
    writes: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    chain: str = ""
    failed: list[str] = field(default_factory=list)  # jobs that no worker could do

    def close_part(self, name: str) -> None:
        """Count what was written since the part before."""
        self.writes[name] = len(self.journal.read()) - sum(self.writes.values())


def run_upgrade(folder: Path, old: Path, *, seconds: float, seed: int) -> Upgraded:
    """Let clients work while the service goes from one version to the next, and judge.

    old: the folder with the code of the version before. seconds: how long both serve together; each
    alone does half of it.
    """
    journal, stop, doors = Journal(folder / "journal.jsonl"), Event(), Doors()
    made = Upgraded(journal)
    with ExitStack() as stack:
        server = stack.enter_context(own_server())
        receiver = stack.enter_context(open_receiver())
        migrate(server, old)
        before = _begin(stack, server, folder, old)
        doors.addresses = [before.address]

        def new() -> Caller:
            caller = Between(before.address, journal, stop, doors=doors)
            stack.callback(caller.close)
            return caller

        wait_for_service(new())
        subscribe(new(), receiver)
        reader = FeedReader(new(), folder / "feed.txt")
        threads = set_to_work(new, reader, made.errors, seed)
        try:
            wait_until(lambda: journal.counts.get("fase"), _FIRST_STEP, "no child has a family yet")
            _go_over(stack, server, folder, _Parts(before, doors, made, seconds))
        finally:
            stop.set()
            for thread in threads:
                thread.join(240)
        made.errors += [f"client does not end: {t.name}" for t in threads if t.is_alive()]
        made.verdict = judge_all(server, journal, reader, receiver)
        made.chain, made.failed = verify_chain(server), _failed_jobs(server)
    return made


@dataclass(frozen=True, slots=True)
class _Parts:
    before: Version
    doors: Doors
    made: Upgraded
    seconds: float


def _go_over(stack: ExitStack, server: OwnServer, folder: Path, parts: _Parts) -> None:
    """The old version alone, its tables changed below it, both, and the new one alone."""
    before, doors, made = parts.before, parts.doors, parts.made
    sleep(parts.seconds / 2)
    migrate(server)
    made.close_part("the old one")
    after = _begin(stack, server, folder, None)
    asker = Caller(after.address, made.journal, Event())
    wait_for_service(asker)
    asker.http.close()
    doors.addresses = [before.address, after.address]
    sleep(parts.seconds)
    made.close_part("both")
    doors.addresses = [after.address]
    before.end()
    sleep(parts.seconds / 2)
    made.close_part("the new one")


def _begin(stack: ExitStack, server: OwnServer, folder: Path, code: Path | None) -> Version:
    address, port = free_address()
    name, words = "new" if code is None else "old", ("--port", str(port), "--processen", "2")
    version = Version(
        address,
        Kept(("serve", *words), folder / f"api-{name}.log", server.url, code=code),
        Kept(QUICK, folder / f"worker-{name}.log", server.url, code=code),
    )
    stack.callback(version.end)
    return version


def _failed_jobs(server: OwnServer) -> list[str]:
    with server.connect() as connection:
        rows = connection.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1"
        ).fetchall()
    return [f"{task}: {times}" for task, times in rows]
