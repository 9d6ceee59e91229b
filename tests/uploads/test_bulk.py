"""Many families in one call: each judged on its own, worked off as an upload is."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.db.opened import Database
from app.db.session import session_for
from app.families import told_stream
from app.imports import importer
from app.kernel.actor import SYSTEM, ActorRole
from app.models import Family
from tests.families.telling import TOLD
from tests.signing import bearer
from tests.uploads.conftest import Work

Told = list[dict[str, Any]]
Bulk = Callable[..., dict[str, Any]]
SPIRIT = bearer(ActorRole.PROVIDER_SYSTEM, organisation="spirit")
MATCHER = bearer(ActorRole.MATCHER, organisation="spirit")


def many(count: int, **changes: object) -> Told:
    return [TOLD | changes | {"nummer": f"SPI-{n}"} for n in range(1, count + 1)]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "CHUNK_RECORDS", 3)


@pytest.fixture
def bulk(client: TestClient, work: Work) -> Bulk:
    """Send families as Spirit's system, let a worker work them off, and return the report."""

    def call(families: Told | str, key: str | None = None, **query: str) -> dict[str, Any]:
        is_lines = isinstance(families, str)
        kind = "application/x-ndjson" if is_lines else "application/json"
        answer = client.post(
            "/v1/pleeggezinnen/_bulk",
            params={"aanbieder": "spirit", **query},
            content=families if isinstance(families, str) else json.dumps(families),
            headers=SPIRIT | {"Content-Type": kind} | ({"Idempotency-Key": key} if key else {}),
        )
        assert answer.status_code == 202, answer.text
        work()
        report: dict[str, Any] = client.get(answer.headers["Location"], headers=SPIRIT).json()
        return report

    return call


def read(client: TestClient, number: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/v1/pleeggezinnen/spirit/{number}", headers=SPIRIT).json()
    return found


def test_many_are_made_and_read_back_whole(client: TestClient, bulk: Bulk) -> None:
    """Over several parts; every field as it was told, as by a call for one."""
    report = bulk(many(8))
    assert (report["stand"], report["aantallen"]["nieuw"]) == ("verwerkt", 8)
    shown = read(client, "SPI-8")
    assert {name: shown[name] for name in TOLD} == TOLD
    assert [place["isVrij"] for place in shown["plaatsen"]] == [True, False]


def test_the_same_again_changes_nothing(client: TestClient, bulk: Bulk) -> None:
    """So a call that may have been lost is simply sent again."""
    bulk(many(4))
    report = bulk(many(4))
    assert (report["stand"], report["aantallen"]["gelijk"]) == ("ongewijzigd", 4)


def test_one_call_and_many_are_the_same_family(client: TestClient, bulk: Bulk) -> None:
    """What one call made is unchanged for a call with many."""
    made = client.put("/v1/pleeggezinnen/spirit/SPI-1", json=TOLD, headers=SPIRIT)
    assert made.status_code == 201
    assert bulk(many(1))["aantallen"]["gelijk"] == 1


def test_who_is_left_out_stays(client: TestClient, bulk: Bulk) -> None:
    """Without a word on it a call says nothing of the families that it does not name."""
    bulk(many(10))
    report = bulk(many(1, leeftijdTotEnMet=17))
    assert (report["aantallen"]["gewijzigd"], report["aantallen"]["navragen"]) == (1, 0)
    assert not read(client, "SPI-10")["navragen"]


def test_a_whole_snapshot_asks_about_who_is_left_out(
    client: TestClient, bulk: Bulk, work: Work
) -> None:
    """As an export does, and it is held when more than a fifth would be asked about."""
    bulk(many(10))
    report = bulk(many(9), modus="volledig")
    assert (report["stand"], report["aantallen"]["navragen"]) == ("verwerkt", 1)
    assert read(client, "SPI-10")["navragen"]
    held = bulk(many(3), modus="volledig")
    assert (held["stand"], held["aantallen"]["navragen"]) == ("aangehouden", 6)
    assert not read(client, "SPI-9")["navragen"]
    held_at = f"/v1/imports/{held['id']}"
    assert client.post(f"{held_at}/_bevestig", headers=MATCHER).status_code == 202
    work()
    assert client.get(held_at, headers=SPIRIT).json()["stand"] == "verwerkt"
    assert read(client, "SPI-9")["navragen"]


def test_a_system_does_not_confirm_what_was_held_of_it(client: TestClient, bulk: Bulk) -> None:
    """Neither afterwards nor beforehand: half an export would close half a region's doors."""
    bulk(many(10))
    held = bulk(many(3), modus="volledig")
    refused = client.post(f"/v1/imports/{held['id']}/_bevestig", headers=SPIRIT)
    assert refused.status_code == 403, refused.text
    query = {"aanbieder": "spirit", "modus": "volledig", "bevestigd": "true"}
    sent = client.post("/v1/pleeggezinnen/_bulk", params=query, json=many(3), headers=SPIRIT)
    assert (sent.status_code, "een mens" in sent.json()["detail"]) == (403, True), sent.text
    assert not read(client, "SPI-9")["navragen"]


def test_what_was_heard_since_a_snapshot_came_stands(
    client: TestClient, bulk: Bulk, work: Work
) -> None:
    """It was held, and meanwhile one was confirmed and one is new: it says nothing of those."""
    bulk(many(10))
    held = bulk(many(3), modus="volledig")
    assert held["stand"] == "aangehouden"
    families = "/v1/pleeggezinnen/spirit"
    assert client.post(f"{families}/SPI-9/_bevestig", headers=SPIRIT).status_code == 200
    assert client.put(f"{families}/SPI-11", json=TOLD, headers=SPIRIT).status_code == 201
    answer = client.post(f"/v1/imports/{held['id']}/_bevestig", headers=MATCHER)
    assert answer.status_code == 202, answer.text
    work()
    asked = {f"SPI-{n}" for n in range(1, 12) if read(client, f"SPI-{n}")["navragen"]}
    assert asked == {f"SPI-{n}" for n in (4, 5, 6, 7, 8, 10)}


def test_one_wrong_record_never_costs_the_others(client: TestClient, bulk: Bulk) -> None:
    """Each refusal names number, place in the list, field and what to do; no value comes back."""
    told: list[Any] = many(6)
    told[0]["leeftijdTotEnMet"] = "geheim"
    told[1]["onbekend"] = "geheim"
    told[2]["plaatsenVrij"] = 9
    del told[3]["nummer"]
    told[4] = "geheim"
    report = bulk(told)
    assert (report["aantallen"]["nieuw"], report["aantallen"]["geweigerd"]) == (1, 5)
    found = client.get(f"/v1/imports/{report['id']}/bevindingen", headers=SPIRIT)
    refused = {
        (one["rij"], one["nummer"], one["veld"])
        for one in found.json()["bevindingen"]
        if one["soort"] == "geweigerd"
    }
    assert refused == {
        (1, "SPI-1", "leeftijdTotEnMet"), (2, "SPI-2", "onbekend"), (3, "SPI-3", "plaatsenVrij"),
        (4, "", "nummer"), (5, "", "nummer"),
    }  # fmt: skip
    assert "geheim" not in found.text


def test_a_family_twice_in_a_call(bulk: Bulk) -> None:
    """The same twice is one family; told differently nobody knows which, so both are refused."""
    same, different = many(1)[0], many(2)[1]
    report = bulk([same, same, different, different | {"leeftijdTotEnMet": 17}])
    assert (report["aantallen"]["nieuw"], report["aantallen"]["geweigerd"]) == (1, 2)


def test_lines_of_json(client: TestClient, bulk: Bulk) -> None:
    """A broken line costs that line; empty ones do not count."""
    lines = [json.dumps(one) for one in many(3)]
    report = bulk("\n".join([lines[0], "", '{"nummer": "SPI-2", ', lines[2]]))
    assert (report["aantallen"]["nieuw"], report["aantallen"]["geweigerd"]) == (2, 1)
    assert report["geweigerd"][0]["rij"] == 3


def test_a_broken_list_is_refused_as_a_whole(bulk: Bulk, client: TestClient) -> None:
    """Where a list stops being JSON nobody can tell what was meant: nothing is stored."""
    answer = client.post(
        "/v1/pleeggezinnen/_bulk?aanbieder=spirit",
        content=json.dumps(many(3))[:-9],
        headers=SPIRIT | {"Content-Type": "application/json"},
    )
    assert answer.status_code == 202
    bulk([])
    report = client.get(answer.headers["Location"], headers=SPIRIT).json()
    assert (report["stand"], report["aantallen"]["nieuw"]) == ("geweigerd", 0)
    assert "regel" in report["reden"]


@pytest.mark.parametrize("body", ["{}", '"x"', "12", ""])
def test_what_is_no_list_is_told_at_the_door(client: TestClient, body: str) -> None:
    """400 before anything is stored."""
    headers = SPIRIT | {"Content-Type": "application/json"}
    path = "/v1/pleeggezinnen/_bulk?aanbieder=spirit"
    answer = client.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["velden"]) == (400, ["body"])


def test_too_many_at_once(bulk: Bulk, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the limit is refused as a whole, and says so."""
    monkeypatch.setattr(told_stream, "MOST_FAMILIES", 5)
    report = bulk(many(6))
    assert (report["stand"], report["aantallen"]["nieuw"]) == ("geweigerd", 0)
    assert "verdeel" in report["reden"]


def test_sent_again_with_its_key(bulk: Bulk, own_database: Database) -> None:
    """One import, however often it is sent."""
    first, again = bulk(many(2), key="k"), bulk(many(2), key="k")
    assert first["id"] == again["id"]
    with session_for(own_database.sessions, SYSTEM) as session:
        assert session.scalar(select(func.count()).select_from(Family)) == 2


def test_what_changed_is_listed(client: TestClient, bulk: Bulk) -> None:
    """Record by record, with the names of the fields."""
    bulk(many(2))
    report = bulk(many(1, leeftijdTotEnMet=17))
    found = client.get(f"/v1/imports/{report['id']}/wijzigingen", headers=SPIRIT).json()
    changed = [(one["nummer"], one["soort"], one["velden"]) for one in found["wijzigingen"]]
    assert changed == [("SPI-1", "gewijzigd", ["leeftijdTotEnMet"])]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("pleeggezinnen/_bulk?aanbieder=youke", 404),
        ("imports?soort=pleeggezinnen&aanbieder=youke", 404),
        ("imports?soort=pleeggezinnen&aanbieder=niemand", 404),
        ("imports?soort=aanmeldingen", 403),
    ],
)
@pytest.mark.parametrize("role", [ActorRole.PROVIDER_SYSTEM, ActorRole.MATCHER])
def test_a_provider_sends_only_its_own(
    client: TestClient, path: str, status: int, role: ActorRole
) -> None:
    """Of another provider it may not even know that it exists; registrations are not its part."""
    headers = bearer(role, organisation="spirit") | {"Content-Type": "application/json"}
    answer = client.post(f"/v1/{path}", content=b"[]", headers=headers)
    assert (answer.status_code, "velden" in answer.json()) == (status, True)


def test_intake_may_send_for_a_provider(client: TestClient, work: Work) -> None:
    """On its behalf, by hand; what is not a provider at all is told to staff."""
    headers = {"Content-Type": "application/json"}
    for code, status in (("youke", 202), ("niemand", 400)):
        answer = client.post(
            f"/v1/pleeggezinnen/_bulk?aanbieder={code}", json=many(1), headers=headers
        )
        assert answer.status_code == status
