"""Refuses migrations that would keep a serving database waiting: what takes a long lock.

Read, not run: a table is empty on a laptop, and every lock is short there. docs/betrouwbaarheid.md
says how each change is written in three steps instead (expand, backfill, enforce).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app.db.migrate import SCRIPTS

FIRST = "20261129"
# Written side by side with this rule, before anybody served with the tables that they change.
EXCUSED = frozenset(f"20261129_{number}" for number in (49, 50, 51, 52, 53, 54, 55))

_NOT_NULL = "that is NOT VALID; VALIDATE CONSTRAINT in a later migration, and then SET NOT NULL"
_SPACE = re.compile(r"\s+")
# What a text of SQL may not say of a table that was there before, and what to write instead.
_SQL = (
    (
        re.compile(r"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)[^;]*? ON (?:ONLY )?(\w+)", re.I),
        "CREATE INDEX CONCURRENTLY, in an autocommit_block",
    ),
    (
        re.compile(r"ALTER TABLE (?:ONLY )?(\w+)[^;]*? SET NOT NULL", re.I),
        f"a check {_NOT_NULL}",
    ),
    (
        re.compile(r"ALTER TABLE (?:ONLY )?(\w+)[^;]*? TYPE ", re.I),
        "a new column, a backfill and a switch: ALTER TYPE writes the whole table again",
    ),
    (
        re.compile(
            r"ALTER TABLE (?:ONLY )?(\w+) ADD CONSTRAINT (?![^;]*(?:NOT VALID|USING INDEX))", re.I
        ),
        "ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in a later migration",
    ),
    (re.compile(r"LOCK TABLE (\w+)", re.I), "no lock on a whole table"),
    (re.compile(r"CLUSTER (\w+)|VACUUM FULL (\w+)", re.I), "nothing that writes a table again"),
    (
        re.compile(r"SET (?:LOCAL )?lock_timeout(\b)", re.I),
        "nothing: `pleegzorg migrate` sets lock_timeout and tries again",
    ),
)
_ADDED = {
    "create_check_constraint": "postgresql_not_valid",
    "create_foreign_key": "postgresql_not_valid",
    "create_unique_constraint": "",
    "create_exclude_constraint": "",
    "create_primary_key": "",
}


def find_long_locks(folder: Path = SCRIPTS / "versions", first: str = FIRST) -> list[str]:
    """Return a sentence for each step that keeps others waiting, of migrations from a day on."""
    scripts = sorted(path for path in folder.glob("*.py") if path.name >= first)
    return [
        f"{path.name}: {said}"
        for path in scripts
        if not path.name.startswith(tuple(EXCUSED))
        for said in judge(path.read_text(encoding="utf-8"))
    ]


def judge(source: str) -> Iterator[str]:
    """Yield what is wrong with the upgrade of one migration; its downgrade is for a quiet hour."""
    tree = ast.parse(source)
    kept = [node for node in tree.body if getattr(node, "name", "") != "downgrade"]
    calls = [node for part in kept for node in ast.walk(part) if isinstance(node, ast.Call)]
    # What was validated before holds for every row: then SET NOT NULL reads none.
    is_checked = "VALIDATE CONSTRAINT" in source
    own = {_text(call.args[0]) for call in calls if _name(call) == "create_table" and call.args}
    for call in calls:
        said = _judge_call(call, own)
        if said and not (is_checked and said.endswith(_NOT_NULL)):
            yield f"line {call.lineno}: {said}"
    for part in kept:
        for node in ast.walk(part):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                found = _judge_sql(_text(node), own)
                yield from (one for one in found if not (is_checked and one.endswith(_NOT_NULL)))


def _judge_call(call: ast.Call, own: set[str]) -> str | None:
    name = _name(call)
    given = {word.arg: word.value for word in call.keywords}
    table = _table(call, name, given)
    if table is None or table in own:
        return None
    if name == "create_index" and not _is_true(given.get("postgresql_concurrently")):
        return f"{table}: write an index with postgresql_concurrently=True, in an autocommit_block"
    if name == "alter_column":
        return _judge_column(table, given)
    if name == "add_column":
        return _judge_new_column(table, call)
    if name in _ADDED and not _is_true(given.get(_ADDED[name])):
        return f"{table}: write a constraint that is not valid yet, and validate it later"
    return None


def _judge_column(table: str, given: dict[str | None, ast.expr]) -> str | None:
    if "type_" in given:
        return f"{table}: write a new column and a backfill: a new type writes the table again"
    if "nullable" in given and not _is_true(given["nullable"]):
        return f"{table}: write a check {_NOT_NULL}"
    return None


def _judge_new_column(table: str, call: ast.Call) -> str | None:
    column = call.args[1] if len(call.args) > 1 else None
    if not isinstance(column, ast.Call):
        return None
    given = {word.arg: word.value for word in column.keywords}
    must = "nullable" in given and not _is_true(given["nullable"])
    if must and "server_default" not in given:
        return f"{table}: write a new column that may be empty, fill it, and enforce it later"
    return None


def _judge_sql(sql: str, own: set[str]) -> Iterator[str]:
    flat = _SPACE.sub(" ", sql)
    for pattern, instead in _SQL:
        for found in pattern.finditer(flat):
            table = next((group for group in found.groups() if group), "")
            if table not in own:
                yield f"{found[0][:60].strip()}…: write {instead}"


def _name(call: ast.Call) -> str:
    is_op = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    if is_op and call.func.value.id == "op":  # type: ignore[attr-defined]
        return str(call.func.attr)  # type: ignore[attr-defined]
    return ""


def _table(call: ast.Call, name: str, given: dict[str | None, ast.expr]) -> str | None:
    """Return the table that a step is about; the first argument, after the name of what is made."""
    after = 1 if name in _ADDED or name == "create_index" else 0
    node = given.get("table_name") or given.get("source_table")
    if node is None and len(call.args) > after:
        node = call.args[after]
    return _text(node) if name and node is not None else None


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _text(node: ast.expr | None) -> str:
    """Return a text as far as it is written there; what is filled in stays as a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(part) if isinstance(part, ast.Constant) else "filled_in" for part in node.values
        )
    return ast.unparse(node) if node is not None else ""
