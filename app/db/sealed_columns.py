"""Every column that holds something sealed, found in the tables themselves: none can be forgotten.

A row is opened and sealed anew here without a slice: by the use and owner that stand in its column.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    Text,
    and_,
    cast,
    func,
    literal,
    or_,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.db.base import Base
from app.db.encryption import BSN_USE, NAME_USE, digest_under, fold_name
from app.db.keyring import KeyRing
from app.db.sealed import Sealed, SealedJson, SealedList, SealedUse
from app.db.sealing import (
    PREFIX,
    is_sealed,
    open_bytes,
    open_text,
    seal_bytes,
    seal_text,
    version_of_bytes,
    version_of_text,
)

# By what a row is found again, beside what it holds: the digest's column, use and folding.
_DIGESTS: dict[tuple[str, str], tuple[str, str, Callable[[str], str]]] = {
    ("child", "first_name"): ("name_digest", NAME_USE, fold_name),
    ("child_bsn", "ciphertext"): ("digest", BSN_USE, str),
}
_OLD_DIGEST = 32  # bytes of one that names no version
_PIECES = 16  # rows at a time of what may be a piece of a file, 1 MiB each
_ROWS = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found in a row: which version sealed it (0: it lies open, or is of before versions).

    is_open: it lies open. content: what it says, as bytes.
    """

    version: int
    is_open: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column with something sealed in it; digest: the column beside it by which it is found."""

    table: Table
    column: Column[Any]
    use: str
    owner: tuple[str, ...]
    kind: Sealed | None
    digest: Column[Any] | None

    @property
    def name(self) -> str:
        """Return `table.column`."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def rows(self) -> int:
        """Return how many rows are taken at once."""
        return _ROWS if self.kind else _PIECES

    @property
    def rule(self) -> str:
        """Return the condition that holds when nothing in the column lies open, as SQL."""
        if isinstance(self.kind, SealedList):
            inner = f"{self.column.name}[1]"
            return f"cardinality({self.column.name}) = 1 AND starts_with({inner}, '{PREFIX}')"
        if isinstance(self.kind, SealedJson):
            return f"starts_with({self.column.name}::text, '\"{PREFIX}')"
        words = sorted(self.kind.words) if self.kind else []
        quoted = ", ".join(f"'{word}'" for word in words)
        also = f" OR {self.column.name} IN ({quoted})" if words else ""
        return f"starts_with({self.column.name}, '{PREFIX}'){also}"

    def selected(self) -> list[ColumnElement[Any]]:
        """Return what is read of a row to open it: key, owner, content, digest."""
        keys = list(self.table.primary_key)
        owner = func.concat_ws(":", *(cast(self.table.c[name], Text) for name in self.owner))
        digest = self.digest if self.digest is not None else literal(None, LargeBinary)
        return [*keys, owner.label("owner"), self.shown().label("shown"), digest.label("digest")]

    def shown(self) -> ColumnElement[Any]:
        """Return what is stored as it is: text, or bytes."""
        return self.kind.shown(self.column) if self.kind else self.column

    def lies_open(self) -> ColumnElement[bool]:
        """Return whether a row was not sealed yet with a version, or cannot be found by digest."""
        return self._needs(self._text_begins(PREFIX), b"\x02", self._digest_is(None))

    def is_behind(self, version: int) -> ColumnElement[bool]:
        """Return whether a row is not sealed, or found, with a version of the key."""
        head = b"\x02" + version.to_bytes(2)
        return self._needs(self._text_begins(f"{PREFIX}{version}."), head, self._digest_is(version))

    def _needs(
        self, is_sealed: ColumnElement[bool] | None, head: bytes, is_found: ColumnElement[bool]
    ) -> ColumnElement[bool]:
        if is_sealed is None:
            is_sealed = func.substring(self.column, 1, len(head)) == literal(head, LargeBinary)
        return and_(self.column.is_not(None), or_(~is_sealed, ~is_found))

    def _text_begins(self, head: str) -> ColumnElement[bool] | None:
        if self.kind is None:
            return None
        before = {SealedJson: '"', SealedList: '["'}.get(type(self.kind), "")
        begins: ColumnElement[bool] = func.starts_with(self.shown(), before + head)
        if self.kind.words:
            return or_(begins, type_coerce(self.column, Text).in_(sorted(self.kind.words)))
        return begins

    def _digest_is(self, version: int | None) -> ColumnElement[bool]:
        if self.digest is None:
            return true()
        size = func.coalesce(func.octet_length(self.digest), 0)
        if version is None:
            return size > _OLD_DIGEST
        head = func.substring(self.digest, 1, 2) == literal(version.to_bytes(2), LargeBinary)
        return and_(size > _OLD_DIGEST, head)

    def open(self, ring: KeyRing, shown: Any, owner: str) -> Opened:
        """Return what a row holds; raises SealBroken, KeyLacking."""
        if self.kind is None:
            if not is_sealed(shown):
                return Opened(0, is_open=True, content=shown)
            content = open_bytes(ring, shown, use=self.use, owner=owner)
            return Opened(version_of_bytes(shown), is_open=False, content=content)
        token = self.kind.token_of(shown)
        if token is None:
            plain = self.kind.as_bytes(self.kind.plain(shown))
            return Opened(0, is_open=shown not in self.kind.words, content=plain)
        content = open_text(ring, token, use=self.use, owner=owner)
        return Opened(version_of_text(token), is_open=False, content=content)

    def seal(self, ring: KeyRing, content: bytes, owner: str) -> Any:
        """Return what is stored from now on, as `bound_type` takes it."""
        if self.kind is None:
            return seal_bytes(ring, content, use=self.use, owner=owner)
        token = seal_text(ring, content, use=self.use, owner=owner)
        return [token] if isinstance(self.kind, SealedList) else token

    def bound_type(self) -> Any:
        """Return the type with which a sealed value is written as it is."""
        if self.kind is None:
            return LargeBinary()
        if isinstance(self.kind, SealedJson):
            return JSONB() if self.kind.is_binary else JSON()
        return ARRAY(Text) if isinstance(self.kind, SealedList) else Text()

    def digest_of(self, ring: KeyRing, content: bytes) -> bytes | None:
        """Return the digest of what a row holds, where it has one."""
        if self.digest is None:
            return None
        _, use, fold = _DIGESTS[self.table.name, self.column.name]
        return digest_under(ring, ring.writes, use, fold(content.decode()))


def sealed_columns() -> Sequence[SealedColumn]:
    """Return every sealed column, by table and column."""
    found = [one for table in Base.metadata.tables.values() for one in _of(table)]
    return sorted(found, key=lambda one: one.name)


def _of(table: Table) -> Iterator[SealedColumn]:
    for column in table.columns:
        kind = column.type if isinstance(column.type, Sealed) else None
        told: SealedUse | None = column.info.get("sealed")
        if kind is None and told is None:
            continue
        digest = _DIGESTS.get((table.name, column.name))
        yield SealedColumn(
            table=table,
            column=column,
            use=kind.use if kind else told.use if told else "",
            owner=(kind.owner,) if kind else told.owner if told else (),
            kind=kind,
            digest=table.c[digest[0]] if digest else None,
        )
