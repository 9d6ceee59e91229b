"""Why a sibling group waits: each reason a row, lifted only by what settles it.

Revision ID: 20261124_11
Revises: 20261123_06
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_11"
down_revision = "20261123_06"
branch_labels = None
depends_on = None

REASONS = "'wensen verschillen', 'aanmelding geweigerd', 'import niet af'"
STAFF = "current_setting('pleegzorg.role', true) IN ('aanmeldpunt', 'coordinator', 'systeem')"
DIFFER = """
    SELECT sibling_group_id FROM registration WHERE state = 'zoekt'
     GROUP BY sibling_group_id HAVING count(DISTINCT sibling_wish) > 1
"""


def upgrade() -> None:
    op.create_table(
        "sibling_group_hold",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_sibling_group_hold_reason")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["sibling_group.id"],
            name=op.f("fk_sibling_group_hold_group_id_sibling_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "reason", "number", name=op.f("pk_sibling_group_hold")),
    )
    # Of a group that waits already nobody wrote down why: different wishes can be seen, and
    # otherwise one of it was refused, though not which.
    op.execute(
        "INSERT INTO sibling_group_hold (group_id, reason, number) "
        f"SELECT id, CASE WHEN id IN ({DIFFER}) THEN 'wensen verschillen' "
        "ELSE 'aanmelding geweigerd' END, '' FROM sibling_group WHERE on_hold"
    )
    op.execute("ALTER TABLE sibling_group_hold ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY sibling_group_hold_seen ON sibling_group_hold "
        f"USING ({STAFF}) WITH CHECK ({STAFF})"
    )
    op.execute(
        "GRANT SELECT, INSERT, DELETE ON sibling_group_hold TO pleegzorg_app, pleegzorg_worker"
    )


def downgrade() -> None:
    op.drop_table("sibling_group_hold")
