"""Placements under strain: signals, support, and rounds that look for respite.

Revision ID: 20261128_42
Revises: 20261128_41
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_42"
down_revision = "20261128_41"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
OF_PROVIDER = f"{ROLE} IN ('aanbieder-matcher', 'aanbieder-systeem')"
WEEKENDS = ("oneven weekenden", "even weekenden", "om het weekend", "elk weekend")
SIGNALS = (
    "problemen nemen toe", "meer contact met hulp", "pleegouders overbelast", "bijna afgebroken",
    "veiligheid", "school", "anders",
)  # fmt: skip
SUPPORT = ("respijt", "ambulante hulp", "training", "vervoer", "financieel", "anders")
TABLES = ("strain_signal", "support_offer", "respite_round", "respite_line", "respite_place")
OF_PLACEMENT = ("strain_signal", "support_offer")


def upgrade() -> None:
    _make_signal()
    _make_offer()
    _make_round()
    _make_line()
    _make_place()
    _protect()


def downgrade() -> None:
    for table in (
        "respite_place",
        "respite_line",
        "respite_round",
        "support_offer",
        "strain_signal",
    ):
        op.drop_table(table)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


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


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_signal() -> None:
    table, text = "strain_signal", sa.String()
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", _words("kind", *SIGNALS), nullable=False),
        sa.Column("note", text, nullable=True),
        sa.Column("respite_need", _words("respite_need", *WEEKENDS), nullable=True),
        sa.Column("actor", text, nullable=False),
        sa.Column("role", text, nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", text, nullable=True),
        sa.Column("settled_reason", text, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _key(table, "placement_id", "placement", ondelete="CASCADE"),
        _check(table, "other_explained", "kind <> 'anders' OR note IS NOT NULL"),
        _check(
            table,
            "settled_whole",
            "(settled_at IS NULL) = (settled_by IS NULL) "
            "AND (settled_at IS NULL) = (settled_reason IS NULL)",
        ),
    )
    _index(table, "placement_id")
    op.create_index(
        "ix_strain_signal_placement_id_open",
        table,
        ["placement_id"],
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def _make_offer() -> None:
    table, text = "support_offer", sa.String()
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _words("kind", *SUPPORT), nullable=False),
        sa.Column("note", text, nullable=True),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("taken_up", _words("taken_up", "ja", "nee", "nog niet"), nullable=False),
        sa.Column("taken_reason", text, nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column(
            "helped", _words("helped", "ja", "deels", "nee", "nog niet bekend"), nullable=False
        ),
        sa.Column("helped_note", text, nullable=True),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("actor", text, nullable=False),
        sa.Column("role", text, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _key(table, "placement_id", "placement", ondelete="CASCADE"),
        _key(table, "family_id", "family"),
        _check(table, "other_explained", "kind <> 'anders' OR note IS NOT NULL"),
        _check(table, "no_explained", "taken_up <> 'nee' OR taken_reason IS NOT NULL"),
        _check(table, "in_order", "until >= since"),
    )
    _index(table, "placement_id", "family_id")


def _make_round() -> None:
    table, text = "respite_round", sa.String()
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("state", _words("state", "wacht", "klaar", "mislukt"), nullable=False),
        sa.Column("is_nightly", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("snapshot_day", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("radius_km", sa.Float(), nullable=False),
        sa.Column("actor", text, nullable=False),
        sa.Column("failure", text, nullable=True),
        sa.Column("policy_version", text, nullable=True),
        sa.Column("policy_text", text, nullable=True),
        sa.Column("solver", text, nullable=True),
        sa.Column("proof", text, nullable=True),
        sa.Column("goals", postgresql.JSONB(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _check(table, "in_order", "until > starts_on"),
        _check(table, "radius_km", "radius_km > 0"),
    )
    op.create_index(
        "uq_respite_round_snapshot_day_nightly",
        table,
        ["snapshot_day"],
        unique=True,
        postgresql_where=sa.text("is_nightly"),
    )


def _make_line() -> None:
    table = "respite_line"
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("need", _words("need", *WEEKENDS), nullable=False),
        sa.Column("asked_since", sa.Date(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("rhythms", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("km", sa.Float(), nullable=True),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("why_not", postgresql.JSONB(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "round_id", "placement_id", name=op.f(f"uq_{table}_round_id_placement_id")
        ),
        _key(table, "round_id", "respite_round", ondelete="CASCADE"),
        _key(table, "placement_id", "placement", ondelete="CASCADE"),
        _key(table, "family_id", "family"),
        _key(table, "place_id", "place"),
        _key(table, "offer_id", "support_offer"),
        _check(
            table,
            "proposed_whole",
            "(family_id IS NULL) = (place_id IS NULL) AND (family_id IS NULL) = (rhythms IS NULL)",
        ),
    )
    _index(table, "placement_id", "family_id", "place_id", "offer_id")


def _make_place() -> None:
    table = "respite_place"
    op.create_table(
        table,
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("occupation_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("offer_id", "occupation_id", name=op.f(f"pk_{table}")),
        _key(table, "offer_id", "support_offer", ondelete="CASCADE"),
        _key(table, "occupation_id", "occupation", ondelete="CASCADE"),
    )
    _index(table, "occupation_id")


def _protect() -> None:
    """Staff work with all of it, a provider with what is of its own placements."""
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({STAFF}) WITH CHECK ({STAFF})")
        op.execute(f"CREATE POLICY {table}_audited ON {table} FOR SELECT USING ({AUDITOR})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO pleegzorg_app, pleegzorg_worker")
    # Through the placement's own policy: a provider sees there what is of its own families.
    own = f"{OF_PROVIDER} AND EXISTS (SELECT FROM placement WHERE placement.id = placement_id)"
    for table in OF_PLACEMENT:
        op.execute(f"CREATE POLICY {table}_of_provider ON {table} USING ({own}) WITH CHECK ({own})")
