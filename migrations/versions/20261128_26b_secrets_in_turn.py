"""Two secrets of a subscription at once, while the newer takes over.

Revision ID: 20261128_26b
Revises: 20261128_26
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_26b"
down_revision = "20261128_26"
branch_labels = None
depends_on = None

CHECK = "ck_subscription_previous_secret_ends"


def upgrade() -> None:
    op.add_column("subscription", sa.Column("previous_secret", sa.LargeBinary(), nullable=True))
    op.add_column(
        "subscription", sa.Column("previous_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_check_constraint(
        op.f(CHECK), "subscription", "(previous_secret IS NULL) = (previous_until IS NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), "subscription", type_="check")
    op.drop_column("subscription", "previous_until")
    op.drop_column("subscription", "previous_secret")
