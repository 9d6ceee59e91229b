"""The words of a step as people read them."""

from app.screens import going_on
from app.screens.visit import Visit
from app.screens.words import N_

# In order; the second says whose turn it is, the third asks what came of it.
PHASES = {
    "voorgesteld": (
        N_("Voorgesteld"),
        N_("De aanbieder is aan zet"),
        N_("Wat vindt de aanbieder?"),
    ),
    "voorgelegd aan pleegouders": (
        N_("Pleegouders"),
        N_("De pleegouders zijn aan zet"),
        N_("Wat vinden de pleegouders?"),
    ),
    "voorgelegd aan ouders en kind": (
        N_("Ouders en kind"),
        N_("Ouders en kind zijn aan zet"),
        N_("Wat vinden ouders en kind?"),
    ),
    "kennismaking": (
        N_("Kennismaking"),
        N_("Kennismaken; aanbieder en verwijzer beslissen"),
        N_("Wat vinden allen na de kennismaking?"),
    ),
    "match": (
        N_("Match"),
        N_("De coördinator is aan zet"),
        N_("Is iedereen akkoord met het begin?"),
    ),
    "wennen": (N_("Wennen"), N_("Gezin en kind wennen"), N_("Hoe ging het wennen?")),
    "plaatsing": (N_("Plaatsing"), N_("Het kind woont er"), ""),
}
STATES = {
    "loopt": N_("Loopt"),
    "nee": N_("Nee"),
    "verlopen": N_("Beëindigd"),
    "geplaatst": N_("Geplaatst"),
}
AGREEMENTS = {
    "ja": N_("Ja"),
    "onder voorwaarde": N_("Ja, onder een voorwaarde"),
    "nee": N_("Nee"),
}
DECLINES = [
    ("gezin niet beschikbaar", N_("Het gezin is niet beschikbaar")),
    ("problematiek te zwaar", N_("Wat er speelt is te zwaar voor dit gezin")),
    ("leeftijd", N_("Leeftijd")),
    ("afstand", N_("Afstand")),
    ("gezinssamenstelling", N_("Gezinssamenstelling")),
    ("veiligheid", N_("Veiligheid")),
    ("voorkeur ander gezin", N_("Voorkeur voor een ander gezin")),
    ("ouders of kind bezwaar", N_("Ouders of kind hebben bezwaar")),
    ("anders", N_("Anders (licht toe)")),
]
BY = {
    "gezin": N_("Het gezin"),
    "aanbieder": N_("De aanbieder"),
    "verwijzer": N_("De verwijzer"),
    "ouders": N_("De ouders"),
    "kind": N_("Het kind"),
}
SAYS_NO = ("gezin", "aanbieder", "verwijzer")
OBJECTS = ("ouders", "kind")
WEIGHTS = {"veto": N_("Houdt de plaatsing tegen"), "weegt mee": N_("Weegt mee")}
OUTCOMES = {
    "doorgaan": N_("Gewogen, wij gaan door"),
    "ingetrokken": N_("Ingetrokken: wie het maakte stemt nu in"),
    "stoppen": N_("Wij stoppen met dit gezin"),
}
MESSAGES = {
    "ja": N_("De aanbieder zei ja"),
    "nee": N_("De aanbieder zei nee"),
    "vraag": N_("De aanbieder vraagt"),
    "uitleg": N_("Antwoord aan de aanbieder"),
}
BANDS = {"laag": N_("laag"), "midden": N_("midden"), "hoog": N_("hoog")}
EVERYTHING = {
    "stand": STATES,
    "akkoord": AGREEMENTS,
    "afwijsreden": dict(DECLINES),
    "door": BY,
    "gewicht": WEIGHTS,
    "uitkomst": OUTCOMES,
    "bericht": MESSAGES,
    "klasse": BANDS,
}
NAMES = {
    "aanbieder": N_("Aanbieder"),
    "gezin": N_("Gezinsnummer"),
    "sinds": N_("Eerste contact"),
    "totEnMet": N_("Vasthouden tot en met"),
    "redenKeuze": N_("Waarom dit gezin"),
    "akkoord": N_("Akkoord"),
    "voorwaarde": N_("Voorwaarde"),
    "voors": N_("Voors"),
    "tegens": N_("Tegens"),
    "twijfels": N_("Twijfels"),
    "steunplan": N_("Steunplan"),
    "redenGeenSteunplan": N_("Waarom geen steunplan"),
    "redenSplitsing": N_("Waarom broers en zussen uit elkaar gaan"),
    "vanaf": N_("Eerste dag in het gezin"),
    "door": N_("Van wie"),
    "afwijsreden": N_("Reden van het nee"),
    "reden": N_("Reden"),
    "tekst": N_("Tekst"),
    "uitkomst": N_("Uitkomst"),
    "organisatie": N_("Organisatie van de verwijzer"),
    "gegevenOp": N_("Dag van het akkoord"),
    **going_on.NAMES,
}


def names_for(visit: Visit) -> dict[str, str]:
    """Return the labels of fields in the language of a visit."""
    return {field: visit.say(label) for field, label in NAMES.items()}


def choices(words: dict[str, str], *which: str) -> list[tuple[str, str]]:
    """Return words as options of a field: some, or all."""
    return [(word, label) for word, label in words.items() if not which or word in which]
