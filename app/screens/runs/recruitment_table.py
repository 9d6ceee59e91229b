"""The recruitment brief of a run as a table to take along: a row for each family to look for."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.screens.families.labels import FORMS, PROBLEMS, RHYTHMS
from app.screens.sheets import Cell, Sheet, send_sheet
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_NUMBERS = {
    "gezinnen": N_("Gezinnen nodig"),
    "plaatsen": N_("Plaatsen per gezin"),
    "leeftijdVan": N_("Leeftijd van"),
    "leeftijdTotEnMet": N_("Leeftijd tot en met"),
}
_YES_OR_NO = {
    "broersZussen": N_("Broers en zussen"),
    "rookvrij": N_("Rookvrij"),
    "rolstoel": N_("Rolstoel"),
}
_OTHERS = (
    N_("Vorm"), N_("Ritme"), N_("Postcodegebied"), N_("Bereid bij"), N_("Zonder huisdier"),
    N_("In een zin"),
)  # fmt: skip
_HELPS, _WHOM = N_("Helpt kinderen"), N_("Aanmeldnummers")
_YES, _NO = N_("ja"), N_("nee")
Profile = Mapping[str, Any]


@router.get("/runs/{run_id}/werving.{kind}")
async def brief_file(
    visit: SignedIn, run_id: UUID, kind: Annotated[str, Path(pattern="^(csv|xlsx)$")]
) -> Response:
    """Send which families are missing, those that help the most children first."""
    brief = await visit.api.get(f"/matchruns/{run_id}/wervingsopdracht")
    sheet = sheet_of(visit, brief["profielen"])
    return await send_sheet(
        visit, sheet, name="wervingsopdracht", kind=kind, work="voerWervingsopdrachtUit"
    )


def sheet_of(visit: Visit, profiles: Sequence[Profile]) -> Sheet:
    """Return a row for each profile; who may not see children gets no columns about them."""
    sees_children = any("kinderen" in profile for profile in profiles)
    headings = [*_NUMBERS.values(), *_OTHERS, *_YES_OR_NO.values()]
    headings += [_HELPS, _WHOM] if sees_children else []
    rows = [
        _row(visit, profile) + (_children(profile) if sees_children else []) for profile in profiles
    ]
    return Sheet([visit.say(heading) for heading in headings], rows)


def _row(visit: Visit, profile: Profile) -> list[Cell]:
    return [
        *(profile[name] for name in _NUMBERS),
        visit.say(FORMS[profile["vorm"]]),
        visit.say(RHYTHMS[profile["ritme"]]),
        profile["gebied"],
        ", ".join(visit.say(PROBLEMS[one]) for one in profile["bereidVoor"]),
        ", ".join(profile["zonderHuisdier"]),
        profile["zin"],
        *(visit.say(_YES if profile[name] else _NO) for name in _YES_OR_NO),
    ]


def _children(profile: Profile) -> list[Cell]:
    children = profile.get("kinderen") or []
    return [len(children), ", ".join(child["aanmeldnummer"] for child in children)]
