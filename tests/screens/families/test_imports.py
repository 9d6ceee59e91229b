"""Reading an export in the screens: the report, what was refused and why, a held one confirmed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.screens.families.upload import safe_name
from tests.screens.families.exports import FILE, Export, changed_export, work
from tests.screens.served import mark_in

PAGE = "/gezinnen/import"


@pytest.fixture
def matcher(client_as: Callable[..., TestClient]) -> TestClient:
    return client_as("aanbieder-matcher", "spirit")


def send(client: TestClient, content: bytes, name: str = FILE, **more: str) -> Any:
    given = {"_merk": mark_in(client.get(PAGE).text), "aanbieder": "spirit", **more}
    files = {"bestand": (name, content, "text/csv")} if content else {}
    return client.post(PAGE, data=given, files=files, follow_redirects=False)


def test_a_report_says_what_changed_and_what_was_refused(
    matcher: TestClient, screens_database: Database, tmp_path: Path
) -> None:
    """While it waits it refreshes itself; then field by field, and row by row what to do."""
    export, changed, refused = changed_export(tmp_path / "regio")
    answer = send(matcher, export.content())
    assert answer.status_code == 303
    report = answer.headers["location"]
    waiting = matcher.get(report).text
    assert 'hx-trigger="every 2s"' in waiting
    assert "Ververs dit verslag" in waiting
    work(screens_database)
    done = matcher.get(report).text
    assert "hx-trigger" not in done
    refusals, _, changes = done.partition('id="gewijzigd"')
    assert "geen postcode" not in done  # what stood in the file never comes back
    assert refused in refusals.split('id="geweigerd"')[1]
    assert "Postcode" in refusals.split('id="geweigerd"')[1]
    row = changes.split(f">{changed}</a>", 1)[1].split("</tr>", 1)[0]
    assert "rookt" in row
    listed = matcher.get(PAGE).text
    assert report in listed


def test_an_export_without_many_families_waits_for_a_person(
    matcher: TestClient, screens_database: Database, tmp_path: Path
) -> None:
    """Nothing changes until somebody says that they checked; then it is worked off."""
    export = Export(tmp_path / "regio")
    export.rows = export.rows[: len(export.rows) // 2]
    report = send(matcher, export.content()).headers["location"]
    work(screens_database)
    held = matcher.get(report).text
    assert "Nog niets veranderd" in held
    marked = {"_merk": mark_in(held)}
    unsure = matcher.post(f"{report}/bevestig", data=marked)
    assert "Zet eerst het vinkje" in unsure.text
    sure = matcher.post(f"{report}/bevestig", data=marked | {"nagekeken": "ja"})
    assert "wordt nu verwerkt" in sure.text
    work(screens_database)
    assert "ontbreekt: navragen" in matcher.get(report).text


def test_what_is_no_export_is_refused_beside_its_field(
    matcher: TestClient, screens_database: Database
) -> None:
    """No file, a provider of others, no day; a file that is no export is refused whole."""
    none = send(matcher, b"")
    assert none.status_code == 400
    assert "Kies eerst het bestand" in none.text
    assert 'id="bestand-fout"' in none.text
    packed = send(matcher, b"%PDF-1.7 iets anders")
    report = packed.headers["location"]
    work(screens_database)
    assert "niet ingelezen" in matcher.get(report).text
    other = send(matcher, b"a;b\r\n1;2\r\n", aanbieder="youke")
    assert other.status_code == 404
    day = send(matcher, b"a;b\r\n1;2\r\n", peildatum="2026-13-45")
    assert day.status_code == 400
    assert 'id="peildatum-fout"' in day.text
    report = send(matcher, b"a;b\r\n1;2\r\n").headers["location"]
    work(screens_database)
    assert "er is niets veranderd" in matcher.get(report).text


def test_another_provider_does_not_see_a_report(
    client_as: Callable[..., TestClient], matcher: TestClient
) -> None:
    """Row-level security: for them it is not there."""
    report = send(matcher, b"a;b\r\n1;2\r\n").headers["location"]
    assert client_as("aanbieder-matcher", "youke").get(report).status_code == 404
    staff = client_as("coordinator").get(PAGE).text
    assert report in staff
    assert 'type="file"' not in staff  # a coordinator reads, and hands nothing in


def test_a_form_sent_twice_is_one_import(matcher: TestClient) -> None:
    """The key of the form: a double click hands in one file."""
    given = {"_eenmalig": "een-en-dezelfde"}
    first, second = (send(matcher, b"a;b\r\n1;2\r\n", **given) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (r"C:\Mijn documenten\gezinnen.csv", "gezinnen.csv"),
        ("../../etc/passwd", "passwd"),
        ("gezinnen; rm.csv", "gezinnen- rm.csv"),
        (".verborgen.csv", "verborgen.csv"),
        ("", ""),
    ],
)
def test_a_file_is_called_by_its_name_alone(given: str, kept: str) -> None:
    """No folders, nothing that the report cannot call it by."""
    assert safe_name(given) == kept
