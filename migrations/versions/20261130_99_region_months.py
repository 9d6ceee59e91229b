"""What the region had at the end of each month: places, families, and who was to be recruited.

The report of a year that is over had nothing to tell of them.

Revision ID: 20261130_99
Revises: 20261130_98
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_99"
down_revision = "20261130_98"
branch_labels = None
depends_on = None

TABLE = "region_month"
# Kept by the system for whoever may see the report.
SYSTEM = "(SELECT current_setting('pleegzorg.role', true) = 'systeem')"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f(f"ck_{TABLE}_first_day")),
        sa.CheckConstraint(
            "on_day >= month AND on_day < month + interval '1 month'",
            name=op.f(f"ck_{TABLE}_within_month"),
        ),
        sa.PrimaryKeyConstraint("month", name=op.f(f"pk_{TABLE}")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {TABLE}_kept ON {TABLE} USING ({SYSTEM}) WITH CHECK ({SYSTEM})")
    op.execute(f"GRANT SELECT ON {TABLE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {TABLE} TO pleegzorg_worker")


def downgrade() -> None:
    op.drop_table(TABLE)
