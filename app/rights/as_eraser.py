"""Working for a while as the role that may take away what is otherwise only ever added."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.roles import ERASER
from app.kernel.errors import NotReady


@contextmanager
def as_eraser(session: Session) -> Iterator[None]:
    """Let a transaction work as the eraser; raises NotReady where its login may not.

    Until its end at most: what follows is done as the role of before.
    """
    before = session.scalar(text("SELECT current_user"))
    session.flush()
    try:
        session.execute(text(f"SET LOCAL ROLE {ERASER}"))
    except ProgrammingError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        raise NotReady(
            f"De login van de database mag niet werken als {ERASER}: vernietigen en opschonen doet "
            "alleen de worker, of wie de tabellen beheert (zie docs/rechten.md)."
        ) from error
    yield
    # Not after an error: its transaction ends anyway.
    session.flush()
    session.execute(text(f'SET LOCAL ROLE "{before}"'))
