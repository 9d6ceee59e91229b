"""What people have begun, placements, wishes per pair of siblings, and rhythms of places.

Revision ID: 20261124_13
Revises: 20261124_12
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_13"
down_revision = "20261124_12"
branch_labels = None
depends_on = None

STAFF = "current_setting('pleegzorg.role', true) IN ('aanmeldpunt', 'coordinator', 'systeem')"
FULL = "'voltijd'"
SLOTS = {
    "weekdays": "'doordeweeks'",
    "odd_weekends": "'oneven weekenden'",
    "even_weekends": "'even weekenden'",
    "holidays": "'vakanties'",
}
RHYTHMS = ", ".join([FULL, *SLOTS.values()])
ROLES = "'voorstel', 'alternatief', 'te bespreken'"
WISHES = "'samen', 'samen, tenzij', 'apart'"
TABLES = ("begun_pair", "placement", "sibling_pair_wish")


def upgrade() -> None:
    _add_rhythms()
    _make_begun_pair()
    _make_placement()
    _make_sibling_pair_wish()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({STAFF}) WITH CHECK ({STAFF})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {', '.join(TABLES)} TO pleegzorg_app")
    op.execute(f"GRANT SELECT ON {', '.join(TABLES)} TO pleegzorg_worker")
    # A registration's wishes are replaced with it, by whoever imports.
    op.execute("GRANT DELETE ON sibling_pair_wish TO pleegzorg_app, pleegzorg_worker")
    op.execute("GRANT INSERT ON sibling_pair_wish TO pleegzorg_worker")


def _rhythm(default: str | None) -> sa.Column:
    return sa.Column("rhythm", sa.String(40), server_default=default, nullable=False)


def _rhythms_check(table: str) -> tuple[str, str]:
    return op.f(f"ck_{table}_rhythm"), f"rhythm IN ({RHYTHMS})"


def _index_slots(name: str, table: str, columns: list[str], when: str) -> None:
    for slot, rhythm in SLOTS.items():
        op.create_index(
            f"{name}_{slot}",
            table,
            columns,
            unique=True,
            postgresql_where=sa.text(f"{when} AND rhythm IN ({FULL}, {rhythm})"),
        )


def _add_rhythms() -> None:
    for table in ("registration", "occupation", "proposal"):
        name, check = _rhythms_check(table)
        op.add_column(table, _rhythm("voltijd"))
        op.create_check_constraint(name, table, check)
    op.add_column("registration", sa.Column("in_network_since", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_registration_rhythm_part_time"),
        "registration",
        "rhythm = 'voltijd' OR care_form = 'deeltijd'",
    )
    op.drop_index("uq_occupation_place_id_open", table_name="occupation")
    _index_slots("uq_occupation_place_id_open", "occupation", ["place_id"], "released_at IS NULL")
    op.add_column(
        "proposal",
        sa.Column("is_request", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("proposal", sa.Column("since", sa.Date(), nullable=True))
    op.drop_index("uq_proposal_run_id_place_id", table_name="proposal")
    _index_slots(
        "uq_proposal_run_id_place_id", "proposal", ["run_id", "place_id"], "place_id IS NOT NULL"
    )
    _check_proposal(
        f"{ROLES}, 'al in gang'",
        "(role = 'voorstel' AND NOT is_request) = (place_id IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_proposal_since_if_underway"),
        "proposal",
        "(role = 'al in gang') = (since IS NOT NULL)",
    )


def _check_proposal(roles: str, place: str) -> None:
    op.drop_constraint(op.f("ck_proposal_role"), "proposal", type_="check")
    op.create_check_constraint(op.f("ck_proposal_role"), "proposal", f"role IN ({roles})")
    op.drop_constraint(op.f("ck_proposal_place_if_proposed"), "proposal", type_="check")
    op.create_check_constraint(op.f("ck_proposal_place_if_proposed"), "proposal", place)


def _has_id() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    ]


def _refers(table: str, column: str, owner: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, **more)


def _make_begun_pair() -> None:
    table = "begun_pair"
    op.create_table(
        table,
        *_has_id(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        _rhythm(None),
        sa.Column("is_request", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("held_until", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("no_by", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.CheckConstraint(_rhythms_check(table)[1], name=_rhythms_check(table)[0]),
        sa.CheckConstraint(
            "state IN ('loopt', 'nee', 'verlopen')", name=op.f("ck_begun_pair_state")
        ),
        sa.CheckConstraint("no_by IN ('gezin', 'aanbieder')", name=op.f("ck_begun_pair_no_by")),
        sa.CheckConstraint(
            "(place_id IS NULL) = is_request", name=op.f("ck_begun_pair_place_unless_request")
        ),
        sa.CheckConstraint("held_until >= begun_on", name=op.f("ck_begun_pair_in_order")),
        sa.CheckConstraint(
            "(state = 'loopt') = (ended_at IS NULL)", name=op.f("ck_begun_pair_ended")
        ),
        sa.CheckConstraint(
            "(state = 'nee') = (no_by IS NOT NULL)", name=op.f("ck_begun_pair_no_by_someone")
        ),
        sa.CheckConstraint(
            "state = 'loopt' OR reason IS NOT NULL", name=op.f("ck_begun_pair_reason_of_end")
        ),
        _refers(table, "registration_id", "registration"),
        _refers(table, "family_id", "family"),
        _refers(table, "place_id", "place"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_begun_pair")),
    )
    for column in ("registration_id", "family_id"):
        op.create_index(op.f(f"ix_begun_pair_{column}"), table, [column])
    op.create_index(
        "uq_begun_pair_registration_id_running",
        table,
        ["registration_id"],
        unique=True,
        postgresql_where=sa.text("state = 'loopt'"),
    )
    _index_slots("uq_begun_pair_place_id_running", table, ["place_id"], "state = 'loopt'")


def _make_placement() -> None:
    table = "placement"
    op.create_table(
        table,
        *_has_id(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("ck_placement_in_order")),
        _refers(table, "registration_id", "registration"),
        _refers(table, "family_id", "family"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    for column in ("registration_id", "family_id"):
        op.create_index(op.f(f"ix_placement_{column}"), table, [column])
    op.create_index(
        "uq_placement_registration_id_running",
        table,
        ["registration_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )


def _make_sibling_pair_wish() -> None:
    table = "sibling_pair_wish"
    op.create_table(
        table,
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("other_number", sa.String(), nullable=False),
        sa.Column("wish", sa.String(40), nullable=False),
        sa.CheckConstraint(f"wish IN ({WISHES})", name=op.f("ck_sibling_pair_wish_wish")),
        _refers(table, "registration_id", "registration", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "registration_id", "other_number", name=op.f("pk_sibling_pair_wish")
        ),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    # What older code cannot say is no proposal to it.
    op.execute("DELETE FROM proposal WHERE role = 'al in gang' OR is_request")
    op.drop_constraint(op.f("ck_proposal_since_if_underway"), "proposal", type_="check")
    _check_proposal(ROLES, "(role = 'voorstel') = (place_id IS NOT NULL)")
    for slot in SLOTS:
        op.drop_index(f"uq_proposal_run_id_place_id_{slot}", table_name="proposal")
        op.drop_index(f"uq_occupation_place_id_open_{slot}", table_name="occupation")
    op.create_index(
        "uq_proposal_run_id_place_id",
        "proposal",
        ["run_id", "place_id"],
        unique=True,
        postgresql_where=sa.text("place_id IS NOT NULL"),
    )
    op.create_index(
        "uq_occupation_place_id_open",
        "occupation",
        ["place_id"],
        unique=True,
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.drop_constraint(op.f("ck_registration_rhythm_part_time"), "registration", type_="check")
    for table in ("registration", "occupation", "proposal"):
        op.drop_constraint(op.f(f"ck_{table}_rhythm"), table, type_="check")
        op.drop_column(table, "rhythm")
    op.drop_column("registration", "in_network_since")
    for column in ("is_request", "since"):
        op.drop_column("proposal", column)
