"""What an upload changed: listed by record and field, for all five dialects and registrations."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.kernel.words import PROBLEMS, FamilyKind, Willingness
from app.simulation.family import Family, Provider
from app.simulation.leger_des_heils import write_leger_des_heils
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.spirit import write_spirit
from app.simulation.vitree import write_vitree
from app.simulation.wsp import write_wsp
from app.simulation.youke import write_youke
from tests.region import DAY
from tests.uploads.conftest import Send, Work

Listed = list[dict[str, Any]]
DIALECTS: dict[Provider, tuple[str, Callable[[list[Family]], bytes]]] = {
    Provider.SPIRIT: ("csv", write_spirit),
    Provider.YOUKE: ("json", write_youke),
    Provider.WSP: ("xlsx", write_wsp),
    Provider.LEGER_DES_HEILS: ("csv", write_leger_des_heils),
    Provider.VITREE: ("xml", lambda families: write_vitree(families, DAY)),
}


@pytest.fixture
def bring(send: Send, work: Work, client: TestClient) -> Callable[..., dict[str, Any]]:
    """Upload, work it off, and return the report."""

    def call(content: bytes, kind: str = "pleeggezinnen", **query: str) -> dict[str, Any]:
        sent = send(content, kind, **query)
        work()
        report: dict[str, Any] = client.get(f"/v1/imports/{sent['id']}").json()
        assert report["stand"] in {"verwerkt", "ongewijzigd"}, report
        return report

    return call


def listed(client: TestClient, report: dict[str, Any]) -> Listed:
    answer = client.get(report["wijzigingen"]["lijst"], params={"aantal": 500})
    assert answer.status_code == 200, answer.text
    found: Listed = answer.json()["wijzigingen"]
    counts = {kind: n for kind, n in report["wijzigingen"].items() if kind != "lijst"}
    assert counts == {kind: sum(one["soort"] == kind for one in found) for kind in counts}
    assert [one["volgnummer"] for one in found] == list(range(1, len(found) + 1))
    return found


def in_short(found: Listed) -> list[tuple[str, ...]]:
    return [(one["soort"], one["nummer"], *one["velden"]) for one in found]


def other_answers(family: Family) -> Family:
    """The same family with other answers to four questions."""
    turned = {Willingness.YES: Willingness.NO}.get(family.willingness[3], Willingness.YES)
    willingness = (*family.willingness[:3], turned, *family.willingness[4:])
    return replace(
        family,
        willingness=willingness,
        offer=replace(family.offer, max_siblings=family.offer.max_siblings + 1),
        living=replace(family.living, smokes=not family.living.smokes),
        skills=replace(family.skills, trainings=("anders", *family.skills.trainings)),
    )


@pytest.mark.parametrize("provider", DIALECTS)
def test_every_dialect_names_its_changed_fields(
    bring: Callable[..., dict[str, Any]], client: TestClient, provider: Provider
) -> None:
    """New, the same, changed and missing, back: each record once, with exactly its fields."""
    extension, write = DIALECTS[provider]
    drawn = draw_region(Order(20, 75, 7, DAY)).families
    families = [family for family in drawn if family.provider is provider]
    chosen = next(family for family in families if family.kind is FamilyKind.RECRUITED)
    missing = next(family for family in families if family is not chosen)

    def upload(told: Iterable[Family]) -> Listed:
        name = f"export.{extension}"
        content = write(list(told))
        report = bring(content, aanbieder=provider.value, bestandsnaam=name)
        return listed(client, report)

    first = upload(families)
    assert {one["nummer"] for one in first} == {family.reference for family in families}
    assert {(one["soort"], one["aanbieder"], *one["velden"]) for one in first} == {
        ("nieuw", provider.value)
    }
    assert upload(families) == []
    changed = [other_answers(f) if f is chosen else f for f in families if f is not missing]
    bereid = f"bereidheid.{PROBLEMS[3]}"
    assert in_short(upload(changed)) == [
        ("gewijzigd", chosen.reference, bereid, "maxBroersZussen", "rookt", "trainingen"),
        ("navragen", missing.reference),
    ]
    assert in_short(upload([*changed, missing])) == [("terug", missing.reference)]


def test_registrations_name_their_changed_fields(
    bring: Callable[..., dict[str, Any]], client: TestClient, region: Path
) -> None:
    """New, the same, changed; who is left out stays as it was."""
    rows = [json.loads(line) for line in (region / "aanmeldingen.jsonl").read_text().splitlines()]

    def upload(told: list[dict[str, Any]]) -> Listed:
        content = "".join(json.dumps(row) + "\n" for row in told).encode()
        words = {"bestandsnaam": "aanmeldingen.jsonl", "peildatum": DAY.isoformat()}
        return listed(client, bring(content, "aanmeldingen", **words))

    first = upload(rows)
    assert {one["soort"] for one in first} == {"nieuw"}
    assert {one["nummer"] for one in first} == {row["aanmeldnummer"] for row in rows}
    assert {one["aanbieder"] for one in first} == {None}
    assert upload(rows) == []
    problems = rows[5]["problematiek"] | {"lvb": (rows[5]["problematiek"]["lvb"] + 1) % 4}
    rows[5] |= {"problematiek": problems, "voornaam": "Anders", "bsn": None}
    assert in_short(upload(rows[5:])) == [
        ("gewijzigd", rows[5]["aanmeldnummer"], "bsn", "problematiek.lvb", "voornaam")
    ]


def refused(answer: Response, word: str) -> None:
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]


def test_the_list_by_cursor_and_kind(
    bring: Callable[..., dict[str, Any]], client: TestClient
) -> None:
    """Page by page all of one kind, none twice; the pages keep the filter."""
    families = [f for f in draw_region(Order(20, 75, 7, DAY)).families if f.provider == "spirit"]
    bring(write_spirit(families[3:]), aanbieder="spirit")
    turned = [other_answers(f) if n < 8 else f for n, f in enumerate(families)]
    report = bring(write_spirit(turned[:-1]), aanbieder="spirit")
    whole = listed(client, report)
    kinds = ("nieuw", "gewijzigd", "navragen", "terug")
    assert [report["wijzigingen"][kind] for kind in kinds] == [3, 5, 1, 0]
    for kind in (None, "gewijzigd", "nieuw", "terug"):
        seen: Listed = []
        where = f"{report['wijzigingen']['lijst']}?aantal=2{f'&soort={kind}' if kind else ''}"
        while where:
            answer = client.get(where)
            seen += answer.json()["wijzigingen"]
            where = answer.links["next"]["url"] if "next" in answer.links else ""
        assert seen == [one for one in whole if kind in (None, one["soort"])]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"soort": "geheim"}, "soort"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "bmlldA"}, "cursor"),
        ({"cursor": "OTk5OTk5OTk5OTk5OTk5OTk5OTk"}, "cursor"),
        ({"cursor": "LTE"}, "cursor"),
        ({"aantal": "0"}, "aantal"),
    ],
)
def test_a_wrong_query_of_the_list(
    send: Send, client: TestClient, query: dict[str, str], word: str
) -> None:
    """400, the key is named and the value is not repeated."""
    where = send(b"a;b", aanbieder="spirit")["wijzigingen"]["lijst"]
    answer = client.get(where, params=query)
    refused(answer, word)
    assert "geheim" not in answer.text


def test_the_changes_of_an_unknown_import(client: TestClient) -> None:
    """404, as for the import itself."""
    answer = client.get("/v1/imports/00000000-0000-7000-8000-000000000000/wijzigingen")
    assert answer.status_code == 404
    assert "Deze import bestaat niet" in answer.json()["detail"]
