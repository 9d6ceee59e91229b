"""A referrer reads why the sibling group of its own child waits, unless that names another's number.

Revision ID: 20261129_81
Revises: 20261129_80
"""

from alembic import op

revision = "20261129_81"
down_revision = "20261129_80"
branch_labels = None
depends_on = None

POLICY, TABLE = "sibling_group_hold_of_referrer", "sibling_group_hold"
REFERRER = "(SELECT current_setting('pleegzorg.role', true) = 'verwijzer')"
# A registration that was refused may be another's: its number stands in the row.
NAMELESS = "number = ''"


def upgrade() -> None:
    rule = f"{REFERRER} AND {NAMELESS} AND pleegzorg_referrer_sees_group(group_id)"
    op.execute(f"CREATE POLICY {POLICY} ON {TABLE} FOR SELECT USING ({rule})")


def downgrade() -> None:
    op.execute(f"DROP POLICY {POLICY} ON {TABLE}")
