"""The database roles: migrator owns the tables, application and worker can never bypass a rule.

Roles belong to the whole server, so they are made before the first migration, by whoever may make
roles. They have no password: on a real server the administrator sets one (docs/operations.md).
"""

from sqlalchemy import Connection, text

MIGRATOR = "pleegzorg_migrator"
APPLICATION = "pleegzorg_app"
WORKER = "pleegzorg_worker"

_MAKE_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""


_MAY_WORK_AS = "SELECT pg_has_role(current_user, :role, 'SET')"


def ensure_roles(connection: Connection) -> None:
    """Make the three roles if they are missing, and let the migrator make tables here.

    Whoever migrates may then work as each: as migrator for the tables, as application to fill them.
    """
    for role in (MIGRATOR, APPLICATION, WORKER):
        connection.execute(text(_MAKE_ROLE.format(role=role)))
        # Who makes a role may hand it out, but not yet work as it (PostgreSQL 16 and newer).
        if not connection.scalar(text(_MAY_WORK_AS), {"role": role}):
            connection.execute(text(f"GRANT {role} TO CURRENT_USER"))
    connection.execute(text(f"GRANT CREATE, USAGE ON SCHEMA public TO {MIGRATOR}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {APPLICATION}, {WORKER}"))
