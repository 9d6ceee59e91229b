"""Statements, requests for destruction, legal holds and purges; a role of its own that destroys.

Revision ID: 20261129_53
Revises: 20261128_45
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261129_53"
down_revision = "20261129_52"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
OFFICE = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'systeem')"
PURGER = f"{ROLE} IN ('coordinator', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
DISPUTED_BY = "'kind', 'ouder', 'voogd', 'verwijzer', 'aanmeldpunt', 'ander'"
ASKED_BY = "'kind vanaf 16', 'kind van 12 tot 16', 'wettelijk vertegenwoordiger'"
REQUEST = "'ontvangen', 'toegewezen', 'geweigerd', 'uitgevoerd'"
GROUND = "'aanmerkelijk belang van een ander', 'wettelijke plicht', 'vrager niet bevoegd'"
HOLD = "'klacht', 'rechtszaak', 'tuchtzaak', 'onderzoek van de inspectie'"
PURGE = "'voorgesteld', 'goedgekeurd', 'bezig', 'klaar'"
TABLES = ("purge_report", "legal_hold", "erasure_request", "file_statement")

ERASER = "pleegzorg_eraser"
# What a destruction takes away whole, leaves as a shell, or in which it replaces a number.
EMPTIED = (
    "authority_holder", "begun_pair", "breakdown_record", "child", "child_bsn",
    "consent_withdrawal", "crisis_call", "crisis_report", "draft", "ending_judgement",
    "emergency_access", "erasure_request", "excluded_area", "fact_correction", "family", "family_form",
    "family_phone", "family_willingness", "field_change", "file_statement", "given_answer",
    "housemate", "import_batch", "import_change", "import_chunk", "import_content",
    "import_finding", "kept_form", "ladder_step", "legal_frame", "legal_hold", "match_run",
    "mentor_case", "network_inquiry", "occupation", "placement", "placement_basis",
    "placement_change", "placement_ending", "placement_review", "proposal", "purge_report",
    "recorded_no", "registration", "registration_problem", "respite_line", "respite_place",
    "review_finding", "review_voice", "screen_session", "setting_stay", "sibling_group",
    "sibling_group_hold", "sibling_pair_wish", "stage_change", "step_consent", "step_message",
    "step_move", "step_objection", "strain_signal", "support_offer", "unplaced",
    "weights_version",
)  # fmt: skip
ADDED = (
    "audit_event", "begun_pair", "child", "crisis_report", "event", "ladder_step",
    "past_placement", "placement", "purge_report", "registration", "setting_stay",
)  # fmt: skip
READ = (
    "audit_event", "care_setting", "family_status_change", "event", "past_placement", "place", "postcode_area", "provider",
    "respite_round", "subscription",
)  # fmt: skip
QUEUE = ("procrastinate_jobs", "procrastinate_events")
# What the policies ask, and who is told of an event: all that the application may ask.
LET_ASK = f"""
DO $$ DECLARE asked regprocedure; BEGIN
  FOR asked IN
    SELECT oid::regprocedure FROM pg_proc
     WHERE proname LIKE 'pleegzorg\\_%' AND pronamespace = 'public'::regnamespace
       AND prorettype <> 'trigger'::regtype
       AND has_function_privilege('pleegzorg_app', oid, 'EXECUTE')
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {ERASER}', asked);
  END LOOP;
END $$
"""


# Typed by people about people: sealed, and nothing but that is taken (see 20261129_52). Of the table
# of emergency access as well, which came just before and is empty still.
SEALED = {
    "emergency_access": ("reason", "judged_because"),
    "erasure_request": ("note", "reason"),
    "file_statement": ("text", "refusal"),
    "legal_hold": ("note",),
}


def _take_sealed_alone() -> None:
    for table, columns in SEALED.items():
        for column in columns:
            op.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{column}_sealed "
                f"CHECK (starts_with({column}, 'pz1.'))"
            )


def upgrade() -> None:
    op.add_column(
        "registration",
        sa.Column("is_destroyed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("family", sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True))
    _make_file_statement()
    _make_erasure_request()
    _make_legal_hold()
    _make_purge_report()
    _protect()
    _let_eraser_in()
    _take_sealed_alone()


def downgrade() -> None:
    for column in SEALED["emergency_access"]:
        op.execute(
            f"ALTER TABLE emergency_access DROP CONSTRAINT ck_emergency_access_{column}_sealed"
        )
    for table in EMPTIED:
        op.execute(f"DROP POLICY {table}_erased ON {table}")
    for table in TABLES:
        op.drop_table(table)
    op.execute(f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM {ERASER}")
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ERASER}")
    op.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {ERASER}")
    op.drop_column("family", "emptied_at")
    op.drop_column("registration", "is_destroyed")


def _among(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} IN ({words})", name=op.f(f"ck_{table}_{name}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _base() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )


def _text(name: str, size: int | None = None, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(size), nullable=nullable)


def _instant(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _of_registration(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["registration_id"],
        ["registration.id"],
        name=op.f(f"fk_{table}_registration_id_registration"),
        ondelete="CASCADE",
    )


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _index(table: str) -> None:
    op.create_index(op.f(f"ix_{table}_registration_id"), table, ["registration_id"])


def _make_file_statement() -> None:
    table = "file_statement"
    op.create_table(
        table,
        *_base(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        _text("field", nullable=True),
        _text("stated_by", 40),
        _text("text"),
        _text("refusal", nullable=True),
        _text("actor"),
        _text("role"),
        _among(table, "stated_by", DISPUTED_BY),
        _check(table, "refusal_of_a_field", "refusal IS NULL OR field IS NOT NULL"),
        _of_registration(table),
        _key(table),
    )
    _index(table)


def _make_erasure_request() -> None:
    table = "erasure_request"
    op.create_table(
        table,
        *_base(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        _text("asked_by", 40),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        _text("note", nullable=True),
        _text("state", 40),
        _text("ground", 40, nullable=True),
        _text("reason", nullable=True),
        _text("actor"),
        _text("role"),
        _text("decided_by", nullable=True),
        _instant("decided_at"),
        _instant("executed_at"),
        sa.Column("counts", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        _among(table, "asked_by", ASKED_BY),
        _among(table, "state", REQUEST),
        _among(table, "ground", GROUND),
        _check(table, "in_order", "due > asked_on"),
        _check(table, "refused_on_a_ground", "(state = 'geweigerd') = (ground IS NOT NULL)"),
        _check(table, "decided_by_someone", "(state = 'ontvangen') = (decided_by IS NULL)"),
        _check(table, "decided_on_a_day", "(decided_by IS NULL) = (decided_at IS NULL)"),
        _check(table, "done_on_a_day", "(state = 'uitgevoerd') = (executed_at IS NOT NULL)"),
        _check(
            table,
            "nothing_typed_stays",
            "state <> 'uitgevoerd' OR (note IS NULL AND reason IS NULL)",
        ),
        _key(table),
    )
    _index(table)
    op.create_index(
        f"uq_{table}_registration_id_open",
        table,
        ["registration_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('ontvangen', 'toegewezen')"),
    )


def _make_legal_hold() -> None:
    table = "legal_hold"
    op.create_table(
        table,
        *_base(),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        _text("kind", 40),
        _text("note"),
        _text("actor"),
        _text("role"),
        _instant("lifted_at"),
        _text("lifted_by", nullable=True),
        _among(table, "kind", HOLD),
        _check(table, "lifted_whole", "(lifted_at IS NULL) = (lifted_by IS NULL)"),
        _of_registration(table),
        _key(table),
    )
    _index(table)


def _make_purge_report() -> None:
    table = "purge_report"
    op.create_table(
        table,
        *_base(),
        _text("state", 40),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("due", JSONB(), nullable=False),
        sa.Column("removed", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        _text("actor"),
        _text("approved_by", nullable=True),
        _instant("approved_at"),
        _instant("finished_at"),
        _among(table, "state", PURGE),
        _check(table, "finished", "(state = 'klaar') = (finished_at IS NOT NULL)"),
        _check(table, "approved_by_someone", "(state = 'voorgesteld') = (approved_by IS NULL)"),
        _key(table),
    )
    op.create_index(
        f"uq_{table}_open",
        table,
        [sa.text("(state <> 'klaar')")],
        unique=True,
        postgresql_where=sa.text("state <> 'klaar'"),
    )


def _protect() -> None:
    who = {
        "file_statement": STAFF,
        "erasure_request": OFFICE,
        "legal_hold": OFFICE,
        "purge_report": PURGER,
    }
    for table, rule in who.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({rule}) WITH CHECK ({rule})")
        op.execute(f"CREATE POLICY {table}_audited ON {table} FOR SELECT USING ({AUDITOR})")
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzorg_app")
        op.execute(f"GRANT SELECT ON {table} TO pleegzorg_worker")
    op.execute(
        "GRANT UPDATE (state, ground, reason, decided_by, decided_at) ON erasure_request "
        "TO pleegzorg_app"
    )
    op.execute("GRANT UPDATE (lifted_at, lifted_by) ON legal_hold TO pleegzorg_app")
    op.execute("GRANT UPDATE (state, approved_by, approved_at) ON purge_report TO pleegzorg_app")
    op.execute("GRANT INSERT ON purge_report TO pleegzorg_worker")


def _let_eraser_in() -> None:
    op.execute(f"GRANT USAGE ON SCHEMA public TO {ERASER}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON {', '.join(EMPTIED)} TO {ERASER}")
    op.execute(f"GRANT INSERT ON {', '.join(ADDED)} TO {ERASER}")
    # The log stays as it is: nobody takes a line away, and nobody changes one.
    op.execute(f"GRANT SELECT ON {', '.join(READ)} TO {ERASER}")
    op.execute(f"GRANT SELECT, DELETE ON {', '.join(QUEUE)} TO {ERASER}")
    op.execute(f"GRANT SELECT ON SEQUENCE event_era TO {ERASER}")
    op.execute(LET_ASK)
    # Some rows are shown to their maker alone, such as answers that are kept for a repetition.
    for table in EMPTIED:
        op.execute(
            f"CREATE POLICY {table}_erased ON {table} TO {ERASER} USING (true) WITH CHECK (true)"
        )
