"""Processes on this machine: a fresh interpreter each, so nothing leaks from one to another."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

import psutil

T = TypeVar("T")
R = TypeVar("R")


class LocalExecutor:
    """As many processes as there are cores for us, or as many as asked for."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or len(psutil.Process().cpu_affinity() or [0])
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """Yield what each piece came to, in the order of the pieces."""
        if self._workers == 1 or len(pieces) == 1:
            return map(work, pieces)
        if self._pool is None:  # a process takes a second to start: only when it is of use
            self._pool = ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))
        return self._pool.map(work, pieces)
