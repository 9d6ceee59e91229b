"""Taking in placements that ran before the service began: each row told as one at the door is.

By whoever brings the file, under its own rights (ADR 0066): the worker may not write a placement.
A row that is refused changes nothing and keeps no other row back.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.http.going_on import FollowUps
from app.http.sentences import first_fault
from app.imports.changes import Change
from app.imports.record import record_import
from app.imports.report import ImportReport, SourceFile
from app.kernel.actor import Actor
from app.kernel.errors import Conflict, DomainError, InputRefused
from app.kernel.outside import OutsideGround
from app.kernel.refusal import Notice, Refusal
from app.models import ChangeKind, ImportKind, ImportState, Registration
from app.placements.act_queries import registrations_numbered, told_before
from app.placements.running_file import NUMBER, Line, read_running
from app.placements.running_schemas import RowResult, RunningOut, RunningRow
from app.placements.schemas import PlacementIn
from app.placements.service import tell_of_placement

_ONE_AT_A_TIME = 2_026_1128_65
_LONG_AGO = (OutsideGround.TAKEN_OVER, OutsideGround.NETWORK)
_COLUMNS = ("aanbieder", "gezin", "van", "vorm", "ritme", "toewijzingsnummer", "steunplan",
            "redenSplitsing")  # fmt: skip


class _RowRefused(Exception):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def import_running(
    session: Session, *, actor: Actor, content: bytes, name: str, follow_ups: FollowUps
) -> RunningOut:
    """Tell of each placement of a file, and keep the report; raises InputRefused for no such file.

    What is told already, of that child in that family since that day, stays as it is.
    """
    lines = read_running(content, name=name)
    session.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    numbers = {line.cells.get(NUMBER, "") for line in lines}
    known = {row.number: row for row in registrations_numbered(session, numbers)}
    # By number: two who take many children at once meet the same ones first.
    done = [
        _take(session, line, known, actor=actor, name=name, follow_ups=follow_ups)
        for line in sorted(lines, key=lambda line: (line.cells.get(NUMBER, ""), line.row))
    ]
    rows = sorted(done, key=lambda row: row.row)
    counts = {result: sum(row.result is result for row in rows) for result in RowResult}
    import_id = record_import(
        session,
        _report(rows, SourceFile(name, hashlib.sha256(content).hexdigest())),
        actor=actor,
        kind=ImportKind.RUNNING,
    )
    return RunningOut(
        import_id=import_id, told=counts[RowResult.TOLD], known=counts[RowResult.KNOWN],
        refused=counts[RowResult.REFUSED], rows=rows,
    )  # fmt: skip


def _take(
    session: Session,
    line: Line,
    known: Mapping[str, Registration],
    *,
    actor: Actor,
    name: str,
    follow_ups: FollowUps,
) -> RunningRow:
    number = line.cells.get(NUMBER, "")
    try:
        told = _told(line, known.get(number), name)
        before = told_before(session, told.child, (told.provider, told.family), told.since)
        if before is not None:
            return _row(line, RowResult.KNOWN, placement=before)
        with session.begin_nested():
            made, notices = tell_of_placement(
                session, actor=actor, told=told, follow_ups=follow_ups
            )
    except _RowRefused as refused:
        return _row(line, RowResult.REFUSED, field=refused.field, message=refused.message)
    except (InputRefused, Conflict) as refused:
        field, sentence = _parts(refused)
        return _row(line, RowResult.REFUSED, field=field, message=sentence)
    return _row(line, RowResult.TOLD, message=" ".join(notices), placement=made)


def _told(line: Line, registration: Registration | None, name: str) -> PlacementIn:
    """Return a row as the door takes it; raises _RowRefused."""
    if line.wrong is not None:
        raise _RowRefused(NUMBER, f"De rij {line.wrong}.")
    ground = line.cells.get("grond", OutsideGround.TAKEN_OVER.value)
    if ground not in _LONG_AGO:
        raise _RowRefused(
            "grond",
            "Veld 'grond' is hier 'overgenomen' of 'eigen netwerk': meld een plaatsing die nu "
            "begint een voor een.",
        )
    if registration is None:
        raise _RowRefused(
            NUMBER,
            f"Veld '{NUMBER}' is hier niet bekend: bied eerst de aanmelding van dit kind aan.",
        )
    reason = line.cells.get("reden") or f"Overgenomen uit {name}."
    told: dict[str, Any] = {"kind": str(registration.id), "grond": ground, "reden": reason}
    told |= {column: line.cells[column] for column in _COLUMNS if column in line.cells}
    try:
        return PlacementIn.model_validate(told)
    except ValidationError as error:
        field, clause = first_fault(error)
        raise _RowRefused(field, f"Veld '{field}' {clause}.") from error


def _parts(refused: DomainError) -> tuple[str, str]:
    """Return the field that a sentence begins with, and the sentence."""
    sentence = str(refused)
    field, mark, rest = sentence.partition(": ")
    is_field = bool(mark) and field.isalpha()
    return (field, rest[:1].upper() + rest[1:]) if is_field else (NUMBER, sentence)


def _row(
    line: Line, result: RowResult, *, field: str = "", message: str = "", placement: Any = None
) -> RunningRow:
    return RunningRow(
        row=line.row, number=line.cells.get(NUMBER, "")[:40], result=result, field=field,
        message=message, placement=placement,
    )  # fmt: skip


def _report(rows: Sequence[RunningRow], source: SourceFile) -> ImportReport:
    told = [row for row in rows if row.result is RowResult.TOLD]
    refusals = [row for row in rows if row.result is RowResult.REFUSED]
    return ImportReport(
        source=source,
        state=ImportState.APPLIED if told else ImportState.UNCHANGED,
        read=len(rows),
        added=len(told),
        unchanged=len(rows) - len(told) - len(refusals),
        refusals=tuple(
            Refusal(source.name, row.row, row.field, row.message, row.number) for row in refusals
        ),
        notices=tuple(Notice(source.name, row.row, "", row.message) for row in told if row.message),
        changes=tuple(Change(ChangeKind.ADDED, row.number) for row in told),
    )
