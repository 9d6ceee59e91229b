"""What a provider sees of a child itself: of one that it is asked about, and one that lives there.

Which of these fields, and from when, the access file says (`[stappen]`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn
from app.kernel.anonymous import without_names, without_numbers
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import OtherChildrenWish, Problem
from app.models import Registration
from app.placed.secret import secret_homes
from app.settings import Settings
from app.steps.provider_queries import AskedChild, encrypted_bsn
from app.steps.schemas_provider import AskedSchool, ChildStory, MedicalFile

_WORDS = {1: "Lichte", 2: "Duidelijke", 3: "Ernstige"}


@dataclass(frozen=True, slots=True)
class AboutChild:
    """What the fields about a child are made of; is_named: whether its provider knows its name."""

    session: Session
    registration: Registration
    about: AskedChild
    settings: Settings
    is_named: bool

    def tidy(self, text: str) -> str:
        """Return a text that people typed without numbers, and before the name without names."""
        return without_numbers(
            text if self.is_named else without_names(text, self.about.names, parts=True)
        )


def years(born_on: date) -> int:
    """Return an age in years, today."""
    today = today_in_amsterdam()
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def _area(question: AboutChild) -> str:
    registration = question.registration
    return f"{registration.municipality} ({registration.postcode[:2]})"


def _story(question: AboutChild) -> ChildStory:
    voice = question.registration.child_voice.strip()
    return ChildStory(
        voice=question.tidy(voice) if voice else None,
        problems=[
            f"{_WORDS[question.about.severity[problem]]} problematiek: "
            f"{problem.value.replace('_', ' ')}."
            for problem in Problem
            if question.about.severity.get(problem)
        ],
        wishes=[question.tidy(wish) for wish in _wishes(question.registration)],
    )


def _wishes(registration: Registration) -> list[str]:
    company = registration.other_children
    wishes = {
        "Het kind wil op de eigen school blijven.": registration.keep_school,
        f"Andere kinderen in huis: {company.value}.": company is not OtherChildrenWish.NONE,
        f"Geloof: {registration.faith_wish}.": registration.faith_wish is not None,
        f"Bezoek aan ouders: {registration.visits_per_month:g} keer per maand, "
        f"{registration.visit_place.value}.": registration.visits_per_month > 0,
    }
    return [wish for wish, is_there in wishes.items() if is_there]


def _school(question: AboutChild) -> AskedSchool | None:
    registration = question.registration
    if registration.school_postcode is None:
        return None
    return AskedSchool(postcode=registration.school_postcode, keep=registration.keep_school)


def _medical(question: AboutChild) -> MedicalFile:
    return MedicalFile(
        severity=question.about.severity.get(Problem.MEDICAL, 0),
        allergies=question.registration.allergies,
        sdq_total=question.registration.sdq_total,
    )


def _bsn(question: AboutChild) -> str | None:
    child = question.about.child.id
    stored = encrypted_bsn(question.session, child)
    return decrypt_bsn(stored, question.settings, child=child) if stored else None


# By the name that stands in the access file. Nothing is read for a field that is kept shut.
CHILD_FIELDS: Mapping[str, Callable[[AboutChild], Any]] = {
    "geheimePlaatsing": lambda q: bool(secret_homes(q.session, [q.registration.id])),
    "leeftijd": lambda q: years(q.about.child.born_on),
    "geslacht": lambda q: q.about.child.gender,
    "gebied": _area,
    "vorm": lambda q: q.registration.care_form,
    "ritme": lambda q: q.registration.rhythm,
    "urgentie": lambda q: q.registration.urgency,
    "nodigVanaf": lambda q: q.registration.needed_from,
    "verwachteDuurMaanden": lambda q: q.registration.expected_months,
    "problematiek": lambda q: {p.value: q.about.severity.get(p, 0) for p in Problem},
    "broersZussen": lambda q: q.about.siblings,
    "broersZussenWens": lambda q: q.registration.sibling_wish,
    "andereKinderen": lambda q: q.registration.other_children,
    "rookvrijNodig": lambda q: q.registration.needs_smoke_free,
    "zonderHuisdieren": lambda q: bool(q.registration.allergies),
    "rolstoel": lambda q: q.registration.needs_wheelchair,
    "talen": lambda q: q.registration.languages,
    "bezoekPerMaand": lambda q: q.registration.visits_per_month,
    "verhaal": _story,
    "voornaam": lambda q: q.about.child.first_name,
    "school": _school,
    "medisch": _medical,
    "bsn": _bsn,
}
