"""What every chaos is made of: tables, clients at work, and the judge at its end."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from app.kernel.actor import ActorRole
from tests.chaos.caller import Caller, as_
from tests.chaos.journal import Journal
from tests.chaos.judge import Judge, Verdict
from tests.chaos.judge_told import judge_audit, judge_events, judge_webhook
from tests.chaos.judge_whole import judge_whole
from tests.chaos.judge_writes import judge_writes
from tests.chaos.postgres import OwnServer
from tests.chaos.processes import COMMAND, wait_until
from tests.chaos.work_crisis import report_crises
from tests.chaos.work_feed import FeedReader
from tests.chaos.work_intake import take_in
from tests.chaos.work_match import ask_for_runs, take_steps
from tests.chaos.work_sync import sync_many, sync_one_by_one, sync_snapshots
from tests.chaos.world import draw_world
from tests.notify.receiver import Receiver

QUICK = ("worker", "--hartslag", "0.5", "--kwijt-na", "3")  # a worker that soon sees who is gone
_UNTIL_QUIET = 180.0  # seconds in which all work that was left must be done
_WORK = """
    SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
              AND (scheduled_at IS NULL OR scheduled_at < now() + interval '15 seconds'))
         + (SELECT count(*) FROM match_run WHERE state IN ('wacht', 'loopt'))
"""


def migrate(server: OwnServer, code: Path | None = None) -> None:
    """Bring the tables up to date; code: the folder of another version of the service."""
    subprocess.run(
        [*COMMAND, "migrate", "--database-url", server.url],
        check=True, stdout=subprocess.DEVNULL, cwd=code,
    )  # fmt: skip


def wait_for_service(caller: Caller) -> None:
    """Wait until it answers."""
    caller.send("GET", "/v1/gezondheid", {})


def subscribe(caller: Caller, receiver: Receiver) -> None:
    """Let all that happens be told to a webhook."""
    told = caller.post("/v1/abonnementen", as_(ActorRole.ADMINISTRATOR), {"adres": receiver.url})
    assert told.is_yes, told.answer.text


def set_to_work(
    new: Callable[[], Caller], reader: FeedReader, errors: list[str], seed: int
) -> list[Thread]:
    """Begin eleven clients, and return their threads; errors: where one that stops tells why."""
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


def judge_all(
    server: OwnServer, journal: Journal, reader: FeedReader, receiver: Receiver
) -> Verdict:
    """Compare what was acknowledged with what stands there, once all work is done."""
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


def verify_chain(server: OwnServer) -> str:
    """Return what `pleegzorg audit verify` says, or that there is no such command."""
    command = [*COMMAND, "audit"]
    there = subprocess.run([*command, "--help"], capture_output=True, check=False)
    if there.returncode != 0:
        return "er is nog geen `pleegzorg audit verify`"
    done = subprocess.run(
        [*command, "verify", "--database-url", server.url], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return ("klopt" if done.returncode == 0 else "KLOPT NIET") + ": " + done.stdout.strip()[-300:]
