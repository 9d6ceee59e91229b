"""Events that are told to others, and who is told of them.

Revision ID: 20261128_24
Revises: 20261128_23
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from app.db.xid8 import Xid8

revision = "20261128_24"
down_revision = "20261128_23"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
OWN = "provider_id = nullif(current_setting('pleegzorg.provider', true), '')::uuid"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
OF_PROVIDER = f"{ROLE} IN ('aanbieder-matcher', 'aanbieder-systeem') AND {OWN}"
MANAGES = (
    f"{ROLE} IN ('beheerder', 'systeem') OR ({ROLE} = 'aanbieder-systeem' AND {OWN} "
    "AND channel = 'webhook')"
)

# Who causes an event may not see who is told of it; it only learns whom to wake.
SUBSCRIBERS = """
CREATE FUNCTION pleegzorg_subscribers(happened text, whose uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM subscription
   WHERE state = 'loopt'
     AND (not_before IS NULL OR not_before <= now())
     AND (cardinality(kinds) = 0 OR happened = ANY (kinds))
     AND (provider_id IS NULL OR provider_id = whose)
$$
"""


def upgrade() -> None:
    # Raised by hand when the data move to another server (docs/operations.md): no event then seems
    # to lie in the future, and the place that a reader has keeps its meaning.
    op.execute("CREATE SEQUENCE event_era")
    op.execute("SELECT setval('event_era', 1)")
    op.execute("GRANT SELECT ON SEQUENCE event_era TO pleegzorg_app, pleegzorg_worker")
    _make_event()
    _make_subscription()
    op.execute(SUBSCRIBERS)
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_subscribers(text, uuid) FROM PUBLIC")
    op.execute(
        "GRANT EXECUTE ON FUNCTION pleegzorg_subscribers(text, uuid) "
        "TO pleegzorg_app, pleegzorg_worker"
    )


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "era",
            sa.BigInteger(),
            server_default=sa.text("pg_sequence_last_value('event_era'::regclass)"),
            nullable=False,
        ),
        sa.Column(
            "transaction_id",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind ~ '^[a-z]+[.][a-z]+$'", name=op.f("ck_event_kind_is_two_words")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_event_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    place = ["era", "transaction_id", "sequence"]
    op.create_index("ix_event_place", "event", place)
    op.create_index("ix_event_provider_id_place", "event", ["provider_id", *place])
    op.execute("ALTER TABLE event ENABLE ROW LEVEL SECURITY")
    seen = f"{STAFF} OR ({OF_PROVIDER})"
    op.execute(f"CREATE POLICY event_seen ON event USING ({seen}) WITH CHECK ({seen})")
    op.execute(f"CREATE POLICY event_audited ON event FOR SELECT USING ({ROLE} = 'auditor')")
    # What happened is never rewritten: nobody may change or remove it.
    op.execute("GRANT SELECT, INSERT ON event TO pleegzorg_app, pleegzorg_worker")


def _make_subscription() -> None:
    table = "subscription"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("era", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", Xid8(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("not_before", "tried_at", "delivered_at", "parked_at")
        ),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        *_checks(table),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_subscription_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )  # fmt: skip
    op.create_index(op.f("ix_subscription_provider_id"), table, ["provider_id"])
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({MANAGES}) WITH CHECK ({MANAGES})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO pleegzorg_app")
    op.execute(f"GRANT SELECT, UPDATE ON {table} TO pleegzorg_worker")


def _checks(table: str) -> list[sa.CheckConstraint]:
    rules = {
        "channel": "channel IN ('webhook', 'e-mail')",
        "state": "state IN ('loopt', 'geparkeerd')",
        "outcome": "outcome IN ('afgeleverd', 'geweigerd', 'geen antwoord', "
        "'adres niet toegestaan', 'geen mailserver ingesteld')",
        "secret_of_webhook": "(channel = 'webhook') = (secret IS NOT NULL)",
        "failures": "failures >= 0",
        "parked": "(state = 'geparkeerd') = (parked_at IS NOT NULL)",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{n}")) for n, rule in rules.items()]


def downgrade() -> None:
    op.execute("DROP FUNCTION pleegzorg_subscribers(text, uuid)")
    op.drop_table("subscription")
    op.drop_table("event")
    op.execute("DROP SEQUENCE event_era")
