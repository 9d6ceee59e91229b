"""The door for a few families at once, each by its provider and number: what a page needs."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from app.audit.noted import remember
from app.families.named import Key, families_named
from app.families.schemas import NamedFamilies, NamedFamily
from app.http.deps import DbSession
from app.http.secured import SecuredRoute
from app.kernel.addresses import number_of_path
from app.kernel.reading import reference_number
from app.models import AuditOutcome

router = APIRouter(prefix="/pleeggezinnen", tags=["pleeggezinnen"], route_class=SecuredRoute)

MOST = 10  # as many as stand on one page
_NAME = "[a-z][a-z0-9-]{0,59}/[A-Za-z0-9._~-]{1,40}"


def _with_numbers(names: str) -> str:
    for _, number in _keys(names):
        reference_number(number)
    return names


def _keys(names: str) -> list[Key]:
    """Return each name once, in the order asked."""
    parts = (name.partition("/") for name in names.split(","))
    return list(dict.fromkeys((code, number_of_path(number)) for code, _, number in parts))


@router.get(
    "/_genoemd", operation_id="leesPleeggezinnen", summary="Lees enkele pleeggezinnen tegelijk"
)
def read_several(
    *,
    session: DbSession,
    names: Annotated[
        str | None,
        Query(
            alias="gezinnen",
            pattern=f"^{_NAME}(,{_NAME}){{0,{MOST - 1}}}$",
            description="Aanbieder/nummer van elk gezin, met komma's ertussen; hoogstens "
            f"{MOST}. Een / in het nummer schrijft u als ~.",
            examples=["spirit/SPI-10013,youke/YOU-20004"],
        ),
        AfterValidator(lambda names: names if names is None else _with_numbers(names)),
    ] = None,
) -> NamedFamilies:
    """Wie er niet (meer) is, of niet van u is, ontbreekt; elk gezin staat apart in het logboek."""
    asked = _keys(names) if names else []
    found = families_named(session, asked)
    for key in asked:
        outcome = AuditOutcome.DONE if key in found else AuditOutcome.REFUSED
        remember(session, "pleeggezin", "/".join(key), outcome)
    return NamedFamilies(
        families=[
            NamedFamily(asked_provider=key[0], asked_number=key[1], family=found[key])
            for key in asked
            if key in found
        ]
    )
