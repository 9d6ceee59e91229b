"""What sealed columns cost to read and to write, side by side in one run.

Run: `.venv/bin/python -m benchmarks.encryption_cost`. One database with 1,000 children and
families; the same questions through two engines: one as it is, one whose columns are taken for
ordinary ones, so that nothing is asked along and nothing is sealed or opened (it shows ciphertext).
They take turns; shown is CPU of this process, the median of the turns, and the median ratio of two
turns after each other. The database's own work is not in it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from statistics import median
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from app.db.opened import Database, open_throwaway
from app.db.roles import APPLICATION
from app.db.sealed import Sealed
from app.db.session import act_as, make_engine
from app.intake.queries import find_registration
from app.kernel.actor import SYSTEM
from app.kernel.ids import new_id
from app.kernel.words import Gender
from app.models import Child, Family, Registration
from app.reference.service import ensure_reference
from app.settings import load_settings
from tests.rows import make_family, make_registration

CHILDREN = 1000
TURNS = 15
Work = Callable[[Session], object]


def page(session: Session) -> object:
    """A page of 50 registrations with their child."""
    return session.execute(
        select(Registration, Child)
        .join(Child, Child.id == Registration.child_id)
        .order_by(Registration.number)
        .limit(50)
    ).all()


def families(session: Session) -> object:
    """A page of 50 families."""
    return session.scalars(select(Family).order_by(Family.reference).limit(50)).all()


def whole_region(session: Session) -> object:
    """All registrations, as a match run reads them."""
    return session.scalars(select(Registration)).all()


def one_child(session: Session) -> object:
    """One registration with all that hangs on it."""
    id_ = session.scalars(select(Registration.id).limit(1)).one()
    return find_registration(session, id_)


def write(session: Session) -> object:
    """200 children in one statement; rolled back."""
    rows = [
        {"id": new_id(), "first_name": "Noor", "name_digest": b"x", "born_on": date(2020, 5, 1),
         "gender": Gender.GIRL}
        for _ in range(200)
    ]  # fmt: skip
    session.execute(insert(Child.__table__), rows)  # type: ignore[arg-type]
    session.rollback()
    return None


QUESTIONS: tuple[tuple[str, Work, int], ...] = (
    ("bladzijde van 50 aanmeldingen", page, 10),
    ("bladzijde van 50 gezinnen", families, 10),
    ("één aanmelding, geheel", one_child, 20),
    (f"alle {CHILDREN} aanmeldingen", whole_region, 1),
    ("200 kinderen schrijven", write, 3),
)


@contextmanager
def as_ordinary() -> Iterator[None]:
    """Take sealed columns for ordinary ones."""
    with (
        patch.object(Sealed, "column_expression", lambda _, column: column),
        patch.object(Sealed, "result_processor", lambda *_: None),
        patch.object(Sealed, "bind_processor", lambda *_: lambda _value: "pz1.1.AAAA"),
    ):
        yield


def _seconds(engine: Engine, work: Work, times: int) -> float:
    with Session(engine) as session:
        act_as(session, SYSTEM)
        session.connection()
        began = time.process_time()
        for _ in range(times):
            work(session)
            session.expunge_all()
        return (time.process_time() - began) / times


def _fill(database: Database) -> None:
    with database.sessions() as session, session.begin():
        act_as(session, SYSTEM)
        ensure_reference(session)
        for n in range(CHILDREN):
            make_registration(
                session, number=f"AM-{n:05}", child_voice="Ik wil graag bij mijn zus blijven. " * 5,
                prevention={"jimOvergeslagen": "wil niet"}, mentor="oom Kees",
            )  # fmt: skip
            make_family(session, reference=f"S-{n:05}", name="De Wit", faith="geen")


def main() -> None:
    """Print the table."""
    shown = Table("vraag", "verzegeld (ms CPU)", "gewoon (ms CPU)", "verhouding")
    with open_throwaway(load_settings()) as database:
        _fill(database)
        sealed, plain = (make_engine(database.url, role=APPLICATION) for _ in range(2))
        for name, work, times in QUESTIONS:
            turns: list[tuple[float, float]] = []
            for _ in range(TURNS + 1):  # the first one compiles
                found: list[float] = []
                for engine, way in ((sealed, nullcontext()), (plain, as_ordinary())):
                    with way:  # type: ignore[attr-defined]
                        found.append(_seconds(engine, work, times))
                turns.append((found[0], found[1]))
            shown.add_row(name, *_line(turns[1:]))
        for engine in (sealed, plain):
            engine.dispose()
    Console().print(shown)


def _line(turns: list[tuple[float, float]]) -> tuple[Any, ...]:
    with_, without = (median(turn[at] for turn in turns) * 1000 for at in (0, 1))
    ratio = median(a / b for a, b in turns)
    return f"{with_:.2f}", f"{without:.2f}", f"{ratio:.2f}"


if __name__ == "__main__":
    main()
