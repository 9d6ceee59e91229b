"""Whoever a single child is, and wherever it went: the region's figures are the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.http.figure_period import in_whole_months
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.phases import Phase
from app.kernel.words import CareForm, FamilyKind
from app.main import ROUTERS
from app.models import BegunPair, BegunState, PlacementBasis, RegistrationState
from tests.doors import open_door, signed_in
from tests.insight.past import untimed
from tests.rows import make_family, make_placement, make_registration

TODAY = today_in_amsterdam()
ONE_DAY = f"?van={TODAY}&totEnMet={TODAY}"
MANAGER, COORDINATOR = signed_in(ActorRole.MANAGER), signed_in(ActorRole.COORDINATOR)
BOARDS = (
    "/regiocijfers", "/regiocijfers/wachttijden", "/regiocijfers/plaatsingen",
    "/regiocijfers/plekken", "/regiocijfers/preventie", "/regiocijfers/vergelijkingen",
    "/laddercijfers", "/jimcijfers", "/eerlijkheid",
)  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    yield open_door(connection, *ROUTERS)


def read(client: TestClient, path: str, who: dict[str, str] = MANAGER) -> Any:
    answer = client.get(f"/v1{path}", headers=who)
    assert answer.status_code == 200, answer.text
    return answer.json()


def place_one(
    session: Session, number: str, *, form: CareForm, home: str, km: str, kind: FamilyKind
) -> None:
    """Insert a child in a secret placement that begins today; its family has two more beds."""
    family = make_family(
        session, reference=f"SPI-{number}", postcode=home, kind=kind, forms=(form,), places=2,
        network_for=number if kind is FamilyKind.NETWORK else None,
    )  # fmt: skip
    child = make_registration(
        session, number=number, care_form=form, state=RegistrationState.PLACED,
        registered_on=TODAY, secret_placement=True, mentor="een tante" if km == "21.0" else None,
    )  # fmt: skip
    placed = make_placement(session, registration_id=child.id, family_id=family.id, since=TODAY)
    facts = {"afstand_huis_km": km, "school_behouden": "ja" if km == "21.0" else "nee"}
    session.add(PlacementBasis(placement_id=placed.id, facts=facts))
    session.add(
        BegunPair(
            registration_id=child.id,
            family_id=family.id,
            rhythm="voltijd",
            is_request=True,
            state=BegunState.PLACED,
            begun_on=TODAY,
            held_until=TODAY + timedelta(days=14),
            ended_at=datetime.now(UTC),
            reason="toets",
            actor="toets",
            phase=Phase.PLACED,
            is_first_choice=km == "21.0",
        )
    )  # fmt: skip
    session.flush()


FAR: dict[str, Any] = {
    "form": CareForm.LONG_TERM, "home": "1411AB", "km": "21.0", "kind": FamilyKind.RECRUITED,
}  # fmt: skip
NEAR: dict[str, Any] = {
    "form": CareForm.CRISIS, "home": "1012AB", "km": "1.0", "kind": FamilyKind.NETWORK,
}  # fmt: skip


@pytest.mark.parametrize("query", [ONE_DAY, ""], ids=["one day", "a year"])
def test_one_child_is_told_of_in_one_way(client: TestClient, session: Session, query: str) -> None:
    """Two children with nothing in common, one after the other: no board tells them apart."""
    seen = []
    for one in (FAR, NEAR):
        inside = session.begin_nested()
        place_one(session, "AM-1", **one)
        session.flush()
        seen.append({path: untimed(read(client, path + query)) for path in BOARDS})
        inside.rollback()
    assert (
        seen[0]["/regiocijfers/vergelijkingen"]["cijfers"]
        == (seen[1]["/regiocijfers/vergelijkingen"]["cijfers"])
    )
    for path in BOARDS:
        assert seen[0][path] == seen[1][path], path


def test_of_a_single_child_there_is_no_figure(client: TestClient, session: Session) -> None:
    """The total is hidden, and with it every part, also those with nobody."""
    place_one(session, "AM-1", **FAR)
    told, placed = (
        read(client, f"/regiocijfers{ONE_DAY}"),
        read(client, "/regiocijfers/plaatsingen"),
    )
    assert told["geplaatst"] == {"aantal": None, "mediaanGewachtDagen": None, "naarVorm": []}
    assert set(told["thuis"].values()) == {None}
    assert [told["voorstellen"][key] for key in ("begonnen", "geplaatst", "nee")] == [None] * 3
    assert told["voorstellen"]["redenen"] == []
    for parts in (placed["afstand"]["groepen"], placed["school"], placed["broersZussen"]):
        assert {part["aantal"] for part in parts} == {None}
    assert {rung["begonnen"] for rung in placed["treden"]} == {None}


def test_whoever_has_the_list_keeps_the_totals(client: TestClient, session: Session) -> None:
    """And the day asked for; the parts are hidden from everybody: figures are passed on."""
    place_one(session, "AM-1", **FAR)
    told = read(client, f"/regiocijfers{ONE_DAY}", COORDINATOR)
    assert (told["van"], told["totEnMet"]) == (str(TODAY), str(TODAY))
    assert (told["geplaatst"]["aantal"], told["voorstellen"]["begonnen"]) == (1, 1)
    assert told["geplaatst"]["naarVorm"] == []
    assert set(told["thuis"].values()) == {None}


@pytest.mark.parametrize("path", BOARDS)
def test_a_manager_gets_whole_months(client: TestClient, path: str) -> None:
    """A day asked for is answered with its month; the answer says so."""
    if path == "/regiocijfers/vergelijkingen":  # names no period
        return
    told = read(client, f"{path}?van=2026-02-11&totEnMet=2026-02-11")
    assert (told["van"], told["totEnMet"]) == ("2026-02-01", "2026-02-28")
    told = read(client, f"{path}{ONE_DAY}")
    assert (told["van"], told["totEnMet"]) == (str(TODAY.replace(day=1)), str(TODAY))


@pytest.mark.parametrize(
    ("first", "last", "begin", "end"),
    [
        ((2026, 2, 11), (2026, 2, 11), (2026, 2, 1), (2026, 2, 28)),
        ((2026, 3, 5), (2026, 5, 9), (2026, 3, 1), (2026, 5, 15)),  # the running month: today
        ((2026, 3, 5), (2026, 5, 31), (2026, 3, 1), (2026, 5, 15)),
        ((2026, 3, 5), (2027, 8, 3), (2026, 3, 1), (2026, 5, 15)),  # nor on any other day in it
        ((2026, 6, 4), (2026, 7, 4), (2026, 6, 1), (2026, 7, 31)),  # all of it is to come
    ],
)
def test_no_two_periods_end_within_one_month(
    *, first: Any, last: Any, begin: Any, end: Any
) -> None:
    """Their difference would be of a few days, and so of a child."""
    today = date(2026, 5, 15)
    found = in_whole_months(ActorRole.MANAGER, date(*first), date(*last), today=today)
    assert found == (date(*begin), date(*end))
    found = in_whole_months(ActorRole.COORDINATOR, date(*first), date(*last), today=today)
    assert found == (date(*first), date(*last))
