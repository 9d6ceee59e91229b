"""How a page of this room says things: words, days and numbers in the language of who looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.screens import moments
from app.screens.words import N_, said

# The closed lists of the API, so that they too are said in the language of the page.
LISTED = (
    N_("crisis"), N_("hulpverlening"), N_("opvoeding"), N_("deeltijd"), N_("spoed"), N_("regulier"),
    N_("jongen"), N_("meisje"), N_("x"), N_("geen voorkeur"), N_("voltijd"), N_("doordeweeks"),
    N_("oneven weekenden"), N_("even weekenden"), N_("vakanties"), N_("samen"), N_("samen, tenzij"),
    N_("apart"), N_("ja"), N_("met steun"), N_("nee"), N_("bij ouders"), N_("neutrale plek"),
    N_("pleeggezin"), N_("hond"), N_("kat"), N_("overig"), N_("laag"), N_("midden"), N_("hoog"),
    N_("kind"), N_("broer of zus"), N_("ouder"), N_("voogd"), N_("hulpverlener"), N_("geen"),
    N_("voorgesteld"), N_("woont er"),
)  # fmt: skip
PROBLEMS = {
    "externaliserend": N_("Druk of boos gedrag"),
    "internaliserend": N_("Angst of somberheid"),
    "hechting": N_("Hechting"),
    "lvb": N_("Licht verstandelijke beperking"),
    "psychiatrie": N_("Psychiatrische problemen"),
    "medisch": N_("Medische zorg"),
    "seksueel_grensoverschrijdend": N_("Seksueel grensoverschrijdend gedrag"),
    "weglopen": N_("Weglopen"),
    "middelen": N_("Alcohol of drugs"),
}
SEVERITIES = {1: N_("licht"), 2: N_("duidelijk"), 3: N_("ernstig")}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language; `say` is what a function calls `_`, so that the catalogue finds its words."""

    language: str

    def say(self, words: str) -> str:
        """Return words in this language; those that it has not, as they are."""
        return said(words, self.language)

    def day(self, given: str) -> str:
        """Return a date for in a line: *28 nov 2026*."""
        return moments.in_short(given, self.language)

    def number(self, given: float, digits: int = 0) -> str:
        """Return a number as people write it."""
        return moments.number(given, self.language, digits)

    def listed(self, given: Iterable[str]) -> str:
        """Return words with commas, and *en* before the last."""
        told = [self.say(word) for word in given]
        if len(told) < 2:
            return "".join(told)
        return f"{', '.join(told[:-1])} {self.say(AND)} {told[-1]}"


AND = N_("en")


def years_between(born: str, today: str) -> int:
    """Return an age in whole years, from two dates as the API writes them."""
    return int(today[:4]) - int(born[:4]) - (today[5:] < born[5:])
