"""A migration that would keep a serving database waiting is refused; its three steps are not."""

from pathlib import Path

import pytest

from tools.migration_locks import find_long_locks, judge

HEAD = "import sqlalchemy as sa\nfrom alembic import op\n\n\ndef upgrade() -> None:\n"


def said_of(step: str) -> list[str]:
    return list(judge(HEAD + f"    {step}\n"))


@pytest.mark.parametrize(
    "step",
    [
        'op.create_index("ix_child_x", "child", ["x"])',
        'op.alter_column("child", "x", nullable=False)',
        'op.alter_column("child", "x", type_=sa.BigInteger())',
        'op.add_column("child", sa.Column("x", sa.Integer(), nullable=False))',
        'op.create_check_constraint("ck_child_x", "child", "x > 0")',
        'op.create_foreign_key("fk", "child", "family", ["x"], ["id"])',
        'op.create_unique_constraint("uq", "child", ["x"])',
        'op.execute("CREATE UNIQUE INDEX ix ON child (x)")',
        'op.execute("ALTER TABLE child ALTER COLUMN x SET NOT NULL")',
        'op.execute("ALTER TABLE child ALTER x TYPE bigint")',
        'op.execute("ALTER TABLE child ADD CONSTRAINT ck CHECK (x > 0)")',
        'op.execute("SET lock_timeout = 0")',
        'op.execute("LOCK TABLE child")',
        'op.execute(f"ALTER TABLE {table}\\n   ADD CONSTRAINT {name} CHECK ({rule})")',
    ],
)
def test_a_long_lock_is_refused(step: str) -> None:
    """Each in one sentence that says what to write instead."""
    (sentence,) = said_of(step)
    assert "write" in sentence


@pytest.mark.parametrize(
    "step",
    [
        'op.create_index("ix_child_x", "child", ["x"], postgresql_concurrently=True)',
        'op.add_column("child", sa.Column("x", sa.Integer(), nullable=True))',
        'op.add_column("child", sa.Column("x", sa.Integer(), nullable=False, server_default="0"))',
        'op.create_check_constraint("ck", "child", "x > 0", postgresql_not_valid=True)',
        'op.execute("ALTER TABLE child ADD CONSTRAINT ck CHECK (x > 0) NOT VALID")',
        'op.execute("ALTER TABLE child VALIDATE CONSTRAINT ck")',
        'op.execute("ALTER TABLE child VALIDATE CONSTRAINT ck"); '
        'op.alter_column("child", "x", nullable=False)',
        'op.execute("CREATE INDEX CONCURRENTLY ix ON child (x)")',
        'op.create_table("new"); op.create_index("ix_new_x", "new", ["x"])',
        'op.execute("UPDATE child SET x = 1 WHERE id IN (SELECT id FROM child LIMIT 500)")',
    ],
)
def test_a_short_step_is_let_through(step: str) -> None:
    """Expand, backfill, enforce; and all that is about a table made in the same migration."""
    assert said_of(step) == []


def test_a_downgrade_may_take_its_time() -> None:
    """It is for a quiet hour."""
    source = (
        HEAD + '    pass\n\n\ndef downgrade() -> None:\n    op.create_index("i", "child", [])\n'
    )
    assert list(judge(source)) == []


def test_only_migrations_from_the_day_of_the_rule_are_judged(tmp_path: Path) -> None:
    """What was there before has run; the name of the file says of when it is."""
    step = HEAD + '    op.create_index("ix_child_x", "child", ["x"])\n'
    (tmp_path / "20261101_01_old.py").write_text(step)
    (tmp_path / "20261201_01_new.py").write_text(step)
    (sentence,) = find_long_locks(tmp_path)
    assert sentence.startswith("20261201_01_new.py: line 6:")


def test_our_own_migrations_keep_to_it() -> None:
    """As `make check` asks."""
    assert find_long_locks() == []
