"""What was there when 20261129_58 came holds to its rules as well; a look that stops nobody.

Revision ID: 20261129_59
Revises: 20261129_58
"""

from alembic import op

revision = "20261129_59"
down_revision = "20261129_58"
branch_labels = None
depends_on = None

RULES = (
    "referrer_sealed", "choice_reason_sealed", "no_follow_up_reason_sealed", "outside_ground",
    "origin",
)  # fmt: skip


def upgrade() -> None:
    for rule in RULES:
        op.execute(f"ALTER TABLE placement VALIDATE CONSTRAINT ck_placement_{rule}")


def downgrade() -> None:
    pass
