"""Each role has no more than its work asks for; PUBLIC has nothing; an auditor and a backup role.

Revision ID: 20261129_55
Revises: 20261128_45
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_55"
down_revision = "20261129_53"
branch_labels = None
depends_on = None

ROLES = "pleegzorg_app, pleegzorg_worker, pleegzorg_auditor, pleegzorg_backup"
SERVICE = "pleegzorg_app, pleegzorg_worker"
# What the log of NEN 7513 stands in; its seals are there from their own migration on.
LOG = ("audit_event", "audit_seal")
# What the queue's own triggers and tables ask of who only puts a job in.
PUTS_IN = {
    "procrastinate_jobs": "UPDATE, DELETE",
    "procrastinate_events": "UPDATE, DELETE",
    "procrastinate_workers": "INSERT, UPDATE, DELETE",
    "procrastinate_periodic_defers": "ALL",
}

# A function without a trigger, that works with its caller's own rights, is for the service; what
# works with its owner's rights was handed out by name where it was made.
FUNCTIONS = """
DO $$ DECLARE item record; BEGIN
  FOR item IN SELECT p.oid::regprocedure AS signature, p.proname AS name,
                     NOT p.prosecdef AND p.prorettype <> 'trigger'::regtype AS is_plain
                FROM pg_proc p
               WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
                 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', item.signature);
    IF item.is_plain THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pleegzorg_worker', item.signature);
      IF item.name !~ '^procrastinate_' OR item.name = 'procrastinate_defer_jobs_v1' THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO pleegzorg_app', item.signature);
      END IF;
    END IF;
  END LOOP;
END $$
"""
FUNCTIONS_BACK = """
DO $$ DECLARE item record; BEGIN
  FOR item IN SELECT p.oid::regprocedure AS signature FROM pg_proc p
               WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
                 AND p.proname LIKE 'procrastinate\\_%'
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', item.signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM pleegzorg_app, pleegzorg_worker', item.signature);
  END LOOP;
END $$
"""


def upgrade() -> None:
    _make_backup_made()
    _public_has_nothing()
    _auditor_reads_the_log()
    _backup_reads_all()
    for table, rights in PUTS_IN.items():
        op.execute(f"REVOKE {rights} ON {table} FROM pleegzorg_app")
    # The worker reads nothing of what a draft tells: it lets go of what was kept of a withdrawn one
    # (20261128_45), which the right to the whole table made void.
    op.execute("REVOKE SELECT ON draft FROM pleegzorg_worker")
    op.execute("GRANT SELECT (id, kept_at) ON draft TO pleegzorg_worker")
    # It writes the crisis list for paper, every night.
    op.execute("GRANT SELECT ON duty_number, family_phone TO pleegzorg_worker")


def downgrade() -> None:
    op.execute("REVOKE SELECT ON duty_number, family_phone FROM pleegzorg_worker")
    op.execute("GRANT SELECT ON draft TO pleegzorg_worker")
    tables = ", ".join(PUTS_IN)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO pleegzorg_app")
    op.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM pleegzorg_backup"
    )
    op.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON SEQUENCES FROM pleegzorg_backup"
    )
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pleegzorg_backup, pleegzorg_auditor")
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM pleegzorg_backup")
    op.execute("DROP POLICY IF EXISTS audit_event_for_auditor ON audit_event")
    op.execute("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC")
    op.execute(FUNCTIONS_BACK)
    op.execute(f"REVOKE SELECT ON alembic_version FROM {ROLES}")
    op.execute("GRANT SELECT ON alembic_version TO PUBLIC")
    op.drop_table("backup_made")


def _make_backup_made() -> None:
    op.create_table(
        "backup_made",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "noted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("tables", sa.Integer(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_made")),
    )
    op.create_index(op.f("ix_backup_made_at"), "backup_made", ["at"])
    op.execute("ALTER TABLE backup_made ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY backup_made_read ON backup_made FOR SELECT USING (true)")
    op.execute(
        "CREATE POLICY backup_made_noted ON backup_made FOR INSERT TO pleegzorg_backup "
        "WITH CHECK (true)"
    )
    op.execute(f"GRANT SELECT ON backup_made TO {SERVICE}")


def _public_has_nothing() -> None:
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC")
    op.execute(f"GRANT SELECT ON alembic_version TO {ROLES}")
    # Of every function that is made from here on as well.
    op.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    op.execute(FUNCTIONS)


def _auditor_reads_the_log() -> None:
    for table in LOG:
        op.execute(f"""
            DO $$ BEGIN
              IF to_regclass('{table}') IS NOT NULL THEN
                GRANT SELECT ON {table} TO pleegzorg_auditor;
                CREATE POLICY {table}_for_auditor ON {table}
                  FOR SELECT TO pleegzorg_auditor USING (true);
              END IF;
            END $$
        """)


def _backup_reads_all() -> None:
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO pleegzorg_backup")
    op.execute("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzorg_backup")
    op.execute("GRANT INSERT ON backup_made TO pleegzorg_backup")
    # And of what later migrations make, so that no table is ever missing from a backup.
    op.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pleegzorg_backup"
    )
    op.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO pleegzorg_backup"
    )
