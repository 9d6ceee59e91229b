"""Alarms of the calibration board, each told of once.

Revision ID: 20261129_63
Revises: 20261129_61
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_63"
down_revision = "20261129_61"
branch_labels = None
depends_on = None

TABLE = "score_alarm"
ROLE = "current_setting('pleegzorg.role', true)"
# Who may read the board reads it as the system, and who watches it is the system.
WATCHER = f"{ROLE} = 'systeem'"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "since <= last_on AND last_on <= until", name=op.f(f"ck_{TABLE}_in_order")
        ),
        sa.CheckConstraint("kind IN ('verschuiving', 'uitzetten')", name=op.f(f"ck_{TABLE}_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(
        f"uq_{TABLE}_kind_running",
        TABLE,
        ["kind"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {TABLE}_kept ON {TABLE} USING ({WATCHER}) WITH CHECK ({WATCHER})")
    op.execute(f"GRANT SELECT ON {TABLE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO pleegzorg_worker")
    op.execute(f"GRANT UPDATE (last_on, until) ON {TABLE} TO pleegzorg_worker")


def downgrade() -> None:
    op.drop_table(TABLE)
