"""Templates into pages: one environment a language, escaping always on."""

from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.kernel.addresses import number_in_path
from app.screens import moments
from app.screens.static_files import address_of
from app.screens.words import LANGUAGES, N_, said, translations

TEMPLATES = Path(__file__).with_name("templates")
_NOT_TOLD = N_("niet genoemd")


class _Pages(Environment):
    """Reads `x.naam` of what the API told as the field it is, before it looks for a method.

    Jinja looks the other way round and finds no field that way but by an error: most of the time
    that a table of a thousand rows takes.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@lru_cache
def environment(language: str) -> Environment:
    """Return the templates in a language."""
    made = _Pages(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["_"] = _saying(language)
    made.globals.update(
        taal=language, talen=LANGUAGES, opmaak=address_of, eenmalig_merk=lambda: str(uuid4())
    )
    made.filters.update(
        geleden=partial(moments.ago, language=language),
        voluit=partial(moments.in_full, language=language),
        datum=partial(moments.in_short, language=language),
        getal=_number_in(language),
        aantal=_count_in(language),
        klok=moments.clock,
        vertaald=lambda options: [(v, said(w, language)) for v, w in options],
        zip=lambda first, second: list(zip(first, second, strict=True)),
        leesbaar=unquote,
        in_adres=_in_address,
    )
    return made


def _in_address(number: str) -> str:
    """Return a family's number as it stands in an address."""
    return quote(number_in_path(number), safe="")


def _saying(language: str) -> Any:
    """Return `_` of the templates, which looks a sentence up once: tables say it on every line."""

    @lru_cache(4096)
    def found(words: str) -> Markup:
        return Markup(said(words, language))  # noqa: S704 ours, or a word of a closed list

    @lru_cache(4096)
    def filled(words: str) -> Markup:
        return found(words) % {}

    def say(words: str, **values: object) -> Markup:
        return found(words) % values if values else filled(words)

    return say


def _number_in(language: str) -> Any:
    def number(given: float, digits: int = 0) -> str:
        return moments.number(given, language, digits)

    return number


def _count_in(language: str) -> Any:
    hidden = Markup('<abbr title="{}">–</abbr>').format(said(_NOT_TOLD, language))

    def count(given: float | None) -> str:
        """Return a count of a board; a dash where it is not told."""
        return hidden if given is None else moments.number(given, language, 0)

    return count


def render(template: str, language: str, **context: Any) -> str:
    """Return a page."""
    return environment(language).get_template(template).render(**context)
