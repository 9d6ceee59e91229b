"""How people call the providers; the API names them by a code."""

from app.screens.visit import Visit


async def provider_names(visit: Visit) -> dict[str, str]:
    """Return the name of each provider by its code; none where a role reads none."""
    if not visit.may("lijstAanbieders"):
        return {}
    found = await visit.api.get("/aanbieders")
    return {one["code"]: one["naam"] for one in found["aanbieders"]}
