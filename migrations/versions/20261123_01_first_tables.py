"""Tables, roles and row-level security of the first day.

Revision ID: 20261123_01
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261123_01"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "child",
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column(
            "gender",
            sa.Enum(
                "jongen",
                "meisje",
                "x",
                name="gender",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("born_on > DATE '1990-01-01'", name=op.f("ck_child_born_on")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
    )
    op.create_table(
        "match_run",
        sa.Column(
            "state",
            sa.Enum(
                "wacht",
                "loopt",
                "klaar",
                "mislukt",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("snapshot_day", sa.Date(), nullable=False),
        sa.Column("policy_name", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("policy_text", sa.String(), nullable=False),
        sa.Column("weights_version", sa.String(), nullable=True),
        sa.Column("code_version", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("solver", sa.String(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.JSON(), nullable=False),
        sa.Column("problem", sa.LargeBinary(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    op.create_table(
        "postcode_area",
        sa.Column("pc4", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("municipality_code", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column(
            "quality",
            sa.Enum(
                "exact",
                "benaderd",
                "onzeker",
                name="quality",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "pc4 ~ '^[1-9][0-9]{3}$'", name=op.f("ck_postcode_area_pc4_is_four_digits")
        ),
        sa.CheckConstraint(
            "lat BETWEEN 50 AND 54 AND lon BETWEEN 3 AND 8",
            name=op.f("ck_postcode_area_in_netherlands"),
        ),
        sa.PrimaryKeyConstraint("pc4", name=op.f("pk_postcode_area")),
    )
    op.create_table(
        "provider",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "code ~ '^[a-z][a-z0-9-]+$'", name=op.f("ck_provider_code_is_kebab_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
        sa.UniqueConstraint("code", name=op.f("uq_provider_code")),
    )
    op.create_table(
        "sibling_group",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "wish",
            sa.Enum(
                "samen",
                "samen, tenzij",
                "apart",
                name="wish",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sibling_group")),
        sa.UniqueConstraint("code", name=op.f("uq_sibling_group_code")),
    )
    op.create_table(
        "child_bsn",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_child_bsn_child_id_child"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_child_bsn")),
    )
    op.create_index(op.f("ix_child_bsn_digest"), "child_bsn", ["digest"], unique=False)
    op.create_table(
        "family",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "bestand",
                "netwerk",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "actief",
                "pauze",
                "gestopt",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("place_name", sa.String(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("available_until", sa.Date(), nullable=True),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=False),
        sa.Column(
            "gender_preference",
            sa.Enum(
                "geen voorkeur",
                "jongen",
                "meisje",
                name="gender_preference",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("max_siblings", sa.Integer(), nullable=False),
        sa.Column("experience_years", sa.Double(), nullable=False),
        sa.Column("trainings", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("cooperation", sa.Integer(), nullable=True),
        sa.Column("pets", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("smokes", sa.Boolean(), nullable=False),
        sa.Column("wheelchair", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("faith", sa.String(), nullable=True),
        sa.Column("clearance_until", sa.Date(), nullable=True),
        sa.Column("prepared", sa.Boolean(), nullable=False),
        sa.Column("respite", sa.Boolean(), nullable=False),
        sa.Column("network_for", sa.String(), nullable=True),
        sa.Column("needs_confirmation", sa.Boolean(), nullable=False),
        sa.Column("source_updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind <> 'netwerk' OR network_for IS NOT NULL",
            name=op.f("ck_family_network_names_child"),
        ),
        sa.CheckConstraint(
            "postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name=op.f("ck_family_postcode")
        ),
        sa.CheckConstraint(
            "0 <= min_age AND min_age <= max_age AND max_age <= 23", name=op.f("ck_family_ages")
        ),
        sa.CheckConstraint(
            "available_from <= available_until", name=op.f("ck_family_availability_in_order")
        ),
        sa.CheckConstraint("cooperation BETWEEN 1 AND 5", name=op.f("ck_family_cooperation")),
        sa.CheckConstraint("experience_years >= 0", name=op.f("ck_family_experience_years")),
        sa.CheckConstraint("max_siblings >= 1", name=op.f("ck_family_max_siblings")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_family_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
        sa.UniqueConstraint(
            "provider_id", "reference", name=op.f("uq_family_provider_id_reference")
        ),
    )
    op.create_index(op.f("ix_family_provider_id"), "family", ["provider_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column(
            "kind",
            sa.Enum(
                "pleeggezinnen",
                "aanmeldingen",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "verwerkt",
                "ongewijzigd",
                "aangehouden",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("snapshot_day", sa.Date(), nullable=True),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("to_confirm", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_import_batch_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(
        op.f("ix_import_batch_provider_id"), "import_batch", ["provider_id"], unique=False
    )
    op.create_table(
        "registration",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "zoekt",
                "geplaatst",
                "gesloten",
                "ingetrokken",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "care_form",
            sa.Enum(
                "crisis",
                "hulpverlening",
                "opvoeding",
                "deeltijd",
                name="care_form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            sa.Enum(
                "crisis",
                "spoed",
                "regulier",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("referrer", sa.String(), nullable=False),
        sa.Column("legal_frame", sa.String(), nullable=False),
        sa.Column("order_issued_on", sa.Date(), nullable=True),
        sa.Column("order_setting", sa.String(), nullable=True),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("staying_now", sa.String(), nullable=False),
        sa.Column("leave_by", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("needed_from", sa.Date(), nullable=False),
        sa.Column("expected_months", sa.Integer(), nullable=False),
        sa.Column("school_postcode", sa.String(), nullable=True),
        sa.Column("keep_school", sa.Boolean(), nullable=False),
        sa.Column("sibling_group_id", sa.Uuid(), nullable=True),
        sa.Column(
            "sibling_wish",
            sa.Enum(
                "samen",
                "samen, tenzij",
                "apart",
                name="sibling_wish",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sdq_total", sa.Integer(), nullable=True),
        sa.Column("earlier_placements", sa.Integer(), nullable=False),
        sa.Column("earlier_breakdowns", sa.Integer(), nullable=False),
        sa.Column("residential_past", sa.Boolean(), nullable=False),
        sa.Column("allergies", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("needs_smoke_free", sa.Boolean(), nullable=False),
        sa.Column("needs_wheelchair", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("faith_wish", sa.String(), nullable=True),
        sa.Column("visits_per_month", sa.Double(), nullable=False),
        sa.Column(
            "visit_place",
            sa.Enum(
                "bij ouders",
                "neutrale plek",
                "pleeggezin",
                name="visit_place",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("secret_placement", sa.Boolean(), nullable=False),
        sa.Column("network_researched", sa.Boolean(), nullable=False),
        sa.Column("network_family", sa.String(), nullable=True),
        sa.Column("network_refused_reason", sa.String(), nullable=True),
        sa.Column("mentor", sa.String(), nullable=True),
        sa.Column(
            "other_children",
            sa.Enum(
                "geen voorkeur",
                "wel",
                "niet",
                name="other_children",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("child_voice", sa.String(), nullable=False),
        sa.Column("big5", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name=op.f("ck_registration_postcode")
        ),
        sa.CheckConstraint(
            "school_postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'",
            name=op.f("ck_registration_school_postcode"),
        ),
        sa.CheckConstraint(
            "(sibling_group_id IS NULL) = (sibling_wish IS NULL)",
            name=op.f("ck_registration_sibling_wish_with_group"),
        ),
        sa.CheckConstraint(
            "earlier_breakdowns >= 0", name=op.f("ck_registration_earlier_breakdowns")
        ),
        sa.CheckConstraint(
            "earlier_placements >= 0", name=op.f("ck_registration_earlier_placements")
        ),
        sa.CheckConstraint("expected_months > 0", name=op.f("ck_registration_expected_months")),
        sa.CheckConstraint("sdq_total BETWEEN 0 AND 40", name=op.f("ck_registration_sdq_total")),
        sa.CheckConstraint("visits_per_month >= 0", name=op.f("ck_registration_visits_per_month")),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_registration_child_id_child")
        ),
        sa.ForeignKeyConstraint(
            ["sibling_group_id"],
            ["sibling_group.id"],
            name=op.f("fk_registration_sibling_group_id_sibling_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("number", name=op.f("uq_registration_number")),
    )
    op.create_index(
        op.f("ix_registration_sibling_group_id"), "registration", ["sibling_group_id"], unique=False
    )
    op.create_index(
        "uq_registration_child_id_active",
        "registration",
        ["child_id"],
        unique=True,
        postgresql_where=sa.text("state = 'zoekt'"),
    )
    op.create_table(
        "excluded_area",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("radius_km", sa.Double(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "postcode ~ '^[1-9][0-9]{3}([A-Z]{2})?$'", name=op.f("ck_excluded_area_postcode")
        ),
        sa.CheckConstraint("radius_km > 0", name=op.f("ck_excluded_area_radius_km")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_excluded_area_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excluded_area")),
    )
    op.create_index(
        op.f("ix_excluded_area_registration_id"), "excluded_area", ["registration_id"], unique=False
    )
    op.create_table(
        "family_form",
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "crisis",
                "hulpverlening",
                "opvoeding",
                "deeltijd",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["family.id"],
            name=op.f("fk_family_form_family_id_family"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("family_id", "form", name=op.f("pk_family_form")),
    )
    op.create_table(
        "family_willingness",
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column(
            "problem",
            sa.Enum(
                "externaliserend",
                "internaliserend",
                "hechting",
                "lvb",
                "psychiatrie",
                "medisch",
                "seksueel_grensoverschrijdend",
                "weglopen",
                "middelen",
                name="problem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "answer",
            sa.Enum(
                "ja",
                "met steun",
                "nee",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["family.id"],
            name=op.f("fk_family_willingness_family_id_family"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("family_id", "problem", name=op.f("pk_family_willingness")),
    )
    op.create_table(
        "housemate",
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "pleegouder",
                "eigen",
                "pleeg",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("birth_year", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "birth_year BETWEEN 1900 AND 2100", name=op.f("ck_housemate_birth_year")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["family.id"],
            name=op.f("fk_housemate_family_id_family"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_housemate")),
    )
    op.create_index(op.f("ix_housemate_family_id"), "housemate", ["family_id"], unique=False)
    op.create_table(
        "import_finding",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "geweigerd",
                "waarschuwing",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_batch.id"],
            name=op.f("fk_import_finding_import_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_finding")),
    )
    op.create_index("ix_import_finding_import_id", "import_finding", ["import_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "voltijd",
                "doordeweeks",
                "oneven weekenden",
                "even weekenden",
                "vakanties",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_place_ordinal")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_place_family_id_family"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("family_id", "ordinal", name=op.f("uq_place_family_id_ordinal")),
    )
    op.create_table(
        "recorded_no",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["family.id"],
            name=op.f("fk_recorded_no_family_id_family"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_recorded_no_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_no")),
    )
    op.create_index(
        op.f("ix_recorded_no_registration_id"), "recorded_no", ["registration_id"], unique=False
    )
    op.create_table(
        "registration_problem",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column(
            "problem",
            sa.Enum(
                "externaliserend",
                "internaliserend",
                "hechting",
                "lvb",
                "psychiatrie",
                "medisch",
                "seksueel_grensoverschrijdend",
                "weglopen",
                "middelen",
                name="problem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "severity BETWEEN 0 AND 3", name=op.f("ck_registration_problem_severity")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_problem_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "problem", name=op.f("pk_registration_problem")),
    )
    op.create_table(
        "unplaced",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("why_not", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_unplaced_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["match_run.id"],
            name=op.f("fk_unplaced_run_id_match_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "registration_id", name=op.f("pk_unplaced")),
    )
    op.create_table(
        "occupation",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("released_at >= since", name=op.f("ck_occupation_in_order")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_occupation_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_occupation_registration_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
    )
    op.create_index(
        op.f("ix_occupation_registration_id"), "occupation", ["registration_id"], unique=False
    )
    op.create_index(
        "uq_occupation_place_id_open",
        "occupation",
        ["place_id"],
        unique=True,
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "proposal",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "voorstel",
                "alternatief",
                "te bespreken",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("chance_low", sa.Double(), nullable=False),
        sa.Column("chance_high", sa.Double(), nullable=False),
        sa.Column("km", sa.Double(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(role = 'voorstel') = (place_id IS NOT NULL)",
            name=op.f("ck_proposal_place_if_proposed"),
        ),
        sa.CheckConstraint(
            "0 <= chance_low AND chance_low <= chance AND chance <= chance_high AND chance_high <= 1",
            name=op.f("ck_proposal_chances_in_order"),
        ),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_proposal_rank")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_proposal_family_id_family")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_proposal_place_id_place")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_proposal_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["match_run.id"],
            name=op.f("fk_proposal_run_id_match_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint(
            "run_id",
            "registration_id",
            "role",
            "rank",
            name=op.f("uq_proposal_run_id_registration_id_role_rank"),
        ),
    )
    op.create_index(op.f("ix_proposal_family_id"), "proposal", ["family_id"], unique=False)
    op.create_index(
        op.f("ix_proposal_registration_id"), "proposal", ["registration_id"], unique=False
    )
    op.create_index(
        "uq_proposal_run_id_place_id",
        "proposal",
        ["run_id", "place_id"],
        unique=True,
        postgresql_where=sa.text("place_id IS NOT NULL"),
    )
    op.create_index(
        "uq_proposal_run_id_registration_id_first",
        "proposal",
        ["run_id", "registration_id"],
        unique=True,
        postgresql_where=sa.text("role = 'voorstel'"),
    )
    protect()
    grant()


def downgrade() -> None:
    op.drop_index(
        "uq_proposal_run_id_registration_id_first",
        table_name="proposal",
        postgresql_where=sa.text("role = 'voorstel'"),
    )
    op.drop_index(
        "uq_proposal_run_id_place_id",
        table_name="proposal",
        postgresql_where=sa.text("place_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_proposal_registration_id"), table_name="proposal")
    op.drop_index(op.f("ix_proposal_family_id"), table_name="proposal")
    op.drop_table("proposal")
    op.drop_index(
        "uq_occupation_place_id_open",
        table_name="occupation",
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.drop_index(op.f("ix_occupation_registration_id"), table_name="occupation")
    op.drop_table("occupation")
    op.drop_table("unplaced")
    op.drop_table("registration_problem")
    op.drop_index(op.f("ix_recorded_no_registration_id"), table_name="recorded_no")
    op.drop_table("recorded_no")
    op.drop_table("place")
    op.drop_index("ix_import_finding_import_id", table_name="import_finding")
    op.drop_table("import_finding")
    op.drop_index(op.f("ix_housemate_family_id"), table_name="housemate")
    op.drop_table("housemate")
    op.drop_table("family_willingness")
    op.drop_table("family_form")
    op.drop_index(op.f("ix_excluded_area_registration_id"), table_name="excluded_area")
    op.drop_table("excluded_area")
    op.drop_index(
        "uq_registration_child_id_active",
        table_name="registration",
        postgresql_where=sa.text("state = 'zoekt'"),
    )
    op.drop_index(op.f("ix_registration_sibling_group_id"), table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_import_batch_provider_id"), table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_family_provider_id"), table_name="family")
    op.drop_table("family")
    op.drop_index(op.f("ix_child_bsn_digest"), table_name="child_bsn")
    op.drop_table("child_bsn")
    op.drop_table("sibling_group")
    op.drop_table("provider")
    op.drop_table("postcode_area")
    op.drop_table("match_run")
    op.drop_table("child")


# Row-level security, from the first table on: the application connects as a role that owns
# nothing and cannot bypass it, so a query that forgets its filter still shows nobody else's rows.
# Who asks is told per transaction: pleegzorg.role, pleegzorg.provider, pleegzorg.actor.
STAFF = "current_setting('pleegzorg.role', true) IN ('aanmeldpunt', 'coordinator', 'systeem')"
INTAKE = "current_setting('pleegzorg.role', true) IN ('aanmeldpunt', 'systeem')"
SYSTEM = "current_setting('pleegzorg.role', true) = 'systeem'"
OWN_PROVIDER = "provider_id = nullif(current_setting('pleegzorg.provider', true), '')::uuid"

ABOUT_CHILDREN = (
    "child",
    "registration",
    "registration_problem",
    "excluded_area",
    "sibling_group",
    "recorded_no",
    "match_run",
    "proposal",
    "unplaced",
)
OF_PROVIDERS = ("family", "import_batch")
OF_FAMILIES = ("family_form", "family_willingness", "housemate", "place")
REPLACED_ON_CHANGE = (
    "family_form",
    "family_willingness",
    "housemate",
    "registration_problem",
    "excluded_area",
    "child_bsn",
)
WRITTEN_BY_WORKER = ("match_run", "proposal", "unplaced")


def follows(owner: str, key: str) -> tuple[str, str]:
    # Row-level security also holds inside the sub-selects: what hangs on an invisible family is
    # invisible. Staff see every owner, so for them the question is not even asked. Seen by EXISTS,
    # which a scan may plan as one hashed set; written by a scalar sub-select, which is always a
    # look-up by key: a hashed set for each inserted row made 4,000 families take 142 s.
    seen = f"{STAFF} OR EXISTS (SELECT 1 FROM {owner} WHERE {owner}.id = {key})"
    return seen, f"{STAFF} OR (SELECT true FROM {owner} WHERE {owner}.id = {key})"


# Each: tables, which rows are seen, which may be written.
RULES = (
    (ABOUT_CHILDREN, (STAFF, STAFF)),
    (("child_bsn",), (INTAKE, INTAKE)),
    (OF_PROVIDERS, (f"{STAFF} OR {OWN_PROVIDER}",) * 2),
    (OF_FAMILIES, follows("family", "family_id")),
    (("occupation",), follows("place", "place_id")),
    (("import_finding",), follows("import_batch", "import_id")),
)


def protect() -> None:
    for tables, (seen, written) in RULES:
        for table in tables:
            _enable(table)
            op.execute(
                f"CREATE POLICY {table}_seen ON {table} USING ({seen}) WITH CHECK ({written})"
            )
    for table in ("provider", "postcode_area"):
        _enable(table)
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING (true)")
        op.execute(
            f"CREATE POLICY {table}_written ON {table} USING ({SYSTEM}) WITH CHECK ({SYSTEM})"
        )


def _enable(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def grant() -> None:
    every = [t for tables, _ in RULES for t in tables] + ["provider", "postcode_area"]
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {', '.join(every)} TO pleegzorg_app")
    op.execute(f"GRANT DELETE ON {', '.join(REPLACED_ON_CHANGE)} TO pleegzorg_app")
    readable = [t for t in every if t != "child_bsn"]
    op.execute(f"GRANT SELECT ON {', '.join(readable)} TO pleegzorg_worker")
    op.execute(f"GRANT INSERT, UPDATE ON {', '.join(WRITTEN_BY_WORKER)} TO pleegzorg_worker")
    # Whoever logs in may ask whether the tables are the newest, before taking a role.
    op.execute("GRANT SELECT ON alembic_version TO PUBLIC")
