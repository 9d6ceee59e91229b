"""How the fields of any form are called, by the address of the form and the name of the field."""

import re
from collections.abc import Iterable, Mapping

from app.screens.crisis.words import NAMES as CRISIS
from app.screens.families.questions import NAMES as QUESTIONS
from app.screens.families.upload import NAMES as UPLOAD
from app.screens.history.emergency_routes import NAMES as EMERGENCY
from app.screens.ladder.words import NAMES as LADDER
from app.screens.plaatsingen.words import NAMES as PLACEMENTS
from app.screens.registrations.form_steps import labels
from app.screens.steps.words import NAMES as STEPS
from app.screens.steun.words import NAMES as SUPPORT

# The first whose pattern is in the address; a name that it has not is looked for in the others.
_ROOMS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("/stappen/", STEPS),
    ("/steun", SUPPORT),
    ("/respijt", SUPPORT),
    ("/ladder", LADDER),
    ("/netwerk", LADDER),
    ("/zorgsettingen", LADDER),
    ("/plaatsingen", PLACEMENTS),
    ("/crisis", CRISIS),
    ("/noodtoegang", EMERGENCY),
    ("/vragen", QUESTIONS),
    ("/gezinnen", UPLOAD),
    ("/", labels()),
)
_PARTS = re.compile(r"[^\W_]+", re.UNICODE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=\d)")


def named(path: str, fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return how each field is called, in Dutch: its label, or its name as words."""
    return {name: _label(path, name) for name, _ in fields}


def _label(path: str, name: str) -> str:
    rooms = sorted(_ROOMS, key=lambda room: room[0] not in path)
    found = next((names[name] for _, names in rooms if name in names), None)
    return found or _as_words(name)


def _as_words(name: str) -> str:
    """Return a name such as broer1-leeftijd as Broer 1 leeftijd."""
    parts = [_HUMP.sub(" ", part).lower() for part in _PARTS.findall(name)]
    return " ".join(parts).capitalize() or name
