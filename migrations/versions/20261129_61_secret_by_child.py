"""Every registration of a child says the same of a secret placement: as its newest does.

Revision ID: 20261129_61
Revises: 20261129_60
"""

from alembic import op

revision = "20261129_61"
down_revision = "20261129_60"
branch_labels = None
depends_on = None

BY_CHILD = """
UPDATE registration r SET secret_placement = true, version = r.version + 1
  FROM (SELECT DISTINCT ON (child_id) child_id, secret_placement
          FROM registration ORDER BY child_id, id DESC) newest
 WHERE newest.child_id = r.child_id AND newest.secret_placement AND NOT r.secret_placement
"""


def upgrade() -> None:
    op.execute(BY_CHILD)


def downgrade() -> None:
    pass
