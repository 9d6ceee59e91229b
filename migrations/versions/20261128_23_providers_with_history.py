"""Providers with a history, families that move between them, and a feed of what changed.

Revision ID: 20261128_23
Revises: 20261128_22c
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_23"
down_revision = "20261128_22c"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
CONFIGURES = f"{ROLE} IN ('systeem', 'beheerder')"
CONFIGURED_BEFORE = f"{ROLE} = 'systeem'"
OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
DIALECTS = "'spirit', 'youke', 'wsp', 'leger-des-heils', 'vitree'"
THIS_TRANSACTION = "pg_current_xact_id()::text::bigint"

# Ids of transactions, not of rows or moments: those do not come out in the order of committing.
FAMILY_WRITTEN = f"""
CREATE FUNCTION pleegzorg_family_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.source_id := coalesce(NEW.source_id, NEW.provider_id);
  NEW.changed_in := {THIS_TRANSACTION};
  IF NEW.clearance_until = NEW.clearance_lapsed THEN
    NEW.clearance_until := NULL;
  END IF;
  IF NEW.status <> 'pauze' THEN
    NEW.pause_reason := NULL;
    NEW.paused_until := NULL;
  END IF;
  RETURN NEW;
END $$
"""
MOVE_WRITTEN = f"""
CREATE FUNCTION pleegzorg_move_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := {THIS_TRANSACTION};
  RETURN NEW;
END $$
"""
# As the owner of the tables: whoever may occupy a place changes its family by that, and no more.
# A family that this transaction has written already is not written again for each of its beds.
TOUCH = f"""
CREATE FUNCTION pleegzorg_touch_family(touched uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE family SET changed_in = changed_in
   WHERE id = touched AND changed_in <> {THIS_TRANSACTION}
$$
"""
PLACE_WRITTEN = """
CREATE FUNCTION pleegzorg_place_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pleegzorg_touch_family(NEW.family_id);
  RETURN NULL;
END $$
"""
OCCUPATION_WRITTEN = """
CREATE FUNCTION pleegzorg_occupation_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pleegzorg_touch_family(family_id) FROM place WHERE id = NEW.place_id;
  RETURN NULL;
END $$
"""
FUNCTIONS = (
    "pleegzorg_family_written()",
    "pleegzorg_move_written()",
    "pleegzorg_place_written()",
    "pleegzorg_occupation_written()",
    "pleegzorg_touch_family(uuid)",
)
TRIGGERS = {
    "family": "BEFORE INSERT OR UPDATE ON family FOR EACH ROW "
    "EXECUTE FUNCTION pleegzorg_family_written()",
    "family_move": "BEFORE INSERT OR UPDATE ON family_move FOR EACH ROW "
    "EXECUTE FUNCTION pleegzorg_move_written()",
    "place": "AFTER INSERT OR UPDATE ON place FOR EACH ROW "
    "EXECUTE FUNCTION pleegzorg_place_written()",
    "occupation": "AFTER INSERT OR UPDATE ON occupation FOR EACH ROW "
    "EXECUTE FUNCTION pleegzorg_occupation_written()",
}


def upgrade() -> None:
    _give_providers_a_history()
    _give_families_a_source()
    _make_family_move()
    _give_imports_a_mode()
    for function in (FAMILY_WRITTEN, MOVE_WRITTEN, TOUCH, PLACE_WRITTEN, OCCUPATION_WRITTEN):
        op.execute(function)
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for table, what in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {table}_written {what}")


def downgrade() -> None:
    for table in TRIGGERS:
        op.execute(f"DROP TRIGGER {table}_written ON {table}")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_constraint(op.f("fk_import_batch_source_id_provider"), "import_batch")
    for column in ("source_id", "format", "mode"):
        op.drop_column("import_batch", column)
    op.drop_table("family_move")
    op.drop_index("ix_family_changed_in", table_name="family")
    for column in ("paused_until", "pause_reason", "changed_in", "clearance_lapsed", "source_id"):
        op.drop_column("family", column)
    op.drop_table("provider_change")
    op.drop_table("retired_code")
    op.execute(
        f"ALTER POLICY provider_written ON provider "
        f"USING ({CONFIGURED_BEFORE}) WITH CHECK ({CONFIGURED_BEFORE})"
    )
    for column in ("merged_on", "merged_into_id", "dialect"):
        op.drop_column("provider", column)


def _give_providers_a_history() -> None:
    op.add_column("provider", sa.Column("dialect", sa.String(), nullable=True))
    op.execute(f"UPDATE provider SET dialect = code WHERE code IN ({DIALECTS})")
    op.add_column("provider", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.add_column("provider", sa.Column("merged_on", sa.Date(), nullable=True))
    op.create_foreign_key(
        op.f("fk_provider_merged_into_id_provider"),
        "provider",
        "provider",
        ["merged_into_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("ck_provider_merged_into_another"), "provider", "merged_into_id <> id"
    )
    op.create_check_constraint(
        op.f("ck_provider_merged_on_a_day"),
        "provider",
        "(merged_into_id IS NULL) = (merged_on IS NULL)",
    )
    op.execute(
        f"ALTER POLICY provider_written ON provider USING ({CONFIGURES}) WITH CHECK ({CONFIGURES})"
    )
    op.create_table(
        "retired_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=False),
        _to_provider("retired_code", "provider_id"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_retired_code")),
    )
    op.create_table(
        "provider_change",
        *_has_id(),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("clearance_lapses", sa.Boolean(), nullable=True),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('toegevoegd', 'hernoemd', 'samengevoegd')",
            name=op.f("ck_provider_change_kind"),
        ),
        sa.CheckConstraint(
            "(kind = 'samengevoegd') = (into_id IS NOT NULL AND clearance_lapses IS NOT NULL)",
            name=op.f("ck_provider_change_merger_says_all"),
        ),
        _to_provider("provider_change", "provider_id"),
        _to_provider("provider_change", "into_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_change")),
    )
    op.create_index(op.f("ix_provider_change_provider_id"), "provider_change", ["provider_id"])
    for table in ("retired_code", "provider_change"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING (true)")
        op.execute(f"CREATE POLICY {table}_written ON {table} FOR INSERT WITH CHECK ({CONFIGURES})")
        # What was so stays so: nobody may change or remove a line of history.
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzorg_app")
        op.execute(f"GRANT SELECT ON {table} TO pleegzorg_worker")


def _give_families_a_source() -> None:
    op.add_column("family", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.add_column("family", sa.Column("pause_reason", sa.String(), nullable=True))
    op.add_column("family", sa.Column("paused_until", sa.Date(), nullable=True))
    op.add_column("family", sa.Column("clearance_lapsed", sa.Date(), nullable=True))
    op.add_column("family", sa.Column("changed_in", sa.BigInteger(), nullable=True))
    op.execute(f"UPDATE family SET source_id = provider_id, changed_in = {THIS_TRANSACTION}")
    for column in ("source_id", "changed_in"):
        op.alter_column("family", column, nullable=False)
    op.create_foreign_key(
        op.f("fk_family_source_id_provider"), "family", "provider", ["source_id"], ["id"]
    )
    op.create_index(op.f("ix_family_source_id"), "family", ["source_id"])
    op.create_index("ix_family_changed_in", "family", ["changed_in", "id"])


def _make_family_move() -> None:
    op.create_table(
        "family_move",
        *_has_id(),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("from_provider_id", sa.Uuid(), nullable=False),
        sa.Column("from_number", sa.String(), nullable=False),
        sa.Column("to_provider_id", sa.Uuid(), nullable=False),
        sa.Column("to_number", sa.String(), nullable=False),
        sa.Column("is_merger", sa.Boolean(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("clearance_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("changed_in", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "from_provider_id <> to_provider_id", name=op.f("ck_family_move_to_another")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_family_move_family_id_family")
        ),
        _to_provider("family_move", "from_provider_id"),
        _to_provider("family_move", "to_provider_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_move")),
    )
    op.create_index(op.f("ix_family_move_family_id"), "family_move", ["family_id"])
    op.create_index("ix_family_move_from", "family_move", ["from_provider_id", "from_number"])
    op.create_index("ix_family_move_changed_in", "family_move", ["changed_in", "id"])
    op.execute("ALTER TABLE family_move ENABLE ROW LEVEL SECURITY")
    own = f"{OWN_PROVIDER} IN (from_provider_id, to_provider_id)"
    op.execute(
        f"CREATE POLICY family_move_seen ON family_move FOR SELECT "
        f"USING ({STAFF} OR {ROLE} IN ('auditor', 'beheerder') OR {own})"
    )
    op.execute(f"CREATE POLICY family_move_made ON family_move FOR INSERT WITH CHECK ({STAFF})")
    op.execute("GRANT SELECT, INSERT ON family_move TO pleegzorg_app")
    op.execute("GRANT SELECT ON family_move TO pleegzorg_worker")


def _give_imports_a_mode() -> None:
    for name, words in (("mode", ("volledig", "aanvullend")), ("format", ("export", "api"))):
        op.add_column(
            "import_batch",
            sa.Column(name, sa.String(40), server_default=words[0], nullable=False),
        )
        listed = ", ".join(f"'{word}'" for word in words)
        op.create_check_constraint(
            op.f(f"ck_import_batch_{name}"), "import_batch", f"{name} IN ({listed})"
        )
    op.add_column("import_batch", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_import_batch_source_id_provider"),
        "import_batch",
        "provider",
        ["source_id"],
        ["id"],
    )


def _to_provider(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["provider.id"], name=op.f(f"fk_{table}_{column}_provider")
    )


def _has_id() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    ]
