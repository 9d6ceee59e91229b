"""From stored rows to what the intake's door shows."""

from datetime import UTC, date
from typing import Any

from app.intake.completeness import Missing, Need
from app.intake.list_queries import ListedRegistration
from app.intake.network_queries import InFile
from app.intake.queries import StoredRegistration
from app.intake.schemas import (
    Big5,
    CareOrder,
    ExcludedAreaIn,
    NetworkRefusal,
    PairWish,
    Prevention,
    School,
    Severities,
    Siblings,
)
from app.intake.schemas_file import CompletenessOut, MissingOut
from app.intake.schemas_out import GroupHold, RegistrationOut, RegistrationSummary
from app.intake.told import missing_of
from app.models import HoldReason

_COPIED = (
    "id", "withdrawal_reason", "number", "care_form", "urgency", "referrer",
    "legal_frame", "postcode", "municipality", "staying_now", "leave_by", "end_unknown",
    "registered_on", "needed_from", "expected_months", "sdq_total", "earlier_placements",
    "earlier_breakdowns",
    "residential_past", "needs_smoke_free", "needs_wheelchair", "faith_wish", "visits_per_month",
    "visit_place", "secret_placement", "network_researched", "network_family", "mentor",
    "in_network_since", "rhythm", "other_children", "child_voice", "allergies", "languages",
)  # fmt: skip
_SUMMARISED = (
    "id", "number", "care_form", "urgency", "municipality", "registered_on", "needed_from",
    "leave_by",
)  # fmt: skip


def show_registration(stored: StoredRegistration) -> RegistrationOut:
    """Return a registration with its child and all that hangs on it."""
    row, child = stored.registration, stored.child
    return RegistrationOut(
        **{name: getattr(row, name) for name in _COPIED},
        **_parts(stored),
        stage=stored.stage,
        withdrawn_at=row.withdrawn_at.astimezone(UTC) if row.withdrawn_at else None,
        bsn_known=stored.has_bsn,
        home_is_secret=stored.home_is_secret,
        group_on_hold=stored.group.on_hold if stored.group else False,
        group_holds=_holds(stored),
        first_name=child.first_name,
        born_on=child.born_on,
        gender=child.gender,
    )


def _holds(stored: StoredRegistration) -> list[GroupHold]:
    shown = [GroupHold(reason=hold.reason, number=hold.number or None) for hold in stored.holds]
    if not shown and stored.group and stored.group.on_hold:
        # The database keeps one kind from a referrer: it names a registration of another.
        return [GroupHold(reason=HoldReason.REFUSED, number=None)]
    return shown


def show_summary(listed: ListedRegistration, in_file: InFile, today: date) -> RegistrationSummary:
    """Return the line of a list for a registration."""
    row = listed.registration
    missing = missing_of(row, in_file, born_on=listed.born_on, has_bsn=listed.has_bsn, today=today)
    return RegistrationSummary(
        **{name: getattr(row, name) for name in _SUMMARISED},
        stage=listed.stage,
        missing=len(missing),
    )


def show_completeness(missing: list[Missing], legal_gaps: list[str]) -> CompletenessOut:
    """Return what is missing, and what in the legal frame stops a placement."""
    return CompletenessOut(
        stops_search=any(one.need is Need.SEARCH for one in missing),
        missing=show_missing(missing),
        legal_gaps=legal_gaps,
    )


def show_missing(missing: list[Missing]) -> list[MissingOut]:
    """Return what is missing, each with what it is needed for."""
    return [MissingOut(field=one.field, need=one.need, why=one.why) for one in missing]


def _parts(stored: StoredRegistration) -> dict[str, Any]:
    row, group = stored.registration, stored.group
    return {
        "care_order": row.order_issued_on
        and CareOrder(afgegevenOp=row.order_issued_on, soort=row.order_setting),
        "school": row.school_postcode
        and School(postcode=row.school_postcode, behouden=row.keep_school),
        "siblings": group
        and Siblings(
            groep=group.code,
            wens=row.sibling_wish,
            wensenPerKind=[
                PairWish(
                    aanmeldnummer=told.other_number,
                    wens=told.wish,
                    wiens=told.whose,
                    waarom=told.why,
                    contraindicatie=told.contra_indication,
                )
                for told in stored.pair_wishes
            ],
            apartOmdat=row.split_reason,
            herenigenVoor=row.reunite_by,
        ),
        "problems": Severities.model_validate(stored.problems),
        "excluded_areas": [
            ExcludedAreaIn(postcode=area.postcode, straalKm=area.radius_km) for area in stored.areas
        ],
        "network_refused": row.network_refused_reason
        and NetworkRefusal(reden=row.network_refused_reason),
        "prevention": row.prevention and Prevention.model_validate(row.prevention),
        "big5": Big5.model_validate(row.big5),
    }
