"""`--previous`: the proposals of an earlier match, as that command wrote them."""

import json
from pathlib import Path
from typing import Any

from app.kernel.errors import InputRefused
from app.matching.limits import MOVE_PRICE
from app.matching.policy import Policy


def read_previous(path: Path, policy: Policy) -> dict[str, tuple[str, str]]:
    """Return provider and number of each child's proposed family, by the child's number.

    Raises InputRefused when the file is not that, or the policy would not look at it.
    """
    if not policy.limits.move_price:
        raise InputRefused(
            f"--previous telt alleen bij een beleid met '{MOVE_PRICE}', en {policy.name} heeft dat "
            "niet: laat --previous weg, of kies zo'n beleid."
        )
    try:
        entries = json.loads(path.read_bytes())["voorstellen"]
        return {
            _word(entry["aanmeldnummer"]): (_word(entry["aanbieder"]), _word(entry["gezin"]))
            for entry in entries
            if entry["gezin"] is not None
        }
    except OSError as error:
        raise InputRefused(
            f"{path} is niet te lezen ({error.strerror}): geef met --previous een bestand met "
            "voorstellen."
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputRefused(
            f"{path} heeft geen leesbare voorstellen: geef met --previous het bestand dat "
            "`pleegzorg match --out` schreef."
        ) from error


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
