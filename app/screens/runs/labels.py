"""The words of runs as people read them; translated where they are shown."""

from typing import Any

from app.screens.families.labels import FORMS, PROBLEMS, RHYTHMS, URGENCIES
from app.screens.words import N_

STATES = {
    "wacht": N_("wacht"),
    "loopt": N_("loopt"),
    "klaar": N_("klaar"),
    "mislukt": N_("mislukt"),
    "vervangen": N_("vervangen door een nieuwere"),
}
# What ships with the service, each as somebody who chooses must know it.
POLICIES = {
    "zorgvuldig": (
        N_("Zorgvuldig"),
        N_(
            "Eerst het eigen netwerk, dan crisis, wie weg moet en broers en zussen samen. Is de "
            "kans op een breakdown te hoog, dan volgt er geen voorstel maar een gesprek."
        ),
    ),
    "maximaal": (
        N_("Maximaal"),
        N_(
            "Zo veel mogelijk kinderen een plek, de meest dringende eerst, zonder grens aan de "
            "kans op een breakdown. Laat zien wat er op zijn hoogst kan."
        ),
    ),
}
BANDS = {"laag": N_("laag"), "midden": N_("midden"), "hoog": N_("hoog")}
MOVES = {
    "kreeg een voorstel": N_("kreeg een voorstel"),
    "verloor het voorstel": N_("verloor het voorstel"),
    "ander gezin": N_("ander gezin"),
    "nieuw in deze run": N_("nieuw in deze run"),
    "niet meer in deze run": N_("niet meer in deze run"),
}
UNITS = {
    "kinderen": N_("kinderen"),
    "groepen": N_("groepen"),
    "dagen": N_("dagen"),
    "verwachte breakdowns": N_("verwachte breakdowns"),
    "km": N_("km"),
}
GOALS = {
    "netwerk_eerst": N_("in het eigen netwerk"),
    "crisis_geplaatst": N_("crisiskinderen met een plek"),
    "spoed_geplaatst": N_("spoedkinderen met een plek"),
    "regulier_geplaatst": N_("reguliere kinderen met een plek"),
    "geplaatst": N_("kinderen met een plek"),
    "geplaatst_tegen_prijs": N_("kinderen met een plek, binnen de prijs"),
    "moeilijkst_geplaatst": N_("moeilijk plaatsbare kinderen met een plek"),
    "moet_weg": N_("een plek voor wie weg moet"),
    "tenzij_groepen_heel": N_("groepen 'samen, tenzij' bij elkaar"),
    "groepen_heel": N_("groepen broers en zussen bij elkaar"),
    "wachtdagen": N_("wachtdagen opgelost"),
    "breakdowns": N_("verwachte breakdowns"),
    "kilometers": N_("kilometers"),
}
WORDS: dict[str, dict[Any, Any]] = {
    "doelen": GOALS,
    "standen": STATES,
    "beleid": POLICIES,
    "klassen": BANDS,
    "veranderingen": MOVES,
    "eenheden": UNITS,
    "vormen": FORMS,
    "ritmes": RHYTHMS,
    "problemen": PROBLEMS,
    "urgenties": URGENCIES,
}
