"""The closed lists of placements under strain: signals, support, respite, and whether it helped."""

from enum import StrEnum

from app.kernel.words import Rhythm


class SignalKind(StrEnum):
    """What somebody sees of a placement (*signaal*)."""

    PROBLEMS = "problemen nemen toe"
    MORE_CONTACT = "meer contact met hulp"
    OVERLOADED = "pleegouders overbelast"
    NEARLY_BROKE = "bijna afgebroken"
    SAFETY = "veiligheid"
    SCHOOL = "school"
    OTHER = "anders"


class SupportKind(StrEnum):
    """What is offered so that a placement holds (*steun*)."""

    RESPITE = "respijt"
    AMBULATORY = "ambulante hulp"
    TRAINING = "training"
    TRANSPORT = "vervoer"
    FINANCIAL = "financieel"
    OTHER = "anders"


class TakenUp(StrEnum):
    """Whether what was offered was taken up (*opgepakt*)."""

    YES = "ja"
    NO = "nee"
    NOT_YET = "nog niet"


class Helped(StrEnum):
    """Whether support helped (*geholpen*)."""

    YES = "ja"
    PARTLY = "deels"
    NO = "nee"
    UNKNOWN = "nog niet bekend"


class WeekendNeed(StrEnum):
    """In which weekends a child may go to a respite family (*ritme*)."""

    ODD = "oneven weekenden"
    EVEN = "even weekenden"
    EITHER = "om het weekend"
    EVERY = "elk weekend"


# Of a child that may come in either weekend the engine chooses: it has no rhythm of its own.
RHYTHM_OF = {WeekendNeed.ODD: Rhythm.ODD_WEEKENDS, WeekendNeed.EVEN: Rhythm.EVEN_WEEKENDS}
