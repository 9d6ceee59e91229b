"""Writes the waiting children as registrations, one JSON object a line."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from app.kernel.words import PROBLEMS
from app.simulation.child import Child, Household

BIG5 = ("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn")


def write_registrations(children: Iterable[Child]) -> bytes:
    """Return `aanmeldingen.jsonl`."""
    lines = (json.dumps(_registration(child), ensure_ascii=False) for child in children)
    return "".join(f"{line}\n" for line in lines).encode()


def _registration(child: Child) -> dict[str, Any]:
    home = child.household
    return {
        "aanmeldnummer": child.number,
        "bsn": child.bsn,
        "voornaam": child.first_name,
        "geboortedatum": child.born_on.isoformat(),
        "geslacht": child.gender,
        **_request_of(home),
        "school": child.school
        and {"postcode": child.school.postcode, "behouden": child.school.should_stay},
        "broersZussen": home.siblings and {"groep": home.siblings.code, "wens": home.siblings.wish},
        **_needs_of(child),
        **_people_of(home),
        "andereKinderen": child.other_children,
        "stemVanHetKind": child.voice,
        "big5": dict(zip(BIG5, home.background.big5, strict=True)),
    }


def _request_of(home: Household) -> dict[str, Any]:
    ordered_on, request = home.legal.ordered_on, home.request
    return {
        "postcode": home.address.postcode,
        "gemeente": home.address.municipality,
        "verwijzer": home.legal.referrer,
        "juridischKader": home.legal.measure,
        "machtiging": ordered_on and {"afgegevenOp": ordered_on.isoformat(), "soort": "pleeggezin"},
        "vorm": request.care_form,
        "urgentie": request.urgency,
        "verblijftNu": request.stays_now,
        "moetWegOp": _day(request.leave_by),
        "aangemeldOp": _day(request.registered_on),
        "nodigVanaf": _day(request.needed_from),
        "verwachteDuurMaanden": request.expected_months,
    }


def _needs_of(child: Child) -> dict[str, Any]:
    needs, home = child.needs, child.household
    return {
        "problematiek": dict(zip(PROBLEMS, needs.severity, strict=True)),
        "sdqTotaal": needs.sdq_total,
        "eerderePlaatsingen": child.history.placements,
        "eerdereBreakdowns": child.history.breakdowns,
        "residentieelVerleden": child.history.was_residential,
        "allergieen": needs.allergies,
        "rookvrijNodig": needs.smoke_free,
        "rolstoel": needs.wheelchair,
        "talen": home.background.languages,
        "geloofswens": home.background.faith_wish,
    }


def _people_of(home: Household) -> dict[str, Any]:
    contact = home.contact
    return {
        "bezoekPerMaand": contact.visits_per_month,
        "bezoekPlek": contact.visit_place,
        "geheimePlaatsing": contact.is_secret,
        "uitgeslotenGebieden": [
            {"postcode": code, "straalKm": radius} for code, radius in contact.excluded
        ],
        "netwerkonderzoekGedaan": home.background.is_network_sought,
        "netwerkgezin": home.network_family,
        "jim": home.background.mentor,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
