"""A municipality's own page: its self-evaluation over the years, beside the mean of the region."""

from collections.abc import Sequence
from typing import Any

from fastapi.responses import Response

from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.screens.region.drawings import progress_drawn
from app.screens.visit import SignedIn, Visit
from app.security.access import load_access


def comes_for_itself(visit: Visit) -> bool:
    """Return whether somebody is here for one municipality, and not for the region as well."""
    roles = visit.person.identity.roles if visit.person else frozenset()
    return roles & load_access().roles_for("lijstZelfevaluaties") == {ActorRole.MUNICIPALITY}


async def show_own(visit: SignedIn, progress: Any) -> Response:
    """Show one municipality: this year's form, its years, and how it gets on."""
    (own,) = progress["gemeenten"]
    years, latest = own["jaren"], today_in_amsterdam().year
    asked = await visit.api.get("/zelfevaluaties/vragen")
    region = {one["jaar"]: one for one in progress["regio"]}
    return visit.page(
        "region/zelfevaluatie_eigen.html",
        gemeente=own,
        nu=next((one for one in years if one["jaar"] == latest), None),
        jaar=latest,
        eerste=asked["themas"][0]["sleutel"],
        jaren=[(one, region.get(one["jaar"])) for one in reversed(years)],
        lijnen=progress_drawn(_done(years)),
        regiolijnen=progress_drawn(progress["regio"]),
    )


def _done(years: Sequence[Any]) -> list[Any]:
    """Return the years that count: half a form would be a line that goes down by itself."""
    return [one for one in years if one["stand"] == "ingediend"]
