"""What was tried before a placement, and whose wish and why for brothers and sisters.

Revision ID: 20261128_22b
Revises: 20261128_22
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261128_22b"
down_revision = "20261128_22"
branch_labels = None
depends_on = None

WISH_OF = "'kind', 'broer of zus', 'ouder', 'voogd', 'hulpverlener'"
ON_REGISTRATION = {"prevention": JSONB(), "split_reason": sa.String(), "reunite_by": sa.Date()}
ON_WISH = {"whose": sa.String(40), "why": sa.String(), "contra_indication": sa.String()}


def upgrade() -> None:
    for name, kind in ON_REGISTRATION.items():
        op.add_column("registration", sa.Column(name, kind, nullable=True))
    for name, kind in ON_WISH.items():
        op.add_column("sibling_pair_wish", sa.Column(name, kind, nullable=True))
    op.create_check_constraint(
        op.f("ck_sibling_pair_wish_whose"), "sibling_pair_wish", f"whose IN ({WISH_OF})"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_sibling_pair_wish_whose"), "sibling_pair_wish", type_="check")
    for name in ON_WISH:
        op.drop_column("sibling_pair_wish", name)
    for name in ON_REGISTRATION:
        op.drop_column("registration", name)
