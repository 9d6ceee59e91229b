"""The database roles: migrator owns the tables, application and worker can never bypass a rule.

The eraser alone takes away what is otherwise only ever added (ADR 0054): nobody logs in as it, and
the worker works as it only while it destroys a file or purges what was kept long enough.

Roles belong to the whole server, so they are made before the first migration, by whoever may make
roles. They have no password: on a real server the administrator sets one (docs/operations.md).
"""

from sqlalchemy import Connection, text

MIGRATOR = "pleegzorg_migrator"
APPLICATION = "pleegzorg_app"
WORKER = "pleegzorg_worker"
ERASER = "pleegzorg_eraser"

_MAKE_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
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


def ensure_roles(connection: Connection) -> None:
    """Make the roles if they are missing, and let the migrator make tables here.

    Whoever migrates may then work as each: as migrator for the tables, as application to fill them.
    """
    for role in (MIGRATOR, APPLICATION, WORKER, ERASER):
        connection.execute(text(_MAKE_ROLE.format(role=role)))
        # Who makes a role may hand it out, but not yet work as it (PostgreSQL 16 and newer).
        if not connection.scalar(text(_MAY_WORK_AS), {"role": role}):
            connection.execute(text(f"GRANT {role} TO CURRENT_USER"))
    connection.execute(text(f"GRANT CREATE, USAGE ON SCHEMA public TO {MIGRATOR}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {APPLICATION}, {WORKER}"))
    if not connection.scalar(text(_IS_MEMBER), {"role": ERASER, "of": WORKER}):
        # It must say so each time that it works as the eraser: what it has by itself stays little.
        connection.execute(text(f"ALTER ROLE {WORKER} NOINHERIT"))
        connection.execute(text(_LEND.format(role=ERASER, to=WORKER)))
