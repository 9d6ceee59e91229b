"""The door of configuration: with which municipalities a provider has a contract."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Response

from app.http.deps import DbSession
from app.http.etag import IfMatch, etag_of
from app.http.secured import SecuredRoute
from app.intake.legal import configure_contract, list_contracts, show_contract
from app.intake.schemas_legal import ContractIn, ContractList, ContractOut
from app.kernel.addresses import PROVIDER_CODE

router = APIRouter(prefix="/contracten", tags=["contracten"], route_class=SecuredRoute)

Code = Annotated[str, Path(alias="aanbieder", pattern=PROVIDER_CODE, description="De aanbieder.")]


@router.get("", operation_id="lijstContracten", summary="Bekijk de contracten van de aanbieders")
def list_all(session: DbSession) -> ContractList:
    """Per aanbieder de gemeenten waarvoor die werkt; null als dat niet is ingericht."""
    return list_contracts(session)


@router.get(
    "/{aanbieder}",
    operation_id="leesContract",
    summary="Lees voor welke gemeenten een aanbieder werkt",
)
def read(code: Code, session: DbSession, response: Response) -> ContractOut:
    """De ETag is de versie om op te wijzigen; "0" als er nog niets is."""
    return _shown(session, code, response)


@router.put(
    "/{aanbieder}",
    operation_id="bewaarContract",
    summary="Richt de contracten van een aanbieder in",
)
def put(
    *,
    code: Code,
    wish: Annotated[ContractIn, Body()],
    session: DbSession,
    response: Response,
    if_match: IfMatch = None,
) -> ContractOut:
    """Stuur alle gemeenten; een plaatsing daarbuiten vraagt een los contract."""
    configure_contract(session, code=code, wish=wish, if_match=if_match)
    return _shown(session, code, response)


def _shown(session: DbSession, code: str, response: Response) -> ContractOut:
    shown, version = show_contract(session, code)
    response.headers["ETag"] = etag_of(version)
    return shown
