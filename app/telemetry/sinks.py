"""Where lines of the log of processings go: a collector (OTLP), or a file of JSON lines."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import format_span_id, format_trace_id

from app.settings import Settings

_MILLISECOND = 1_000_000  # in nanoseconds


def make_exporter(settings: Settings) -> SpanExporter | None:
    """Return what sends lines to where the settings say; None where they name no place."""
    if settings.otlp_url is not None:
        # With its HTTP library it takes most of a second to import.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        return OTLPSpanExporter(endpoint=settings.otlp_url)
    if settings.spans_file is not None:
        return JsonLinesExporter(settings.spans_file)
    return None


class JsonLinesExporter(SpanExporter):
    """Adds lines to a file that only its owner reads; more processes may add to the same one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Write all of them in one go, on disk before it returns."""
        written = "".join(f"{json.dumps(as_line(span))}\n" for span in spans).encode()
        try:
            # Opened anew each time: whoever moves the file away gets a new one.
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                done = os.write(file, written)
                os.fsync(file)
            finally:
                os.close(file)
        except OSError:
            return SpanExportResult.FAILURE
        # A full disk takes a part: told again whole, a line may stand there twice but none is lost.
        return SpanExportResult.SUCCESS if done == len(written) else SpanExportResult.FAILURE


def as_line(span: ReadableSpan) -> dict[str, Any]:
    """Return a line by the field names of the standard (Logboek dataverwerkingen, interface)."""
    context = span.context
    assert context is not None  # noqa: S101 every span of ours has one
    return {
        "trace_id": format_trace_id(context.trace_id),
        "span_id": format_span_id(context.span_id),
        "parent_span_id": format_span_id(span.parent.span_id) if span.parent else None,
        "status": span.status.status_code.name.capitalize(),
        "name": span.name,
        "start_time": (span.start_time or 0) // _MILLISECOND,
        "end_time": (span.end_time or 0) // _MILLISECOND,
        "resource": {"attributes": dict(span.resource.attributes)},
        "attributes": dict(span.attributes or {}),
    }
