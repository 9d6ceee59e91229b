"""Beds with forms and days of their own, and who lives there from outside the region.

Revision ID: 20261128_27
Revises: 20261128_26c
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_27"
down_revision = "20261128_26c"
branch_labels = None
depends_on = None

COLUMNS = ("forms", "available_from", "available_until")
IN_ORDER = "availability_in_order"
FORMS = (
    "forms <@ ARRAY['crisis','hulpverlening','opvoeding','deeltijd']::text[] "
    "AND cardinality(forms) >= 1"
)


def upgrade() -> None:
    op.add_column("place", sa.Column("forms", postgresql.ARRAY(sa.Text()), nullable=True))
    for name in COLUMNS[1:]:
        op.add_column("place", sa.Column(name, sa.Date(), nullable=True))
    op.create_check_constraint(IN_ORDER, "place", "available_from <= available_until")
    op.create_check_constraint("forms", "place", FORMS)
    op.add_column(
        "occupation",
        sa.Column("from_outside", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("occupation", "from_outside")
    op.drop_constraint("forms", "place", type_="check")
    op.drop_constraint(IN_ORDER, "place", type_="check")
    for name in COLUMNS:
        op.drop_column("place", name)
