"""Who asks is worked out once a statement, no longer for every row that a policy judges (ADR 0067).

The same conditions: what depends on nothing but the asker stands in a SELECT of its own, which
PostgreSQL runs once and then knows.

Revision ID: 20261129_80
Revises: 20261129_75
"""

import re

from alembic import op

revision = "20261129_80"
down_revision = "20261129_75"
branch_labels = None
depends_on = None

# What a policy says of the asker alone, as pg_get_expr writes it. The word behind it is quoted, so
# that nothing of a row is taken along.
_ROLE = r"current_setting\('pleegzorg\.role'::text, true\)"
_GIVEN = r"current_setting\('pleegzorg\.(?:provider|organisation)'::text, true\)"
ONCE = (
    rf"{_ROLE} = ANY \(ARRAY\[[^\]]*\]\)",
    rf"{_ROLE} = '[^']*'::text",
    rf"\(NULLIF\({_GIVEN}, ''::text\)\)::uuid",
    rf"NULLIF\({_GIVEN}, ''::text\)(?!\)::uuid)",
)
WORDS = re.compile("|".join(ONCE))
POLICIES = """
SELECT quote_ident(polname) AS name, polrelid::regclass::text AS place,
       pg_get_expr(polqual, polrelid) AS judged
  FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
 WHERE relnamespace = current_schema()::regnamespace AND polqual IS NOT NULL
 ORDER BY 2, 1
"""


def upgrade() -> None:
    connection = op.get_bind()
    for policy in connection.exec_driver_sql(POLICIES).all():
        wanted = WORDS.sub(lambda said: f"(SELECT {said[0]})", policy.judged)
        if wanted != policy.judged:
            changed = f"ALTER POLICY {policy.name} ON {policy.place} USING ({wanted})"
            # A percent sign is a parameter to the driver.
            connection.exec_driver_sql(changed.replace("%", "%%"))


def downgrade() -> None:
    """The conditions are the same: code of before obeys them as it did."""
