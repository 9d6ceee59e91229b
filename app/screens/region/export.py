"""The yearly report as rows: part, figure, group, value. What is not told says so in a word.

What anybody typed is never a formula in the spreadsheet of somebody else.
"""

import io
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import xlsxwriter

from app.screens.sheets import Cell, Sheet
from app.screens.words import N_, translations

Report = Mapping[str, Any]
Row = tuple[str, str, str, Cell]
_HEADINGS = (N_("Onderdeel"), N_("Cijfer"), N_("Groep"), N_("Waarde"), N_("Opmerking"))
_HIDDEN, _UNKNOWN = N_("niet genoemd"), N_("niet bekend")
_PARTS = {
    "verslag": N_("Verslag"),
    "wachttijden": N_("Wachten"),
    "plaatsingen": N_("Plaatsingen"),
    "plekken": N_("Plekken en tekorten"),
    "maanden": N_("Plekken per maand"),
    "werving": N_("Wervingsopdracht"),
    "preventie": N_("Preventie"),
    "volglijst": N_("Volglijst"),
    "cijfers": N_("De regio in cijfers"),
    "vergelijking": N_("Naast het land"),
    "zelfevaluatie": N_("Zelfevaluatie"),
    "definities": N_("Definities"),
}
# What names a row in a list, the first of these that it has.
_NAMES = (
    "maand", "trede", "halfjaar", "groep", "leefgebied", "cijfer", "begrip", "naam", "thema",
    "jaar",
)  # fmt: skip
# What names it together where none of these does: a count of two things at once.
_PAIRS = (("vorm", "leeftijd"), ("door", "reden"), ("reden",))
_TEXTS = ("landelijk", "bron", "toelichting", "uitleg", "eenheid", "vergelijkbaar")
# Averages of which too few are known, not counts that are hidden.
_MAY_BE_UNKNOWN = frozenset(
    {"mediaanDagen", "mediaanGewachtDagen", "negenVanTienDagen", "mediaanKm", "aandeel", "laag",
     "hoog", "regio", "peildatum", "beleid", "standBekendSinds", "punten", "ingediendDoor",
     "breedte", "lengte", *_TEXTS}
)  # fmt: skip
# What a report of a past year says where nothing was kept of it.
NO_PLACES = N_("Van dit jaar is niet bewaard welke plekken en gezinnen er waren.")
NO_BRIEF = N_("Van dit jaar is geen wervingsopdracht bewaard.")
NOT_YOURS = N_("Uw rol ziet de wervingsopdracht niet.")
NOT_WATCHED = N_("Van dit jaar is niet bewaard hoeveel plaatsingen er op de volglijst stonden.")
NO_RUN = N_("Van dit jaar is er geen matchrun bewaard: wat er toen ontbrak is niet bekend.")
_LEFT_OUT = frozenset({"breedte", "lengte", "sleutel"})
_OF_PROFILE = frozenset({"zin", "kinderen"})
_ABOUT = ("jaar", "van", "totEnMet", "gemaaktOp", "standVan", "voorlopig", "kleinsteAantal")


def rows_of(
    report: Report,
    language: str,
    recruitment: Report | None = None,
    watched: Report | None = None,
) -> Sheet:
    """Return every figure of a report on a line of its own.

    recruitment: the last run and which families are missing by it, watched: the watch list in
    numbers, as the page of the report shows them. Of a past year: those that were kept of it.
    """
    _ = translations(language).gettext
    brief: Any = _told(recruitment)
    if is_past(report):
        end = report["eindstand"] or {"wervingsopdracht": None, "volglijst": None}
        why = NO_BRIEF if "wervingsopdracht" in end else NOT_YOURS
        brief = _kept_brief(end) or {"toelichting": _(why)}
        watched = end["volglijst"] and {"peildatum": end["peildatum"], **end["volglijst"]}
        watched = watched or {"toelichting": _(NOT_WATCHED)}
        report = _of_its_end(report, _)
    own = {
        "verslag": {key: report[key] for key in _ABOUT},
        "maanden": {"maanden": report["plekkenPerMaand"]},
        "werving": brief,
        "volglijst": watched or {},
    }
    parts = {key: own[key] if key in own else _once(key, report[key]) for key in _PARTS}
    rows = [
        [_(_PARTS[key]), figure, _(group), value, _(note)]
        for key, board in parts.items()
        for figure, group, value, note in _walk(board, "", "")
    ]
    return Sheet([_(heading) for heading in _HEADINGS], rows)


def is_past(report: Report) -> bool:
    """Return whether a report is of a year that was over when it was made."""
    return str(report["totEnMet"]) < str(report["gemaaktOp"])


def _of_its_end(report: Report, say: Any) -> Report:
    """Return the report of a past year with a sentence in the place of what was not kept of it."""
    places = dict(report["plekken"])
    if places["tekorten"]["peildatum"] is None:
        places["tekorten"] = {"toelichting": say(NO_RUN)}
    if places["peildatum"] is not None:
        return {**report, "plekken": places}
    figures, prevention = dict(report["cijfers"]), dict(report["preventie"])
    figures["wachtenden"] = _without(figures["wachtenden"], "concepten")
    prevention["respijt"] = _without(prevention["respijt"], "gezinnenDieHetBieden")
    for name in ("peildatum", "totaal", "naarVorm", "naarLeeftijd", "naarGemeente"):
        del places[name]
    return {
        **report,
        "cijfers": figures,
        "plekken": {"toelichting": say(NO_PLACES), **places},
        "preventie": prevention,
    }


def _without(told: Report, name: str) -> Report:
    return {key: value for key, value in told.items() if key != name}


def _once(part: str, told: Any) -> Any:
    """Return a part without what stands elsewhere: what is missing, and when it was counted."""
    if not isinstance(told, Mapping):
        return told
    elsewhere = {"standVan", "tekorten"} if part == "cijfers" else {"standVan"}
    return {key: value for key, value in told.items() if key not in elsewhere}


def _told(recruitment: Report | None) -> Report:
    """Return the brief without the children whom it is for: a report goes to others than they."""
    if recruitment is None:
        return {}
    return _brief(recruitment["opdracht"], recruitment["run"]["peildatum"])


def _kept_brief(end: Report) -> Report:
    kept = end.get("wervingsopdracht")
    return _brief(kept, kept["peildatum"]) if kept else {}


def _brief(brief: Report, on_day: str) -> Report:
    profiles = [
        {"naam": f"{nth}. {profile['zin']}"}
        | {key: _in_one(value) for key, value in profile.items() if key not in _OF_PROFILE}
        for nth, profile in enumerate(brief["profielen"], start=1)
    ]
    counts = {key: brief[key] for key in ("getoetst", "teWeinig", "kleineProfielen")}
    return {"peildatum": on_day, **counts, "profielen": profiles}


def _in_one(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _walk(given: Any, figure: str, group: str) -> Iterator[tuple[str, str, Cell, str]]:
    """Yield figure, group, value and remark of everything within a board."""
    if isinstance(given, Mapping):
        named = _named_by(given)
        below = " · ".join(part for part in (group, *(str(given[key]) for key in named)) if part)
        for key, value in given.items():
            if key not in _LEFT_OUT and key not in named:
                yield from _walk(value, f"{figure}.{key}".lstrip("."), below)
    elif isinstance(given, list):
        for one in given:
            yield from _walk(one, figure, group)
    elif isinstance(given, bool):
        yield figure, group, "ja" if given else "nee", ""
    elif given is None:
        last = figure.rpartition(".")[2]
        yield figure, group, None, _UNKNOWN if last in _MAY_BE_UNKNOWN else _HIDDEN
    else:
        yield figure, group, given, ""


def _named_by(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which keys of a row of a board say what it is about; none where nothing does."""
    one = next(((key,) for key in _NAMES if key in given), ())
    return one or next((keys for keys in _PAIRS if given.keys() >= {*keys}), ())


def as_workbook(sheet: Sheet) -> bytes:
    """Return an Excel file with a sheet for each part of the report."""
    out = io.BytesIO()
    # Texts are written as texts: nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#eaf0f2"})
        for name, rows in groupby(sheet.rows, key=lambda row: str(row[0])):
            page = book.add_worksheet(name[:31])
            page.write_row(0, 0, sheet.headings[1:], bold)
            for at, row in enumerate(rows, start=1):
                _write(page, at, row[1:])
            page.freeze_panes(1, 0)
            page.autofit(600)
    return out.getvalue()


def _write(page: Any, at: int, row: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(at, column, cell)
        elif cell is not None:
            page.write_number(at, column, cell)
