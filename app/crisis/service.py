"""A crisis at night: six fields in, calls recorded, a yes locks the beds, the file follows.

Nothing here waits for a match run or for a complete registration.
"""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.noted import remember_made
from app.crisis.allowed import refuse_family
from app.crisis.queries import (
    family_called_so,
    family_for_call,
    family_of_bed,
    find_report,
    free_places,
    locked_beds,
)
from app.crisis.schemas import CallIn, CrisisReportIn
from app.events.catalogue import Occurrence
from app.events.of_family import tell_of_family
from app.kernel.actor import Actor
from app.kernel.clock import now, today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused, NotFound
from app.kernel.words import Rhythm
from app.kernel.working_days import after_working_days
from app.models import (
    CallOutcome,
    CrisisCall,
    CrisisReport,
    CrisisState,
    Occupation,
)

UNKNOWN = "Deze crisismelding is hier niet bekend: controleer het id in het adres."
FILE_WITHIN = 5  # working days
LONGEST_APART = timedelta(days=28)  # as long as crisis care itself


def report_crisis(session: Session, *, actor: Actor, told: CrisisReportIn) -> CrisisReport:
    """Store the six fields; the beds are asked for when it is shown."""
    report = CrisisReport(
        age=told.age,
        gender=told.gender,
        flags=sorted({flag.value for flag in told.flags}),
        siblings=[kin.model_dump(mode="json", by_alias=True) for kin in told.siblings],
        postcode=told.postcode,
        call_back=told.call_back,
        actor=actor.name,
    )
    session.add(report)
    session.flush()
    remember_made(session, "crisismelding", report.id)
    return report


def record_call(session: Session, *, actor: Actor, report_id: UUID, told: CallIn) -> None:
    """Record a call; a yes locks a bed for each child that the family takes.

    Raises NotFound; Conflict when the report looks for no bed any more, the bed has gone, or the
    family may not have a child tonight; InputRefused when a yes parts brothers and sisters without
    a day on which they are together.
    """
    report = _searching(session, report_id)
    named = (session, told.provider, told.family)
    family = family_for_call(*named) or family_called_so(*named)
    if family is None:
        raise NotFound("Dit gezin is hier niet bekend: controleer aanbieder en nummer.")
    is_yes = told.outcome is CallOutcome.YES
    if is_yes:
        refuse_family(session, family, today=today_in_amsterdam())
    beds = _lock(session, report, family.id, told) if is_yes else 0
    session.add(
        CrisisCall(
            report_id=report.id, family_id=family.id, outcome=told.outcome, beds=beds,
            note=told.note or "", actor=actor.name,
        )
    )  # fmt: skip
    session.flush()


def close_report(session: Session, *, report_id: UUID, reason: str) -> None:
    """Close a report that needs no bed here any more; a bed that it held is free again."""
    report = report_for_change(session, report_id)
    if report.state in (CrisisState.CLOSED, CrisisState.LINKED):
        raise Conflict(f"Deze melding is al '{report.state.value}'.")
    if report.registration_id is not None:
        raise Conflict(
            "Van deze melding is al een kind gekoppeld. Kwamen er minder kinderen, geef dan de "
            "andere bedden vrij (bedden, met de reden); daarmee is de melding klaar."
        )
    free_beds(session, locked_beds(session, report.id))
    report.state, report.closed_because = CrisisState.CLOSED, reason
    session.flush()


def _lock(session: Session, report: CrisisReport, family_id: UUID, told: CallIn) -> int:
    wanted = 1 + len(report.siblings)
    beds = free_places(session, family_id)[:wanted]
    if not beds:
        raise Conflict(
            "Dit bed is intussen vergeven: het gezin heeft geen vrije plaats meer. Bel het "
            "volgende gezin van de lijst."
        )
    if len(beds) < wanted:
        report.reunite_by = _reunited(told.reunite_by, len(beds), wanted)
    session.add_all(
        [
            Occupation(
                place_id=place, rhythm=Rhythm.FULL_TIME, since=now(), crisis_report_id=report.id
            )
            for place in beds
        ]
    )
    tell_of_family(session, Occurrence.BED_LOCKED, family_id)
    report.state = CrisisState.FOUND
    report.file_due = after_working_days(today_in_amsterdam(), FILE_WITHIN)
    return len(beds)


def free_beds(session: Session, beds: list[Occupation]) -> None:
    """Let beds go now; their families' providers are told."""
    for family_id in {family_of_bed(session, bed.place_id).id for bed in beds}:
        tell_of_family(session, Occurrence.BED_RELEASED, family_id)
    for bed in beds:
        bed.release(now())


def _reunited(day: date | None, beds: int, wanted: int) -> date:
    today = today_in_amsterdam()
    if day is None:
        raise InputRefused(
            f"herenigenVoor: dit gezin heeft {beds} van de {wanted} bedden, dus broers en zussen "
            "gaan uit elkaar; noem de dag waarop zij weer samen zijn."
        )
    if not today < day <= today + LONGEST_APART:
        raise InputRefused(
            "herenigenVoor: kies een dag na vandaag en ten hoogste vier weken vooruit."
        )
    return day


def report_for_change(session: Session, report_id: UUID) -> CrisisReport:
    """Return a report that nobody else can change until the transaction ends; raises NotFound."""
    report = find_report(session, report_id, lock=True)
    if report is None:
        raise NotFound(UNKNOWN)
    return report


def _searching(session: Session, report_id: UUID) -> CrisisReport:
    report = report_for_change(session, report_id)
    if report.state is not CrisisState.SEARCHING:
        raise Conflict(
            f"Deze melding is '{report.state.value}': er wordt nu geen bed gezocht. Geef het bed "
            "eerst vrij als het toch niet doorgaat."
        )
    return report
