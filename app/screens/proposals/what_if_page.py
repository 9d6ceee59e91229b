"""What if: the best plan when something is pinned, forbidden, held back or added, never kept."""

from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.screens.api import Refused
from app.screens.form import Form
from app.screens.proposals.price import Told, tell_price
from app.screens.proposals.tongue import Tongue
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
Given = Annotated[str, Query(max_length=60)]
OF_CHILD = ("vastzetten", "uitsluiten")
KINDS = (
    ("vastzetten", N_("Vastzetten: dit kind gaat naar dit gezin")),
    ("uitsluiten", N_("Uitsluiten: dit kind gaat niet naar dit gezin")),
    ("plaats achterhouden", N_("Achterhouden: een plaats van dit gezin telt niet mee")),
    ("plaats erbij", N_("Plaats erbij: dit gezin heeft een plaats meer")),
)
RHYTHMS = tuple(
    (word, word)
    for word in (N_("voltijd"), N_("doordeweeks"), N_("oneven weekenden"), N_("even weekenden"),
                 N_("vakanties"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it is typed; soort and the other names are those of the API."""

    soort: str = "vastzetten"
    kind: str = ""
    aanbieder: str = ""
    gezin: str = ""
    aantal: str = "1"
    ritme: str = "voltijd"

    @staticmethod
    def parsed(text: str) -> "Change":
        """Return a change from how a page carries it along."""
        return Change(*(text.split("|") + [""] * 6)[:6])

    @property
    def carried(self) -> str:
        """Return the change as one hidden field."""
        return "|".join(value.replace("|", "") for value in asdict(self).values())

    @property
    def is_typed(self) -> bool:
        """Return whether anything was filled in besides what a form begins with."""
        return bool(self.kind or self.gezin)

    def body(self) -> dict[str, Any]:
        """Return what the API takes."""
        told: dict[str, Any] = {"soort": self.soort, "aanbieder": self.aanbieder}
        told["gezin"] = self.gezin
        if self.soort in OF_CHILD:
            return {**told, "kind": self.kind}
        return {**told, "aantal": _whole(self.aantal), "ritme": self.ritme}


def _prefilled(
    soort: Given = "vastzetten", kind: Given = "", aanbieder: Given = "", gezin: Given = ""
) -> Change:
    return Change(soort, kind, aanbieder, gezin)


Prefilled = Annotated[Change, Depends(_prefilled)]


@router.get("/runs/{run_id}/wat-als")
async def what_if_page(visit: SignedIn, run_id: UUID, given: Prefilled) -> Response:
    """Show the form, filled in with what the address says."""
    return await _page(visit, run_id, [], given)


@router.post("/runs/{run_id}/wat-als")
async def what_if(visit: SignedIn, run_id: UUID) -> Response:
    """Add a change, take one away, or work out the difference."""
    form = await visit.form()
    changes, typed = [Change.parsed(one) for one in form.all("wijziging")], _typed(form)
    gone = form.get("weg")
    if gone is not None and _is_whole(gone):
        return await _page(visit, run_id, changes[: int(gone)] + changes[int(gone) + 1 :], typed)
    asked = [*changes, typed] if typed.is_typed else changes
    if form.get("doe") == "erbij" and typed.is_typed:
        return await _page(visit, run_id, asked, replace(Change(), soort=typed.soort))
    body = {"wijzigingen": [one.body() for one in asked]}
    try:
        answer = await visit.api.ask("POST", f"/matchruns/{run_id}/wat-als", body=body)
    except Refused as refused:
        if refused.status not in (400, 404, 409):
            raise
        wrong = _in_words(refused) if asked else N_("Vul ten minste één wijziging in.")
        return await _page(visit, run_id, changes, typed, wrong=wrong)
    told = tell_price(answer.data["verschil"], Tongue(visit.language))
    return await _page(visit, run_id, asked, Change(), told=told)


async def _page(
    visit: Visit,
    run_id: UUID,
    changes: list[Change],
    typed: Change,
    *,
    wrong: str = "",
    told: Told | None = None,
) -> Response:
    if not visit.may("vraagWatAls"):
        raise Refused(403, {})
    run = await visit.api.get(f"/matchruns/{run_id}")
    return visit.page(
        "proposals/wat_als.html",
        status=400 if wrong else 200,
        run=run,
        wijzigingen=changes,
        getypt=typed,
        soorten=KINDS,
        ritmes=RHYTHMS,
        aanbieders=visit.names,
        fouten={"zin": wrong, "velden": {}} if wrong else None,
        verschil=told,
    )


def _typed(form: Form) -> Change:
    begin = Change()
    return Change(*(form.get(name) or getattr(begin, name) for name in asdict(begin)))


def _whole(text: str) -> int | str:
    return int(text) if _is_whole(text) else text


def _is_whole(text: str) -> bool:
    # isdigit also holds of ², which int does not read, nor does it read some thousands of digits.
    return text.isdecimal() and len(text) < 10


def _in_words(refused: Refused) -> str:
    """Return a sentence without the technical place in the request."""
    return refused.detail.replace("wijzigingen.", "wijziging ")
