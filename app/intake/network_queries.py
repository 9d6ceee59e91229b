"""The SELECTs on what the file says of the own network: who was asked, and whether a JIM came."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.network import Asked
from app.models import MentorCase, NetworkInquiry


@dataclass(slots=True)
class InFile:
    """What was recorded of the network beside a registration; asked: the oldest first."""

    asked: list[Asked] = field(default_factory=list)
    has_mentor_case: bool = False


def network_of(session: Session, ids: Collection[UUID]) -> Mapping[UUID, InFile]:
    """Return what the files of registrations say of the network; of each, also of an empty one."""
    found: dict[UUID, InFile] = defaultdict(InFile)
    rows = session.execute(
        select(
            NetworkInquiry.registration_id, NetworkInquiry.purpose, NetworkInquiry.relation,
            NetworkInquiry.answer,
        )
        .where(among(NetworkInquiry.registration_id, ids))
        .order_by(NetworkInquiry.asked_on, NetworkInquiry.id)
    )  # fmt: skip
    for registration, purpose, relation, answer in rows:
        found[registration].asked.append(Asked(purpose, relation, answer))
    cases = select(MentorCase.registration_id).where(among(MentorCase.registration_id, ids))
    for registration in session.scalars(cases):
        found[registration].has_mentor_case = True
    return found
