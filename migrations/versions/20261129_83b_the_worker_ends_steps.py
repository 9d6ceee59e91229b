"""The worker ends the steps that nobody can extend: their end, and nothing else of them.

Revision ID: 20261129_83b
Revises: 20261129_83
"""

from alembic import op

revision = "20261129_83b"
down_revision = "20261129_83"
branch_labels = None
depends_on = None

END = "UPDATE (state, reason, ended_at) ON begun_pair"


def upgrade() -> None:
    op.execute(f"GRANT {END} TO pleegzorg_worker")


def downgrade() -> None:
    op.execute(f"REVOKE {END} FROM pleegzorg_worker")
