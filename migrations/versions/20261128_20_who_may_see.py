"""Row-level security for every role that signs in: referrers, matchers, auditors, managers.

Revision ID: 20261128_20
Revises: 20261128_15b
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_20"
down_revision = "20261128_15b"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
STAFF_BEFORE = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'systeem')"
WITH_BSN = f"{ROLE} IN ('aanmeldpunt', 'crisisdienst', 'systeem')"
WITH_BSN_BEFORE = f"{ROLE} IN ('aanmeldpunt', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
FIGURES = f"{ROLE} IN ('auditor', 'regiomanager')"
REFERRER = f"{ROLE} = 'verwijzer'"
OF_PROVIDER = f"{ROLE} IN ('aanbieder-matcher', 'aanbieder-systeem')"
OWN_ORGANISATION = (
    "owner_organisation = nullif(current_setting('pleegzorg.organisation', true), '')"
)
OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"

# Policies of before, with who they are for in words of their own.
STAFF_ONLY = (
    "child", "registration", "registration_problem", "excluded_area", "sibling_group",
    "sibling_group_hold", "sibling_pair_wish", "recorded_no", "match_run", "run_progress",
    "proposal", "unplaced", "placement", "begun_pair",
)  # fmt: skip
OF_PROVIDERS = ("family", "import_batch")
FOLLOWING = {
    "family_form": ("family", "family_id"),
    "family_willingness": ("family", "family_id"),
    "housemate": ("family", "family_id"),
    "place": ("family", "family_id"),
    "occupation": ("place", "place_id"),
    "import_finding": ("import_batch", "import_id"),
    "import_change": ("import_batch", "import_id"),
    "import_content": ("import_batch", "import_id"),
    "import_chunk": ("import_batch", "import_id"),
}
# What hangs on a registration and its referrer may see.
OF_REGISTRATION = {
    "registration_problem": "registration_id",
    "excluded_area": "registration_id",
    "sibling_pair_wish": "registration_id",
}
# What an auditor reads: why the ranking was what it was.
AUDITED = (*STAFF_ONLY, *OF_PROVIDERS, *FOLLOWING)

# Owned by the migrator, who is not held by the policies: asked inside a policy on the same tables
# a plain sub-select would ask itself.
PROVIDER_SEES = f"""
CREATE FUNCTION pleegzorg_provider_sees(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM begun_pair JOIN family ON family.id = begun_pair.family_id
     WHERE begun_pair.registration_id = wanted
       AND begun_pair.state = 'loopt'
       AND family.provider_id = {OWN_PROVIDER})
$$
"""
# Functions, not sub-selects: each sub-select is planned again for every statement of everybody
# (0.5 ms for reading one child), also where the role before it has decided already.
REFERRER_SEES = """
CREATE FUNCTION pleegzorg_referrer_sees{suffix}(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM registration WHERE {key} = wanted AND {own})
$$
"""
REFERRED = {"": "id", "_child": "child_id", "_group": "sibling_group_id"}
FUNCTIONS = ("pleegzorg_provider_sees", *(f"pleegzorg_referrer_sees{s}" for s in REFERRED))


def upgrade() -> None:
    op.add_column("registration", sa.Column("owner_organisation", sa.String(), nullable=True))
    op.create_index(
        op.f("ix_registration_owner_organisation"), "registration", ["owner_organisation"]
    )
    op.execute(PROVIDER_SEES)
    for suffix, key in REFERRED.items():
        op.execute(REFERRER_SEES.format(suffix=suffix, key=key, own=OWN_ORGANISATION))
    for name in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {name}(uuid) FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name}(uuid) TO pleegzorg_app, pleegzorg_worker")
    _let_in(STAFF, WITH_BSN)
    _let_referrers_in()
    _let_providers_in()
    for table in AUDITED:
        who = FIGURES if table in ("match_run", "run_progress") else AUDITOR
        _add(f"{table}_audited", table, f"FOR SELECT USING ({who})")


def downgrade() -> None:
    for table in AUDITED:
        op.execute(f"DROP POLICY {table}_audited ON {table}")
    for table in ("registration", "begun_pair"):
        op.execute(f"DROP POLICY {table}_of_provider ON {table}")
    for table in ("registration", "child", "sibling_group", *OF_REGISTRATION):
        op.execute(f"DROP POLICY {table}_of_referrer ON {table}")
    _let_in(STAFF_BEFORE, WITH_BSN_BEFORE)
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}(uuid)")
    op.drop_index(op.f("ix_registration_owner_organisation"), table_name="registration")
    op.drop_column("registration", "owner_organisation")


def _let_in(staff: str, with_bsn: str) -> None:
    """Say anew who works with all children and families."""
    for table in STAFF_ONLY:
        _alter(table, staff, staff)
    _alter("child_bsn", with_bsn, with_bsn)
    for table in OF_PROVIDERS:
        own = f"{staff} OR provider_id = {OWN_PROVIDER}"
        _alter(table, own, own)
    for table, (owner, key) in FOLLOWING.items():
        found = f"FROM {owner} WHERE {owner}.id = {key}"
        _alter(table, f"{staff} OR EXISTS (SELECT 1 {found})", f"{staff} OR (SELECT true {found})")


def _let_referrers_in() -> None:
    """A referrer reads what its own organisation registered; it writes through the service."""
    own = f"{REFERRER} AND {OWN_ORGANISATION}"
    _add("registration_of_referrer", "registration", f"FOR SELECT USING ({own})")
    seen = {"child": "_child(id)", "sibling_group": "_group(id)"} | {
        table: f"({key})" for table, key in OF_REGISTRATION.items()
    }
    for table, asked in seen.items():
        rule = f"{REFERRER} AND pleegzorg_referrer_sees{asked}"
        _add(f"{table}_of_referrer", table, f"FOR SELECT USING ({rule})")


def _let_providers_in() -> None:
    """A provider knows of a child while its own family is being asked, and no longer."""
    _add(
        "registration_of_provider",
        "registration",
        f"FOR SELECT USING ({OF_PROVIDER} AND pleegzorg_provider_sees(id))",
    )
    own = "EXISTS (SELECT FROM family WHERE family.id = begun_pair.family_id)"
    _add("begun_pair_of_provider", "begun_pair", f"FOR SELECT USING ({OF_PROVIDER} AND {own})")


def _alter(table: str, seen: str, written: str) -> None:
    op.execute(f"ALTER POLICY {table}_seen ON {table} USING ({seen}) WITH CHECK ({written})")


def _add(name: str, table: str, rule: str) -> None:
    op.execute(f"CREATE POLICY {name} ON {table} {rule}")
