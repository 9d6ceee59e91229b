"""A child that another registered too is not a referrer's to change, nor to register beside it.

Revision ID: 20261129_60
Revises: 20261129_59
"""

from collections.abc import Iterator

from alembic import op

revision = "20261129_60"
down_revision = "20261129_59"
branch_labels = None
depends_on = None

ORGANISATION = "nullif(current_setting('pleegzorg.organisation', true), '')"
# Who asked, also where the system does the work for it (past_own): a referrer's acts on a child are
# held by this whatever the service does around them.
NO_REFERRER = "coalesce(current_setting('pleegzorg.asked_as', true), '') <> 'verwijzer'"
# What nobody owns came from the staff, so it is another's as well.
OF_OTHERS = f"""
CREATE FUNCTION pleegzorg_child_of_others(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM registration
     WHERE child_id = wanted
       AND (owner_organisation IS NULL OR owner_organisation IS DISTINCT FROM {ORGANISATION}))
$$
"""
FUNCTION = "pleegzorg_child_of_others(uuid)"
# Whoever writes these tables asks it, also where the answer is not waited for.
ROLES = "pleegzorg_app, pleegzorg_worker, pleegzorg_eraser"


def _policies() -> Iterator[tuple[str, str, str]]:
    """Yield table, for what, and the rule of the rows."""
    yield "child", "UPDATE", f"{NO_REFERRER} OR NOT pleegzorg_child_of_others(id)"
    for act in ("INSERT", "UPDATE", "DELETE"):
        yield "child_bsn", act, f"{NO_REFERRER} OR NOT pleegzorg_child_of_others(child_id)"
    # Beside another's only where it has one of its own already: a follow-up.
    known = "NOT pleegzorg_child_of_others(child_id) OR pleegzorg_referrer_sees_child(child_id)"
    yield "registration", "INSERT", f"{NO_REFERRER} OR {known}"


def upgrade() -> None:
    op.execute(OF_OTHERS)
    op.execute(f"REVOKE ALL ON FUNCTION {FUNCTION} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {FUNCTION} TO {ROLES}")
    for table, act, rule in _policies():
        using = "" if act == "INSERT" else f" USING ({rule})"
        check = "" if act == "DELETE" else f" WITH CHECK ({rule})"
        name = f"{table}_{act.lower()}_not_of_others"
        op.execute(f"CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR {act}{using}{check}")


def downgrade() -> None:
    for table, act, _ in _policies():
        op.execute(f"DROP POLICY {table}_{act.lower()}_not_of_others ON {table}")
    op.execute(f"DROP FUNCTION {FUNCTION}")
