"""Placements in the region of the screens that are under strain and ask for respite."""

from datetime import timedelta

from sqlalchemy import select, text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.strain import SignalKind, WeekendNeed
from app.models import RespiteRound, StrainSignal
from app.proposals.respite import perform_round
from tests.strain.straining import place_child, weekend_family

TODAY = today_in_amsterdam()

_HELP = """
WITH kept AS (
  INSERT INTO ambulatory_support (id, provider_id, number, name, municipalities, signs, places,
                                  waiting_weeks, confirmed_on, version)
  SELECT gen_random_uuid(), id, 'AH-9', 'Gezinsbegeleiding thuis', '{}', ARRAY['school'], 2, 3,
         current_date, 1 FROM provider WHERE code = 'spirit' RETURNING id)
INSERT INTO ambulatory_line (id, placement_id, support_id, found_on, rank, reasons)
SELECT gen_random_uuid(), s.placement_id, kept.id, current_date, 1, '["Is er voor: school."]'
FROM kept, strain_signal s WHERE s.kind = 'school' AND s.actor = 'Pien'
"""


def add_strained(database: Database) -> dict[str, str]:
    """Commit them; return the ids of their placements by the number of the child."""
    with session_for(database.sessions, SYSTEM) as session:
        made = {}
        for number, kind, need in (
            ("AM-9001", SignalKind.OVERLOADED, WeekendNeed.EITHER),
            ("AM-9002", SignalKind.SCHOOL, WeekendNeed.EITHER),
            ("AM-9003", SignalKind.SAFETY, WeekendNeed.EVERY),
        ):
            placement = place_child(session, number, home=f"SPI-{number[3:]}")
            session.add(
                StrainSignal(
                    placement_id=placement.id, day=TODAY - timedelta(days=9), kind=kind,
                    note="Ma en pa slapen slecht.", respite_need=need, actor="Pien",
                    role="aanbieder-matcher",
                )
            )  # fmt: skip
            made[number] = str(placement.id)
        session.flush()
        for statement in ("RESET ROLE", _HELP, "SET ROLE pleegzorg_app"):  # a line is the job's
            session.execute(text(statement))
        weekend_family(session, "SPI-9900", name="Logeerhuis")
    return made


def perform_waiting(database: Database) -> None:
    """Do what the worker would do with the rounds that wait."""
    with session_for(database.sessions, SYSTEM) as session:
        ids = list(session.scalars(select(RespiteRound.id)))
    for round_id in ids:
        perform_round(database.sessions, round_id)
