"""The log as a file: JSON lines with the seals, or CSV; a batch at a time in memory."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.audit.canonical import FIELDS, canonical, instant, select_lines
from app.audit.seals import VERSION, all_seals
from app.models import AuditEvent, AuditSeal

HEADINGS = (
    "nummer", "op", "handeling", "wie", "rol", "aanbieder", "organisatie", "toepassing", "doel",
    "onderwerp", "kenmerk", "uitkomst", "verzoek", "spoor",
)  # fmt: skip
# What begins like this a spreadsheet takes for a formula, or for the start of one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LAST = 2**63 - 1


def export_jsonl(session: Session) -> Iterator[str]:
    """Give one line of JSON after the other: each seal after the lines under it, then the tail.

    A line of the log is its canonical text, an array in the order that the first line tells; a seal
    is an object. So everybody can work out the digests with SHA-256 and nothing else.
    """
    yield json.dumps({"soort": VERSION, "velden": FIELDS}) + "\n"
    last = 0
    for seal in all_seals(session):
        yield from _texts(session, select_lines(seal.first_id, seal.last_id))
        yield json.dumps({"zegel": told_of(seal)}) + "\n"
        last = seal.last_id
    yield from _texts(session, select_lines(last + 1, _LAST))


def told_of(seal: AuditSeal) -> dict[str, Any]:
    """Return what a file tells of a seal."""
    return {
        "nummer": seal.number, "eersteRegel": seal.first_id, "laatsteRegel": seal.last_id,
        "aantal": seal.count, "nieuwsteRegelOp": instant(seal.newest_at),
        "regelzegel": seal.rows_digest, "vorige": seal.previous,
        "gezetOp": instant(seal.sealed_at), "sleutel": seal.key_id, "zegel": seal.digest,
        "handtekening": seal.signature,
    }  # fmt: skip


def export_csv(session: Session, wanted: Select[Any] | None = None) -> Iterator[str]:
    """Give the lines as CSV with semicolons; nothing in it is a formula for a spreadsheet.

    wanted: a SELECT of FIELDS, such as of select_lines; None for the whole log.
    """
    yield "\ufeff" + _csv(HEADINGS)
    statement = wanted if wanted is not None else select_lines(1, _LAST)
    for row in _streamed(session, statement):
        number, at, *others = row
        yield _csv([number, instant(at), *map(harmless, others)])


def harmless(value: Any) -> str:
    """Return a cell that no spreadsheet runs: a quote before what looks like a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def rows_of(clauses: Sequence[Any]) -> Select[Any]:
    """Return the SELECT of the lines that fit clauses, for export_csv."""
    return select_lines(1, _LAST).where(*clauses)


def count_lines(session: Session) -> int:
    """Return the number of the newest line: what a file may hold up to."""
    return session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1)) or 0


def _texts(session: Session, statement: Select[Any]) -> Iterator[str]:
    for row in _streamed(session, statement):
        yield canonical(row) + "\n"


def _streamed(session: Session, statement: Select[Any]) -> Iterator[Any]:
    return iter(session.execute(statement, execution_options={"yield_per": 2000}))


def _csv(cells: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()
