"""Why the end of a stay is not known is sealed in every row: the rule of before is validated.

Revision ID: 20261129_56b
Revises: 20261129_56
"""

from alembic import op

revision = "20261129_56b"
down_revision = "20261129_56"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE registration VALIDATE CONSTRAINT ck_registration_end_unknown_sealed")


def downgrade() -> None:
    """Nothing to take back: a rule that holds for every row goes with its column."""
