"""Answers of boards that the worker makes ready every few minutes.

Counting all places of a region took longer than a page may.

Revision ID: 20261130_92
Revises: 20261130_91
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_92"
down_revision = "20261130_91"
branch_labels = None
depends_on = None

TABLE = "kept_board"
# The boards are made by the system for whoever may see them.
SYSTEM = "(SELECT current_setting('pleegzorg.role', true) = 'systeem')"

# What the worker counts without reading what a draft tells, or a note beside an answer.
COUNTED = {
    "draft": "state",
    "survey_form": (
        "municipality_code, year, questionnaire, state, saved_by, saved_at, submitted_by, "
        "submitted_at, version, created_at"
    ),
    "survey_response": "municipality_code, year, question, version, answers",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f(f"ck_{TABLE}_in_order")),
        sa.CheckConstraint("name IN ('plekken', 'jaarverslag')", name=op.f(f"ck_{TABLE}_name")),
        sa.PrimaryKeyConstraint("name", "first", "last", name=op.f(f"pk_{TABLE}")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {TABLE}_made ON {TABLE} USING ({SYSTEM}) WITH CHECK ({SYSTEM})")
    op.execute(f"GRANT SELECT ON {TABLE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {TABLE} TO pleegzorg_worker")
    for table, columns in COUNTED.items():
        op.execute(f"GRANT SELECT ({columns}) ON {table} TO pleegzorg_worker")


def downgrade() -> None:
    for table, columns in COUNTED.items():
        op.execute(f"REVOKE SELECT ({columns}) ON {table} FROM pleegzorg_worker")
    op.drop_table(TABLE)
