"""The words in which people say how a placement goes: review moments, and why it broke down.

Sources of the reasons: Konijn 2019, Strijker & Knorth 2018 and the Richtlijn Pleegzorg, which name
behaviour, carers' load, own children, working with parents and missing support. The lists are
closed so that reasons can be counted; `anders` always has words beside it.
"""

from datetime import timedelta
from enum import StrEnum

# A judgement: long enough before the day to find a place for brothers and sisters together.
REUNION_NEAR = timedelta(days=7)


class BreakdownKind(StrEnum):
    """Whether a placement broke down or nearly did (*soort*)."""

    BROKE = "afgebroken"
    NEARLY = "bijna afgebroken"


class Initiative(StrEnum):
    """Who took the initiative to end a placement (*initiatief*)."""

    CHILD = "kind"
    PARENTS = "ouders"
    CARERS = "pleegouders"
    PROVIDER = "aanbieder"
    REFERRER = "verwijzer"
    COURT = "rechter"
    TOGETHER = "gezamenlijk"


class BreakdownReason(StrEnum):
    """Why a placement broke down, or nearly did (*reden*)."""

    BEHAVIOUR = "gedragsproblemen kind"
    CARERS_LOAD = "draagkracht pleegouders"
    OWN_CHILDREN = "relatie eigen kinderen"
    PARENTS = "samenwerking met ouders"
    LOYALTY = "loyaliteit"
    SAFETY = "veiligheid"
    FAMILY_EVENTS = "omstandigheden pleeggezin"
    NO_SUPPORT = "ontbrekende ondersteuning"
    OTHER = "anders"


class Tried(StrEnum):
    """What was tried to let a placement hold (*geprobeerd*)."""

    GUIDANCE = "extra begeleiding pleegouders"
    RESPITE = "respijtzorg"
    CARE_FOR_CHILD = "hulp voor het kind"
    AT_HOME = "hulp aan huis"
    PARENTS = "gesprek met ouders"
    NETWORK = "netwerk of JIM"
    TIME_OUT = "tijdelijk elders"
    NOTHING = "niets"
    OTHER = "anders"


class Voice(StrEnum):
    """Whose voice is asked at a review (*wie*)."""

    CHILD = "kind"
    CARERS = "pleegouders"
    PARENTS = "ouders"


class Heard(StrEnum):
    """Whether somebody was heard (*gehoord*)."""

    YES = "ja"
    NO = "nee"
    COULD_NOT = "kon niet"


class Topic(StrEnum):
    """What a finding is about (*onderwerp*)."""

    WELL_BEING = "welbevinden"
    BEHAVIOUR = "gedrag"
    SCHOOL = "school"
    HEALTH = "gezondheid"
    BOND = "band met het gezin"
    PARENTS = "contact met ouders"
    SIBLINGS = "broers en zussen"
    LOAD = "belasting pleeggezin"
    OWN_CHILDREN = "eigen kinderen van het gezin"
    TEAMWORK = "samenwerking"
    SAFETY = "veiligheid"
    FUTURE = "perspectief"
    OTHER = "anders"


class Weight(StrEnum):
    """How it stands with a topic (*oordeel*)."""

    GOOD = "goed"
    CONCERN = "zorg"
    SERIOUS = "ernstige zorg"


class Safety(StrEnum):
    """How safe the child is, as those who held the review judge it (*veiligheid*)."""

    SAFE = "veilig"
    DOUBTS = "twijfel"
    UNSAFE = "onveilig"


class PlacementAct(StrEnum):
    """What was done with a placement (*handeling*)."""

    TOLD = "gemeld"
    CORRECTED = "gegevens gewijzigd"
    FORM = "vorm gewijzigd"
    MOVED = "verplaatst"
    ENDED = "beeindigd"
    JUDGED = "beoordeeld"
    ENDING_CORRECTED = "einde verbeterd"
