"""The database roles, each with no more than its work asks for (docs/databaserollen.md).

The migrator owns the tables; application and worker can never bypass a rule; the auditor reads the
log alone; the backup reads all and changes nothing. The eraser alone takes away what is otherwise
only ever added (ADR 0054): nobody logs in as it, and the worker works as it only while it destroys
a file or purges what was kept long enough.

Roles belong to the whole server, so they are made before the first migration, by whoever may make
roles. They have no password: on a real server the administrator sets one (docs/operations.md).
"""

from sqlalchemy import Connection, text

from app.kernel.errors import NotReady

MIGRATOR = "pleegzorg_migrator"
APPLICATION = "pleegzorg_app"
WORKER = "pleegzorg_worker"
AUDITOR = "pleegzorg_auditor"
BACKUP = "pleegzorg_backup"
ERASER = "pleegzorg_eraser"
ROLES = (MIGRATOR, APPLICATION, WORKER, AUDITOR, BACKUP, ERASER)

_HUMBLE = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
_MAKE_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} {attributes};
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  -- Only who may look past row-level security can make a role that does: then it is made without,
  -- and a backup says what is missing.
  WHEN insufficient_privilege THEN CREATE ROLE {role} {humble};
END $$
"""


_LEND = """
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 160000 THEN
    GRANT {role} TO {to} WITH INHERIT FALSE;
  ELSE
    GRANT {role} TO {to};
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
_IS_MEMBER = "SELECT pg_has_role(:of, :role, 'MEMBER')"
_MAY_WORK_AS = "SELECT pg_has_role(current_user, :role, 'SET')"
_MISSING = """
SELECT role FROM unnest(CAST(:roles AS text[])) AS role
WHERE role NOT IN (SELECT rolname FROM pg_roles)
  AND NOT (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user)
"""
_OWN_DATABASE = "SELECT quote_ident(current_database())"


def ensure_roles(connection: Connection) -> None:
    """Make the roles that are missing, let them in here, and let nobody else in.

    Whoever migrates may then work as migrator for the tables, and as application to fill them.
    Raises NotReady for roles that are missing where this login may make none.
    """
    if missing := connection.scalars(text(_MISSING), {"roles": list(ROLES)}).all():
        raise NotReady(
            f"De databaserol {', '.join(missing)} ontbreekt en deze login mag geen rollen maken: "
            "voer deploy/postgres/10-rollen.sh uit (het mag vaker), of geef met "
            "MIGRATION_DATABASE_URL een login met het recht CREATEROLE."
        )
    for role in ROLES:
        attributes = _HUMBLE.replace("NOBYPASSRLS", "BYPASSRLS") if role == BACKUP else _HUMBLE
        made = _MAKE_ROLE.format(role=role, attributes=attributes, humble=_HUMBLE)
        connection.execute(text(made))
    for role in (MIGRATOR, APPLICATION, WORKER, ERASER):
        # Who makes a role may hand it out, but not yet work as it (PostgreSQL 16 and newer).
        if not connection.scalar(text(_MAY_WORK_AS), {"role": role}):
            connection.execute(text(f"GRANT {role} TO CURRENT_USER"))
    if not connection.scalar(text(_IS_MEMBER), {"role": ERASER, "of": WORKER}):
        # It must say so each time that it works as the eraser: what it has by itself stays little.
        connection.execute(text(f"ALTER ROLE {WORKER} NOINHERIT"))
        connection.execute(text(_LEND.format(role=ERASER, to=WORKER)))
    _open_the_door(connection)


def _open_the_door(connection: Connection) -> None:
    """Let the roles into the database and its schema, and whoever else has a login into neither."""
    database = connection.scalar(text(_OWN_DATABASE))
    everybody = ", ".join(ROLES)
    connection.execute(text(f"GRANT CONNECT ON DATABASE {database} TO {everybody}"))
    # The worker's bulk work and the application's make no table, not even one for a while.
    connection.execute(text(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {everybody}"))
    connection.execute(text(f"GRANT CREATE ON SCHEMA public TO {MIGRATOR}"))
    connection.execute(text("REVOKE ALL ON SCHEMA public FROM PUBLIC"))
