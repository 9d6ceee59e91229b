"""Why brothers and sisters who wish to be together go to different families.

Revision ID: 20261128_33
Revises: 20261128_31
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_33"
down_revision = "20261128_31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("begun_pair", sa.Column("split_reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("begun_pair", "split_reason")
