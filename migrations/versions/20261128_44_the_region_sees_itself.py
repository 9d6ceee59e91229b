"""The survey on prevention per municipality and year, and when families pause, go on and stop.

Revision ID: 20261128_44
Revises: 20261128_43
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_44"
down_revision = "20261128_43"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
WRITERS = f"{ROLE} IN ('regiomanager', 'beheerder', 'systeem')"
READERS = f"{ROLE} IN ('regiomanager', 'beheerder', 'coordinator', 'auditor', 'systeem')"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
STATUSES = ("actief", "pauze", "gestopt")
# By the database itself, as the history of a registration is: no writer can forget it.
NOTE = """
CREATE FUNCTION pleegzorg_note_family_status() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO family_status_change (family_id, from_status, to_status)
  VALUES (NEW.id, OLD.status, NEW.status);
  RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER family_status_noted AFTER UPDATE OF status ON family
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
EXECUTE FUNCTION pleegzorg_note_family_status()
"""


def upgrade() -> None:
    _make_forms()
    _make_responses()
    _make_status_changes()
    _protect()


def downgrade() -> None:
    op.execute("DROP TRIGGER family_status_noted ON family")
    op.execute("DROP FUNCTION pleegzorg_note_family_status()")
    for table in ("family_status_change", "survey_response", "survey_form"):
        op.drop_table(table)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _at(name: str) -> sa.Column[object]:
    return sa.Column(
        name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
    )


def _make_forms() -> None:
    op.create_table(
        "survey_form",
        sa.Column("municipality_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("state", _words("state", "concept", "ingediend"), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _at("created_at"),
        sa.PrimaryKeyConstraint("municipality_code", "year", name=op.f("pk_survey_form")),
        sa.CheckConstraint(
            "municipality_code ~ '^[0-9]{4}$'", name=op.f("ck_survey_form_four_digits")
        ),
        sa.CheckConstraint("year BETWEEN 2020 AND 2100", name=op.f("ck_survey_form_year")),
        sa.CheckConstraint(
            "(state = 'ingediend') = (submitted_by IS NOT NULL) "
            "AND (submitted_by IS NULL) = (submitted_at IS NULL)",
            name=op.f("ck_survey_form_submitted_by_someone"),
        ),
    )


def _make_responses() -> None:
    table = "survey_response"
    op.create_table(
        table,
        sa.Column("municipality_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        _at("created_at"),
        sa.PrimaryKeyConstraint(
            "municipality_code", "year", "question", "version", name=op.f(f"pk_{table}")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code", "year"],
            ["survey_form.municipality_code", "survey_form.year"],
            name=op.f(f"fk_{table}_municipality_code_survey_form"),
        ),
        sa.CheckConstraint("question BETWEEN 1 AND 28", name=op.f(f"ck_{table}_question")),
    )


def _make_status_changes() -> None:
    table = "family_status_change"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", _words("from_status", *STATUSES), nullable=False),
        sa.Column("to_status", _words("to_status", *STATUSES), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["family.id"],
            name=op.f(f"fk_{table}_family_id_family"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f(f"ix_{table}_family_id"), table, ["family_id"])
    op.create_index(op.f(f"ix_{table}_at"), table, ["at"])
    op.execute(NOTE)
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_note_family_status() FROM PUBLIC")
    op.execute(TRIGGER)


def _protect() -> None:
    """Answers are read and added, never changed or deleted; of a form only its state goes on."""
    for table in ("survey_form", "survey_response"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({READERS})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({WRITERS})")
    op.execute(
        f"CREATE POLICY survey_form_went_on ON survey_form FOR UPDATE "
        f"USING ({WRITERS}) WITH CHECK ({WRITERS})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON survey_form TO pleegzorg_app")
    op.execute("GRANT SELECT, INSERT ON survey_response TO pleegzorg_app")
    op.execute("ALTER TABLE family_status_change ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY family_status_change_seen ON family_status_change FOR SELECT "
        f"USING ({STAFF} OR {AUDITOR})"
    )
    op.execute("GRANT SELECT ON family_status_change TO pleegzorg_app, pleegzorg_worker")
