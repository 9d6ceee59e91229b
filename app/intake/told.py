"""What a stored registration tells, by the names of the interface, to judge what it misses."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from app.intake.completeness import Missing, missing_in_registration
from app.intake.network_queries import InFile
from app.models import Registration


def missing_of(
    row: Registration | Row[Any], in_file: InFile, *, born_on: date, has_bsn: bool, today: date
) -> list[Missing]:
    """Return what a stored registration misses on a day; row: it, or the columns named here.

    in_file: what was recorded of the network since, which counts as much as what was told.
    """
    told: dict[str, Any] = {
        "verblijftNu": row.staying_now,
        "moetWegOp": row.leave_by,
        "eindeOnbekendOmdat": row.end_unknown,
        "geboortedatum": born_on,
        "school": row.school_postcode,
        "netwerkonderzoekGedaan": row.network_researched,
        "netwerkgezin": row.network_family,
        "juridischKader": row.legal_frame,
        "machtiging": row.order_issued_on,
        "talen": row.languages,
        "sdqTotaal": row.sdq_total,
        "bsnBekend": has_bsn,
        "stemVanHetKind": row.child_voice,
        "jim": row.mentor,
        "netwerkvragen": in_file.asked,
        "jimTraject": in_file.has_mentor_case,
        "preventie": row.prevention,
        "vorm": row.care_form,
        "broersZussen": {
            "wens": row.sibling_wish,
            "apartOmdat": row.split_reason,
            "herenigenVoor": row.reunite_by,
        },
        "big5": row.big5,
    }
    return missing_in_registration(told, today)
