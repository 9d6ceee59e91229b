"""Answers kept for requests with an Idempotency-Key.

Revision ID: 20261123_03
Revises: 20261123_02
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_03"
down_revision = "20261123_02"
branch_labels = None
depends_on = None

KNOWN = "current_setting('pleegzorg.actor', true) = actor"


def upgrade() -> None:
    op.create_table(
        "given_answer",
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_given_answer")),
    )
    op.create_index(op.f("ix_given_answer_created_at"), "given_answer", ["created_at"])
    # Whoever asks gets back only what was answered to itself.
    op.execute("ALTER TABLE given_answer ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY given_answer_own ON given_answer USING ({KNOWN}) WITH CHECK ({KNOWN})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON given_answer TO pleegzorg_app")


def downgrade() -> None:
    op.drop_table("given_answer")
