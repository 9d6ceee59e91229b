"""What the limits of a policy cost, as a run that is drawn here stored it."""

import json
from pathlib import Path

import app.matching

_FILE = Path(app.matching.__file__).with_name("policies") / "zorgvuldig.toml"
_WAITING = {
    "vorm hulpverlening": 40, "vorm opvoeding": 30, "vorm crisis": 24, "12 jaar en ouder": 25,
    "broers en zussen": 50,
}  # fmt: skip
_TOLD = {
    "ondergrenzen": [{
        "groep": "rolstoel", "zin": "Ten minste de helft, als dat kan", "wachtend": 22,
        "gevraagd": 11, "geplaatst": 10,
        "prijs": {"groepErbij": 2, "anderenEraf": 1, "breakdowns": 0.31},
    }],
    "bovengrenzen": [{
        "grens": "hoogste_breakdownkans", "zin": "x", "reden": None,
        "prijs": {
            "geplaatst": 60, "geplaatstZonder": 66, "breakdowns": 9.5, "breakdownsZonder": 13.0,
            "groepen": [
                {"groep": name, "wachtend": count, "geplaatst": count - 3,
                 "geplaatstZonder": count - 1} for name, count in _WAITING.items()
            ],
        },
    }],
}  # fmt: skip
PRICED = {
    "policy": _FILE.read_text("utf-8"), "told": json.dumps(_TOLD),
    "counts": json.dumps({"kinderen": 94, "alInGang": 0}),
}  # fmt: skip
