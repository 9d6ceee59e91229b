"""More boards stand ready: the region, waiting, placements, prevention and beside the country.

Revision ID: 20261130_93
Revises: 20261130_92
"""

from alembic import op

revision = "20261130_93"
down_revision = "20261130_92"
branch_labels = None
depends_on = None

TABLE = "kept_board"
NAME = f"ck_{TABLE}_name"
BEFORE = "name IN ('plekken', 'jaarverslag')"
NOW = (
    "name IN ('regio', 'regio zonder lijst', 'wachttijden', 'plaatsingen', 'plekken', "
    "'preventie', 'vergelijkingen', 'jaarverslag')"
)


def upgrade() -> None:
    _require(NOW)


def downgrade() -> None:
    # What stands ready is made anew within ten minutes.
    op.execute(f"DELETE FROM {TABLE} WHERE NOT {BEFORE}")
    _require(BEFORE)


def _require(rule: str) -> None:
    op.drop_constraint(op.f(NAME), TABLE, type_="check")
    op.create_check_constraint(op.f(NAME), TABLE, rule, postgresql_not_valid=True)
    op.execute(f"ALTER TABLE {TABLE} VALIDATE CONSTRAINT {NAME}")
