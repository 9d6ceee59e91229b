"""Opening sealed columns of bytes by what stands of them in the models: their use and owner."""

from typing import Any

from sqlalchemy import inspect

from app.db.sealed import SealedUse
from app.db.sealing import unseal
from app.settings import Settings


def opened(row: Any, column: str, settings: Settings) -> bytes:
    """Return what a column of a stored row holds; raises SealBroken, KeyLacking."""
    use, owner = _bound(row, column)
    return unseal(getattr(row, column), settings, use=use, owner=owner)


def _bound(row: Any, column: str) -> tuple[str, str]:
    use: SealedUse = inspect(type(row)).columns[column].info["sealed"]
    return use.use, ":".join(str(getattr(row, name)) for name in use.owner)
