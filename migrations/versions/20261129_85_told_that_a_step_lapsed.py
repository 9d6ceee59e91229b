"""The worker tells once that the last day of a step is over.

Revision ID: 20261129_85
Revises: 20261129_83b
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_85"
down_revision = "20261129_83b"
branch_labels = None
depends_on = None

TOLD = "UPDATE (lapse_told) ON begun_pair"


def upgrade() -> None:
    op.add_column("begun_pair", sa.Column("lapse_told", sa.Date(), nullable=True))
    op.execute(f"GRANT {TOLD} TO pleegzorg_worker")


def downgrade() -> None:
    op.execute(f"REVOKE {TOLD} FROM pleegzorg_worker")
    op.drop_column("begun_pair", "lapse_told")
