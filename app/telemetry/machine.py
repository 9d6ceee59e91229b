"""Figures of the machine: memory and processes of this service, and the age of the last backup."""

from collections.abc import Iterator
from contextlib import suppress
from time import time

import psutil

from app.settings import Settings
from app.telemetry.catalogue import Metric
from app.telemetry.figures import Figure


def machine_figures(settings: Settings) -> Iterator[Figure]:
    """Yield them; the backup by the time of a file that is touched after each good one."""
    yield from _processes()
    has_place = settings.otlp_url is not None or settings.spans_file is not None
    yield Figure(Metric.SPANS_PLACE, float(has_place))
    if settings.backup_stamp is not None:
        # One that was never made is as old as can be: an alarm must not stay silent about it.
        made = 0.0
        with suppress(OSError):
            made = settings.backup_stamp.stat().st_mtime
        yield Figure(Metric.BACKUP_AGE, max(0.0, time() - made))


def _processes() -> Iterator[Figure]:
    own = psutil.Process()
    memory, number = 0, 0
    for process in (own, *own.children(recursive=True)):
        with suppress(psutil.Error):
            memory += process.memory_info().rss
            number += 1
    yield Figure(Metric.MEMORY, memory)
    yield Figure(Metric.PROCESSES, number)
