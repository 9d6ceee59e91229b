"""The file that follows: the registered child is tied to its bed, and lives there since that night.

Who is registered for a longer form is searched for as before. Whose registration asks for crisis
care has found it: it is placed, and what is searched for next is begun in the same transaction, as
wherever a child is placed in a crisis family (ADR 0066).
"""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.crisis.beds import Person
from app.crisis.child_queries import child_row, linked_ordinals
from app.crisis.children import choose_child, persons_of
from app.crisis.queries import (
    crisis_home_of,
    family_of_bed,
    locked_beds,
    registration_of,
    stay_of,
)
from app.crisis.schemas import LinkIn
from app.crisis.service import report_for_change
from app.db.because import because
from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.http.going_on import FollowUps
from app.kernel.actor import Actor
from app.kernel.ages import age_in_years
from app.kernel.clock import AMSTERDAM, today_in_amsterdam
from app.kernel.errors import Conflict, NotFound
from app.kernel.going_on import GoOn, check_going_on
from app.kernel.outside import OutsideGround
from app.kernel.words import CareForm
from app.models import (
    CrisisChild,
    CrisisReport,
    CrisisState,
    Family,
    Occupation,
    Placement,
    PlacementOrigin,
    Registration,
    RegistrationState,
)
from app.placed.beginning import record_beginning
from app.placed.family_gaps import clearance_gaps
from app.placed.going_on import is_searched_for
from app.placed.queries import lock_child
from app.placed.steps import end_running
from app.placed.together import lives_with_siblings

_PLACED = "Het kind woont sinds de nacht van de crisismelding in dit gezin."


def link_registration(
    session: Session, *, actor: Actor, report_id: UUID, told: LinkIn, follow_ups: FollowUps
) -> None:
    """Let the registered child live, since that night, in the bed that was locked.

    Raises NotFound; Conflict when there is no bed, the child is not searched for or lives in a
    crisis family already, is no child as the report tells of and nobody said why, or that family
    had no clearance then; InputRefused unless it is said, for a registration for crisis care, what
    is searched for next or why nothing is.
    """
    following = told.following.told() if told.following else None
    if following is not None:
        follow_ups.prepare(session)
    report = report_for_change(session, report_id)
    if report.state is not CrisisState.FOUND:
        raise Conflict(f"Deze melding is '{report.state.value}': er is geen bed om te koppelen.")
    registration = registration_of(session, told.child)
    if registration is None:
        raise NotFound("kind: deze aanmelding is hier niet bekend; controleer het id.")
    lock_child(session, registration)
    _refuse_housed(session, registration)
    _check_search(session, registration, following, told.no_follow_up_reason)
    child = CrisisChild(
        report_id=report.id,
        ordinal=choose_child(
            persons_of(report),
            linked_ordinals(session, report.id),
            _person(session, report, registration),
            differs_because=told.differs_because,
        ),
        registration_id=registration.id,
        differs_because=told.differs_because,
        actor=actor.name,
    )
    stay = _stay(session, registration, _tie(session, report, registration, child))
    stay.no_follow_up_reason = told.no_follow_up_reason
    record_beginning(session, registration, stay)
    tell_of_family(
        session, Occurrence.PLACEMENT_TOLD, stay.family_id, child=registration.id, placement=stay.id
    )
    if stay.is_bridging:
        return
    with because(session, _PLACED, of=registration.id):
        registration.state = RegistrationState.PLACED
    end_running(session, registration.id, became=registration.state.value, reason=_PLACED)
    if following is not None:
        follow_ups.begin(session, actor, registration, following)


def _tie(
    session: Session, report: CrisisReport, registration: Registration, child: CrisisChild
) -> Occupation:
    """Give a child of the report its own bed; while another has none, the report waits for it."""
    session.add(child)
    empty = [bed for bed in locked_beds(session, report.id) if bed.registration_id is None]
    bed = min(empty, key=lambda bed: bed.id)
    bed.registration_id = registration.id
    if child.ordinal == 0 or report.registration_id is None:
        report.registration_id = registration.id
    if len(empty) == 1:
        report.state = CrisisState.LINKED
    _keep_day(report, registration)
    return bed


def _person(session: Session, report: CrisisReport, registration: Registration) -> Person:
    child = child_row(session, registration.child_id)
    told_on = report.created_at.astimezone(AMSTERDAM).date()
    return Person(age_in_years(child.born_on, told_on), child.gender)


def _keep_day(report: CrisisReport, registration: Registration) -> None:
    """Write the day on which who was parted is together again where placements look for it."""
    is_parted = report.reunite_by is not None and registration.sibling_group_id is not None
    if is_parted and registration.care_form is CareForm.CRISIS:
        registration.reunite_by = registration.reunite_by or report.reunite_by


def _stay(session: Session, registration: Registration, bed: Occupation) -> Placement:
    family = family_of_bed(session, bed.place_id)
    since = bed.since.astimezone(AMSTERDAM).date()
    _refuse_uncleared(family, since)
    return Placement(
        registration_id=registration.id,
        family_id=family.id,
        provider_id=family.provider_id,
        since=since,
        is_bridging=registration.care_form is not CareForm.CRISIS,
        form=CareForm.CRISIS,
        rhythm=bed.rhythm,
        origin=PlacementOrigin.CRISIS,
        together=_together(session, registration, family.id, bed),
        outside_ground=OutsideGround.ACUTE,  # the two yeses follow, and are waited for by name
    )


def _together(
    session: Session, registration: Registration, family_id: UUID, bed: Occupation
) -> bool | None:
    """Return whether a brother or sister is there too, or has a bed of this report there."""
    lives = lives_with_siblings(session, registration, family_id, today_in_amsterdam())
    if lives is None or bed.crisis_report_id is None:
        return lives
    return lives or len(locked_beds(session, bed.crisis_report_id)) > 1


def _refuse_housed(session: Session, registration: Registration) -> None:
    if registration.state is not RegistrationState.SEARCHING:
        raise Conflict(
            f"kind: deze aanmelding is '{registration.state.value}'; koppel de aanmelding waarmee "
            "nu een vervolgplek wordt gezocht."
        )
    if stay_of(session, registration.id) is not None:
        raise Conflict("kind: dit kind woont al in een gezin; controleer het id.")
    home = crisis_home_of(session, registration.child_id)
    if home is not None:
        raise Conflict(
            "kind: dit kind woont al in een crisisgezin. Leg eerst het einde van die plaatsing "
            f"vast (/v1/plaatsingen/{home.id})."
        )


def _check_search(
    session: Session, registration: Registration, following: GoOn | None, why_not: str | None
) -> None:
    longer = registration.care_form is not CareForm.CRISIS
    searched = longer or is_searched_for(session, registration.child_id, besides=registration.id)
    check_going_on(CareForm.CRISIS, following, why_not, is_searched_for=searched)


def _refuse_uncleared(family: Family, since: date) -> None:
    """Raise Conflict where the family had no clearance on the day on which the child came.

    One that lapses later keeps nobody from recording where the child lives: it is said with the
    bed (`views.py`).
    """
    for sentence in clearance_gaps(family, since):
        raise Conflict(
            f"Op de dag van het ja had dit gezin geen geldige verklaring. {sentence} Is zij er "
            "niet, geef het bed dan vrij en zoek een ander."
        )
