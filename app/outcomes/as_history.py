"""Placements of the service as a history that can be learnt from; what does not count is told."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.kernel.endings import EndLabel
from app.learning.columns import RowWrong, read_placement
from app.learning.history import History
from app.learning.placement import Ending
from app.outcomes.queries import OutcomeRow


@dataclass(slots=True)
class LeftOut:
    """How many placements do not count, by why.

    to_review: nobody said yet whether the end was a breakdown. no_ending: ended, and not told how.
    no_facts: nothing was kept of the start. unreadable: what was kept cannot be used. later: began
    after the day. taken_over: ran before the service was told of it (ADR 0085).
    """

    to_review: int = 0
    no_ending: int = 0
    no_facts: int = 0
    unreadable: int = 0
    later: int = 0
    taken_over: int = 0

    def told(self) -> dict[str, int]:
        """Return the counts by their Dutch names."""
        return dict(zip(_TOLD, asdict(self).values(), strict=True))


_TOLD = ("teBeoordelen", "zonderReden", "zonderFeiten", "onleesbaar", "later", "overgenomen")


def as_history(rows: Iterable[OutcomeRow], *, until: date) -> tuple[History, LeftOut]:
    """Return the placements as they stood on a day, and how many are left out.

    Only a breakdown is an outcome; every other end says that it held until then (censored).
    """
    left_out, kept = LeftOut(), []
    for row in rows:
        if not counts(row, left_out, until=until):
            continue
        if row.facts is None:
            left_out.no_facts += 1
            continue
        try:
            kept.append(read_placement(_cells(row, row.facts, until=until), latest=until))
        except RowWrong:
            left_out.unreadable += 1
    return History(tuple(kept), until), left_out


def counts(row: OutcomeRow, left_out: LeftOut, *, until: date) -> bool:
    """Return whether an outcome is known, or the placement runs; else note why not."""
    if row.began_on > until:
        left_out.later += 1
        return False
    if row.is_taken_over:
        left_out.taken_over += 1
        return False
    if not has_ended(row, until=until):
        return True
    left_out.to_review += row.label is EndLabel.REVIEW
    left_out.no_ending += row.label is None
    return row.label not in (EndLabel.REVIEW, None)


def has_ended(row: OutcomeRow, *, until: date) -> bool:
    """Return whether a placement had ended on a day."""
    return row.ended_on is not None and row.ended_on <= until


def _cells(row: OutcomeRow, facts: Mapping[str, Any], *, until: date) -> dict[str, str]:
    known = {"vorm": row.form, "gezin_type": row.kind}
    cells = known | {name: _cell(value) for name, value in facts.items()}
    is_over = has_ended(row, until=until)
    return cells | {
        "plaatsing_id": row.number,
        "start": row.began_on.isoformat(),
        "einde": row.ended_on.isoformat() if is_over and row.ended_on else "",
        "reden_einde": (_ending(row) if is_over else Ending.RUNNING).value,
    }


def _ending(row: OutcomeRow) -> Ending:
    return Ending.BROKEN if row.label is EndLabel.BROKEN else Ending.PLANNED


def _cell(value: object) -> str:
    """Return a fact as the file would write it; JSON may hold it as a number, a yes or a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)
