"""Telling whoever must act that the calibration board gives an alarm: once, when it begins.

Looked at every week, because the threshold of the test is made for weekly looks
(criterium-2026-11.toml): a look every night would give more false alarms than it says.
"""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.log.events import Event
from app.log.write import log
from app.models import AlarmKind, ScoreAlarm
from app.outcomes.calibration import show_calibration
from app.outcomes.calibration_schemas import CalibrationOut, DriftState
from app.outcomes.queries import alarms_of

# A judgement: a test that wavers about its threshold is one alarm, not one a week.
QUIET = timedelta(days=28)
_ONE_AT_A_TIME = 2_026_1128_63


def watch_score(session: Session, *, today: date) -> list[AlarmKind]:
    """Store which alarms of the board began or are over, and tell of them; return what began."""
    session.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    is_on = _alarms_on(show_calibration(session, today=today))
    running = {alarm.kind: alarm for alarm in alarms_of(session) if alarm.until is None}
    began = [kind for kind in AlarmKind if is_on[kind] and kind not in running]
    for kind in began:
        session.add(ScoreAlarm(kind=kind, since=today, last_on=today))
        _tell(session, Occurrence.SCORE_ALARM, kind)
    for kind, alarm in running.items():
        if is_on[kind]:
            alarm.last_on = max(alarm.last_on, today)
        elif today - alarm.last_on >= QUIET:
            alarm.until = today
            _tell(session, Occurrence.SCORE_ALARM_OVER, kind)
    session.flush()
    return began


def _alarms_on(board: CalibrationOut) -> dict[AlarmKind, bool]:
    """Return which alarms stand; chances that are off already need not be switched off."""
    return {
        AlarmKind.DRIFT: board.drift.state is DriftState.ALARM,
        AlarmKind.SWITCH_OFF: board.criterion.says_off and not board.chances_off,
    }


def _tell(session: Session, what: Occurrence, kind: AlarmKind) -> None:
    emit(session, what, alarm=kind)
    log(Event.SCORE_ALARM, alarm=kind.value, on=what is Occurrence.SCORE_ALARM)
