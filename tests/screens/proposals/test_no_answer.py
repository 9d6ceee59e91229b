"""A run that cannot be asked about (409): each page says why, and keeps what was on it."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.kernel.errors import Conflict
from app.proposals import standing
from tests.screens.proposals.finding import Region
from tests.screens.proposals.test_questions import key, refused_family

As = Callable[..., TestClient]
SAID = "Deze run is niet na te rekenen: vraag een nieuwe aan."


@pytest.fixture
def other(region: Region, number: str) -> str:
    """A family that the run did not propose; found before nothing more is answered."""
    family, _ = refused_family(region, number)
    return f"{family['aanbieder']}/{family['nummer']}"


@pytest.fixture
def no_answer(other: str, monkeypatch: pytest.MonkeyPatch) -> str:
    def fail(*_: object) -> None:
        raise Conflict(SAID)

    monkeypatch.setattr(standing, "_named_now", fail)
    monkeypatch.setattr(standing, "_build", fail)
    return other


@pytest.mark.usefixtures("no_answer")
def test_the_card_of_the_price_says_so(
    client_as: As, region: Region, number: str, child: str
) -> None:
    """The proposal itself is there."""
    chosen = key(region.said[number]["voorstel"])
    answer = client_as("coordinator").get(f"{child}/voorstellen/{chosen}?prijs=ja")
    assert answer.status_code == 200
    assert SAID in answer.text.split('id="prijs"', 1)[1].split("</section>", 1)[0]


def test_the_row_of_prices_says_so(
    client_as: As, region: Region, number: str, child: str, *, no_answer: str
) -> None:
    """And of a family outside the run not that it took no part: nobody knows."""
    chosen = key(region.said[number]["voorstel"])
    asked = f"{child}/vergelijk?gezin={chosen}&prijs=ja"
    client = client_as("coordinator")
    row = client.get(asked).text.split('id="prijzen"', 1)[1].split("</tr>", 1)[0]
    assert SAID in row
    page = client.get(f"{asked}&gezin={no_answer}").text
    assert SAID in page.split('id="prijzen"', 1)[0]
    assert "deden niet mee" not in page


def test_the_question_stays_in_its_form(client_as: As, child: str, no_answer: str) -> None:
    """Why not: the sentence beside the number that was asked."""
    provider, _, family = no_answer.partition("/")
    answer = client_as("coordinator").get(
        f"{child}/waarom-niet?aanbieder={provider}&gezin={family}"
    )
    assert answer.status_code == 409
    assert SAID in answer.text
    assert f'value="{family}"' in answer.text
