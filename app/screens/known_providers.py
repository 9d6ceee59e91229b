"""The providers with their names: the same for everybody, so remembered for a minute."""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

from fastapi import FastAPI

from app.screens.api import Api, Refused

Providers = Sequence[Mapping[str, Any]]
_KEPT = 60.0  # seconds: how long a provider that is added or renamed may go by its code


async def providers_told(api: Api, app: FastAPI, *, may: bool) -> Providers:
    """Return them as they were told less than a minute ago; may: whether this person may ask.

    A page comes without them too: then it says the code.
    """
    providers: Providers
    until, providers = getattr(app.state, "known_providers", (0.0, ()))
    if monotonic() < until or not may:
        return providers if may else ()
    try:
        found = await api.get("/aanbieders")
    except Refused:
        return providers
    app.state.known_providers = (monotonic() + _KEPT, tuple(found["aanbieders"]))
    return tuple(found["aanbieders"])
