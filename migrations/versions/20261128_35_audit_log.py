"""The log of who saw or changed what; lines are added, never changed, and read by an auditor.

Revision ID: 20261128_35
Revises: 20261128_33
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_35"
down_revision = "20261128_33"
branch_labels = None
depends_on = None

READER = "current_setting('pleegzorg.role', true) IN ('auditor', 'systeem')"


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "gelukt",
                "geweigerd",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_reference", "audit_event", ["reference", "id"])
    op.create_index("ix_audit_event_actor", "audit_event", ["actor", "id"])
    op.execute("ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY audit_event_added ON audit_event FOR INSERT WITH CHECK (true)")
    op.execute(f"CREATE POLICY audit_event_read ON audit_event FOR SELECT USING ({READER})")
    op.execute("GRANT SELECT, INSERT ON audit_event TO pleegzorg_app")
    op.execute("GRANT INSERT ON audit_event TO pleegzorg_worker")


def downgrade() -> None:
    op.drop_table("audit_event")
