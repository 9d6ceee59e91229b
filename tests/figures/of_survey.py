"""Progress of the self-evaluation, and one form."""

from collections.abc import Iterator
from statistics import mean
from typing import Any

from tests.figures.asking import Ask, Query
from tests.figures.constants import from_file

_FILE = "app/insight/vragenlijst.toml"
CODE, YEAR = "0363", 2024
# The last answers to each question, also where they were taken back.
_LAST = """
    SELECT DISTINCT ON (municipality_code, year, question) municipality_code AS gemeente, r.year,
           question, answers, r.version, state
    FROM survey_response r JOIN survey_form f USING (municipality_code, year)
    ORDER BY municipality_code, year, question, r.version DESC"""


def _points() -> dict[int, tuple[str, dict[str, float]]]:
    """Return of each question its theme, and what each answer counts for, as the file says it."""
    told = from_file(_FILE)
    return {
        one["nummer"]: (theme["sleutel"], told["antwoorden"][one["antwoorden"]])
        for theme in told["themas"]
        for one in theme["vragen"]
    }


def _themes(ask: Ask) -> Iterator[dict[str, Any]]:
    """Each theme of each form: of several answers to one question the best counts."""
    points = _points()
    forms = ask("SELECT municipality_code AS gemeente, year, state FROM survey_form")
    answers = ask(_LAST)
    for form in forms:
        mine = [a for a in answers if (a.gemeente, a.year) == (form.gemeente, form.year)]
        for key in dict.fromkeys(key for key, _ in points.values()):
            scores = [
                max(points[a.question][1][word] for word in a.answers)
                for a in mine
                if a.answers and points[a.question][0] == key
            ]
            yield {
                "gemeente": form.gemeente, "jaar": form.year, "sleutel": key,
                "aandeel": mean(scores) if scores else None, "beantwoord": len(scores),
                "vragen": sum(theme == key for theme, _ in points.values()), "state": form.state,
            }  # fmt: skip


def _of_forms(ask: Ask) -> Iterator[dict[str, Any]]:
    yield from ({k: v for k, v in row.items() if k != "state"} for row in _themes(ask))


def _of_one(ask: Ask) -> Iterator[dict[str, Any]]:
    for row in _of_forms(ask):
        if (row["gemeente"], row["jaar"]) == (CODE, YEAR):
            yield {k: v for k, v in row.items() if k not in ("gemeente", "jaar")}


def _of_region(ask: Ask) -> Iterator[dict[str, Any]]:
    """Of the forms that were handed in; of a share the mean over municipalities that have one."""
    done: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in _themes(ask):
        if row["state"] == "ingediend":
            done.setdefault((row["jaar"], row["sleutel"]), []).append(row)
    for (year, key), rows in done.items():
        shares = [round(row["aandeel"], 3) for row in rows if row["aandeel"] is not None]
        yield {
            "jaar": year, "sleutel": key, "aandeel": mean(shares) if shares else None,
            "beantwoord": sum(row["beantwoord"] for row in rows),
            "vragen": sum(row["vragen"] for row in rows),
        }  # fmt: skip


SURVEY = (
    Query("gemeenten[].jaren[].themas[]", _of_forms, "never", by=6e-4),
    Query(
        "regio[]",
        """SELECT year AS jaar, count(*) AS gemeenten FROM survey_form WHERE state = 'ingediend'
           GROUP BY 1""",
        "never",
    ),
    Query("regio[].themas[]", _of_region, "never", by=6e-4),
)
FORM = (
    Query("themas[]", _of_one, "never", by=6e-4),
    Query(
        "antwoorden[]",
        f"""SELECT question AS vraag, version AS versie FROM ({_LAST}) x
            WHERE gemeente = '{CODE}' AND year = {YEAR} AND answers <> '{{}}'""",
        "never",
    ),
)
