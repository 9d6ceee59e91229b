"""Runs in the screens: started, followed, read in plain words, by those who may."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.matching.policy import SHIPPED
from app.screens.runs.labels import POLICIES
from app.screens.runs.overview import told
from app.screens.runs.picture import frontier
from tests.screens.families.exports import work
from tests.screens.served import mark_in

Make = Callable[..., TestClient]
GOAL = {"eenheid": "kinderen", "waarde": 8, "grens": 10, "richting": "meeste"}


@pytest.fixture
def coordinator(client_as: Make) -> TestClient:
    return client_as("coordinator")


@pytest.fixture
def run(coordinator: TestClient) -> str:
    """Where the first run has its page."""
    rows = coordinator.get("/runs").text.split("<tbody>")[1]
    return rows.rsplit('<a href="', 1)[1].split('"', 1)[0]


def start(client: TestClient, **given: str) -> Any:
    marked = {"_merk": mark_in(client.get("/runs").text), **given}
    return client.post("/runs", data=marked, follow_redirects=False)


def test_every_policy_that_ships_can_be_chosen() -> None:
    """One that is added needs words here."""
    assert set(POLICIES) == {path.stem for path in SHIPPED.glob("*.toml")}


def test_a_run_is_started_followed_and_compared(
    coordinator: TestClient, screens_database: Database
) -> None:
    """It refreshes itself until it is done; then it is beside the run before it."""
    answer = start(coordinator, beleid="maximaal")
    assert answer.status_code == 303
    run = answer.headers["location"]
    waiting = coordinator.get(run).text
    assert 'hx-trigger="every 2s"' in waiting
    assert "<progress" in waiting
    assert coordinator.get(f"{run}/bellijst").status_code == 200  # says that it is not done
    work(screens_database)
    done = coordinator.get(run).text
    assert "hx-trigger" not in done
    assert "Maximaal" in done
    beside = coordinator.get(f"{run}/verschil").text
    assert "De doelen naast elkaar" in beside
    assert "bleef alles gelijk" in beside


def test_what_is_wrong_with_a_request_stands_beside_its_field(coordinator: TestClient) -> None:
    """A day that does not exist, a policy that does not ship."""
    day = start(coordinator, beleid="zorgvuldig", peildatum="2026-02-31")
    assert day.status_code == 400
    assert 'id="peildatum-fout"' in day.text
    assert "<details" in day.text
    assert " open>" in day.text
    assert start(coordinator, beleid="onbekend").status_code == 400


def test_a_run_tells_its_goals_their_proof_and_what_they_cost(
    coordinator: TestClient, run: str
) -> None:
    """In the order of the policy, the figures of the picture in a table too."""
    page = coordinator.get(run).text
    assert (
        page.index("eigen netwerkgezin") < page.index("crisiskinderen") < page.index("breakdowns")
    )
    assert "Nee, dat is bewezen" in page
    assert 'role="img"' in page
    assert "Het laatste kind kost" in page
    assert "een kans op een breakdown van 45%" in page


def test_a_gap_is_told_as_what_is_not_ruled_out() -> None:
    """A value that equals its bound is proved; another says how far it may be off."""
    assert not told(GOAL)["bewezen"]
    assert told(GOAL)["ruimte"] == 2
    assert told({**GOAL, "grens": 8})["bewezen"]


def test_the_picture_lies_in_its_frame_and_in_order() -> None:
    """More children to the right, more breakdowns higher; one point alone is no picture."""
    points = [
        {"geplaatst": n, "breakdowns": n / 4, "ditPlan": n == 9, "extra": None} for n in (7, 8, 9)
    ]
    picture = frontier(points)
    assert picture is not None
    xs, ys = [d.x for d in picture.dots], [d.y for d in picture.dots]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert all(0 < x < picture.width and 0 < y < picture.floor for x, y in zip(xs, ys, strict=True))
    assert [d.is_plan for d in picture.dots] == [False, False, True]
    assert frontier(points[:1]) is None


def test_children_without_a_proposal_link_to_what_can_be_done(
    coordinator: TestClient, run: str
) -> None:
    """Each with why; its number leads to the page of its proposals."""
    page = coordinator.get(f"{run}/zonder-voorstel").text
    assert "Kleinste wijziging" in page or "Niet met een gesprek" in page
    link = page.split(f'href="{run}/kind/', 1)[1].split('"', 1)[0]
    there = coordinator.get(f"{run}/kind/{link}", follow_redirects=False)
    assert there.status_code == 303
    assert there.headers["location"].startswith("/kinderen/")
    assert there.headers["location"].endswith("/voorstellen")
    assert coordinator.get(f"{run}/kind/AM-ONBEKEND").status_code == 404


def test_the_lists_to_print(coordinator: TestClient, run: str, screens_database: Database) -> None:
    """Whom to call with room to write, whom to recruit, and that it comes out the same."""
    first = coordinator.get(f"{run}/bellijst").text
    assert "De bellijst wordt nu gemaakt" in first or "Gebeld, antwoord" in first
    work(screens_database)
    calls = coordinator.get(f"{run}/bellijst").text
    assert "data-print" in calls
    assert "Gebeld, antwoord" in calls
    assert "hx-trigger" not in calls
    assert "niet uitgerekend" not in calls
    brief = coordinator.get(f"{run}/werving").text
    assert "Gezocht in postcodegebied" in brief
    before = coordinator.get(f"{run}/naspeling").text
    assert "Ja, precies hetzelfde" not in before
    assert 'name="nu" value="ja"' in before
    assert "Ja, precies hetzelfde" in coordinator.get(f"{run}/naspeling?nu=ja").text


def test_the_first_run_has_nothing_to_be_compared_with(coordinator: TestClient, run: str) -> None:
    """A sentence, no error page."""
    page = coordinator.get(f"{run}/verschil")
    assert page.status_code == 200
    assert "niets te vergelijken" in page.text


def test_a_regional_manager_sees_figures_and_no_child(client_as: Make, run: str) -> None:
    """No numbers of children, no lists of them, and no button that asks for a run."""
    manager = client_as("regiomanager")
    pages = [manager.get(path) for path in ("/runs", run, f"{run}/werving")]
    assert all(page.status_code == 200 for page in pages)
    assert not any("AM-20" in page.text for page in pages)
    assert "Start de run" not in pages[0].text
    for part in ("zonder-voorstel", "bellijst", "verschil", "naspeling"):
        assert f"{run}/{part}" not in pages[1].text
        assert manager.get(f"{run}/{part}").status_code == 403


@pytest.mark.parametrize("role", ["aanbieder-matcher", "crisisdienst", "beheerder"])
def test_others_have_no_part_in_runs(client_as: Make, run: str, role: str) -> None:
    """The screen says so."""
    client = client_as(role, "spirit" if role == "aanbieder-matcher" else "")
    assert client.get("/runs").status_code == 403
    assert client.get(run).status_code == 403
