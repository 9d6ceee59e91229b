"""Why and when a registration was withdrawn; when a family was last confirmed.

Revision ID: 20261123_06
Revises: 20261123_05
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_06"
down_revision = "20261123_05"
branch_labels = None
depends_on = None

REASONS = "'thuis gebleven', 'netwerk zonder pleegzorg', 'andere hulp', 'verhuisd', 'anders'"


def upgrade() -> None:
    op.add_column("registration", sa.Column("withdrawal_reason", sa.String(40), nullable=True))
    op.add_column(
        "registration", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_check_constraint(
        op.f("ck_registration_withdrawal_reason"),
        "registration",
        f"withdrawal_reason IN ({REASONS})",
    )
    op.create_check_constraint(
        op.f("ck_registration_reason_if_withdrawn"),
        "registration",
        "withdrawal_reason IS NULL OR state = 'ingetrokken'",
    )
    op.add_column("family", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("family", "confirmed_at")
    op.drop_constraint(op.f("ck_registration_reason_if_withdrawn"), "registration")
    op.drop_constraint(op.f("ck_registration_withdrawal_reason"), "registration")
    op.drop_column("registration", "withdrawn_at")
    op.drop_column("registration", "withdrawal_reason")
