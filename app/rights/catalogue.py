"""What is kept of a child, table by table and column by column: `gegevens.toml`, read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

DATA_FILE = Path(__file__).with_name("gegevens.toml")


class Destruction(StrEnum):
    """What a destruction does to the rows of a child in a table (*vernietiging*)."""

    REMOVED = "weg"
    SHELL = "schil"
    RENAMED = "pseudoniem"
    PROOF = "bewijs"
    STAYS = "blijft"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. via: how a child's rows are found, None where it has none.

    shown, of_others, technical: its columns; each is in one of the three. secret: those that stay
    out for a secret placement.
    """

    name: str
    title: str
    record_class: str
    via: str | None
    destruction: Destruction
    shown: tuple[str, ...]
    of_others: tuple[str, ...]
    technical: tuple[str, ...]
    secret: frozenset[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tables by name, and what columns are called in an export."""

    tables: Mapping[str, Table]
    words: Mapping[str, str]

    def exported(self) -> tuple[Table, ...]:
        """Return the tables with rows of a child, in the order of the file."""
        return tuple(table for table in self.tables.values() if table.via is not None)


@lru_cache
def load_catalogue(path: Path = DATA_FILE) -> Catalogue:
    """Read the file; raises KeyError or ValueError where an entry does not say all it must."""
    document = tomllib.loads(path.read_text("utf-8"))
    secret = document["geheim"]
    return Catalogue(
        {
            name: Table(
                name=name,
                title=entry.get("naam", name),
                record_class=entry["klasse"],
                via=entry.get("via"),
                destruction=Destruction(entry["vernietiging"]),
                shown=tuple(entry.get("uitvoer", ())),
                of_others=tuple(entry.get("derden", ())),
                technical=tuple(entry["techniek"]),
                secret=frozenset(secret.get(name, ())),
            )
            for name, entry in document["tabellen"].items()
        },
        document["namen"],
    )
