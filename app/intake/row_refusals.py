"""Why a row of a file with registrations is not taken: each a sentence with what to do."""

from app.intake.canonical import ReadRegistration
from app.intake.home_queries import Home
from app.intake.secrecy import FIELD, ONLY_BY_CORRECTION
from app.kernel.refusal import Refusal


def already_active(read: ReadRegistration, other: str, file: str) -> Refusal:
    """Return why a row of a child that is searched for already is not taken."""
    return _refusal(
        read, file, "bsn",
        f"voor dit kind (zelfde BSN) loopt al aanmelding {other}. "
        "Werk die bij, of controleer het BSN.",
    )  # fmt: skip


def past_home(read: ReadRegistration, home: Home, file: str) -> Refusal:
    """Return why a row is not taken that passes over the family where its child lives."""
    return _refusal(read, file, "vorm", home.sentence())


def lifts_secret(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row that would lift a secret placement is not taken."""
    return _refusal(
        read, file, FIELD,
        f"de plaatsing van dit kind is geheim; {ONLY_BY_CORRECTION}.",
    )  # fmt: skip


def other_person(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken whose BSN is of a child who is known as somebody else."""
    return _refusal(
        read, file, "bsn",
        "dit BSN is hier van een kind met een andere voornaam, "
        "geboortedatum of geslacht. Controleer het BSN, of verbeter eerst de bestaande aanmelding.",
    )  # fmt: skip


def number_of_other(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken whose number is of a registration of another child."""
    return _refusal(
        read, file, "aanmeldnummer",
        "dit nummer is hier van een ander kind (een ander BSN, of "
        "een andere voornaam, geboortedatum of geslacht). Geef dit kind een eigen nummer, of "
        "verbeter eerst de bestaande aanmelding.",
    )  # fmt: skip


def bsn_elsewhere(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken that gives a child the BSN of an earlier registration."""
    return _refusal(
        read, file, "bsn",
        "dit BSN hoort bij een kind met een eerdere aanmelding. "
        "Controleer het BSN, of trek deze aanmelding in en meld het kind met dit BSN opnieuw aan.",
    )  # fmt: skip


def of_referrer(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken that changes what a referrer registered by itself."""
    return _refusal(
        read, file, "aanmeldnummer",
        "een verwijzer meldde dit kind zelf aan, en een bestand "
        "wijzigt dat niet. Verbeter de aanmelding zelf, of geef dit kind een eigen nummer als het "
        "een ander is.",
    )  # fmt: skip


def against_correction(read: ReadRegistration, file: str) -> Refusal:
    """Return why a row is not taken that does not go together with what was corrected."""
    return _refusal(
        read, file, "correctie",
        "wat hier staat gaat niet samen met wat van dit kind is "
        "gecorrigeerd. Lees de correcties, en verbeter de aanmelding zelf of de regel.",
    )  # fmt: skip


def _refusal(read: ReadRegistration, file: str, field: str, sentence: str) -> Refusal:
    number = read.record.number
    said = f"Aanmelding {number}: {sentence}"
    return Refusal(file=file, row=read.row, field=field, message=said, record=number)
