"""What the region had, kept each month by the worker: the same figures, told when they are past."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import as_system, session_for
from app.http.told_figures import RecruitmentFigures
from app.insight.month_schemas import MonthState
from app.insight.months import keep_month
from app.jobs import BOARDS, make_queue, queue_job
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict
from app.main import create_app
from app.proposals.brief_of_year import brief_of_year
from app.strain.views import strain_figures
from tests.databases import of_worker, work_off
from tests.insight.more_past import add_roads
from tests.insight.past import add_three_years
from tests.signing import bearer
from tests.strain.strained import add_strain

Ask = Callable[..., Any]
TODAY = today_in_amsterdam()
# As a row may stand there since the first version of it; what is added later has a default.
FIRST_KEPT = (
    '{"plekken":{"totaal":{"groep":"alle","plekken":40,"inGebruik":20,"vastgehouden":5,"vrij":10,'
    '"nuNiet":5},"naarVorm":[],"naarLeeftijd":[],"naarGemeente":[]},"pleeggezinnen":30,'
    '"respijtgezinnen":7,"concepten":null,"volglijst":{"lopendePlaatsingen":9,"opDeVolglijst":null,'
    '"metRespijt":null,"redenen":[]},"wervingsopdracht":{"matchrun":'
    '"00000000-0000-0000-0000-000000000001","peildatum":"2026-11-30","getoetst":48,"teWeinig":17,'
    '"profielen":[{"zin":"Gezocht.","gebied":"10","vorm":"crisis","ritme":"voltijd","leeftijdVan":4,'
    '"leeftijdTotEnMet":9,"plaatsen":1,"gezinnen":3,"bereidVoor":["hechting"],"zonderHuisdier":[],'
    '"rookvrij":true,"rolstoel":false,"broersZussen":true}],"kleineProfielen":2}}'
)


@pytest.fixture(scope="module")
def region(loaded_region: Database) -> Database:
    """A region with a past and placements under strain, of which the worker kept the month."""
    engine = create_engine(loaded_region.url)
    with Session(engine) as session:
        add_three_years(session)
        add_roads(session)
        add_strain(session)
        session.commit()
    engine.dispose()
    signed = bearer(ActorRole.COORDINATOR)
    asked = TestClient(create_app(loaded_region)).post("/v1/matchruns", json={}, headers=signed)
    assert asked.status_code == 202, asked.text
    _work(loaded_region, 1)
    return loaded_region


def _work(database: Database, moment: int) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        queue_job(make_queue(""), session, BOARDS, timestamp=moment)
    work_off(database)


@pytest.fixture(scope="module")
def sql(region: Database) -> Iterator[Callable[..., Any]]:
    """Tell the database something as its owner."""
    engine = create_engine(region.url)

    def told(statement: str, **given: Any) -> Any:
        with Session(engine) as session, session.begin():
            found = session.execute(text(statement), given)
            return found.all() if found.returns_rows else None

    yield told
    engine.dispose()


@pytest.fixture
def kept(sql: Any) -> Iterator[Callable[[], Any]]:
    """Return a reader of what was kept of this month; what a test changes is put back."""
    before = sql("SELECT month, on_day, made_at, state FROM region_month")

    def read() -> Any:
        ((state,),) = sql("SELECT state FROM region_month WHERE on_day = :day", day=TODAY)
        return json.loads(state)

    yield read
    sql("DELETE FROM region_month")
    for row in before:
        sql("INSERT INTO region_month VALUES (:month, :on_day, :made_at, :state)", **row._mapping)


@pytest.fixture(scope="module")
def ask(region: Database) -> Ask:
    """Return a maker of answers, for a manager."""
    client = TestClient(create_app(region))

    def asked(path: str) -> Any:
        answer = client.get(f"/v1/{path}", headers=bearer(ActorRole.MANAGER))
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


def test_what_is_kept_is_what_the_boards_tell(ask: Ask, kept: Any, sql: Any) -> None:
    """Places, families, drafts, the watch list, and the brief of the last run without children."""
    state = kept()
    places = ask("regiocijfers/plekken?opnieuw=true")
    assert state["plekken"] == {key: places[key] for key in state["plekken"]}
    assert state["volglijst"] == ask("volglijstcijfers")
    assert state["volglijst"]["lopendePlaatsingen"] > 0
    assert state["concepten"] == ask("regiocijfers?opnieuw=true")["wachtenden"]["concepten"]
    respite = ask("regiocijfers/preventie?opnieuw=true")["respijt"]
    assert state["respijtgezinnen"] == respite["gezinnenDieHetBieden"]
    ((active,),) = sql("SELECT count(*) FROM family WHERE status = 'actief'")
    assert state["pleeggezinnen"] == active > 0
    run = next(run for run in ask("matchruns")["matchruns"] if run["stand"] == "klaar")
    brief = ask(f"matchruns/{run['id']}/wervingsopdracht")
    told = state["wervingsopdracht"]
    assert told.pop("peildatum") == run["peildatum"]
    assert told == brief
    assert brief["getoetst"] > brief["teWeinig"] > 0


def test_a_brief_is_worked_out_once_for_a_run(
    region: Database, kept: Any, sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large region it takes long, and the worker comes by every ten minutes."""
    before = kept()

    def again(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("app.proposals.brief_of_year.standing_of", again)
    ((moment,),) = sql("SELECT made_at FROM region_month")
    _work(region, 2)
    assert kept() == before
    assert sql("SELECT made_at > :at FROM region_month", at=moment) == [(True,)]


def _broken(session: Session, *_: object) -> Any:
    session.execute(text("SELECT 1 / 0"))


@pytest.fixture
def keep(region: Database, kept: Any) -> Iterator[Callable[..., Any]]:
    """Return what keeps a day as the worker does, and tells what failed and what then stands."""
    with of_worker(region) as own:

        def kept_on(day: str, **parts: Any) -> Any:
            with session_for(own.sessions, SYSTEM) as session, as_system(session):
                failed = keep_month(session, today=date.fromisoformat(day), parts=parts)
            with session_for(own.sessions, SYSTEM) as session, as_system(session):
                row = session.scalars(
                    text("SELECT state FROM region_month WHERE on_day = :day"),
                    {"day": date.fromisoformat(day)},
                ).one()
            return failed, json.loads(row)

        yield kept_on


def _figures(session: Session, today: date, _: Any) -> Any:
    return strain_figures(session, today)


def _brief(session: Session, today: date, before: Any) -> Any:
    return brief_of_year(session, today, before.recruitment if before else None)


def test_what_fails_keeps_the_rest_and_what_was_kept_before(keep: Callable[..., Any]) -> None:
    """It is named to whoever asked; a bad round on the last evening of a year loses nothing."""
    failed, told = keep("2024-02-28", watched=_broken, recruitment=_broken)
    assert failed == ["watched", "recruitment"]
    assert (told["volglijst"], told["wervingsopdracht"]) == (None, None)
    assert told["plekken"]["totaal"]["plekken"] > 0
    known = RecruitmentFigures.model_validate(json.loads(FIRST_KEPT)["wervingsopdracht"])
    _, good = keep("2024-02-29", watched=_figures, recruitment=lambda *_: known)
    assert good["wervingsopdracht"]["getoetst"] == 48
    failed, told = keep("2024-02-29", watched=_broken, recruitment=_broken)
    assert failed == ["watched", "recruitment"]
    assert told["volglijst"] == good["volglijst"]
    assert told["wervingsopdracht"] == good["wervingsopdracht"]


def test_a_brief_outlives_the_month_and_the_version_of_its_run(
    keep: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer run that cannot be played again is tried once; another year has none of it."""
    known = RecruitmentFigures.model_validate(json.loads(FIRST_KEPT)["wervingsopdracht"])
    keep("2023-10-31", watched=_figures, recruitment=lambda *_: known)
    tried = []

    def of_another_version(_: Session, run: Any) -> None:
        tried.append(run.id)
        raise Conflict

    run = SimpleNamespace(id=UUID(int=9), snapshot_day=date(2023, 11, 20))
    monkeypatch.setattr(
        "app.proposals.brief_of_year._last_run", lambda _, day: run if day.year == 2023 else None
    )
    monkeypatch.setattr("app.proposals.brief_of_year._cannot", set())
    monkeypatch.setattr("app.proposals.brief_of_year.standing_of", of_another_version)
    for day in ("2023-12-01", "2023-12-02"):
        failed, told = keep(day, watched=_broken, recruitment=_brief)
        assert failed == ["watched"]
        assert told["volglijst"] is None  # that of October is of its day
        assert told["wervingsopdracht"]["getoetst"] == 48
    assert len(tried) == 1
    _, told = keep("2024-01-01", recruitment=_brief)
    assert told["wervingsopdracht"] is None


def test_what_cannot_be_read_of_a_part_takes_the_rest_not_along(
    ask: Ask, sql: Any, kept: Any
) -> None:
    """Another version may know other words; the places are told all the same."""
    kept()
    odd = json.loads(FIRST_KEPT)
    odd["wervingsopdracht"]["profielen"][0]["vorm"] = "zomeropvang"
    sql("INSERT INTO region_month VALUES ('2025-12-01', '2025-12-31', now(), :state)",
        state=json.dumps(odd | {"later": 1}))  # fmt: skip
    report = ask("jaarverslagen/2025?opnieuw=true")
    assert report["plekken"]["totaal"]["plekken"] == 40
    assert report["eindstand"]["wervingsopdracht"] is None
    assert report["eindstand"]["volglijst"]["lopendePlaatsingen"] == 9


def test_a_year_that_is_over_is_told_as_it_was_kept(ask: Ask, sql: Any, kept: Any) -> None:
    """By its last month, however places changed since; without it nothing of today is told."""
    state = kept()
    bare = ask("jaarverslagen/2025?opnieuw=true")
    assert bare["eindstand"] is None
    assert bare["plekkenPerMaand"] == []
    assert (bare["plekken"]["peildatum"], bare["plekken"]["naarVorm"]) == (None, [])
    assert set(bare["plekken"]["totaal"].values()) == {"alle", None}
    assert bare["preventie"]["respijt"]["gezinnenDieHetBieden"] is None
    _families(bare, None)
    sql("""INSERT INTO region_month SELECT day - 29, day, made_at, state FROM region_month,
           (VALUES (DATE '2025-11-30'), (DATE '2025-12-30')) days(day)""")
    sql("INSERT INTO region_month SELECT '2026-03-01', '2026-03-31', made_at, state "
        "FROM region_month WHERE on_day = :day", day=TODAY)  # fmt: skip
    sql("UPDATE place SET is_offered = false WHERE NOT EXISTS "
        "(SELECT FROM occupation WHERE place_id = place.id AND released_at IS NULL)")  # fmt: skip
    try:
        report = ask("jaarverslagen/2025?opnieuw=true")
        this_year = ask(f"jaarverslagen/{TODAY.year}?opnieuw=true")
    finally:
        sql("UPDATE place SET is_offered = true")
    assert report["plekken"]["peildatum"] == "2025-12-30"
    assert {key: report["plekken"][key] for key in state["plekken"]} == state["plekken"]
    assert report["eindstand"] == {
        "peildatum": "2025-12-30",
        "volglijst": state["volglijst"],
        "wervingsopdracht": state["wervingsopdracht"],
    }
    assert report["preventie"]["respijt"]["gezinnenDieHetBieden"] == state["respijtgezinnen"]
    _families(report, state["pleeggezinnen"])
    months = report["plekkenPerMaand"]
    assert [(one["maand"], one["peildatum"]) for one in months] == [
        ("2025-11", "2025-11-30"), ("2025-12", "2025-12-30"),
    ]  # fmt: skip
    assert months[1]["pleeggezinnen"] == 5 * round(state["pleeggezinnen"] / 5)
    # The year that runs has its places of now, no end, and no month that is not over.
    assert this_year["eindstand"] is None
    assert this_year["plekken"]["totaal"]["plekken"] < state["plekken"]["totaal"]["plekken"]
    assert [one["peildatum"] for one in this_year["plekkenPerMaand"]] == ["2026-03-31"]


def _families(report: Any, count: int | None) -> None:
    beside = {row["sleutel"]: row["regio"] for row in report["vergelijking"]["cijfers"]}
    assert beside["pleeggezinnen"] == count


def test_what_was_kept_first_can_still_be_read(ask: Ask, sql: Any, kept: Any) -> None:
    """For years to come; of another version than this the report goes without it."""
    first = json.loads(FIRST_KEPT)
    assert MonthState.model_validate(first).model_dump(mode="json").items() >= first.items()
    sql("INSERT INTO region_month VALUES ('2025-12-01', '2025-12-31', now(), :state)",
        state='{"later": 1}')  # fmt: skip
    assert ask("jaarverslagen/2025?opnieuw=true")["eindstand"] is None
    assert kept()


def test_only_the_system_reads_it(region: Database) -> None:
    """Whoever asks gets it by the report alone."""
    for role in ActorRole:
        with session_for(region.sessions, Actor("iemand", role)) as session:
            seen = session.scalar(text("SELECT count(*) FROM region_month"))
            assert bool(seen) is (role is ActorRole.SYSTEM), role
