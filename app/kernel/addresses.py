"""A family's number in an address: no number has a tilde, so it can stand for a slash."""

# Any code that a provider may have or have had; a new one is judged more narrowly.
PROVIDER_CODE = "^[a-z][a-z0-9-]{0,59}$"


def number_in_path(number: str) -> str:
    """Return how a number stands in an address."""
    return number.replace("/", "~")


def number_of_path(word: str) -> str:
    """Return the number that stands in an address."""
    return word.replace("~", "/")
