"""Writes the contract to openapi/openapi.json: `python -m tools.openapi` (or `make openapi`)."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from sqlalchemy import make_url
from starlette.routing import Mount

from app.db.opened import Database
from app.db.roles import APPLICATION
from app.db.session import make_engine, make_sessions
from app.http.headers import API_PREFIX
from app.main import create_app

CONTRACT = Path(__file__).parents[1] / "openapi" / "openapi.json"


def find_api(app: FastAPI) -> FastAPI:
    """Return the part of the service that stands under /v1."""
    mounts = [r for r in app.routes if isinstance(r, Mount) and r.path == API_PREFIX]
    return cast("FastAPI", mounts[0].app)


@cache
def build_contract() -> dict[str, Any]:
    """Return the contract as the code has it now, written once; no database is asked."""
    url = make_url("postgresql+psycopg://localhost/niet-gebruikt")
    sessions = make_sessions(make_engine(url, role=APPLICATION))
    return find_api(create_app(Database(url, sessions))).openapi()


def render(contract: dict[str, Any]) -> str:
    """Return the contract as the committed file has it."""
    return json.dumps(contract, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the file, as it is without settings of one's own."""
    for own in ("PLEEGZORG_PUBLIC_URL", "PLEEGZORG_CONTACT_EMAIL"):
        os.environ.pop(own, None)
    CONTRACT.write_text(render(build_contract()), encoding="utf-8")
    print(f"openapi/{CONTRACT.name} is up to date")


if __name__ == "__main__":
    main()
