"""What is recorded of placements: changes, judged ends, breakdowns, reviews; placements of before.

Revision ID: 20261128_41
Revises: 20261128_40
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261128_41"
down_revision = "20261128_40"
branch_labels = None
depends_on = None

ROLE = "current_setting('pleegzorg.role', true)"
STAFF = f"{ROLE} IN ('aanmeldpunt', 'coordinator', 'crisisdienst', 'systeem')"
AUDITOR = f"{ROLE} = 'auditor'"
OTHERS = f"{ROLE} IN ('aanbieder-matcher', 'aanbieder-systeem', 'verwijzer')"
FORMS = ("crisis", "hulpverlening", "opvoeding", "deeltijd")
LABELS = ("volgens plan", "voortijdig afgebroken", "geen uitkomst", "te beoordelen")
ACTS = (
    "gemeld", "gegevens gewijzigd", "vorm gewijzigd", "verplaatst", "beeindigd", "beoordeeld",
)  # fmt: skip
INITIATIVES = (
    "kind", "ouders", "pleegouders", "aanbieder", "verwijzer", "rechter", "gezamenlijk",
)  # fmt: skip
TOPICS = (
    "welbevinden", "gedrag", "school", "gezondheid", "band met het gezin", "contact met ouders",
    "broers en zussen", "belasting pleeggezin", "eigen kinderen van het gezin", "samenwerking",
    "veiligheid", "perspectief", "anders",
)  # fmt: skip
VOICES = ("kind", "pleegouders", "ouders")
# What hangs on a placement, and what hangs on a review of one.
ON_PLACEMENT = ("placement_change", "ending_judgement", "breakdown_record", "placement_review")
ON_REVIEW = ("review_voice", "review_finding")
NEVER_CHANGED = ("placement_change", "ending_judgement", "breakdown_record", *ON_REVIEW)
# A family that goes to another provider takes the children that live there along.
FOLLOW_FAMILY = """
CREATE FUNCTION pleegzorg_placements_follow_family() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE placement SET provider_id = NEW.provider_id, version = version + 1
   WHERE family_id = NEW.id AND until IS NULL AND provider_id <> NEW.provider_id;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    _make_changes()
    _make_judgements()
    _make_breakdowns()
    _make_reviews()
    _make_past()
    _protect()
    _take_history()
    op.execute(FOLLOW_FAMILY)
    op.execute(
        "CREATE TRIGGER placements_follow_family AFTER UPDATE OF provider_id ON family "
        "FOR EACH ROW WHEN (OLD.provider_id <> NEW.provider_id) "
        "EXECUTE FUNCTION pleegzorg_placements_follow_family()"
    )
    # Who lives somewhere already is looked at within two weeks, not at once and all together.
    op.execute("""
        INSERT INTO placement_review (id, placement_id, ordinal, due)
        SELECT gen_random_uuid(), id, 1, greatest(since + 42, current_date + 14)
          FROM placement WHERE until IS NULL AND NOT is_bridging
    """)


def downgrade() -> None:
    op.execute("DROP POLICY import_batch_of_history ON import_batch")
    op.execute("DELETE FROM import_batch WHERE kind = 'plaatsingshistorie'")
    _recheck_imports("'pleeggezinnen', 'aanmeldingen'")
    op.execute("DROP TRIGGER placements_follow_family ON family")
    op.execute("DROP FUNCTION pleegzorg_placements_follow_family()")
    for table in (*ON_REVIEW, *ON_PLACEMENT, "past_placement"):
        op.drop_table(table)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _id(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _refers(
    table: str, column: str, owner: str, key: str = "id"
) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column(column, sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            [column],
            [f"{owner}.{key}"],
            name=op.f(f"fk_{table}_{column}_{owner}"),
            ondelete="CASCADE",
        ),
    )


def _who() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
    )


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_changes() -> None:
    table = "placement_change"
    op.create_table(
        table,
        *_id(table),
        *_refers(table, "placement_id", "placement"),
        sa.Column("act", _words("act", *ACTS), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        _text("reason"),
        *_who(),
    )
    _index(table, "placement_id")


def _make_judgements() -> None:
    table = "ending_judgement"
    op.create_table(
        table,
        *_id(table),
        *_refers(table, "placement_id", "placement_ending", "placement_id"),
        sa.Column("label", _words("label", *LABELS), nullable=False),
        _text("reason", nullable=False),
        *_who(),
    )
    _index(table, "placement_id")


def _make_breakdowns() -> None:
    table = "breakdown_record"
    kinds = _words("kind", "afgebroken", "bijna afgebroken")
    op.create_table(
        table,
        *_id(table),
        *_refers(table, "placement_id", "placement"),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("initiative", _words("initiative", *INITIATIVES), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        _text("explanation"),
        sa.Column("tried", postgresql.ARRAY(sa.Text()), nullable=False),
        _text("tried_text"),
        *_who(),
        sa.CheckConstraint("cardinality(reasons) >= 1", name=op.f(f"ck_{table}_reasons")),
        sa.CheckConstraint(
            "explanation IS NOT NULL OR NOT 'anders' = ANY(reasons)",
            name=op.f(f"ck_{table}_explained"),
        ),
    )
    _index(table, "placement_id")


def _make_reviews() -> None:
    table = "placement_review"
    op.create_table(
        table,
        *_id(table),
        *_refers(table, "placement_id", "placement"),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("problems", sa.Integer(), nullable=True),
        sa.Column("contacts_per_month", sa.Float(), nullable=True),
        sa.Column("strain", sa.Integer(), nullable=True),
        sa.Column("safety", _words("safety", "veilig", "twijfel", "onveilig"), nullable=True),
        _text("note"),
        _text("actor"),
        _text("role"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint(
            "placement_id", "ordinal", name=op.f(f"uq_{table}_placement_id_ordinal")
        ),
        sa.CheckConstraint("problems BETWEEN 0 AND 3", name=op.f(f"ck_{table}_problems")),
        sa.CheckConstraint("strain BETWEEN 1 AND 5", name=op.f(f"ck_{table}_strain")),
        sa.CheckConstraint("contacts_per_month >= 0", name=op.f(f"ck_{table}_contacts")),
        sa.CheckConstraint(
            "(held_on IS NULL) = (actor IS NULL)", name=op.f(f"ck_{table}_held_by_someone")
        ),
    )
    not_held = sa.text("held_on IS NULL")
    op.create_index(
        f"uq_{table}_placement_id_open",
        table,
        ["placement_id"],
        unique=True,
        postgresql_where=not_held,
    )
    op.create_index(f"ix_{table}_due_open", table, ["due"], postgresql_where=not_held)
    _make_voices()
    _make_findings()


def _make_voices() -> None:
    table = "review_voice"
    op.create_table(
        table,
        *_refers(table, "review_id", "placement_review"),
        sa.Column("who", _words("who", *VOICES), nullable=False),
        sa.Column("heard", _words("heard", "ja", "nee", "kon niet"), nullable=False),
        _text("why_not"),
        sa.PrimaryKeyConstraint("review_id", "who", name=op.f(f"pk_{table}")),
        sa.CheckConstraint("(heard = 'ja') = (why_not IS NULL)", name=op.f(f"ck_{table}_why_not")),
    )


def _make_findings() -> None:
    table = "review_finding"
    op.create_table(
        table,
        *_id(table),
        *_refers(table, "review_id", "placement_review"),
        sa.Column("who", _words("who", *VOICES), nullable=False),
        sa.Column("topic", _words("topic", *TOPICS), nullable=False),
        sa.Column("weight", _words("weight", "goed", "zorg", "ernstige zorg"), nullable=False),
        _text("text"),
    )
    _index(table, "review_id")


def _make_past() -> None:
    table = "past_placement"
    op.create_table(
        table,
        *_id(table),
        _text("number", nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("form", _words("form", *FORMS), nullable=False),
        sa.Column("kind", _words("kind", "bestand", "netwerk"), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        _text("ending", nullable=False),
        sa.UniqueConstraint("number", name=op.f(f"uq_{table}_number")),
        sa.CheckConstraint("ended_on >= began_on", name=op.f(f"ck_{table}_in_order")),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ending = 'loopt')", name=op.f(f"ck_{table}_ended")
        ),
        sa.CheckConstraint(
            "ending IN ('volgens plan', 'voortijdig afgebroken', 'loopt')",
            name=op.f(f"ck_{table}_ending"),
        ),
    )


def _take_history() -> None:
    """Let a file of past placements be an import, which an administrator may bring and follow."""
    _recheck_imports("'pleeggezinnen', 'aanmeldingen', 'plaatsingshistorie'")
    own = f"{ROLE} = 'beheerder' AND kind = 'plaatsingshistorie'"
    op.execute(
        f"CREATE POLICY import_batch_of_history ON import_batch USING ({own}) WITH CHECK ({own})"
    )


def _recheck_imports(kinds: str) -> None:
    name = op.f("ck_import_batch_kind")
    op.drop_constraint(name, "import_batch", type_="check")
    op.create_check_constraint(name, "import_batch", f"kind IN ({kinds})")


def _protect() -> None:
    """Staff write; a provider and a referrer read what is of a placement that they see."""
    found = "EXISTS (SELECT FROM placement WHERE placement.id = placement_id)"
    review = "EXISTS (SELECT FROM placement_review WHERE placement_review.id = review_id)"
    seen_by = dict.fromkeys(ON_PLACEMENT, found) | dict.fromkeys(ON_REVIEW, review)
    for table in (*seen_by, "past_placement"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} USING ({STAFF}) WITH CHECK ({STAFF})")
        op.execute(f"CREATE POLICY {table}_audited ON {table} FOR SELECT USING ({AUDITOR})")
    for table, rule in seen_by.items():
        op.execute(
            f"CREATE POLICY {table}_of_others ON {table} FOR SELECT USING ({OTHERS} AND {rule})"
        )
    for who in ("pleegzorg_app", "pleegzorg_worker"):
        op.execute(f"GRANT SELECT, INSERT ON {', '.join(NEVER_CHANGED)} TO {who}")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON placement_review, past_placement TO {who}")
