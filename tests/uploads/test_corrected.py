"""A worker reads what was corrected with its own rights, and says what it kept."""

import json
from pathlib import Path

from fastapi.testclient import TestClient

from tests.uploads.conftest import Send, Work


def test_an_upload_keeps_what_was_corrected(
    client: TestClient, send: Send, work: Work, region: Path
) -> None:
    """With a warning of the row; the file of before changes nothing."""
    with (region / "aanmeldingen.jsonl").open(encoding="utf-8") as file:
        row = json.loads(next(file))
    made = client.post("/v1/kinderen", json=row)
    assert made.status_code == 201, made.text
    where = made.headers["Location"]
    value = 3 - row["problematiek"]["lvb"]
    wish = {"veld": "problematiek.lvb", "waarde": value, "betwistDoor": "ouder", "reden": "Nee."}
    etag = {"If-Match": client.get(where).headers["ETag"]}
    assert client.post(f"{where}/correcties", json=wish, headers=etag).status_code == 201
    sent = send(json.dumps(row).encode(), "aanmeldingen", bestandsnaam="a.jsonl")
    work()
    report = client.get(f"/v1/imports/{sent['id']}").json()
    assert report["stand"] == "ongewijzigd", report
    told = client.get(f"/v1/imports/{sent['id']}/bevindingen").json()["bevindingen"]
    assert any(
        (one["veld"], one["soort"]) == ("problematiek.lvb", "waarschuwing")
        and "wijzig dit met een correctie" in one["melding"]
        for one in told
    ), told
    assert client.get(where).json()["problematiek"]["lvb"] == value
