"""Every page of the screens with something in its gaps: what a benchmark must visit, all of it."""

import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from app.http.templates import flat_routes
from app.screens.mount import ROUTERS

# (role, organisation); a page is measured for each that may see it.
VISITORS = (
    ("coordinator", ""), ("aanmeldpunt", ""), ("crisisdienst", ""), ("aanbieder-matcher", "spirit"),
    ("verwijzer", "spirit"), ("regiomanager", ""), ("auditor", ""), ("beheerder", ""),
    ("gemeente", "0363"),
)  # fmt: skip
# What is not measured, and why.
NOT_PAGES = {
    "/": "leads to the first page of a role",
    "/opmaak/{mark}/{name}": "a file of style, counted in the weight of each page",
    "/inloggen/uitgever": "leads to the issuer",
    "/inloggen/terug": "comes from the issuer",
    "/onverzonden": "is there only for who typed something when their session ended",
    "/wachtlijst/wachtlijst.csv": "a file, not a page",
    "/wachtlijst/wachtlijst.xlsx": "a file, not a page",
    "/geschiedenis/logboek.csv": "a file, not a page",
    "/regio/jaarverslag/{year:int}/jaarverslag.csv": "a file, not a page",
    "/regio/jaarverslag/{year:int}/jaarverslag.xlsx": "a file, not a page",
    "/regio/jaarverslag": "leads to the report of the last year",
    "/uitkomsten/weegfactoren/{versie}": "a region that was drawn today has learnt no weights",
    "/runs/{run_id}/kind/{number}": "leads to the proposals of a child",
}
_GAP = re.compile(r"\{(\w+)(?::\w+)?\}")
# What a page is asked with, where it shows little without.
QUERIES = {
    "/kinderen/{child_id:uuid}/stappen/nieuw": "?aanbieder={provider}&gezin={number}",
    "/kinderen/{child_id}/waarom-niet": "?aanbieder={provider}&gezin={number}",
    "/kinderen/{child_id}/vergelijk": "?gezin={provider}/{number}",
    "/kinderen/{child:uuid}/correctie": "?veld=problematiek.lvb",
    "/kinderen/{child:uuid}/ladder": "?trede=gezinshuis",
}

Things = dict[str, Any]


def all_templates() -> list[str]:
    """Return the address of every page, as the routes have it."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    return sorted({path for path, methods in flat_routes(app) if "GET" in methods})


def measured_templates() -> list[str]:
    """Return those that are pages."""
    return [path for path in all_templates() if path not in NOT_PAGES]


def addresses(template: str, things: Things) -> Iterator[str]:
    """Yield the addresses that a template stands for; several where a gap holds several words.

    things: what stands in a gap by its name, or by template and name where that differs. Yields
    nothing where there is nothing for a gap.
    """
    filled = [template + QUERIES.get(template, "")]
    for gap in _GAP.findall(filled[0]):
        found = things.get(f"{template} {gap}", things.get(gap))
        values = found if isinstance(found, list) else [found] if found else []
        filled = [
            re.sub(rf"\{{{gap}(:\w+)?\}}", str(value), one) for one in filled for value in values
        ]
    yield from filled
    yield from things.get(f"{template} also", ())
