"""The field's closed word lists: English names in code, the Dutch interface term as value.

Sources: the Dutch terms are those of the providers' exports and of the registrations; the pairing
stands in docs/glossary.md.
"""

from enum import StrEnum


class CareForm(StrEnum):
    """Form of foster care (*vorm*)."""

    CRISIS = "crisis"
    SHORT_TERM = "hulpverlening"
    LONG_TERM = "opvoeding"
    PART_TIME = "deeltijd"


class Urgency(StrEnum):
    """How soon a child needs a place (*urgentie*), most urgent first."""

    CRISIS = "crisis"
    URGENT = "spoed"
    REGULAR = "regulier"


class Gender(StrEnum):
    """Gender of a child (*geslacht*)."""

    BOY = "jongen"
    GIRL = "meisje"
    X = "x"


class GenderPreference(StrEnum):
    """Which children the carers take (*voorkeur geslacht*)."""

    NONE = "geen voorkeur"
    BOY = "jongen"
    GIRL = "meisje"


class Problem(StrEnum):
    """Kinds of problems (*problematiek*); the order is that of every column of nine."""

    EXTERNALISING = "externaliserend"
    INTERNALISING = "internaliserend"
    ATTACHMENT = "hechting"
    LEARNING_DISABILITY = "lvb"
    PSYCHIATRY = "psychiatrie"
    MEDICAL = "medisch"
    SEXUAL = "seksueel_grensoverschrijdend"
    RUNNING_AWAY = "weglopen"
    SUBSTANCES = "middelen"


class Willingness(StrEnum):
    """Whether carers take a child with a problem (*bereidheid*), most willing first."""

    YES = "ja"
    WITH_SUPPORT = "met steun"
    NO = "nee"


class FamilyKind(StrEnum):
    """Recruited family, or one from the child's own network (*soort*)."""

    RECRUITED = "bestand"
    NETWORK = "netwerk"


class FamilyStatus(StrEnum):
    """Whether a family takes part in the search now (*status*)."""

    ACTIVE = "actief"
    PAUSED = "pauze"
    STOPPED = "gestopt"


class HousemateRole(StrEnum):
    """Who lives in the home besides the child that may come."""

    CARER = "pleegouder"
    OWN_CHILD = "eigen"
    FOSTER_CHILD = "pleeg"


class SiblingWish(StrEnum):
    """What is wished for brothers and sisters (*wens*)."""

    TOGETHER = "samen"
    TOGETHER_UNLESS = "samen, tenzij"
    APART = "apart"


class WishOf(StrEnum):
    """Whose wish it is that brothers and sisters live together or apart (*wiens*)."""

    CHILD = "kind"
    SIBLING = "broer of zus"
    PARENT = "ouder"
    GUARDIAN = "voogd"
    PROFESSIONAL = "hulpverlener"


class NetworkOutcome(StrEnum):
    """What the search in the child's own network came to (*uitkomst*)."""

    FAMILY = "gezin gevonden"
    SUPPORT = "steun gevonden"
    NOBODY = "niemand gevonden"


class OtherChildrenWish(StrEnum):
    """Whether the child should live with other children (*andere kinderen*)."""

    NONE = "geen voorkeur"
    WITH = "wel"
    WITHOUT = "niet"


class VisitPlace(StrEnum):
    """Where the child meets its parents (*bezoekplek*)."""

    PARENTS = "bij ouders"
    NEUTRAL = "neutrale plek"
    FOSTER_FAMILY = "pleeggezin"


class Rhythm(StrEnum):
    """When a place is used, or can be (*ritme*); full time is all of the others together."""

    FULL_TIME = "voltijd"
    WEEKDAYS = "doordeweeks"
    ODD_WEEKENDS = "oneven weekenden"
    EVEN_WEEKENDS = "even weekenden"
    HOLIDAYS = "vakanties"


class AreaQuality(StrEnum):
    """How well the centroid of a postcode area is known."""

    EXACT = "exact"
    APPROXIMATE = "benaderd"
    UNCERTAIN = "onzeker"


CARE_FORMS = tuple(CareForm)
URGENCIES = tuple(Urgency)
GENDERS = tuple(Gender)
PROBLEMS = tuple(Problem)
WILLINGNESS = tuple(Willingness)
RHYTHMS = tuple(Rhythm)
