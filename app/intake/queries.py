"""Every SELECT of the intake slice."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Date, bindparam, func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.intake.detail_columns import (
    AREAS,
    PAIR_WISHES,
    PROBLEMS,
    StoredArea,
    StoredPairWish,
)
from app.intake.stage_columns import HAS_BSN, is_proposed
from app.kernel.clock import today_in_amsterdam
from app.kernel.stages import Stage, stage_of
from app.kernel.words import CareForm, SiblingWish
from app.models import (
    Child,
    ChildBsn,
    HoldReason,
    Registration,
    RegistrationState,
    SiblingGroup,
    SiblingGroupHold,
)
from app.placed.secret import home_is_secret

_LOCK = 7_301_980_112  # any fixed number: one import of registrations at a time


@dataclass(frozen=True, slots=True)
class KnownRegistration:
    """What an import must know of a stored registration; group is the code of its siblings.

    owner: the referrer that registered it by itself, or None.
    """

    id: UUID
    child_id: UUID
    content_hash: str
    group: str | None
    postcode: str
    owner: str | None
    is_active: bool
    is_secret: bool
    care_form: CareForm
    follows_id: UUID | None


@dataclass(frozen=True, slots=True)
class StoredRegistration:
    """A registration with its child, its group and all that hangs on it; the BSN stays where it is.

    home_is_secret: whether the parents may not know where the child lives, by its own registrations
    or those of a brother or sister in the same home. holds: why its group waits. problems: severity
    by the problem's Dutch word. stage: where it stands today, with the steps that were begun.
    """

    registration: Registration
    child: Child
    group: SiblingGroup | None
    holds: list[SiblingGroupHold]
    has_bsn: bool
    stage: Stage
    problems: dict[str, int]
    areas: list[StoredArea]
    pair_wishes: list[StoredPairWish]
    home_is_secret: bool


def lock_imports(session: Session) -> None:
    """Let one import of registrations go at a time."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def known_registrations(session: Session, numbers: Collection[str]) -> dict[str, KnownRegistration]:
    """Return stored registrations by number."""
    rows = session.execute(
        select(
            Registration.number,
            Registration.id,
            Registration.child_id,
            Registration.content_hash,
            SiblingGroup.code,
            Registration.postcode,
            Registration.owner_organisation,
            Registration.state == RegistrationState.SEARCHING,
            Registration.secret_placement,
            Registration.care_form,
            Registration.follows_id,
        )
        .outerjoin(SiblingGroup, SiblingGroup.id == Registration.sibling_group_id)
        .where(among(Registration.number, numbers))
    )
    return {row[0]: KnownRegistration(*row[1:]) for row in rows}


def digests_of(session: Session, ids: Collection[UUID]) -> dict[UUID, dict[str, str] | None]:
    """Return the digest of each field of registrations as they were last told, by registration."""
    rows = session.execute(
        select(Registration.id, Registration.field_digests).where(among(Registration.id, ids))
    )
    return dict(rows.all())


def children_of(session: Session, ids: Collection[UUID]) -> Sequence[Child]:
    """Return children."""
    return session.scalars(select(Child).where(among(Child.id, ids))).all()


def children_by_digest(session: Session, digests: Collection[bytes]) -> dict[bytes, list[UUID]]:
    """Return the children that have each BSN, oldest first, found by the keyed digest."""
    rows = session.execute(
        select(ChildBsn.digest, ChildBsn.child_id)
        .where(among(ChildBsn.digest, digests))
        .order_by(ChildBsn.child_id)
    )
    found: dict[bytes, list[UUID]] = defaultdict(list)
    for digest, child_id in rows:
        found[digest].append(child_id)
    return found


def numbered_children(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Return which of some children have a BSN."""
    return set(session.scalars(select(ChildBsn.child_id).where(among(ChildBsn.child_id, ids))))


def active_numbers(session: Session, child_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the number of the active registration of each child that has one."""
    rows = session.execute(
        select(Registration.child_id, Registration.number).where(
            among(Registration.child_id, child_ids),
            Registration.state == RegistrationState.SEARCHING,
        )
    )
    return dict(rows.all())


def secret_children(session: Session, child_ids: Collection[UUID]) -> set[UUID]:
    """Return the children of whom any registration tells a secret placement, as its home has it."""
    told = select(Registration.child_id).where(
        among(Registration.child_id, child_ids), Registration.secret_placement
    )
    return set(session.scalars(told))


def groups_by_code(session: Session, codes: Collection[str]) -> dict[str, SiblingGroup]:
    """Return sibling groups by code."""
    groups = session.scalars(select(SiblingGroup).where(among(SiblingGroup.code, codes)))
    return {group.code: group for group in groups}


def wishes_of(session: Session, group_ids: Collection[UUID]) -> dict[UUID, set[SiblingWish]]:
    """Return the different wishes in the active registrations of each group."""
    rows = session.execute(
        select(Registration.sibling_group_id, Registration.sibling_wish).where(
            among(Registration.sibling_group_id, group_ids),
            Registration.state == RegistrationState.SEARCHING,
        )
    )
    found: dict[UUID, set[SiblingWish]] = defaultdict(set)
    for group_id, wish in rows:
        if group_id is not None and wish is not None:
            found[group_id].add(wish)
    return found


def holds_of(session: Session, group_ids: Collection[UUID]) -> dict[UUID, list[SiblingGroupHold]]:
    """Return why groups wait, by group, in a fixed order."""
    rows = session.scalars(
        select(SiblingGroupHold)
        .where(among(SiblingGroupHold.group_id, group_ids))
        .order_by(SiblingGroupHold.reason, SiblingGroupHold.number)
    )
    found: dict[UUID, list[SiblingGroupHold]] = defaultdict(list)
    for hold in rows:
        found[hold.group_id].append(hold)
    return found


def groups_missing(session: Session, numbers: Collection[str] | None) -> set[str]:
    """Return the codes of the groups that wait for refused registrations; None: for any."""
    statement = (
        select(SiblingGroup.code)
        .join(SiblingGroupHold, SiblingGroupHold.group_id == SiblingGroup.id)
        .where(SiblingGroupHold.reason == HoldReason.REFUSED)
    )
    if numbers is not None:
        statement = statement.where(among(SiblingGroupHold.number, numbers))
    return set(session.scalars(statement))


def members_of(session: Session, codes: Collection[str]) -> dict[str, set[str]]:
    """Return the numbers of the active registrations of groups, by the code of the group."""
    rows = session.execute(
        select(SiblingGroup.code, Registration.number)
        .join(Registration, Registration.sibling_group_id == SiblingGroup.id)
        .where(among(SiblingGroup.code, codes), Registration.state == RegistrationState.SEARCHING)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for code, number in rows:
        found[code].add(number)
    return found


# One question for all of it, put together once: reading a child is what the API does most.
_WHOLE_REGISTRATION = (
    select(
        Registration,
        Child,
        SiblingGroup,
        HAS_BSN,
        is_proposed(bindparam("today", type_=Date)),
        PROBLEMS,
        AREAS,
        PAIR_WISHES,
        home_is_secret(),
    )
    .join(Child, Child.id == Registration.child_id)
    .outerjoin(SiblingGroup, SiblingGroup.id == Registration.sibling_group_id)
    .where(Registration.id == bindparam("wanted"), ~Registration.is_destroyed)
    .execution_options(populate_existing=True)
)


def find_registration(session: Session, id_: UUID) -> StoredRegistration | None:
    """Return a registration with all that hangs on it, as it stands now, or None."""
    wanted = {"wanted": id_, "today": today_in_amsterdam()}
    found = session.execute(_WHOLE_REGISTRATION, wanted).one_or_none()
    if found is None:
        return None
    row, child, group, has_bsn, proposed, problems, areas, wishes, hides_home = found
    return StoredRegistration(
        registration=row,
        child=child,
        group=group,
        holds=holds_of(session, [group.id])[group.id] if group and group.on_hold else [],
        has_bsn=has_bsn,
        stage=stage_of(row.state, is_proposed=proposed),
        problems=problems or {},
        areas=[StoredArea(*area) for area in areas or ()],
        pair_wishes=[StoredPairWish.of(told, id_) for told in wishes or ()],
        home_is_secret=hides_home,
    )


def registration_for_change(session: Session, id_: UUID) -> Registration | None:
    """Return a registration that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(Registration)
        .where(Registration.id == id_)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def group_code(session: Session, group_id: UUID | None) -> str | None:
    """Return the code of a sibling group."""
    return session.scalar(select(SiblingGroup.code).where(SiblingGroup.id == group_id))


def bsn_of(session: Session, child_id: UUID) -> bytes | None:
    """Return the encrypted BSN of a child."""
    return session.scalar(select(ChildBsn.ciphertext).where(ChildBsn.child_id == child_id))


def registrations_with_bsn(session: Session, digests: Collection[bytes]) -> list[Registration]:
    """Return the registrations of every child with a BSN, the newest first.

    digests: all under which it may be stored.
    """
    rows = session.scalars(
        select(Registration)
        .join(ChildBsn, ChildBsn.child_id == Registration.child_id)
        .where(among(ChildBsn.digest, digests))
        .order_by(Registration.id.desc())
    )
    return list(rows)
