"""Names of municipalities as people here say them."""

UNKNOWN = "onbekend"
WORD_TOO_MANY = " Municipality"  # the table of postcodes adds it to the name of some


def plain_name(municipality: str | None) -> str:
    """Return a municipality as people here call it; the postcode table adds a word to some."""
    return municipality.removesuffix(WORD_TOO_MANY) if municipality else UNKNOWN
