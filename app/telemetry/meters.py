"""Measuring: by the catalogue only, and only where somebody can ask for the figures.

The library is told by the environment whether more processes count together, and reads that when it
is imported; so it is imported when measuring is switched on, not before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import perf_counter
from typing import Any

from app.telemetry.catalogue import Kind, Label, Metric
from app.telemetry.words import word_for

# In seconds: from what the crisis desk waits for to what a proxy cuts off.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)
_IS_ON = [False]


class LabelNotInCatalogue(ValueError):
    """A figure was told apart by what the catalogue does not allow."""


def switch_on() -> None:
    """Let this process measure from now on."""
    _IS_ON[0] = True


def switch_off() -> None:
    """Let this process measure no more."""
    _IS_ON[0] = False


def count(metric: Metric, amount: float = 1, **labels: str) -> None:
    """Add to a counter."""
    if _IS_ON[0]:
        _child(metric, labels).inc(amount)


def observe(metric: Metric, seconds: float, **labels: str) -> None:
    """Add a duration to a spread."""
    if _IS_ON[0]:
        _child(metric, labels).observe(seconds)


def move(metric: Metric, by: float, **labels: str) -> None:
    """Raise or lower a figure that moves."""
    if _IS_ON[0]:
        _child(metric, labels).inc(by)


def set_to(metric: Metric, value: float, **labels: str) -> None:
    """Give a figure that moves its value."""
    if _IS_ON[0]:
        _child(metric, labels).set(value)


@contextmanager
def busy(metric: Metric) -> Iterator[None]:
    """Let a figure be one higher while the block runs."""
    was_on = _IS_ON[0]
    if was_on:
        _child(metric, {}).inc()
    try:
        yield
    finally:
        if was_on:
            _child(metric, {}).dec()


@contextmanager
def timed(metric: Metric, **labels: str) -> Iterator[None]:
    """Add how long the block takes to a spread."""
    begin = perf_counter()
    try:
        yield
    finally:
        observe(metric, perf_counter() - begin, **labels)


def words_of(metric: Metric, labels: dict[str, str]) -> tuple[str, ...]:
    """Return the labels in their order; raises LabelNotInCatalogue."""
    wanted = metric.told.labels
    if labels.keys() != {label.value for label in wanted}:
        told = ", ".join(sorted(labels)) or "none"
        raise LabelNotInCatalogue(f"{metric.told.name} may not be told apart by {told}")
    return tuple(word_for(Label(label), labels[label.value]) for label in wanted)


def _child(metric: Metric, labels: dict[str, str]) -> Any:
    words = words_of(metric, labels)
    return _made(metric).labels(*words) if words else _made(metric)


@cache
def _made(metric: Metric) -> Any:
    from prometheus_client import Counter, Gauge, Histogram

    told, own = metric.told, registry()
    names = [label.value for label in told.labels]
    if told.kind is Kind.COUNTER:
        return Counter(told.name, told.meaning, names, registry=own)
    if told.kind is Kind.GAUGE:
        # Over all processes that live: what one that died had under way is under way no more.
        return Gauge(told.name, told.meaning, names, registry=own, multiprocess_mode="livesum")
    return Histogram(told.name, told.meaning, names, registry=own, buckets=BUCKETS)


@cache
def registry() -> Any:
    """Return what holds the figures of this process; that of the library adds its own."""
    from prometheus_client import CollectorRegistry

    return CollectorRegistry()
