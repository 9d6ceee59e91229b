"""Chunks of children in threads: NumPy lets go of the interpreter while it counts."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

# Cells of one chunk, children × families or pairs: what a core keeps in its cache.
CHUNK_CELLS = 1_000_000


def chunks(size: int, width: int) -> Iterator[slice]:
    """Return slices of so many rows, each of about CHUNK_CELLS cells when a row has `width`."""
    step = max(1, CHUNK_CELLS // max(1, width))
    for first in range(0, size, step):
        yield slice(first, min(first + step, size))


def in_threads(work: Callable[[slice], None], parts: list[slice]) -> None:
    """Do the work for each part, one thread a core; the parts must not touch each other's rows."""
    workers = min(len(parts), _cores())
    if workers < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(max_workers=workers) as pool:
        list(pool.map(work, parts))  # the list raises what a part raised


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
