"""Names of municipalities as people here say them."""

UNKNOWN = "onbekend"


def plain_name(municipality: str | None) -> str:
    """Return a municipality as people here call it; the postcode table adds a word to some."""
    return municipality.removesuffix(" Municipality") if municipality else UNKNOWN
