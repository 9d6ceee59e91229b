"""Words of this room in the language of a visit."""

from app.screens.visit import SignedIn
from app.screens.words import translations


def said(visit: SignedIn, words: str) -> str:
    """Return marked words as somebody reads them."""
    return translations(visit.language).gettext(words)
