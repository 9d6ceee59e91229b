"""A request whose JSON may say each field once (app/kernel/json_objects.py)."""

from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException

from app.kernel.json_objects import TWICE, FieldTwice, read_object


class SaidTwice(HTTPException):
    """A field stands twice in one object of a body; detail: one sentence that begins with it.

    An HTTPException, because FastAPI lets nothing else through that the reading of a body raises.
    """

    def __init__(self, name: str) -> None:
        super().__init__(400, f"{name or 'body'}: {TWICE}.")


class StrictRequest(Request):
    """Reads its body as JSON once; raises SaidTwice, and JSONDecodeError as any request does."""

    async def json(self) -> Any:
        """Return what the body says."""
        if not hasattr(self, "_json"):
            try:
                self._json = read_object(await self.body())
            except FieldTwice as error:
                raise SaidTwice(error.field) from error
        return self._json
