"""What is asked of a registration is asked everywhere: when a stay ends, and when a split does.

Revision ID: 20261129_56
Revises: 20261129_55
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_56"
down_revision = "20261129_55"
branch_labels = None
depends_on = None

# Typed by people about people, so nothing but what is sealed is taken (see 20261129_52).
SEALED = """
ALTER TABLE registration ADD CONSTRAINT ck_registration_end_unknown_sealed
CHECK (starts_with(end_unknown, 'pz1.')) NOT VALID
"""
# Of a placement that one may see by itself: a provider sees no registration any more once the child
# lives with its family, and still has to know that this waits for somebody.
REUNION = """
CREATE FUNCTION pleegzorg_reunion_open(wanted uuid, near date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM registration
     WHERE id = wanted AND sibling_wish IS DISTINCT FROM 'apart'
       AND (reunite_by IS NULL OR reunite_by <= near))
$$
"""


def upgrade() -> None:
    op.add_column("registration", sa.Column("end_unknown", sa.String(), nullable=True))
    op.execute(SEALED)
    op.execute(REUNION)
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_reunion_open(uuid, date) FROM PUBLIC")
    op.execute(
        "GRANT EXECUTE ON FUNCTION pleegzorg_reunion_open(uuid, date) "
        "TO pleegzorg_app, pleegzorg_worker"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION pleegzorg_reunion_open(uuid, date)")
    op.drop_column("registration", "end_unknown")
