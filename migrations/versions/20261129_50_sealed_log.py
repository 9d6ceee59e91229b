"""The log says for whom, through what and for what; it is sealed in a chain; emergency access.

Revision ID: 20261129_50
Revises: 20261128_45
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_50"
down_revision = "20261129_49"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
READER = f"{ROLE} IN ('auditor', 'systeem')"
PURPOSES = (
    "aanmelden", "gezinnen bijhouden", "matchen", "plaatsen", "begeleiden", "crisis",
    "noodtoegang", "verantwoorden", "leren van uitkomsten", "toezicht", "gegevens uitwisselen",
    "rechten van betrokkenen", "beheer", "niet vastgelegd",
)  # fmt: skip
OPENERS = "'crisisdienst', 'aanbieder-matcher', 'verwijzer'"
ADDED = (
    "operation, actor, role, provider_id, organisation, subject, reference, outcome, request_id,"
    " client, purpose, trace_id"
)
ONLY_ADDED = "het logboek wordt alleen bijgeschreven"
# Five years: NEN 7513. Also for the owner of the tables, and whatever `before` says.
KEPT = "interval '5 years'"
FORGETTING = "coalesce(current_setting('pleegzorg.forgetting', true), '') = 'ja'"

KEEP_LINES = f"""
CREATE FUNCTION pleegzorg_audit_keep_lines() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF {FORGETTING} AND OLD.at < now() - {KEPT} THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '{ONLY_ADDED}' USING ERRCODE = 'insufficient_privilege';
END $$
"""
KEEP_SEALS = f"""
CREATE FUNCTION pleegzorg_audit_keep_seals() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF {FORGETTING} AND OLD.newest_at < now() - {KEPT} AND NEW.marks IS NULL
       AND (to_jsonb(NEW) - 'marks') = (to_jsonb(OLD) - 'marks') THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{ONLY_ADDED}' USING ERRCODE = 'insufficient_privilege';
END $$
"""
KEEP_WHOLE = f"""
CREATE FUNCTION pleegzorg_audit_keep_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '{ONLY_ADDED}' USING ERRCODE = 'insufficient_privilege';
END $$
"""
# Whole batches from the oldest on, and none past the first that must stay: what is left is one
# stretch, whose beginning the seals tell.
FORGET = f"""
CREATE FUNCTION pleegzorg_audit_forget(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  latest timestamptz := least(before, now() - {KEPT});
  upto bigint;
  gone bigint;
BEGIN
  SELECT max(s.last_id) INTO upto FROM audit_seal s
   WHERE s.newest_at < latest
     AND NOT EXISTS (SELECT FROM audit_seal o WHERE o.number < s.number AND o.newest_at >= latest);
  IF upto IS NULL THEN
    RETURN 0;
  END IF;
  PERFORM set_config('pleegzorg.forgetting', 'ja', true);
  DELETE FROM audit_event WHERE id <= upto;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE audit_seal SET marks = NULL WHERE last_id <= upto AND marks IS NOT NULL;
  PERFORM set_config('pleegzorg.forgetting', '', true);
  RETURN gone;
END $$
"""
FUNCTIONS = (
    "pleegzorg_audit_keep_lines",
    "pleegzorg_audit_keep_seals",
    "pleegzorg_audit_keep_whole",
)


def upgrade() -> None:
    _add_columns()
    _add_seals()
    _keep()
    _add_emergency()


def downgrade() -> None:
    op.drop_table("emergency_access")
    op.execute("DROP FUNCTION pleegzorg_audit_forget(timestamptz)")
    for table in ("audit_event", "audit_seal"):
        op.execute(f"DROP TRIGGER {table}_kept ON {table}")
        op.execute(f"DROP TRIGGER {table}_kept_whole ON {table}")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("audit_check")
    op.drop_table("audit_seal")
    op.drop_index("ix_audit_event_emergency", table_name="audit_event")
    for column in ("trace_id", "purpose", "client"):
        op.drop_column("audit_event", column)
    op.execute("REVOKE SELECT ON audit_event FROM pleegzorg_worker")
    op.execute("GRANT INSERT ON audit_event TO pleegzorg_app, pleegzorg_worker")


def _add_columns() -> None:
    op.add_column("audit_event", sa.Column("client", sa.String(), nullable=True))
    # With a default, which stays: a service of before goes on adding lines while this one starts.
    op.add_column(
        "audit_event",
        sa.Column(
            "purpose",
            sa.Enum(
                *PURPOSES, name="purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
            server_default="niet vastgelegd",
        ),
    )
    op.add_column("audit_event", sa.Column("trace_id", sa.String(), nullable=True))
    op.create_index(
        "ix_audit_event_emergency",
        "audit_event",
        ["id"],
        postgresql_where=sa.text("purpose = 'noodtoegang'"),
    )
    # Neither the number of a line nor its instant is for who adds it to say.
    for role in ("pleegzorg_app", "pleegzorg_worker"):
        op.execute(f"REVOKE INSERT ON audit_event FROM {role}")
        op.execute(f"GRANT INSERT ({ADDED}) ON audit_event TO {role}")
    op.execute("GRANT SELECT ON audit_event TO pleegzorg_worker")


def _add_seals() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("newest_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows_digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("first_id", name=op.f("uq_audit_seal_first_id")),
        sa.UniqueConstraint("last_id", name=op.f("uq_audit_seal_last_id")),
    )
    op.create_table(
        "audit_check",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("seals", sa.Integer(), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column("unsealed", sa.BigInteger(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("broken_seal", sa.BigInteger(), nullable=True),
        sa.Column("broken_line", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_check")),
    )
    for table in ("audit_seal", "audit_check"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({READER})")
        op.execute(
            f"CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({ROLE} = 'systeem')"
        )
        op.execute(f"GRANT SELECT ON {table} TO pleegzorg_app")
        # Only a worker seals and verifies: who answers the outside cannot.
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzorg_worker")


def _keep() -> None:
    for function in (KEEP_LINES, KEEP_SEALS, KEEP_WHOLE, FORGET):
        op.execute(function)
    for table, name in (("audit_event", "keep_lines"), ("audit_seal", "keep_seals")):
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION pleegzorg_audit_{name}()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION pleegzorg_audit_keep_whole()"
        )
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_audit_forget(timestamptz) FROM PUBLIC")
    op.execute(
        "GRANT EXECUTE ON FUNCTION pleegzorg_audit_forget(timestamptz) TO pleegzorg_worker,"
        " pleegzorg_app"
    )


def _add_emergency() -> None:
    op.create_table(
        "emergency_access",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column(
            "occasion",
            sa.Enum(
                "acute onveiligheid", "medische nood", "vermissing", "plaats voor vannacht",
                "anders", name="occasion", native_enum=False, create_constraint=True, length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "judgement",
            sa.Enum(
                "terecht", "onterecht", name="judgement", native_enum=False,
                create_constraint=True, length=40,
            ),
            nullable=True,
        ),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judged_because", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("until > created_at", name=op.f("ck_emergency_access_until")),
        sa.CheckConstraint(
            "until <= created_at + interval '8 hours'", name=op.f("ck_emergency_access_short")
        ),
        sa.CheckConstraint(
            "num_nulls(judgement, judged_at, judged_by) IN (0, 3)",
            name=op.f("ck_emergency_access_judged"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_emergency_access_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_emergency_access_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_access")),
    )  # fmt: skip
    op.create_index("ix_emergency_access_registration_id", "emergency_access", ["registration_id"])
    op.execute("ALTER TABLE emergency_access ENABLE ROW LEVEL SECURITY")
    overseen = f"{ROLE} IN ('coordinator', 'auditor', 'systeem')"
    judging = f"{ROLE} IN ('coordinator', 'systeem')"
    own = (
        f"{ROLE} = role AND actor = current_setting('pleegzorg.actor', true)"
        " AND coalesce(provider_id::text, '') = coalesce(current_setting('pleegzorg.provider', true), '')"
        " AND coalesce(organisation, '') = coalesce(current_setting('pleegzorg.organisation', true), '')"
    )
    op.execute(
        "CREATE POLICY emergency_access_seen ON emergency_access FOR SELECT"
        f" USING ({overseen} OR ({own}))"
    )
    op.execute(
        "CREATE POLICY emergency_access_opened ON emergency_access FOR INSERT"
        f" WITH CHECK ({ROLE} = 'systeem' OR ({ROLE} IN ({OPENERS}) AND {own}))"
    )
    op.execute(
        "CREATE POLICY emergency_access_ended ON emergency_access FOR UPDATE"
        f" USING ({judging} OR ({own})) WITH CHECK ({judging} OR ({own}))"
    )
    op.execute("GRANT SELECT, INSERT ON emergency_access TO pleegzorg_app")
    # Why somebody looked, and until when, is not for anybody to change afterwards.
    op.execute(
        "GRANT UPDATE (closed_at, judgement, judged_at, judged_by, judged_because)"
        " ON emergency_access TO pleegzorg_app"
    )
