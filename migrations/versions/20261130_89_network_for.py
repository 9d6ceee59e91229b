"""A family of somebody's own network is found by the child that it is for.

Asked whenever the file of a child is copied or removed, of all families of the region, few of which
name a child.

Revision ID: 20261130_89
Revises: 20261129_86
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_89"
down_revision = "20261129_86"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            op.f("ix_family_network_for"), "family", ["network_for"],
            postgresql_where=sa.text("network_for IS NOT NULL"),
            postgresql_concurrently=True, if_not_exists=True,
        )  # fmt: skip


def downgrade() -> None:
    op.drop_index(op.f("ix_family_network_for"), "family")
