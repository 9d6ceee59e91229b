"""What happened to a provider that merged since is read by, and told to, the one it is part of now.

Revision ID: 20261129_83
Revises: 20261129_81
"""

from alembic import op

revision = "20261129_83"
down_revision = "20261129_81"
branch_labels = None
depends_on = None

# What happened is never rewritten (ADR 0040), so an event keeps the provider of its day; whoever
# reads it is looked up. Of a merger into what merged itself, too.
MERGED_WITH = """
CREATE FUNCTION pleegzorg_merged_with(wanted uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE same AS (
    SELECT wanted AS id
    UNION SELECT provider.id FROM provider JOIN same ON provider.merged_into_id = same.id)
  SELECT array_agg(id) FROM same
$$
"""
FUNCTION = "pleegzorg_merged_with(uuid)"
ROLES = "pleegzorg_app, pleegzorg_worker, pleegzorg_eraser"

# Up from whom it happened to, once: asked for each subscription it would be found anew each time.
SUBSCRIBERS = """
CREATE OR REPLACE FUNCTION pleegzorg_subscribers(happened text, whose uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE part_of AS (
    SELECT whose AS id
    UNION SELECT provider.merged_into_id FROM provider JOIN part_of ON provider.id = part_of.id
     WHERE provider.merged_into_id IS NOT NULL)
  SELECT id FROM subscription
   WHERE state = 'loopt'
     AND (not_before IS NULL OR not_before <= now())
     AND (cardinality(kinds) = 0 OR happened = ANY (kinds))
     AND (provider_id IS NULL OR provider_id IN (SELECT part_of.id FROM part_of))
$$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION pleegzorg_subscribers(happened text, whose uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM subscription
   WHERE state = 'loopt'
     AND (not_before IS NULL OR not_before <= now())
     AND (cardinality(kinds) = 0 OR happened = ANY (kinds))
     AND (provider_id IS NULL OR provider_id = whose)
$$
"""

OWN = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
STAFF = (
    "(SELECT current_setting('pleegzorg.role', true) IN "
    "('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem'))"
)
OF_PROVIDER = (
    "(SELECT current_setting('pleegzorg.role', true) IN ('aanbieder-matcher', 'aanbieder-systeem'))"
)


def _read_by(whose: str) -> str:
    # Who may write an event stays as it was: of a provider, only what happens to itself.
    return f"ALTER POLICY event_seen ON event USING ({STAFF} OR ({OF_PROVIDER} AND {whose}))"


def upgrade() -> None:
    op.execute(MERGED_WITH)
    op.execute(f"REVOKE ALL ON FUNCTION {FUNCTION} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {FUNCTION} TO {ROLES}")
    op.execute(SUBSCRIBERS)
    op.execute(_read_by(f"provider_id = ANY ((SELECT pleegzorg_merged_with({OWN}))::uuid[])"))


def downgrade() -> None:
    op.execute(_read_by(f"provider_id = (SELECT {OWN})"))
    op.execute(BEFORE)
    op.execute(f"DROP FUNCTION {FUNCTION}")
