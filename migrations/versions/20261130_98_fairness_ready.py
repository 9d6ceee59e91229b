"""The fairness board stands ready too.

Revision ID: 20261130_98
Revises: 20261130_97
"""

from alembic import op

revision = "20261130_98"
down_revision = "20261130_97"
branch_labels = None
depends_on = None

TABLE = "kept_board"
NAME = f"ck_{TABLE}_name"
BEFORE = (
    "name IN ('regio', 'regio zonder lijst', 'wachttijden', 'plaatsingen', 'plekken', "
    "'preventie', 'vergelijkingen', 'jaarverslag')"
)
NOW = BEFORE.replace("'jaarverslag'", "'jaarverslag', 'eerlijkheid'")


def upgrade() -> None:
    _require(NOW)


def downgrade() -> None:
    # What stands ready is made anew within ten minutes.
    op.execute(f"DELETE FROM {TABLE} WHERE NOT {BEFORE}")
    _require(BEFORE)


def _require(rule: str) -> None:
    # Not more than a dozen rows are looked at: nobody waits for that.
    op.drop_constraint(op.f(NAME), TABLE, type_="check")
    op.create_check_constraint(op.f(NAME), TABLE, rule, postgresql_not_valid=True)
    op.execute(f"ALTER TABLE {TABLE} VALIDATE CONSTRAINT {NAME}")
