"""When the service last looked for ambulatory support for a placement, and what came of it.

Revision ID: 20261129_64
Revises: 20261129_63
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_64"
down_revision = "20261129_63"
branch_labels = None
depends_on = None

TABLE = "ambulatory_look"
ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
ERASER = "pleegzorg_eraser"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.CheckConstraint(
            "result IN ('gevonden', 'niets past', 'heeft al hulp', 'niet op de volglijst')",
            name=op.f(f"ck_{TABLE}_result"),
        ),
        sa.PrimaryKeyConstraint("placement_id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f(f"fk_{TABLE}_placement_id_placement"),
            ondelete="CASCADE",
        ),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {TABLE}_seen ON {TABLE} USING ({STAFF}) WITH CHECK ({STAFF})")
    op.execute(f"CREATE POLICY {TABLE}_audited ON {TABLE} FOR SELECT USING ({AUDITOR})")
    op.execute(f"GRANT SELECT ON {TABLE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {TABLE} TO pleegzorg_worker")
    op.execute(f"GRANT SELECT, DELETE ON {TABLE} TO {ERASER}")
    op.execute(
        f"CREATE POLICY {TABLE}_erased ON {TABLE} TO {ERASER} USING (true) WITH CHECK (true)"
    )


def downgrade() -> None:
    op.drop_table(TABLE)
