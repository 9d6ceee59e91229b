"""Dutch is the language of the templates; catalogues translate it. One catalogue a room."""

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"nl": "Nederlands", "en": "English"}


def N_(words: str) -> str:  # noqa: N802 the name that catalogues are searched for
    """Mark words for the catalogues that are translated where they are shown."""
    return words


class _Words(GNUTranslations):
    """Nothing stays nothing: a catalogue keeps its own heading under the empty sentence."""

    def gettext(self, message: str) -> str:
        return super().gettext(message) if message else ""


FOLDER = Path(__file__).with_name("locale")


@lru_cache
def translations(language: str) -> NullTranslations:
    """Return the words of a language; of Dutch, and of one that is not there, the words as is."""
    if language not in LANGUAGES or language == "nl":
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, _all_of(language))
    compiled.seek(0)
    return _Words(compiled)


def said(words: str, language: str) -> str:
    """Return words in a language; those that it has not, as they are."""
    return translations(language).gettext(words)


def _all_of(language: str) -> Catalog:
    whole = Catalog(locale=language)
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and message.string:
                    whole.add(message.id, message.string, context=message.context)
    return whole
