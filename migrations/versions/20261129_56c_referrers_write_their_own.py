"""A referrer writes under its own name, and what its own organisation registered alone.

Revision ID: 20261129_56c
Revises: 20261129_56b
"""

from collections.abc import Iterator

from alembic import op

revision = "20261129_56c"
down_revision = "20261129_56b"
branch_labels = None
depends_on = None

REFERRER = "current_setting('pleegzorg.role', true) = 'verwijzer'"
OWN = "owner_organisation = nullif(current_setting('pleegzorg.organisation', true), '')"
# A function, as for reading (20261128_20): it asks about the table whose rule it stands in.
SEES = "pleegzorg_referrer_sees(registration_id)"
SEES_CHILD = "pleegzorg_referrer_sees_child(id)"
# What hangs on a registration: what is done with it there, besides being read.
HANGING = {
    "registration_problem": ("INSERT", "DELETE"),
    "excluded_area": ("INSERT", "DELETE"),
    "sibling_pair_wish": ("INSERT", "DELETE"),
    "legal_frame": ("INSERT", "UPDATE"),
    "authority_holder": ("INSERT", "UPDATE", "DELETE"),
    "consent_withdrawal": ("INSERT",),
    "fact_correction": ("INSERT",),
}


def _policies() -> Iterator[tuple[str, str, str, str]]:
    """Yield table, name, for what, and the rule of the rows."""
    # A child that nobody has registered yet is nobody's: its registration comes right after it.
    yield "child", "made_by_referrer", "INSERT", REFERRER
    yield "child", "update_by_referrer", "UPDATE", f"{REFERRER} AND {SEES_CHILD}"
    for act in ("INSERT", "UPDATE"):
        yield "registration", f"{act.lower()}_by_referrer", act, f"{REFERRER} AND {OWN}"
    for table, acts in HANGING.items():
        for act in acts:
            yield table, f"{act.lower()}_by_referrer", act, f"{REFERRER} AND {SEES}"


def upgrade() -> None:
    for table, name, act, rule in _policies():
        using = "" if act == "INSERT" else f" USING ({rule})"
        check = "" if act == "DELETE" else f" WITH CHECK ({rule})"
        op.execute(f"CREATE POLICY {table}_{name} ON {table} FOR {act}{using}{check}")


def downgrade() -> None:
    for table, name, _, _ in _policies():
        op.execute(f"DROP POLICY {table}_{name} ON {table}")
