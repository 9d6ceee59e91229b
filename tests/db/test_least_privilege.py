"""No role has more than the committed table says, and nothing is owned, open or loose beyond it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from app.db.migrate import migrate
from app.db.opened import Database, open_throwaway
from app.db.roles import APPLICATION, AUDITOR, BACKUP, ERASER, MIGRATOR, ROLES, WORKER
from app.settings import Settings
from tools.doc_table import DOCS
from tools.privileges import (
    NAME,
    OTHERS,
    PAGE,
    TABLES,
    privilege_rows,
    privilege_table,
    privileges_of,
)

LINE = """
    INSERT INTO audit_event (operation, actor, role, outcome)
    VALUES ('leesKind', 'anna', 'coordinator', 'gelukt')
"""


@pytest.fixture
def owner(database: Database) -> Iterator[Connection]:
    """A connection as superuser, who may take any role; rolled back."""
    engine = create_engine(database.url)
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def test_every_table_and_right_stands_in_the_committed_table(owner: Connection) -> None:
    """A new table, a new right or a lost one: `python -m tools.privileges`, and look at it."""
    page = (DOCS / PAGE).read_text("utf-8")
    committed = page.split(f"<!-- table: {NAME} -->\n")[1].split("\n<!-- end")[0]
    assert privilege_table(privilege_rows(owner)).splitlines() == committed.splitlines()


def test_nobody_but_the_owner_empties_or_alters(owner: Connection) -> None:
    """TRUNCATE goes past row-level security, TRIGGER runs code as who writes: nobody has them."""
    for name in owner.scalars(text(TABLES)).all():
        for role in set(ROLES) - {MIGRATOR}:
            kinds = {kind for kind, _ in privileges_of(owner, name, role)}
            assert not kinds & set(OTHERS), (name, role)


def test_the_log_is_added_to_and_nothing_else(owner: Connection) -> None:
    """NEN 7513: who works with the service changes nothing of it, not by column either."""
    for role in (APPLICATION, WORKER, AUDITOR, BACKUP):
        kinds = {kind for kind, _ in privileges_of(owner, "audit_event", role)}
        assert kinds <= {"SELECT", "INSERT"}
    assert {kind for kind, _ in privileges_of(owner, "audit_event", AUDITOR)} == {"SELECT"}


def test_only_the_migrator_owns_anything(owner: Connection) -> None:
    """Tables, sequences, functions and types: an owner goes past row-level security."""
    assert set(owner.scalars(text(_OWNERS)).all()) == {MIGRATOR}


def test_no_role_is_superuser_and_only_the_backup_looks_past_row_level_security(
    owner: Connection,
) -> None:
    """Nor may one make roles or databases, replicate, or work as another."""
    found = {row.rolname: row for row in owner.execute(text(_ATTRIBUTES), {"roles": list(ROLES)})}
    assert set(found) == set(ROLES)
    for name, row in found.items():
        assert row.rolbypassrls == (name == BACKUP)
        assert not (row.rolsuper or row.rolcreaterole or row.rolcreatedb or row.rolreplication)
    # Only while it destroys a file, and only where it says so (ADR 0054).
    members = owner.scalars(text(_MEMBERSHIPS), {"roles": list(ROLES)}).all()
    assert members == [f"{WORKER} in {ERASER}"]


def test_every_table_has_row_level_security_but_those_of_the_queue(owner: Connection) -> None:
    """A table without it would show every provider what is of another."""
    bare = owner.scalars(text(_WITHOUT_RLS)).all()
    assert all(name == "alembic_version" or name.startswith("procrastinate_") for name in bare)


def test_functions_with_their_owners_rights_have_a_fixed_search_path(owner: Connection) -> None:
    """Without it whoever calls decides which table such a function opens."""
    found = owner.execute(text(_DEFINERS)).all()
    assert len(found) > 10
    assert [name for name, config in found if config != ["search_path=public, pg_temp"]] == []


def test_public_has_nothing(settings: Settings) -> None:
    """Not on tables, columns, sequences, functions, the schema or the database."""
    with open_throwaway(settings) as fresh:
        # Who may come in is not copied along with a database: migrating says it again.
        migrate(fresh.url)
        engine = create_engine(fresh.url)
        with engine.connect() as connection:
            assert connection.scalars(text(_OF_PUBLIC)).all() == []
        engine.dispose()


def test_what_later_migrations_make_is_closed_too(owner: Connection) -> None:
    """A new function is nobody's, and a new table is in the backup, without a word."""
    owner.execute(text(f"SET LOCAL ROLE {MIGRATOR}"))
    owner.execute(text("CREATE TABLE later (id int)"))
    owner.execute(text("CREATE FUNCTION later_too() RETURNS int LANGUAGE sql AS 'SELECT 1'"))
    assert privileges_of(owner, "later", BACKUP) == [("SELECT", None)]
    assert privileges_of(owner, "later", APPLICATION) == []
    for role in (APPLICATION, WORKER, AUDITOR, BACKUP):
        may = text("SELECT has_function_privilege(CAST(:role AS name), 'later_too()', 'EXECUTE')")
        assert owner.scalar(may, {"role": role}) is False


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        (APPLICATION, "UPDATE audit_event SET actor = 'iemand'"),
        (APPLICATION, "DELETE FROM audit_event"),
        (APPLICATION, "UPDATE procrastinate_jobs SET status = 'cancelled'"),
        (APPLICATION, "CREATE TABLE eigen (id int)"),
        (APPLICATION, "CREATE TEMP TABLE eigen (id int)"),
        (WORKER, "SELECT ciphertext FROM child_bsn"),
        (WORKER, "SELECT * FROM draft"),
        (WORKER, "UPDATE audit_event SET actor = 'x'"),
        (AUDITOR, "SELECT * FROM child"),
        (AUDITOR, "SELECT * FROM procrastinate_jobs"),
        (AUDITOR, LINE),
        (BACKUP, "UPDATE child SET first_name = 'x'"),
        (BACKUP, "DELETE FROM backup_made"),
        (BACKUP, LINE),
    ],
)  # fmt: skip
def test_what_a_role_may_not_is_refused(
    settings: Settings, role: str, statement: str, closed: Database
) -> None:
    """Tried, not read from the catalogue."""
    engine = create_engine(closed.url)
    with engine.connect() as connection:
        connection.execute(text(f"SET LOCAL ROLE {role}"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(statement))
        connection.rollback()
    engine.dispose()


@pytest.fixture(scope="module")
def closed(settings: Settings) -> Iterator[Database]:
    """A database where only the roles may come in."""
    with open_throwaway(settings) as fresh:
        migrate(fresh.url)
        yield fresh


def test_the_auditor_reads_the_log_without_saying_who_asks(owner: Connection) -> None:
    """With a login of its own there is no service that tells the database who asks."""
    owner.execute(text(LINE))
    # Counted before the role: tests that share this database leave lines of their own in it.
    there = owner.scalar(text("SELECT count(*) FROM audit_event"))
    owner.execute(text(f"SET LOCAL ROLE {AUDITOR}"))
    assert owner.scalar(text("SELECT count(*) FROM audit_event")) == there > 0
    owner.execute(text(f"SET LOCAL ROLE {APPLICATION}"))
    assert owner.scalar(text("SELECT count(*) FROM audit_event")) == 0


_OWNERS = """
    SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION SELECT pg_get_userbyid(typowner) FROM pg_type WHERE typnamespace = 'public'::regnamespace
"""
_ATTRIBUTES = "SELECT * FROM pg_roles WHERE rolname = ANY (CAST(:roles AS text[]))"
_MEMBERSHIPS = """
    SELECT pg_get_userbyid(member) || ' in ' || pg_get_userbyid(roleid) FROM pg_auth_members
     WHERE pg_get_userbyid(member) = ANY (CAST(:roles AS text[]))
"""
_WITHOUT_RLS = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
       AND relkind IN ('r', 'p') AND NOT relrowsecurity
"""
_DEFINERS = """
    SELECT p.oid::regprocedure::text, proconfig FROM pg_proc p
     WHERE pronamespace = 'public'::regnamespace AND prosecdef
"""
# grantee 0 is PUBLIC. An object whose rights were never said has those that are built in.
_OF_PUBLIC = """
    SELECT what FROM (
      SELECT relname::text AS what,
             coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char"
                                                      ELSE 'r' END, relowner)) AS acl
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT proname::text, coalesce(proacl, acldefault('f', proowner))
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT attname::text, attacl FROM pg_attribute WHERE attacl IS NOT NULL
         AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
      UNION ALL SELECT nspname::text, coalesce(nspacl, acldefault('n', nspowner))
        FROM pg_namespace WHERE nspname = 'public'
      UNION ALL SELECT datname::text, coalesce(datacl, acldefault('d', datdba))
        FROM pg_database WHERE datname = current_database()
    ) AS objects, aclexplode(acl) AS given
     WHERE given.grantee = 0
"""
