"""Figures of the machine: memory and processes of this service, and the age of the last backup."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import time

import psutil

from app.telemetry.catalogue import Metric
from app.telemetry.figures import Figure
from app.telemetry.running import has_place


def machine_figures(backup_stamp: Path | None) -> Iterator[Figure]:
    """Yield them. backup_stamp: a file that is touched after each good backup, by its time."""
    yield from _processes()
    yield Figure(Metric.SPANS_PLACE, float(has_place()))
    if backup_stamp is not None:
        # One that was never made is as old as can be: an alarm must not stay silent about it.
        with suppress(OSError):
            yield Figure(Metric.BACKUP_AGE, max(0.0, time() - backup_stamp.stat().st_mtime))
            return
        yield Figure(Metric.BACKUP_AGE, time())


def _processes() -> Iterator[Figure]:
    own = psutil.Process()
    memory, number = 0, 0
    for process in (own, *own.children(recursive=True)):
        with suppress(psutil.Error):
            memory += process.memory_info().rss
            number += 1
    yield Figure(Metric.MEMORY, memory)
    yield Figure(Metric.PROCESSES, number)
