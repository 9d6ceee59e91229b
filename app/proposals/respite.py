"""Performing a respite round: read, solve, store; all its proposals in one transaction, or none."""

from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, asked_by, note_work
from app.db.session import SessionMaker, session_for
from app.jobs import RESPITE_ROUND
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.kernel.errors import DomainError
from app.kernel.words import RHYTHMS
from app.matching.policy import Policy, parse_policy
from app.models import RespiteRound, RoundState
from app.proposals.respite_problem import Respite, solve_respite
from app.proposals.respite_rows import RespiteRows, lines_of, lock_round, read_respite_rows
from app.proposals.respite_words import km_of, reasons_for, why_not
from app.telemetry.carried import Who, concern

POLICY = Path(__file__).with_name("respijt.toml")
ENDED = "De plaatsing loopt niet meer: er is geen respijt meer nodig."


def load_respite_policy() -> Policy:
    """Return the order of goals of a respite round."""
    return parse_policy(POLICY.read_text("utf-8"), source=POLICY.name)


def perform_round(sessions: SessionMaker, round_id: UUID) -> None:
    """Perform a round that waits; one that has ended is left alone.

    A failure is recorded on the round before it is raised again.
    """
    try:
        with session_for(sessions, SYSTEM) as session:
            found = lock_round(session, round_id)
            if found is not None and found.state is RoundState.WAITING:
                solve_round(session, found)
                asked, about = asked_by(found.actor), (RESPITE_ROUND, str(round_id))
                note_work(
                    session, "voerRespijtrondeUit", client=WORKER_CLIENT, actor=asked, about=about
                )
    except OperationalError:
        raise  # the database was away for a moment: the round waits for the next attempt
    except Exception as error:
        with session_for(sessions, SYSTEM) as session:
            _fail(session, round_id, error)
        raise


def solve_round(session: Session, found: RespiteRound) -> None:
    """Solve a round in the caller's transaction and store what it comes to."""
    policy = load_respite_policy()
    rows = read_respite_rows(session, found)
    concern(Who.REGISTRATION, (asking.registration_id for asking in rows.asking))
    concern(Who.FAMILY, (family.id for family, _ in rows.match.families))
    found.policy_version, found.policy_text = policy.version, policy.text
    if rows.asking:
        respite = solve_respite(rows, found, policy)
        _tell_lines(rows, respite, found)
        found.solver, found.proof = respite.plan.solver, respite.plan.proof.value
        found.goals = [
            {
                "code": g.code,
                "zin": _in_words(g.code, g.sentence),
                "waarde": g.value,
                "grens": g.bound,
            }
            for g in respite.plan.goals
        ]
    _tell_ended(session, found, {asking.line.id for asking in rows.asking})
    found.state, found.finished_at = RoundState.DONE, now()
    session.flush()


def _in_words(code: str, sentence: str) -> str:
    """Return what a goal counts here: the engine's sentences are about a search for a home."""
    return {
        "geplaatst": "Zo veel mogelijk kinderen met een respijtgezin",
        "wachtdagen": "Wie het langst onder spanning staat gaat voor (dagen sinds het signaal)",
        "kilometers": "Zo min mogelijk kilometers van het pleeggezin waar het kind woont",
    }.get(code, sentence)


def _tell_lines(rows: RespiteRows, respite: Respite, found: RespiteRound) -> None:
    for child, asking in enumerate(rows.asking):
        line, family = asking.line, int(respite.plan.family[child])
        if family < 0:
            line.why_not = why_not(respite, child, found)
            continue
        bed, slots = respite.beds[child]
        line.family_id, line.place_id = rows.match.families[family][0].id, bed.id
        line.rhythms = [rhythm.value for rhythm in RHYTHMS if rhythm in slots]
        line.km, line.reasons = km_of(respite, child), reasons_for(respite, child, found)


def _tell_ended(session: Session, found: RespiteRound, asked: set[UUID]) -> None:
    for line in lines_of(session, found.id):
        if line.id not in asked:
            line.why_not = {"zin": ENDED, "geweigerdPerRegel": []}


def _fail(session: Session, round_id: UUID, error: Exception) -> None:
    found = lock_round(session, round_id)
    if found is None or found.state is not RoundState.WAITING:
        return
    # Only our own sentences are safe to keep: another text may hold a person's data.
    found.failure = (
        str(error)
        if isinstance(error, DomainError)
        else f"De respijtronde is gestopt door een fout in de dienst ({type(error).__name__}); "
        "vraag een nieuwe aan, of meld dit bij de beheerder."
    )
    found.state, found.finished_at = RoundState.FAILED, now()
