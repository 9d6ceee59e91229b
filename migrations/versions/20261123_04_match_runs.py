"""Match runs as jobs: one that waits per region, replacement, attempts, progress.

Revision ID: 20261123_04
Revises: 20261123_03
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_04"
down_revision = "20261123_03"
branch_labels = None
depends_on = None

STAFF = "current_setting('pleegzorg.role', true) IN ('aanmeldpunt', 'coordinator', 'systeem')"
STATES = "'wacht', 'loopt', 'klaar', 'mislukt'"


def upgrade() -> None:
    op.add_column(
        "match_run", sa.Column("region", sa.String(), server_default="amsterdam", nullable=False)
    )
    op.add_column(
        "match_run", sa.Column("attempt", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("match_run", sa.Column("replaced_by", sa.Uuid(), nullable=True))
    op.add_column("match_run", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_match_run_replaced_by_match_run"),
        "match_run",
        "match_run",
        ["replaced_by"],
        ["id"],
    )
    _set_states(f"{STATES}, 'vervangen'")
    # Only the newest of those that wait may stay: that is what the index guards from here on.
    op.execute(
        "UPDATE match_run SET state = 'vervangen', failure = 'Vervangen door een nieuwere aanvraag.' "
        "WHERE state = 'wacht' AND id <> "
        "(SELECT id FROM match_run WHERE state = 'wacht' ORDER BY id DESC LIMIT 1)"
    )
    op.create_index(
        "uq_match_run_region_waiting",
        "match_run",
        ["region"],
        unique=True,
        postgresql_where=sa.text("state = 'wacht'"),
    )
    op.create_table(
        "run_progress",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("share BETWEEN 0 AND 1", name=op.f("ck_run_progress_share")),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["match_run.id"],
            name=op.f("fk_run_progress_run_id_match_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_progress")),
    )
    op.execute("ALTER TABLE run_progress ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY run_progress_seen ON run_progress USING ({STAFF}) WITH CHECK ({STAFF})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON run_progress TO pleegzorg_app, pleegzorg_worker")


def downgrade() -> None:
    op.drop_table("run_progress")
    op.drop_index(
        "uq_match_run_region_waiting",
        table_name="match_run",
        postgresql_where=sa.text("state = 'wacht'"),
    )
    op.execute("UPDATE match_run SET state = 'mislukt' WHERE state = 'vervangen'")
    _set_states(STATES)
    op.drop_constraint(op.f("fk_match_run_replaced_by_match_run"), "match_run", type_="foreignkey")
    for column in ("started_at", "replaced_by", "attempt", "region"):
        op.drop_column("match_run", column)


def _set_states(states: str) -> None:
    op.drop_constraint(op.f("ck_match_run_state"), "match_run", type_="check")
    op.create_check_constraint(op.f("ck_match_run_state"), "match_run", f"state IN ({states})")
