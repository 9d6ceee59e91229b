"""A whole chaos: real processes, clients at work, kills, and then the judge."""

import random
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic, sleep

from tests.chaos.caller import Caller
from tests.chaos.journal import Journal
from tests.chaos.judge import Verdict
from tests.chaos.killer import Killer
from tests.chaos.postgres import own_server
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

_PEACE, _FIRST_STEP = 5.0, 120.0


@dataclass(slots=True)
class Outcome:
    """What a chaos came to."""

    verdict: Verdict
    journal: Journal
    killer: Killer
    seconds: float
    chain: str
    errors: list[str] = field(default_factory=list)


def run_chaos(folder: Path, *, kills: int, seed: int, within: float) -> Outcome:
    """Let clients work until a first child has a family, kill so many times, and judge.

    folder: for logs and the journal. within: seconds after which no more is killed.
    """
    begin = monotonic()
    with ExitStack() as stack:
        server = stack.enter_context(own_server())
        receiver = stack.enter_context(open_receiver())
        migrate(server)
        address, port = free_address()
        api = Kept(
            ("serve", "--port", str(port), "--processen", "2"), folder / "api.log", server.url
        )
        stack.callback(api.end)
        workers = [Kept(QUICK, folder / f"worker-{n}.log", server.url) for n in (1, 2)]
        for worker in workers:
            stack.callback(worker.end)
        journal, stop = Journal(folder / "journal.jsonl"), Event()
        errors: list[str] = []

        def new(ends: Event = stop) -> Caller:
            caller = Caller(address, journal, ends)
            stack.callback(caller.http.close)
            return caller

        wait_for_service(new())
        subscribe(new(), receiver)
        reader = FeedReader(new(), folder / "feed.txt")
        threads = set_to_work(new, reader, errors, seed)
        killer = Killer(server, api, workers, journal, random.Random(seed), errors)
        try:
            _wait_for_a_step(journal)
            killer.kill(kills, within=within)
            sleep(_PEACE)
        finally:
            stop.set()
            for thread in threads:
                thread.join(240)
        errors += [f"client does not end: {thread.name}" for thread in threads if thread.is_alive()]
        verdict = judge_all(server, journal, reader, receiver)
        return Outcome(verdict, journal, killer, monotonic() - begin, verify_chain(server), errors)


def _wait_for_a_step(journal: Journal) -> None:
    # On a busy machine it takes a while; kills before it are worth less, not nothing.
    with suppress(AssertionError):
        wait_until(lambda: journal.counts.get("fase"), _FIRST_STEP, "no child has a family yet")
