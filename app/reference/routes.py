"""The door of the providers: everybody reads who they are, an administrator changes it."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from app.http.deps import CurrentActor, DbSession
from app.http.once import Answer, IdempotentRequest
from app.http.retired import note_retired
from app.http.secured import SecuredRoute
from app.kernel.errors import NotFound
from app.providers import NamedProvider, find_provider
from app.reference.merge import Merger, merge_providers, stop_system
from app.reference.providers import CODE, Renaming, add_provider, rename_provider
from app.reference.queries import ListedProvider, history_of, list_providers
from app.reference.schemas import (
    Clearances,
    MergedOut,
    MergerIn,
    OldSystem,
    ProviderChangeOut,
    ProviderHistory,
    ProviderIn,
    ProviderList,
    ProviderOut,
    RenamingIn,
    RetiredCodeOut,
    StoppedOut,
)

router = APIRouter(prefix="/aanbieders", tags=["aanbieders"], route_class=SecuredRoute)

ProviderCode = Annotated[str, Path(alias="code", pattern=CODE, examples=["spirit"])]
_TAKEN = {"description": "Gaat niet samen met wat er al is."}
_NO_SUCH = {"description": "Deze aanbieder bestaat niet."}


@router.get("", operation_id="lijstAanbieders", summary="Bekijk de aanbieders")
def list_all(session: DbSession) -> ProviderList:
    """Ook wie in een ander is opgegaan, en onder welke codes een aanbieder eerder bekend was."""
    return ProviderList(providers=[_show(listed) for listed in list_providers(session)])


@router.get(
    "/{code}",
    operation_id="leesAanbieder",
    summary="Lees een aanbieder",
    responses={404: _NO_SUCH},
)
def read(
    code: ProviderCode, session: DbSession, request: Request, response: Response
) -> ProviderOut:
    """Zoals hij nu heet, ook onder een eerdere code; van wie is opgegaan in een ander, waarin."""
    named = _found(session, code)
    is_renamed = named.source.code != named.asked
    note_retired(response.headers, request, named if is_renamed else None)
    return _shown(session, named.source.code)


@router.get(
    "/{code}/wijzigingen",
    operation_id="leesAanbiederwijzigingen",
    summary="Bekijk de geschiedenis van een aanbieder",
    responses={404: _NO_SUCH},
)
def read_history(code: ProviderCode, session: DbSession) -> ProviderHistory:
    """Toegevoegd, hernoemd, samengevoegd; de oudste eerst."""
    named = _found(session, code)
    return ProviderHistory(
        changes=[
            ProviderChangeOut(
                kind=change.kind, on_day=change.on_day, code=change.code, name=change.name,
                into=into, clearances=_clearances(change.clearance_lapses),
                families=change.families,
            )
            for change, into in history_of(session, named.source.id)
        ]
    )  # fmt: skip


@router.post(
    "",
    status_code=201,
    operation_id="voegAanbiederToe",
    summary="Voeg een aanbieder toe",
    response_model=ProviderOut,
    responses={409: _TAKEN},
)
def add(
    *,
    told: Annotated[ProviderIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Zijn systeem kan daarna met een token voor deze code gezinnen doorgeven."""

    def work() -> Answer:
        made = add_provider(
            session, actor=actor, code=told.code, name=told.name, dialect=told.dialect
        )
        body = _shown(session, made.code).model_dump(mode="json")
        return Answer(201, body, {"Location": f"/v1/aanbieders/{made.code}"})

    return once.perform(session, work)


@router.post(
    "/{code}/_hernoem",
    operation_id="hernoemAanbieder",
    summary="Geef een aanbieder een andere naam of code",
    response_model=ProviderOut,
    responses={404: _NO_SUCH, 409: _TAKEN},
)
def rename(
    *,
    code: ProviderCode,
    told: Annotated[RenamingIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """De oude code blijft werken in adressen, bestanden en tokens."""

    def work() -> Answer:
        wish = Renaming(told.name, told.code, told.on_day)
        renamed = rename_provider(session, actor=actor, code=code, wish=wish)
        return Answer(200, _shown(session, renamed.code).model_dump(mode="json"))

    return once.perform(session, work)


@router.post(
    "/{code}/_samenvoegen",
    operation_id="voegAanbiederSamen",
    summary="Laat een aanbieder opgaan in een andere",
    response_model=MergedOut,
    responses={404: _NO_SUCH, 409: _TAKEN},
)
def merge(
    *,
    code: ProviderCode,
    told: Annotated[MergerIn, Body()],
    session: DbSession,
    actor: CurrentActor,
    once: IdempotentRequest,
) -> JSONResponse:
    """Alle gezinnen gaan mee en houden hun geschiedenis; probeer het eerst met proef: true."""

    def work() -> Answer:
        merger = Merger(
            source=code,
            into=told.into,
            on_day=told.on_day,
            clearance_lapses=told.clearances is Clearances.LAPSE,
            system_stops=told.system is OldSystem.STOPS,
        )
        trial = session.begin_nested()
        merged = merge_providers(session, actor=actor, merger=merger)
        shown = MergedOut(
            source=merged.source.code, into=merged.into.code, families=merged.families,
            lapsed=merged.lapsed, is_trial=told.is_trial,
        )  # fmt: skip
        trial.rollback() if told.is_trial else trial.commit()
        return Answer(200, shown.model_dump(mode="json"))

    return once.perform(session, work)


@router.post(
    "/{code}/_systeemstop",
    operation_id="stopSysteemVanAanbieder",
    summary="Laat het systeem van de opvolger de gezinnen voortaan bijhouden",
    responses={404: _NO_SUCH, 409: _TAKEN},
)
def stop(*, code: ProviderCode, session: DbSession) -> StoppedOut:
    """Voor een aanbieder die is opgegaan in een andere, en waarvan het systeem doorliep."""
    return StoppedOut(families=stop_system(session, code=code))


def _found(session: Session, code: str) -> NamedProvider:
    named = find_provider(session, code)
    if named is None:
        raise NotFound("Deze aanbieder is hier niet bekend: controleer de code in het adres.")
    return named


def _shown(session: Session, code: str) -> ProviderOut:
    return _show(next(one for one in list_providers(session) if one.provider.code == code))


def _show(listed: ListedProvider) -> ProviderOut:
    row = listed.provider
    return ProviderOut(
        code=row.code, name=row.name, dialect=row.dialect, merged_into=listed.successor,
        merged_on=row.merged_on,
        retired=[RetiredCodeOut(code=old.code, until=old.retired_on) for old in listed.retired],
    )  # fmt: skip


def _clearances(lapse: bool | None) -> Clearances | None:
    if lapse is None:
        return None
    return Clearances.LAPSE if lapse else Clearances.STAY
