"""How long each page takes to make with 1,000 children and 15,000 families, and its weight.

`python -m benchmarks.screens`: server time of every page that the routes know, for each role that
sees it, the median of seven (the best of four such where it is over the limit) in this process
(no network), and what a first visit sends, compressed. Ends with code 1 where one takes more than
100 ms, sends more than 200 kB, or could not be reached.
"""

import gzip
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient
from rich.console import Console

from app.cli.example import make_order
from app.cli.region import load_folder, run_match
from app.cli.steps import Steps
from app.db.opened import Database, open_throwaway
from app.main import create_app
from app.matching.policy import load_policy
from app.screens.static_files import load_all
from app.settings import load_settings
from app.simulation.folder import write_region
from app.simulation.region import draw_region
from benchmarks.screen_pages import NOT_PAGES, VISITORS, Things, addresses, measured_templates
from benchmarks.screen_things import make_things

CHILDREN, FAMILIES, DAY, ROUNDS, TRIES = 1_000, 15_000, "2026-11-01", 7, 4
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


LIMIT_MS, LIMIT_KB = 100.0, 200.0  # what the screens promise
HOPELESS_MS = 2_000.0  # no other guests of the machine explain that: once is enough


def measure(client: TestClient, place: str) -> dict[str, float] | int:
    """Return milliseconds (median) and kB, compressed, of a page; else its status."""
    answer = client.get(place, follow_redirects=False)
    if answer.status_code != 200:
        return answer.status_code
    weight = len(gzip.compress(answer.content, 4)) + sum(
        len(f.pressed) for f in load_all().values()
    )
    best = math.inf
    first = _once(client, place)
    if first > HOPELESS_MS:
        return {"ms": round(first, 1), "kb": round(weight / 1000, 1)}
    # What is over the limit is measured again: a machine with others on it is slow for a while.
    for _ in range(TRIES):
        best = min(best, statistics.median(_once(client, place) for _ in range(ROUNDS)))
        if best <= LIMIT_MS or best > HOPELESS_MS:
            break
    return {"ms": round(best, 1), "kb": round(weight / 1000, 1)}


def _once(client: TestClient, place: str) -> float:
    begin = time.perf_counter()
    client.get(place)
    return (time.perf_counter() - begin) * 1000


def visit_all(database: Database, things: Things) -> dict[str, dict[str, float]]:
    """Measure every page for each role that sees it, and print each."""
    found: dict[str, dict[str, float]] = {}
    for role, own in VISITORS:
        with signed_in(database, role, own) as client:
            for template in measured_templates():
                for place in addresses(template, things):
                    figures = measure(client, place)
                    if isinstance(figures, dict):
                        name = f"{template} ({role})"
                        found[name] = worst(found.get(name), figures)
                        print(
                            f"{figures['ms']:7.1f} ms {figures['kb']:6.1f} kB  {name}", flush=True
                        )
    return found


def worst(before: dict[str, float] | None, now: dict[str, float]) -> dict[str, float]:
    """Return the slower of two addresses of one page."""
    return now if before is None or now["ms"] > before["ms"] else before


def judge(found: dict[str, dict[str, float]]) -> list[str]:
    """Return what is wrong: a page that nobody saw, one that is too slow or too heavy."""
    seen = {name.rsplit(" (", 1)[0] for name in found}
    missed = [template for template in measured_templates() if template not in seen]
    slow = [f"{name}: {f['ms']} ms" for name, f in found.items() if f["ms"] > LIMIT_MS]
    heavy = [f"{name}: {f['kb']} kB" for name, f in found.items() if f["kb"] > LIMIT_KB]
    return [f"nobody could see {one}" for one in missed] + slow + heavy


def main() -> int:
    """Measure every page, write the figures, and say which are over the limit."""
    quick = "--quick" in sys.argv
    with loaded(100 if quick else CHILDREN, 300 if quick else FAMILIES) as database:
        found = visit_all(database, make_things(database))
    if not quick:
        RESULT.write_text(json.dumps(found, indent=1) + "\n")
    for name, reason in NOT_PAGES.items():
        print(f"not measured: {name}: {reason}")
    wrong = judge(found)
    print("\n".join(wrong) or f"all {len(found)} are under {LIMIT_MS:.0f} ms and {LIMIT_KB:.0f} kB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
