"""Whether the service lives, and whether it can do its work: for what keeps it running."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db.migrate import is_behind
from app.db.sealing import seal, unseal
from app.db.session import session_for
from app.http.problems import problem
from app.http.schema import Schema
from app.http.secured import SecuredRoute
from app.kernel.actor import SYSTEM
from app.settings import load_settings

router = APIRouter(tags=["gezondheid"], route_class=SecuredRoute)
# Who waits longer for an answer than this asks another instance.
_PATIENCE = text("SET LOCAL statement_timeout = '2s'")
_BOUND = {"use": "gereedheid", "owner": "gereedheid"}
_SAMPLE = b"gereed"


class Health(Schema):
    """Whether the service lives."""

    status: str


class Readiness(Schema):
    """Whether the service can do its work."""

    status: str


@router.get("/gezondheid", operation_id="leesGezondheid", summary="Zeg of de dienst leeft")
async def read_health() -> Health:
    """Zeg dat het proces antwoordt; vraagt de database niets, zie daarvoor `/gereedheid`."""
    return Health(status="goed")


@router.get(
    "/gereedheid",
    operation_id="leesGereedheid",
    summary="Zeg of de dienst gereed is",
    response_model=Readiness,
)
def read_readiness(request: Request) -> Readiness | JSONResponse:
    """Zeg of de database antwoordt en bijgewerkt is en of de sleutels werken; anders 503."""
    lacking = _lacking_keys() or _lacking_in_database(request)
    if lacking:
        return problem(503, lacking, velden=[lacking.partition(":")[0]])
    return Readiness(status="gereed")


def _lacking_keys() -> str | None:
    settings = load_settings()
    if unseal(seal(_SAMPLE, settings, **_BOUND), settings, **_BOUND) != _SAMPLE:
        return "sleutels: versleutelen en ontsleutelen geven niet hetzelfde; kijk de sleutels na."
    return None


def _lacking_in_database(request: Request) -> str | None:
    try:
        with session_for(request.app.state.sessions, SYSTEM) as session:
            session.execute(_PATIENCE)
            return _lacking_tables(session)
    except SQLAlchemyError:
        return "database: antwoordt niet; kijk of PostgreSQL draait."


def _lacking_tables(session: Session) -> str | None:
    if not is_behind(session.connection()):
        return None
    return "database: heeft niet de nieuwste tabellen; voer `pleegzorg migrate` uit."
