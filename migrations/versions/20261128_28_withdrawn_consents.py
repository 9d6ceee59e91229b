"""Consents that were taken back, with when, who and why; and drafts that say they are secret.

Revision ID: 20261128_28
Revises: 20261128_27
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_28"
down_revision = "20261128_27"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUTHORITY = "'ouder', 'voogd', 'gecertificeerde instelling', 'niemand'"
TABLE = "consent_withdrawal"


def upgrade() -> None:
    _make_withdrawals()
    found = f"registration WHERE registration.id = {TABLE}.registration_id"
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    for name, rule in (
        ("seen", f"USING ({STAFF}) WITH CHECK ({STAFF})"),
        ("audited", f"FOR SELECT USING ({ROLE} = 'auditor')"),
        (
            "of_referrer",
            f"FOR SELECT USING ({ROLE} = 'verwijzer' AND EXISTS (SELECT FROM {found}))",
        ),
    ):
        op.execute(f"CREATE POLICY {TABLE}_{name} ON {TABLE} {rule}")
    op.execute(f"GRANT SELECT ON {TABLE} TO pleegzorg_app, pleegzorg_worker")
    op.execute(f"GRANT INSERT ON {TABLE} TO pleegzorg_app")
    op.execute("GRANT UPDATE (consent, told_on) ON authority_holder TO pleegzorg_app")
    op.add_column("draft", sa.Column("secret_placement", sa.Boolean(), nullable=True))
    # What a draft says is sealed: careful with those of before, until they are saved anew.
    op.execute("UPDATE draft SET secret_placement = true WHERE sealed IS NOT NULL")


def downgrade() -> None:
    op.drop_column("draft", "secret_placement")
    op.execute("REVOKE UPDATE (consent, told_on) ON authority_holder FROM pleegzorg_app")
    op.drop_table(TABLE)


def _make_withdrawals() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint(f"kind IN ({AUTHORITY})", name=op.f(f"ck_{TABLE}_kind")),
        sa.CheckConstraint("given_on <= withdrawn_on", name=op.f(f"ck_{TABLE}_in_order")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f(f"fk_{TABLE}_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_registration_id"), TABLE, ["registration_id"])
