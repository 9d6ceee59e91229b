"""On what ground a placement may be told of that did not come from a step: pure rules.

What a step asks before it places a child (two yeses, the law, a reason) is asked here as well, so
that nobody gets round it by telling afterwards. Only what has long been so, or cannot wait, is
taken as it is (ADR 0066). Source of the yes beforehand: Jeugdwet 5.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.errors import Conflict, InputRefused
from app.kernel.phases import NO_REUNION
from app.kernel.words import CareForm


class OutsideGround(StrEnum):
    """Why a placement did not come from a step (*grond*)."""

    AGREED = "afgesproken"
    NETWORK = "eigen netwerk"
    TAKEN_OVER = "overgenomen"
    ACUTE = "acuut"


# What begins with the telling: it takes a place that is free, and gets past no recorded thing.
BEGUN_ANEW = (OutsideGround.AGREED, OutsideGround.ACUTE)


@dataclass(frozen=True, slots=True)
class Outside:
    """What is told of a placement from outside the steps, and what is recorded here.

    registered_on: the child's first day here, and never after the day on which that was told.
    is_own_network: the family is this child's own. in_network_since: since when it is recorded to
    live there, where screening runs. registers_itself: its referrer does so in the service. has_no:
    a no between the two is recorded. gaps: what the law asks first, family_gaps: why the family
    cannot take a child now, as sentences. parts_siblings, has_other_choice: as a step would find
    them. lacks_reunion: in a crisis they part, and no day is known that ends it.
    """

    ground: OutsideGround
    since: date
    form: CareForm
    registered_on: date
    is_own_network: bool = False
    in_network_since: date | None = None
    registers_itself: bool = False
    provider_yes_on: date | None = None
    referrer_yes_on: date | None = None
    referrer: str | None = None
    has_no: bool = False
    gaps: tuple[str, ...] = ()
    parts_siblings: bool = False
    has_split_reason: bool = False
    has_other_choice: bool = False
    has_choice_reason: bool = False
    lacks_reunion: bool = False
    family_gaps: tuple[str, ...] = ()


def check_outside(told: Outside) -> None:
    """Raise InputRefused for what was not told, Conflict for what is in the way; else return."""
    for sentence in _odd(told):
        raise InputRefused(sentence)
    is_new = told.ground in BEGUN_ANEW
    for sentence in _untold(told) if is_new else ():
        raise InputRefused(sentence)
    if told.has_no:  # also of who would live there already: a no was said since
        raise Conflict("gezin: voor dit kind is bij dit gezin al nee gezegd; kies een ander gezin.")
    for sentence in _in_the_way(told) if is_new else ():
        raise Conflict(sentence)


def _odd(told: Outside) -> Iterator[str]:
    if told.ground is OutsideGround.NETWORK and not _lived_in_network(told):
        yield (
            "grond: eigen netwerk is alleen het netwerkgezin van dit kind zelf, waar het al woonde "
            "bij de aanmelding of sinds woontBijNetwerkgezinSinds; kies een andere grond."
        )
    if told.ground is OutsideGround.TAKEN_OVER and told.since >= told.registered_on:
        yield (
            "grond: overgenomen is alleen wat al liep voor de eerste aanmelding van het kind "
            "hier; kies een andere grond."
        )
    if (told.ground is OutsideGround.ACUTE) != (told.form is CareForm.CRISIS):
        yield "grond: acuut hoort bij de vorm crisis, en crisis bij acuut."
    if (told.referrer is None) != (told.referrer_yes_on is None):
        yield "akkoordVerwijzer: noem welke verwijzer akkoord gaf, en wanneer; of geen van beide."


def _lived_in_network(told: Outside) -> bool:
    days = (told.registered_on, told.in_network_since)
    return told.is_own_network and any(day is not None and told.since <= day for day in days)


def _untold(told: Outside) -> Iterator[str]:
    yeses = {
        "akkoordAanbiederOp": told.provider_yes_on, "akkoordVerwijzerOp": told.referrer_yes_on,
    }  # fmt: skip
    for name, day in yeses.items():
        if told.ground is not OutsideGround.AGREED:
            continue
        if day is None:
            yield f"{name}: ontbreekt; een plaatsing vraagt ja van de aanbieder en de verwijzer."
        elif day > told.since:
            yield f"{name}: ligt na de eerste dag; het akkoord gaat vooraf (Jeugdwet 5.1)."
        elif day < told.registered_on:
            yield f"{name}: {_BEFORE_IT_WAS_HERE}"
    if told.parts_siblings and not told.has_split_reason:
        yield (
            "redenSplitsing: ontbreekt; niet alle broers en zussen die samen willen wonen hier: "
            "geef de reden."
        )
    if told.has_other_choice and not told.has_choice_reason and told.ground is OutsideGround.AGREED:
        yield (
            "redenKeuze: ontbreekt; de laatste matchrun stelde een ander gezin voor: geef de reden "
            "om daarvan af te wijken."
        )


def _in_the_way(told: Outside) -> Iterator[str]:
    if told.lacks_reunion:
        yield NO_REUNION
    yield from told.family_gaps
    if told.ground is not OutsideGround.AGREED:
        return
    if told.registers_itself:
        yield (
            "grond: een verwijzer meldde dit kind zelf aan en legt zijn akkoord zelf vast; begin "
            "een stap met dit gezin."
        )
    if told.gaps:
        yield f"De plaatsing kan nog niet beginnen. {' '.join(told.gaps)}"


# What was agreed on elsewhere, of a child that lived there already, is taken over as it was.
_BEFORE_IT_WAS_HERE = (
    "ligt voor de eerste aanmelding van het kind hier; een akkoord van daarvoor gaat niet over een "
    "plaatsing die nu is afgesproken."
)


def check_yeses(
    ground: OutsideGround | None,
    since: date,
    *,
    today: date,
    registered_on: date,
    provider_yes_on: date | None,
    referrer_yes_on: date | None,
    referrer: str | None,
) -> None:
    """Raise InputRefused for yeses that a correction would leave: odd, missing, or afterwards."""
    if ground is None:
        raise InputRefused(
            "akkoordAanbiederOp: deze plaatsing kwam uit een stap of van voor de grond werd "
            "gevraagd; laat de akkoorden weg."
        )
    if (referrer is None) != (referrer_yes_on is None):
        raise InputRefused("akkoordVerwijzer: noem welke verwijzer akkoord gaf, en wanneer.")
    yeses = {"akkoordAanbiederOp": provider_yes_on, "akkoordVerwijzerOp": referrer_yes_on}
    for name, day in yeses.items():
        if day is not None and day > today:
            raise InputRefused(f"{name}: ligt in de toekomst; leg het vast als het er is.")
        if ground is OutsideGround.AGREED and (day is None or day > since):
            raise InputRefused(
                f"{name}: bij een afgesproken plaatsing staat dit vast, niet na de eerste dag."
            )
        if ground is OutsideGround.AGREED and day is not None and day < registered_on:
            raise InputRefused(f"{name}: {_BEFORE_IT_WAS_HERE}")
