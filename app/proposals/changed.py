"""What changed in registrations after a run looked at them."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Text, and_, collate, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import Session, aliased

from app.kernel.words import SiblingWish
from app.models import (
    FactCorrection,
    FieldChange,
    MatchRun,
    Registration,
    RegistrationState,
    RunState,
    SiblingGroup,
    SiblingPairWish,
)
from app.models.match_run import REGION

# Told for people; no run reads them, so a proposal does not grow old by them. By the first name.
NOT_READ = frozenset({
    "aanmeldnummer", "bsn", "voornaam", "gemeente", "verwijzer", "juridischKader", "machtiging",
    "jim", "stemVanHetKind", "big5", "preventie", "netwerkonderzoekGedaan",
    "eindeOnbekendOmdat",
})  # fmt: skip
NOT_READ_PARTS = frozenset({"broersZussen.apartOmdat", "broersZussen.herenigenVoor"})

# What is said of a child when something of a brother or sister changed, and no more: who of them,
# and what, is not of this child.
OF_KIN = "broersZussen"


def fields_since(run: type[MatchRun]) -> ColumnElement[list[str] | None]:
    """Return the fields of a registration that changed after a run began, for a larger question."""
    name = collate(FieldChange.field, "C")
    return (
        select(func.array_agg(aggregate_order_by(name, name), type_=ARRAY(Text)))
        .where(
            FieldChange.registration_id == Registration.id,
            FieldChange.at > func.coalesce(run.started_at, run.created_at),
        )
        .correlate(Registration, run)
        .scalar_subquery()
    )


def kin_fields_since(run: type[MatchRun]) -> ColumnElement[list[str] | None]:
    """Return the fields that changed of those with whom a child is searched for together.

    Of brothers and sisters who still wait, where the group or the two of them wish it: what is
    proposed to one rests on the others. Of one that left the group or the search since, the
    database noted it with those who stayed (OF_KIN, `pleegzorg_note_kin_left`), where
    `fields_since` finds it. For a larger question, as that.
    """
    kin = aliased(Registration)
    return (
        select(func.array_agg(FieldChange.field.distinct(), type_=ARRAY(Text)))
        .join(kin, kin.id == FieldChange.registration_id)
        .join(SiblingGroup, SiblingGroup.id == kin.sibling_group_id)
        .where(
            SiblingGroup.id == Registration.sibling_group_id,
            kin.id != Registration.id,
            kin.state == RegistrationState.SEARCHING,
            FieldChange.at > func.coalesce(run.started_at, run.created_at),
            or_(SiblingGroup.wish != SiblingWish.APART, _two_wish_it(kin)),
        )
        .correlate(Registration, run)
        .scalar_subquery()
    )


def _two_wish_it(kin: type[Registration]) -> ColumnElement[bool]:
    by_child = and_(
        SiblingPairWish.registration_id == Registration.id,
        SiblingPairWish.other_number == kin.number,
    )
    by_kin = and_(
        SiblingPairWish.registration_id == kin.id,
        SiblingPairWish.other_number == Registration.number,
    )
    return (
        select(SiblingPairWish.registration_id)
        .where(or_(by_child, by_kin), SiblingPairWish.wish != SiblingWish.APART)
        .correlate(Registration, kin)
        .exists()
    )


def weighed(fields: Iterable[str] | None) -> list[str]:
    """Return the changed fields that a run reads, each once."""
    return [
        name
        for name in dict.fromkeys(fields or ())
        if name.split(".")[0] not in NOT_READ and name not in NOT_READ_PARTS
    ]


def corrected_since_last_run(session: Session) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields that were corrected since the last run that succeeded, by number.

    Of children who are searched for; nothing where no run has succeeded.
    """
    begun = (
        select(func.coalesce(MatchRun.started_at, MatchRun.created_at))
        .where(MatchRun.region == REGION, MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Registration.number, FactCorrection.field)
        .join(FactCorrection, FactCorrection.registration_id == Registration.id)
        .where(Registration.state == RegistrationState.SEARCHING, FactCorrection.at > begun)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for number, field in rows:
        found[number].add(field)
    return tuple((number, tuple(sorted(found[number]))) for number in sorted(found))
