"""Every SELECT of settings, steps and stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import collate, func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.ladder import SettingKind
from app.models import (
    BegunPair,
    BegunState,
    CareSetting,
    Child,
    ExcludedArea,
    LadderStep,
    MatchRun,
    PostcodeArea,
    Proposal,
    ProposalRole,
    Provider,
    Registration,
    RunState,
    SettingStay,
    Unplaced,
)
from app.models.match_run import REGION

_RUNNING = (
    select(func.count(SettingStay.id))
    .where(SettingStay.setting_id == CareSetting.id, SettingStay.until.is_(None))
    .scalar_subquery()
)


class Listed(NamedTuple):
    """A setting with its provider's code and how many stays run there."""

    setting: CareSetting
    provider: str
    stays: int

    @property
    def free(self) -> int:
        """Return how many places stand free now."""
        return max(self.setting.places - self.setting.taken_elsewhere - self.stays, 0)


@dataclass(frozen=True, slots=True)
class SettingFilter:
    """What of the settings somebody wants to see; None for all."""

    provider: str | None = None
    kind: SettingKind | None = None
    age: int | None = None
    has_place: bool | None = None


def _settings() -> Any:
    return select(CareSetting, Provider.code, _RUNNING).join(
        Provider, Provider.id == CareSetting.provider_id
    )


def list_settings(session: Session, wanted: SettingFilter) -> list[Listed]:
    """Return settings by provider and number."""
    statement = _settings().order_by(collate(Provider.code, "C"), collate(CareSetting.number, "C"))
    if wanted.provider is not None:
        statement = statement.where(Provider.code == wanted.provider)
    if wanted.kind is not None:
        statement = statement.where(CareSetting.kind == wanted.kind)
    if wanted.age is not None:
        statement = statement.where(
            CareSetting.min_age <= wanted.age, CareSetting.max_age >= wanted.age
        )
    if wanted.has_place is not None:
        is_free = CareSetting.places - CareSetting.taken_elsewhere > _RUNNING
        statement = statement.where(is_free if wanted.has_place else ~is_free)
    return [Listed(*row) for row in session.execute(statement)]


def find_setting(
    session: Session, provider: str, number: str, *, lock: bool = False
) -> Listed | None:
    """Return one setting, for this transaction alone where asked, or None."""
    statement = select(CareSetting.id).join(Provider, Provider.id == CareSetting.provider_id)
    statement = statement.where(Provider.code == provider, CareSetting.number == number)
    found = session.scalar(statement.with_for_update(of=CareSetting) if lock else statement)
    if found is None:
        return None
    # After the lock: what others stored before they let go counts.
    row = session.execute(
        _settings().where(CareSetting.id == found).execution_options(populate_existing=True)
    ).one()
    return Listed(*row)


def registration_of(session: Session, child_id: UUID, *, lock: bool = False) -> Registration | None:
    """Return a registration that the asker may see, or None."""
    statement = select(Registration).where(Registration.id == child_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return session.scalar(statement.execution_options(populate_existing=True))


def child_of(session: Session, registration: Registration) -> Child:
    """Return the child of a registration."""
    return session.get_one(Child, registration.child_id)


def steps_of(session: Session, child_id: UUID) -> list[tuple[LadderStep, str | None]]:
    """Return the steps of a child with the name of the setting, the newest first."""
    rows = session.execute(
        select(LadderStep, CareSetting.name)
        .outerjoin(CareSetting, CareSetting.id == LadderStep.setting_id)
        .where(LadderStep.registration_id == child_id)
        .order_by(LadderStep.day.desc(), LadderStep.id.desc())
    )
    return [(step, name) for step, name in rows]


class Stayed(NamedTuple):
    """A stay with its setting, its provider's code and the registration."""

    stay: SettingStay
    setting: CareSetting
    provider: str
    registration: Registration


def _stays() -> Any:
    return (
        select(SettingStay, CareSetting, Provider.code, Registration)
        .join(CareSetting, CareSetting.id == SettingStay.setting_id)
        .join(Provider, Provider.id == CareSetting.provider_id)
        .join(Registration, Registration.id == SettingStay.registration_id)
    )


def stay_of(session: Session, child_id: UUID) -> Stayed | None:
    """Return where a child stays now, or None."""
    row = session.execute(
        _stays().where(SettingStay.registration_id == child_id, SettingStay.until.is_(None))
    ).first()
    return None if row is None else Stayed(*row)


def stay_for_change(session: Session, child_id: UUID, stay_id: UUID) -> Stayed | None:
    """Return a stay of a child, locked, or None."""
    row = session.execute(
        _stays()
        .where(SettingStay.id == stay_id, SettingStay.registration_id == child_id)
        .with_for_update(of=SettingStay)
    ).first()
    return None if row is None else Stayed(*row)


class LastRun(NamedTuple):
    """What the region's newest finished run says of a child; both None where it says nothing."""

    day: date
    has_proposal: bool
    why_not: str | None


def last_run_of(session: Session, child_id: UUID) -> LastRun | None:
    """Return what the newest finished run says of a child, None where there is no run."""
    run = session.execute(
        select(MatchRun.id, MatchRun.snapshot_day)
        .where(MatchRun.region == REGION, MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
    ).first()
    if run is None:
        return None
    proposal = session.scalar(
        select(Proposal.id).where(
            Proposal.run_id == run.id,
            Proposal.registration_id == child_id,
            Proposal.role == ProposalRole.PROPOSED,
        )
    )
    unplaced = session.scalar(
        select(Unplaced.why_not).where(
            Unplaced.run_id == run.id, Unplaced.registration_id == child_id
        )
    )
    return LastRun(run.snapshot_day, proposal is not None, unplaced and str(unplaced["zin"]))


def has_begun(session: Session, child_id: UUID) -> bool:
    """Return whether people are busy with a family for a child."""
    statement = select(BegunPair.id).where(
        BegunPair.registration_id == child_id, BegunPair.state == BegunState.RUNNING
    )
    return session.scalar(statement.limit(1)) is not None


def excluded_of(session: Session, child_id: UUID) -> list[ExcludedArea]:
    """Return the areas where a child may not live."""
    return list(
        session.scalars(select(ExcludedArea).where(ExcludedArea.registration_id == child_id))
    )


def points_of(session: Session, areas: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return the middle of postcode areas as latitude and longitude, degrees."""
    rows = session.execute(
        select(PostcodeArea.pc4, PostcodeArea.lat, PostcodeArea.lon).where(
            among(PostcodeArea.pc4, list(areas))
        )
    )
    return {pc4: (lat, lon) for pc4, lat, lon in rows}


def steps_in(session: Session, first: date, last: date) -> Sequence[Any]:
    """Return rung, reason, form, day and birth of each step in a period."""
    return session.execute(
        select(
            LadderStep.rung,
            LadderStep.reason,
            Registration.care_form,
            LadderStep.day,
            Child.born_on,
        )
        .join(Registration, Registration.id == LadderStep.registration_id)
        .join(Child, Child.id == Registration.child_id)
        .where(LadderStep.day.between(first, last))
    ).all()


def count_stays(session: Session) -> int:
    """Return how many stays run."""
    statement = select(func.count(SettingStay.id)).where(SettingStay.until.is_(None))
    return session.scalar(statement) or 0
