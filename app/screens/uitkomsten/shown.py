"""Numbers with intervals as people read them."""

from collections.abc import Mapping
from typing import Any

from app.screens.moments import number
from app.screens.words import N_

NOT_SHOWN = N_("niet getoond")  # small itself, or it would give a small one away
TOO_SHORT = N_("nog te kort gevolgd")
# Each measure of the fairness board: its title, and how it is written.
MEASURES = {
    "wachtdagen": (N_("Wachtdagen"), "days"),
    "opties": (N_("Mogelijke gezinnen"), "count"),
    "kans": (N_("Genoemde kans op afbreuk"), "share"),
    "geplaatst": (N_("Geplaatst"), "share"),
    "nee": (N_("Nee op een vraag"), "share"),
    "afgebroken": (N_("Afgebroken binnen een jaar"), "share"),
}
STATES = {
    "voorstel": (N_("voorstel"), "let-op"),
    "in werking": (N_("in werking"), "goed"),
    "vervangen": (N_("vervangen"), "stil"),
    "teruggedraaid": (N_("teruggedraaid"), "stil"),
    "afgewezen": (N_("afgewezen"), "stil"),
    "vervallen": (N_("vervallen"), "stil"),
}
SOURCES = {
    "besluit van de regio": N_("door een besluit van de regio"),
    "instelling van de dienst": N_("door een instelling van de dienst"),
    "meegeleverd": N_("omdat de regio nog niets anders besloot"),
}
DECISIONS = {
    "aanvaard": N_("aanvaard"),
    "afgewezen": N_("afgewezen"),
    "teruggedraaid": N_("teruggedraaid"),
    "kansen uitgezet": N_("kansen uitgezet"),
    "kansen aangezet": N_("kansen aangezet"),
}
LIMITS = {
    "onderscheid": N_("Onderscheid"),
    "helling": N_("Helling"),
    "niveau": N_("Niveau"),
    "brier": N_("Brier-score"),
}
ALARMS = {
    "verschuiving": N_("Plaatsingen breken vaker of minder vaak af dan eerder"),
    "uitzetten": N_("De kansen horen uit"),
}
GROUPINGS = {
    "leeftijd": N_("Leeftijd"),
    "geslacht": N_("Geslacht"),
    "vorm": N_("Vorm"),
    "beperking": N_("Beperking"),
    "broers en zussen": N_("Broers en zussen"),
    "gemeente": N_("Gemeente"),
    "aanbieder": N_("Aanbieder"),
    "taal": N_("Taal"),
}


def interval(found: Mapping[str, float] | None, kind: str, language: str) -> str:
    """Return a number with its interval; a dash where it is not told."""
    if found is None:
        return "–"
    value, low, high = (_one(found[name], kind, language) for name in ("waarde", "laag", "hoog"))
    return f"{value} ({low}–{high})"


def _one(value: float, kind: str, language: str) -> str:
    match kind:
        case "share":
            return f"{100 * value:.0f}%"
        case "days":
            return number(value, language, 0)
        case "count":
            return number(value, language, 1)
        case _:
            return number(value, language, 2)


def words(**more: Any) -> dict[str, Any]:
    """Return what the templates look words up in."""
    return {
        "maten": MEASURES, "standen": STATES, "bronnen": SOURCES, "besluiten": DECISIONS,
        "grenzen": LIMITS, "indelingen": GROUPINGS, "alarmen": ALARMS,
    } | more  # fmt: skip
