"""A run keeps the weights that it was asked for, and whether outcomes bear out its chances.

Revision ID: 20261124_12
Revises: 20261124_11
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_12"
down_revision = "20261124_11"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match_run", sa.Column("weights_text", sa.String(), nullable=True))
    op.add_column(
        "match_run",
        sa.Column("is_calibrated", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("match_run", "is_calibrated")
    op.drop_column("match_run", "weights_text")
