"""Past placements for tests: one ordinary row, what differs in each, and the file they make."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from app.kernel.words import PROBLEMS

HISTORY = Path(__file__).parents[1] / "data" / "regio-1" / "plaatsingen-historie.csv"

ORDINARY: dict[str, object] = {
    "plaatsing_id": "H-1",
    "aanbieder": "spirit",
    "gezin_type": "bestand",
    "vorm": "opvoeding",
    "start": "2025-01-10",
    "einde": "2025-11-20",
    "reden_einde": "voortijdig afgebroken",
    "leeftijd_bij_start": 9.0,
    "geslacht": "jongen",
    **{f"ernst_{problem}": 0 for problem in PROBLEMS},
    **{f"bereidheid_{problem}": "ja" for problem in PROBLEMS},
    "eerdere_plaatsingen": 1,
    "eerdere_breakdowns": 0,
    "residentieel_verleden": "nee",
    "ervaring_jaren": 4,
    "trainingen": "lvb|hechting",
    "eigen_kind_leeftijdsverschil_jaren": "",
    "aantal_pleegkinderen_in_gezin": 1,
    "afstand_huis_km": 10.1,
    "afstand_school_km": "",
    "school_behouden": "nee",
    "bezoek_per_maand": 2,
    "samenwerking_ouders": 4,
    "taal_gedeeld": "ja",
    "geloofswens_vervuld": "",
    "oudste_pleegouder_leeftijd": 50,
    "jongste_pleegouder_leeftijd": 45,
    "respijt_beschikbaar": "nee",
    "heeft_broers_zussen": "nee",
    "samen_geplaatst": "",
    "wens_andere_kinderen": "geen voorkeur",
}


def file_of(*rows: Mapping[str, object]) -> str:
    """Return the text of a file in which each row differs from the ordinary one as told."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, fieldnames=list(ORDINARY))
    table.writeheader()
    table.writerows({**ORDINARY, "plaatsing_id": f"H-{at}", **row} for at, row in enumerate(rows))
    return text.getvalue()


def write_history(path: Path, *rows: Mapping[str, object]) -> Path:
    """Write such a file and return where it stands."""
    path.write_text(file_of(*rows), encoding="utf-8")
    return path
