"""Families beside each other for one child, point by point; up to four."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.api import Refused, all_of
from app.screens.proposals.cards import Card, card_of, cards_of, codes_on_map
from app.screens.proposals.reading import (
    About,
    Key,
    key_of,
    not_told,
    read_about,
    read_areas,
    read_families,
    why_not_at,
)
from app.screens.visit import SignedIn, Visit

router = APIRouter()
MOST = 4
Chosen = Annotated[list[str] | None, Query(alias="gezin", max_length=40)]
Priced = Annotated[str, Query(alias="prijs", max_length=5)]


@router.get("/kinderen/{child_id}/vergelijk")
async def compare_page(
    visit: SignedIn, child_id: UUID, chosen: Chosen = None, price: Priced = ""
) -> Response:
    """Show some families of the run, or others by number, beside each other."""
    about = await read_about(visit, str(child_id))
    keys = _keys(chosen or [])
    found, unknown, notice = await _options(visit, about, keys[:MOST], is_priced=bool(price))
    families = await read_families(visit, [key_of(option) for _, option, _ in found])
    areas = await read_areas(visit, codes_on_map(about, families))
    cards = [card_of(about, role, option, (families, areas)) for role, option, _ in found]
    return visit.page(
        "proposals/vergelijk.html",
        over=about,
        kaarten=cards,
        rijen=_rows(cards),
        prijzen=[cost for _, _, cost in found] if price else None,
        gekozen=[card.key for card in cards],
        keuzes=cards_of(about, {}, areas),
        onbekend=[] if notice else unknown,
        melding_=notice,
        te_veel=len(keys) > MOST,
    )


Found = tuple[str, Mapping[str, Any], Mapping[str, Any] | None]


async def _options(
    visit: Visit, about: About, keys: list[Key], *, is_priced: bool
) -> tuple[list[Found], list[str], str]:
    """Return the families that are known to the run, and the numbers of those that are not.

    And why nothing is known of the latter, where the run cannot be asked about.
    """
    of_run = {key_of(option): (role, option) for role, option in about.options()}
    asked = [key for key in keys if is_priced or key not in of_run]
    answers = dict(zip(asked, await all_of(*(_ask(visit, about, k) for k in asked)),
                       strict=True))  # fmt: skip
    found: list[Found] = []
    for key in keys:
        answer = answers.get(key)
        role, option = of_run.get(key, ("gevraagd", _asked_for(answer)))
        if option is not None:
            found.append((role, option, _cost(about, answer)))
    known = {key_of(option) for _, option, _ in found}
    lacking = [key for key in keys if key not in known]
    said = (answers[key] for key in lacking if answers.get(key))
    return found, [number for _, number in lacking], next((one["zin"] for one in said), "")


async def _ask(visit: Visit, about: About, key: Key) -> Any:
    try:
        return await visit.api.get(why_not_at(about.id, key))
    except Refused as refused:
        if refused.status in (400, 404):
            return None
        if refused.status == 409:
            return not_told(refused)
        raise


def _asked_for(answer: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return the family of an answer with the rules that refuse it among its reasons."""
    option = answer and answer["gezin"]
    if not answer or not option:
        return None
    return {**option, "redenen": [*answer["geweigerdDoor"], *option["redenen"]]}


def _cost(about: About, answer: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if answer is None:
        return None
    price = answer["prijs"]
    told = about.priced(price) if price else None
    return {"antwoord": answer, "prijs": told}


def _rows(cards: list[Card]) -> list[tuple[str, str | None, list[Any]]]:
    """Return each point by name, with what the child needs and the point of every family."""
    points = [{point.name: point for point in card.points} for card in cards]
    names = dict.fromkeys(name for one in points for name in one)
    return [
        (
            name,
            next((one[name].need for one in points if name in one and one[name].need), None),
            [one.get(name) for one in points],
        )
        for name in names
    ]


def _keys(chosen: list[str]) -> list[Key]:
    keys = (one.partition("/") for one in chosen)
    return list(dict.fromkeys((provider, number) for provider, _, number in keys if number))
