"""The words of placements as people read them."""

from app.screens import going_on
from app.screens.visit import Visit
from app.screens.words import N_

FORMS = {
    "crisis": N_("Crisis"),
    "hulpverlening": N_("Hulpverlening (tijdelijk)"),
    "opvoeding": N_("Opvoeding (langdurig)"),
    "deeltijd": N_("Deeltijd"),
}
RHYTHMS = {
    "voltijd": N_("Hele week"),
    "doordeweeks": N_("Doordeweeks"),
    "oneven weekenden": N_("Oneven weekenden"),
    "even weekenden": N_("Even weekenden"),
    "vakanties": N_("Vakanties"),
}
STATES = {"loopt": N_("Loopt"), "geeindigd": N_("Geëindigd")}
ORIGINS = {
    "besluit": N_("na een besluit hier"),
    "crisis": N_("crisisbed"),
    "gemeld": N_("gemeld, begon buiten de dienst om"),
    "verplaatst": N_("verhuizing vanuit een ander gezin"),
}
GROUNDS = {
    "afgesproken": N_("Afgesproken, met akkoord van aanbieder en verwijzer"),
    "acuut": N_("Acuut: een crisisplaatsing, de akkoorden volgen"),
    "eigen netwerk": N_("Het kind woonde al in zijn eigen netwerk"),
    "overgenomen": N_("De plaatsing liep al voor de aanmelding hier"),
}
CODES = {
    "31": N_("31 – volgens plan"),
    "32": N_("32 – voortijdig, door kind of ouders"),
    "33": N_("33 – voortijdig, door de aanbieder"),
    "34": N_("34 – voortijdig, in overleg"),
    "35": N_("35 – voortijdig, door omstandigheden van buiten"),
    "36": N_("36 – door de gemeente"),
    "37": N_("37 – door een wijziging van de zorg"),
    "38": N_("38 – naar een andere aanbieder"),
    "39": N_("39 – naar een andere wet"),
    "20": N_("20 – tijdelijk beëindigd"),
    "02": N_("02 – overleden"),
}
MOVE_CODES = ("31", "32", "33", "34", "35", "36", "37", "38")
WENT_TO = {
    "thuis": N_("Thuis"),
    "eigen netwerk": N_("Eigen netwerk"),
    "ander pleeggezin": N_("Ander pleeggezin"),
    "gezinshuis": N_("Gezinshuis"),
    "leefhuis": N_("Leefhuis"),
    "residentieel": N_("Residentieel"),
    "zelfstandig": N_("Zelfstandig"),
    "blijft in dit gezin": N_("Blijft in dit gezin wonen"),
    "onbekend": N_("Onbekend"),
}
LABELS = {
    "volgens plan": N_("Volgens plan"),
    "voortijdig afgebroken": N_("Voortijdig afgebroken"),
    "geen uitkomst": N_("Geen uitkomst"),
    "te beoordelen": N_("Te beoordelen"),
}
# What waits, and how somebody settles it.
ATTENTION = {
    "evaluatie te laat": (
        N_("Evaluatie te laat"),
        N_("De geplande evaluatie is voorbij en nog niet vastgelegd."),
    ),
    "einde te beoordelen": (
        N_("Einde te beoordelen"),
        N_(
            "De code zegt niet waarvoor dit einde telt, of het afbreukverslag zegt iets anders. "
            "Tot iemand oordeelt telt het nergens mee."
        ),
    ),
    "einde nog te beschrijven": (
        N_("Einde nog te beschrijven"),
        N_("Het kind woont hier niet meer; hoe het eindigde heeft nog niemand gezegd."),
    ),
    "afbreukverslag ontbreekt": (
        N_("Afbreukverslag ontbreekt"),
        N_("Deze plaatsing brak af. Wat er speelde en wat is geprobeerd staat nog nergens."),
    ),
    "akkoord ontbreekt": (
        N_("Akkoord ontbreekt"),
        N_("Het kind kwam hier acuut. Leg het akkoord van aanbieder en verwijzer alsnog vast."),
    ),
    "vervolg nog niet begonnen": (
        N_("Vervolg nog niet begonnen"),
        N_("Een crisisgezin is een tussenplek, en naar een volgende plek zoekt nog niemand."),
    ),
    "hereniging niet gepland": (
        N_("Hereniging niet gepland"),
        N_(
            "Een crisis scheidde broers en zussen. Leg bij de aanmelding vast wanneer zij weer "
            "samen wonen, of hier dat zij dat al doen."
        ),
    ),
    "hereniging nadert of is voorbij": (
        N_("Hereniging nadert of is voorbij"),
        N_(
            "De dag waarop broers en zussen weer samen wonen is dichtbij of voorbij. Zoek nu een "
            "plek voor allen, of leg hier vast dat zij weer samen zijn."
        ),
    ),
}
ACTS = {
    "gemeld": N_("Plaatsing gemeld"),
    "gegevens gewijzigd": N_("Gegevens verbeterd"),
    "vorm gewijzigd": N_("Vorm of ritme gewijzigd"),
    "verplaatst": N_("Verplaatst naar een ander gezin"),
    "beeindigd": N_("Einde vastgelegd"),
    "beoordeeld": N_("Einde beoordeeld"),
    "einde verbeterd": N_("Einde verbeterd"),
}
KINDS = {
    "afgebroken": N_("De plaatsing brak af"),
    "bijna afgebroken": N_("Het ging bijna mis, maar de plaatsing hield stand"),
}
INITIATIVES = {
    "kind": N_("Kind"),
    "aanmeldnummer": N_("Aanmeldnummer"),
    "ouders": N_("Ouders"),
    "pleegouders": N_("Pleegouders"),
    "aanbieder": N_("Aanbieder"),
    "verwijzer": N_("Verwijzer"),
    "rechter": N_("Rechter"),
    "gezamenlijk": N_("Gezamenlijk"),
}
REASONS = {
    "gedragsproblemen kind": N_("Gedrag van het kind"),
    "draagkracht pleegouders": N_("Draagkracht van de pleegouders"),
    "relatie eigen kinderen": N_("Hoe het ging met eigen kinderen"),
    "samenwerking met ouders": N_("Samenwerking met de ouders"),
    "loyaliteit": N_("Loyaliteit van het kind"),
    "veiligheid": N_("Veiligheid"),
    "omstandigheden pleeggezin": N_("Omstandigheden in het pleeggezin"),
    "ontbrekende ondersteuning": N_("Ondersteuning ontbrak"),
    "anders": N_("Anders (licht toe)"),
}
TRIED = {
    "extra begeleiding pleegouders": N_("Extra begeleiding van de pleegouders"),
    "respijtzorg": N_("Respijtzorg"),
    "hulp voor het kind": N_("Hulp voor het kind"),
    "hulp aan huis": N_("Hulp aan huis"),
    "gesprek met ouders": N_("Gesprek met de ouders"),
    "netwerk of JIM": N_("Eigen netwerk of JIM"),
    "tijdelijk elders": N_("Tijdelijk elders wonen"),
    "niets": N_("Niets"),
    "anders": N_("Anders (licht toe)"),
}
VOICES = {"kind": N_("Kind"), "pleegouders": N_("Pleegouders"), "ouders": N_("Ouders")}
HEARD = {"ja": N_("Ja"), "nee": N_("Nee"), "kon niet": N_("Kon niet")}
TOPICS = {
    "welbevinden": N_("Hoe het kind zich voelt"),
    "gedrag": N_("Gedrag"),
    "school": N_("School"),
    "gezondheid": N_("Gezondheid"),
    "band met het gezin": N_("Band met het gezin"),
    "contact met ouders": N_("Contact met ouders"),
    "broers en zussen": N_("Broers en zussen"),
    "belasting pleeggezin": N_("Belasting van het pleeggezin"),
    "eigen kinderen van het gezin": N_("Eigen kinderen van het gezin"),
    "samenwerking": N_("Samenwerking"),
    "veiligheid": N_("Veiligheid"),
    "perspectief": N_("Perspectief"),
    "anders": N_("Anders"),
}
WEIGHTS = {"goed": N_("Goed"), "zorg": N_("Zorg"), "ernstige zorg": N_("Ernstige zorg")}
SAFETY = {"veilig": N_("Veilig"), "twijfel": N_("Twijfel"), "onveilig": N_("Onveilig")}
PROBLEMS = {
    "0": N_("Geen"),
    "1": N_("Licht"),
    "2": N_("Duidelijk"),
    "3": N_("Ernstig"),
}
STRAIN = {
    "1": N_("1 – licht"),
    "2": N_("2 – gaat goed"),
    "3": N_("3 – stevig"),
    "4": N_("4 – zwaar"),
    "5": N_("5 – te zwaar"),
}
REVIEWS = {
    "gepland": N_("gepland"),
    "te laat": N_("te laat"),
    "gehouden": N_("gehouden"),
    "gemist": N_("gemist"),
}
EVERYTHING = {
    "vorm": FORMS, "ritme": RHYTHMS, "stand": STATES, "herkomst": ORIGINS, "code": CODES,
    "vervolgplek": WENT_TO, "uitkomst": LABELS, "aandacht": ATTENTION, "handeling": ACTS,
    "soort": KINDS, "initiatief": INITIATIVES, "reden": REASONS, "geprobeerd": TRIED,
    "wie": VOICES, "gehoord": HEARD, "onderwerp": TOPICS, "oordeel": WEIGHTS,
    "veiligheid": SAFETY, "problemen": PROBLEMS, "belasting": STRAIN, "evaluatie": REVIEWS,
    "grond": GROUNDS,
}  # fmt: skip
NAMES = {
    "kind": N_("Kind"),
    "aanbieder": N_("Aanbieder"),
    "gezin": N_("Gezinsnummer"),
    "van": N_("Eerste dag"),
    "dag": N_("Dag"),
    "vorm": N_("Vorm"),
    "ritme": N_("Ritme"),
    "code": N_("Reden van het einde"),
    "vervolgplek": N_("Waar het kind heen ging"),
    "toelichting": N_("Toelichting"),
    "reden": N_("Reden"),
    "uitkomst": N_("Waarvoor het telt"),
    "grond": N_("Waarom zonder stap"),
    "akkoordAanbiederOp": N_("Dag waarop de aanbieder ja zei"),
    "akkoordVerwijzerOp": N_("Dag waarop de verwijzer ja zei"),
    "akkoordVerwijzer": N_("Welke verwijzer ja zei"),
    "redenKeuze": N_("Waarom dit gezin"),
    "toewijzingsnummer": N_("Toewijzingsnummer"),
    "steunplan": N_("Steunplan"),
    "samen": N_("Samen met broer of zus"),
    "redenSplitsing": N_("Waarom broers en zussen niet samen wonen"),
    "soort": N_("Wat er gebeurde"),
    "initiatief": N_("Wie het initiatief nam"),
    "redenen": N_("Wat er speelde"),
    "geprobeerd": N_("Wat is geprobeerd"),
    "geprobeerdToelichting": N_("Toelichting op wat is geprobeerd"),
    "gehoudenOp": N_("Dag van de evaluatie"),
    "stemmen": N_("Wie is gehoord"),
    "bevindingen": N_("Bevindingen"),
    "problemen": N_("Problemen nu"),
    "contactenPerMaand": N_("Contacten met hulp per maand"),
    "belasting": N_("Belasting van de pleegouders"),
    "veiligheid": N_("Veiligheid"),
    **going_on.NAMES,
}


def names_for(visit: Visit) -> dict[str, str]:
    """Return the labels of fields in the language of a visit."""
    return {field: visit.say(label) for field, label in NAMES.items()}


def choices(words: dict[str, str], *which: str) -> list[tuple[str, str]]:
    """Return words as options of a field: some, or all."""
    return [(word, label) for word, label in words.items() if not which or word in which]
