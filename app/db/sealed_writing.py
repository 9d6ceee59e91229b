"""Sealing what a statement writes, once it is known to which row each value belongs."""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidRequestError

from app.db.sealed import Sealed, ToSeal

_PLAN = "_pleegzorg_sealed"


@event.listens_for(Engine, "before_cursor_execute", retval=True)
def _seal_parameters(
    _connection: object, _cursor: object, statement: str, given: Any, context: Any, _many: object
) -> tuple[str, Any]:
    compiled = getattr(context, "compiled", None)
    if compiled is None or not given:
        return statement, given
    plan = getattr(compiled, _PLAN, None)
    if plan is None:
        plan = _Plan.of(compiled)
        setattr(compiled, _PLAN, plan)
    if plan.has_sealed:
        for row in given if isinstance(given, (list, tuple)) else (given,):
            plan.seal(row)
    return statement, given


class _Plan:
    """What of a statement is sealed, and by which parameter its row is named."""

    __slots__ = ("has_sealed", "key_names")

    def __init__(self, *, has_sealed: bool, key_names: dict[str, str] | None) -> None:
        self.has_sealed, self.key_names = has_sealed, key_names

    @staticmethod
    def of(compiled: Any) -> "_Plan":
        has_sealed = any(isinstance(b.type, Sealed) for b in compiled.binds.values())
        if not has_sealed or not compiled.isupdate:
            return _Plan(has_sealed=has_sealed, key_names=None)
        return _Plan(has_sealed=True, key_names=_named_by_where(compiled))

    def seal(self, row: dict[str, Any]) -> None:
        """Seal what is to be sealed in the parameters of one row, in place."""
        for name, value in row.items():
            if type(value) is ToSeal:
                row[name] = value.kind.seal(value.value, self._owner(row, name, value.kind))

    def _owner(self, row: dict[str, Any], name: str, kind: Sealed) -> str:
        if self.key_names is not None:
            key = self.key_names.get(kind.owner)
        else:
            column = kind.use.partition(".")[2]
            # A batch of INSERTs numbers its rows behind the name of the column.
            key = kind.owner + name.removeprefix(column) if name.startswith(column) else None
        owner = row.get(key) if key is not None else None
        if owner is None:
            raise InvalidRequestError(
                f"{kind.use} is sealed: it can be compared with nothing, and written only where "
                f"the statement names {kind.owner}"
            )
        return str(owner)


def _named_by_where(compiled: Any) -> dict[str, str]:
    """Return by column the parameter that an UPDATE finds its row with: `id = :id_1`."""
    found: dict[str, str] = {}
    pending = list(compiled.statement._where_criteria)
    while pending:
        one = pending.pop()
        left, right = getattr(one, "left", None), getattr(one, "right", None)
        name = compiled.bind_names.get(right) if right is not None else None
        if left is not None and name is not None and one.operator.__name__ == "eq":
            found[left.key] = name
        pending.extend(getattr(one, "clauses", ()))
    return found
