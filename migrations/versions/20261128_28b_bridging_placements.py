"""A crisis bed is a placement too: one from which a child is searched for.

Revision ID: 20261128_28b
Revises: 20261128_28
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_28b"
down_revision = "20261128_28"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "placement",
        sa.Column("is_bridging", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    # Who was linked to its bed before, and still sleeps there while it is searched for.
    op.execute("""
        INSERT INTO placement (id, registration_id, family_id, since, is_bridging)
        SELECT DISTINCT ON (occupation.registration_id)
               gen_random_uuid(), occupation.registration_id, place.family_id,
               (occupation.since AT TIME ZONE 'Europe/Amsterdam')::date, true
          FROM occupation
          JOIN place ON place.id = occupation.place_id
          JOIN registration ON registration.id = occupation.registration_id
         WHERE occupation.crisis_report_id IS NOT NULL AND occupation.released_at IS NULL
           AND registration.state = 'zoekt'
           AND NOT EXISTS (
             SELECT FROM placement
              WHERE placement.registration_id = registration.id AND placement.until IS NULL)
         ORDER BY occupation.registration_id, occupation.id
    """)


def downgrade() -> None:
    op.execute("DELETE FROM placement WHERE is_bridging")
    op.drop_column("placement", "is_bridging")
