"""Why a row of a file with registrations is not taken: each a sentence with what to do."""

from app.intake.canonical import ReadRegistration
from app.intake.secrecy import FIELD, ONLY_BY_CORRECTION
from app.kernel.refusal import Refusal


def already_active(read: ReadRegistration, other: str, file: str) -> Refusal:
    """Return why a row of a child that is searched for already is not taken."""
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field="bsn",
        message=f"Aanmelding {number}: voor dit kind (zelfde BSN) loopt al aanmelding {other}. "
        "Werk die bij, of controleer het BSN.",
        record=number,
    )


def lifts_secret(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row that would lift a secret placement is not taken."""
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field=FIELD,
        message=f"Aanmelding {number}: de plaatsing van dit kind is geheim; {ONLY_BY_CORRECTION}.",
        record=number,
    )


def other_person(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken whose BSN is of a child who is known as somebody else."""
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field="bsn",
        message=f"Aanmelding {number}: dit BSN is hier van een kind met een andere voornaam, "
        "geboortedatum of geslacht. Controleer het BSN, of verbeter eerst de bestaande aanmelding.",
        record=number,
    )


def number_of_other(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken whose number is of a registration of another child."""
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field="aanmeldnummer",
        message=f"Aanmelding {number}: dit nummer is hier van een ander kind (een ander BSN, of "
        "een andere voornaam, geboortedatum of geslacht). Geef dit kind een eigen nummer, of "
        "verbeter eerst de bestaande aanmelding.",
        record=number,
    )


def bsn_elsewhere(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken that gives a child the BSN of an earlier registration."""
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field="bsn",
        message=f"Aanmelding {number}: dit BSN hoort bij een kind met een eerdere aanmelding. "
        "Controleer het BSN, of trek deze aanmelding in en meld het kind met dit BSN opnieuw aan.",
        record=number,
    )


def of_referrer(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken that changes what a referrer registered by itself."""
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field="aanmeldnummer",
        message=f"Aanmelding {number}: een verwijzer meldde dit kind zelf aan, en een bestand "
        "wijzigt dat niet. Verbeter de aanmelding zelf, of geef dit kind een eigen nummer als het "
        "een ander is.",
        record=number,
    )


def against_correction(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken that does not go together with what was corrected."""
    number = read.record.number
    return Refusal(
        file=file,
        row=read.row,
        field="correctie",
        message=f"Aanmelding {number}: wat hier staat gaat niet samen met wat van dit kind is "
        "gecorrigeerd. Lees de correcties, en verbeter de aanmelding zelf of de regel.",
        record=number,
    )
