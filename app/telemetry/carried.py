"""The processing that this request or job is part of, and what it concerns; knows no library.

So that whoever queues a job or names a person need not load OpenTelemetry, which takes half a
second: the command line starts quickly.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

TRACEPARENT = "traceparent"


class Who(StrEnum):
    """Of what kind an id is by which somebody is found (*betrokkene*).

    CHILD, FAMILY and PAST (a child of a file with placements of before, by its number there) are
    those that stand in the log, as pseudonyms; the others lead to one.
    """

    CHILD = "kind"
    FAMILY = "pleeggezin"
    PAST = "eerdere-plaatsing"
    REGISTRATION = "aanmelding"
    NUMBER = "aanmeldnummer"
    PLACEMENT = "plaatsing"
    QUESTION = "gezinsvraag"
    REPORT = "crisismelding"
    DRAFT = "concept"
    FAMILY_NUMBER = "gezinsnummer"


Reference = tuple[Who, str]


@dataclass(slots=True)
class Processing:
    """One thing done (*verwerking*): its span, its operation or task, and whom it concerns.

    span: of OpenTelemetry, not ended before all persons are known. operation: a name of the
    register file; None until the route is found. caller: the application that asked. answers:
    bodies in which persons stand still to be read. ended: in nanoseconds since 1970, 0 while it
    runs. has_failed: through a fault of ours.
    """

    span: Any
    traceparent: str
    trace_id: str
    operation: str | None = None
    caller: str | None = None
    references: list[Reference] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    ended: int = 0
    has_failed: bool = False

    def weight(self) -> int:
        """Return about how many bytes it keeps in memory."""
        return 2_000 + 150 * len(self.references) + sum(map(len, self.answers))


NOW: ContextVar[Processing | None] = ContextVar("processing", default=None)


def current() -> Processing | None:
    """Return the processing that runs here, if any."""
    return NOW.get()


def concern(who: Who, references: Iterable[str | UUID]) -> None:
    """Say whom the processing that runs here concerns; outside of one it does nothing."""
    processing = NOW.get()
    if processing is not None:
        processing.references += [(who, str(each)) for each in references]


def concern_answer(body: bytes) -> None:
    """Leave a body to be read for whom it is about, once it has been sent."""
    processing = NOW.get()
    if processing is not None and body:
        processing.answers.append(body)


def trace_headers() -> dict[str, str]:
    """Return the header by which another service goes on with this trace; empty outside of one."""
    processing = NOW.get()
    return {TRACEPARENT: processing.traceparent} if processing is not None else {}
