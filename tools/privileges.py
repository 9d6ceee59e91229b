"""Writes who may do what with each table into the docs: `python -m tools.privileges`.

Read from a migrated database, so what a role has by way of another role is in it too.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, create_engine, text

from app.db.opened import open_throwaway
from app.db.roles import APPLICATION, AUDITOR, BACKUP, WORKER
from app.settings import load_settings
from tools.doc_table import render, write

PAGE, NAME = "databaserollen.md", "rechten"
SHOWN = (APPLICATION, WORKER, AUDITOR, BACKUP)
HEAD = ("tabel", *(f"`{role.removeprefix('pleegzorg_')}`" for role in SHOWN))
RIGHTS = {"SELECT": "lezen", "INSERT": "toevoegen", "UPDATE": "wijzigen", "DELETE": "wissen"}
OTHERS = ("TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
OF_COLUMNS = ("SELECT", "INSERT", "UPDATE", "REFERENCES")

TABLES = """
    SELECT relname FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
     ORDER BY relname
"""
_OF_TABLE = """
    SELECT kind FROM unnest(CAST(:kinds AS text[])) kind
     WHERE has_table_privilege(CAST(:role AS name), format('public.%I', CAST(:name AS text)), kind)
"""
_OF_COLUMNS = """
    SELECT kind, a.attname FROM unnest(CAST(:kinds AS text[])) kind, pg_attribute a
     WHERE a.attrelid = format('public.%I', CAST(:name AS text))::regclass
       AND a.attnum > 0 AND NOT a.attisdropped
       AND has_column_privilege(CAST(:role AS name), a.attrelid, a.attnum, kind)
       AND NOT has_table_privilege(CAST(:role AS name), a.attrelid, kind)
     ORDER BY kind, a.attname
"""


def privilege_rows(connection: Connection) -> list[tuple[str, ...]]:
    """Return a row for each table: its name, and what each role may do with it."""
    names = connection.scalars(text(TABLES)).all()
    return [(f"`{name}`", *(_cell(connection, name, role) for role in SHOWN)) for name in names]


def privileges_of(connection: Connection, name: str, role: str) -> list[tuple[str, str | None]]:
    """Return each right of a role on a table, and on which column where it is not on all."""
    asked = {"name": name, "role": role}
    whole = connection.execute(text(_OF_TABLE), {**asked, "kinds": [*RIGHTS, *OTHERS]})
    parts = connection.execute(text(_OF_COLUMNS), {**asked, "kinds": list(OF_COLUMNS)})
    return [*((kind, None) for (kind,) in whole), *((kind, column) for kind, column in parts)]


def privilege_table(rows: Iterable[tuple[str, ...]]) -> str:
    """Return the table of the docs."""
    return render(HEAD, rows)


def _cell(connection: Connection, name: str, role: str) -> str:
    found = privileges_of(connection, name, role)
    words = []
    for kind, word in {**RIGHTS, **{other: other for other in OTHERS}}.items():
        columns = [column for right, column in found if right == kind]
        if columns == [None]:
            words.append(word)
        elif columns:
            words.append(f"{word} van {', '.join(f'`{column}`' for column in columns)}")
    return ", ".join(words)


def main() -> None:
    """Write the table from a fresh database."""
    with open_throwaway(load_settings()) as database:
        engine = create_engine(database.url)
        with engine.connect() as connection:
            table = privilege_table(privilege_rows(connection))
        engine.dispose()
    write(PAGE, NAME, table)


if __name__ == "__main__":
    main()
