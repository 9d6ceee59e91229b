"""What must hold of a registration on the day it is read, and what a person should know."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.intake.canonical import ReadRegistration
from app.intake.outcome import Outcome
from app.intake.schemas import RegistrationIn
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import InputRefused
from app.kernel.refusal import Notice
from app.kernel.words import CareForm, Rhythm

FOSTER_CARE_ENDS = 21  # Jeugdwet 1.1; with extension at 23
EXTENSION_ENDS = 23
BEFORE_BIRTH = timedelta(days=280)  # a child may be registered while it is expected
LONGEST_WAIT = timedelta(days=5 * 366)
MOST_BACKDATED = timedelta(days=366)  # by a referrer: others wait as well
AT_HOME = "thuis"
PAIR_WISHES = "broersZussen.wensenPerKind"


def fault_on(record: RegistrationIn, today: date) -> tuple[str, str] | None:
    """Return the (field, clause) for which a registration is refused on a day, or None."""
    if record.born_on > today:
        return "geboortedatum", "ligt in de toekomst; verbeter de datum"
    if age_on(record.born_on, today) >= EXTENSION_ENDS:
        return "geboortedatum", f"hoort bij iemand van {EXTENSION_ENDS} of ouder; verbeter de datum"
    if record.rhythm is not Rhythm.FULL_TIME and record.care_form is not CareForm.PART_TIME:
        return "ritme", "past alleen bij de vorm deeltijd; kies voltijd of een andere vorm"
    if record.leave_by is not None and record.end_unknown is not None:
        return "eindeOnbekendOmdat", "past niet bij moetWegOp; laat één van de twee weg"
    if record.in_network_since is not None and record.in_network_since > today:
        return "woontBijNetwerkgezinSinds", "ligt in de toekomst; verbeter de datum of laat hem weg"
    by_day = _fault_on_clock(record, today)
    return by_day or _fault_on_prevention(record) or _fault_on_wishes(record)


def _fault_on_clock(record: RegistrationIn, today: date) -> tuple[str, str] | None:
    # All waiting is counted from this day: a year that is mistyped would go before everybody.
    if record.registered_on < record.born_on - BEFORE_BIRTH:
        return "aangemeldOp", "ligt ver voor de geboorte van het kind; verbeter de datum"
    if record.registered_on < today - LONGEST_WAIT:
        return "aangemeldOp", "ligt meer dan vijf jaar terug; verbeter de datum"
    return None


def refuse_backdated(actor: Actor, told: date, *, known: date | None, today: date) -> None:
    """Raise InputRefused where a referrer lets its child wait from a day long ago.

    known: the day as it stands, for a correction; it may stay, and not become earlier than that.
    """
    bound = today - MOST_BACKDATED if known is None else min(known, today - MOST_BACKDATED)
    if actor.role is ActorRole.REFERRER and told < bound:
        raise InputRefused(
            "aangemeldOp: ligt meer dan een jaar terug; verbeter de datum, of laat het aanmeldpunt "
            "een eerdere dag vastleggen."
        )


def is_end_untold(staying_now: str, leave_by: date | None, end_unknown: str | None) -> bool:
    """Return whether nobody says until when a child may stay where it is, or why that is unknown.

    At home it may stay until there is a place.
    """
    return staying_now.strip().lower() != AT_HOME and leave_by is None and end_unknown is None


def require_end(record: RegistrationIn) -> None:
    """Raise InputRefused where the end of the present stay is not told; a file may lack it."""
    if is_end_untold(record.staying_now, record.leave_by, record.end_unknown):
        raise InputRefused(
            "moetWegOp: ontbreekt; zeg wanneer het kind weg moet waar het nu is, of bij "
            "eindeOnbekendOmdat waarom dat nog niet bekend is."
        )


def _fault_on_prevention(record: RegistrationIn) -> tuple[str, str] | None:
    told = record.prevention
    if told is None:
        return None
    if record.network_researched and told.network_skipped is not None:
        clause = "past niet bij een netwerkonderzoek dat is gedaan; laat één van de twee weg"
        return "preventie.netwerkonderzoekOvergeslagen", clause
    if not record.network_researched and told.network_outcome is not None:
        clause = "past niet bij een netwerkonderzoek dat niet is gedaan; verbeter één van de twee"
        return "preventie.netwerkonderzoekUitkomst", clause
    return None


def _fault_on_wishes(record: RegistrationIn) -> tuple[str, str] | None:
    told = [wish.number for wish in record.siblings.pair_wishes] if record.siblings else []
    if record.number in told:
        return PAIR_WISHES, "noemt dit kind zelf; noem het nummer van een broer of zus"
    if len(set(told)) < len(told):
        return PAIR_WISHES, "noemt hetzelfde kind twee keer; laat één wens staan"
    if record.siblings and record.siblings.reunite_by and record.care_form is not CareForm.CRISIS:
        return "broersZussen.herenigenVoor", "hoort alleen bij de vorm crisis; laat de datum weg"
    return None


def age_on(born_on: date, today: date) -> int:
    """Return the age in birthdays that have passed."""
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not had_birthday)


def remarks(read: ReadRegistration, *, today: date, file: str) -> Iterator[Notice]:
    """Yield what a person should know of one registration."""
    record, who = read.record, f"Aanmelding {read.record.number}"
    if age_on(record.born_on, today) >= FOSTER_CARE_ENDS:
        message = f"{who}: de jongere is {FOSTER_CARE_ENDS} of ouder; ga na of er verlenging is."
        yield Notice(file, read.row, "geboortedatum", message, record.number)
    if record.registered_on > today:
        message = f"{who}: 'aangemeldOp' ligt na de peildatum; ga na of de datum klopt."
        yield Notice(file, read.row, "aangemeldOp", message, record.number)
    if record.registered_on < today - MOST_BACKDATED:
        message = f"{who}: 'aangemeldOp' ligt meer dan een jaar terug; ga na of de datum klopt."
        yield Notice(file, read.row, "aangemeldOp", message, record.number)


def same_bsn(registrations: Iterable[Outcome], *, file: str) -> Iterator[Notice]:
    """Yield a notice for each registration with the BSN of one with a lower number.

    None is merged. In the order of the numbers, so that the order of the rows changes no word.
    """
    first: dict[str, Outcome] = {}
    for read in sorted(registrations, key=lambda read: read.number):
        earlier = first.setdefault(read.bsn, read) if read.bsn else read
        if earlier is not read:
            message = (
                f"Aanmeldingen {earlier.number} en {read.number} hebben hetzelfde "
                "BSN: ga na of dit hetzelfde kind is."
            )
            yield Notice(file, read.row, "bsn", message, read.number)
