"""A chance in words: one of three bands, for as long as no outcomes bear out the number."""

from enum import StrEnum


class Band(StrEnum):
    """How large a chance of breakdown is, in words."""

    LOW = "laag"
    MIDDLE = "midden"
    HIGH = "hoog"


# Over a year the published chances run from some 9% (the lowest fifth) to 31% (the highest) around
# a base rate of 17%. Two thirds and one and a half times that rate part the bands.
LOW_BELOW, HIGH_FROM = 0.12, 0.25
FROM_LITERATURE = "inschatting uit literatuur"
FROM_OUTCOMES = "geschat op uitkomsten van de regio"


def band_of(chance: float) -> Band:
    """Return the band of a chance of breakdown, 0..1."""
    if chance < LOW_BELOW:
        return Band.LOW
    return Band.HIGH if chance >= HIGH_FROM else Band.MIDDLE


def basis_words(*, is_calibrated: bool) -> str:
    """Return on what the chances of a run rest, in the words for the user."""
    return FROM_OUTCOMES if is_calibrated else FROM_LITERATURE
