"""Bodies for every operation of the contract that takes one: with marks, or simply right."""

from typing import Any

from app.intake.example import EXAMPLE
from app.kernel.clock import today_in_amsterdam
from tests.families.telling import TOLD
from tests.security.marked import BSN_MARK, MARK, body_of
from tools.openapi import build_contract

DOCUMENT = build_contract()
SCHEMAS = DOCUMENT["components"]["schemas"]
# Bodies that the schema alone does not make acceptable, with marks where a text may be anything.
KNOWN: dict[str, dict[str, Any]] = {
    "meldKindAan": {
        **EXAMPLE, "bsn": BSN_MARK, "voornaam": f"{MARK}a", "verblijftNu": MARK.lower(),
        "stemVanHetKind": f"{MARK} {BSN_MARK}", "geloofswens": MARK.lower(),
        "aanmeldnummer": "AM-MERK-1",
    },
    "zoekKinderen": {"bsn": BSN_MARK},
    "openNooddossier": {
        "aanmeldnummer": "AM-EIGEN-1", "aanleiding": "anders", "reden": f"{MARK} {BSN_MARK} is weg"
    },
}  # fmt: skip
_DAY = today_in_amsterdam().isoformat()
_PHONE = {"telefoon": "06-12345678"}
# For who asks with a body that is taken: where marks or the first of each choice are refused.
VALID: dict[str, dict[str, Any]] = {
    "verbeterKind": EXAMPLE | {"aanmeldnummer": "AM-EIGEN-1"},
    "corrigeerKind": {
        "veld": "problematiek.lvb", "waarde": 1, "betwistDoor": "ouder", "reden": "Klopt niet."
    },
    "bewaarConcept": EXAMPLE,
    "bewaarPleeggezin": TOLD,
    "bewaarBeschikbaarheid": {
        "pauze": None, "plaatsen": [{"ritme": "voltijd", "isVrij": True}],
        "beschikbaarVanaf": _DAY, "beschikbaarTot": None,
    },
    "bewaarDienstnummer": _PHONE,
    "bewaarGezinsnummer": _PHONE,
    "geefAkkoord": {},
    "beantwoordGezinsvraag": {"antwoord": "ja"},
    "legEvaluatieVast": {
        "gehoudenOp": _DAY, "problemen": 2, "contactenPerMaand": 4, "belasting": 3,
        "stemmen": [{"wie": who, "gehoord": "ja"} for who in ("kind", "pleegouders", "ouders")],
        "bevindingen": [], "veiligheid": "veilig",
    },
    "biedSteunAan": {"soort": "training", "toelichting": "Drie avonden."},
    "bewaarAmbulanteHulp": {
        "naam": "Gezinsbegeleiding", "bijSignalen": ["school"], "gemeenten": ["Amsterdam"],
        "plaatsenVrij": 2, "wachtweken": 3,
    },
    "bewaarZorgsetting": {
        "soort": "gezinshuis", "naam": "De Linde", "postcode": "1013AB", "woonplaats": "Amsterdam",
        "leeftijdVan": 0, "leeftijdTotEnMet": 18, "plaatsenTotaal": 3, "plaatsenVrij": 2,
    },
    "bewaarZelfevaluatie": {"antwoorden": [{"vraag": 1, "antwoorden": ["nee"]}]},
    "rondJimAf": {"totEnMet": _DAY, "resultaat": "thuis gebleven"},
}  # fmt: skip


def body_for(method: str, path: str, operation: str) -> Any:
    """Return a body with marks in every text, or None where the operation takes none."""
    if operation in KNOWN:
        return KNOWN[operation]
    content = DOCUMENT["paths"][path][method].get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return body_of(SCHEMAS, schema) if schema else None


def valid_body(method: str, path: str, operation: str) -> Any:
    """Return a body in which nothing is wrong, or None where the operation takes none."""
    return VALID[operation] if operation in VALID else body_for(method, path, operation)
