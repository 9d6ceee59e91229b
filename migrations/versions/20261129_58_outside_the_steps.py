"""On what ground a placement did not come from a step, who said yes, and what is searched for next.

The constraints hold for what is written from now on; 20261129_59 looks at what was there.

Revision ID: 20261129_58
Revises: 20261129_57
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_58"
down_revision = "20261129_57"
branch_labels = None
depends_on = None

ORIGINS = ("besluit", "crisis", "gemeld", "verplaatst")
GROUNDS = ("afgesproken", "eigen netwerk", "overgenomen", "acuut")
SEALED = ("referrer", "choice_reason", "no_follow_up_reason")

# As pleegzorg_is_proposed: the rules on rows hide from a provider what it may know there is.
IS_SEARCHED_FOR = """
CREATE FUNCTION pleegzorg_is_searched_for(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM registration own JOIN registration other ON other.child_id = own.child_id
     WHERE own.id = wanted AND other.state = 'zoekt')
$$
"""
FUNCTION = "pleegzorg_is_searched_for(uuid)"


def upgrade() -> None:
    for name in ("provider_yes_on", "referrer_yes_on"):
        op.add_column("placement", sa.Column(name, sa.Date()))
    op.add_column("placement", sa.Column("outside_ground", sa.String(length=40)))
    for name in SEALED:
        op.add_column("placement", sa.Column(name, sa.String()))
        _require(f"{name}_sealed", f"starts_with({name}, 'pz1.')")
    _require("outside_ground", _among("outside_ground", GROUNDS))
    op.drop_constraint(op.f("ck_placement_origin"), "placement", type_="check")
    _require("origin", _among("origin", ORIGINS))
    op.execute(IS_SEARCHED_FOR)
    op.execute(f"REVOKE ALL ON FUNCTION {FUNCTION} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {FUNCTION} TO pleegzorg_app, pleegzorg_eraser")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {FUNCTION}")
    op.drop_constraint(op.f("ck_placement_origin"), "placement", type_="check")
    op.execute("UPDATE placement SET origin = 'gemeld' WHERE origin = 'verplaatst'")
    _require("origin", _among("origin", ORIGINS[:-1]))
    for name in ("outside_ground", "provider_yes_on", "referrer_yes_on", *SEALED):
        op.drop_column("placement", name)


def _require(name: str, rule: str) -> None:
    op.create_check_constraint(
        op.f(f"ck_placement_{name}"), "placement", rule, postgresql_not_valid=True
    )


def _among(column: str, words: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"
