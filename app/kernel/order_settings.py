"""Which foster families a court order covers, by the words in which it names a kind of stay."""

import re

_ANY_FAMILY = ("pleeggezin", "pleegzorg")
_OF_NETWORK = re.compile(r"netwerk[\s-]*\w*")  # netwerkpleeggezin, netwerk-pleegzorg, netwerk


def names_any_family(setting: str) -> bool:
    """Return whether an order names foster care as such, which covers a family of the network."""
    beside_network = _OF_NETWORK.sub("", setting.lower())
    return any(word in beside_network for word in _ANY_FAMILY)


def names_network_alone(setting: str) -> bool:
    """Return whether an order names a family of the own network, and no foster care beside it."""
    return _OF_NETWORK.search(setting.lower()) is not None and not names_any_family(setting)


def names_family(setting: str) -> bool:
    """Return whether an order names a foster family, of the network or any."""
    return names_any_family(setting) or names_network_alone(setting)
