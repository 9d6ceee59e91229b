"""Sessions of the screens, and forms that were kept when one had ended.

Revision ID: 20261128_30
Revises: 20261128_28b
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_30"
down_revision = "20261128_28b"
branch_labels = None
depends_on = None

# Only the service itself looks here: before it has looked nobody is known.
ITSELF = "current_setting('pleegzorg.role', true) = 'systeem'"
TABLES = ("screen_session", "kept_form")


def upgrade() -> None:
    _make("screen_session", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False))
    _make("kept_form")
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_itself ON {table} USING ({ITSELF}) WITH CHECK ({ITSELF})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO pleegzorg_app")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _make(table: str, *more: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        *more,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("key_hash", name=op.f(f"uq_{table}_key_hash")),
    )
