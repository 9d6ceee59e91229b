"""The screens as an app of their own, beside the API and on top of it."""

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app.db.opened import Database
from app.http.finding import find_by_words
from app.screens import leaving, sign_in, static_files
from app.screens.crisis.routes import router as crisis
from app.screens.errors import install_errors
from app.screens.families.routes import router as families
from app.screens.headers import ScreenHeadersMiddleware
from app.screens.history.emergency_routes import router as emergency
from app.screens.history.routes import router as history
from app.screens.kept import SentAgainMiddleware
from app.screens.ladder.routes import router as ladder
from app.screens.people import People
from app.screens.plaatsingen.routes import router as plaatsingen
from app.screens.proposals.routes import router as proposals
from app.screens.rechten.routes import router as rechten
from app.screens.region.routes import router as region
from app.screens.registrations.routes import router as registrations
from app.screens.runs.routes import router as runs
from app.screens.steps.routes import router as steps
from app.screens.steun.routes import router as steun
from app.screens.uitkomsten.routes import router as outcomes
from app.screens.waiting.routes import router as waiting
from app.security.code_flow import CodeFlow
from app.settings import Settings

ROUTERS = (
    static_files.router,
    sign_in.router,
    leaving.router,
    waiting,
    crisis,
    registrations,
    proposals,
    steps,
    steun,  # before the acts of a placement, which take any word
    plaatsingen,
    families,
    region,
    outcomes,
    runs,
    history,
    emergency,
    ladder,
    rechten,
)


def create_screens(settings: Settings, database: Database, v1: FastAPI) -> FastAPI:
    """Return the screens; v1: the API that they ask."""
    screens = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    screens.state.v1 = v1
    screens.state.people = People(settings, database.sessions, v1.state.gate, _flow(settings))
    install_errors(screens)
    for router in ROUTERS:
        screens.include_router(router)
    find_by_words(screens)
    screens.add_middleware(SentAgainMiddleware)
    screens.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    screens.add_middleware(
        ScreenHeadersMiddleware, tiles=settings.map_tiles, issuer=settings.issuer
    )
    return screens


def _flow(settings: Settings) -> CodeFlow | None:
    if settings.issuer is None:
        return None
    return CodeFlow(
        issuer=settings.issuer,
        client=settings.screens_client,
        back=f"{settings.public_url.rstrip('/')}/inloggen/terug",
        resource=settings.screens_resource,
        key=settings.screens_key,
    )
