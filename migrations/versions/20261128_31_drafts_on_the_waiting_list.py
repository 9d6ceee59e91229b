"""What a waiting list shows of drafts beside the rest, and asked of all children at once.

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


# As pleegzorg_is_proposed and pleegzorg_has_bsn, of everybody in one call: a list of a thousand
# children asks one by one for longer than all the rest of it takes.
ALL_PROPOSED = """
CREATE FUNCTION pleegzorg_all_proposed(day date) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT registration_id FROM begun_pair WHERE state = 'loopt' AND held_until >= day
$$
"""
ALL_WITH_BSN = """
CREATE FUNCTION pleegzorg_all_with_bsn() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT child_id FROM child_bsn
$$
"""
FUNCTIONS = ("pleegzorg_all_proposed(date)", "pleegzorg_all_with_bsn()")


def upgrade() -> None:
    op.execute(ALL_PROPOSED)
    op.execute(ALL_WITH_BSN)
    for name in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO pleegzorg_app, pleegzorg_worker")
    for name, kind in COLUMNS.items():
        op.add_column("draft", sa.Column(name, kind(), nullable=True))
    op.create_index(op.f("ix_draft_sibling_group"), "draft", ["sibling_group"])


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    op.drop_index(op.f("ix_draft_sibling_group"), table_name="draft")
    for name in reversed(COLUMNS):
        op.drop_column("draft", name)
