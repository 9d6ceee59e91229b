"""Taking back a confirmation and the withdrawal of a draft, for a few minutes by who did it.

Revision ID: 20261128_45
Revises: 20261128_44
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_45"
down_revision = "20261128_44"
branch_labels = None
depends_on = None

FAMILY = {
    "confirmed_by": sa.String(),
    "confirmed_in": sa.BigInteger(),
    "confirmed_before": sa.DateTime(timezone=True),
    "asked_before": sa.Boolean(),
}
DRAFT = {
    "kept": sa.LargeBinary(),
    "kept_by": sa.String(),
    "kept_at": sa.DateTime(timezone=True),
}
RULE = "(kept IS NULL) = (kept_at IS NULL) AND (kept IS NULL OR state = 'ingetrokken')"


def upgrade() -> None:
    for table, columns in (("family", FAMILY), ("draft", DRAFT)):
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_check_constraint(op.f("ck_draft_kept_for_a_while"), "draft", RULE)
    # The worker lets go of what was kept; it reads nothing of what a draft tells.
    op.execute("GRANT SELECT (id, kept_at) ON draft TO pleegzorg_worker")
    op.execute("GRANT UPDATE (kept, kept_by, kept_at) ON draft TO pleegzorg_worker")


def downgrade() -> None:
    op.execute("REVOKE UPDATE (kept, kept_by, kept_at) ON draft FROM pleegzorg_worker")
    op.drop_constraint(op.f("ck_draft_kept_for_a_while"), "draft")
    for table, columns in (("draft", DRAFT), ("family", FAMILY)):
        for name in columns:
            op.drop_column(table, name)
