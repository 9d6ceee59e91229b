"""A figure tells of the form that a placement had then, not of the one that it has now."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.insight.after_queries import went_in
from app.insight.periods import Period
from app.insight.placed_queries import distances_in, family_rungs, lasted_by_half, siblings_in
from app.insight.prevention_queries import respite_in
from app.kernel.words import CareForm
from app.models import Placement
from app.outcomes.queries import outcome_rows
from app.placed.forms import form_on
from tests.placements.living import TODAY, act, open_placements, waiting
from tests.rows import make_family

BEGAN = TODAY - timedelta(days=90)
FORMS = (CareForm.LONG_TERM, CareForm.SHORT_TERM, CareForm.PART_TIME)
FIRST = Period(BEGAN - timedelta(days=1), BEGAN + timedelta(days=1))
NOW = Period(BEGAN - timedelta(days=1), TODAY)


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_placements(connection)


def begun(client: TestClient, session: Session, number: str = "AM-1", **told: str) -> Placement:
    make_family(session, reference=f"F-{number}", forms=FORMS)
    body = {
        "kind": str(waiting(session, number).id), "aanbieder": "spirit", "gezin": f"F-{number}",
        "van": BEGAN.isoformat(), "grond": "overgenomen", "reden": "Woonde daar al.",
    }  # fmt: skip
    answer = client.post("/v1/plaatsingen", json=body | told)
    assert answer.status_code == 201, answer.text
    return session.get_one(Placement, answer.json()["plaatsing"]["id"])


def change(client: TestClient, placement: Placement, days: int, **told: str) -> None:
    day = (BEGAN + timedelta(days=days)).isoformat()
    answer = act(client, placement, "vorm/_wijzig", {"dag": day, "reden": "Het ging goed.", **told})
    assert answer.status_code == 200, answer.text


def running(session: Session, period: Period) -> int:
    return sum(rung.running for rung in family_rungs(session, period))


def form_then(session: Session, day: date) -> Any:
    session.expire_all()
    return session.scalar(select(form_on(session, day)).select_from(Placement))


def test_who_lived_there_whole_weeks_once_stays_in_what_was_counted(
    client: TestClient, session: Session
) -> None:
    """On the rungs that began, with whom, how far, how long; and runs there until that day."""
    change(client, begun(client, session), 40, vorm="deeltijd", ritme="even weekenden")
    session.expire_all()
    assert sum(rung.begun for rung in family_rungs(session, NOW)) == 1
    assert sum(siblings_in(session, NOW).values()) == 1
    assert sum(distances_in(session, NOW).values()) == 1
    ((_, is_long_term, *_),) = lasted_by_half(session, NOW.first, TODAY)
    assert is_long_term is True
    assert (running(session, FIRST), running(session, NOW)) == (1, 0)
    respite = respite_in(session, FIRST, TODAY), respite_in(session, NOW, TODAY)
    assert [(one.begun, one.running) for one in respite] == [(0, 0), (0, 1)]
    session.scalars(select(Placement)).one().until = TODAY
    session.flush()
    assert sum(went_in(session, NOW).values()) == 1


def test_part_time_care_that_became_more_began_as_part_time(
    client: TestClient, session: Session
) -> None:
    """It runs on its rung since; and the board of outcomes counts it where learning does."""
    placement = begun(client, session, vorm="deeltijd", ritme="even weekenden")
    change(client, placement, 40, vorm="opvoeding")
    session.expire_all()
    assert sum(rung.begun for rung in family_rungs(session, NOW)) == 0
    assert (running(session, FIRST), running(session, NOW)) == (0, 1)
    assert [row.form for row in outcome_rows(session)] == ["deeltijd"]
    assert session.scalar(select(func.count()).where(Placement.form == CareForm.LONG_TERM)) == 1


def test_of_several_changes_the_last_one_until_a_day_tells_the_form_on_it(
    client: TestClient, session: Session
) -> None:
    """A change of the rhythm alone is none; the day itself has the new form."""
    placement = begun(client, session)
    change(client, placement, 10, vorm="hulpverlening")
    change(client, placement, 20, vorm="deeltijd", ritme="even weekenden")
    change(client, placement, 30, ritme="oneven weekenden")
    change(client, placement, 40, vorm="opvoeding")
    told = {
        0: "opvoeding",
        9: "opvoeding",
        10: "hulpverlening",
        19: "hulpverlening",
        20: "deeltijd",
        30: "deeltijd",
        39: "deeltijd",
        40: "opvoeding",
        90: "opvoeding",
    }
    assert {n: form_then(session, BEGAN + timedelta(days=n)) for n in told} == told
