"""A municipality reads and fills in its own self-evaluation, and nothing else (ADR 0078).

Policies of their own beside those of the region: what those let through stays as it was. On no other
table does the role get one, so row-level security gives it no row there.

Revision ID: 20261130_91
Revises: 20261130_89
"""

from alembic import op

revision = "20261130_91"
down_revision = "20261130_89"
branch_labels = None
depends_on = None

IS_MUNICIPALITY = "(SELECT current_setting('pleegzorg.role', true) = 'gemeente')"
OWN = (
    f"{IS_MUNICIPALITY} AND municipality_code = "
    "(SELECT nullif(current_setting('pleegzorg.organisation', true), ''))"
)
# Who typed an answer stands beside it: a municipality cannot let it be somebody else.
OWN_NAME = (
    "role = current_setting('pleegzorg.role', true) "
    "AND actor = current_setting('pleegzorg.actor', true)"
)
ADDED = {"survey_form": OWN, "survey_response": f"{OWN} AND {OWN_NAME}"}


def upgrade() -> None:
    for table, added in ADDED.items():
        op.execute(f"CREATE POLICY {table}_of_municipality ON {table} FOR SELECT USING ({OWN})")
        op.execute(
            f"CREATE POLICY {table}_added_by_municipality ON {table} "
            f"FOR INSERT WITH CHECK ({added})"
        )
    op.execute(
        "CREATE POLICY survey_form_went_on_by_municipality ON survey_form FOR UPDATE "
        f"USING ({OWN}) WITH CHECK ({OWN})"
    )


def downgrade() -> None:
    op.execute("DROP POLICY survey_form_went_on_by_municipality ON survey_form")
    for table in ADDED:
        op.execute(f"DROP POLICY {table}_added_by_municipality ON {table}")
        op.execute(f"DROP POLICY {table}_of_municipality ON {table}")
