"""A page for the table talk: the child without its name, and the families that may fit; one A4."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from app.kernel.anonymous import without_names, without_numbers
from app.screens.api import Refused, all_of
from app.screens.proposals.cards import cards_of, codes_on_map
from app.screens.proposals.needs import house, language, parents, school
from app.screens.proposals.reading import (
    About,
    key_of,
    pair_of,
    read_about,
    read_areas,
    read_families,
)
from app.screens.proposals.tongue import PROBLEMS, SEVERITIES
from app.screens.visit import SignedIn, Visit

router = APIRouter()
MOST_FAMILIES, MOST_VOICE = 4, 420  # what fits a sheet: families, and letters of the child's voice


@router.get("/kinderen/{child_id}/samenvatting")
async def summary_page(visit: SignedIn, child_id: UUID) -> Response:
    """Show the summary; who may not read the child has none."""
    if not visit.may("leesKind"):
        raise Refused(403, {})
    about = await read_about(visit, str(child_id))
    options = about.options()[:MOST_FAMILIES]
    families = await read_families(visit, [key_of(option) for _, option in options])
    areas = await read_areas(visit, codes_on_map(about, families))
    names = await _names(visit, about)
    return visit.page(
        "proposals/samenvatting.html",
        over=about,
        kaarten=cards_of(about, families, areas)[:MOST_FAMILIES],
        speelt=_problems(about),
        wensen=_wishes(about, areas, names),
        stem=_voice(about, names),
    )


def _problems(about: About) -> list[str]:
    """Return what is going on with the child, the gravest first."""
    assert about.child is not None  # noqa: S101 the caller may read the child
    _, graded = about.tongue.say, about.child["problematiek"].items()
    found = sorted(((grade, code) for code, grade in graded if grade), key=lambda one: -one[0])
    return [f"{_(PROBLEMS[code])} ({_(SEVERITIES[grade])})" for grade, code in found]


async def _names(visit: Visit, about: About) -> list[str]:
    """Return which names may not stay in what people typed: of the child, its kin, its mentor."""
    assert about.child is not None  # noqa: S101
    kin = about.kin["broersZussen"] if about.kin else []
    others = await all_of(*(visit.api.get(f"/kinderen/{one['id']}") for one in kin))
    mentor = [about.child["jim"]] if about.child["jim"] else []
    return [about.child["voornaam"], *(other["voornaam"] for other in others), *mentor]


def _wishes(about: About, areas: Any, names: list[str]) -> list[str]:
    """Return what child and parents wish; of a secret placement nothing about where."""
    assert about.child is not None  # noqa: S101
    _, pair = about.tongue.say, pair_of(about, None, [], areas)
    told = [house(pair), parents(pair), language(pair), _clean(about.child["geloofswens"], names)]
    if not about.is_secret:
        told.insert(0, school(pair))
    company = {"wel": _("met andere kinderen"), "niet": _("zonder andere kinderen")}
    told.append(company.get(about.child["andereKinderen"]))
    return [one for one in told if one]


def _voice(about: About, names: list[str]) -> str:
    assert about.child is not None  # noqa: S101
    said = _clean(about.child["stemVanHetKind"], names) or ""
    return said if len(said) <= MOST_VOICE else f"{said[:MOST_VOICE].rsplit(' ', 1)[0]} …"


def _clean(text: str | None, names: list[str]) -> str | None:
    """Return a text that people typed without these names, a BSN or a postcode."""
    return without_numbers(without_names(text.strip(), names, parts=True)) if text else None
