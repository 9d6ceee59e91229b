"""The placements as a person sees them: each page and state."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from app.db.opened import Database
from tests.screens.looking import Looker
from tests.screens.plaatsingen.living import TODAY, make_late, settle

VOICES = [
    {"wie": "kind", "gehoord": "ja"},
    {"wie": "pleegouders", "gehoord": "ja"},
    {"wie": "ouders", "gehoord": "kon niet", "reden": "Moeder was opgenomen."},
]
REVIEW = {
    "gehoudenOp": TODAY.isoformat(), "stemmen": VOICES, "problemen": 2, "contactenPerMaand": 4,
    "belasting": 4, "veiligheid": "twijfel",
    "bevindingen": [
        {"wie": "kind", "onderwerp": "school", "oordeel": "goed", "tekst": "Heeft vrienden."},
        {"wie": "pleegouders", "onderwerp": "gedrag", "oordeel": "ernstige zorg",
         "tekst": "Slaapt slecht en is vaak boos."},
    ],
}  # fmt: skip
BROKE = {
    "soort": "bijna afgebroken", "dag": TODAY.isoformat(), "initiatief": "pleegouders",
    "redenen": ["gedragsproblemen kind", "draagkracht pleegouders"],
    "geprobeerd": ["respijtzorg", "hulp voor het kind"], "toelichting": "Zij waren op.",
}  # fmt: skip


def test_every_screen_of_the_placements(
    look: Callable[..., Looker], client_as: Callable[..., TestClient], screens_database: Database
) -> None:
    """Nothing wrong on any, and a picture of each."""
    seen = look("coordinator")
    client = client_as("coordinator")

    def see(path: str, name: str) -> None:
        seen.go(path)
        assert seen.complaints() == [], name
        seen.shoot(name)

    see("/plaatsingen", "plaatsingen-leeg")
    see("/plaatsingen/te-beoordelen", "plaatsingen-niets-te-beoordelen")
    see("/plaatsingen/evaluaties", "plaatsingen-niets-te-laat")
    see("/plaatsingen/nieuw", "plaatsing-melden")
    home, other, third = (settle(client) for _ in range(3))
    home.api("POST", "/evaluaties", **REVIEW)
    home.api("POST", "/afbreukverslagen", **BROKE)
    make_late(screens_database)
    told = {"dag": TODAY.isoformat(), "toelichting": "Samen met ouders besloten."}
    assert (
        other.api("POST", "/_beeindig", code="34", vervolgplek="thuis", **told).status_code == 200
    )
    third.api("POST", "/_beeindig", code="33", vervolgplek="leefhuis", **told)
    see("/plaatsingen", "plaatsingen")
    see("/plaatsingen?stand=geeindigd&vorm=crisis", "plaatsingen-geen-die-past")
    see(home.at, "plaatsing")
    see(other.at, "plaatsing-te-beoordelen")
    see(third.at, "plaatsing-afgebroken")
    see("/plaatsingen/te-beoordelen", "plaatsingen-te-beoordelen")
    see("/plaatsingen/evaluaties", "plaatsingen-te-laat")
    for form in ("evaluatie", "vorm", "verplaatsen", "einde", "afbreukverslag", "verbeteren"):
        see(f"{home.at}/{form}", f"plaatsing-{form}")
    see(f"{other.at}/beoordelen", "plaatsing-beoordelen")
