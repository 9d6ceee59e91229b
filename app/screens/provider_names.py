"""The name of each provider by its code: the same for everybody, so remembered for a minute."""

from collections.abc import Mapping
from time import monotonic

from fastapi import FastAPI

from app.screens.api import Api, Refused

_KEPT = 60.0  # seconds: how long a provider that is added or renamed may go by its code


async def names_for(api: Api, app: FastAPI, *, may: bool) -> Mapping[str, str]:
    """Return the names as they were told less than a minute ago; may: whether this person may ask.

    A page comes without them too: then it says the code.
    """
    names: Mapping[str, str]
    until, names = getattr(app.state, "provider_names", (0.0, {}))
    if monotonic() < until or not may:
        return names if may else {}
    try:
        found = await api.get("/aanbieders")
    except Refused:
        return names
    names = {one["code"]: one["naam"] for one in found["aanbieders"]}
    app.state.provider_names = (monotonic() + _KEPT, names)
    return names
