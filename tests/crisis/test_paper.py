"""On paper stands what the hard rules need: whoever calls by it leaves out the same families."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis.paper import page
from app.crisis.routes import router
from app.crisis.views import show_list
from app.crisis.words import PROBLEM_OF, Flag
from app.kernel.words import Problem, Willingness
from app.models import FamilyWillingness
from app.screens.crisis.words import BY_FLAG
from tests.crisis.test_routes import ask, families, make_home
from tests.doors import open_door, signed_in


@pytest.fixture
def client(connection: Connection) -> TestClient:
    made = open_door(connection, router)
    made.headers.update(signed_in("crisisdienst"))
    return made


@pytest.fixture
def homes(session: Session) -> None:
    """One that nothing is asked of, and one with a dog, that smokes and says no to two things."""
    make_home(session, "SPI-1", wheelchair=True, places=1, max_siblings=3)
    busy = make_home(session, "SPI-2", pets=["hond", "vogel"], smokes=True, places=3)
    for problem in (Problem.EXTERNALISING, Problem.ATTACHMENT):
        session.add(FamilyWillingness(family_id=busy.id, problem=problem, answer=Willingness.NO))
    session.flush()


@pytest.mark.usefixtures("homes")
def test_the_list_leaves_out_for_each_flag_whom_the_desk_leaves_out(client: TestClient) -> None:
    """Flag by flag the same families as a report with that flag alone; and how many together."""
    listed = client.get("/v1/crisislijst").json()["gezinnen"]
    for flag in Flag:
        by_paper = {h["gezin"] for h in listed if flag.value not in h["nietBijVeiligheid"]}
        assert by_paper == set(families(ask(client, veiligheid=[flag.value]))), flag
    assert [h["kinderenSamen"] for h in listed] == [1, 2]
    assert [(h["huisdieren"], h["rookt"], h["rolstoel"]) for h in listed] == [
        ([], False, True), (["hond", "vogel"], True, False),
    ]  # fmt: skip


@pytest.mark.usefixtures("homes")
def test_it_is_printed_on_the_line_of_the_family(session: Session) -> None:
    """As the file of the evening and the command write it."""
    text = page(show_list(session))
    lines = {row.split("(", 1)[1][:5]: row for row in text.split("<tr>")[2:]}
    assert "<td>hond, vogel, rookt</td>" in lines["SPI-2"]
    assert "<td>agressie, rolstoel, rookvrij nodig, allergie hond, hechting</td>" in lines["SPI-2"]
    assert "<td>3</td><td>2</td>" in lines["SPI-2"]
    assert "<td>rookvrij, rolstoel</td><td></td>" in lines["SPI-1"]


def test_the_screen_knows_what_the_flags_ask_about() -> None:
    """The same problems as the desk, so that none is said twice and none is left out."""
    assert {problem.value for problem in PROBLEM_OF.values()} == BY_FLAG
