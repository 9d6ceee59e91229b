"""Finding a child's rows in every table: which child an id stands for, and what hangs on it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Table, Uuid, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from app.db.base import Base
from app.models import (
    BegunPair,
    CrisisReport,
    Draft,
    Placement,
    PlacementReview,
    Registration,
)
from app.placed.secret import home_is_secret

Owners = Mapping[str, Collection[UUID]]  # by the word of the catalogue for what hangs on them


@dataclass(frozen=True, slots=True)
class Whose:
    """A child by our own ids. registrations: also the id of a draft that is none yet.

    child_id: None while there is only a draft. numbers: by which it is registered.
    """

    child_id: UUID | None
    registrations: tuple[UUID, ...]
    numbers: tuple[str, ...]
    is_secret: bool

    @property
    def references(self) -> tuple[str, ...]:
        """Return its registrations as the log writes them (app/audit/noted.py)."""
        return tuple(str(id_) for id_ in self.registrations)

    def sent(self) -> dict[str, Any]:
        """Return the parameters of a statement that was made for `ANYBODY`."""
        names = ("child_id", "registrations", "numbers", "references")
        return {name: getattr(self, name) for name in names} | {"others_than": self.registrations}


class _Anybody:
    """A child that is told when the statement is asked: so that it is made once, and not each time.

    A file is looked for in fifty tables; to make what asks that takes longer than the answer.
    """

    child_id: Any = bindparam("child_id", type_=Uuid)
    registrations: Any = bindparam("registrations", expanding=True)
    numbers: Any = bindparam("numbers", expanding=True)
    references: Any = bindparam("references", expanding=True)
    # By a name of its own: a list that is empty is none in `IN`, and all in `NOT IN`.
    others_than: Any = bindparam("others_than", expanding=True)


ANYBODY = _Anybody()
AnyWhose = Whose | _Anybody


@dataclass(frozen=True, slots=True)
class _Owned:
    """Rows that hang on rows of a child. key: the column that names the owner, found: which."""

    key: str
    owner: type[Any]
    found: Callable[[AnyWhose], Any]

    def rule(self, columns: Any, whose: AnyWhose) -> Any:
        return columns[self.key].in_(select(self.owner.id).where(self.found(whose)))


def find_whose(session: Session, id_: UUID) -> Whose | None:
    """Return the child of a registration or a draft with all its registrations, or None."""
    child_id = session.scalar(
        select(Registration.child_id).where(Registration.id == id_, ~Registration.is_destroyed)
    )
    if child_id is not None:
        return whose_child(session, child_id)
    draft = session.get(Draft, id_)
    if draft is None:
        return None
    numbers = (draft.number,) if draft.number else ()
    return Whose(None, (id_,), numbers, is_secret=bool(draft.secret_placement))


def whose_child(session: Session, child_id: UUID) -> Whose:
    """Return a child with all its registrations, the oldest first."""
    rows = session.execute(
        select(Registration.id, Registration.number, home_is_secret().label("is_secret"))
        .where(Registration.child_id == child_id)
        .order_by(Registration.id)
    ).all()
    return Whose(
        child_id,
        tuple(row.id for row in rows),
        tuple(row.number for row in rows),
        is_secret=any(row.is_secret for row in rows),
    )


def rows_of(whose: AnyWhose, table: str, via: str, owners: Owners | None = None) -> Any:
    """Return which rows of a table are of a child; via: a word of the catalogue.

    owners: as `owners_of` found them, so that the database does not look for them table by table.
    """
    columns = Base.metadata.tables[table].columns
    if owners is not None and via in _OWNED:
        return columns[_OWNED[via].key].in_(owners[via])
    return _RULES[via](columns, whose)


def owners_of(session: Session, whose: Whose) -> dict[str, list[UUID]]:
    """Return the rows that other rows of a child hang on, by the word of the catalogue."""
    owners: dict[str, list[UUID]] = {via: [] for via in _OWNED}
    for via, id_ in session.execute(_owned(), whose.sent()):
        owners[via].append(id_)
    return owners


@cache
def _owned() -> CompoundSelect[str, UUID]:
    return union_all(
        *(
            select(literal(via), owned.owner.id).where(owned.found(ANYBODY))
            for via, owned in _OWNED.items()
        )
    )


def any_owners() -> dict[str, Any]:
    """Return parameters for the rows that others hang on, as `owners_of` finds them."""
    return {via: bindparam(via, expanding=True) for via in _OWNED}


def may_hold(via: str, owners: Owners) -> bool:
    """Return whether a table can hold anything: not where there is nothing to hang it on."""
    return via not in owners or bool(owners[via])


def table_of(name: str) -> type[Any]:
    """Return the class of a table."""
    return _CLASSES[name]


_CLASSES: dict[str, type[Any]] = {
    mapper.local_table.name: mapper.class_
    for mapper in Base.registry.mappers
    if isinstance(mapper.local_table, Table)
}


def _of_child(columns: Any, whose: AnyWhose) -> Any:
    own = columns["child_id"] if "child_id" in columns else columns["id"]
    return own == (literal(None) if whose.child_id is None else whose.child_id)


def _of_registration(columns: Any, whose: AnyWhose) -> Any:
    return columns["registration_id"].in_(whose.registrations)


def _of_draft(columns: Any, whose: AnyWhose) -> Any:
    return columns["id"].in_(whose.registrations)


def _in_log(columns: Any, whose: AnyWhose) -> Any:
    # Whole, as it is written: so that the log is not read from its beginning.
    return (columns["subject"] == "kind") & columns["reference"].in_(whose.references)


def _by_registration(owner: type[Any]) -> Callable[[AnyWhose], Any]:
    return lambda whose: owner.registration_id.in_(whose.registrations)


def _by_placement(whose: AnyWhose) -> Any:
    lived = select(Placement.id).where(Placement.registration_id.in_(whose.registrations))
    return PlacementReview.placement_id.in_(lived)


_OWNED = {
    "stap": _Owned("pair_id", BegunPair, _by_registration(BegunPair)),
    "plaatsing": _Owned("placement_id", Placement, _by_registration(Placement)),
    "crisismelding": _Owned("report_id", CrisisReport, _by_registration(CrisisReport)),
    "evaluatie": _Owned("review_id", PlacementReview, _by_placement),
}
_RULES: dict[str, Any] = {
    "kind": _of_child,
    "aanmelding": _of_registration,
    "concept": _of_draft,
    "logboek": _in_log,
    **{via: owned.rule for via, owned in _OWNED.items()},
}
VIAS = frozenset(_RULES)
