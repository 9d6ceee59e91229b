"""A file of placements that ran before the service began is an import too.

The constraint holds for what is written from now on; 20261129_66 looks at what was there.

Revision ID: 20261129_65
Revises: 20261129_64
"""

from alembic import op

revision = "20261129_65"
down_revision = "20261129_64"
branch_labels = None
depends_on = None

BEFORE = ("pleeggezinnen", "aanmeldingen", "plaatsingshistorie")
NAME = "ck_import_batch_kind"


def upgrade() -> None:
    _require((*BEFORE, "lopende plaatsingen"))


def downgrade() -> None:
    op.execute("DELETE FROM import_batch WHERE kind = 'lopende plaatsingen'")
    _require(BEFORE)


def _require(kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(NAME), "import_batch", type_="check")
    told = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(
        op.f(NAME), "import_batch", f"kind IN ({told})", postgresql_not_valid=True
    )
