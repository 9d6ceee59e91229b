"""Why not this one: for any family by its number, in words, with what it would take."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.api import Refused
from app.screens.proposals.cards import Card, card_of, codes_on_map
from app.screens.proposals.factors import tells_place
from app.screens.proposals.reading import (
    About,
    key_of,
    read_about,
    read_areas,
    read_families,
    why_not_at,
)
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
Provider = Annotated[str, Query(alias="aanbieder", max_length=60)]
Number = Annotated[str | None, Query(alias="gezin", max_length=60)]
HEADINGS = {
    "voorgesteld": N_("Dit gezin is voorgesteld"),
    "al in gang": N_("Voor dit kind is men al bezig"),
    "geweigerd": N_("Dit gezin kan nu niet"),
    "boven de grens": N_("De kans op afbreuk is hoger dan het beleid toestaat"),
    "past in geen plan": N_("Dit past in geen enkel plan"),
    "mogelijk": N_("Dit gezin kan, maar een ander is voorgesteld"),
}
# What stands in the way: somebody's wish, something not known yet, or else a rule.
WISHES = frozenset({"geslacht", "bereidheid", "leeftijd", "eerder_nee", "bij_broer_of_zus"})
MISSING = frozenset({"navragen", "broers_zussen_navragen"})
_NOBODY = N_("Er is geen gezin met dit nummer in de laatste matchrun. Kijk het nummer na.")
_ENOUGH, _MOST = 3, 50  # characters of a number; families to choose from
_NO_NUMBER = N_("Vul het nummer van een gezin in.")


@router.get("/kinderen/{child_id}/waarom-niet")
async def why_not_page(
    visit: SignedIn, child_id: UUID, provider: Provider = "", number: Number = None
) -> Response:
    """Ask for a number, and answer in words why that family is not proposed."""
    about = await read_about(visit, str(child_id))
    answer, wrong, begins, status = None, "", [], 400
    if number is not None:
        try:
            answer = await _ask(visit, about, provider, number.strip()) if number.strip() else None
            begins = [] if answer else await _beginning(visit, provider, number.strip())
            wrong = "" if answer or begins else _NOBODY if number.strip() else _NO_NUMBER
        except Refused as refused:
            if refused.status != 409:
                raise
            wrong, status = refused.detail, refused.status
    return visit.page(
        "proposals/waarom_niet.html",
        status=status if wrong else 200,
        over=about,
        aanbieder=provider,
        gezin=number or "",
        fout=wrong,
        begint=begins,
        antwoord=answer,
        kop=HEADINGS[answer["oordeel"]] if answer else "",
        hindernissen=_obstacles(about, answer) if answer else [],
        kaartje=await _card(visit, about, answer) if answer else None,
        prijs=about.priced(answer["prijs"]) if answer and answer["prijs"] else None,
    )


async def _ask(visit: Visit, about: About, provider: str, number: str) -> Any:
    """Return the answer of the first provider that has such a family; None where nobody has."""
    for code in [provider] if provider else about.names:
        try:
            return await visit.api.get(why_not_at(about.id, (code, number)))
        except Refused as refused:
            if refused.status not in (400, 404):
                raise
    return None


async def _beginning(visit: Visit, provider: str, number: str) -> list[Mapping[str, Any]]:
    """Return the families whose number begins so: one on the phone has half a number at times."""
    if len(number) < _ENOUGH or not visit.may("lijstPleeggezinnen"):
        return []
    wanted = {"nummer": number[:40], "aanbieder": provider, "aantal": _MOST}
    found = (await visit.api.get("/pleeggezinnen", **wanted))["pleeggezinnen"]
    return [one for one in found if one["nummer"].casefold().startswith(number.casefold())]


async def _card(visit: Visit, about: About, answer: Mapping[str, Any]) -> Card:
    option = answer["gezin"]
    shown = {**option, "redenen": [*answer["geweigerdDoor"], *option["redenen"]]}
    families = await read_families(visit, [key_of(option)])
    areas = await read_areas(visit, codes_on_map(about, families))
    return card_of(about, "gevraagd", shown, (families, areas))


def _obstacles(
    about: About, answer: Mapping[str, Any]
) -> list[tuple[str, Mapping[str, Any], bool]]:
    """Return what stands in the way: which kind of thing it is, and whether it must stay hidden."""
    return [
        (kind_of(reason["code"]), reason, about.is_secret and tells_place(reason["code"]))
        for reason in answer["geweigerdDoor"]
    ]


def kind_of(code: str) -> str:
    """Return whether a refusal is a wish, something missing, or a rule."""
    if code in WISHES:
        return N_("een wens")
    return N_("een gegeven ontbreekt") if code in MISSING else N_("een regel")
