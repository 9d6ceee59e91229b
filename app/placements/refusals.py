"""How the door of placements says in the contract when an act is refused."""

from typing import Any

Refused = dict[int | str, dict[str, Any]]
TAKEN: Refused = {
    409: {
        "description": "Voor dit kind wordt niet gezocht, er loopt een stap, of het woont al in "
        "een gezin; of de Idempotency-Key is al gebruikt."
    }
}
NOT_POSSIBLE: Refused = {
    409: {
        "description": "De plaatsing is geëindigd of is een crisisbed, of het gezin heeft er geen "
        "plaats voor: de melding zegt wat nodig is. Of de Idempotency-Key is al gebruikt."
    }
}
NO_ENDING: Refused = {
    409: {
        "description": "Er is geen einde vastgelegd, dit is een crisisbed, of de Idempotency-Key "
        "is al gebruikt."
    }
}
CLEAR: Refused = {
    409: {"description": "Er is geen einde vastgelegd, of de code zegt al waarvoor het telt."}
}
