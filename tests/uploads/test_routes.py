"""The imports' door: what it takes, what it refuses, and how imports are listed."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.uploads import receive
from tests.uploads.conftest import Send, Work

FAMILIES = {"soort": "pleeggezinnen", "aanbieder": "spirit"}
CSV = {"Content-Type": "text/csv"}


def refused(answer: Response, status: int, word: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({}, "soort"),
        ({"soort": "kinderen"}, "soort"),
        ({"soort": "pleeggezinnen"}, "aanbieder"),
        ({"soort": "pleeggezinnen", "aanbieder": "geheim"}, "aanbieder"),
        ({"soort": "aanmeldingen", "aanbieder": "spirit"}, "aanbieder"),
        (FAMILIES | {"bestandsnaam": "../geheim"}, "bestandsnaam"),
        (FAMILIES | {"bevestigd": "geheim"}, "bevestigd"),
        (FAMILIES | {"peildatum": "0"}, "peildatum"),
        (FAMILIES | {"peildatum": "2026-02-30"}, "peildatum"),
        (FAMILIES | {"onbekend": "geheim"}, "onbekend"),
    ],
)
def test_a_wrong_query_names_the_key(client: TestClient, query: dict[str, str], word: str) -> None:
    """400, the key is named and the value is not repeated."""
    answer = client.post("/v1/imports", params=query, content=b"x", headers=CSV)
    refused(answer, 400, word)
    assert "geheim" not in answer.text


@pytest.mark.parametrize("kind", ["image/png", "multipart/form-data; boundary=x", ""])
def test_a_wrong_content_type(client: TestClient, kind: str) -> None:
    """415 with the kinds that are taken."""
    answer = client.post(
        "/v1/imports", params=FAMILIES, content=b"x", headers={"Content-Type": kind}
    )
    refused(answer, 415, "text/csv")


def test_packed_content_is_not_taken(client: TestClient) -> None:
    """A gzipped body would pass every limit once unpacked."""
    headers = CSV | {"Content-Encoding": "gzip"}
    refused(
        client.post("/v1/imports", params=FAMILIES, content=b"x", headers=headers), 415, "ingepakt"
    )


def test_an_empty_body(client: TestClient) -> None:
    """400: there is nothing to work off."""
    refused(client.post("/v1/imports", params=FAMILIES, content=b"", headers=CSV), 400, "leeg")


@pytest.mark.parametrize("told", [True, False])
def test_a_body_over_the_limit(client: TestClient, *, told: bool) -> None:
    """413, by its Content-Length or while it comes in without one."""

    def pieces() -> Iterator[bytes]:
        yield from [b"x" * 600, b"y" * 600]

    with patch.object(receive, "MAX_FILE_BYTES", 1000):
        content = b"".join(pieces()) if told else pieces()
        answer = client.post("/v1/imports", params=FAMILIES, content=content, headers=CSV)
    refused(answer, 413, "groter")


def test_an_upload_is_accepted_with_its_address(client: TestClient, region: Path) -> None:
    """202 with Location; the SHA-256 lets the sender check what arrived."""
    content = (region / "pleeggezinnen-spirit.csv").read_bytes()
    answer = client.post("/v1/imports", params=FAMILIES, content=content, headers=CSV)
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/imports/{answer.json()['id']}"
    shown = client.get(answer.headers["Location"]).json()
    assert (shown["stand"], shown["bestand"], len(shown["sha256"])) == (
        "ontvangen", "pleeggezinnen-spirit", 64,
    )  # fmt: skip


def test_the_same_key_gives_the_same_import(client: TestClient) -> None:
    """A repetition is answered from the first; another body under the key is a conflict."""
    headers = CSV | {"Idempotency-Key": "een"}
    first, again = (
        client.post("/v1/imports", params=FAMILIES, content=b"a;b", headers=headers)
        for _ in range(2)
    )
    assert first.json()["id"] == again.json()["id"]
    other = client.post("/v1/imports", params=FAMILIES, content=b"a;c", headers=headers)
    refused(other, 409, "Idempotency-Key")
    assert len(client.get("/v1/imports").json()["imports"]) == 1


def test_an_unknown_import_is_404(client: TestClient) -> None:
    """Reading, listing its findings and confirming alike."""
    where = "/v1/imports/00000000-0000-7000-8000-000000000000"
    refused(client.get(where), 404, "Deze import bestaat niet")
    refused(client.get(f"{where}/bevindingen"), 404, "Deze import bestaat niet")
    refused(client.post(f"{where}/_bevestig"), 404, "Deze import bestaat niet")


def test_the_list_is_complete_while_imports_come_in(client: TestClient, send: Send) -> None:
    """The newest first, by cursor, no import twice; a new one does not shift the pages."""
    sent = [send(b"a;b", aanbieder="spirit")["id"] for _ in range(5)]
    seen, where = [], "/v1/imports?aantal=2&soort=pleeggezinnen"
    while where:
        answer = client.get(where)
        seen += [one["id"] for one in answer.json()["imports"]]
        send(b"a;b", aanbieder="youke")
        where = answer.links["next"]["url"] if "next" in answer.links else ""
    assert seen == sent[::-1]
    assert client.get("/v1/imports?soort=aanmeldingen").json() == {"imports": []}


@pytest.mark.parametrize("cursor", ["x", "bmlldA"])
def test_a_cursor_of_ones_own(client: TestClient, cursor: str) -> None:
    """400 for a cursor that we never gave."""
    refused(client.get("/v1/imports", params={"cursor": cursor}), 400, "cursor")


def test_all_findings_by_cursor(client: TestClient, send: Send, work: Work, region: Path) -> None:
    """Page by page the same findings as the report shows."""
    sent = send(region / "pleeggezinnen-spirit.csv", aanbieder="spirit")
    work()
    report = client.get(f"/v1/imports/{sent['id']}").json()
    seen, where = [], f"/v1/imports/{sent['id']}/bevindingen?aantal=2"
    while where:
        answer = client.get(where)
        seen += [one["melding"] for one in answer.json()["bevindingen"]]
        where = answer.links["next"]["url"] if "next" in answer.links else ""
    told = [one["melding"] for one in report["geweigerd"] + report["waarschuwingen"]]
    assert sorted(seen) == sorted(told)
    assert len(report["geweigerd"]) == 3
    assert set(report["geweigerd"][0]) == {"bestand", "rij", "veld", "melding", "nummer"}
