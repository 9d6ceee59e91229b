"""A Ray cluster: the one of RAY_ADDRESS, or else a small one on this machine.

Ray is an optional extra and this file is the only one that imports it.
"""

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from app.kernel.errors import InputRefused

T = TypeVar("T")
R = TypeVar("R")


class RayExecutor:
    """Hands each piece to a worker of the cluster; there the same version must be installed.

    workers: how many a cluster of our own gets, None for one a core; of no use with RAY_ADDRESS.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._ray, self._workers = _import_ray(), workers

    def __enter__(self) -> Self:
        self._ray.init(
            num_cpus=self._workers,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
            configure_logging=False,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ray.shutdown()

    def run(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """Yield what each piece came to, in the order of the pieces."""
        remote = self._ray.remote(_call)
        shared = self._ray.put(work)
        told = [remote.remote(shared, piece) for piece in pieces]
        return (self._ray.get(one) for one in told)


def _call(work: Callable[[T], R], piece: T) -> R:
    return work(piece)


def _import_ray() -> Any:
    try:
        import ray
    except ModuleNotFoundError as error:
        raise InputRefused(
            "--executor ray heeft Ray nodig en dat is niet geïnstalleerd: installeer het met "
            "`uv pip install -r requirements-ray.lock`, of kies --executor local."
        ) from error
    return ray
