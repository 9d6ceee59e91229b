"""The door for what families offer as a whole: availability at a glance."""

from contextlib import nullcontext
from typing import Annotated

from fastapi import APIRouter, Query

from app.db.session import as_system
from app.families.list_queries import Beds, FamilyFilter, beds_of, count_families
from app.families.overview_schemas import AvailabilityOverview, BedsOut
from app.http.deps import CurrentActor, DbSession
from app.http.secured import SecuredRoute
from app.kernel.addresses import PROVIDER_CODE
from app.kernel.words import CARE_FORMS, RHYTHMS
from app.providers import find_provider
from app.settings import load_settings

router = APIRouter(prefix="/pleeggezinnen", tags=["pleeggezinnen"], route_class=SecuredRoute)


@router.get(
    "/_beschikbaarheid",
    operation_id="leesBeschikbaarheid",
    summary="Bekijk in cijfers wat de pleeggezinnen te bieden hebben",
)
def read(
    *,
    session: DbSession,
    actor: CurrentActor,
    provider: Annotated[str | None, Query(alias="aanbieder", pattern=PROVIDER_CODE)] = None,
) -> AvailabilityOverview:
    """Van een aanbieder alleen de eigen gezinnen; wie gestopt is telt niet mee."""
    named = find_provider(session, provider) if provider else None
    wanted = FamilyFilter(
        provider=named.provider.code if named else provider,
        own=actor.provider_id,
        days=load_settings().confirm_after_days,
    )
    # Figures of a provider are made of its own families alone (`own`). Asked again of each place
    # and each bed whose it is, they took three times as long.
    with as_system(session) if actor.provider_id else nullcontext():
        return AvailabilityOverview(
            **count_families(session, wanted),
            places=[
                BedsOut(form=beds.form, rhythm=beds.rhythm, free=beds.free, taken=beds.taken)
                for beds in sorted(beds_of(session, wanted), key=_in_order)
            ],
        )


def _in_order(beds: Beds) -> tuple[int, int]:
    return CARE_FORMS.index(beds.form), RHYTHMS.index(beds.rhythm)
