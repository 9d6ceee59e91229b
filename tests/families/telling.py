"""A family as a provider tells it over HTTP: complete and valid."""

from typing import Any

from app.kernel.words import PROBLEMS

SPI_1 = "/v1/pleeggezinnen/spirit/SPI-1"
TOLD: dict[str, Any] = {
    "naam": "Jansen", "soort": "bestand", "status": "actief", "postcode": "1011AB",
    "woonplaats": "Amsterdam", "pleegoudersGeboren": [1980, 1982], "eigenKinderenGeboren": [2015],
    "pleegkinderenGeboren": [], "vormen": ["opvoeding"], "plaatsenTotaal": 2, "plaatsenVrij": 1,
    "beschikbaarVanaf": "2026-10-01", "beschikbaarTot": None, "leeftijdVan": 0,
    "leeftijdTotEnMet": 12, "voorkeurGeslacht": "geen voorkeur", "maxBroersZussen": 2,
    "bereidheid": {problem.value: "ja" for problem in PROBLEMS}, "ervaringJaren": 3.0,
    "trainingen": [], "samenwerkingOuders": 4, "huisdieren": [], "rookt": False,
    "rolstoel": False, "talen": ["Nederlands"], "geloof": None, "vgbGeldigTot": "2028-01-01",
    "voorbereid": True, "respijt": False, "netwerkVoor": None,
    "gewijzigdOp": "2026-10-20T00:00:00Z",
}  # fmt: skip
