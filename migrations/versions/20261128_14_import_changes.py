"""What an import changed: the records, and the names of their fields by a digest of each.

Revision ID: 20261128_14
Revises: 20261124_13
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261128_14"
down_revision = "20261124_13"
branch_labels = None
depends_on = None

STAFF = "current_setting('pleegzorg.role', true) IN ('aanmeldpunt', 'coordinator', 'systeem')"
OWNER = "FROM import_batch WHERE import_batch.id = import_id"
RECORDS = ("family", "registration")


def upgrade() -> None:
    for table in RECORDS:
        op.add_column(table, sa.Column("field_digests", JSONB(none_as_null=True), nullable=True))
    op.create_table(
        "import_change",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.Text()), nullable=True),
        sa.CheckConstraint(
            "kind IN ('nieuw', 'gewijzigd', 'navragen', 'terug')",
            name=op.f("ck_import_change_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_batch.id"],
            name=op.f("fk_import_change_import_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "ordinal", name=op.f("pk_import_change")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_import_change_import_id_number")),
    )
    op.execute("ALTER TABLE import_change ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY import_change_seen ON import_change "
        f"USING ({STAFF} OR EXISTS (SELECT 1 {OWNER})) "
        f"WITH CHECK ({STAFF} OR (SELECT true {OWNER}))"
    )
    # What an import did is never rewritten: nobody may change or remove a line of it.
    op.execute("GRANT SELECT, INSERT ON import_change TO pleegzorg_app, pleegzorg_worker")


def downgrade() -> None:
    op.drop_table("import_change")
    for table in RECORDS:
        op.drop_column(table, "field_digests")
