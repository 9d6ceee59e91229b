"""The auditor's door to the seals, and the log as a file; and the commands for both."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL, create_engine, text
from typer.testing import CliRunner

from app.audit.exporting import HEADINGS
from app.audit.keeping import keep_log
from app.cli.main import build_app
from app.db.opened import Database
from app.kernel.actor import ActorRole
from app.main import create_app
from app.settings import Settings
from tests.databases import copied
from tests.signing import bearer

FORMULA = "=HYPERLINK(1)"
AUDITOR = bearer(ActorRole.AUDITOR)


@pytest.fixture
def log(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own in which three asked something, one by a name that is a formula."""
    with copied(settings, reference) as opened:
        client = TestClient(create_app(opened))
        for subject in ("noor", "bas", FORMULA):
            client.get("/v1/kinderen", headers=bearer(subject=subject))
        yield opened


def client_of(log: Database) -> TestClient:
    return TestClient(create_app(log))


def run(log: Database, *words: str) -> Any:
    url = log.url.render_as_string(hide_password=False)
    return CliRunner().invoke(build_app("audit"), ["audit", *words, "--database-url", url])


def test_the_auditor_sees_how_far_it_is_sealed(log: Database, settings: Settings) -> None:
    """Before: the tail with its age; after: the seals, and how the last check went."""
    client = client_of(log)
    before = client.get("/v1/logboek/zegels", headers=AUDITOR).json()
    assert (before["zegels"], before["nietVerzegeld"], before["controle"]) == ([], 3, None)
    assert before["oudsteOnverzegeld"].endswith("Z")
    keep_log(log.sessions, settings) if log.role == "pleegzorg_worker" else run(log, "seal")
    run(log, "verify")
    after = client.get("/v1/logboek/zegels", headers=AUDITOR).json()
    assert [seal["nummer"] for seal in after["zegels"]] == [1]
    assert after["zegels"][0]["aantal"] == 5  # with the look at the seals, and the sealing
    assert after["controle"]["isHeel"] is True
    assert after["nietVerzegeld"] == 1


@pytest.mark.parametrize("path", ["zegels", "_export"])
def test_only_the_auditor(log: Database, path: str) -> None:
    """The coordinator does not."""
    who = bearer(ActorRole.COORDINATOR)
    assert client_of(log).get(f"/v1/logboek/{path}", headers=who).status_code == 403


def test_the_file_holds_what_was_asked_for(log: Database) -> None:
    """With its purposes; no cell is a formula; and taking it along stands in it."""
    client = client_of(log)
    answer = client.get("/v1/logboek/_export", headers=AUDITOR)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert tuple(rows[0]) == HEADINGS
    assert [row["wie"] for row in rows] == ["noor", "bas", f"'{FORMULA}", "toets"]
    assert rows[-1]["handeling"] == "exporteerLogboek"
    assert {row["toepassing"] for row in rows} == {"ontwikkeling"}
    assert [row["doel"] for row in rows] == ["aanmelden"] * 3 + ["toezicht"]
    only = client.get("/v1/logboek/_export?wie=bas&doel=aanmelden", headers=AUDITOR)
    assert len(only.text.splitlines()) == 2


def test_filters_by_client_and_purpose(log: Database) -> None:
    """And a purpose that is none is refused."""
    client = client_of(log)
    client.get("/v1/logboek", headers=AUDITOR)

    def count(**query: str) -> int:
        return len(client.get("/v1/logboek", params=query, headers=AUDITOR).json()["regels"])

    assert count(doel="aanmelden") == 3
    assert count(doel="noodtoegang") == 0
    assert count(toepassing="onbekend") == 0
    assert count(toepassing="ontwikkeling", wie="noor") == 1
    assert client.get("/v1/logboek?doel=zomaar", headers=AUDITOR).status_code == 400


def test_the_commands_seal_prove_and_take_along(log: Database, tmp_path: Path) -> None:
    """The seal that was printed is known again, and a file can be checked without the database."""
    sealed = run(log, "seal")
    assert sealed.exit_code == 0, sealed.output
    told = next(x for x in sealed.output.split() if x.count(":") == 1 and len(x) > 64)
    whole = run(log, "verify", "--laatste-zegel", told)
    assert (whole.exit_code, "De keten is heel" in whole.output) == (0, True), whole.output
    out = tmp_path / "logboek.jsonl"
    assert run(log, "export", "--out", str(out)).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    check = ["audit", "controleer-bestand", str(out)]
    found = CliRunner().invoke(build_app("audit"), check)
    assert (found.exit_code, "heel: 1 zegels, 4 regels" in found.output) == (0, True), found.output
    out.write_text(out.read_text("utf-8").replace('"noor"', '"bas"', 1), "utf-8")
    assert CliRunner().invoke(build_app("audit"), check).exit_code == 1
    assert any("zegel" in json.loads(x) for x in out.read_text("utf-8").splitlines()[1:])


def test_a_broken_chain_and_an_old_tail_have_codes_of_their_own(log: Database) -> None:
    """1: broken, with the line; 3: whole, but not sealed for long; 2: an option that is none."""
    owner = create_engine(log.url)
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE audit_event SET at = at - interval '2 hours'"))
    late = run(log, "verify")
    assert (late.exit_code, "ouder dan 60 minuten" in late.output) == (3, True), late.output
    run(log, "seal")
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM audit_event WHERE actor = 'bas'"))
    owner.dispose()
    broken = run(log, "verify")
    assert broken.exit_code == 1
    assert "zegel 1, regel 2" in " ".join(broken.output.split())
    client = client_of(log)
    check = client.get("/v1/logboek/zegels", headers=AUDITOR).json()["controle"]
    assert (check["isHeel"], check["gebrokenZegel"], check["gebrokenRegel"]) == (False, 1, 2)
