"""Columns that hold their content sealed: whoever reads the tables reads nothing of it.

A sealed column is written and read like any other. It keeps the type that it has in the database,
so that rows of before stay readable while they are sealed one by one (docs/versleuteling.md):

- text: `pz1.2.…`; a list: an array of that one text; JSON: a JSON string.

Each value is bound to its table, its column and the row that owns it. To know that row, reading
asks for it along (`column_expression`), and writing looks for it among what the statement is given
(app/db/sealed_writing.py). What cannot be bound or compared is refused aloud, never done openly.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Dialect,
    Label,
    String,
    Text,
    cast,
    func,
    literal_column,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.types import TypeDecorator

from app.db.keyring import current_ring
from app.db.sealing import PREFIX, SealBroken, open_text, seal_text

_SEPARATOR = "\x1f"


class _Standing:
    """Whether this process still reads what is not sealed yet; see app/db/key_check.py."""

    reads_plain: ClassVar[bool] = True


class ToSeal:
    """A value on its way into a statement, before it is known to which row it belongs."""

    __slots__ = ("kind", "value")

    def __init__(self, kind: "Sealed", value: Any) -> None:
        self.kind, self.value = kind, value

    def __repr__(self) -> str:
        return f"<te verzegelen: {self.kind.use}>"


class Sealed(TypeDecorator[Any]):
    """Base of the column types: use is `table.column`, owner the column that names its row.

    words: what may lie open in it, where a closed list is mixed with what people typed.
    """

    impl: Any = String
    cache_ok = True

    def __init__(
        self, use: str, *, owner: str = "id", words: frozenset[str] = frozenset(), **more: Any
    ) -> None:
        super().__init__(**more)
        self.use, self.owner, self.words = use, owner, words

    def as_bytes(self, value: Any) -> bytes:
        """Return a value as what is sealed."""
        raise NotImplementedError

    def from_bytes(self, content: bytes) -> Any:
        """Return a value from what was sealed."""
        raise NotImplementedError

    def plain(self, shown: str) -> Any:
        """Return a value that is not sealed yet, from its text in the database."""
        raise NotImplementedError

    def wrap(self, token: str) -> Any:
        """Return a sealed text as the column stores it."""
        return token

    def token_of(self, shown: str) -> str | None:
        """Return the sealed text in what the column shows as text; None where it lies open."""
        return shown if shown.startswith(PREFIX) else None

    def seal(self, value: Any, owner: str) -> Any:
        """Return what is stored of a value for a row."""
        token = seal_text(current_ring(), self.as_bytes(value), use=self.use, owner=owner)
        return self.wrap(token)

    def open(self, shown: str, owner: str) -> Any:
        """Return the value; raises SealBroken where it does not belong to the row, KeyLacking."""
        token = self.token_of(shown)
        if token is not None:
            return self.from_bytes(open_text(current_ring(), token, use=self.use, owner=owner))
        if not _Standing.reads_plain and shown not in self.words:
            raise SealBroken(self.use, "geen")
        return self.plain(shown)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Let a SELECT say along whose the value is."""
        owner = self._owner_of(column)
        said = cast(owner, Text).op("||")(literal_column("chr(31)"))
        return type_coerce(said.op("||")(self.shown(column)), self)

    def shown(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return what is stored, as text."""
        return type_coerce(column, Text)

    def _owner_of(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        while isinstance(column, Label):
            column = column.element
        table = getattr(column, "table", None)
        if table is None or self.owner not in table.c:
            raise InvalidRequestError(
                f"{self.use} is sealed: read it from a table or subquery with {self.owner} in it"
            )
        owner: ColumnElement[Any] = table.c[self.owner]
        return owner

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:  # noqa: ARG002
        """Return what marks a value to be sealed."""
        return lambda value: None if value is None else ToSeal(self, value)

    def result_processor(
        self,
        dialect: Dialect,  # noqa: ARG002
        coltype: object,  # noqa: ARG002
    ) -> Callable[[Any], Any]:
        """Return what opens a value."""

        def opened(raw: str | None) -> Any:
            if raw is None:
                return None
            owner, found, shown = raw.partition(_SEPARATOR)
            if not found:
                raise InvalidRequestError(f"{self.use} is sealed: SQL cannot work with it")
            return self.open(shown, owner)

        return opened


class SealedText(Sealed):
    """A sealed text."""

    cache_ok = True

    def as_bytes(self, value: str) -> bytes:
        """Return the text in UTF-8."""
        return value.encode()

    def from_bytes(self, content: bytes) -> str:
        """Return the text."""
        return content.decode()

    def plain(self, shown: str) -> str:
        """Return the text."""
        return shown


@dataclass(frozen=True, slots=True)
class SealedUse:
    """What a column of bytes is sealed for by app/db/sealing.py, and the columns of its owner.

    It stands in the column's `info`, so that rotating finds it.
    """

    use: str
    owner: tuple[str, ...]

    def __init__(self, use: str, *owner: str) -> None:
        object.__setattr__(self, "use", use)
        object.__setattr__(self, "owner", owner)

    def info(self) -> dict[str, "SealedUse"]:
        """Return the `info` of a column."""
        return {"sealed": self}


class SealedJson(Sealed):
    """A sealed JSON document, in a column of type JSON or JSONB; None is NULL."""

    impl = JSONB
    cache_ok = True

    def __init__(self, use: str, *, owner: str = "id", is_binary: bool = True) -> None:
        super().__init__(use, owner=owner, none_as_null=True)
        self.is_binary = is_binary

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Return the type in the database."""
        kind = JSONB if self.is_binary else JSON
        return dialect.type_descriptor(kind(none_as_null=True))

    def as_bytes(self, value: Any) -> bytes:
        """Return the document; of JSONB with its keys in the order in which JSONB gives them."""
        told = _in_order(value) if self.is_binary else value
        return json.dumps(told, ensure_ascii=False).encode()

    def from_bytes(self, content: bytes) -> Any:
        """Return the document."""
        return json.loads(content)

    def plain(self, shown: str) -> Any:
        """Return the document."""
        return json.loads(shown)

    def wrap(self, token: str) -> str:
        """Return a JSON string."""
        return json.dumps(token)

    def token_of(self, shown: str) -> str | None:
        """Return the text in a JSON string that is sealed."""
        return shown[1:-1] if shown.startswith(f'"{PREFIX}') else None

    def shown(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the JSON as text."""
        return cast(type_coerce(column, JSON), Text)


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: (len(name.encode()), name.encode()))
        return {name: _in_order(value[name]) for name in names}
    return [_in_order(one) for one in value] if isinstance(value, (list, tuple)) else value


class SealedList(Sealed):
    """A sealed list of texts, in a column of type text[]: how many there are is not seen either."""

    impl = ARRAY(Text)
    cache_ok = True

    def __init__(self, use: str, *, owner: str = "id") -> None:
        super().__init__(use, owner=owner, item_type=Text)

    def as_bytes(self, value: Any) -> bytes:
        """Return the list as JSON."""
        return json.dumps(list(value), ensure_ascii=False).encode()

    def from_bytes(self, content: bytes) -> list[str]:
        """Return the list."""
        found: list[str] = json.loads(content)
        return found

    def plain(self, shown: str) -> list[str]:
        """Return the list."""
        return self.from_bytes(shown.encode())

    def wrap(self, token: str) -> list[str]:
        """Return an array of one."""
        return [token]

    def token_of(self, shown: str) -> str | None:
        """Return the only text of an array that is sealed."""
        return shown[2:-2] if shown.startswith(f'["{PREFIX}') else None

    def shown(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the array as JSON text."""
        return cast(func.array_to_json(type_coerce(column, ARRAY(Text))), Text)


def refuse_plain(*, refuse: bool = True) -> None:
    """Let this process read nothing that is not sealed (or read it again)."""
    _Standing.reads_plain = not refuse
