"""The versions of the weights: what was learnt, beside what holds, and what people decide."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from app.screens.api import Refused
from app.screens.errors import fields_of
from app.screens.form import Form
from app.screens.uitkomsten.charts import plot_of
from app.screens.uitkomsten.shown import interval, words
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_LIST = "/uitkomsten/weegfactoren"
Version = Annotated[str, Path(pattern="^[a-z0-9-]{1,80}$")]
_DONE = {
    "_aanvaarden": N_("De versie is aanvaard. Zij geldt vanaf de volgende run."),
    "_afwijzen": N_("De versie is afgewezen. Er verandert niets."),
}
_BACK = N_("De vorige weegfactoren zijn terug. Zij gelden vanaf de volgende run.")


@router.get(_LIST)
async def show_list(visit: SignedIn) -> Response:
    """Show what holds, what was learnt and what was decided."""
    return await _list(visit)


@router.post(_LIST)
async def roll_back(visit: SignedIn) -> Response:
    """Put back what held before, with a reason."""
    form = await visit.form()
    try:
        await visit.api.ask(
            "POST", "/weegfactoren/_terugdraaien", body={"reden": form.get("reden")}
        )
    except Refused as error:
        return await _list(visit, form=form, error=error)
    return visit.go(_LIST, note=visit.say(_BACK))


@router.post(_LIST + "/leren")
async def learn(visit: SignedIn) -> Response:
    """Ask a worker to learn now."""
    form = await visit.form()
    answer = await visit.api.ask("POST", "/weegfactoren/_leer", once=form.once)
    return visit.go(_LIST, note=answer.data["melding"])


async def _list(
    visit: Visit, *, form: Form | None = None, error: Refused | None = None
) -> Response:
    return visit.page(
        "uitkomsten/weegfactoren.html",
        status=error.status if error else 200,
        lijst=await visit.api.get("/weegfactoren"),
        fouten=fields_of(error) if error else None,
        reden=form.get("reden") if form else "",
        woorden=words(),
    )


@router.get(_LIST + "/{versie}")
async def show_version(visit: SignedIn, versie: Version) -> Response:
    """Show a version beside the one that holds."""
    return await _version(visit, versie)


@router.post(_LIST + "/{versie}")
async def decide(visit: SignedIn, versie: Version) -> Response:
    """Accept a version or put it aside, with a reason."""
    form = await visit.form()
    act = "_afwijzen" if form.get("besluit") == "afwijzen" else "_aanvaarden"
    try:
        await visit.api.ask(
            "POST", f"/weegfactoren/{versie}/{act}", body={"reden": form.get("reden")}
        )
    except Refused as error:
        return await _version(visit, versie, form=form, error=error)
    return visit.go(f"{_LIST}/{versie}", note=visit.say(_DONE[act]))


async def _version(
    visit: Visit, version: str, *, form: Form | None = None, error: Refused | None = None
) -> Response:
    found = await visit.api.get(f"/weegfactoren/{version}")
    beside = found["naastElkaar"]
    return visit.page(
        "uitkomsten/versie.html",
        status=error.status if error else 200,
        gewichten=found,
        plots={name: plot_of(_told(beside[name]["vijfden"])) for name in ("geldend", "nieuw")}
        if beside
        else {},
        toon=lambda found, kind="number": interval(found, kind, visit.language),
        fouten=fields_of(error) if error else None,
        getypt=form,
        woorden=words(),
    )


def _told(fifths: list[dict[str, float]]) -> list[dict[str, object]]:
    """Return fifths in the form of groups of the calibration board."""
    return [
        {
            "voorspeld": fifth["voorspeld"],
            "gezien": {"waarde": fifth["gezien"], "laag": fifth["laag"], "hoog": fifth["hoog"]},
        }
        for fifth in fifths
    ]
