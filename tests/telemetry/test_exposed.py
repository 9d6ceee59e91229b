"""The figures are read on a port of their own, and nowhere on that of the service."""

import subprocess
import sys
import urllib.request

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.kernel.errors import NotReady
from app.main import create_app
from app.telemetry.catalogue import Metric
from app.telemetry.exposed import exposed
from app.telemetry.figures import Figure
from app.telemetry.meters import count

# What two processes do that were begun by the one that is asked.
COUNTING = """
from app.telemetry.catalogue import Label, Metric
from app.telemetry.exposed import measures_along
from app.telemetry.meters import count, move
from app.telemetry.words import admit
admit(Label.TASK, ["matchrun"])
assert measures_along()
count(Metric.JOBS, 3, taak="matchrun", uitkomst="gelukt")
move(Metric.REQUESTS_BUSY, 1)
"""


def read(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def test_the_service_itself_shows_none(loaded_region: Database) -> None:
    """No path of it gives a figure."""
    client = TestClient(create_app(loaded_region))
    for path in ("/metrics", "/v1/metrics"):
        assert client.get(path).status_code == 404


def test_figures_on_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted in the block, and what is read elsewhere."""
    with exposed(0, lambda: [Figure(Metric.WORKERS, 2)], together=False) as port:
        count(Metric.SPANS, 5)
        shown = read(port)
    assert "pleegzorg_workers 2.0" in shown
    assert "pleegzorg_spans_total" in shown


def test_a_port_that_is_taken() -> None:
    """One sentence says which."""
    with (
        exposed(0, list, together=False) as port,
        pytest.raises(NotReady, match=f"meetpoort {port}"),
        exposed(port, list, together=False),
    ):
        pass


ASKING = f"""
import subprocess, sys, urllib.request
from app.telemetry.exposed import exposed
with exposed(0, list, together=True) as port:
    for _ in range(2):
        subprocess.run([sys.executable, "-c", {COUNTING!r}], check=True)
    print(urllib.request.urlopen(f"http://127.0.0.1:{{port}}/metrics").read().decode())
"""


def test_more_processes_count_together() -> None:
    """As those of `serve --processen`; what one that ended had under way counts no more."""
    # In a process of its own: the library looks for the folder once, when it is imported.
    done = subprocess.run(
        [sys.executable, "-c", ASKING], capture_output=True, text=True, check=True, timeout=110
    )
    assert 'pleegzorg_jobs_total{taak="matchrun",uitkomst="gelukt"} 6.0' in done.stdout
    assert "pleegzorg_requests_busy 1" not in done.stdout
    assert "pleegzorg_requests_busy 2" not in done.stdout
