"""Traces by OpenTelemetry: one processing a request or job, a line for each person in it.

Nothing is sampled, whatever the environment or the caller says: the standard forbids it.
"""

import os
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from time import time_ns
from typing import Any
from urllib.parse import quote

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import SpanExporter
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import (
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    format_span_id,
    format_trace_id,
)  # fmt: skip
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from app.db.session import SessionMaker
from app.kernel.errors import NotReady
from app.settings import Settings
from app.telemetry.activities import load_register
from app.telemetry.answers import all_references
from app.telemetry.carried import TRACEPARENT, Processing, Reference
from app.telemetry.persons import Persons
from app.telemetry.pseudonym import pseudonym, subject_key, type_of
from app.telemetry.writer import Writer

ACTIVITY = "dpl.core.processing_activity_id"
SUBJECT = "dpl.core.data_subject_id"
SUBJECT_TYPE = "dpl.core.data_subject_id_type"
FOREIGN = "dpl.core.foreign_operation.processor"
_ELSEWHERE = "urn:pleegzorg:toepassing:"
_UNKNOWN = "onbekend"
_SWITCHED_OFF = (
    "OTEL_SDK_DISABLED staat aan, en het logboek dataverwerkingen mag niet uit: haal die "
    "instelling weg."
)
_PROPAGATOR = TraceContextTextMapPropagator()
_IDS = RandomIdGenerator()


class Tracing:
    """Begins and ends processings; without an exporter their lines go nowhere."""

    def __init__(
        self,
        settings: Settings,
        sessions: SessionMaker | None = None,
        exporter: SpanExporter | None = None,
    ) -> None:
        if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
            raise NotReady(_SWITCHED_OFF)
        resource = Resource({"service.name": "pleegzorg", "service.version": version("pleegzorg")})
        # Each given: else the environment might lower it.
        limits = SpanLimits(max_span_attributes=32, max_attribute_length=1000)
        self._provider = TracerProvider(
            ALWAYS_ON, resource, shutdown_on_exit=False, span_limits=limits
        )
        self._ended = _Ended()
        self._provider.add_span_processor(self._ended)
        self._tracer = self._provider.get_tracer("pleegzorg")
        self._key = subject_key(settings)
        self._register_url = settings.register_url.rstrip("/")
        self._persons = Persons(sessions)
        self.writer = Writer(exporter, self.finish) if exporter is not None else None

    def begin(self, name: str, carrier: Mapping[str, str], kind: SpanKind) -> Processing:
        """Begin one; carrier: holds the `traceparent` of whoever asked, a bad one is ignored.

        Its `tracestate` and baggage are not taken over: that is text of others.
        """
        told = {TRACEPARENT: carrier[TRACEPARENT]} if TRACEPARENT in carrier else {}
        span = self._tracer.start_span(name, _PROPAGATOR.extract(told), kind=kind)
        context = span.get_span_context()
        trace_id = format_trace_id(context.trace_id)
        # Sampled, always: whoever goes on with it may leave nothing out either.
        traceparent = f"00-{trace_id}-{format_span_id(context.span_id)}-01"
        return Processing(span, traceparent, trace_id)

    def end(self, processing: Processing, *, failed: bool) -> None:
        """End one; its lines are made later, by the writer. failed: through a fault of our own."""
        processing.ended = time_ns()
        if failed:
            processing.span.set_status(Status(StatusCode.ERROR))
        if self.writer is not None:
            self.writer.add(processing)

    def finish(self, batch: Sequence[Processing]) -> list[ReadableSpan]:
        """Return the lines of processings that have ended, all looked up in one question."""
        named = [all_references(processing) for processing in batch]
        persons = self._persons.of(each for references in named for each in references)
        lines: list[ReadableSpan] = []
        for processing, references in zip(batch, named, strict=True):
            whom = list(dict.fromkeys(persons[each] for each in references if each in persons))
            lines += self._lines(processing, whom)
        return lines

    def _lines(self, processing: Processing, whom: Sequence[Reference]) -> list[ReadableSpan]:
        """Return the line of a processing; with more than one person also one below it for each."""
        span, common = processing.span, self._common(processing)
        span.set_attributes(common)
        if processing.operation is not None:
            span.update_name(processing.operation)
        if len(whom) == 1:
            span.set_attributes(self._about(whom[0]))
        span.end(processing.ended)
        own = self._ended.taken()
        if len(whom) < 2:
            return own
        return own + [_child_of(own[0], common | self._about(each)) for each in whom]

    def _common(self, processing: Processing) -> dict[str, str]:
        activity = load_register().activity_of(processing.operation)
        found = {ACTIVITY: f"{self._register_url}/{activity.code}"} if activity else {}
        parent = processing.span.parent
        is_foreign = parent is not None and processing.span.kind is SpanKind.SERVER
        caller = f"{_ELSEWHERE}{quote(processing.caller or _UNKNOWN, safe='')}"
        return found | ({FOREIGN: caller} if is_foreign else {})

    def _about(self, person: Reference) -> dict[str, str]:
        return {SUBJECT: pseudonym(self._key, person), SUBJECT_TYPE: type_of(person)}

    def close(self) -> None:
        """Pass on what is left, and stop."""
        if self.writer is not None:
            self.writer.close()
        self._provider.shutdown()


class _Ended(SpanProcessor):
    """Keeps the spans that ended until they are taken; only the writer's thread ends any."""

    def __init__(self) -> None:
        self._spans: list[ReadableSpan] = []

    def on_end(self, span: ReadableSpan) -> None:
        self._spans.append(span)

    def taken(self) -> list[ReadableSpan]:
        """Return them, and forget them."""
        spans, self._spans = self._spans, []
        return spans


def _child_of(span: ReadableSpan, attributes: Mapping[str, Any]) -> ReadableSpan:
    """Return the line of one person below that of a processing, with its times and outcome.

    Not begun by the tracer: that takes five times as long, and there may be thousands.
    """
    above = span.context
    assert above is not None  # noqa: S101 a span that was begun has one
    own = SpanContext(
        above.trace_id, _IDS.generate_span_id(), is_remote=False, trace_flags=TraceFlags(1)
    )
    return ReadableSpan(
        span.name,
        context=own,
        parent=above,
        resource=span.resource,
        attributes=attributes,
        status=span.status,
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
