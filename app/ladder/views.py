"""The ladder, settings and stays as the doors show them."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.ladder import RUNGS
from app.ladder.queries import Listed, Stayed, stay_of, steps_of
from app.ladder.rungs import allowed_for, next_rung, rungs_of
from app.ladder.schemas import LadderOut, SettingOut, StayOut, StepTakenOut, WhyNotOut
from app.ladder.taking import known_child
from app.models import LadderStep, RegistrationState

SEARCH_GOES_ON = (
    "Het kind woont hier voor nu; er wordt verder gezocht naar een gezin, en de wachttijd loopt "
    "door."
)
ENDED = "Dit verblijf is beëindigd; de plaats is weer vrij."
LEFT = "Er wordt voor dit kind niet meer gezocht: beëindig dit verblijf als het is verhuisd."


def show_setting(row: Listed) -> SettingOut:
    """Return a setting as it stands, with what is free now."""
    found = row.setting
    return SettingOut(
        provider=row.provider, number=found.number, kind=found.kind, name=found.name,
        postcode=found.postcode, place_name=found.place_name, min_age=found.min_age,
        max_age=found.max_age, gender=found.gender, places=found.places, free=row.free,
        available_from=found.available_from, confirmed_on=found.confirmed_on,
    )  # fmt: skip


def show_step(step: LadderStep, setting: str | None) -> StepTakenOut:
    """Return a step that was taken."""
    return StepTakenOut(
        id=step.id, rung=step.rung, setting=setting, day=step.day, reason=step.reason,
        note=step.note, actor=step.actor,
        why_not=[
            WhyNotOut(rung=rung.value, reason=step.why_not[rung.value])
            for rung in RUNGS
            if rung.value in step.why_not
        ],
    )  # fmt: skip


def show_stay(found: Stayed) -> StayOut:
    """Return a stay, with whether a family is looked for meanwhile."""
    stay, searching = found.stay, found.registration.state is RegistrationState.SEARCHING
    sentence = SEARCH_GOES_ON if searching else LEFT
    return StayOut(
        id=stay.id, child=stay.registration_id, provider=found.provider,
        number=found.setting.number, name=found.setting.name, setting_kind=found.setting.kind,
        since=stay.since, until=stay.until, end_reason=stay.end_reason, search_goes_on=searching,
        sentence=ENDED if stay.until is not None else sentence,
    )  # fmt: skip


def show_ladder(session: Session, child_id: UUID) -> LadderOut:
    """Return the ladder of a child; raises NotFound."""
    registration = known_child(session, child_id)
    allowed = allowed_for(session, registration, today_in_amsterdam())
    rungs = rungs_of(session, registration, allowed)
    stay = stay_of(session, child_id)
    return LadderOut(
        child=registration.id,
        number=registration.number,
        furthest=allowed.furthest,
        allowed=allowed.sentence,
        next_rung=next_rung(rungs),
        rungs=rungs,
        steps=[show_step(step, name) for step, name in steps_of(session, child_id)],
        stay=show_stay(stay) if stay else None,
    )
