"""An end that our own record contradicts is for a person, and counted nowhere until then."""

import importlib
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.insight.placed_queries import lasted_by_half
from app.kernel.endings import EndLabel
from app.models import Placement, PlacementEnding
from app.outcomes.queries import outcome_rows
from tests.placements.living import BEGAN, TODAY, act, ended, live_in, open_placements
from tests.placements.test_reviews import broke
from tests.rows import make_family

JUDGED = {"uitkomst": "voortijdig afgebroken", "reden": "Het verslag zegt dat het afbrak."}


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def placement(session: Session) -> Placement:
    return live_in(session, make_family(session, reference="SPI-1"))


Placed = tuple[TestClient, Session, Placement]


@pytest.fixture
def placed(client: TestClient, session: Session, placement: Placement) -> Placed:
    return client, session, placement


def counted(session: Session) -> tuple[list[Any], int, int]:
    """What outcomes are learnt from, and what the curves of the region count and leave out."""
    session.expire_all()
    lasted = lasted_by_half(session, BEGAN, TODAY)
    labels = [row.label for row in outcome_rows(session)]
    return labels, sum(row.broken for row in lasted), sum(row.in_review for row in lasted)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    "end",
    [
        ("31", "residentieel"), ("31", "ander pleeggezin"), ("31", "thuis"),
        ("31", "blijft in dit gezin"), ("20", "residentieel"), ("39", "residentieel"),
        ("37", "residentieel"), ("37", "blijft in dit gezin"), ("34", "thuis"),
    ],
)  # fmt: skip
def test_a_record_against_the_code_waits_for_a_person(
    placed: Placed, end: tuple[str, str], is_first: bool
) -> None:
    """Whichever was told first; the list says why, a person may judge, and then it counts."""
    client, session, placement = placed
    acts = [("afbreukverslagen", broke(), 201), ("_beeindig", ended(*end), 200)]
    for what, body, status in acts if is_first else acts[::-1]:
        answer = act(client, placement, what, body)
        assert answer.status_code == status, answer.text
    (waiting,) = client.get("/v1/uitkomsten-te-beoordelen").json()["uitkomsten"]
    assert waiting["plaatsing"]["aandacht"] == ["einde te beoordelen"]
    assert waiting["einde"]["teBeoordelen"].endswith(".")
    assert "Er is een afbreukverslag." in waiting["bekend"]
    assert counted(session) == ([EndLabel.REVIEW], 0, 1)
    judged = act(client, placement, "_beoordeel", JUDGED)
    assert judged.status_code == 200, judged.text
    assert client.get("/v1/uitkomsten-te-beoordelen").json()["uitkomsten"] == []
    assert counted(session) == ([EndLabel.BROKEN], 1, 0)


@pytest.mark.parametrize("went_to", ["residentieel", "ander pleeggezin", "thuis", "onbekend"])
def test_a_change_of_care_with_which_a_child_left_waits_for_a_person(
    client: TestClient, session: Session, placement: Placement, went_to: str
) -> None:
    """Also without a record of ours; only who stays in the family is none."""
    assert act(client, placement, "_beeindig", ended("37", went_to)).status_code == 200
    (waiting,) = client.get("/v1/uitkomsten-te-beoordelen").json()["uitkomsten"]
    assert "wijziging van de zorg" in waiting["einde"]["teBeoordelen"]
    assert counted(session) == ([EndLabel.REVIEW], 0, 1)


def test_what_nearly_broke_down_and_what_both_say_need_no_judge(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """A record that agrees with the code leaves it as it is, and one of a near breakdown too."""
    nearly = broke(soort="bijna afgebroken")
    assert act(client, placement, "afbreukverslagen", nearly).status_code == 201
    assert act(client, placement, "_beeindig", ended("33", "leefhuis")).status_code == 200
    assert act(client, placement, "afbreukverslagen", broke()).status_code == 201
    assert counted(session) == ([EndLabel.BROKEN], 1, 0)
    assert act(client, placement, "_beoordeel", JUDGED).status_code == 409


def test_a_record_after_a_judgement_asks_again(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """What was judged stays readable; one that was judged a breakdown already stays one."""
    act(client, placement, "_beeindig", ended("34", "thuis"))
    planned = {"uitkomst": "volgens plan", "reden": "Naar huis was het doel."}
    assert act(client, placement, "_beoordeel", planned).status_code == 200
    assert act(client, placement, "afbreukverslagen", broke()).status_code == 201
    (waiting,) = client.get("/v1/uitkomsten-te-beoordelen").json()["uitkomsten"]
    assert [one["reden"] for one in waiting["einde"]["beoordelingen"]] == [planned["reden"]]
    assert act(client, placement, "_beoordeel", JUDGED).status_code == 200
    assert act(client, placement, "afbreukverslagen", broke()).status_code == 201
    assert counted(session) == ([EndLabel.BROKEN], 1, 0)


def test_a_corrected_code_is_held_against_the_record_again(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """From a breakdown to "as planned" beside a record is for a person, and back it is not."""
    act(client, placement, "afbreukverslagen", broke())
    act(client, placement, "_beeindig", ended("33", "leefhuis"))
    for code, label in (("31", EndLabel.REVIEW), ("32", EndLabel.BROKEN)):
        told = {"code": code, "vervolgplek": "leefhuis", "reden": "De code was verwisseld."}
        assert act(client, placement, "einde/_verbeter", told).status_code == 200
        assert counted(session)[0] == [label]


def test_ends_of_before_are_put_on_the_list(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """The migration finds what the rule finds now, and leaves what somebody judged."""
    act(client, placement, "afbreukverslagen", broke())
    act(client, placement, "_beeindig", ended("31", "residentieel"))
    doubt = importlib.import_module("migrations.versions.20261130_96_doubtful_ends").DOUBT
    ending = session.get_one(PlacementEnding, placement.id, populate_existing=True)
    ending.label = EndLabel.PLANNED
    session.flush()
    session.execute(text(doubt))
    assert counted(session)[0] == [EndLabel.REVIEW]
    judged = JUDGED | {"uitkomst": "volgens plan"}
    assert act(client, placement, "_beoordeel", judged).status_code == 200
    session.execute(text(doubt))
    assert counted(session)[0] == [EndLabel.PLANNED]
