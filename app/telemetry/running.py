"""The tracing of this process: begun by `serve` and `worker`, silent in all else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.db.session import SessionMaker
from app.log.events import Event
from app.log.write import bind, log
from app.settings import Settings, load_settings
from app.telemetry.carried import NOW, Processing

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

    from app.telemetry.tracing import Tracing

_RUNNING: "list[Tracing]" = []


@contextmanager
def traced(
    settings: Settings, sessions: SessionMaker | None, exporter: "SpanExporter | None" = None
) -> Iterator["Tracing"]:
    """Trace what this process does until the end of the block; then all lines have gone.

    exporter: where to; None for what the settings say.
    """
    from app.telemetry.sinks import make_exporter
    from app.telemetry.tracing import Tracing

    place = exporter or make_exporter(settings)
    if place is None and settings.environment != "ontwikkeling":
        log(Event.PROCESSINGS_NOWHERE, environment=settings.environment)
    tracing = Tracing(settings, sessions, place)
    _RUNNING.append(tracing)
    try:
        yield tracing
    finally:
        _RUNNING.remove(tracing)
        tracing.close()


def tracing() -> "Tracing":
    """Return what traces this process; by itself one that writes nothing."""
    if not _RUNNING:
        from app.telemetry.tracing import Tracing

        _RUNNING.append(Tracing(load_settings()))
    return _RUNNING[-1]


@contextmanager
def processing(name: str, carrier: Mapping[str, str], *, kind: str) -> Iterator[Processing]:
    """Trace one request or job: its log lines carry the trace, an exception makes it fail.

    kind: SERVER, INTERNAL or CONSUMER, as OpenTelemetry means them.
    """
    from opentelemetry.trace import SpanKind

    tracing_ = tracing()
    begun = tracing_.begin(name, carrier, SpanKind[kind])
    bind(trace_id=begun.trace_id)
    token = NOW.set(begun)
    failed = True
    try:
        yield begun
        failed = begun.has_failed
    finally:
        NOW.reset(token)
        tracing_.end(begun, failed=failed)
