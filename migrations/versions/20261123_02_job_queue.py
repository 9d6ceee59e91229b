"""The job queue's tables, as the pinned Procrastinate brings them.

Revision ID: 20261123_02
Revises: 20261123_01
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "20261123_02"
down_revision = "20261123_01"
branch_labels = None
depends_on = None

# A later version of Procrastinate that changes its tables gets a migration of its own, which looks
# first: a fresh database already has the newest ones from here.


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    for kind, rights in (("TABLES", "SELECT, INSERT, UPDATE, DELETE"), ("SEQUENCES", "USAGE")):
        op.execute(_grant(kind, rights))


def downgrade() -> None:
    op.execute(r"""
        DO $$ DECLARE item record; BEGIN
          FOR item IN SELECT tablename FROM pg_tables
                      WHERE schemaname = 'public' AND tablename LIKE 'procrastinate\_%' LOOP
            EXECUTE format('DROP TABLE %I CASCADE', item.tablename);
          END LOOP;
          FOR item IN SELECT p.oid::regprocedure AS signature FROM pg_proc p
                      WHERE p.pronamespace = 'public'::regnamespace
                        AND p.proname LIKE 'procrastinate\_%' LOOP
            EXECUTE format('DROP FUNCTION %s CASCADE', item.signature);
          END LOOP;
          FOR item IN SELECT typname FROM pg_type t WHERE typnamespace = 'public'::regnamespace
                      AND typname LIKE 'procrastinate\_%' AND typtype IN ('e', 'c') LOOP
            EXECUTE format('DROP TYPE IF EXISTS %I CASCADE', item.typname);
          END LOOP;
        END $$
    """)


def _grant(kind: str, rights: str) -> str:
    catalogue = "pg_tables" if kind == "TABLES" else "pg_sequences"
    name = "tablename" if kind == "TABLES" else "sequencename"
    keyword = "" if kind == "TABLES" else "SEQUENCE "
    return rf"""
        DO $$ DECLARE item record; BEGIN
          FOR item IN SELECT {name} AS name FROM {catalogue}
                      WHERE schemaname = 'public' AND {name} LIKE 'procrastinate\_%' LOOP
            EXECUTE format('GRANT {rights} ON {keyword}%I TO pleegzorg_app, pleegzorg_worker',
                           item.name);
          END LOOP;
        END $$
    """
