"""A file is opened in need by who could need it: not by any provider and any referrer.

Revision ID: 20261129_56d
Revises: 20261129_56c
"""

from alembic import op

revision = "20261129_56d"
down_revision = "20261129_56c"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
OWN_ORGANISATION = "nullif(current_setting('pleegzorg.organisation', true), '')"
OPENERS = "'crisisdienst', 'aanbieder-matcher', 'verwijzer'"
# By whatever registration of the child. A month after it left: who runs away goes where it is known
# (a judgement). One definition for the service and for the rule of the table.
MAY_OPEN = f"""
CREATE FUNCTION pleegzorg_may_open_in_need(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH today AS (SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS day),
  mine AS (
    SELECT r.id, r.owner_organisation
      FROM registration AS r JOIN registration AS asked ON asked.child_id = r.child_id
     WHERE asked.id = wanted)
  SELECT CASE {ROLE}
    WHEN 'systeem' THEN true
    WHEN 'crisisdienst' THEN true
    WHEN 'verwijzer' THEN EXISTS (
      SELECT FROM mine WHERE mine.owner_organisation = {OWN_ORGANISATION})
    WHEN 'aanbieder-matcher' THEN EXISTS (
      SELECT FROM mine, today
        JOIN placement AS p ON true
        LEFT JOIN support_offer AS o ON o.placement_id = p.id AND o.family_id IS NOT NULL
         AND o.taken_up <> 'nee' AND coalesce(o.until, today.day) >= today.day
        JOIN family AS f ON f.id IN (p.family_id, o.family_id)
       WHERE p.registration_id = mine.id AND f.provider_id = {OWN_PROVIDER}
         AND coalesce(p.until, today.day) >= today.day - 30)
      OR EXISTS (
      SELECT FROM mine, today, begun_pair AS b JOIN family AS f ON f.id = b.family_id
       WHERE b.registration_id = mine.id AND b.state = 'loopt' AND b.held_until >= today.day
         AND f.provider_id = {OWN_PROVIDER})
    ELSE false END
$$
"""
OWN = (
    f"{ROLE} = role AND actor = current_setting('pleegzorg.actor', true)"
    " AND coalesce(provider_id::text, '') ="
    " coalesce(current_setting('pleegzorg.provider', true), '')"
    " AND coalesce(organisation, '') ="
    " coalesce(current_setting('pleegzorg.organisation', true), '')"
)
OPENED = f"{ROLE} = 'systeem' OR ({ROLE} IN ({OPENERS}) AND {OWN}"


def upgrade() -> None:
    op.execute(MAY_OPEN)
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_may_open_in_need(uuid) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION pleegzorg_may_open_in_need(uuid) TO pleegzorg_app")
    op.execute(
        "ALTER POLICY emergency_access_opened ON emergency_access "
        f"WITH CHECK ({OPENED} AND pleegzorg_may_open_in_need(registration_id)))"
    )


def downgrade() -> None:
    op.execute(f"ALTER POLICY emergency_access_opened ON emergency_access WITH CHECK ({OPENED}))")
    op.execute("DROP FUNCTION pleegzorg_may_open_in_need(uuid)")
