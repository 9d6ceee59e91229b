"""A migrated database that is kept to be copied: a copy takes a tenth of migrating anew.

Only on the embedded server. Its name holds a digest of the migrations, so that one that was made
by others is never copied; those of other versions are dropped when a new one is made.
"""

from hashlib import sha256
from importlib.metadata import version

from sqlalchemy import URL, Connection, text

from app.db.embedded import as_admin, ensure_database
from app.db.migrate import SCRIPTS, migrate

_PREFIX = "pleegzorg_sjabloon_"
_HALF = "pleegzorg_sjabloonbouw"
_LOCK = 7_301_980_112  # any fixed number: one at a time makes or copies a template


def make_migrated(server: URL, name: str) -> URL:
    """Make a database at the newest migration, as a copy of the template; return its URL."""
    with as_admin(server) as connection:
        # Whoever copies holds the lock as well: nobody drops a template under its hands.
        connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": _LOCK})
        template = _template(connection, server)
        _copy(connection, template, name)
    return server.set(database=name)


def copy_database(server: URL, like: URL, name: str) -> URL:
    """Make a database as a copy of another, to which nobody may be connected; return its URL."""
    with as_admin(server) as connection:
        _copy(connection, str(like.database), name)
    return server.set(database=name)


def _copy(connection: Connection, template: str, name: str) -> None:
    connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    # It is thrown away in the end: nobody has to wait until a commit is on disk.
    connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit TO off'))


def _template(connection: Connection, server: URL) -> str:
    wanted = _PREFIX + migrations_digest()
    names = set(connection.scalars(text("SELECT datname FROM pg_database")))
    if wanted not in names:
        old = {name for name in names if name.startswith(_PREFIX)} | {_HALF}
        for name in sorted(old):
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        migrate(ensure_database(server, _HALF))
        # Named when it is whole: one that was interrupted is never taken for a template.
        connection.execute(text(f'ALTER DATABASE "{_HALF}" RENAME TO "{wanted}"'))
    return wanted


def migrations_digest() -> str:
    """Return a digest of all that migrating depends on: the scripts, and whose tables they make."""
    found = sha256(version("procrastinate").encode())
    for path in sorted([*SCRIPTS.rglob("*.py"), SCRIPTS.parent / "app" / "db" / "roles.py"]):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:12]
