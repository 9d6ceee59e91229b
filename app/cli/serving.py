"""The service in several processes on one port: what each of them makes for itself."""

import atexit
import gc
import os
import ssl
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from app.db.opened import Database, open_database
from app.db.patience import OF_A_REQUEST
from app.kernel.errors import NotReady
from app.log.foreign import take_over
from app.main import create_app
from app.settings import load_settings
from app.telemetry.exposed import measures_along
from app.telemetry.pool import watch_pool
from app.telemetry.running import traced

# What runs here is nobody's business outside; requests are logged by the service itself.
# Without a configuration of its own what it says comes where all libraries' words come.
_QUIET: dict[str, Any] = {
    "log_level": "warning", "log_config": None, "access_log": False, "server_header": False,
}  # fmt: skip
# For TLS 1.2 those that NCSC calls good; 1.3 has no others. Older versions Python refuses itself.
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"


Tls = dict[str, Any]
# A page makes thousands of objects and keeps none: Python's own 700 looked ten times a page.
_OBJECTS_A_ROUND = 20_000


def read_tls(certificate: Path | None, key: Path | None) -> Tls:
    """Return what uvicorn needs to speak TLS (1.2 and newer), or nothing; raises NotReady."""
    if certificate is None and key is None:
        return {}
    if certificate is None or key is None:
        raise NotReady("TLS: geef het certificaat en de sleutel samen.")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise NotReady(
            "TLS: certificaat en sleutel zijn niet te lezen of horen niet bij elkaar."
        ) from error
    return {"ssl_certfile": certificate, "ssl_keyfile": key, "ssl_ciphers": _CIPHERS}


def settled_app(database: Database) -> FastAPI:
    """Return the service, and take what it is made of out of the garbage collector's sight.

    Half a million objects that never go: to look through them held up one page in fifteen for a
    third of a second and more.
    """
    app = create_app(database)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_ROUND, *gc.get_threshold()[1:])
    return app


def run_one(database: Database, *, host: str, port: int, tls: Tls) -> None:
    """Serve in this process until stopped."""
    watch_pool(database.sessions)
    with traced(load_settings(), database.sessions):
        uvicorn.run(settled_app(database), host=host, port=port, **tls, **_QUIET)


def run_many(database: Database, *, host: str, port: int, processes: int, tls: Tls) -> None:
    """Serve in processes of their own until stopped; one that dies is begun again."""
    # Not on a command line: everybody on the machine can read the password there.
    os.environ["DATABASE_URL"] = database.url.render_as_string(hide_password=False)
    uvicorn.run(
        "app.cli.serving:create",
        factory=True,
        workers=processes,
        host=host,
        port=port,
        **tls,
        **_QUIET,
    )


def create() -> FastAPI:
    """Return the service of one process, on the database that DATABASE_URL names."""
    take_over()
    opened = ExitStack()
    atexit.register(opened.close)
    measures_along()
    database = opened.enter_context(open_database(load_settings(), patience=OF_A_REQUEST))
    watch_pool(database.sessions)
    # Last in, first out: what is left of the log goes while the database is still open.
    opened.enter_context(traced(load_settings(), database.sessions))
    return settled_app(database)
