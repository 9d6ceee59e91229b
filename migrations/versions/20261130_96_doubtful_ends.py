"""Ends that our own record or the next place contradicts wait for a person.

A placement of which a breakdown was recorded counted as planned where the code said so, and a change
of care counted as nothing where the child left the family. What somebody judged stays.

Revision ID: 20261130_96
Revises: 20261130_95
"""

from alembic import op

revision = "20261130_96"
down_revision = "20261130_95"
branch_labels = None
depends_on = None

DOUBT = """
    UPDATE placement_ending e SET label = 'te beoordelen'
    WHERE e.judged_at IS NULL AND e.label IN ('volgens plan', 'geen uitkomst')
      AND (
        (e.code = '37' AND e.went_to <> 'blijft in dit gezin')
        OR EXISTS (
          SELECT 1 FROM breakdown_record r
          WHERE r.placement_id = e.placement_id AND r.kind = 'afgebroken'
        )
      )
"""


def upgrade() -> None:
    op.execute(DOUBT)


def downgrade() -> None:
    """Nothing: which of them waited for a person already is not known any more."""
