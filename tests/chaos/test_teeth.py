"""The judge and the kills have teeth: what is lost or doubled on purpose is found."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest

from tests.chaos.journal import Journal
from tests.chaos.judge import Judge
from tests.chaos.postgres import OwnServer, own_server


def test_the_journal_keeps_what_the_judge_compares(tmp_path: Path) -> None:
    """One acknowledged write that is not there, one that is there twice, one that nobody asked."""
    journal = Journal(tmp_path / "journal.jsonl")
    for id_ in ("a", "b", "c"):
        journal.write("melding", (0.0, 1.0), id=id_)
    judge = Judge(cast("psycopg.Connection[Any]", None), journal)
    judge.same("melding", [line["id"] for line in journal.read("melding")], ["b", "c", "c", "d"])
    assert judge.verdict.missing == ["melding a"]
    assert sorted(judge.verdict.doubled) == ["melding c", "melding d"]
    assert not judge.verdict.is_clean


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("puts_off", [False, True])
def test_a_kill_loses_what_was_only_promised(*, puts_off: bool) -> None:
    """With every commit on disk nothing is gone; a server that puts off writing loses some.

    So a kill here is one that counts, and the service may never run with synchronous_commit off.
    """
    late = ("synchronous_commit=off", "wal_writer_delay=10s", "wal_writer_flush_after=1GB")
    with own_server(options=late if puts_off else ()) as server:
        told = _write_and_kill(server)
        server.start()
        with server.connect() as connection:
            there = {row[0] for row in connection.execute("SELECT id FROM written").fetchall()}
    assert bool(set(told) - there) is puts_off


def _write_and_kill(server: OwnServer) -> Iterable[int]:
    told: list[int] = []
    with server.connect() as connection:
        connection.execute("CREATE TABLE written (id integer)")
        connection.execute("CHECKPOINT")
        for number in range(20):
            connection.execute("INSERT INTO written VALUES (%s)", (number,))
            told.append(number)
        assert server.process is not None
        # All at once, as when a machine falls away: none of them gets to finish anything.
        for pid in server.process_ids():
            os.kill(pid, signal.SIGKILL)
        server.process.wait()
    return told
