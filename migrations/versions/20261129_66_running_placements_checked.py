"""What was there when 20261129_65 came holds to its rule as well; a look that stops nobody.

Revision ID: 20261129_66
Revises: 20261129_65
"""

from alembic import op

revision = "20261129_66"
down_revision = "20261129_65"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE import_batch VALIDATE CONSTRAINT ck_import_batch_kind")


def downgrade() -> None:
    pass
