"""A provider's families are found by the index that also has their numbers, in that order.

A second index on the provider alone was taken instead of it: row-level security lets the planner
expect a handful of rows where a provider has thousands, so that it read and sorted them all for
one page of fifty.

Revision ID: 20261129_48
Revises: 20261128_45
"""

from alembic import op

revision = "20261129_48"
down_revision = "20261128_45"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_family_provider_id", table_name="family")


def downgrade() -> None:
    op.create_index("ix_family_provider_id", "family", ["provider_id"])
