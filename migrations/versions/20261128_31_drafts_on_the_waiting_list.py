"""What the waiting list shows of a draft beside the rest: age, area, brothers and sisters.

A draft of before has them from the next time it is saved: what it tells is sealed, with a key that
no migration has.

Revision ID: 20261128_31
Revises: 20261128_30
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_31"
down_revision = "20261128_30"
branch_labels = None
depends_on = None

COLUMNS = {
    "born_on": sa.Date,
    "postcode": sa.String,
    "municipality": sa.String,
    "sibling_group": sa.String,
}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("draft", sa.Column(name, kind(), nullable=True))
    op.create_index(op.f("ix_draft_sibling_group"), "draft", ["sibling_group"])


def downgrade() -> None:
    op.drop_index(op.f("ix_draft_sibling_group"), table_name="draft")
    for name in reversed(COLUMNS):
        op.drop_column("draft", name)
