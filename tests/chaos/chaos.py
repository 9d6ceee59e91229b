"""A whole chaos: real processes, clients at work, kills, and then the judge."""

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from app.kernel.actor import ActorRole
from tests.chaos.caller import Caller, as_
from tests.chaos.journal import Journal
from tests.chaos.judge import Judge, Verdict
from tests.chaos.judge_told import judge_audit, judge_events, judge_webhook
from tests.chaos.judge_whole import judge_whole
from tests.chaos.judge_writes import judge_writes
from tests.chaos.killer import Killer
from tests.chaos.postgres import OwnServer, own_server
from tests.chaos.processes import Kept, wait_until
from tests.chaos.work_crisis import report_crises
from tests.chaos.work_feed import FeedReader
from tests.chaos.work_intake import take_in
from tests.chaos.work_match import ask_for_runs, take_steps
from tests.chaos.work_sync import sync_many, sync_one_by_one, sync_snapshots
from tests.chaos.world import draw_world
from tests.notify.receiver import Receiver, open_receiver
from tools.live import free_address

QUICK = ("worker", "--hartslag", "0.5", "--kwijt-na", "3")
_PEACE, _FIRST_STEP = 5.0, 120.0
_UNTIL_QUIET = 180.0  # seconds in which all work that was left must be done
_WORK = """
    SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
              AND (scheduled_at IS NULL OR scheduled_at < now() + interval '15 seconds'))
         + (SELECT count(*) FROM match_run WHERE state IN ('wacht', 'loopt'))
"""


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
        _migrate(server)
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

        _wait_for_service(new())
        _subscribe(new(), receiver)
        reader = FeedReader(new(), folder / "feed.txt")
        threads = _set_to_work(new, reader, errors, seed)
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
        verdict = _judge(server, journal, reader, receiver)
        return Outcome(verdict, journal, killer, monotonic() - begin, _verify_chain(server), errors)


def _wait_for_a_step(journal: Journal) -> None:
    # On a busy machine it takes a while; kills before it are worth less, not nothing.
    with suppress(AssertionError):
        wait_until(lambda: journal.counts.get("fase"), _FIRST_STEP, "no child has a family yet")


def _migrate(server: OwnServer) -> None:
    subprocess.run(
        [sys.executable, "-c", "from app.cli.main import run; run()", "migrate",
         "--database-url", server.url],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _wait_for_service(caller: Caller) -> None:
    caller.send("GET", "/v1/gezondheid", {})


def _subscribe(caller: Caller, receiver: Receiver) -> None:
    told = caller.post("/v1/abonnementen", as_(ActorRole.ADMINISTRATOR), {"adres": receiver.url})
    assert told.is_yes, told.answer.text


def _set_to_work(
    new: Callable[[], Caller], reader: FeedReader, errors: list[str], seed: int
) -> list[Thread]:
    world = draw_world(seed)
    jobs: dict[str, Callable[[], None]] = {
        "feed": reader.follow,
        "intake 1": lambda: take_in(new(), world, 1),
        "intake 2": lambda: take_in(new(), world, 2),
        "gezinnen": lambda: sync_one_by_one(new(), world),
        "bulk": lambda: sync_many(new(), world),
        "export": lambda: sync_snapshots(new(), world),
        "runs": lambda: ask_for_runs(new(), world),
        "stappen 1": lambda: take_steps(new(), world),
        "stappen 2": lambda: take_steps(new(), world),
        "crisis 1": lambda: report_crises(new(), 1),
        "crisis 2": lambda: report_crises(new(), 2),
    }
    threads = [
        Thread(target=_guarded, args=(name, job, errors), name=name, daemon=True)
        for name, job in jobs.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _guarded(name: str, job: Callable[[], None], errors: list[str]) -> None:
    try:
        job()
    except Exception as error:  # noqa: BLE001  (a client that stops is a finding, not a crash)
        errors.append(f"{name}: {type(error).__name__} {error}"[:400])


def _judge(server: OwnServer, journal: Journal, reader: FeedReader, receiver: Receiver) -> Verdict:
    with server.connect() as connection:
        judge = Judge(connection, journal)
        try:
            wait_until(lambda: judge.number(_WORK) == 0, _UNTIL_QUIET, "not all work is done")
        except AssertionError as error:
            judge.verdict.broken.append(str(error))
        while reader.read_page():
            pass
        wait_until(lambda: _all_told(judge, receiver), 60, "not everything is told")
        judge_writes(judge)
        judge_whole(judge)
        judge_events(judge, reader.ids)
        judge_webhook(judge, receiver)
        judge_audit(judge)
        return judge.verdict


def _all_told(judge: Judge, receiver: Receiver) -> bool:
    return len(set(receiver.ids())) >= judge.number("SELECT count(*) FROM event")


def _verify_chain(server: OwnServer) -> str:
    """Return what `pleegzorg audit verify` says, or that there is no such command."""
    command = [sys.executable, "-c", "from app.cli.main import run; run()", "audit"]
    there = subprocess.run([*command, "--help"], capture_output=True, check=False)
    if there.returncode != 0:
        return "er is nog geen `pleegzorg audit verify`"
    done = subprocess.run(
        [*command, "verify", "--database-url", server.url], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return ("klopt" if done.returncode == 0 else "KLOPT NIET") + ": " + done.stdout.strip()[-300:]
