"""What the log of processings holds, kept in memory by a real exporter of OpenTelemetry."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.db.opened import Database
from app.settings import Settings
from app.telemetry.running import traced
from app.telemetry.tracing import SUBJECT

PARENT = "00-11111111111111111111111111111111-2222222222222222-00"
TRACE = int("1" * 32, 16)


@dataclass
class Log:
    """The lines of a block; complete after `settle`."""

    exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)

    def lines(self, name: str, *, least: int = 1) -> list[ReadableSpan]:
        """Return the lines of an operation or task, once there are so many."""
        end = monotonic() + 15
        while len(self._named(name)) < least and monotonic() < end:
            sleep(0.05)
        return self._named(name)

    def all(self) -> tuple[ReadableSpan, ...]:
        return self.exporter.get_finished_spans()

    def _named(self, name: str) -> list[ReadableSpan]:
        return [span for span in self.all() if span.name == name]


@contextmanager
def logged(database: Database, settings: Settings) -> Iterator[Log]:
    """Trace into memory, persons looked up in the database as the service does."""
    log = Log()
    with traced(settings, database.sessions, log.exporter):
        yield log


def whom(lines: list[ReadableSpan]) -> list[str]:
    """Return the pseudonyms that lines carry."""
    return [str(line.attributes[SUBJECT]) for line in lines if SUBJECT in (line.attributes or {})]
