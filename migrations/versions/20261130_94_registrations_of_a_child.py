"""The registrations of a child are found by the child.

Whether the home of a child is secret is asked of every step, placement and proposal that is shown,
and each time all registrations of the region were read to find the other ones of that child.

Revision ID: 20261130_94
Revises: 20261130_93
"""

from alembic import op

revision = "20261130_94"
down_revision = "20261130_93"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            op.f("ix_registration_child_id"), "registration", ["child_id"],
            postgresql_concurrently=True, if_not_exists=True,
        )  # fmt: skip


def downgrade() -> None:
    op.drop_index(op.f("ix_registration_child_id"), "registration")
