"""PostgreSQL's 64-bit transaction ids as a column type; in Python they are plain integers."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType


class Xid8(UserDefinedType[int]):
    """The type `xid8`: it never wraps around, and it can be compared."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return its name in SQL."""
        return "xid8"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:  # noqa: ARG002
        """Return how a number is sent: as text, of which the server sees that it is an xid8."""
        return lambda value: None if value is None else str(value)

    def result_processor(
        self,
        dialect: Dialect,  # noqa: ARG002
        coltype: object,  # noqa: ARG002
    ) -> Callable[[Any], int | None]:
        """Return how what comes back is read."""
        return lambda value: None if value is None else int(value)


# So that `alembic check` knows the type when it looks at a table.
ischema_names["xid8"] = Xid8
