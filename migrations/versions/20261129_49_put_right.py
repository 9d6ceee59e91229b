"""An end that was told wrong is put right; the act stands among those on the placement.

Revision ID: 20261129_49
Revises: 20261128_45
"""

from alembic import op

revision = "20261129_49"
down_revision = "20261129_48"
branch_labels = None
depends_on = None

BEFORE = (
    "gemeld", "gegevens gewijzigd", "vorm gewijzigd", "verplaatst", "beeindigd", "beoordeeld",
)  # fmt: skip
MORE = ("einde verbeterd",)
RULE = "ck_placement_change_act"


def upgrade() -> None:
    _allow(*BEFORE, *MORE)


def downgrade() -> None:
    _allow(*BEFORE)


def _allow(*words: str) -> None:
    op.drop_constraint(op.f(RULE), "placement_change")
    listed = ", ".join(f"'{word}'" for word in words)
    op.create_check_constraint(op.f(RULE), "placement_change", f"act IN ({listed})")
