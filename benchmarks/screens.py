"""How long a screen takes to make, with 1,000 waiting children and 15,000 families, and its weight.

`python -m benchmarks.screens`: server time of each screen, the median of fifteen, in this process
(no network), and what a first visit sends, compressed.
"""

import gzip
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient
from rich.console import Console
from sqlalchemy import text

from app.cli.example import make_order
from app.cli.region import load_folder, run_match
from app.cli.steps import Steps
from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.main import create_app
from app.matching.policy import load_policy
from app.screens.static_files import load_all
from app.settings import load_settings
from app.simulation.folder import write_region
from app.simulation.region import draw_region

CHILDREN, FAMILIES, DAY, ROUNDS = 1_000, 15_000, "2026-11-01", 15
RESULT = Path("benchmarks/results/screens.json")


@contextmanager
def loaded(children: int, families: int) -> Iterator[Database]:
    """A region of that size with a run."""
    order = make_order(children=children, families=families, seed=1, peildatum=DAY, fouten=0)
    with tempfile.TemporaryDirectory() as folder, open_throwaway(load_settings()) as database:
        write_region(draw_region(order), Path(folder) / "regio")
        with Steps(Console(quiet=True)) as steps:
            read = load_folder(
                database, Path(folder) / "regio", settings=load_settings(), day=None, steps=steps
            )
            run_match(
                database,
                load_policy("maximaal"),
                snapshot_day=read.snapshot_day,
                seed=0,
                steps=steps,
            )
        yield database


@contextmanager
def signed_in(database: Database, role: str, organisation: str = "") -> Iterator[TestClient]:
    """Somebody in a role; on one event loop, as the service has."""
    with TestClient(create_app(database)) as client:
        client.post("/inloggen", data={"rol": role, "organisatie": organisation})
        yield client


def measure(client: TestClient, place: str) -> dict[str, float]:
    """Return milliseconds (median) and kB, compressed, of a screen."""
    times = []
    for _ in range(ROUNDS + 2):
        begin = time.perf_counter()
        answer = client.get(place)
        times.append((time.perf_counter() - begin) * 1000)
        assert answer.status_code == 200, (place, answer.status_code)
    weight = len(gzip.compress(answer.content, 4)) + sum(
        len(f.pressed) for f in load_all().values()
    )
    return {"ms": round(statistics.median(times[2:]), 1), "kb": round(weight / 1000, 1)}


def main() -> int:
    """Measure and print a table."""
    quick = "--quick" in sys.argv
    with loaded(100 if quick else CHILDREN, 300 if quick else FAMILIES) as database:
        with session_for(database.sessions, SYSTEM) as session:
            child = session.scalar(
                text("SELECT registration_id FROM proposal WHERE role = 'voorstel' LIMIT 1")
            )
            run = session.scalar(text("SELECT id FROM match_run LIMIT 1"))
        visits = {
            "coordinator": [
                "/wachtlijst",
                f"/kinderen/{child}",
                f"/kinderen/{child}/voorstellen",
                f"/kinderen/{child}/stappen",
                "/runs",
                f"/runs/{run}",
                "/gezinnen",
                "/regio",
            ],
            "crisisdienst": ["/crisis", "/crisis/lijst"],
            "aanmeldpunt": ["/concepten", "/concepten/nieuw"],
            "aanbieder-matcher": ["/gezinnen", "/vragen"],
            "auditor": ["/geschiedenis"],
        }  # fmt: skip
        found = {}
        for role, places in visits.items():
            own = "spirit" if role.startswith("aanbieder") else ""
            with signed_in(database, role, own) as client:
                for place in places:
                    name = place.replace(str(child), "…").replace(str(run), "…")
                    found[f"{name} ({role})"] = measure(client, place)
                    print(f"{name:40} {role:18} {found[f'{name} ({role})']}", flush=True)
    if not quick:
        RESULT.write_text(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
