"""The self-evaluation on prevention: per municipality and year, filled in theme by theme."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from app.kernel.clock import today_in_amsterdam
from app.screens.api import Answer, Refused, all_of
from app.screens.errors import fields_of
from app.screens.form import Form
from app.screens.region.drawings import progress_drawn
from app.screens.region.own_survey import comes_for_itself, show_own
from app.screens.visit import SignedIn
from app.screens.words import N_

router = APIRouter()
PLACE = "/regio/zelfevaluaties"
FIRST_YEAR = 2020
_CONFLICT = 412
_SHOWN_AGAIN = (400, _CONFLICT)
Given = dict[int, dict[str, Any]]


@router.get(PLACE)
async def list_surveys(visit: SignedIn) -> Response:
    """Show how municipalities get on, and begin or go on with one."""
    asked = visit.request.query_params
    code, year = asked.get("gemeente", ""), asked.get("jaar", "")
    if len(code) == 4 and code.isdecimal() and len(year) == 4 and year.isdecimal():
        return RedirectResponse(f"{PLACE}/{code}/{year}", 303)
    progress = await visit.api.get("/zelfevaluaties")
    if comes_for_itself(visit):
        return await show_own(visit, progress)
    latest = today_in_amsterdam().year
    return visit.page(
        "region/zelfevaluaties.html",
        zelf=progress,
        lijnen=progress_drawn(progress["regio"]),
        jaren=[(str(y), str(y)) for y in range(latest, FIRST_YEAR - 1, -1)],
        bestanden=sorted({y["jaar"] for g in progress["gemeenten"] for y in g["jaren"]})[::-1],
    )


@router.get(PLACE + "/{code}/{year:int}")
async def show_survey(visit: SignedIn, code: str, year: int, stap: str | None = None) -> Response:
    """Show one theme to fill in, or all that was answered."""
    asked, form = await _read(visit, code, year)
    return _page(visit, (asked, form), _given(form.data), step=stap)


@router.post(PLACE + "/{code}/{year:int}")
async def keep_theme(visit: SignedIn, code: str, year: int, stap: str) -> Response:
    """Keep the answers of one theme, and go on to the next."""
    typed = await visit.form()
    asked, form = await _read(visit, code, year)
    theme = _theme(asked, stap)
    mine = _given(form.data) | _typed(theme, typed)
    body = {"antwoorden": [one for one in mine.values() if _says(one)], "stand": "concept"}
    try:
        await visit.api.ask("PUT", f"/zelfevaluaties/{code}/{year}", body=body, etag=typed.version)
    except Refused as error:
        if error.status not in _SHOWN_AGAIN:
            raise
        return _page(visit, (asked, form), mine, step=stap, error=error)
    onward = "" if typed.get("_stop") else f"?stap={_after(asked, stap)}"
    return visit.go(
        f"{PLACE}/{code}/{year}{onward}",
        note=visit.say(N_("De antwoorden zijn bewaard; u kunt later verder.")),
    )


@router.post(PLACE + "/{code}/{year:int}/indienen")
async def hand_in(visit: SignedIn, code: str, year: int) -> Response:
    """Hand the form in as it stands, or open it again."""
    typed = await visit.form()
    asked, form = await _read(visit, code, year)
    state = "concept" if typed.get("heropenen") else "ingediend"
    body = {"antwoorden": list(_given(form.data).values()), "stand": state}
    try:
        await visit.api.ask("PUT", f"/zelfevaluaties/{code}/{year}", body=body, etag=typed.version)
    except Refused as error:
        if error.status not in _SHOWN_AGAIN:
            raise
        return _page(visit, (asked, form), _given(form.data), step=None, error=error)
    said = N_("De zelfevaluatie is weer open.") if state == "concept" else N_("Ingediend.")
    return visit.go(f"{PLACE}/{code}/{year}", note=visit.say(said))


async def _read(visit: SignedIn, code: str, year: int) -> tuple[Any, Answer]:
    asked, form = await all_of(
        visit.api.get("/zelfevaluaties/vragen"),
        visit.api.ask("GET", f"/zelfevaluaties/{code}/{year}"),
    )
    return asked, form


def _page(
    visit: SignedIn,
    read: tuple[Any, Answer],
    given: Given,
    *,
    step: str | None,
    error: Refused | None = None,
) -> Response:
    asked, form = read
    themes = asked["themas"]
    may_write = visit.may("bewaarZelfevaluatie") and form.data["stand"] != "ingediend"
    theme = next((one for one in themes if one["sleutel"] == step), None) if may_write else None
    is_stale = error is not None and error.status == _CONFLICT
    return visit.page(
        "region/zelfevaluatie_stap.html" if theme else "region/zelfevaluatie.html",
        status=error.status if error else 200,
        zelf=form.data,
        etag=form.etag,
        vragen=asked,
        stap=theme,
        gegeven=given,
        mag_schrijven=may_write,
        open=[q["nummer"] for t in themes for q in t["vragen"] if not _is_answered(q, given)],
        verschil=_difference(theme, given, form.data) if is_stale and theme else None,
        fouten=fields_of(error) if error and not (is_stale and theme) else None,
    )  # fmt: skip


def _theme(asked: Any, key: str) -> Any:
    found = next((one for one in asked["themas"] if one["sleutel"] == key), None)
    if found is None:
        raise Refused(404, {"detail": "Dit thema is er niet."})
    return found


def _after(asked: Any, key: str) -> str:
    """Return the theme after one; the overview after the last."""
    keys: list[str] = [theme["sleutel"] for theme in asked["themas"]]
    return [*keys, "controle"][keys.index(key) + 1]


def _given(form: Any) -> Given:
    """Return the answers that are kept, by number of the question, as they are sent again."""
    return {
        one["vraag"]: {key: one[key] for key in ("vraag", "antwoorden", "toelichting")}
        for one in form["antwoorden"]
    }


def _typed(theme: Any, form: Form) -> Given:
    return {
        q["nummer"]: {
            "vraag": q["nummer"],
            "antwoorden": form.all(f"vraag-{q['nummer']}"),
            "toelichting": form.get(f"toelichting-{q['nummer']}"),
        }
        for q in theme["vragen"]
    }


def _says(answer: dict[str, Any]) -> bool:
    return bool(answer["antwoorden"] or answer["toelichting"])


def _is_answered(question: Any, given: Given) -> bool:
    answer = given.get(question["nummer"])
    return question["meerAntwoorden"] or bool(answer and answer["antwoorden"])


def _difference(theme: Any, mine: Given, form: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was typed and what stands there now, of the questions of a theme."""
    now = _given(form)

    def told(given: Given) -> dict[str, str]:
        return {
            f"vraag-{n}": ", ".join(given[n]["antwoorden"]) + (
                f" ({given[n]['toelichting']})" if given[n]["toelichting"] else "")
            for n in (q["nummer"] for q in theme["vragen"]) if n in given and _says(given[n])
        }  # fmt: skip

    theirs = told(now)
    return dict.fromkeys(theirs, "") | told(mine), theirs
