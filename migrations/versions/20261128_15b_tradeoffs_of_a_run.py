"""A run keeps what its choices cost: one more child, and other orders of goals.

Revision ID: 20261128_15b
Revises: 20261128_15
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_15b"
down_revision = "20261128_15"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match_run", sa.Column("tradeoffs", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("match_run", "tradeoffs")
