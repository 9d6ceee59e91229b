"""Which fields of a registration changed, and disputed facts with what they were before.

Revision ID: 20261128_22c
Revises: 20261128_22b
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_22c"
down_revision = "20261128_22b"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
DISPUTED_BY = "'kind', 'ouder', 'voogd', 'verwijzer', 'aanmeldpunt', 'ander'"
TABLES = ("field_change", "fact_correction")
# Found by their digests, so that a change by whatever writer is noticed and no value is kept.
NOTE = """
CREATE FUNCTION pleegzorg_note_fields() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE who text := coalesce(nullif(current_setting('pleegzorg.actor', true), ''), current_user);
BEGIN
  IF OLD.field_digests IS NULL OR NEW.field_digests IS NULL THEN
    INSERT INTO field_change (registration_id, field, actor) VALUES (NEW.id, 'aanmelding', who);
  ELSE
    INSERT INTO field_change (registration_id, field, actor)
    SELECT NEW.id, key, who
      FROM jsonb_each_text(OLD.field_digests) AS a
      FULL JOIN jsonb_each_text(NEW.field_digests) AS b USING (key)
     WHERE a.value IS DISTINCT FROM b.value
     ORDER BY key;
  END IF;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    _make_tables()
    op.execute(NOTE)
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_note_fields() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER registration_fields AFTER UPDATE OF field_digests ON registration"
        " FOR EACH ROW WHEN (OLD.field_digests IS DISTINCT FROM NEW.field_digests)"
        " EXECUTE FUNCTION pleegzorg_note_fields()"
    )
    for table in TABLES:
        found = f"registration WHERE registration.id = {table}.registration_id"
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        for name, rule in (
            ("seen", f"USING ({STAFF}) WITH CHECK ({STAFF})"),
            ("audited", f"FOR SELECT USING ({ROLE} = 'auditor')"),
            (
                "of_referrer",
                f"FOR SELECT USING ({ROLE} = 'verwijzer' AND EXISTS (SELECT FROM {found}))",
            ),
        ):
            op.execute(f"CREATE POLICY {table}_{name} ON {table} {rule}")
    op.execute(f"GRANT SELECT ON {', '.join(TABLES)} TO pleegzorg_app, pleegzorg_worker")
    op.execute("GRANT INSERT ON fact_correction TO pleegzorg_app")


def downgrade() -> None:
    op.execute("DROP TRIGGER registration_fields ON registration")
    op.execute("DROP FUNCTION pleegzorg_note_fields()")
    for table in TABLES:
        op.drop_table(table)


def _now(name: str, words: str) -> sa.Column:
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text(words), nullable=False
    )


def _of_registration(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["registration_id"],
        ["registration.id"],
        name=op.f(f"fk_{table}_registration_id_registration"),
        ondelete="CASCADE",
    )


def _make_tables() -> None:
    op.create_table(
        "field_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        _now("at", "clock_timestamp()"),
        _of_registration("field_change"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_change")),
    )
    op.create_index("ix_field_change_registration_id_at", "field_change", ["registration_id", "at"])
    table = "fact_correction"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        _now("created_at", "now()"),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("disputed_by", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        _now("at", "clock_timestamp()"),
        sa.CheckConstraint(
            f"disputed_by IN ({DISPUTED_BY})", name=op.f("ck_fact_correction_disputed_by")
        ),
        _of_registration(table),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_correction")),
    )
    op.create_index(op.f("ix_fact_correction_registration_id"), table, ["registration_id"])
