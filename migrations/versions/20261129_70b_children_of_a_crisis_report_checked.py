"""What was there when 20261129_70 came holds to its rule as well; a look that stops nobody.

Revision ID: 20261129_70b
Revises: 20261129_70
"""

from alembic import op

revision = "20261129_70b"
down_revision = "20261129_70"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE crisis_report VALIDATE CONSTRAINT ck_crisis_report_linked")


def downgrade() -> None:
    pass
