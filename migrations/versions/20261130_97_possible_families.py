"""How many families a child could go to, kept with the run.

The fairness board counted what a run stores for people to read: a proposal and at most five others.

Revision ID: 20261130_97
Revises: 20261130_96
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_97"
down_revision = "20261130_96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposal", sa.Column("possible", sa.Integer(), nullable=True))
    op.add_column("unplaced", sa.Column("possible", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("unplaced", "possible")
    op.drop_column("proposal", "possible")
