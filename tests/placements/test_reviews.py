"""Review moments by the rule, breakdown records, and what stays visible when they are missing."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotReady
from app.models import Event, Placement, PlacementReview
from app.placed import reviewing
from app.placed.beginning import plan_review
from app.placed.reviewing import ReviewRule, review_rule
from tests.placements.living import (
    BEGAN,
    MATCHER,
    OTHER,
    TODAY,
    act,
    ended,
    live_in,
    open_placements,
)
from tests.rows import make_family

VOICES = [
    {"wie": "kind", "gehoord": "ja"},
    {"wie": "pleegouders", "gehoord": "ja"},
    {"wie": "ouders", "gehoord": "kon niet", "reden": "Moeder was opgenomen."},
]
FINDING = {"wie": "kind", "onderwerp": "school", "oordeel": "zorg", "tekst": "Het gaat niet goed."}


def held(**more: Any) -> dict[str, Any]:
    return {
        "gehoudenOp": TODAY.isoformat(), "stemmen": VOICES, "bevindingen": [FINDING],
        "problemen": 2, "contactenPerMaand": 4, "belasting": 3, "veiligheid": "veilig", **more,
    }  # fmt: skip


def broke(**more: Any) -> dict[str, Any]:
    return {
        "soort": "afgebroken", "dag": TODAY.isoformat(), "initiatief": "pleegouders",
        "redenen": ["draagkracht pleegouders"], "geprobeerd": ["respijtzorg"], **more,
    }  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def placement(session: Session) -> Placement:
    made = live_in(session, make_family(session, reference="SPI-1"))
    plan_review(session, made, BEGAN + timedelta(days=42))
    session.flush()
    return made


def test_an_overdue_review_is_seen_until_it_is_held(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """In the list of those, at the placement; the next one is planned half a year on."""
    late = client.get("/v1/evaluaties-open").json()["evaluaties"]
    assert [(row["plaatsing"]["id"], row["dagenTeLaat"]) for row in late] == [
        (str(placement.id), 58)
    ]
    lines = client.get("/v1/plaatsingen", params={"aandacht": True}).json()["plaatsingen"]
    assert lines[0]["aandacht"] == ["evaluatie te laat"]
    made = act(client, placement, "evaluaties", held())
    assert made.status_code == 201, made.text
    assert client.get("/v1/evaluaties-open").json()["evaluaties"] == []
    assert client.get("/v1/plaatsingen", params={"aandacht": True}).json()["plaatsingen"] == []
    shown = client.get(f"/v1/plaatsingen/{placement.id}/evaluaties").json()["evaluaties"]
    assert [(row["stand"], row["uiterlijkOp"]) for row in shown] == [
        ("gehouden", (BEGAN + timedelta(days=42)).isoformat()),
        ("gepland", review_rule().next_due(TODAY).isoformat()),
    ]
    assert client.get(made.headers["Location"]).json() == made.json() == shown[0]
    assert [voice["gehoord"] for voice in shown[0]["stemmen"]] == ["ja", "kon niet", "ja"]
    assert session.scalars(select(Event)).one().kind == "plaatsing.geevalueerd"


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"stemmen": VOICES[:2]}, "stemmen"),
        ({"stemmen": [VOICES[0], VOICES[0], VOICES[1]]}, "stemmen"),
        ({"stemmen": [*VOICES[:2], {"wie": "ouders", "gehoord": "nee"}]}, "reden"),
        ({"bevindingen": [FINDING | {"wie": "ouders"}]}, "bevindingen"),
        ({"bevindingen": [FINDING | {"oordeel": "ernstige zorg", "tekst": None}]}, "tekst"),
        ({"bevindingen": [FINDING | {"onderwerp": "het weer"}]}, "onderwerp"),
        ({"problemen": 4}, "problemen"),
        ({"belasting": 0}, "belasting"),
        ({"gehoudenOp": (TODAY + timedelta(days=1)).isoformat()}, "gehoudenOp"),
    ],
)
def test_a_review_that_is_not_whole_is_refused(
    client: TestClient, placement: Placement, more: dict[str, Any], word: str
) -> None:
    """With the field in the sentence; nothing is held."""
    answer = act(client, placement, "evaluaties", held(**more))
    assert answer.status_code == 400 and word in answer.json()["detail"], answer.text
    shown = client.get(f"/v1/plaatsingen/{placement.id}/evaluaties").json()["evaluaties"]
    assert [row["stand"] for row in shown] == ["te laat"]


def test_a_review_that_never_came_stays_visible_after_the_end(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """As missed; one that was due after the end is not there any more."""
    act(client, placement, "_beeindig", ended("31", "thuis"))
    at = f"/v1/plaatsingen/{placement.id}/evaluaties"
    assert [row["stand"] for row in client.get(at).json()["evaluaties"]] == ["gemist"]
    review = session.scalars(select(PlacementReview)).one()
    review.due = TODAY + timedelta(days=9)
    session.flush()
    assert client.get(at).json()["evaluaties"] == []
    assert client.get("/v1/evaluaties-open").json()["evaluaties"] == []


def test_the_open_reviews_are_paged(client: TestClient, session: Session) -> None:
    """Each one once, the latest first, also where two are due on one day."""
    family = make_family(session, reference="SPI-1", places=5)
    for n, days in enumerate((30, 20, 20, 40)):
        made = live_in(session, family, number=f"AM-{n}") if n == 0 else None
        other = make_family(session, reference=f"SPI-1{n}")
        made = made or live_in(session, other, number=f"AM-{n}")
        plan_review(session, made, TODAY - timedelta(days=days))
    session.flush()
    seen, url = [], "/v1/evaluaties-open?aantal=1"
    while url:
        answer = client.get(url)
        seen += [row["dagenTeLaat"] for row in answer.json()["evaluaties"]]
        url = answer.links.get("next", {}).get("url", "")
    assert seen == [40, 30, 20, 20]


def test_a_breakdown_without_a_record_is_a_gap_that_stops_nothing(
    client: TestClient, placement: Placement
) -> None:
    """It ends all the same; a record of a near miss does not fill it, one of the break does."""
    assert act(client, placement, "_beeindig", ended("33")).status_code == 200
    at = f"/v1/plaatsingen/{placement.id}"
    assert client.get(at).json()["aandacht"] == ["afbreukverslag ontbreekt"]
    act(client, placement, "afbreukverslagen", broke(soort="bijna afgebroken"))
    assert client.get(at).json()["aandacht"] == ["afbreukverslag ontbreekt"]
    made = act(client, placement, "afbreukverslagen", broke())
    assert made.status_code == 201, made.text
    assert client.get(at).json()["aandacht"] == []
    assert client.get(made.headers["Location"]).json() == made.json()
    kinds = [
        row["soort"] for row in client.get(f"{at}/afbreukverslagen").json()["afbreukverslagen"]
    ]
    assert kinds == ["afgebroken", "bijna afgebroken"]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"redenen": []}, "redenen"),
        ({"redenen": ["anders"]}, "toelichting"),
        ({"geprobeerd": ["anders"]}, "geprobeerdToelichting"),
        ({"geprobeerd": ["niets", "respijtzorg"]}, "geprobeerd"),
        ({"redenen": ["geloof"]}, "redenen"),
        ({"dag": (BEGAN - timedelta(days=1)).isoformat()}, "dag"),
    ],
)
def test_a_record_that_says_too_little_is_refused(
    client: TestClient, placement: Placement, more: dict[str, Any], word: str
) -> None:
    """Reasons are of the list, another one is explained."""
    answer = act(client, placement, "afbreukverslagen", broke(**more))
    assert answer.status_code == 400 and word in answer.json()["detail"], answer.text


def test_a_provider_records_of_its_own_placements_alone(
    client: TestClient, placement: Placement
) -> None:
    """Reviews and breakdowns; another provider does not know that the placement is there."""
    for what, body in (("evaluaties", held()), ("afbreukverslagen", broke())):
        assert act(client, placement, what, body, headers=OTHER).status_code == 404
        made = act(client, placement, what, body, headers=MATCHER)
        assert made.status_code == 201, made.text
        at = made.headers["Location"]
        assert client.get(at, headers=MATCHER).status_code == 200
        assert client.get(at, headers=OTHER).status_code == 404
    assert client.get("/v1/evaluaties-open", headers=OTHER).json()["evaluaties"] == []


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 48))
def test_a_next_review_is_so_many_months_on(held_on: date, months: int) -> None:
    """On the same day of the month, or the last one of a shorter month."""
    due = ReviewRule(42, months, 14).next_due(held_on)
    assert (due.year - held_on.year) * 12 + due.month - held_on.month == months
    assert due.day == held_on.day or (due + timedelta(days=1)).day == 1


def test_what_is_told_late_is_not_overdue_at_once() -> None:
    """The first review of a placement that has run for long is in two weeks."""
    rule = ReviewRule(42, 6, 14)
    assert rule.first_due(TODAY - timedelta(days=41), TODAY) == TODAY + timedelta(days=1)
    assert rule.first_due(TODAY - timedelta(days=43), TODAY) == TODAY + timedelta(days=14)


def test_a_region_may_set_its_own_rule(tmp_path: Path) -> None:
    """A file with the three numbers; one that is no rule is refused with what is wrong in it."""
    read = reviewing._read
    path = tmp_path / "regel.toml"
    path.write_text("eerste_na_dagen = 28\ndaarna_elke_maanden = 3\nna_melding_dagen = 7\n")
    assert read(path) == ReviewRule(28, 3, 7)
    wrong = tmp_path / "fout.toml"
    wrong.write_text("eerste_na_dagen = 0\n")
    with pytest.raises(NotReady, match="eerste_na_dagen"):
        read(wrong)
    with pytest.raises(NotReady, match="niet te lezen"):
        read(tmp_path / "weg.toml")
