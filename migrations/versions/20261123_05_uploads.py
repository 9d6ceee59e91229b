"""Uploads: the file in pieces, its records in chunks, and a worker that may perform imports.

Revision ID: 20261123_05
Revises: 20261123_04
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_05"
down_revision = "20261123_04"
branch_labels = None
depends_on = None

STATES = ("ontvangen", "bezig", "verwerkt", "ongewijzigd", "aangehouden", "geweigerd", "mislukt")
FIRST_STATES = ("verwerkt", "ongewijzigd", "aangehouden")

STAFF = "current_setting('pleegzorg.role', true) IN ('aanmeldpunt', 'coordinator', 'systeem')"
OWNER = "FROM import_batch WHERE import_batch.id = import_id"

WRITTEN_BY_WORKER = (
    "child", "registration", "registration_problem", "excluded_area", "sibling_group",
    "family", "family_form", "family_willingness", "housemate", "place", "occupation",
    "import_finding", "child_bsn",
)  # fmt: skip
REPLACED_BY_WORKER = (
    "family_form", "family_willingness", "housemate", "registration_problem", "excluded_area",
    "import_finding", "import_content", "child_bsn",
)  # fmt: skip


def upgrade() -> None:
    _let_states_be(STATES)
    op.add_column("import_batch", sa.Column("failure", sa.String(), nullable=True))
    for name in ("total", "done"):
        op.add_column(
            "import_batch", sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        )
    op.add_column(
        "import_batch",
        sa.Column("is_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("import_batch", sa.Column("asked_day", sa.Date(), nullable=True))
    op.add_column("import_batch", sa.Column("closing", sa.JSON(none_as_null=True), nullable=True))
    _make("import_content")
    _make("import_chunk", sa.Column("records", sa.Integer(), nullable=False))
    _grant()


def downgrade() -> None:
    op.execute(f"REVOKE INSERT, UPDATE ON {', '.join(WRITTEN_BY_WORKER)} FROM pleegzorg_worker")
    op.execute(f"REVOKE DELETE ON {', '.join(REPLACED_BY_WORKER)} FROM pleegzorg_worker")
    op.execute("REVOKE SELECT (child_id, digest) ON child_bsn FROM pleegzorg_worker")
    op.execute("REVOKE UPDATE ON import_batch FROM pleegzorg_worker")
    op.drop_table("import_chunk")
    op.drop_table("import_content")
    for name in ("closing", "asked_day", "is_confirmed", "done", "total", "failure"):
        op.drop_column("import_batch", name)
    # An upload that was never taken did nothing: without its content it cannot be shown either.
    op.execute(f"DELETE FROM import_batch WHERE state NOT IN {FIRST_STATES}")
    _let_states_be(FIRST_STATES)


def _let_states_be(words: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_import_batch_state"), "import_batch", type_="check")
    op.create_check_constraint(op.f("ck_import_batch_state"), "import_batch", f"state IN {words}")


def _make(table: str, *extra: sa.Column[int]) -> None:
    op.create_table(
        table,
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *extra,
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_batch.id"],
            name=op.f(f"fk_{table}_import_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "ordinal", name=op.f(f"pk_{table}")),
    )
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY {table}_seen ON {table} USING ({STAFF} OR EXISTS (SELECT 1 {OWNER})) "
        f"WITH CHECK ({STAFF} OR (SELECT true {OWNER}))"
    )


def _grant() -> None:
    # Who uploads only puts in, and may ask whether it is still there; the worker takes out.
    op.execute("GRANT INSERT, SELECT (import_id, ordinal) ON import_content TO pleegzorg_app")
    # Confirming a held import clears its findings; a draft of them is made again.
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON import_chunk TO pleegzorg_worker")
    op.execute("GRANT SELECT ON import_content TO pleegzorg_worker")
    op.execute("GRANT UPDATE ON import_batch TO pleegzorg_worker")
    op.execute(f"GRANT INSERT, UPDATE ON {', '.join(WRITTEN_BY_WORKER)} TO pleegzorg_worker")
    op.execute(f"GRANT DELETE ON {', '.join(REPLACED_BY_WORKER)} TO pleegzorg_worker")
    # A BSN can be put away and found again by its digest, but the worker never reads one back.
    op.execute("GRANT SELECT (child_id, digest) ON child_bsn TO pleegzorg_worker")
