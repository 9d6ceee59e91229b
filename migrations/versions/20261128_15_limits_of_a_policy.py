"""A proposal says whether it needs a support plan; a run may be given the published proposals.

Revision ID: 20261128_15
Revises: 20261128_14
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_15"
down_revision = "20261128_14"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "proposal",
        sa.Column("needs_support", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("match_run", sa.Column("published", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("match_run", "published")
    op.drop_column("proposal", "needs_support")
