"""Which family may be called tonight, and what must be said or asked first.

The hard rules are those of the engine (docs/regels.md), asked of six fields instead of a file; a
test compares the two. What nobody asked the family is no reason to leave it out at night: it is
said, and comes after the families that were asked (`first_called.py`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from app.crisis.words import PET_OF, PROBLEM_OF, Flag
from app.kernel.words import Gender, GenderPreference, Problem, Willingness

LEAST_CARER_AGE = 21
THREAT_KM = 10.0  # a judgement: closer than this somebody may simply walk by
_FLAGS = tuple(Flag)  # to walk an enumeration takes ten times as long, and a night has thousands


class Person(NamedTuple):
    """Age in years and gender."""

    age: int
    gender: Gender


@dataclass(frozen=True, slots=True)
class Need:
    """Children who need a bed together tonight, and what a family must know of them."""

    children: tuple[Person, ...]
    flags: frozenset[Flag]


class Home(NamedTuple):
    """A family that offers crisis care, as far as the rules ask; whom to call is a `Contact`.

    A tuple: there may be a thousand, and a frozen dataclass takes ten times as long to make.

    free: full-time beds that nobody is in and nobody holds. km: from where the child is; None
    where that is not known. willingness: of the problems that matter here; what is not in it was
    not asked of the family.
    """

    family_id: UUID
    provider: str
    number: str
    free: int
    max_siblings: int
    min_age: int
    max_age: int
    gender_preference: GenderPreference
    pets: Collection[str]
    smokes: bool
    wheelchair: bool
    youngest_carer_born: int | None
    prepared: bool
    clearance_until: date | None
    needs_confirmation: bool
    willingness: Mapping[Problem, Willingness]
    km: float | None


class Contact(NamedTuple):
    """What one must know of a family to call it; read only for families that are shown.

    told_on: the last day on which somebody said that it is available. is_stale: that is so long
    ago that somebody should first ask (app/freshness.py).
    """

    name: str
    place: str
    phone: str | None
    duty_phone: str | None
    told_on: date
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Bed:
    """A family to call, with what must be said or asked first."""

    home: Home
    contact: Contact
    concerns: tuple[str, ...]


def bed_of(need: Need, home: Home, contact: Contact, today: date) -> Bed:
    """Return a family to call for these children, with what must be said or asked first."""
    asked = _to_ask(home, contact, today)
    return Bed(home, contact, (*_unsafe(_asked_about(need), home), *asked))


def fits(need: Need, home: Home, today: date) -> bool:
    """Return whether no hard rule stands between these children and this family.

    In loops: the list for on paper asks it a dozen times a family, and a generator takes longer.
    """
    if len(need.children) > min(home.free, home.max_siblings):
        return False
    for child in need.children:
        if not _takes(home, child):
            return False
    for flag in need.flags:
        if not _can_have(home, flag):
            return False
    return _is_screened(home, today)


def _can_have(home: Home, flag: Flag) -> bool:
    if flag in PROBLEM_OF:
        return home.willingness.get(PROBLEM_OF[flag]) is not Willingness.NO
    if flag in PET_OF:
        return PET_OF[flag] not in home.pets
    if flag is Flag.SMOKE_FREE:
        return not home.smokes
    return flag is not Flag.WHEELCHAIR or home.wheelchair


def not_with(home: Home, today: date) -> list[Flag]:
    """Return the safety flags for which a home is left out, though a child fits it otherwise."""
    child = (just_fitting(home),)
    return [flag for flag in _FLAGS if not fits(Need(child, frozenset({flag})), home, today)]


def just_fitting(home: Home) -> Person:
    """Return a child that a home takes as far as age and gender go."""
    wanted = home.gender_preference.value
    return Person(home.min_age, Gender(wanted) if wanted in set(Gender) else Gender.X)


def _takes(home: Home, child: Person) -> bool:
    if not home.min_age <= child.age <= home.max_age:
        return False
    wanted = home.gender_preference
    return wanted is GenderPreference.NONE or wanted.value == child.gender.value


def _is_screened(home: Home, today: date) -> bool:
    # By law, and also at night: prepared, a valid clearance, and carers of 21.
    is_cleared = home.clearance_until is not None and home.clearance_until >= today
    return home.prepared and is_cleared and is_adult(home.youngest_carer_born, today)


def is_adult(youngest_carer_born: int | None, today: date) -> bool:
    """Return whether all carers are 21; the year of turning 21 passes, as does not being told."""
    return youngest_carer_born is None or youngest_carer_born <= today.year - LEAST_CARER_AGE


def problems_of(need: Need) -> list[Problem]:
    """Return what a family must have been asked for these children."""
    return [PROBLEM_OF[flag] for flag in _asked_about(need) if flag in PROBLEM_OF]


def _asked_about(need: Need) -> list[Flag]:
    """Return the flags of a need in the order in which they are told."""
    return [flag for flag in _FLAGS if flag in need.flags]


def _unsafe(flags: Collection[Flag], home: Home) -> Iterator[str]:
    for flag in flags:
        if flag not in PROBLEM_OF:
            continue
        answer = home.willingness.get(PROBLEM_OF[flag])
        if answer is None:
            yield f"Niet gevraagd of het gezin {flag.value} aankan: bespreek het eerst."
        elif answer is Willingness.WITH_SUPPORT:
            yield f"Kan {flag.value} aan met steun: zeg wie er vannacht bereikbaar is."
    if Flag.THREAT in flags and is_near(home.km):
        yield "Woont dichtbij waar het kind nu is, en er is dreiging uit de omgeving."


def is_near(km: float | None) -> bool:
    """Return whether a threat where the child is may be one where a family lives."""
    return km is None or km < THREAT_KM


def _to_ask(home: Home, contact: Contact, today: date) -> Iterator[str]:
    if home.needs_confirmation:
        yield "Stond niet in de laatste opgave van de aanbieder: vraag eerst of het klopt."
    elif contact.is_stale:
        days = (today - contact.told_on).days
        yield f"De beschikbaarheid is {days} dagen niet bevestigd: vraag het eerst."
    if contact.phone is None:
        yield "Geen nummer van het gezin bekend: bel de dienst van de aanbieder."
