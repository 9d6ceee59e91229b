"""A follow-up: a new search for a child that lives somewhere for now, or whose match failed.

It goes on with the clock of the registration before. On another form of care the family where the
child lives is asked first, unless somebody says why not: a request, without a place (ADR 0026).
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.intake.as_told import tell_again
from app.intake.file_queries import running_placement
from app.intake.queries import StoredRegistration, find_registration, secret_children
from app.intake.register import UNKNOWN, register_child
from app.intake.schemas import RegistrationIn
from app.intake.schemas_follow import FollowUpIn
from app.intake.secrecy import FIELD
from app.kernel.actor import Actor
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.stages import ACTIVE
from app.models import BegunPair, Placement
from app.placed.steps import tell_step
from app.settings import Settings

PASSED_OVER = "Het gezin waar het kind woont is niet eerst gevraagd"
_ASKING = ("present_family_first", "why_not_first")  # not of the registration itself
HELD = timedelta(days=14)  # as a step that nobody gave a term


def follow_up(
    session: Session, *, actor: Actor, registration_id: UUID, wish: FollowUpIn, settings: Settings
) -> UUID:
    """Register a child anew, on from an earlier registration; return the id of the new one.

    Raises NotFound; Conflict while the earlier one is still searched for, where the child does not
    live in a family that could be asked first; InputRefused where that family is passed over
    without a reason; and as `register_child`.
    """
    stored = find_registration(session, registration_id)
    if stored is None:
        raise NotFound(UNKNOWN)
    if stored.stage in ACTIVE:
        raise Conflict(
            f"stand: deze aanmelding is '{stored.stage.value}', dus er wordt al gezocht; een "
            "vervolg begint na een plaatsing, een sluiting of een intrekking."
        )
    today = today_in_amsterdam()
    home = running_placement(session, registration_id, today)
    asked_first = _asked_first(wish, home)
    made = register_child(
        session,
        record=_record(session, stored, wish),
        settings=settings,
        owner=stored.registration.owner_organisation,
        follows=stored.registration,
        reason=wish.why_not_first and f"{PASSED_OVER}: {wish.why_not_first}",
    )
    if asked_first is not None:
        asked = _request(made, asked_first, wish, actor)
        session.add(asked)
        session.flush()
        tell_step(session, Occurrence.STEP_BEGUN, asked)
    return made


def _asked_first(wish: FollowUpIn, home: Placement | None) -> Placement | None:
    """Return where the child lives if that family is asked first, or None."""
    if wish.present_family_first and home is None:
        raise Conflict("huidigGezinEerst: dit kind woont nu niet in een pleeggezin van hier.")
    changes = home is not None and home.form is not wish.care_form
    if wish.present_family_first is False:
        if changes and wish.why_not_first is None:
            raise InputRefused(
                "redenNietEerst: ontbreekt; bij een andere vorm wordt eerst het gezin gevraagd "
                "waar het kind woont: zeg waarom hier niet."
            )
        return None
    is_asked = wish.present_family_first or changes
    if is_asked and wish.why_not_first is not None:
        raise InputRefused(
            "redenNietEerst: het gezin waar het kind woont wordt nu eerst gevraagd; stuur "
            "huidigGezinEerst false, of laat de reden weg."
        )
    return home if is_asked else None


def _record(session: Session, stored: StoredRegistration, wish: FollowUpIn) -> RegistrationIn:
    changes = wish.model_dump(mode="json", by_alias=True, exclude={*_ASKING})
    if secret_children(session, [stored.child.id]):
        changes[FIELD] = True  # also on from a registration of before it was secret
    today = today_in_amsterdam().isoformat()
    return RegistrationIn.model_validate(tell_again(stored) | changes | {"aangemeldOp": today})


def _request(registration_id: UUID, home: Placement, wish: FollowUpIn, actor: Actor) -> BegunPair:
    today = today_in_amsterdam()
    return BegunPair(
        registration_id=registration_id,
        family_id=home.family_id,
        place_id=None,
        rhythm=wish.rhythm,
        is_request=True,
        begun_on=today,
        held_until=today + HELD,
        actor=actor.name,
    )
