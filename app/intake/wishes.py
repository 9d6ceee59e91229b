"""Sibling groups: made with their first registration, held where the wishes differ."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.queries import groups_by_code, wishes_of
from app.intake.schemas import RegistrationIn
from app.kernel.words import SiblingWish
from app.models import SiblingGroup


def ensure_groups(session: Session, records: Iterable[RegistrationIn]) -> dict[str, UUID]:
    """Make the groups that the records name and that are not there; return ids by code."""
    wishes = {r.siblings.group: r.siblings.wish for r in records if r.siblings is not None}
    groups = groups_by_code(session, wishes.keys())
    for code in sorted(wishes.keys() - groups.keys()):
        groups[code] = SiblingGroup(code=code, wish=wishes[code], on_hold=False)
        session.add(groups[code])
    session.flush()
    return {code: group.id for code, group in groups.items()}


def settle_wishes(
    session: Session, codes: Iterable[str], *, incomplete: Collection[str] = ()
) -> None:
    """Give each group the wish that its active registrations share, or put it on hold.

    Two different wishes are a question for a person, not wrong input; and of a group `samen` with
    a refused registration (`incomplete`) nobody can be placed without breaking the wish. Nobody of
    such a group is proposed until its registrations agree and are all there.
    """
    groups = groups_by_code(session, {*codes, *incomplete})
    wishes = wishes_of(session, [group.id for group in groups.values()])
    for group in groups.values():
        found = sorted(wishes.get(group.id, set()), key=list(SiblingWish).index)
        group.on_hold = len(found) > 1 or group.code in incomplete
        if found:
            group.wish = found[0]
    session.flush()
