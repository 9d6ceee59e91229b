"""A question as its provider sees it: only the fields that the access file opens in its phase."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn
from app.db.session import as_system
from app.kernel.anonymous import without_names, without_numbers
from app.kernel.clock import today_in_amsterdam
from app.kernel.phases import Phase
from app.kernel.words import OtherChildrenWish, Problem
from app.models import BegunPair, BegunState, Registration, StepMessage
from app.placed.secret import secret_homes
from app.security.access import load_access
from app.settings import Settings
from app.steps.answering import wanted_of
from app.steps.provider_queries import Asked, AskedChild, asked_child, born_on_of, encrypted_bsn
from app.steps.record_queries import last_weighed, messages_of
from app.steps.schemas_provider import (
    AskedSchool,
    ChildStory,
    EndedQuestion,
    FamilyQuestion,
    FitPoint,
    MedicalFile,
    QuestionLine,
    ToldMessage,
)

_WORDS = {1: "Lichte", 2: "Duidelijke", 3: "Ernstige"}
_NAMED_FROM = (Phase.ACQUAINTANCE, Phase.MATCHED, Phase.SETTLING, Phase.PLACED)


@dataclass(frozen=True, slots=True)
class _Question:
    """What the fields of one question are made of."""

    session: Session
    asked: Asked
    about: AskedChild
    settings: Settings

    @property
    def registration(self) -> Registration:
        return self.asked.registration

    def tidy(self, text: str) -> str:
        """Return a text that people typed without numbers, and before the name without names."""
        is_named = self.asked.pair.phase in _NAMED_FROM
        return without_numbers(text if is_named else without_names(text, self.about.names))


def show_question(session: Session, asked: Asked, settings: Settings) -> FamilyQuestion:
    """Return what a phase opens of a question. The asker is known to be its provider.

    What a phase does not open is not even read: a BSN is decrypted only for who may see it.
    """
    phase = asked.pair.phase
    opened = load_access().opened_in(phase)
    with as_system(session):
        question = _Question(session, asked, asked_child(session, asked.registration), settings)
        values = {name: make(question) for name, make in FIELDS.items() if name in opened}
    return FamilyQuestion.model_construct(**{_NAMES[name]: v for name, v in values.items()})


def show_lines(session: Session, found: list[Asked]) -> list[QuestionLine]:
    """Return questions as lines of a list."""
    with as_system(session):
        born = born_on_of(session, [asked.registration.child_id for asked in found])
        return [
            QuestionLine(
                id=asked.pair.id,
                family=asked.reference,
                phase=asked.pair.phase,
                wanted=wanted_of(session, asked.pair),
                begun_on=asked.pair.begun_on,
                held_until=asked.pair.held_until,
                care_form=asked.registration.care_form,
                urgency=asked.registration.urgency,
                age=_years(born[asked.registration.child_id]),
            )
            for asked in found
        ]


def show_ended(pair: BegunPair, reference: str) -> EndedQuestion:
    """Return what came of a question; one of which the term went by has expired."""
    is_running = pair.state is BegunState.RUNNING
    return EndedQuestion(
        id=pair.id,
        family=reference,
        phase=pair.phase,
        begun_on=pair.begun_on,
        ended_at=pair.ended_at,
        held_until=pair.held_until,
        outcome=BegunState.EXPIRED if is_running else pair.state,
        by=pair.no_by,
        decline_reason=pair.decline_reason,
    )


def _years(born_on: date) -> int:
    today = today_in_amsterdam()
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def _area(question: _Question) -> str:
    registration = question.registration
    return f"{registration.municipality} ({registration.postcode[:2]})"


def _fit(question: _Question) -> list[FitPoint]:
    """Return points of the pair itself; what the access file does not name stays inside."""
    pair, known = question.asked.pair, load_access().fit_reasons
    weighed = last_weighed(question.session, pair.registration_id, pair.family_id)
    return [
        FitPoint(kind=reason["soort"], sentence=question.tidy(reason["zin"]))
        for reason in (weighed.proposal.reasons if weighed else ())
        if reason["code"] in known
    ]


def _told(question: _Question, message: StepMessage) -> ToldMessage:
    return ToldMessage(
        kind=message.kind,
        text=question.tidy(message.text) if message.text else None,
        created_at=message.created_at,
    )


def _messages(question: _Question) -> list[ToldMessage]:
    return [_told(question, m) for m in messages_of(question.session, question.asked.pair.id)]


def _story(question: _Question) -> ChildStory:
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


def _school(question: _Question) -> AskedSchool | None:
    registration = question.registration
    if registration.school_postcode is None:
        return None
    return AskedSchool(postcode=registration.school_postcode, keep=registration.keep_school)


def _medical(question: _Question) -> MedicalFile:
    return MedicalFile(
        severity=question.about.severity.get(Problem.MEDICAL, 0),
        allergies=question.registration.allergies,
        sdq_total=question.registration.sdq_total,
    )


def _bsn(question: _Question) -> str | None:
    child = question.about.child.id
    stored = encrypted_bsn(question.session, child)
    return decrypt_bsn(stored, question.settings, child=child) if stored else None


# By the name that stands in the access file. Nothing is read for a field that a phase keeps shut.
FIELDS: Mapping[str, Callable[[_Question], Any]] = {
    "id": lambda q: q.asked.pair.id,
    "gezin": lambda q: q.asked.reference,
    "fase": lambda q: q.asked.pair.phase,
    "gevraagd": lambda q: wanted_of(q.session, q.asked.pair),
    "sinds": lambda q: q.asked.pair.begun_on,
    "totEnMet": lambda q: q.asked.pair.held_until,
    "verzoek": lambda q: q.asked.pair.is_request,
    "geheimePlaatsing": lambda q: bool(secret_homes(q.session, [q.registration.id])),
    "leeftijd": lambda q: _years(q.about.child.born_on),
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
    "passendheid": _fit,
    "berichten": _messages,
    "verhaal": _story,
    "voornaam": lambda q: q.about.child.first_name,
    "school": _school,
    "medisch": _medical,
    "bsn": _bsn,
}
_NAMES = {field.alias or name: name for name, field in FamilyQuestion.model_fields.items()}
