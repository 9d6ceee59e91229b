"""What somebody types into each step of the form for one whole registration."""

from typing import Any

Typed = dict[str, Any]

PROBLEMS = (
    "externaliserend", "internaliserend", "hechting", "lvb", "psychiatrie", "medisch",
    "seksueel_grensoverschrijdend", "weglopen", "middelen",
)  # fmt: skip
BIG5 = ("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn")


def child(number: str) -> Typed:
    """Return the first step."""
    return {
        "aanmeldnummer": number, "voornaam": "Sam", "geboortedatum": "2017-02-03",
        "geslacht": "jongen", "vorm": "hulpverlening", "urgentie": "spoed", "verblijftNu": "thuis",
        "aangemeldOp": "2026-11-01", "nodigVanaf": "2026-12-01", "verwachteDuurMaanden": "9",
    }  # fmt: skip


STEPS: dict[str, Typed] = {
    "gezin-en-school": {
        "postcode": "1012 AB", "gemeente": "Amsterdam", "verwijzer": "lokaal team",
        "talen": "Nederlands, Pools", "bezoekPerMaand": "2,5", "bezoekPlek": "bij ouders",
        "geheimePlaatsing": "nee", "uitgeslotenGebieden[1]-rij": "ja",
        "uitgeslotenGebieden[1].postcode": "1131AA", "uitgeslotenGebieden[1].straalKm": "5",
        "school.postcode": "1013AB", "school.behouden": "ja",
    },
    "wat-nodig-is": {
        **{f"problematiek.{name}": "1" for name in PROBLEMS}, "eerderePlaatsingen": "0",
        "eerdereBreakdowns": "0", "residentieelVerleden": "nee", "allergieen-gezien": "ja",
        "allergieen": ["kat"], "rookvrijNodig": "ja", "rolstoel": "nee",
    },
    "broers-en-zussen": {},
    "wensen": {"stemVanHetKind": "Ik wil op voetbal blijven.", "andereKinderen": "wel"},
    "eerst-geprobeerd": {
        "netwerkonderzoekGedaan": "ja", "preventie.netwerkonderzoekUitkomst": "niemand gevonden",
        **{f"big5.{name}": "ja" for name in BIG5},
    },
    "juridisch-kader": {"juridischKader": "vrijwillig"},
}  # fmt: skip
