"""Drafts, the history of a registration, its legal frame, and one clock for its waiting.

Revision ID: 20261128_22
Revises: 20261128_21
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_22"
down_revision = "20261128_21"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
REFERRER = f"{ROLE} = 'verwijzer'"
ADMINISTRATOR = f"{ROLE} IN ('beheerder', 'systeem')"
OWN = "owner_organisation = nullif(current_setting('pleegzorg.organisation', true), '')"
STAGES = "'concept', 'compleet', 'zoekt', 'voorgesteld', 'geplaatst', 'gesloten', 'ingetrokken'"
FORMS = "'crisis', 'hulpverlening', 'opvoeding', 'deeltijd'"
URGENCIES = "'crisis', 'spoed', 'regulier'"
AUTHORITY = "'ouder', 'voogd', 'gecertificeerde instelling', 'niemand'"
CONSENT = "'ja', 'nee', 'onbekend'"

# As the owner of the tables: nobody else can write the history, so nobody can forget or forge it.
NOTE = """
CREATE FUNCTION pleegzorg_note_stage(wanted uuid, stage text, told text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text;
BEGIN
  SELECT to_stage INTO before FROM stage_change
   WHERE registration_id = wanted ORDER BY id DESC LIMIT 1;
  IF before = stage THEN RETURN; END IF;
  INSERT INTO stage_change (registration_id, from_stage, to_stage, actor, role, reason)
  VALUES (
    wanted, before, stage,
    coalesce(nullif(current_setting('pleegzorg.actor', true), ''), current_user),
    coalesce(nullif(current_setting('pleegzorg.asked_as', true), ''),
             nullif(current_setting('pleegzorg.role', true), ''), 'database'),
    coalesce(told, nullif(current_setting('pleegzorg.reason', true), '')));
END $$
"""
OF_REGISTRATION = """
CREATE FUNCTION pleegzorg_note_registration() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.state <> OLD.state THEN
    PERFORM pleegzorg_note_stage(NEW.id, NEW.state, NEW.withdrawal_reason);
  END IF;
  RETURN NULL;
END $$
"""
OF_DRAFT = """
CREATE FUNCTION pleegzorg_note_draft() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.state <> OLD.state THEN
    PERFORM pleegzorg_note_stage(NEW.id, NEW.state, NULL);
  END IF;
  RETURN NULL;
END $$
"""
# A child is 'voorgesteld' while people are busy with one family: no column of its own, so that it
# cannot say otherwise than the steps do.
OF_PAIR = """
CREATE FUNCTION pleegzorg_note_pair() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM registration WHERE id = NEW.registration_id AND state = 'zoekt') THEN
    RETURN NULL;
  END IF;
  IF NEW.state = 'loopt' THEN
    PERFORM pleegzorg_note_stage(NEW.registration_id, 'voorgesteld', NULL);
  ELSIF TG_OP = 'UPDATE' AND OLD.state = 'loopt' THEN
    PERFORM pleegzorg_note_stage(NEW.registration_id, 'zoekt', NEW.reason);
  END IF;
  RETURN NULL;
END $$
"""
HAS_BSN = """
CREATE FUNCTION pleegzorg_has_bsn(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM child_bsn WHERE child_id = wanted)
$$
"""
# Of a child that one may see by itself: who may not see families or numbers still sees this much.
IS_PROPOSED = """
CREATE FUNCTION pleegzorg_is_proposed(wanted uuid, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM begun_pair
     WHERE registration_id = wanted AND state = 'loopt' AND held_until >= day)
$$
"""
TRIGGERS = {
    "registration": ("pleegzorg_note_registration", "INSERT OR UPDATE OF state"),
    "draft": ("pleegzorg_note_draft", "INSERT OR UPDATE OF state"),
    "begun_pair": ("pleegzorg_note_pair", "INSERT OR UPDATE OF state"),
}
FUNCTIONS = (
    "pleegzorg_note_registration()",
    "pleegzorg_note_draft()",
    "pleegzorg_note_pair()",
    "pleegzorg_note_stage(uuid, text, text)",
)
ASKED = ("pleegzorg_has_bsn(uuid)", "pleegzorg_is_proposed(uuid, date)")


def upgrade() -> None:
    _add_clock()
    _make_stage_change()
    _make_draft()
    _make_legal_frame()
    _make_provider_contract()
    for function in (NOTE, OF_REGISTRATION, OF_DRAFT, OF_PAIR, HAS_BSN, IS_PROPOSED):
        op.execute(function)
    for function in (*FUNCTIONS, *ASKED):
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for function in ASKED:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pleegzorg_app, pleegzorg_worker")
    # What was there before: registered, and where it stands now.
    op.execute(
        "INSERT INTO stage_change (registration_id, to_stage, actor, role, at)"
        " SELECT id, state, 'migratie', 'database', created_at FROM registration"
    )
    for table, (function, when) in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER {table}_stage AFTER {when} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    _protect()


def downgrade() -> None:
    for table in TRIGGERS:
        op.execute(f"DROP TRIGGER {table}_stage ON {table}")
    for function in (*FUNCTIONS, *ASKED):
        op.execute(f"DROP FUNCTION {function}")
    for table in ("stage_change", "draft", "authority_holder", "legal_frame", "provider_contract"):
        op.drop_table(table)
    op.drop_index(op.f("ix_registration_follows_id"), table_name="registration")
    for column in ("follows_id", "first_registered_on", "clock_from"):
        op.drop_column("registration", column)


def _among(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} IN ({words})", name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, owner: str, key: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.{key}"], name=name, **more)


def _add_clock() -> None:
    op.add_column("registration", sa.Column("follows_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_registration_follows_id_registration"),
        "registration",
        "registration",
        ["follows_id"],
        ["id"],
    )
    op.create_index(op.f("ix_registration_follows_id"), "registration", ["follows_id"])
    for column in ("first_registered_on", "clock_from"):
        op.add_column("registration", sa.Column(column, sa.Date(), nullable=True))


def _make_stage_change() -> None:
    table = "stage_change"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("from_stage", sa.String(40), nullable=True),
        sa.Column("to_stage", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        _among(table, "from_stage", STAGES),
        _among(table, "to_stage", STAGES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    op.create_index(op.f("ix_stage_change_registration_id"), table, ["registration_id"])


def _make_draft() -> None:
    table = "draft"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("care_form", sa.String(40), nullable=True),
        sa.Column("urgency", sa.String(40), nullable=True),
        sa.Column("staying_now", sa.String(), nullable=True),
        sa.Column("leave_by", sa.Date(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("owner_organisation", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _among(table, "state", STAGES),
        _among(table, "care_form", FORMS),
        _among(table, "urgency", URGENCIES),
        sa.CheckConstraint(
            "state IN ('concept', 'compleet', 'ingetrokken')", name=op.f("ck_draft_state_of_draft")
        ),
        sa.CheckConstraint(
            "(state = 'ingetrokken') = (sealed IS NULL)", name=op.f("ck_draft_empty_if_withdrawn")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_owner_organisation"), table, ["owner_organisation"])


def _make_legal_frame() -> None:
    op.create_table(
        "legal_frame",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("order_executed_on", sa.Date(), nullable=True),
        sa.Column("order_ends_on", sa.Date(), nullable=True),
        sa.Column("supervision_ends_on", sa.Date(), nullable=True),
        sa.Column("responsible_municipality", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("legal_frame", "registration_id", "registration", "id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_legal_frame")),
    )
    table = "authority_holder"
    op.create_table(
        table,
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("consent", sa.String(40), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        _among(table, "kind", AUTHORITY),
        _among(table, "consent", CONSENT),
        _refers(table, "registration_id", "legal_frame", "registration_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("registration_id", "ordinal", name=op.f(f"pk_{table}")),
    )


def _make_provider_contract() -> None:
    op.create_table(
        "provider_contract",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("municipalities", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("provider_contract", "provider_id", "provider", "id"),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider_contract")),
    )


def _protect() -> None:
    tables = ("stage_change", "draft", "legal_frame", "authority_holder", "provider_contract")
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"GRANT SELECT ON {', '.join(tables)} TO pleegzorg_app, pleegzorg_worker")
    op.execute("GRANT INSERT, UPDATE ON draft, legal_frame, provider_contract TO pleegzorg_app")
    op.execute("GRANT INSERT, DELETE ON authority_holder TO pleegzorg_app")
    op.execute("GRANT DELETE ON draft TO pleegzorg_app")
    _policy("stage_change", "seen", f"FOR SELECT USING ({STAFF} OR {AUDITOR})")
    own = "registration WHERE registration.id = stage_change.registration_id"
    own_draft = "draft WHERE draft.id = stage_change.registration_id"
    _policy(
        "stage_change",
        "of_referrer",
        f"FOR SELECT USING ({REFERRER} AND (EXISTS (SELECT FROM {own})"
        f" OR EXISTS (SELECT FROM {own_draft})))",
    )
    _policy("draft", "seen", f"USING ({STAFF}) WITH CHECK ({STAFF})")
    _policy(
        "draft", "of_referrer", f"USING ({REFERRER} AND {OWN}) WITH CHECK ({REFERRER} AND {OWN})"
    )
    for table in ("legal_frame", "authority_holder"):
        _policy(table, "seen", f"USING ({STAFF}) WITH CHECK ({STAFF})")
        _policy(table, "audited", f"FOR SELECT USING ({AUDITOR})")
        found = f"registration WHERE registration.id = {table}.registration_id"
        _policy(
            table, "of_referrer", f"FOR SELECT USING ({REFERRER} AND EXISTS (SELECT FROM {found}))"
        )
    # Which provider works for which municipality is about nobody: every role may read it.
    _policy("provider_contract", "seen", "FOR SELECT USING (true)")
    _policy(
        "provider_contract",
        "configured",
        f"USING ({ADMINISTRATOR}) WITH CHECK ({ADMINISTRATOR})",
    )


def _policy(table: str, name: str, rule: str) -> None:
    op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
