"""Why a sibling group waits: each reason is kept, and lifted only by what settles it (ADR 0013).

Different wishes are settled by registrations that agree (`app.intake.wishes`); a refused
registration by that number being taken or withdrawn, or by a file that holds every child of the
group and refuses none; an import that broke off by one that gets to its end.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.intake.queries import groups_by_code, groups_missing, members_of
from app.models import HoldReason, SiblingGroupHold

Missing = tuple[str, str]  # the code of a group, and the number that was refused or ""


def hold_refused(session: Session, missing: Iterable[Missing]) -> None:
    """Let groups wait for registrations that were refused; groups that are not there are not."""
    _hold(session, [(code, HoldReason.REFUSED, number) for code, number in missing])


def hold_importing(session: Session, codes: Iterable[str]) -> None:
    """Let groups wait for the rest of a file."""
    _hold(session, [(code, HoldReason.IMPORTING, "") for code in codes])


def lift_taken(session: Session, numbers: Collection[str]) -> set[str]:
    """Note that registrations were taken or withdrawn; return the codes of groups to settle."""
    codes = groups_missing(session, [number for number in numbers if number])
    _lift(session, codes, HoldReason.REFUSED, numbers)
    return codes


def lift_whole(session: Session, codes: Collection[str]) -> None:
    """Note that a file held every child of groups and refused none of them."""
    _lift(session, codes, HoldReason.REFUSED)


def lift_imported(session: Session, codes: Collection[str]) -> None:
    """Note that all that a file says of groups is in."""
    _lift(session, codes, HoldReason.IMPORTING)


def whole_groups(
    session: Session, numbers: Collection[str], missing: Collection[Missing]
) -> list[str]:
    """Return the waiting groups of which a file holds every active registration, and refuses none.

    numbers: of the registrations that the file holds; missing: what it refuses.
    """
    refused = {code for code, _ in missing}
    members = members_of(session, groups_missing(session, None) - refused)
    return sorted(code for code, found in members.items() if found <= set(numbers))


def _hold(session: Session, holds: Collection[tuple[str, HoldReason, str]]) -> None:
    groups = groups_by_code(session, {code for code, _, _ in holds})
    rows = [
        {"group_id": groups[code].id, "reason": reason, "number": number}
        for code, reason, number in sorted(set(holds))
        if code in groups
    ]
    if rows:
        session.execute(insert(SiblingGroupHold).values(rows).on_conflict_do_nothing())


def _lift(
    session: Session,
    codes: Collection[str],
    reason: HoldReason,
    numbers: Collection[str] | None = None,
) -> None:
    ids = [group.id for group in groups_by_code(session, codes).values()]
    found = among(SiblingGroupHold.group_id, ids) & (SiblingGroupHold.reason == reason)
    if numbers is not None:
        found &= among(SiblingGroupHold.number, numbers)
    session.execute(delete(SiblingGroupHold).where(found))
