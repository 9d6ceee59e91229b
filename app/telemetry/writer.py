"""The thread that writes the log of processings: after the answer, outside of any transaction.

What it cannot pass on waits, up to a bound; what is lost beyond that is counted and logged.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from app.log.events import Event
from app.log.write import log
from app.telemetry.carried import Processing
from app.telemetry.catalogue import Metric
from app.telemetry.meters import count

ROUND = 0.25  # seconds between two looks at what has been done
AT_ONCE = 512
MOST_BYTES = 64 * 2**20  # of processings whose persons are still to be found
MOST_LINES = 50_000  # that wait for a place to go
LONGEST_PAUSE = 30.0

Finish = Callable[[Sequence[Processing]], list[ReadableSpan]]


class Writer:
    """Takes what has been done, and passes on a line for each person in it."""

    def __init__(self, exporter: SpanExporter, finish: Finish) -> None:
        self._exporter, self._finish = exporter, finish
        self._done: deque[Processing] = deque()
        self._bytes = 0
        self._lines: deque[ReadableSpan] = deque()
        self._pause, self._not_before = 0.0, 0.0
        self._ending, self._lock = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="verwerkingenlog", daemon=True)
        self._thread.start()

    def add(self, processing: Processing) -> None:
        """Take one that has ended; never waits."""
        weight = processing.weight()
        with self._lock:
            has_room = self._bytes + weight <= MOST_BYTES and not self._ending.is_set()
            if has_room:
                self._bytes += weight
                self._done.append(processing)
        if not has_room:
            _lost(1, "vol")

    def close(self, patience: float = 5.0) -> None:
        """Pass on what is left within some seconds, and stop."""
        self._ending.set()
        self._thread.join(patience)
        with self._lock:
            left = len(self._done) + len(self._lines)
            self._done.clear()
            self._lines.clear()
        if left:
            _lost(left, "gestopt")
        self._exporter.shutdown()

    def _keep(self) -> None:
        while not self._ending.wait(ROUND):
            self._round()
        self._not_before = 0.0
        while (self._done or self._lines) and self._round():
            pass

    def _round(self) -> bool:
        """Return whether all that waited has gone."""
        while batch := self._next():
            try:
                self._lines += self._finish(batch)
            except Exception as error:  # noqa: BLE001 the log goes on, and says what it lost
                log(Event.PROCESSINGS_UNWRITTEN, error=type(error).__name__)
                _lost(len(batch), "fout")
        while len(self._lines) > MOST_LINES:
            self._lines.popleft()
            _lost(1, "vol")
        return self._send()

    def _next(self) -> list[Processing]:
        with self._lock:
            batch = [self._done.popleft() for _ in range(min(AT_ONCE, len(self._done)))]
            self._bytes -= sum(processing.weight() for processing in batch)
        return batch

    def _send(self) -> bool:
        while self._lines:
            if monotonic() < self._not_before:
                return False
            chunk = [self._lines[n] for n in range(min(AT_ONCE, len(self._lines)))]
            if not self._export(chunk):
                self._pause = min(LONGEST_PAUSE, 2 * self._pause or 1.0)
                self._not_before = monotonic() + self._pause
                return False
            self._pause = 0.0
            for _ in chunk:
                self._lines.popleft()
            count(Metric.SPANS, len(chunk))
        return True

    def _export(self, chunk: Sequence[ReadableSpan]) -> bool:
        try:
            return self._exporter.export(chunk) is SpanExportResult.SUCCESS
        except Exception as error:  # noqa: BLE001 a place that fails is asked again
            log(Event.PROCESSINGS_UNWRITTEN, error=type(error).__name__)
            return False


def _lost(number: int, reason: str) -> None:
    count(Metric.SPANS_DROPPED, number, reden=reason)
    log(Event.PROCESSINGS_LOST, number=number, reason=reason)
