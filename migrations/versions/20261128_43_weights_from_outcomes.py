"""Weights learnt from outcomes as proposals, and what people decided about them.

Revision ID: 20261128_43
Revises: 20261128_42b
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_43"
down_revision = "20261128_42b"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
# Nothing of a person stands in them; a run reads them whoever asks for it.
READERS = (
    f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem', 'regiomanager', "
    "'auditor', 'beheerder', 'aanbieder-matcher', 'aanbieder-systeem', 'verwijzer')"
)
DECIDERS = f"{ROLE} IN ('coordinator', 'systeem')"
LEARNER = f"{ROLE} = 'systeem'"
KINDS = ("aanvaard", "afgewezen", "teruggedraaid", "kansen uitgezet", "kansen aangezet")


def upgrade() -> None:
    _make_versions()
    _make_decisions()
    for table, writers in (("weights_version", LEARNER), ("weights_decision", DECIDERS)):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({READERS})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({writers})")
    # What the last run would have ranked differently is worked out afterwards.
    op.execute(
        f"CREATE POLICY weights_version_completed ON weights_version FOR UPDATE USING ({LEARNER})"
    )
    op.execute("GRANT SELECT, INSERT ON weights_version, weights_decision TO pleegzorg_app")
    op.execute("GRANT SELECT, INSERT ON weights_version, weights_decision TO pleegzorg_worker")
    op.execute("GRANT UPDATE (reranking) ON weights_version TO pleegzorg_app, pleegzorg_worker")


def downgrade() -> None:
    op.drop_table("weights_decision")
    op.drop_table("weights_version")


def _make_versions() -> None:
    table = "weights_version"
    op.create_table(
        table,
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("learned_until", sa.Date(), nullable=False),
        sa.Column("placements", sa.Integer(), nullable=False),
        sa.Column("breakdowns", sa.Integer(), nullable=False),
        sa.Column("is_calibrated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("compared_with", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("comparison", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("reranking", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("breakdowns <= placements", name=op.f(f"ck_{table}_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("version", name=op.f(f"uq_{table}_version")),
    )


def _make_decisions() -> None:
    table = "weights_decision"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(version IS NULL) = (kind IN ('kansen uitgezet', 'kansen aangezet'))",
            name=op.f(f"ck_{table}_about_a_version"),
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["weights_version.version"],
            name=op.f(f"fk_{table}_version_weights_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
