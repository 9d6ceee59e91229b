"""Writes exports of one family, so that a test can change just the cell it is about."""

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

REGIO = Path(__file__).parents[2] / "data" / "regio-1"

EXPORTS = {
    "spirit": "pleeggezinnen-spirit.csv",
    "youke": "pleeggezinnen-youke.json",
    "wsp": "pleeggezinnen-wsp.xlsx",
    "leger-des-heils": "pleeggezinnen-leger-des-heils.csv",
    "vitree": "pleeggezinnen-vitree.xml",
}
Cells = Mapping[str, object]
WriteRows = Callable[..., Path]

WSP_FAMILY: dict[str, object] = {
    "Nr": "WSP-1", "Familie": "Groen", "Soort": "B", "Status": "Actief", "PC": "1131VX",
    "Plaats": "Volendam", "Geb.jaar ouder 1": 1993, "Geb.jaar ouder 2": 1990, "Crisis": "",
    "Hulpverlening": "x", "Opvoeding": "", "Deeltijd": "x", "Totaal": 2, "Vrij": 1,
    "Per": "16-12-2026", "T/m": "", "Min lft": 6, "Max lft": 16, "Geslacht": "M",
    "Broertjes/zusjes max": 1, "Jaren ervaring": 8, "Trainingen": "omgaan met ouders, lvb",
    "Ouders": 5, "Hond": "x", "Kat": "", "Ander dier": "X", "Roken": "nee", "Rolstoel": "ja",
    "Taal 1": "Nederlands", "Overige talen": "Turks, Berbers", "Religie": "islam",
    "VGB t/m": "2027-01-10", "STAP": "ja", "Respijt": "nee", "Netwerk voor": "",
    "Mutatie": "27-10-2026 10:21",
}  # fmt: skip
HOUSEMATES = ({"Nr": "WSP-1", "Geboortejaar": 2024, "Relatie": "eigen"},)
ANSWERS = ({"Nr": "WSP-1", "Problematiek": "lvb", "Bereid": "nee"},)


@pytest.fixture
def spirit(tmp_path: Path) -> WriteRows:
    """Return a writer of a Spirit export: the first family of the region for each set of cells."""
    return _csv_writer(tmp_path / "spirit.csv", EXPORTS["spirit"], ";", "utf-8-sig")


@pytest.fixture
def leger_des_heils(tmp_path: Path) -> WriteRows:
    """Return a writer of a Leger des Heils export, in the same way."""
    return _csv_writer(tmp_path / "leger.csv", EXPORTS["leger-des-heils"], ",", "cp1252")


@pytest.fixture
def youke(tmp_path: Path) -> WriteRows:
    """Return a writer of a Youké export; a dotted name changes a nested field, ... removes it."""
    example = json.loads((REGIO / EXPORTS["youke"]).read_text())[0]

    def write(*changes: Cells) -> Path:
        path = tmp_path / "youke.json"
        families = [json.loads(json.dumps(example)) for _ in changes]
        for family, cells in zip(families, changes, strict=True):
            for name, value in cells.items():
                _put(family, name.split("."), value)
        path.write_text(json.dumps(families))
        return path

    return write


@pytest.fixture
def vitree(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of a Vitree export of one family, with pieces of its text replaced."""
    text = (REGIO / EXPORTS["vitree"]).read_text(encoding="utf-8")
    end = "</Pleeggezin>"
    one = text[: text.index(end) + len(end)] + "\n</Pleeggezinnen>"

    def write(replaced: Mapping[str, str]) -> Path:
        changed = one
        for old, new in replaced.items():
            assert old in changed
            changed = changed.replace(old, new)
        path = tmp_path / "vitree.xml"
        path.write_text(changed, encoding="utf-8")
        return path

    return write


@pytest.fixture
def wsp(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of a WSP workbook; a sheet given as None is left out."""

    def write(*changes: Cells, housemates: Any = HOUSEMATES, answers: Any = ANSWERS) -> Path:
        path = tmp_path / "wsp.xlsx"
        families = [{**WSP_FAMILY, **cells} for cells in changes]
        with xlsxwriter.Workbook(path) as workbook:
            for name, rows in (
                ("Gezinnen", families), ("Huisgenoten", housemates), ("Bereidheid", answers)
            ):  # fmt: skip
                if rows is not None:
                    _write_sheet(workbook.add_worksheet(name), rows)
        return path

    return write


@pytest.fixture
def blank_wsp_row() -> dict[str, object]:
    """Return the cells of a row of the first sheet in which nothing stands."""
    return dict.fromkeys(WSP_FAMILY, "")


def _write_sheet(sheet: Any, rows: Any) -> None:
    names = list(rows[0])
    sheet.write_row(0, 0, names)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, [row.get(name, "") for name in names])


def _csv_writer(path: Path, example: str, delimiter: str, encoding: str) -> WriteRows:
    with (REGIO / example).open(encoding=encoding, newline="") as file:
        first = next(csv.DictReader(file, delimiter=delimiter))

    def write(*changes: Cells, without: str = "") -> Path:
        names = [name for name in first if name != without]
        with path.open("w", encoding=encoding, newline="") as out:
            writer = csv.DictWriter(out, names, delimiter=delimiter, extrasaction="ignore")
            writer.writeheader()
            writer.writerows({**first, **cells} for cells in changes)
        return path

    return write


def _put(target: Any, steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        target = target[step]
    if value is ...:
        del target[steps[-1]]
    else:
        target[steps[-1]] = value
