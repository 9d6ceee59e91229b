"""Places where nothing of a person may be; a new one is one function in PLACES."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client import generate_latest
from sqlalchemy import Engine, text

from app.settings import Settings
from app.telemetry.meters import registry
from tests.security.marked import BSN_MARK, MARK
from tests.security.world import BSN, NAME, VOICE
from tests.telemetry.lines import Log

MARKS = (MARK, BSN_MARK, NAME, BSN, VOICE, "Vreemdenburg", "Eigenhuis")
# What the service keeps outside the files themselves, by the statement that shows all of it.
_TABLES = {
    "logboek": "SELECT row_to_json(a)::text FROM audit_event a",
    "zegels": "SELECT to_jsonb(s) - 'marks' FROM audit_seal s",
    "controles": "SELECT row_to_json(c)::text FROM audit_check c",
    "taken": "SELECT row_to_json(j)::text FROM procrastinate_jobs j",
    "taakgebeurtenissen": "SELECT row_to_json(e)::text FROM procrastinate_events e",
    "gebeurtenissen": "SELECT row_to_json(e)::text FROM event e",
}


@dataclass(slots=True)
class Seen:
    """What came out while requests were made: standard error, and the answers that were errors."""

    owner: Engine
    settings: Settings
    stderr: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    spans: Log = field(default_factory=Log)

    def leaks(self) -> list[tuple[str, str, str]]:
        """Return every mark that is somewhere it may not be: place, mark, and the begin of it."""
        return [
            (place, mark, found[max(0, found.find(mark) - 60) : found.find(mark) + 40])
            for place, read in PLACES.items()
            for found in read(self)
            for mark in MARKS
            if mark in found
        ]


def _rows(statement: str) -> Callable[[Seen], Iterator[str]]:
    def read(seen: Seen) -> Iterator[str]:
        with seen.owner.connect() as connection:
            for (row,) in connection.execute(text(statement)):
                yield row if isinstance(row, str) else json.dumps(row)

    return read


def _mail(seen: Seen) -> Iterator[str]:
    for path in Path(seen.settings.data_folder, "postvak").rglob("*"):
        if path.is_file():
            yield path.read_text("utf-8", errors="replace")


def _spans(seen: Seen) -> Iterator[str]:
    """Give each line of the log of processings, as it would be exported."""
    for span in seen.spans.all():
        yield span.to_json()


def _figures(_: Seen) -> Iterator[str]:
    """Give what Prometheus reads."""
    yield generate_latest(registry()).decode()


PLACES: dict[str, Callable[[Seen], Iterator[str]]] = {
    "standaardfout": lambda seen: iter(seen.stderr),
    "foutantwoorden": lambda seen: iter(seen.problems),
    **{name: _rows(statement) for name, statement in _TABLES.items()},
    "post": _mail,
    "sporen": _spans,
    "cijfers": _figures,
}
