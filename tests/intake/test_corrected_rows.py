"""A file that repeats what was corrected does not undo it, and says so to a person."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.imports.report import ImportReport, source_of
from app.intake.correction_routes import router as corrections
from app.intake.reader import read_registrations
from app.intake.routes import router
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.settings import Settings
from tests.doors import open_door
from tests.region import DAY

Body = dict[str, Any]
Bring = Callable[..., ImportReport]


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, corrections)


@pytest.fixture
def child(example: Body) -> Body:
    return example | {"geheimePlaatsing": False, "school": {"postcode": "1011AB", "behouden": True}}


@pytest.fixture
def where(client: TestClient, child: Body) -> str:
    return str(client.post("/v1/kinderen", json=child).headers["Location"])


@pytest.fixture
def bring(session: Session, settings: Settings, tmp_path: Path) -> Bring:
    def call(row: Body) -> ImportReport:
        path = tmp_path / "aanmeldingen.jsonl"
        path.write_text(json.dumps(row) + "\n")
        session.expire_all()
        report = import_registrations(
            session, actor=SYSTEM, reading=read_registrations(path, today=DAY),
            source=source_of(path), settings=settings,
        )  # fmt: skip
        session.commit()
        return report

    return call


def amend(client: TestClient, where: str, field: str, value: Any) -> None:
    wish = {"veld": field, "waarde": value, "betwistDoor": "ouder", "reden": "Dat klopt niet."}
    etag = {"If-Match": client.get(where).headers["ETag"]}
    answer = client.post(f"{where}/correcties", json=wish, headers=etag)
    assert answer.status_code == 201, answer.text


def noticed(report: ImportReport) -> list[str]:
    return [one.field for one in report.notices if "correctie" in one.message]


def test_the_row_of_before_undoes_no_correction(
    client: TestClient, where: str, child: Body, bring: Bring
) -> None:
    """What was corrected stays, each with a notice that names no value; the rest is unchanged."""
    amend(client, where, "problematiek.lvb", 0)
    amend(client, where, "voornaam", "Anders")
    report = bring(child)
    assert (report.changed, report.unchanged, report.refusals) == (0, 1, ())
    assert noticed(report) == ["problematiek.lvb", "voornaam"]
    assert not any(w in one.message for one in report.notices for w in ("Anders", "Roos"))
    shown = client.get(where).json()
    assert (shown["problematiek"]["lvb"], shown["voornaam"]) == (0, "Anders")


def test_what_was_not_corrected_is_taken(
    client: TestClient, where: str, child: Body, bring: Bring
) -> None:
    """Of the same row, and of the same part."""
    amend(client, where, "problematiek.lvb", 0)
    problems = child["problematiek"] | {"hechting": 3 - child["problematiek"]["hechting"]}
    report = bring(child | {"problematiek": problems, "sdqTotaal": 3})
    assert (report.changed, noticed(report)) == (1, ["problematiek.lvb"])
    assert report.changes[0].fields == ("problematiek.hechting", "sdqTotaal")
    shown = client.get(where).json()
    assert shown["problematiek"] == problems | {"lvb": 0}
    assert shown["sdqTotaal"] == 3


def test_a_file_that_says_what_was_corrected_is_no_notice(
    client: TestClient, where: str, child: Body, bring: Bring
) -> None:
    """With another change besides, so that the row is looked at."""
    amend(client, where, "problematiek.lvb", 0)
    report = bring(child | {"problematiek": child["problematiek"] | {"lvb": 0}, "sdqTotaal": 3})
    assert (report.changed, noticed(report)) == (1, [])


def test_a_part_that_is_gone_from_the_row_stays(
    client: TestClient, where: str, child: Body, bring: Bring
) -> None:
    """A corrected field of a school that the file does not tell keeps the school."""
    amend(client, where, "school.behouden", value=False)
    assert noticed(bring(child | {"school": None})) == ["school.behouden"]
    assert client.get(where).json()["school"] == {"postcode": "1011AB", "behouden": False}


def test_a_row_that_does_not_go_with_a_correction_is_refused(
    client: TestClient, where: str, child: Body, bring: Bring
) -> None:
    """The two would make a registration that no door takes."""
    place = {"verblijftNu": "crisisgroep", "moetWegOp": "2099-01-01"}
    etag = {"If-Match": client.get(where).headers["ETag"]}
    assert client.put(where, json=child | place, headers=etag).status_code == 200
    amend(client, where, "moetWegOp", "2099-02-02")
    told = child | {"verblijftNu": "crisisgroep", "moetWegOp": None, "eindeOnbekendOmdat": "Zoekt."}
    report = bring(told)
    assert (report.changed, [one.field for one in report.refusals]) == (0, ["correctie"])


def test_a_corrected_name_is_no_other_child(
    client: TestClient, where: str, child: Body, bring: Bring
) -> None:
    """Without a BSN in the row the name of before the correction is still of this child."""
    amend(client, where, "voornaam", "Anders")
    report = bring(child | {"bsn": None, "sdqTotaal": 3})
    assert (report.changed, noticed(report)) == (1, ["voornaam"])


def test_a_file_may_make_secret_again(
    client: TestClient, where: str, child: Body, bring: Bring
) -> None:
    """A home that is hidden too long hurts nobody; a person is told."""
    amend(client, where, "geheimePlaatsing", value=True)
    amend(client, where, "geheimePlaatsing", value=False)
    report = bring(child | {"geheimePlaatsing": True})
    assert (report.changed, noticed(report)) == (1, ["geheimePlaatsing"])
    assert client.get(where).json()["geheimePlaatsing"] is True
