"""The steps of methodical matching on a begun pair: phases, moves, answers, yeses, objections.

Revision ID: 20261128_21
Revises: 20261128_20
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_21"
down_revision = "20261128_20"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
OWN_PROVIDER = "nullif(current_setting('pleegzorg.provider', true), '')::uuid"
PHASES = (
    "'voorgesteld', 'voorgelegd aan pleegouders', 'voorgelegd aan ouders en kind', "
    "'kennismaking', 'match', 'wennen', 'plaatsing'"
)
DECLINED = (
    "'gezin niet beschikbaar', 'problematiek te zwaar', 'leeftijd', 'afstand', "
    "'gezinssamenstelling', 'veiligheid', 'voorkeur ander gezin', 'ouders of kind bezwaar', "
    "'anders'"
)
PEOPLE = "'gezin', 'aanbieder', 'ouders', 'kind', 'verwijzer'"
TABLES = ("step_move", "step_message", "step_consent", "step_objection")
ON_PAIR = ("step_move", "step_message", "step_objection")
ADDED = (
    "phase", "decline_reason", "run_id", "is_first_choice", "choice_reason", "support_plan",
    "no_support_reason",
)  # fmt: skip
# A child that came to live with the family stays its provider's to know, while it lives there.
PLACED_THERE = """
       OR (begun_pair.state = 'geplaatst' AND EXISTS (
             SELECT FROM placement
              WHERE placement.registration_id = begun_pair.registration_id
                AND placement.family_id = begun_pair.family_id
                AND (placement.until IS NULL OR placement.until >= current_date)))"""
PROVIDER_SEES = """
CREATE OR REPLACE FUNCTION pleegzorg_provider_sees(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM begun_pair JOIN family ON family.id = begun_pair.family_id
     WHERE begun_pair.registration_id = wanted
       AND (begun_pair.state = 'loopt'{placed})
       AND family.provider_id = {provider})
$$
"""


def upgrade() -> None:
    _widen_begun_pair()
    _make_moves()
    _make_messages()
    _make_consents()
    _make_objections()
    for table in ON_PAIR:
        op.create_index(op.f(f"ix_{table}_pair_id"), table, ["pair_id"])
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({STAFF}) WITH CHECK ({STAFF})")
        op.execute(f"CREATE POLICY {table}_audited ON {table} FOR SELECT USING ({AUDITOR})")
    # What was recorded stays as it was; of an objection only what came of it is filled in.
    op.execute(f"GRANT SELECT, INSERT ON {', '.join(TABLES)} TO pleegzorg_app")
    op.execute(
        "GRANT UPDATE (outcome, outcome_reason, decided_by, decided_at) ON step_objection "
        "TO pleegzorg_app"
    )
    op.execute(PROVIDER_SEES.format(placed=PLACED_THERE, provider=OWN_PROVIDER))


def downgrade() -> None:
    op.execute(PROVIDER_SEES.format(placed="", provider=OWN_PROVIDER))
    for table in TABLES:
        op.drop_table(table)
    for name in ("placed_in_phase", "declined"):
        op.drop_constraint(op.f(f"ck_begun_pair_{name}"), "begun_pair", type_="check")
    # To older code: somebody who may say no said it, and what became a placement has ended.
    op.execute(
        "UPDATE begun_pair SET no_by = 'aanbieder' WHERE no_by NOT IN ('gezin', 'aanbieder')"
    )
    op.execute("UPDATE begun_pair SET state = 'verlopen' WHERE state = 'geplaatst'")
    _recheck("no_by", "no_by IN ('gezin', 'aanbieder')")
    _recheck("state", "state IN ('loopt', 'nee', 'verlopen')")
    for column in reversed(ADDED):
        op.drop_column("begun_pair", column)


def _recheck(name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_begun_pair_{name}"), "begun_pair", type_="check")
    op.create_check_constraint(op.f(f"ck_begun_pair_{name}"), "begun_pair", rule)


def _widen_begun_pair() -> None:
    table = "begun_pair"
    for column in (
        sa.Column("phase", sa.String(40), server_default="voorgesteld", nullable=False),
        sa.Column("decline_reason", sa.String(40), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("is_first_choice", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("choice_reason", sa.String(), nullable=True),
        sa.Column("support_plan", sa.String(), nullable=True),
        sa.Column("no_support_reason", sa.String(), nullable=True),
    ):
        op.add_column(table, column)
    name = op.f(f"fk_{table}_run_id_match_run")
    op.create_foreign_key(name, table, "match_run", ["run_id"], ["id"])
    _recheck("state", "state IN ('loopt', 'nee', 'verlopen', 'geplaatst')")
    _recheck("no_by", f"no_by IN ({PEOPLE})")
    for name, rule in {
        "phase": f"phase IN ({PHASES})",
        "decline_reason": f"decline_reason IN ({DECLINED})",
        "placed_in_phase": "(state = 'geplaatst') = (phase = 'plaatsing')",
        "declined": "decline_reason IS NULL OR state = 'nee'",
    }.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def _make(table: str, *parts: sa.Column | sa.CheckConstraint | sa.UniqueConstraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(
            ["pair_id"], ["begun_pair.id"], name=op.f(f"fk_{table}_pair_id_begun_pair")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _word(table: str, name: str, words: str, *, nullable: bool = False) -> tuple[object, ...]:
    return (
        sa.Column(name, sa.String(40), nullable=nullable),
        sa.CheckConstraint(f'"{name}" IN ({words})', name=op.f(f"ck_{table}_{name}")),
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _make_moves() -> None:
    table = "step_move"
    _make(
        table,
        *_word(table, "from_phase", PHASES),
        *_word(table, "to_phase", PHASES),
        *_word(table, "agreement", "'ja', 'nee', 'onder voorwaarde'"),
        _text("condition", nullable=True),
        *(
            sa.Column(name, postgresql.ARRAY(sa.Text()), nullable=False)
            for name in ("pros", "cons", "doubts")
        ),
        _check(table, "condition", "(agreement = 'onder voorwaarde') = (condition IS NOT NULL)"),
    )


def _make_messages() -> None:
    table = "step_message"
    _make(
        table,
        *_word(table, "phase", PHASES),
        *_word(table, "kind", "'ja', 'nee', 'vraag', 'uitleg'"),
        *_word(table, "decline_reason", DECLINED, nullable=True),
        _text("text", nullable=True),
        _check(table, "reason_of_no", "(kind = 'nee') = (decline_reason IS NOT NULL)"),
        _check(table, "text", "kind IN ('ja', 'nee') OR text IS NOT NULL"),
    )


def _make_consents() -> None:
    table = "step_consent"
    _make(
        table,
        *_word(table, "by", "'aanbieder', 'verwijzer'"),
        _text("organisation"),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("pair_id", "by", name=op.f(f"uq_{table}_pair_id_by")),
    )


def _make_objections() -> None:
    table = "step_objection"
    decided = " AND ".join(
        f"(outcome IS NULL) = ({name} IS NULL)"
        for name in ("outcome_reason", "decided_by", "decided_at")
    )
    _make(
        table,
        *_word(table, "by", PEOPLE),
        _text("text"),
        _text("legal_frame"),
        *_word(table, "weight", "'veto', 'weegt mee'"),
        *_word(table, "outcome", "'doorgaan', 'ingetrokken', 'stoppen'", nullable=True),
        _text("outcome_reason", nullable=True),
        _text("decided_by", nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        _check(table, "of_parents_or_child", "by IN ('ouders', 'kind')"),
        _check(table, "decided", decided),
        _check(table, "no_way_past_a_veto", "weight <> 'veto' OR outcome <> 'doorgaan'"),
    )
