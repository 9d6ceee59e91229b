"""Care settings with places, steps on the ladder, stays there, and who of the network was asked.

Revision ID: 20261128_42b
Revises: 20261128_42
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_42b"
down_revision = "20261128_42"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
REFERRER = f"{ROLE} = 'verwijzer'"
KEEPER = f"{ROLE} = 'beheerder'"
OF_PROVIDER = f"{ROLE} IN ('aanbieder-matcher', 'aanbieder-systeem')"
OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
RUNGS = (
    "thuis met steun", "eigen netwerk", "pleeggezin", "gezinshuis", "leefhuis", "residentieel",
)  # fmt: skip
KINDS = ("gezinshuis", "leefhuis", "residentieel")
REASONS = (
    "weer thuis mogelijk", "netwerk gevonden", "gezin gevonden", "geen gezin past",
    "zorg vraagt meer dan een gezin kan", "veiligheid", "broers en zussen samen",
    "wens van het kind", "wens van de ouders", "na een afbreuk", "anders",
)  # fmt: skip
RELATIONS = (
    "opa of oma", "oom of tante", "broer of zus", "andere familie", "vriend van de familie",
    "buren", "school", "sport of club", "geloofsgemeenschap", "eerdere pleegouder", "anders",
)  # fmt: skip
OF_NETWORK = ("network_inquiry", "mentor_case")
OF_STAFF = ("ladder_step", "setting_stay")


def upgrade() -> None:
    _make_setting()
    _make_step()
    _make_stay()
    _make_inquiry()
    _make_case()
    _protect()


def downgrade() -> None:
    for table in ("mentor_case", "network_inquiry", "setting_stay", "ladder_step", "care_setting"):
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


def _who() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
    )


def _key(table: str, column: str, owner: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, **more)


def _of_child(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        _key(table, "registration_id", "registration", ondelete="CASCADE"),
    )


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _one_running(table: str) -> None:
    op.create_index(
        f"uq_{table}_registration_id_running",
        table,
        ["registration_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )


def _make_setting() -> None:
    table, text = "care_setting", sa.String()
    genders = ("geen voorkeur", "jongen", "meisje")
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("number", text, nullable=False),
        sa.Column("kind", _words("kind", *KINDS), nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("postcode", text, nullable=False),
        sa.Column("place_name", text, nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=False),
        sa.Column("gender", _words("gender", *genders), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken_elsewhere", sa.Integer(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("provider_id", "number", name=op.f(f"uq_{table}_provider_id_number")),
        _key(table, "provider_id", "provider"),
        _check(table, "ages", "0 <= min_age AND min_age <= max_age AND max_age <= 23"),
        _check(
            table,
            "places",
            "0 <= taken_elsewhere AND taken_elsewhere <= places AND places <= 200",
        ),
        _check(table, "postcode", "postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'"),
    )


def _make_step() -> None:
    table = "ladder_step"
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("rung", _words("rung", *RUNGS), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", _words("reason", *REASONS), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("why_not", postgresql.JSONB(), nullable=False),
        *_who(),
        *_of_child(table),
        _key(table, "setting_id", "care_setting"),
        _check(table, "other_explained", "reason <> 'anders' OR note IS NOT NULL"),
        _check(
            table,
            "setting_where_it_is_one",
            "(setting_id IS NOT NULL) = (rung IN ('gezinshuis', 'leefhuis', 'residentieel'))",
        ),
    )
    _index(table, "registration_id", "setting_id", "day")


def _make_stay() -> None:
    table = "setting_stay"
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        *_of_child(table),
        _key(table, "setting_id", "care_setting"),
        _key(table, "step_id", "ladder_step"),
        _check(table, "in_order", "until >= since"),
        _check(table, "ended_whole", "(until IS NULL) = (end_reason IS NULL)"),
    )
    _index(table, "setting_id", "registration_id", "step_id")
    _one_running(table)


def _make_inquiry() -> None:
    table = "network_inquiry"
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", _words("purpose", "netwerkgezin", "JIM", "steun"), nullable=False),
        sa.Column("relation", _words("relation", *RELATIONS), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", _words("answer", "ja", "nee", "wil nadenken"), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        *_who(),
        *_of_child(table),
    )
    _index(table, "registration_id")


def _make_case() -> None:
    table = "mentor_case"
    results = ("loopt", "thuis gebleven", "toch uit huis")
    op.create_table(
        table,
        *_id_columns(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("relation", _words("relation", *RELATIONS), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("result", _words("result", *results), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        *_who(),
        *_of_child(table),
        _check(table, "in_order", "until >= since"),
        _check(table, "ended_whole", "(result = 'loopt') = (until IS NULL)"),
    )
    _index(table, "registration_id")
    _one_running(table)


def _protect() -> None:
    """Settings by their provider; steps and stays by staff; the network also by its referrer."""
    for table in ("care_setting", *OF_STAFF, *OF_NETWORK):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({STAFF}) WITH CHECK ({STAFF})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO pleegzorg_app")
        op.execute(f"GRANT SELECT ON {table} TO pleegzorg_worker")
    for table in ("care_setting", *OF_STAFF, *OF_NETWORK):
        op.execute(f"CREATE POLICY {table}_audited ON {table} FOR SELECT USING ({AUDITOR})")
    own = f"({OF_PROVIDER} AND provider_id = {OWN_PROVIDER}) OR {KEEPER}"
    op.execute(f"CREATE POLICY care_setting_kept ON care_setting USING ({own}) WITH CHECK ({own})")
    # How many stay in its settings, so that it can tell what is free.
    there = "EXISTS (SELECT FROM care_setting WHERE care_setting.id = setting_id)"
    op.execute(
        "CREATE POLICY setting_stay_of_setting ON setting_stay FOR SELECT "
        f"USING (({OF_PROVIDER} OR {KEEPER}) AND {there})"
    )
    seen = f"{REFERRER} AND pleegzorg_referrer_sees(registration_id)"
    for table in OF_NETWORK:
        op.execute(
            f"CREATE POLICY {table}_of_referrer ON {table} USING ({seen}) WITH CHECK ({seen})"
        )
