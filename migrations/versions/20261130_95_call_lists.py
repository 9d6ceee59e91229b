"""What a yes to each call of a run would bring: worked out by the worker, one call at a time.

Each takes a plan of the whole region; with a thousand children a page took over a minute.

Revision ID: 20261130_95
Revises: 20261130_94
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_95"
down_revision = "20261130_94"
branch_labels = None
depends_on = None

TABLE = "run_call_list"
# Worked out by the system for whoever may ask the run.
SYSTEM = "(SELECT current_setting('pleegzorg.role', true) = 'systeem')"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("calls", sa.JSON(), nullable=True),
        sa.Column("is_done", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["match_run.id"],
            name=op.f(f"fk_{TABLE}_run_id_match_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f(f"pk_{TABLE}")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {TABLE}_made ON {TABLE} USING ({SYSTEM}) WITH CHECK ({SYSTEM})")
    op.execute(f"GRANT SELECT ON {TABLE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {TABLE} TO pleegzorg_worker")


def downgrade() -> None:
    op.drop_table(TABLE)
