"""The crisis desk: reports, calls, duty numbers, and beds that a yes has locked.

Revision ID: 20261128_25
Revises: 20261128_24
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_25"
down_revision = "20261128_24"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
READER = f"{ROLE} = 'auditor'"
OWN_PROVIDER = "provider_id = nullif(current_setting('pleegzorg.provider', true), '')::uuid"
OF_FAMILY = "EXISTS (SELECT FROM family WHERE family.id = family_id)"
ABOUT_CHILDREN = ("crisis_report", "crisis_call")
NUMBERS = ("duty_number", "family_phone")


def upgrade() -> None:
    _make_reports()
    _make_calls()
    _make_numbers()
    op.add_column("occupation", sa.Column("crisis_report_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_occupation_crisis_report_id_crisis_report"),
        "occupation",
        "crisis_report",
        ["crisis_report_id"],
        ["id"],
    )
    op.create_index(op.f("ix_occupation_crisis_report_id"), "occupation", ["crisis_report_id"])
    _protect()


def downgrade() -> None:
    op.drop_index(op.f("ix_occupation_crisis_report_id"), table_name="occupation")
    op.drop_constraint(
        op.f("fk_occupation_crisis_report_id_crisis_report"), "occupation", type_="foreignkey"
    )
    op.drop_column("occupation", "crisis_report_id")
    for table in ("family_phone", "duty_number", "crisis_call", "crisis_report"):
        op.drop_table(table)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _own_columns(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _make_reports() -> None:
    op.create_table(
        "crisis_report",
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("gender", _words("gender", "jongen", "meisje", "x"), nullable=False),
        sa.Column("flags", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("siblings", postgresql.JSONB(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("call_back", sa.String(), nullable=False),
        sa.Column(
            "state",
            _words("state", "zoekt bed", "bed gevonden", "dossier gekoppeld", "gesloten"),
            nullable=False,
        ),
        sa.Column("file_due", sa.Date(), nullable=True),
        sa.Column("reunite_by", sa.Date(), nullable=True),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("released_because", sa.String(), nullable=True),
        sa.Column("closed_because", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_own_columns("crisis_report"),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_crisis_report_registration_id_registration"),
        ),
        sa.CheckConstraint("age BETWEEN 0 AND 20", name=op.f("ck_crisis_report_age")),
        sa.CheckConstraint(
            "postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name=op.f("ck_crisis_report_postcode")
        ),
        sa.CheckConstraint(
            "(state = 'dossier gekoppeld') = (registration_id IS NOT NULL)",
            name=op.f("ck_crisis_report_linked"),
        ),
        sa.CheckConstraint(
            "(state = 'gesloten') = (closed_because IS NOT NULL)",
            name=op.f("ck_crisis_report_closed"),
        ),
    )


def _make_calls() -> None:
    op.create_table(
        "crisis_call",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", _words("outcome", "ja", "nee", "geen gehoor"), nullable=False),
        sa.Column("beds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        *_own_columns("crisis_call"),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["crisis_report.id"],
            name=op.f("fk_crisis_call_report_id_crisis_report"),
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_crisis_call_family_id_family")
        ),
        sa.CheckConstraint(
            "(outcome = 'ja') = (beds > 0)", name=op.f("ck_crisis_call_beds_if_yes")
        ),
    )
    op.create_index("ix_crisis_call_report_id", "crisis_call", ["report_id"])
    op.create_index(op.f("ix_crisis_call_family_id"), "crisis_call", ["family_id"])


def _make_numbers() -> None:
    op.create_table(
        "duty_number",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_duty_number_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_duty_number")),
    )
    op.create_table(
        "family_phone",
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["family.id"],
            name=op.f("fk_family_phone_family_id_family"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("family_id", name=op.f("pk_family_phone")),
    )


def _protect() -> None:
    own = {"duty_number": OWN_PROVIDER, "family_phone": OF_FAMILY}
    for table in (*ABOUT_CHILDREN, *NUMBERS):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        seen = f"{STAFF} OR {own[table]}" if table in own else STAFF
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({seen}) WITH CHECK ({seen})")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzorg_app")
    for table in ABOUT_CHILDREN:
        op.execute(f"CREATE POLICY {table}_audited ON {table} FOR SELECT USING ({READER})")
    # A call is never changed afterwards.
    op.execute("GRANT UPDATE ON crisis_report, duty_number, family_phone TO pleegzorg_app")
    op.execute("GRANT SELECT ON crisis_report TO pleegzorg_worker")
