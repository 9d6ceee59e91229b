"""Where each number of an export stands, and whether its rows read the same; no record is held."""

from array import array
from collections.abc import KeysView, Sequence
from dataclasses import dataclass, field

from app.families.readers.outcome import DIGEST_BYTES, Outcome


@dataclass(slots=True)
class Sightings:
    """What a first look at an export leaves behind: some 200 bytes a family.

    Rows with one number that all read the same are one family; otherwise nobody can tell which row
    counts, so all are refused, whatever their order. last_year: of the last change of a row.
    """

    last_year: int | None = None
    is_empty: bool = True
    _ordinals: dict[str, int] = field(default_factory=dict)
    _rows: "array[int]" = field(default_factory=lambda: array("Q"))
    _digests: bytearray = field(default_factory=bytearray)
    _repeated: dict[str, list[int]] = field(default_factory=dict)
    _differing: set[str] = field(default_factory=set)

    def note(self, outcome: Outcome) -> None:
        """Look at one row."""
        self.is_empty = False
        if outcome.record is not None:
            self.last_year = max(self.last_year or 0, outcome.record.updated_at.year)
        if outcome.reference:
            self._note_number(outcome)

    def _note_number(self, outcome: Outcome) -> None:
        number, digest = outcome.reference, outcome.digest()
        first = self._ordinals.get(number)
        if first is None:
            self._ordinals[number] = len(self._rows)
            self._rows.append(outcome.row)
            self._digests += digest
            return
        self._repeated.setdefault(number, [self._rows[first]]).append(outcome.row)
        begin = first * DIGEST_BYTES
        if digest != self._digests[begin : begin + DIGEST_BYTES]:
            self._differing.add(number)

    @property
    def numbers(self) -> KeysView[str]:
        """Return every number that the export names."""
        return self._ordinals.keys()

    def rows_of(self, outcome: Outcome) -> Sequence[int]:
        """Return the rows with the number of a row, ascending; a row without one stands alone."""
        return self._repeated.get(outcome.reference, [outcome.row])

    def are_different(self, number: str) -> bool:
        """Return whether rows with a number say different things."""
        return number in self._differing
