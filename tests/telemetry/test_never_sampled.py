"""No line is left out, whatever the environment or the caller says."""

import pytest
from opentelemetry.trace import SpanKind

from app.kernel.errors import NotReady
from app.settings import Settings
from app.telemetry.tracing import Tracing
from tests.telemetry.lines import PARENT


@pytest.mark.parametrize("sampler", ["always_off", "parentbased_always_off", "traceidratio"])
def test_the_environment_cannot_leave_lines_out(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, sampler: str
) -> None:
    """Nor can a caller that did not sample (flag 00); limits do not cut a pseudonym."""
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", sampler)
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "0")
    monkeypatch.setenv("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "0")
    monkeypatch.setenv("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "1")
    tracing = Tracing(settings)
    begun = [tracing.begin("x", {"traceparent": PARENT}, SpanKind.SERVER) for _ in range(50)]
    begun += [tracing.begin("x", {}, SpanKind.SERVER) for _ in range(50)]
    for one in begun:
        one.operation = "leesKind"
        one.ended = 1
    lines = tracing.finish(begun)
    tracing.close()
    assert len(lines) == 100
    assert all(line.context.trace_flags.sampled for line in lines)
    assert all(str(line.attributes["dpl.core.processing_activity_id"]).endswith("/aanmelden")
               for line in lines)  # fmt: skip
    assert all(one.traceparent.endswith("-01") for one in begun)


def test_it_cannot_be_switched_off(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The library may be told to do nothing; then the service does not start."""
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    with pytest.raises(NotReady, match="OTEL_SDK_DISABLED"):
        Tracing(settings)
