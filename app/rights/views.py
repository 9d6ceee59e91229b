"""What the doors of the rights of a person tell."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.clock import AMSTERDAM, now
from app.models import ErasureRequest, FileStatement, LegalHold, PurgeReport
from app.rights.copied import copy_file
from app.rights.queries import filled_tables, holds_on, last_change, was_helped
from app.rights.schemas import (
    FileCopy,
    FilePart,
    HoldOut,
    PurgeOut,
    RequestOut,
    StatementOut,
    TermOut,
)
from app.rights.terms import FILE, WITHDRAWN, Term, load_terms
from app.rights.whose import Whose
from app.settings import Settings

_LEFT_OUT = [
    "Namen, nummers en adressen van pleegouders, en wat over hen is vastgelegd.",
    "Gegevens van broers en zussen, en wat ouders of anderen hebben verklaard.",
    "Namen van medewerkers: er staat hun functie.",
]
_HIDDEN = "Waar het kind is: de plaatsing is geheim (Jeugdwet 7.3.10; AVG artikel 15 lid 4)."


def show_copy(session: Session, whose: Whose, settings: Settings) -> FileCopy:
    """Return a copy of a file, to be handed over after a person has read it."""
    with as_system(session):
        filled = filled_tables(session, whose)
    parts = copy_file(session, whose, settings, filled)
    return FileCopy(
        child=whose.registrations[0],
        made_at=now(),
        is_secret=whose.is_secret,
        keep_until=show_term(session, whose, filled).keep_until,
        left_out=[*_LEFT_OUT, *([_HIDDEN] if whose.is_secret else [])],
        parts=[FilePart(title=title, lines=lines) for title, lines in parts],
    )


def term_of(session: Session, whose: Whose) -> Term:
    """Return the term of a file: shorter where nobody was ever helped."""
    name = FILE if was_helped(session, whose) else WITHDRAWN
    return load_terms().classes["concept" if whose.child_id is None else name]


def show_term(session: Session, whose: Whose, filled: Collection[str] | None = None) -> TermOut:
    """Return until when a file is kept; no day while it must stay. filled: as in `last_change`."""
    holds = holds_on(session, whose.registrations)
    changed = last_change(session, whose, filled)
    term = term_of(session, whose)
    is_held = any(row.lifted_at is None for row in holds)
    return TermOut(
        keep_until=None if is_held else term.keep_until(changed.astimezone(AMSTERDAM).date()),
        last_change=changed,
        ground=term.ground,
        holds=[show_hold(row) for row in holds],
    )


def show_hold(row: LegalHold) -> HoldOut:
    """Return a duty to keep a file."""
    return HoldOut(
        id=row.id, kind=row.kind, note=row.note, since=row.created_at, lifted_at=row.lifted_at
    )


def show_statement(row: FileStatement) -> StatementOut:
    """Return a statement, by the function of who recorded it."""
    return StatementOut(
        id=row.id, field=row.field, stated_by=row.stated_by, text=row.text, refusal=row.refusal,
        role=row.role, at=row.created_at,
    )  # fmt: skip


def show_request(row: ErasureRequest) -> RequestOut:
    """Return a request without what was typed: its answers are kept for repeated requests."""
    names = ("id", "asked_by", "asked_on", "due", "state", "ground", "decided_at", "executed_at",
             "counts")  # fmt: skip
    return RequestOut(child=row.registration_id, **{name: getattr(row, name) for name in names})


def show_purge(row: PurgeReport) -> PurgeOut:
    """Return a purge with its counts."""
    names = ("id", "state", "as_of", "due", "removed", "approved_at", "finished_at")
    return PurgeOut(made_at=row.created_at, **{name: getattr(row, name) for name in names})
