"""Where Prometheus reads the figures: on a port of their own, which no edge shows to the outside.

More processes count together in files of a folder; the one that keeps them reads these files.
"""

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import psutil

from app.kernel.errors import NotReady
from app.settings import load_settings
from app.telemetry.catalogue import Metric
from app.telemetry.figures import Figure
from app.telemetry.machine import machine_figures
from app.telemetry.meters import registry, switch_off, switch_on
from app.telemetry.words import word_for

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Asking the database again sooner tells nothing new, whoever asks however often.
KEPT = 5.0
Read = Callable[[], Sequence[Figure]]
_GAUGE_FILE = re.compile(r"gauge_live\w+_(\d+)\.db$")


@contextmanager
def exposed(port: int, read: Read, *, host: str = "127.0.0.1", together: bool) -> Iterator[int]:
    """Measure, and let the figures be read on a port until the end of the block; yield the port.

    together: processes begun in the block count along. read: figures that stand elsewhere. Port 0:
    any that is free.
    """
    with ExitStack() as stack:
        if together:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pleegzorg-cijfers-"))
            os.environ[FOLDER] = folder
            stack.callback(os.environ.pop, FOLDER, None)
        # Only now: the library looks for the folder when it is imported.
        from prometheus_client import start_http_server

        switch_on()
        stack.callback(switch_off)
        try:
            server, thread = start_http_server(port, addr=host, registry=all_figures(read))
        except OSError as error:
            raise NotReady(
                f"De meetpoort {port} is bezet of niet toegestaan: kies een andere --meetpoort."
            ) from error
        stack.callback(server.server_close)
        stack.callback(thread.join)
        stack.callback(server.shutdown)
        yield int(server.server_port)


def measures_along() -> bool:
    """Return whether a process that began this one reads its figures; then it measures."""
    if FOLDER not in os.environ:
        return False
    switch_on()
    return True


def all_figures(read: Read) -> Any:
    """Return a registry with what is counted here, in other processes, and read elsewhere."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    both = CollectorRegistry()
    both.register(_Elsewhere(read))
    if FOLDER not in os.environ:
        both.register(_Here())
        return both
    # It registers itself: with a registry of its own, for its files are looked through first.
    inner = MultiProcessCollector(CollectorRegistry())  # type: ignore[no-untyped-call]
    both.register(_Living(Path(os.environ[FOLDER]), inner))
    return both


class _Here:
    """The figures of this process alone."""

    def collect(self) -> Iterable[Any]:
        return registry().collect()  # type: ignore[no-any-return]


class _Living:
    """The figures of all processes; what one that died had under way is forgotten."""

    def __init__(self, folder: Path, inner: Any) -> None:
        self._folder, self._inner = folder, inner

    def collect(self) -> Iterable[Any]:
        for path in self._folder.glob("gauge_live*.db"):
            found = _GAUGE_FILE.search(path.name)
            if found and not psutil.pid_exists(int(found[1])):
                path.unlink(missing_ok=True)
        return self._inner.collect()  # type: ignore[no-any-return]


class _Elsewhere:
    """Figures of the database and the machine, read when somebody asks and kept for a moment."""

    def __init__(self, read: Read) -> None:
        self._read, self._lock = read, Lock()
        self._kept: Sequence[Figure] = ()
        self._until = 0.0

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily

        by_metric = defaultdict(list)
        for figure in self._figures():
            by_metric[figure.metric].append(figure)
        for metric, figures in by_metric.items():
            labels = [label.value for label in metric.told.labels]
            family = GaugeMetricFamily(metric.told.name, metric.told.meaning, labels=labels)
            for words, value in _summed(metric, figures).items():
                family.add_metric(list(words), value)
            yield family

    def _figures(self) -> Sequence[Figure]:
        with self._lock:
            if monotonic() >= self._until:
                self._kept = [*self._read(), *machine_figures(load_settings())]
                self._until = monotonic() + KEPT
            return self._kept


def _summed(metric: Metric, figures: Iterable[Figure]) -> dict[tuple[str, ...], float]:
    # Words that a label may not hold become one.
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for figure in figures:
        words = (word_for(metric.told.labels[0], figure.word or ""),) if metric.told.labels else ()
        found[words] += figure.value
    return found
