"""What is asked of a registration is asked everywhere: when brothers and sisters are reunited.

Revision ID: 20261129_56
Revises: 20261129_55
"""

from alembic import op

revision = "20261129_56"
down_revision = "20261129_55"
branch_labels = None
depends_on = None

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
    op.execute(REUNION)
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_reunion_open(uuid, date) FROM PUBLIC")
    op.execute(
        "GRANT EXECUTE ON FUNCTION pleegzorg_reunion_open(uuid, date) "
        "TO pleegzorg_app, pleegzorg_worker"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION pleegzorg_reunion_open(uuid, date)")
