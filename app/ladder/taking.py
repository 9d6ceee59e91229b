"""Taking a step on the ladder, staying in a setting, and ending that stay."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.ladder import KIND_OF, Allowed, above, is_within
from app.ladder.living import leave_for, refuse_after
from app.ladder.queries import (
    Listed,
    Stayed,
    find_setting,
    registration_of,
    stay_for_change,
)
from app.ladder.rungs import allowed_for, may_stay
from app.ladder.schemas import EndStayIn, StepTakenIn
from app.ladder.settings import UNKNOWN as UNKNOWN_SETTING
from app.models import LadderStep, Registration, RegistrationState, SettingStay
from app.providers import current_code

UNKNOWN = "Dit kind is hier niet aangemeld: controleer het id."


def known_child(session: Session, child_id: UUID, *, lock: bool = False) -> Registration:
    """Return a registration that the asker may see; raises NotFound."""
    found = registration_of(session, child_id, lock=lock)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def take_step(session: Session, *, actor: Actor, child_id: UUID, told: StepTakenIn) -> LadderStep:
    """Record a step; in a setting a stay begins and takes its place, both or neither.

    A step home ends a stay. Raises NotFound; InputRefused for a rung further than the order allows,
    a rung above without a reason, or a setting that does not go with the rung; Conflict where the
    child is not searched for and left no family, lives somewhere already, or the setting has no
    place that fits.
    """
    registration = known_child(session, child_id, lock=True)
    today = today_in_amsterdam()
    day = told.day or today
    if registration.state is not RegistrationState.SEARCHING:
        refuse_after(session, registration, told.rung, day)
    if not registration.registered_on <= day <= today:
        raise InputRefused("dag: ligt in de toekomst, of voor de aanmelding van het kind.")
    _refuse_too_far(allowed_for(session, registration, day), told)
    why_not = _reasons(told)
    leave_for(session, registration, told.rung, day)
    setting = _setting(session, told)
    step = LadderStep(
        registration_id=child_id,
        rung=told.rung,
        setting_id=setting.setting.id if setting else None,
        day=day,
        reason=told.reason,
        note=told.note,
        why_not=why_not,
        actor=actor.name,
        role=actor.role.value,
    )
    session.add(step)
    session.flush()
    if setting is not None:
        _begin_stay(session, registration, setting, step)
    return step


def _refuse_too_far(allowed: Allowed, told: StepTakenIn) -> None:
    if not is_within(told.rung, allowed.furthest):
        raise InputRefused(f"trede: {told.rung.value} kan niet. {allowed.sentence}")


def _reasons(told: StepTakenIn) -> dict[str, str]:
    """Return why each rung above was not taken, by rung; a reason for another rung is refused."""
    given = {why.rung: why.reason for why in told.why_not}
    needed = above(told.rung)
    missing = [rung.value for rung in needed if rung not in given]
    if missing:
        raise InputRefused(
            f"waaromNietHoger: ontbreekt voor {', '.join(missing)}; zeg bij elke trede die meer "
            "thuis is waarom die het niet werd."
        )
    if len(given) != len(told.why_not) or set(given) - set(needed):
        raise InputRefused(
            f"waaromNietHoger: noem alleen de treden boven {told.rung.value}, elk een keer."
        )
    return {rung.value: given[rung] for rung in needed}


def _setting(session: Session, told: StepTakenIn) -> Listed | None:
    kind = KIND_OF.get(told.rung)
    if kind is None:
        if told.setting is not None:
            raise InputRefused(f"instelling: bij {told.rung.value} hoort geen instelling.")
        return None
    if told.setting is None:
        raise InputRefused(f"instelling: ontbreekt; noem welk(e) {kind.value}.")
    provider = current_code(session, told.setting.provider)
    found = find_setting(session, provider, told.setting.number, lock=True)
    if found is None:
        raise NotFound(UNKNOWN_SETTING)
    if found.setting.kind is not kind:
        raise InputRefused(f"instelling: dit is geen {kind.value} maar {found.setting.kind.value}.")
    return found


def _begin_stay(
    session: Session, registration: Registration, setting: Listed, step: LadderStep
) -> None:
    if not may_stay(session, registration, setting, today_in_amsterdam()):
        raise Conflict(
            "Deze instelling heeft nu geen vrije plaats die past bij leeftijd, geslacht en gebied: "
            "kies een andere, of laat de aanbieder de plaatsen bijwerken."
        )
    session.add(
        SettingStay(
            setting_id=setting.setting.id, registration_id=registration.id, step_id=step.id,
            since=step.day,
        )
    )  # fmt: skip
    session.flush()


def end_stay(session: Session, *, ids: tuple[UUID, UUID], told: EndStayIn) -> Stayed:
    """End a stay of a child: its place is free; raises NotFound, Conflict, InputRefused."""
    found = stay_for_change(session, *ids)
    if found is None:
        raise NotFound("Dit verblijf is er niet bij dit kind: controleer de ids in het adres.")
    if found.stay.until is not None:
        raise Conflict("Dit verblijf is al beëindigd.")
    today = today_in_amsterdam()
    until = told.until or today
    if not found.stay.since <= until <= today:
        raise InputRefused(
            "totEnMet: geef een dag vanaf de eerste dag van het verblijf tot vandaag."
        )
    found.stay.until, found.stay.end_reason = until, told.reason
    session.flush()
    return found
