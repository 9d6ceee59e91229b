"""A question as its provider sees it: only the fields that the access file opens in its phase."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.phases import Phase
from app.models import BegunPair, BegunState, StepMessage
from app.security.access import load_access
from app.settings import Settings
from app.steps.answering import wanted_of
from app.steps.child_views import CHILD_FIELDS, AboutChild, years
from app.steps.provider_queries import Asked, asked_child, born_on_of
from app.steps.record_queries import last_weighed, messages_of
from app.steps.schemas_provider import (
    EndedQuestion,
    FamilyQuestion,
    FitPoint,
    QuestionLine,
    ToldMessage,
)

_NAMED_FROM = (Phase.ACQUAINTANCE, Phase.MATCHED, Phase.SETTLING, Phase.PLACED)


@dataclass(frozen=True, slots=True)
class _Question:
    """What the fields of one question are made of: the pair, and the child that it is about."""

    asked: Asked
    child: AboutChild

    @property
    def session(self) -> Session:
        return self.child.session


def show_question(session: Session, asked: Asked, settings: Settings) -> FamilyQuestion:
    """Return what a phase opens of a question. The asker is known to be its provider.

    What a phase does not open is not even read: a BSN is decrypted only for who may see it.
    """
    phase = asked.pair.phase
    opened = load_access().opened_in(phase)
    with as_system(session):
        about = asked_child(session, asked.registration)
        named = phase in _NAMED_FROM
        child = AboutChild(session, asked.registration, about, settings, is_named=named)
        question = _Question(asked, child)
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
                age=years(born[asked.registration.child_id]),
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


def _fit(question: _Question) -> list[FitPoint]:
    """Return points of the pair itself; what the access file does not name stays inside."""
    pair, known = question.asked.pair, load_access().fit_reasons
    weighed = last_weighed(question.session, pair.registration_id, pair.family_id)
    return [
        FitPoint(kind=reason["soort"], sentence=question.child.tidy(reason["zin"]))
        for reason in (weighed.proposal.reasons if weighed else ())
        if reason["code"] in known
    ]


def _told(question: _Question, message: StepMessage) -> ToldMessage:
    return ToldMessage(
        kind=message.kind,
        text=question.child.tidy(message.text) if message.text else None,
        created_at=message.created_at,
    )


def _messages(question: _Question) -> list[ToldMessage]:
    return [_told(question, m) for m in messages_of(question.session, question.asked.pair.id)]


def _of_child(make: Callable[[AboutChild], Any]) -> Callable[[_Question], Any]:
    return lambda question: make(question.child)


# By the name that stands in the access file. Nothing is read for a field that a phase keeps shut.
FIELDS: Mapping[str, Callable[[_Question], Any]] = {
    "id": lambda q: q.asked.pair.id,
    "gezin": lambda q: q.asked.reference,
    "fase": lambda q: q.asked.pair.phase,
    "gevraagd": lambda q: wanted_of(q.session, q.asked.pair),
    "sinds": lambda q: q.asked.pair.begun_on,
    "totEnMet": lambda q: q.asked.pair.held_until,
    "verzoek": lambda q: q.asked.pair.is_request,
    "passendheid": _fit,
    "berichten": _messages,
} | {name: _of_child(make) for name, make in CHILD_FIELDS.items()}
_NAMES = {field.alias or name: name for name, field in FamilyQuestion.model_fields.items()}
