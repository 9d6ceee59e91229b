"""What a placement is, what was known when it began, and how it ended.

Revision ID: 20261128_40
Revises: 20261128_35
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_40"
down_revision = "20261128_35"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
OF_PROVIDER = f"{ROLE} IN ('aanbieder-matcher', 'aanbieder-systeem')"
REFERRER = f"{ROLE} = 'verwijzer'"
OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
FORMS = ("crisis", "hulpverlening", "opvoeding", "deeltijd")
RHYTHMS = ("voltijd", "doordeweeks", "oneven weekenden", "even weekenden", "vakanties")
OF_PLACEMENT = ("placement_basis", "placement_ending")
NEW = (
    "provider_id", "form", "rhythm", "origin", "pair_id", "follows_id", "allocation_number",
    "together", "split_reason", "support_plan", "no_support_reason", "version",
)  # fmt: skip


def upgrade() -> None:
    _widen()
    _fill()
    _enforce()
    _make_basis()
    _make_ending()
    _protect()


def downgrade() -> None:
    op.execute("DROP POLICY placement_of_provider ON placement")
    op.execute("DROP POLICY placement_of_referrer ON placement")
    for table in OF_PLACEMENT:
        op.drop_table(table)
    for name in ("form", "rhythm", "origin"):
        op.drop_constraint(op.f(f"ck_placement_{name}"), "placement", type_="check")
    for column in NEW:
        op.drop_column("placement", column)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _widen() -> None:
    text = sa.String()
    for column in (
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("form", _words("form", *FORMS), nullable=True),
        sa.Column("rhythm", _words("rhythm", *RHYTHMS), server_default="voltijd", nullable=False),
        sa.Column("origin", _words("origin", "besluit", "crisis", "gemeld"), nullable=True),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("allocation_number", text, nullable=True),
        sa.Column("together", sa.Boolean(), nullable=True),
        sa.Column("split_reason", text, nullable=True),
        sa.Column("support_plan", text, nullable=True),
        sa.Column("no_support_reason", text, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    ):
        op.add_column("placement", column)


def _fill() -> None:
    """Say of what runs already what its registration, its step and its family say."""
    op.execute("""
        UPDATE placement SET
          provider_id = family.provider_id,
          form = CASE WHEN placement.is_bridging THEN 'crisis' ELSE registration.care_form END,
          rhythm = registration.rhythm,
          origin = CASE WHEN placement.is_bridging THEN 'crisis' ELSE 'besluit' END
        FROM family, registration
        WHERE family.id = placement.family_id AND registration.id = placement.registration_id
    """)
    op.execute("""
        UPDATE placement SET
          pair_id = begun_pair.id, support_plan = begun_pair.support_plan,
          no_support_reason = begun_pair.no_support_reason, split_reason = begun_pair.split_reason
        FROM begun_pair
        WHERE begun_pair.registration_id = placement.registration_id
          AND begun_pair.family_id = placement.family_id AND begun_pair.state = 'geplaatst'
          AND NOT placement.is_bridging
    """)


def _enforce() -> None:
    for column in ("provider_id", "form", "origin"):
        op.alter_column("placement", column, nullable=False)
    op.alter_column("placement", "version", server_default=None)
    for column, owner in (
        ("provider_id", "provider"),
        ("pair_id", "begun_pair"),
        ("follows_id", "placement"),
    ):
        op.create_foreign_key(
            op.f(f"fk_placement_{column}_{owner}"), "placement", owner, [column], ["id"]
        )
        op.create_index(op.f(f"ix_placement_{column}"), "placement", [column])


def _made() -> sa.Column[object]:
    return sa.Column(
        "created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
    )


def _of_placement(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("placement_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f(f"fk_{table}_placement_id_placement"),
            ondelete="CASCADE",
        ),
    )


def _make_basis() -> None:
    table = "placement_basis"
    op.create_table(
        table,
        *_of_placement(table),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("chance", sa.Float(), nullable=True),
        sa.Column("chance_low", sa.Float(), nullable=True),
        sa.Column("chance_high", sa.Float(), nullable=True),
        sa.Column("horizon_months", sa.Integer(), nullable=True),
        sa.Column("weights_version", sa.String(), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        _made(),
        sa.ForeignKeyConstraint(
            ["run_id"], ["match_run.id"], name=op.f(f"fk_{table}_run_id_match_run")
        ),
        sa.CheckConstraint(
            "0 <= chance_low AND chance_low <= chance AND chance <= chance_high "
            "AND chance_high <= 1",
            name=op.f(f"ck_{table}_chances_in_order"),
        ),
        sa.CheckConstraint(
            "(chance IS NULL) = (weights_version IS NULL)",
            name=op.f(f"ck_{table}_chance_by_weights"),
        ),
    )


def _make_ending() -> None:
    table = "placement_ending"
    codes = ("02", "20", "31", "32", "33", "34", "35", "36", "37", "38", "39")
    went = (
        "thuis", "eigen netwerk", "ander pleeggezin", "gezinshuis", "leefhuis", "residentieel",
        "zelfstandig", "blijft in dit gezin", "onbekend",
    )  # fmt: skip
    labels = ("volgens plan", "voortijdig afgebroken", "geen uitkomst", "te beoordelen")
    op.create_table(
        table,
        *_of_placement(table),
        sa.Column("code", _words("code", *codes), nullable=False),
        sa.Column("went_to", _words("went_to", *went), nullable=False),
        sa.Column("label", _words("label", *labels), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_reason", sa.String(), nullable=True),
        _made(),
        sa.CheckConstraint(
            "(judged_by IS NULL) = (judged_at IS NULL) "
            "AND (judged_by IS NULL) = (judged_reason IS NULL)",
            name=op.f(f"ck_{table}_judged_whole"),
        ),
    )
    op.create_index(op.f(f"ix_{table}_label"), table, ["label"])


def _protect() -> None:
    """A provider sees its own placements, a referrer those of children that it registered."""
    op.execute(
        "CREATE POLICY placement_of_provider ON placement FOR SELECT "
        f"USING ({OF_PROVIDER} AND provider_id = {OWN_PROVIDER})"
    )
    op.execute(
        "CREATE POLICY placement_of_referrer ON placement FOR SELECT "
        f"USING ({REFERRER} AND pleegzorg_referrer_sees(registration_id))"
    )
    for table in OF_PLACEMENT:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({STAFF}) WITH CHECK ({STAFF})")
        op.execute(f"CREATE POLICY {table}_audited ON {table} FOR SELECT USING ({AUDITOR})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO pleegzorg_app")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO pleegzorg_worker")
    found = "EXISTS (SELECT FROM placement WHERE placement.id = placement_id)"
    op.execute(
        "CREATE POLICY placement_ending_of_others ON placement_ending FOR SELECT "
        f"USING (({OF_PROVIDER} OR {REFERRER}) AND {found})"
    )
