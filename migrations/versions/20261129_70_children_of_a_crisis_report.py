"""Which registered child is which one of a crisis report: each of brothers and sisters by itself.

A report waits for files until each of its beds has its child; those that closed at the first one
are opened again. Whom the desk placed waits for the two yeses, as who came acutely (20261129_58).
20261129_70b looks at what was there.

Revision ID: 20261129_70
Revises: 20261129_66
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_70"
down_revision = "20261129_66"
branch_labels = None
depends_on = None

TABLE = "crisis_child"
ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
ERASER = "pleegzorg_eraser"
LINKED = "ck_crisis_report_linked"
WAS_LINKED = "(state = 'dossier gekoppeld') = (registration_id IS NOT NULL)"
IS_LINKED = (
    "CASE state WHEN 'dossier gekoppeld' THEN registration_id IS NOT NULL "
    "WHEN 'bed gevonden' THEN true ELSE registration_id IS NULL END"
)
# The one child that could be linked was not asked which of the report it was: taken as its own.
FIRST = f"""
INSERT INTO {TABLE} (id, report_id, ordinal, registration_id, actor)
SELECT gen_random_uuid(), id, 0, registration_id, 'systeem' FROM crisis_report
 WHERE registration_id IS NOT NULL
"""
OPEN_AGAIN = """
UPDATE crisis_report r SET state = 'bed gevonden', version = version + 1
 WHERE state = 'dossier gekoppeld' AND EXISTS (
   SELECT FROM occupation o
    WHERE o.crisis_report_id = r.id AND o.released_at IS NULL AND o.registration_id IS NULL)
"""
ACUTE = """
UPDATE placement SET outside_ground = 'acuut', version = version + 1
 WHERE origin = 'crisis' AND until IS NULL AND outside_ground IS NULL
"""


def upgrade() -> None:
    _make()
    _protect()
    op.drop_constraint(op.f(LINKED), "crisis_report", type_="check")
    _require(IS_LINKED)
    for statement in (FIRST, OPEN_AGAIN, ACUTE):
        op.execute(statement)


def downgrade() -> None:
    op.execute(
        "UPDATE crisis_report SET state = 'dossier gekoppeld', version = version + 1 "
        "WHERE registration_id IS NOT NULL"
    )
    op.drop_constraint(op.f(LINKED), "crisis_report", type_="check")
    _require(WAS_LINKED)
    op.drop_table(TABLE)


def _require(rule: str) -> None:
    op.create_check_constraint(op.f(LINKED), "crisis_report", rule, postgresql_not_valid=True)


def _make() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("differs_because", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("report_id", "ordinal", name=op.f(f"uq_{TABLE}_report_id_ordinal")),
        _key("report_id", "crisis_report"),
        _key("registration_id", "registration"),
        _check("ordinal", "ordinal >= 0"),
        _check("differs_because_sealed", "starts_with(differs_because, 'pz1.')"),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{TABLE}_registration_id"), TABLE, ["registration_id"])


def _protect() -> None:
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {TABLE}_seen ON {TABLE} USING ({STAFF}) WITH CHECK ({STAFF})")
    op.execute(f"CREATE POLICY {TABLE}_audited ON {TABLE} FOR SELECT USING ({AUDITOR})")
    # Who was linked is never changed afterwards.
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON {TABLE} TO {ERASER}")
    op.execute(
        f"CREATE POLICY {TABLE}_erased ON {TABLE} TO {ERASER} USING (true) WITH CHECK (true)"
    )


def _key(column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{owner}.id"], name=op.f(f"fk_{TABLE}_{column}_{owner}")
    )


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}"))
