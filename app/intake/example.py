"""One whole registration as the example in the contract; the child in it does not exist."""

from collections.abc import Callable
from typing import Any

EXAMPLE: dict[str, Any] = {
    "aanmeldnummer": "AM-2026-9001",
    "bsn": None,
    "voornaam": "Voorbeeld",
    "geboortedatum": "2018-04-10",
    "geslacht": "meisje",
    "postcode": "1472BG",
    "gemeente": "Edam-Volendam",
    "verwijzer": "gecertificeerde instelling",
    "juridischKader": "OTS",
    "machtiging": {"afgegevenOp": "2026-09-30", "soort": "pleeggezin"},
    "vorm": "hulpverlening",
    "urgentie": "spoed",
    "verblijftNu": "crisispleeggezin",
    "moetWegOp": "2026-12-15",
    "aangemeldOp": "2026-10-01",
    "nodigVanaf": "2026-11-15",
    "verwachteDuurMaanden": 9,
    "school": {"postcode": "1441AM", "behouden": True},
    "broersZussen": None,
    "problematiek": {
        "externaliserend": 2,
        "internaliserend": 0,
        "hechting": 1,
        "lvb": 0,
        "psychiatrie": 0,
        "medisch": 0,
        "seksueel_grensoverschrijdend": 0,
        "weglopen": 0,
        "middelen": 0,
    },
    "sdqTotaal": 14,
    "eerderePlaatsingen": 1,
    "eerdereBreakdowns": 0,
    "residentieelVerleden": False,
    "allergieen": ["kat"],
    "rookvrijNodig": True,
    "rolstoel": False,
    "talen": ["Nederlands"],
    "geloofswens": None,
    "bezoekPerMaand": 2,
    "bezoekPlek": "bij ouders",
    "geheimePlaatsing": False,
    "uitgeslotenGebieden": [{"postcode": "1131AA", "straalKm": 5}],
    "netwerkonderzoekGedaan": True,
    "netwerkgezin": None,
    "netwerkgezinGeweigerd": None,
    "jim": None,
    "andereKinderen": "geen voorkeur",
    "stemVanHetKind": "Ik wil graag op mijn eigen school blijven.",
    "big5": {
        "wonen": "ja",
        "financien": "gedeeltelijk",
        "werk_scholing": "onbekend",
        "steunnetwerk": "ja",
        "welzijn": "nee",
    },
}


def show_examples(part: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    """Return what writes the parts of an example beside the fields of a Pydantic schema.

    Field by field, and not as one whole example: the ruleset of the NL API Design Rules takes a
    value with a name like `postcode` for the operation `post`. So a part that holds a postcode
    shows its example in its own schema.
    """

    def write(schema: dict[str, Any]) -> None:
        for name, field in schema["properties"].items():
            if name in part and not _has_postcode(part[name]):
                field["examples"] = [part[name]]

    return write


def _has_postcode(value: Any) -> bool:
    parts = value if isinstance(value, list) else [value]
    return any(isinstance(part, dict) and "postcode" in part for part in parts)
