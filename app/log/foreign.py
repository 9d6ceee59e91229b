"""What libraries, warnings and crashes would write past the catalogue, brought into it.

Their words may hold anything: the arguments of a job, a value that did not fit, a name. So no text
of theirs is passed on: only who spoke, how grave it was, of what kind the error was, and where in
the code. That is enough to find the fault with.
"""

import errno
import logging
import sys
import threading
import warnings
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any

from app.log.events import Event
from app.log.write import configure_logs, log

_FRAMES = 4  # of where an error arose, the innermost first


def take_over() -> None:
    """Configure the logs of a service: from now on nothing of this process is written otherwise."""
    configure_logs()
    root = logging.getLogger()
    root.handlers[:] = [_IntoCatalogue()]
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # else a call with wrong arguments writes a traceback itself
    warnings.showwarning = _warned  # type: ignore[assignment]
    sys.excepthook = _process_broke
    threading.excepthook = _thread_broke
    sys.unraisablehook = _finalizer_broke


def kind_of(error: BaseException) -> str:
    """Return of what kind an error is; of one of the system also by its number's name."""
    number = error.errno if isinstance(error, OSError) else None
    name = errno.errorcode.get(number, "") if isinstance(number, int) else ""
    return f"{type(error).__name__} {name}".strip()


def where_of(error: BaseException) -> str:
    """Return where an error arose, as `module:line`, and by which code of ours it came there."""
    places = [
        (str(frame.f_globals.get("__name__", "?")), line)
        for frame, line in walk_tb(error.__traceback__)
    ]
    ours = [place for place in places[:-1] if place[0].startswith("app.")]
    told = [f"{module}:{line}" for module, line in (*places[-1:], *reversed(ours))]
    return " < ".join(told[:_FRAMES]) or "?"


class _IntoCatalogue(logging.Handler):
    """Tells of each message of a library that there was one."""

    def emit(self, record: logging.LogRecord) -> None:
        told = record.exc_info[1] if record.exc_info else None
        if told is None and isinstance(record.msg, BaseException):
            told = record.msg
        log(
            Event.LIBRARY_SPOKE,
            library=record.name,
            severity=record.levelname.lower(),
            error=kind_of(told) if told is not None else None,
            where=where_of(told) if told and told.__traceback__ else _place(record),
        )


def _place(record: logging.LogRecord) -> str:
    return f"{record.module}:{record.lineno}"


def _warned(
    _message: Warning | str, category: type[Warning], filename: str, line: int, *_: Any
) -> None:
    place = f"{Path(filename).stem}:{line}"
    log(Event.LIBRARY_SPOKE, library="warnings", severity="warning", error=category.__name__,
        where=place)  # fmt: skip


def _process_broke(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    _broke("process", error)


def _thread_broke(told: threading.ExceptHookArgs) -> None:
    _broke("thread", told.exc_value)


def _finalizer_broke(told: "sys.UnraisableHookArgs") -> None:
    _broke("finalizer", told.exc_value)


def _broke(part: str, error: BaseException | None) -> None:
    known = error if error is not None else SystemExit()
    log(Event.CODE_BROKE, part=part, error=kind_of(known), where=where_of(known))
