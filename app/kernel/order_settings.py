"""Which kinds of stay a court order names, by the words in which somebody typed them over.

An order is read strictly: what is read too widely lets a child go further from home than the court
said. What is not plain is asked again, in the court's own words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeVar

Kind = TypeVar("Kind", bound=str)

_ANY_FAMILY = ("pleeggezin", "pleegzorg", "pleegouder")
_OF_NETWORK = re.compile(r"netwerk[\s-]*\w*")  # netwerkpleeggezin, netwerk-pleegzorg, netwerk
# What stands behind these is not what the order names; before it may be.
_BUT_NOT = re.compile(
    r"\b(?:niet|geen|noch|nooit|nimmer|zonder|behalve|behoudens|tenzij|uitgezonderd|uitgesloten)\b"
    r"|\b(?:anders|liever|eerder) dan\b|\bin plaats van\b|\buitzondering\b|\buitsluiting\b"
)
# Between two kinds of stay: "X of Y", "X dan wel een Y", "accommodatie van een aanbieder of een Y".
_FILLER = r"(?:\s*\b(?:een|het|de|in|bij|voor|van|andere?|voorziening|verblijf|\w*aanbieder)\b)*"
_OR = re.compile(rf"{_FILLER}(?:\s*,?\s*\b(?:of|en/of|dan wel|danwel)\b|\s*/){_FILLER}\s*")
_COMMA = re.compile(rf"{_FILLER}\s*,{_FILLER}\s*")


def names_any_family(setting: str) -> bool:
    """Return whether an order names foster care as such, which covers a family of the network."""
    beside_network = _OF_NETWORK.sub("", _named(setting))
    return any(word in beside_network for word in _ANY_FAMILY)


def names_network_alone(setting: str) -> bool:
    """Return whether an order names a family of the own network, and no foster care beside it."""
    return _OF_NETWORK.search(_named(setting)) is not None and not names_any_family(setting)


def names_family(setting: str) -> bool:
    """Return whether an order names a foster family, of the network or any."""
    return names_any_family(setting) or names_network_alone(setting)


def plainly_named(setting: str, words: Mapping[Kind, re.Pattern[str]]) -> frozenset[Kind]:
    """Return which kinds of stay an order names; none where that is not plain to read.

    One kind, or several in a row that ends in "of", and nothing that takes one of them out again.
    """
    told = _plain(setting)
    if _BUT_NOT.search(told):
        return frozenset()
    found = sorted(
        (match.start(), match.end(), kind)
        for kind, pattern in words.items()
        for match in pattern.finditer(told)
    )
    kinds = frozenset(kind for _, _, kind in found)
    between = (told[one[1] : next_[0]] for one, next_ in pairwise(found))
    return kinds if len(kinds) <= 1 or _is_row(between) else frozenset()


def _is_row(between: Iterable[str]) -> bool:
    """Return whether what stands between kinds of stay makes one row of them."""
    *first, last = between
    return _OR.fullmatch(last) is not None and all(
        _OR.fullmatch(part) or _COMMA.fullmatch(part) for part in first
    )


def _named(setting: str) -> str:
    return _BUT_NOT.split(_plain(setting), maxsplit=1)[0]


def _plain(setting: str) -> str:
    return " ".join(unicodedata.normalize("NFC", setting).lower().split())
