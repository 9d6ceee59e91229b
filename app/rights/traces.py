"""What told of a child in passing: answers, forms, imports, jobs, and others' mentions of it."""

import json
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from app.models import (
    Family,
    GivenAnswer,
    ImportChange,
    ImportChunk,
    ImportContent,
    ImportFinding,
    KeptForm,
    Registration,
    SiblingGroup,
    SiblingGroupHold,
    SiblingPairWish,
)
from app.rights.opened import opened
from app.rights.shells import GONE
from app.rights.whose import Whose
from app.settings import Settings

# Where a person was the subject of a job: its arguments hold our own ids alone.
_JOBS = """
    DELETE FROM procrastinate_jobs
     WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
       AND EXISTS (SELECT FROM unnest(CAST(:ids AS text[])) id
                    WHERE args::text LIKE '%' || id || '%')
"""


def remove_traces(
    session: Session, whose: Whose, *, words: frozenset[str], settings: Settings
) -> dict[str, int]:
    """Remove what holds one of the words (ids, numbers, a BSN); return how much, by table."""
    return {
        "given_answer": _answers(session, words),
        "kept_form": _removed(session, delete(KeptForm)),
        "import_finding": _findings(session, whose.numbers),
        "import_change": _removed(
            session, delete(ImportChange).where(ImportChange.number.in_(whose.numbers))
        ),
        "import_content": _contents(session, words, settings),
        "procrastinate_jobs": _removed(
            session, text(_JOBS), {"ids": [str(id_) for id_ in whose.registrations]}
        ),
    }


def rename_mentions(session: Session, numbers: Mapping[str, str]) -> dict[str, int]:
    """Give what others say of a child by its number another one: their files stay whole.

    Not the one of the shell, which nobody can then connect with a brother or sister.
    """
    found = 0
    for table, column in (
        (SiblingPairWish, SiblingPairWish.other_number),
        (SiblingGroupHold, SiblingGroupHold.number),
        (Family, Family.network_for),
    ):
        for number in numbers:
            other = f"{GONE.upper()}-{token_hex(8)}"
            found += _removed(
                session, update(table).where(column == number).values({column.key: other})
            )
    return {"mentions": found}


def remove_empty_group(session: Session, groups: set[Any]) -> int:
    """Remove groups of brothers and sisters in which nobody is left; return how many."""
    used = set(
        session.scalars(
            select(Registration.sibling_group_id).where(Registration.sibling_group_id.in_(groups))
        )
    )
    return _removed(session, delete(SiblingGroup).where(SiblingGroup.id.in_(groups - used)))


def _removed(session: Session, statement: Any, parameters: Any = None) -> int:
    result: Any = session.execute(
        statement,
        parameters,
        execution_options={} if parameters else {"synchronize_session": False},
    )
    return int(result.rowcount)


def _answers(session: Session, words: frozenset[str]) -> int:
    gone = 0
    for row in session.scalars(select(GivenAnswer)).all():
        told = json.dumps([row.headers, row.body], ensure_ascii=False)
        if any(word in told for word in words):
            session.delete(row)
            gone += 1
    session.flush()
    return gone


def _findings(session: Session, numbers: tuple[str, ...]) -> int:
    gone = 0
    for row in session.execute(
        select(ImportFinding.id, ImportFinding.record, ImportFinding.message)
    ):
        if row.record in numbers or any(number in row.message for number in numbers):
            gone += _removed(session, delete(ImportFinding).where(ImportFinding.id == row.id))
    return gone


def _contents(session: Session, words: frozenset[str], settings: Settings) -> int:
    """Remove the whole of an upload that still waits, where it tells of the child."""
    sought = [word.encode() for word in words]
    gone = 0
    for import_id in session.scalars(select(ImportContent.import_id).distinct()).all():
        pieces = session.scalars(
            select(ImportContent)
            .where(ImportContent.import_id == import_id)
            .order_by(ImportContent.ordinal)
            .execution_options(populate_existing=True)
        )
        whole = b"".join(opened(piece, "sealed", settings) for piece in pieces)
        if any(word in whole for word in sought):
            gone += _removed(
                session, delete(ImportContent).where(ImportContent.import_id == import_id)
            )
    for row in session.scalars(select(ImportChunk)).all():
        told = opened(row, "sealed", settings)
        if any(word in told for word in sought):
            session.delete(row)
            gone += 1
    session.flush()
    return gone
