"""What is sealed with which version, whether it can be read, and whether plain text is refused."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, text, tuple_

from app.db.keyring import KeyLacking, KeyRing
from app.db.rotation import shown_key
from app.db.sealed_columns import SealedColumn, sealed_columns
from app.db.sealing import SealBroken

LIES_OPEN = "open"
OF_BEFORE = "zonder versie"
_DIGEST_BYTES = 34
_CONSTRAINTS = text(
    "SELECT conname FROM pg_constraint WHERE contype = 'c' AND convalidated "
    "AND conname LIKE 'ck\\_%\\_sealed'"
)


@dataclass(slots=True)
class Counted:
    """How many rows of each column are sealed with which version, in words; what cannot be read.

    digests: the same of what rows are found by.
    """

    versions: dict[str, Counter[str]] = field(default_factory=dict)
    digests: dict[str, Counter[str]] = field(default_factory=dict)
    unreadable: list[tuple[str, str]] = field(default_factory=list)

    def uses(self, version: int) -> int:
        """Return how many rows need a version of the key; what is of before versions needs 1."""
        words = {str(version), OF_BEFORE} if version == 1 else {str(version)}
        counted = [*self.versions.values(), *self.digests.values()]
        return sum(count[word] for count in counted for word in words)

    @property
    def lying_open(self) -> int:
        """Return how many values are not sealed."""
        return sum(count[LIES_OPEN] for count in self.versions.values())


def count_sealed(engine: Engine, ring: KeyRing) -> Counted:
    """Open every sealed value once, batch by batch; as the owner of the tables."""
    counted = Counted()
    with engine.connect() as connection:
        for column in sealed_columns():
            _count(connection, ring, column, counted)
    return counted


def _count(connection: Connection, ring: KeyRing, column: SealedColumn, counted: Counted) -> None:
    versions: Counter[str] = Counter()
    digests: Counter[str] = Counter()
    for row in _rows(connection, column):
        try:
            found = column.open(ring, row.shown, row.owner)
        except (SealBroken, KeyLacking):
            key = tuple(row[: len(column.table.primary_key)])
            counted.unreadable.append((column.name, shown_key(key)))
            versions["niet te lezen"] += 1
            continue
        versions[LIES_OPEN if found.is_open else str(found.version or OF_BEFORE)] += 1
        if column.digest is not None:
            digests[_version_of_digest(row.digest)] += 1
    if versions:
        counted.versions[column.name] = versions
    if digests and column.digest is not None:
        counted.digests[f"{column.table.name}.{column.digest.name}"] = digests


def _rows(connection: Connection, column: SealedColumn) -> Iterator[Row[Any]]:
    keys = list(column.table.primary_key)
    asked = select(*column.selected()).where(column.column.is_not(None)).order_by(*keys)
    after: tuple[Any, ...] | None = None
    while True:
        page = asked if after is None else asked.where(tuple_(*keys) > tuple_(*after))
        rows = list(connection.execute(page.limit(column.rows)))
        if not rows:
            return
        yield from rows
        after = tuple(rows[-1][: len(keys)])


def _version_of_digest(digest: bytes | None) -> str:
    if digest is None:
        return LIES_OPEN
    return str(int.from_bytes(digest[:2])) if len(digest) == _DIGEST_BYTES else OF_BEFORE


def missing_rules(connection: Connection) -> list[tuple[str, str, str]]:
    """Return the table, name and condition of each rule that does not refuse plain text yet."""
    there = set(connection.scalars(_CONSTRAINTS))
    return [rule for rule in _rules() if rule[1] not in there]


def _rules() -> Iterator[tuple[str, str, str]]:
    for column in sealed_columns():
        if column.kind is not None:
            table = column.table.name
            yield table, f"ck_{table}_{column.column.name}_sealed", column.rule
            if column.digest is not None:
                name = column.digest.name
                yield table, f"ck_{table}_{name}_sealed", f"{name} IS NOT NULL"


def enforce(engine: Engine) -> int:
    """Let the database refuse plain text in every sealed column; return how many rules that took.

    As the owner of the tables, and after everything is sealed: a rule is checked against all rows
    while others go on writing. Raises sqlalchemy's IntegrityError where something lies open.
    """
    with engine.connect() as connection:
        rules = missing_rules(connection)
    for table, name, rule in rules:
        with engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
            connection.exec_driver_sql(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule}) NOT VALID"
            )
        with engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
    return len(rules)
