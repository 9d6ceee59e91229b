"""What cannot be passed on waits; what is lost is counted and said."""

import json
import stat
from collections.abc import Sequence
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind

from app.log.write import configure_logs
from app.settings import Settings
from app.telemetry import writer as writer_module
from app.telemetry.carried import Who
from app.telemetry.catalogue import Metric
from app.telemetry.meters import registry, switch_off, switch_on
from app.telemetry.sinks import JsonLinesExporter, make_exporter
from app.telemetry.tracing import Tracing


class Refusing(SpanExporter):
    """Refuses so many times, then takes everything."""

    def __init__(self, refusals: int) -> None:
        self.refusals, self.taken = refusals, list[ReadableSpan]()
        self.asked = Signal()

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.asked.set()
        if self.refusals:
            self.refusals -= 1
            return SpanExportResult.FAILURE
        self.taken += spans
        return SpanExportResult.SUCCESS


def do(tracing: Tracing, number: int, persons: int = 0) -> None:
    for n in range(number):
        begun = tracing.begin("x", {}, SpanKind.SERVER)
        begun.operation = "lijstKinderen"
        begun.references = [(Who.CHILD, f"{n}-{p}") for p in range(persons)]
        tracing.end(begun, failed=False)


def lost(reason: str) -> float:
    name = f"{Metric.SPANS_DROPPED.told.name}_total"
    return registry().get_sample_value(name, {"reden": reason}) or 0.0


@pytest.fixture
def measuring() -> Any:
    switch_on()
    yield
    switch_off()


def test_a_place_that_refuses_is_asked_again(settings: Settings, measuring: None) -> None:
    """Nothing is lost meanwhile, and nothing is told twice."""
    exporter, before = Refusing(1), lost("gestopt")
    tracing = Tracing(settings, None, exporter)
    do(tracing, 20, persons=3)
    exporter.asked.wait(10)
    tracing.close()
    assert len(exporter.taken) == 20 * 4
    assert len({line.context.span_id for line in exporter.taken}) == 80
    assert lost("gestopt") == before


def test_what_does_not_fit_is_counted(
    settings: Settings, measuring: None, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """In a figure and in the log, and never in silence."""
    configure_logs()
    monkeypatch.setattr(writer_module, "MOST_BYTES", 10_000)
    monkeypatch.setattr(writer_module, "ROUND", 30.0)
    exporter, before = Refusing(0), lost("vol")
    tracing = Tracing(settings, None, exporter)
    do(tracing, 12)
    tracing.close()
    assert len(exporter.taken) == 5
    assert lost("vol") - before == 7
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["reason"] for line in said if line["event"] == "processings_lost"] == ["vol"] * 7


def test_what_is_left_at_the_end_is_counted(settings: Settings, measuring: None) -> None:
    """A place that never takes anything: all of it is said to be lost."""
    exporter, before = Refusing(10**6), lost("gestopt")
    tracing = Tracing(settings, None, exporter)
    do(tracing, 4)
    tracing.close()
    assert lost("gestopt") - before == 4


def test_the_file_holds_a_line_for_each(settings: Settings, tmp_path: Path) -> None:
    """By the field names of the standard; only its owner reads it."""
    path = tmp_path / "verwerkingen.jsonl"
    tracing = Tracing(settings, None, JsonLinesExporter(path))
    do(tracing, 1, persons=2)
    tracing.close()
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) == 3
    assert {"trace_id", "span_id", "parent_span_id", "status", "name", "start_time", "end_time",
            "resource", "attributes"} == lines[0].keys()  # fmt: skip
    assert [line["parent_span_id"] for line in lines[1:]] == [lines[0]["span_id"]] * 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_no_success(settings: Settings, tmp_path: Path) -> None:
    """So the lines wait until it is."""
    tracing = Tracing(settings, None, Refusing(0))
    begun = tracing.begin("x", {}, SpanKind.SERVER)
    lines = tracing.finish([begun])
    tracing.close()
    away = JsonLinesExporter(tmp_path / "weg" / "verwerkingen.jsonl")
    assert away.export(lines) is SpanExportResult.FAILURE


@pytest.mark.parametrize("url", ["http://collector:4318/v1/traces", "ftp://x", "https://"])
def test_lines_leave_the_machine_by_tls_only(url: str) -> None:
    """The standard asks it; on this machine itself http will do."""
    with pytest.raises(ValueError, match="otlp_url"):
        Settings(otlp_url=url)
    assert Settings(otlp_url="http://127.0.0.1:4318/v1/traces").otlp_url


def test_a_collector_is_told_by_otlp() -> None:
    """The exporter of OpenTelemetry, at the address given."""
    made = make_exporter(Settings(otlp_url="https://verzamelaar.example/v1/traces"))
    assert type(made).__name__ == "OTLPSpanExporter"
    made.shutdown()
