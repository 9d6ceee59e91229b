"""Sibling groups: made with their first registration, held where the wishes differ."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.queries import groups_by_code, holds_of, wishes_of
from app.intake.schemas import RegistrationIn
from app.kernel.words import SiblingWish
from app.models import HoldReason, SiblingGroup, SiblingGroupHold


def ensure_groups(session: Session, records: Iterable[RegistrationIn]) -> dict[str, UUID]:
    """Make the groups that the records name and that are not there; return ids by code."""
    wishes = {r.siblings.group: r.siblings.wish for r in records if r.siblings is not None}
    groups = groups_by_code(session, wishes.keys())
    for code in sorted(wishes.keys() - groups.keys()):
        groups[code] = SiblingGroup(code=code, wish=wishes[code], on_hold=False)
        session.add(groups[code])
    session.flush()
    return {code: group.id for code, group in groups.items()}


def settle_wishes(session: Session, codes: Iterable[str]) -> None:
    """Give each group the wish that its active registrations share, or put it on hold.

    Two different wishes are a question for a person, not wrong input. Nobody of a group is proposed
    while there is any reason to wait: this one, or one of `app.intake.holds`.
    """
    groups = list(groups_by_code(session, set(codes)).values())
    ids = [group.id for group in groups]
    wishes, holds = wishes_of(session, ids), holds_of(session, ids)
    for group in groups:
        found = sorted(wishes.get(group.id, set()), key=list(SiblingWish).index)
        own = [hold for hold in holds.get(group.id, ()) if hold.reason is HoldReason.WISHES]
        others = len(holds.get(group.id, ())) - len(own)
        if len(found) > 1 and not own:
            session.add(SiblingGroupHold(group_id=group.id, reason=HoldReason.WISHES, number=""))
        for hold in own if len(found) < 2 else ():
            session.delete(hold)
        group.on_hold = len(found) > 1 or others > 0
        if found:
            group.wish = found[0]
    session.flush()
