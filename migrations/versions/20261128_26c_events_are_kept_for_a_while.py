"""Events are kept for a while: the oldest may go, and from where none are missing is noted.

Revision ID: 20261128_26c
Revises: 20261128_26b
"""

import sqlalchemy as sa
from alembic import op

from app.db.xid8 import Xid8

revision = "20261128_26c"
down_revision = "20261128_26b"
branch_labels = None
depends_on = None

SYSTEM = "current_setting('pleegzorg.role', true) = 'systeem'"
TABLE = "event_horizon"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("era", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", Xid8(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_event_horizon_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_horizon")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    # A place in the feed, and nothing about anybody.
    op.execute(f"CREATE POLICY {TABLE}_read ON {TABLE} FOR SELECT USING (true)")
    op.execute(f"CREATE POLICY {TABLE}_written ON {TABLE} USING ({SYSTEM}) WITH CHECK ({SYSTEM})")
    op.execute(f"GRANT SELECT ON {TABLE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {TABLE} TO pleegzorg_worker")
    # The service itself still removes none, and the worker none of the last thirty days.
    op.execute(
        "CREATE POLICY event_purged ON event AS RESTRICTIVE FOR DELETE "
        f"USING ({SYSTEM} AND recorded_at < now() - interval '30 days')"
    )
    op.execute("GRANT DELETE ON event TO pleegzorg_worker")


def downgrade() -> None:
    op.execute("REVOKE DELETE ON event FROM pleegzorg_worker")
    op.execute("DROP POLICY event_purged ON event")
    op.drop_table(TABLE)
