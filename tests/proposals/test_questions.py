"""Questions over HTTP: answered on the stored run, which stays as it is."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.ids import new_id
from app.main import create_app
from app.matching.policy import load_policy, parse_policy
from app.models import Registration
from app.proposals.queries import find_run
from app.proposals.runs import perform_run, request_run
from app.proposals.standing import standing_of
from tests.proposals.asking import ask
from tests.signing import bearer


@pytest.fixture(scope="module")
def loaded(loaded_region: Database) -> Database:
    """The example region, committed."""
    return loaded_region


@pytest.fixture(scope="module")
def run_id(loaded: Database) -> UUID:
    """A run under `zorgvuldig` that is done."""
    asked = ask(loaded, policy="zorgvuldig")
    perform_run(loaded.sessions, actor=SYSTEM, run_id=asked)
    return asked


@pytest.fixture(scope="module")
def client(loaded: Database) -> Iterator[TestClient]:
    with TestClient(create_app(loaded), headers=bearer()) as opened:
        yield opened


@pytest.fixture(scope="module")
def proposals(client: TestClient, run_id: UUID) -> dict[str, Any]:
    """What the run says of each child, by number."""
    answer = client.get(f"/v1/matchruns/{run_id}/verslag")
    return {entry["aanmeldnummer"]: entry for entry in answer.json()["voorstellen"]}


@pytest.fixture(scope="module")
def ids(loaded: Database) -> dict[str, str]:
    """The id of each child by its number."""
    with session_for(loaded.sessions, SYSTEM) as session:
        rows = session.execute(select(Registration.number, Registration.id))
        return {number: str(id_) for number, id_ in rows}


def everything(database: Database) -> list[Any]:
    """All that is stored of runs, as text."""
    with session_for(database.sessions, SYSTEM) as session:
        whole = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t"
        tables = ("match_run", "proposal", "unplaced")
        return [session.scalar(text(whole.format(table))) for table in tables]


@pytest.mark.lang
def test_an_alternative_is_possible_and_has_a_price(
    client: TestClient, proposals: dict[str, Any], ids: dict[str, str], loaded: Database
) -> None:
    """Whoever stands among the alternatives gets the same price by its own question."""
    before = everything(loaded)
    entry = next(e for e in proposals.values() if e["gezin"] and len(e["alternatieven"]) > 2)
    child = ids[entry["aanmeldnummer"]]
    told = client.get(f"/v1/kinderen/{child}/alternatieven").json()
    first, *others = told["alternatieven"]
    assert first["isVoorstel"]
    assert first["gezin"] == entry["gezin"]
    assert not any(goal["verlies"] for goal in first["prijs"]["doelen"])
    losses = [[goal["verlies"] for goal in one["prijs"]["doelen"]] for one in others]
    assert losses == sorted(losses)
    assert {one["gezin"] for one in entry["alternatieven"]} <= {one["gezin"] for one in others}
    path = f"/v1/kinderen/{child}/waarom-niet/{others[0]['aanbieder']}/{others[0]['gezin']}"
    answer = client.get(path).json()
    assert answer["oordeel"] == "mogelijk"
    assert answer["prijs"] == others[0]["prijs"]
    assert entry["aanmeldnummer"] in {c["aanmeldnummer"] for c in answer["prijs"]["kinderen"]}
    assert everything(loaded) == before


def test_the_proposal_is_explained_by_request(
    client: TestClient, proposals: dict[str, Any], ids: dict[str, str], run_id: UUID
) -> None:
    """Of the proposed family the reasons are those of the run, each with its source."""
    entry = next(e for e in proposals.values() if e["gezin"])
    path = f"/v1/kinderen/{ids[entry['aanmeldnummer']]}/waarom-niet"
    answer = client.get(
        f"{path}/{entry['aanbieder']}/{entry['gezin']}", params={"matchrun": str(run_id)}
    ).json()
    assert answer["oordeel"] == "voorgesteld"
    assert answer["gezin"]["redenen"] == entry["redenen"]
    assert answer["gezin"]["breakdownKans"] == entry["breakdownKans"]
    assert all(reason["bron"] for reason in answer["gezin"]["redenen"])


def test_every_family_has_an_answer_for_a_child_without_one(
    client: TestClient, proposals: dict[str, Any], ids: dict[str, str]
) -> None:
    """A child that nobody is proposed for: each family is refused by a rule, or says what else."""
    entry = next(e for e in proposals.values() if e["waaromNiet"])
    families = client.get("/v1/pleeggezinnen", params={"aantal": 40}).json()["pleeggezinnen"]
    for family in families:
        answer = client.get(
            f"/v1/kinderen/{ids[entry['aanmeldnummer']]}/waarom-niet/"
            f"{family['aanbieder']}/{family['nummer']}"
        )
        assert answer.status_code == 200
        told = answer.json()
        assert told["zin"]
        assert (told["oordeel"] == "geweigerd") == bool(told["geweigerdDoor"])
        assert (told["kleinsteWijziging"] is not None) == (told["oordeel"] == "geweigerd")


def test_a_what_if_stores_nothing(
    client: TestClient, proposals: dict[str, Any], run_id: UUID, loaded: Database
) -> None:
    """Pin the first alternative, and add a place: a whole plan and the difference, nothing kept."""
    before = everything(loaded)
    entry = next(e for e in proposals.values() if e["gezin"] and e["alternatieven"])
    other = entry["alternatieven"][0]
    pin = {
        "soort": "vastzetten",
        "kind": entry["aanmeldnummer"],
        "aanbieder": other["aanbieder"],
        "gezin": other["gezin"],
    }
    more = {"soort": "plaats erbij", "aanbieder": other["aanbieder"], "gezin": other["gezin"]}
    answer = client.post(f"/v1/matchruns/{run_id}/wat-als", json={"wijzigingen": [pin, more]})
    assert answer.status_code == 200
    told = answer.json()
    placed = {row["aanmeldnummer"]: row["gezin"] for row in told["plan"]}
    assert placed.keys() == proposals.keys()
    assert placed[entry["aanmeldnummer"]] == other["gezin"]
    moved = {child["aanmeldnummer"] for child in told["verschil"]["kinderen"]}
    assert moved == {n for n, family in placed.items() if family != proposals[n]["gezin"]}
    assert everything(loaded) == before


def test_what_cannot_be_is_refused(
    client: TestClient, proposals: dict[str, Any], run_id: UUID
) -> None:
    """An unknown field, an unknown kind of change, an unknown child: one sentence each."""
    number = next(iter(proposals))
    fact = {"soort": "feit van kind", "kind": number, "veld": "bsn", "waarde": "999990019"}
    for changes, status in (
        ([fact], 400),
        ([{"soort": "verhuizen"}], 400),
        ([], 400),
        ([fact | {"kind": "BESTAAT-NIET", "veld": "urgentie"}], 404),
    ):
        answer = client.post(f"/v1/matchruns/{run_id}/wat-als", json={"wijzigingen": changes})
        assert answer.status_code == status
        assert "999990019" not in answer.text


def test_the_brief_names_every_child_without_a_choice(
    client: TestClient, proposals: dict[str, Any], ids: dict[str, str], run_id: UUID
) -> None:
    """Profiles, those that serve most children first; the counts are those of the alternatives."""
    told = client.get(f"/v1/matchruns/{run_id}/wervingsopdracht").json()
    served = [len(profile["kinderen"]) for profile in told["profielen"]]
    assert served == sorted(served, reverse=True)
    assert sum(served) == told["teWeinig"]
    assert told["getoetst"] <= len(proposals)
    one = next(
        child
        for profile in told["profielen"]
        for child in profile["kinderen"]
        if child["opties"] == 2
    )
    path = f"/v1/kinderen/{ids[one['aanmeldnummer']]}/alternatieven"
    assert len(client.get(path).json()["alternatieven"]) <= 2


def test_nothing_personal_goes_out(
    client: TestClient, proposals: dict[str, Any], ids: dict[str, str], run_id: UUID
) -> None:
    """No name, no BSN, no postcode, no coordinates in an answer."""
    number = next(iter(proposals))
    for path in (f"kinderen/{ids[number]}/alternatieven", f"matchruns/{run_id}/wervingsopdracht"):
        answer = client.get(f"/v1/{path}")
        told = answer.text.lower().replace("in postcodegebied", "")
        for word in ("voornaam", '"naam"', "bsn", "postcode", '"lat"', '"lon"'):
            assert word not in told


def test_what_does_not_exist_is_told(client: TestClient, ids: dict[str, str], run_id: UUID) -> None:
    """Unknown child, run and family: one sentence each."""
    child = next(iter(ids.values()))
    paths = (
        f"/v1/kinderen/{new_id()}/alternatieven",
        f"/v1/kinderen/{child}/alternatieven?matchrun={new_id()}",
        f"/v1/kinderen/{child}/waarom-niet/spirit/BESTAAT-NIET",
    )
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.json()["detail"].count(".") == 1


def test_a_run_that_looks_ahead_is_built_again_with_its_prices(loaded: Database) -> None:
    """What was weighed against places that are kept is weighed so again, or the plan would not
    pass its check."""
    ahead = "\n[vooruitzien]\ntoekomsten = 5\ndagen = 28\nwaarde_plaatsing = 0.5\n"
    policy = parse_policy(load_policy("maximaal").text + ahead, source="proef")
    with session_for(loaded.sessions, SYSTEM) as session:
        asked = request_run(session, actor=SYSTEM, policy=policy, snapshot_day=date(2026, 11, 1))
    perform_run(loaded.sessions, actor=SYSTEM, run_id=asked)
    with session_for(loaded.sessions, SYSTEM) as session:
        price = standing_of(session, find_run(session, asked)).case.scores.scored.price
    assert price is not None
    assert price.any()
