"""Ambulatory support for placements under strain, what fits which one, and the nights it was sought.

Revision ID: 20261129_57
Revises: 20261129_56d
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261129_57"
down_revision = "20261129_56d"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
KEEPER = f"{ROLE} = 'beheerder'"
OF_PROVIDER = f"{ROLE} IN ('aanbieder-matcher', 'aanbieder-systeem')"
OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
ERASER = "pleegzorg_eraser"
SUPPORT, LINE, SEARCH = "ambulatory_support", "ambulatory_line", "ambulatory_search"


def upgrade() -> None:
    _make_support()
    _make_line()
    op.create_table(
        SEARCH,
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f(f"pk_{SEARCH}")),
    )
    op.add_column("support_offer", sa.Column("ambulatory_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_support_offer_ambulatory_id_{SUPPORT}"),
        "support_offer", SUPPORT, ["ambulatory_id"], ["id"], postgresql_not_valid=True,
    )  # fmt: skip
    _protect()
    with op.get_context().autocommit_block():
        name = op.f(f"fk_support_offer_ambulatory_id_{SUPPORT}")
        op.execute(f"ALTER TABLE support_offer VALIDATE CONSTRAINT {name}")
        op.create_index(
            op.f("ix_support_offer_ambulatory_id"), "support_offer", ["ambulatory_id"],
            postgresql_concurrently=True, if_not_exists=True,
        )  # fmt: skip


def downgrade() -> None:
    op.drop_index(op.f("ix_support_offer_ambulatory_id"), "support_offer")
    op.drop_constraint(op.f(f"fk_support_offer_ambulatory_id_{SUPPORT}"), "support_offer")
    op.drop_column("support_offer", "ambulatory_id")
    for table in (SEARCH, LINE, SUPPORT):
        op.drop_table(table)


def _make_support() -> None:
    op.create_table(
        SUPPORT,
        *_id_columns(),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("municipalities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("signs", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("waiting_weeks", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{SUPPORT}")),
        sa.UniqueConstraint("provider_id", "number", name=op.f(f"uq_{SUPPORT}_provider_id_number")),
        _key(SUPPORT, "provider_id", "provider"),
        _check(SUPPORT, "signs", "cardinality(signs) >= 1"),
        _check(SUPPORT, "places", "places BETWEEN 0 AND 500"),
        _check(SUPPORT, "waiting_weeks", "waiting_weeks BETWEEN 0 AND 104"),
    )


def _make_line() -> None:
    op.create_table(
        LINE,
        *_id_columns(),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("support_id", sa.Uuid(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{LINE}")),
        _key(LINE, "placement_id", "placement", ondelete="CASCADE"),
        _key(LINE, "support_id", SUPPORT),
        _key(LINE, "offer_id", "support_offer", ondelete="SET NULL"),
        _check(LINE, "rank", "rank >= 1"),
    )  # fmt: skip
    for column in ("placement_id", "support_id", "offer_id"):
        op.create_index(op.f(f"ix_{LINE}_{column}"), LINE, [column])
    op.create_index(
        f"uq_{LINE}_placement_id_support_id_open",
        LINE,
        ["placement_id", "support_id"],
        unique=True,
        postgresql_where=sa.text("offer_id IS NULL"),
    )


def _protect() -> None:
    """Support is of its provider and of staff; what fits a placement of who sees the placement."""
    for table in (SUPPORT, LINE, SEARCH):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    seen = f"{STAFF} OR {AUDITOR} OR {KEEPER}"
    op.execute(f"CREATE POLICY {SUPPORT}_seen ON {SUPPORT} FOR SELECT USING ({seen})")
    own = f"({OF_PROVIDER} AND provider_id = {OWN_PROVIDER}) OR {KEEPER}"
    op.execute(f"CREATE POLICY {SUPPORT}_kept ON {SUPPORT} USING ({own}) WITH CHECK ({own})")
    op.execute(f"CREATE POLICY {LINE}_seen ON {LINE} USING ({STAFF}) WITH CHECK ({STAFF})")
    op.execute(f"CREATE POLICY {LINE}_audited ON {LINE} FOR SELECT USING ({AUDITOR})")
    there = f"{OF_PROVIDER} AND EXISTS (SELECT FROM placement WHERE placement.id = placement_id)"
    op.execute(f"CREATE POLICY {LINE}_of_provider ON {LINE} USING ({there}) WITH CHECK ({there})")
    op.execute(f"CREATE POLICY {SEARCH}_seen ON {SEARCH} USING ({STAFF}) WITH CHECK ({STAFF})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {SUPPORT} TO pleegzorg_app")
    op.execute(f"GRANT SELECT ON {SUPPORT} TO pleegzorg_worker")
    op.execute(f"GRANT SELECT, UPDATE ON {LINE} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {LINE} TO pleegzorg_worker")
    op.execute(f"GRANT SELECT, INSERT ON {SEARCH} TO pleegzorg_app, pleegzorg_worker")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON {LINE} TO {ERASER}")
    op.execute(f"CREATE POLICY {LINE}_erased ON {LINE} TO {ERASER} USING (true) WITH CHECK (true)")


def _id_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )


def _key(table: str, column: str, owner: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, **more)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
