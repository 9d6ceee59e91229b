"""What came of one row: a family, or what is wrong with it; and how a refusal of it reads."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC

from app.families.canonical import FamilyRecord
from app.families.readers.fields import FieldWrong
from app.kernel.refusal import Notice, Refusal
from app.kernel.repeats import other_rows

_ROWS = ("rij", "rijen")
DIGEST_BYTES = 16
_OTHERS = tuple(
    field.name for field in fields(FamilyRecord) if field.name not in {"willingness", "updated_at"}
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row with its family's number ("" when unreadable) and either a record or a wrong field."""

    row: int
    reference: str
    record: FamilyRecord | None = None
    wrong: FieldWrong | None = None

    def digest(self) -> bytes:
        """Return what is the same for rows with the same record only; zeros without a record."""
        if self.record is None:
            return bytes(DIGEST_BYTES)
        answers = sorted((str(p), str(a)) for p, a in self.record.willingness.items())
        values = [getattr(self.record, name) for name in _OTHERS]
        told = repr((values, answers, self.record.updated_at.astimezone(UTC)))
        return hashlib.blake2b(told.encode(), digest_size=DIGEST_BYTES).digest()


def repeat_notice(repeat: Outcome, first: int, *, field: str, file: str) -> Notice:
    """Return the notice of a row that says the same as an earlier one; first: that row."""
    message = (
        f"Gezin {repeat.reference} staat ook op rij {first}, met dezelfde gegevens; "
        "deze rij is overgeslagen."
    )
    return Notice(file, repeat.row, field, message, repeat.reference)


def refusal_of(outcome: Outcome, rows: Sequence[int], *, field: str, file: str) -> Refusal:
    """Return the refusal of a row; rows: all those with its number, its own too, ascending."""
    who = f"Gezin {outcome.reference}" if outcome.reference else "Dit gezin"
    others = other_rows(outcome.row, list(rows), words=_ROWS) if len(rows) > 1 else ""
    message = f"{who} is geweigerd: {_why(outcome.wrong, field, others)}."
    wrong = outcome.wrong or FieldWrong(field, "")
    return Refusal(file, wrong.row or outcome.row, wrong.field, message, outcome.reference)


def _why(wrong: FieldWrong | None, field: str, others: str) -> str:
    if not others:
        return str(wrong)
    shared = f"'{field}' staat ook op {others}"
    to_do = "geef elk gezin één rij met een eigen nummer"
    return f"{wrong}, en {shared}; {to_do}" if wrong else f"{shared}, met andere gegevens; {to_do}"
