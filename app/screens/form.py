"""What was typed into a form: read as text, put into the shapes that the API takes."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from starlette.datastructures import FormData, UploadFile

AGAIN = "_bewaard"  # which kept form is sent after all


class TooOld(Exception):
    """A form that no page of this session made."""


class Form:
    """Fields as text, without spaces at the ends; a field that is left empty is not there."""

    def __init__(self, given: FormData) -> None:
        self._given = given

    def get(self, name: str) -> str | None:
        """Return what was typed, or None."""
        found = self._given.get(name)
        text = found.strip() if isinstance(found, str) else ""
        return text or None

    def all(self, name: str) -> list[str]:
        """Return what was chosen of several."""
        return [v.strip() for v in self._given.getlist(name) if isinstance(v, str) and v.strip()]

    def number(self, name: str) -> int | float | str | None:
        """Return a number, or what was typed instead: the API says what is wrong with it."""
        text = self.get(name)
        try:
            return int(text) if text is not None else None
        except ValueError:
            pass
        try:
            return float(str(text).replace(",", "."))
        except ValueError:
            return text

    def yes(self, name: str) -> bool | None:
        """Return ja as True, nee as False and neither as None."""
        return {"ja": True, "nee": False}.get(self.get(name) or "")

    def file(self, name: str) -> UploadFile | None:
        """Return a file that was sent along."""
        found = self._given.get(name)
        return found if isinstance(found, UploadFile) and found.filename else None

    def text(self) -> dict[str, str]:
        """Return every field as it was typed, to show the form again; of several the last."""
        return dict(self.pairs())

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield every field of text, those of the frame left out."""
        for name, value in self._given.multi_items():
            if isinstance(value, str) and not name.startswith("_"):
                yield name, value

    def kept(self) -> list[tuple[str, str]]:
        """Return every field of text that is sent again later, the version of the frame too.

        Not the marks: those are of a session, and of a form that was kept before.
        """
        given = self._given.multi_items()
        return [(k, v) for k, v in given if isinstance(v, str) and k not in ("_merk", AGAIN)]

    @property
    def once(self) -> str:
        """Return the key that makes a form that is sent twice do its work once."""
        return str(self._given.get("_eenmalig") or uuid4())

    @property
    def version(self) -> str | None:
        """Return the version that the form was made from."""
        found = self._given.get("_versie")
        return str(found) if found else None


def version_shown(form: Form | None, now: str | None, *, both: bool) -> str | None:
    """Return the version that a form is shown again with: the one that it was made from.

    After a mistake too: with the newest, what somebody else wrote meanwhile would be written over
    unseen. both: what stands now is shown beside it, so that it may be.
    """
    return now if form is None or form.version is None or both else form.version


def filled(given: dict[str, Any]) -> dict[str, Any]:
    """Return a body without what is not filled in."""
    return {name: value for name, value in given.items() if value not in (None, "", [], {})}
