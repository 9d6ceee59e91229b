"""A home is secret of the brothers and sisters there too, and its provider knows who lives there.

Revision ID: 20261129_75
Revises: 20261129_61
"""

from alembic import op

revision = "20261129_75"
down_revision = "20261129_61"
branch_labels = None
depends_on = None

OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
# Where somebody lives, lived, sleeps tonight or is being brought. By any registration of a child.
HOMES = """
    SELECT family_id FROM placement WHERE registration_id IN (SELECT id FROM {who})
    UNION SELECT family_id FROM begun_pair
     WHERE registration_id IN (SELECT id FROM {who}) AND state = 'loopt'
    UNION SELECT place.family_id FROM occupation JOIN place ON place.id = occupation.place_id
     WHERE occupation.registration_id IN (SELECT id FROM {who}) AND released_at IS NULL"""
# Not of anybody else in that home: that its home became hidden would itself tell that a secret
# child moved in (ADR 0075). Security definer: a brother or sister may be another referrer's.
SECRET_HOMES = f"""
CREATE FUNCTION pleegzorg_secret_homes(wanted uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH mine AS (
    SELECT own.id, own.child_id, own.sibling_group_id
      FROM registration AS own JOIN registration AS asked ON asked.child_id = own.child_id
     WHERE asked.id = wanted),
  beside AS (
    SELECT r.child_id FROM registration AS r JOIN mine ON r.sibling_group_id = mine.sibling_group_id
     WHERE r.child_id <> mine.child_id),
  kin AS (
    SELECT r.id FROM registration AS r
     WHERE r.child_id IN (
       SELECT s.child_id FROM registration AS s JOIN beside ON beside.child_id = s.child_id
        WHERE s.secret_placement))
  {HOMES.format(who="kin")}
$$
"""
HOME_IS_SECRET = f"""
CREATE FUNCTION pleegzorg_home_is_secret(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH mine AS (
    SELECT own.id, own.secret_placement
      FROM registration AS own JOIN registration AS asked ON asked.child_id = own.child_id
     WHERE asked.id = wanted)
  SELECT EXISTS (SELECT FROM mine WHERE secret_placement) OR EXISTS (
    SELECT FROM ({HOMES.format(who="mine")}) AS home
      JOIN pleegzorg_secret_homes(wanted) AS secret ON secret = home.family_id)
$$
"""
FUNCTIONS = ("pleegzorg_home_is_secret(uuid)", "pleegzorg_secret_homes(uuid)")
ROLES = "pleegzorg_app, pleegzorg_worker, pleegzorg_eraser"

PROVIDER_SEES = f"""
CREATE OR REPLACE FUNCTION pleegzorg_provider_sees(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM begun_pair JOIN family ON family.id = begun_pair.family_id
     WHERE begun_pair.registration_id = wanted
       AND begun_pair.state = 'loopt'
       AND family.provider_id = {OWN_PROVIDER})
    OR EXISTS (
    SELECT FROM placement JOIN family ON family.id = placement.family_id
     WHERE placement.registration_id = wanted
       AND placement.since <= {TODAY}
       AND (placement.until IS NULL OR placement.until >= {TODAY})
       AND family.provider_id = {OWN_PROVIDER})
$$
"""
BEFORE = f"""
CREATE OR REPLACE FUNCTION pleegzorg_provider_sees(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM begun_pair JOIN family ON family.id = begun_pair.family_id
     WHERE begun_pair.registration_id = wanted
       AND (begun_pair.state = 'loopt'
       OR (begun_pair.state = 'geplaatst' AND EXISTS (
             SELECT FROM placement
              WHERE placement.registration_id = begun_pair.registration_id
                AND placement.family_id = begun_pair.family_id
                AND (placement.until IS NULL OR placement.until >= current_date))))
       AND family.provider_id = {OWN_PROVIDER})
$$
"""


def upgrade() -> None:
    op.execute(SECRET_HOMES)
    op.execute(HOME_IS_SECRET)
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {ROLES}")
    op.execute(PROVIDER_SEES)


def downgrade() -> None:
    op.execute(BEFORE)
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
