"""The service in several processes on one port: what each of them makes for itself."""

import atexit
import os
from contextlib import ExitStack
from typing import Any

import uvicorn
from fastapi import FastAPI

from app.db.opened import Database, open_database
from app.db.patience import OF_A_REQUEST
from app.log.write import configure_logs
from app.main import create_app
from app.settings import load_settings

# What runs here is nobody's business outside; requests are logged by the service itself.
_QUIET: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False}


def run_one(database: Database, *, host: str, port: int) -> None:
    """Serve in this process until stopped."""
    uvicorn.run(create_app(database), host=host, port=port, **_QUIET)


def run_many(database: Database, *, host: str, port: int, processes: int) -> None:
    """Serve in processes of their own until stopped; one that dies is begun again."""
    # Not on a command line: everybody on the machine can read the password there.
    os.environ["DATABASE_URL"] = database.url.render_as_string(hide_password=False)
    uvicorn.run(
        "app.cli.serving:create",
        factory=True,
        workers=processes,
        host=host,
        port=port,
        **_QUIET,
    )


def create() -> FastAPI:
    """Return the service of one process, on the database that DATABASE_URL names."""
    configure_logs()
    opened = ExitStack()
    atexit.register(opened.close)
    return create_app(opened.enter_context(open_database(load_settings(), patience=OF_A_REQUEST)))
