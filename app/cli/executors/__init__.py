"""Where work runs that can be cut into pieces: here in processes, or on a cluster."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Executor(AbstractContextManager["Executor"], Protocol):
    """Runs pieces of work; what comes out depends on the pieces and never on where they ran."""

    def run(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """Yield what each piece came to, in the order of the pieces.

        work: a function of a module, so that it travels; pieces and results can be pickled.
        """
