"""The documents about the algorithm: true to the code, valid, and filled from a running service."""

import json
import os
import re
from pathlib import Path
from shutil import copytree

import jsonschema_rs
import pytest
from sqlalchemy import URL, text
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli.main import build_app
from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.small_cells import FEW, SMALLEST
from app.matching.risk.factors import CODES
from app.matching.risk.weights import DEFAULT
from app.models import DecisionKind, WeightsDecision
from app.outcomes.register import (
    NOT_FILLED,
    PAGES,
    REGISTER,
    fill_in,
    parts_of_code,
    register_entry,
)
from app.settings import Settings
from tests.databases import copied
from tests.outcomes.versions import make_version

DOCS = Path(__file__).parents[2] / "docs"
LEARNT = "uitkomsten-2026-11-28-bbbbbbbb"
SCHEMA = "ALGORITMEREGISTER_SCHEMA"


@pytest.mark.parametrize("page", PAGES)
def test_a_committed_page_says_what_the_code_says(page: str) -> None:
    """`pleegzorg register` was run after the last change."""
    committed = (DOCS / page).read_text("utf-8")
    assert fill_in(committed, parts_of_code()) == committed
    marks = re.findall(r"<!-- deel: (\w+) -->", committed)
    assert marks
    assert marks == re.findall(r"<!-- einde deel: (\w+) -->", committed)


def test_the_committed_entry_says_what_the_code_says() -> None:
    """Versions, number of factors and limits are those of today."""
    committed = (DOCS / REGISTER).read_text("utf-8")
    assert committed == register_entry()
    told = json.loads(committed)
    assert f"{len(CODES)} factoren" in told["data"]
    assert not re.search(r"[{}]", committed.strip()[1:-1])


def test_the_entry_keeps_to_the_standard() -> None:
    """The published schema of the register, where this machine has it."""
    path = os.environ.get(SCHEMA)
    if path is None:
        pytest.skip(f"SKIPPED: {SCHEMA} names no file (algoritmeregister.org, version 1.0.0)")
    schema = json.loads(Path(path).read_text("utf-8"))
    jsonschema_rs.validator_for(schema).validate(json.loads((DOCS / REGISTER).read_text("utf-8")))


def test_every_factor_is_on_the_model_card() -> None:
    """Each with its weight."""
    card = (DOCS / "modelkaart.md").read_text("utf-8")
    table = card.split("<!-- deel: factoren -->")[1].split("<!-- einde deel")[0]
    assert table.count("\n| ") == len(CODES) + 2
    assert NOT_FILLED in card


def copy_of_pages(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    copytree(
        DOCS, folder, ignore=lambda _, names: [n for n in names if n not in (*PAGES, REGISTER)]
    )
    return folder


def test_a_running_service_fills_in_what_holds_there(database: Database, tmp_path: Path) -> None:
    """And what people wrote stays as they wrote it."""
    folder = copy_of_pages(tmp_path)
    card = folder / "modelkaart.md"
    card.write_text(card.read_text("utf-8").replace("## Groepen", "## Van ons\n\n## Groepen"))
    url = database.url.render_as_string(hide_password=False)
    told = CliRunner().invoke(
        build_app("register"),
        ["register", "--map", str(folder), "--dienst", "--database-url", url],
    )
    assert told.exit_code == 0, told.output
    filled = card.read_text("utf-8")
    assert NOT_FILLED not in filled
    assert "## Van ons" in filled
    with session_for(database.sessions, SYSTEM) as session:
        count = session.scalar(text("SELECT count(*) FROM placement_basis WHERE chance > 0"))
    assert f"| Plaatsingen met een genoemde kans | {count} |" in filled
    assert "literatuur-2026-11 (meegeleverd)" in filled


def test_after_an_acceptance_the_accepted_weights_are_told(
    settings: Settings, reference: URL, tmp_path: Path
) -> None:
    """In the register, the versions and the factors; every page tells what holds in the service."""
    folder = copy_of_pages(tmp_path)

    def accepted(session: Session) -> None:
        make_version(session, LEARNT, kin=-0.77)
        session.add(
            WeightsDecision(
                kind=DecisionKind.ACCEPTED, version=LEARNT, reason="toets", actor="toets",
                role="coordinator",
            )
        )  # fmt: skip

    with copied(settings, reference, accepted) as opened:
        url = opened.url.render_as_string(hide_password=False)
        told = CliRunner().invoke(
            build_app("register"),
            ["register", "--map", str(folder), "--dienst", "--database-url", url],
        )
    assert told.exit_code == 0, told.output
    entry = json.loads((folder / REGISTER).read_text("utf-8"))
    assert LEARNT in entry["technical_operation"]
    assert DEFAULT not in entry["technical_operation"]
    assert "| kind en gezin samen | -0,77 |" in (folder / "modelkaart.md").read_text("utf-8")
    for name in PAGES:
        page = (folder / name).read_text("utf-8")
        assert f"| Gewichten die gelden | {LEARNT} |" in page, name
        assert f"| Weegfactoren die gelden | {LEARNT} (besluit van de regio) |" in page, name
        assert NOT_FILLED not in page, name


def test_nothing_is_promised_that_an_order_can_overrule() -> None:
    """An objection or a lacking yes does not always stop a placement; the entry says when."""
    told = json.loads(register_entry())
    assert "Zonder hun akkoord gebeurt er niets" not in told["purpose_and_impact"]
    assert "machtiging" in told["human_intervention"]
    assert "achteraf" in told["human_intervention"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_both_sizes_of_a_small_group(page: str) -> None:
    """That of the boards about the score, and that of the figures of the region."""
    committed = (DOCS / page).read_text("utf-8")
    assert f"gelijke behandeling | {SMALLEST} |" in committed
    assert f"cijfers van de regio, ladder en jaarverslag | {FEW} |" in committed
    assert "Kleinste groep die wordt getoond" not in committed


def test_the_entry_names_both_sizes_of_a_small_group() -> None:
    """For who reads only the register."""
    told = json.loads(register_entry())["risk_management"]
    assert f"groepen onder de {SMALLEST} worden daar niet getoond" in told
    assert f"aantallen onder de {FEW} niet" in told


def test_a_wrong_folder_is_said(tmp_path: Path) -> None:
    """In a sentence, before anything is written."""
    told = CliRunner().invoke(build_app("register"), ["register", "--map", str(tmp_path)])
    assert told.exit_code != 0
    assert list(tmp_path.iterdir()) == []
