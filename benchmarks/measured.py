"""Medians of CPU and wall time, and results written where the docs and the next run find them."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Measured:
    """Median seconds of several runs, and what the last one came to."""

    cpu: float
    wall: float
    outcome: str


def measure(work: Callable[[], object], runs: int) -> Measured:
    """Return the median times of so many runs; CPU of all threads of this process."""
    cpu, wall, outcome = [], [], ""
    for _ in range(runs):
        start, clock = perf_counter(), process_time()
        outcome = str(work())
        cpu.append(process_time() - clock)
        wall.append(perf_counter() - start)
    return Measured(round(median(cpu), 3), round(median(wall), 3), outcome)


def keep(name: str, rows: list[Any]) -> Path:
    """Write rows, dataclasses or tables, as JSON under benchmarks/results; returns where."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    text = json.dumps(
        [row if isinstance(row, dict) else asdict(row) for row in rows],
        indent=1,
        ensure_ascii=False,
    )
    path.write_text(text + "\n", encoding="utf-8")
    return path
