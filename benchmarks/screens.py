"""How long each page takes to make with 1,000 children and 15,000 families, and its weight.

`python -m benchmarks.screens`: every page that the routes know, for each role that sees it: server
time by the clock (median, what 95% stay within), the CPU of this process and of the database in it,
and what a first visit sends, compressed. In this process, so the client's own work is in it. Ends
with code 1 where a page takes more than 100 ms, sends more than 200 kB, or could not be reached.
--quick: a small region. --keep: fill once (benchmarks/screen_region.py). --only, --role: a part;
only the whole is written, unless --out says where.
"""

import argparse
import gzip
import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from app.cli.serving import settled_app
from app.db.opened import Database
from app.log.write import configure_logs
from app.screens.static_files import load_all
from benchmarks.screen_pages import NOT_PAGES, VISITORS, Things, addresses, measured_templates
from benchmarks.screen_region import loaded, make_boards_ready
from benchmarks.screen_things import make_things
from benchmarks.server_time import ServerClock, Spent, of_several

FULL, QUICK, ROUNDS = (1_000, 15_000), (100, 300), 20
RESULT = Path("benchmarks/results/screens.json")
LIMIT_MS, LIMIT_KB = 100.0, 200.0  # what the screens promise
HOPELESS_MS = 1_000.0  # twice is enough
Figures = dict[str, float]


@contextmanager
def signed_in(database: Database, role: str, organisation: str = "") -> Iterator[TestClient]:
    """Somebody in a role; on one event loop, as the service has."""
    with TestClient(settled_app(database)) as client:
        client.post("/inloggen", data={"rol": role, "organisatie": organisation})
        yield client


def measure(client: TestClient, clock: ServerClock, place: str, rounds: int) -> Figures | int:
    """Return milliseconds and kB, compressed, of a page; else its status."""
    answer = client.get(place, follow_redirects=False)
    if answer.status_code != 200:
        return answer.status_code
    weight = len(gzip.compress(answer.content, 4)) + sum(
        len(f.pressed) for f in load_all().values()
    )
    client.get(place)
    clock.look_again()
    return of_several(_several(client, clock, place, rounds)) | {"kb": round(weight / 1000, 1)}


def _several(client: TestClient, clock: ServerClock, place: str, rounds: int) -> list[Spent]:
    first = [clock.measure(lambda: client.get(place)) for _ in range(2)]
    if min(one.wall for one in first) > HOPELESS_MS:
        return first
    return [clock.measure(lambda: client.get(place)) for _ in range(rounds)]


def visit_all(
    database: Database, things: Things, *, rounds: int = ROUNDS, only: str = "", role: str = ""
) -> dict[str, Figures]:
    """Measure and print every page for each role that sees it.

    only: a pattern for its path. role: one role alone.
    """
    found: dict[str, Figures] = {}
    clock = ServerClock(database)
    for visitor, own in [one for one in VISITORS if role in ("", one[0])]:
        make_boards_ready(database)
        with signed_in(database, visitor, own) as client:
            for template in measured_templates():
                for place in addresses(template, things) if re.search(only, template) else ():
                    figures = measure(client, clock, place, rounds)
                    if isinstance(figures, dict):
                        name = f"{template} ({visitor})"
                        found[name] = worst(found.get(name), figures)
                        print(_line(figures, name), flush=True)
    clock.close()
    return found


def _line(figures: Figures, name: str) -> str:
    return (
        f"{figures['ms']:7.1f} ms (95% {figures['p95']:7.1f}; python {figures['python']:6.1f}, "
        f"database {figures['database']:6.1f}, waited {figures['waited']:6.1f}) "
        f"{figures['kb']:6.1f} kB  {name}"
    )


def worst(before: Figures | None, now: Figures) -> Figures:
    """Return the slower of two addresses of one page."""
    return now if before is None or now["ms"] > before["ms"] else before


def judge(found: dict[str, Figures]) -> list[str]:
    """Return what is wrong: a page that nobody saw, one that is too slow or too heavy."""
    seen = {name.rsplit(" (", 1)[0] for name in found}
    missed = [template for template in measured_templates() if template not in seen]
    slow = [f"{name}: {f['ms']} ms" for name, f in found.items() if f["ms"] > LIMIT_MS]
    heavy = [f"{name}: {f['kb']} kB" for name, f in found.items() if f["kb"] > LIMIT_KB]
    return [f"nobody could see {one}" for one in missed] + slow + heavy


def asked_for() -> Any:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Server time and weight of every page.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="")
    parser.add_argument("--role", default="")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def main() -> int:
    """Measure every page, write the figures, and say which are over the limit."""
    asked = asked_for()
    configure_logs(level=logging.WARNING)  # not a line a request between the figures
    children, families = QUICK if asked.quick else FULL
    with loaded(children, families, keep=asked.keep) as database:
        things, rounds = make_things(database), asked.rounds
        found = visit_all(database, things, rounds=rounds, only=asked.only, role=asked.role)
    is_part = asked.quick or asked.only or asked.role
    where = asked.out or (None if is_part else RESULT)
    if where is not None:
        where.write_text(json.dumps(found, indent=1) + "\n")
    for name, reason in NOT_PAGES.items():
        print(f"not measured: {name}: {reason}")
    wrong = [one for one in judge(found) if re.search(asked.only, one)]
    print("\n".join(wrong) or f"all {len(found)} are under {LIMIT_MS:.0f} ms and {LIMIT_KB:.0f} kB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
