"""The steps of methodical matching on one child and one family, as a state machine: pure rules.

Source: Handboek Methodisch Matchen, steps 3 (propose), 4 (carers), 5 (parents and child), 6 (get
acquainted), 7 (match) and 8 (settle in); Jeugdwet 5.1 for the provider's judgement beforehand.
"""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """How far people are with a child and a family (*fase*), in this order."""

    PROPOSED = "voorgesteld"
    WITH_CARERS = "voorgelegd aan pleegouders"
    WITH_PARENTS = "voorgelegd aan ouders en kind"
    ACQUAINTANCE = "kennismaking"
    MATCHED = "match"
    SETTLING = "wennen"
    PLACED = "plaatsing"


class Agreement(StrEnum):
    """What those said to whom it was put (*akkoord*)."""

    YES = "ja"
    NO = "nee"
    IF = "onder voorwaarde"


class DeclineReason(StrEnum):
    """Why somebody said no (*afwijsreden*)."""

    UNAVAILABLE = "gezin niet beschikbaar"
    TOO_HEAVY = "problematiek te zwaar"
    AGE = "leeftijd"
    DISTANCE = "afstand"
    HOUSEHOLD = "gezinssamenstelling"
    SAFETY = "veiligheid"
    OTHER_FAMILY = "voorkeur ander gezin"
    OBJECTION = "ouders of kind bezwaar"
    OTHER = "anders"


class NoBy(StrEnum):
    """Who said no, or objected (*door*)."""

    FAMILY = "gezin"
    PROVIDER = "aanbieder"
    PARENTS = "ouders"
    CHILD = "kind"
    REFERRER = "verwijzer"


class MessageKind(StrEnum):
    """What a provider says to a question about its family, and what it is told (*soort*)."""

    YES = "ja"
    NO = "nee"
    QUESTION = "vraag"
    EXPLAINED = "uitleg"


class ConsentBy(StrEnum):
    """Whose yes a placement needs."""

    PROVIDER = "aanbieder"
    REFERRER = "verwijzer"


class LegalWeight(StrEnum):
    """What an objection of parents or child does (*gewicht*)."""

    VETO = "veto"
    WEIGHED = "weegt mee"


class ObjectionOutcome(StrEnum):
    """What came of an objection (*uitkomst*)."""

    GO_ON = "doorgaan"
    TAKEN_BACK = "ingetrokken"
    STOP = "stoppen"


NEXT: dict[Phase, tuple[Phase, ...]] = {
    Phase.PROPOSED: (Phase.WITH_CARERS,),
    Phase.WITH_CARERS: (Phase.WITH_PARENTS,),
    Phase.WITH_PARENTS: (Phase.ACQUAINTANCE,),
    Phase.ACQUAINTANCE: (Phase.MATCHED,),
    # A child in need may move in at once: settling in then goes on during the placement.
    Phase.MATCHED: (Phase.SETTLING, Phase.PLACED),
    Phase.SETTLING: (Phase.PLACED,),
    Phase.PLACED: (),
}
# The phase in which the two who decide on a placement say yes: they know by then whom it is about.
DECIDED_IN = Phase.ACQUAINTANCE
# They object: that is weighed first, and is no plain no.
OBJECTORS = (NoBy.PARENTS, NoBy.CHILD)
# Where parents and child are asked, so that a no may have been weighed and not have stopped it.
_OF_PARENTS = (Phase.WITH_PARENTS, Phase.ACQUAINTANCE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is recorded of a begun pair.

    has_answer: its provider said yes to the proposal. has_overruled: an objection was weighed, and
    it went on. needs_support: the match is sub-optimal. has_support: a plan, or why there is none.
    parts_siblings: not all who wish to be together go there. has_split_reason: it is said why.
    has_changed_hands: the family's provider of now is not the one that said yes.
    lacks_reunion: in a crisis they part for a while only, and no day is known on which it is over.
    """

    phase: Phase
    has_answer: bool = False
    consents: frozenset[ConsentBy] = frozenset()
    has_open_objection: bool = False
    has_overruled: bool = False
    needs_support: bool = False
    has_support: bool = False
    parts_siblings: bool = False
    has_split_reason: bool = False
    lacks_reunion: bool = False
    has_changed_hands: bool = False


def weigh_objection(legal_frame: str, *, has_order: bool) -> LegalWeight:
    """Return the legal weight of an objection by parents or child.

    has_order: whether the court's permission holds on that day (`legal_frame.order_holds`).
    With the court's permission (*machtiging*) or guardianship of the GI it is weighed and is no
    veto by itself (Jeugdwet 6.1.2, BW 1:265b, 1:303); without, also under a supervision order, a
    placement is voluntary and an objection stops it.
    """
    decided_by_court = has_order or legal_frame.strip().lower().startswith("voogdij")
    return LegalWeight.WEIGHED if decided_by_court else LegalWeight.VETO


def missing(standing: Standing, to: Phase) -> tuple[str, ...]:
    """Return what must be recorded before a pair may go to a phase: sentences, none when all is."""
    found = []
    if standing.has_open_objection:
        found.append("Er staat een bezwaar open: rond het eerst af.")
    if to is Phase.WITH_CARERS and not standing.has_answer:
        found.append("De aanbieder heeft nog geen ja gegeven op de gezinsvraag.")
    if to is Phase.MATCHED:
        found += [_NO_CONSENT[by] for by in ConsentBy if by not in standing.consents]
        if standing.needs_support and not standing.has_support:
            found.append(
                "Deze match vraagt een steunplan: geef het steunplan (steunplan), of de reden "
                "waarom er geen komt (redenGeenSteunplan)."
            )
        if standing.parts_siblings and not standing.has_split_reason:
            found.append(
                "Niet alle broers en zussen gaan naar dit gezin: geef de reden van de splitsing "
                "(redenSplitsing), of begin ook voor hen een stap met dit gezin."
            )
    if to in (Phase.MATCHED, Phase.PLACED) and standing.lacks_reunion:
        found.append(NO_REUNION)
    if to in (Phase.MATCHED, Phase.PLACED) and standing.has_changed_hands:
        found.append(
            "Het gezin ging naar een andere aanbieder, die hierover nog niet oordeelde (Jeugdwet "
            "5.1): beëindig deze stap en begin een nieuwe."
        )
    return tuple(found)


NO_REUNION = (
    "In een crisis gaan broers en zussen hooguit tijdelijk uit elkaar: leg bij de aanmelding vast "
    "wanneer zij uiterlijk weer samen wonen (broersZussen.herenigenVoor, vandaag of later)."
)
_NO_CONSENT = {
    ConsentBy.PROVIDER: "Het akkoord van de aanbieder van het gezin ontbreekt (Jeugdwet 5.1): hij "
    "geeft het op de gezinsvraag, tijdens de kennismaking.",
    ConsentBy.REFERRER: "Het akkoord van de verwijzer ontbreekt: leg het vast bij deze stap, "
    "tijdens de kennismaking.",
}


def refuse_move(standing: Standing, to: Phase, agreement: Agreement) -> str | None:
    """Return why a pair may not go to a phase now and what may be done, None when it may."""
    if to not in NEXT[standing.phase]:
        return f"Van '{standing.phase}' naar '{to}' kan niet: {open_after(standing.phase)}."
    lacking = missing(standing, to)
    if lacking:
        return "; ".join(line.rstrip(".") for line in lacking) + "."
    is_weighed = standing.phase in _OF_PARENTS and standing.has_overruled
    if agreement is Agreement.NO and not is_weighed:
        return (
            "Een nee gaat niet door: leg het vast als nee (gezin, aanbieder, verwijzer) of als "
            "bezwaar (ouders, kind)."
        )
    return None


def open_after(phase: Phase) -> str:
    """Return a clause that names which phases are open after one."""
    if not NEXT[phase]:
        return "deze stap is afgerond; er staat geen fase meer open"
    return "open staat " + " of ".join(f"'{to}'" for to in NEXT[phase])
