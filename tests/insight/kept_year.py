"""The state of the region as the worker keeps it, dated back to two months of the year 2025.

What was counted today stands in that year's report, so each figure has a query of today.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import create_engine, text

from app.db.opened import Database
from app.db.session import as_system, session_for
from app.http.told_figures import FamilyWanted, RecruitmentFigures
from app.insight.months import keep_month
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm, Rhythm
from app.strain.views import strain_figures
from tests.databases import of_worker

# Of a brief it is judged elsewhere that it counts well (tests/matching/questions).
PROFILE = {"leeftijdVan": 4, "leeftijdTotEnMet": 9, "plaatsen": 2, "gezinnen": 3}
BRIEF = {"getoetst": 48, "teWeinig": 17, "kleineProfielen": 2}
MONTHS = ("2025-11", "2025-12")


def keep_a_year_back(database: Database) -> None:
    """Keep today, and say that it was the thirtieth of November and of December 2025."""
    parts = {
        "watched": lambda session, today, _: strain_figures(session, today),
        "recruitment": lambda *_: _brief(),
    }
    with (
        of_worker(database) as own,
        session_for(own.sessions, SYSTEM) as session,
        as_system(session),
    ):
        assert keep_month(session, today=today_in_amsterdam(), parts=parts) == []
    engine = create_engine(database.url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM region_month WHERE month < '2026-01-01'"))
        for month in MONTHS:
            connection.execute(
                text("""INSERT INTO region_month (month, on_day, made_at, state)
                        SELECT CAST(:month AS date), CAST(:month AS date) + 29, made_at, state
                        FROM region_month WHERE month > '2026-01-01'"""),
                {"month": date.fromisoformat(f"{month}-01")},
            )
        connection.execute(text("DELETE FROM region_month WHERE month > '2026-01-01'"))
    engine.dispose()


def _brief() -> RecruitmentFigures:
    wanted = FamilyWanted(
        sentence="Gezocht: een gezin.", area="10", care_form=CareForm.LONG_TERM,
        rhythm=next(iter(Rhythm)), problems=[], pets=[], smoke_free=True, wheelchair=False,
        siblings=True, youngest=PROFILE["leeftijdVan"], oldest=PROFILE["leeftijdTotEnMet"],
        places=PROFILE["plaatsen"], families=PROFILE["gezinnen"],
    )  # fmt: skip
    return RecruitmentFigures(
        run_id=UUID(int=1), on_day=date(2025, 12, 15), tested=BRIEF["getoetst"],
        short=BRIEF["teWeinig"], left_out=BRIEF["kleineProfielen"], profiles=[wanted],
    )  # fmt: skip
