"""The words of the crisis desk as people read them."""

from app.screens.going_on import NAMES as GOING_ON
from app.screens.visit import Visit
from app.screens.words import N_

GENDERS = [("jongen", N_("Jongen")), ("meisje", N_("Meisje")), ("x", N_("Anders of niet bekend"))]
FLAGS = [
    ("agressie", N_("Agressie")),
    ("weglopen", N_("Weglopen")),
    ("middelen", N_("Middelen (alcohol, drugs)")),
    ("seksueel grensoverschrijdend", N_("Seksueel grensoverschrijdend gedrag")),
    ("gevaar voor zichzelf", N_("Gevaar voor zichzelf")),
    ("medische zorg", N_("Medische zorg nodig")),
    ("lvb", N_("Licht verstandelijke beperking")),
    ("rolstoel", N_("Rolstoel")),
    ("rookvrij nodig", N_("Rookvrij huis nodig")),
    ("allergie hond", N_("Allergie voor honden")),
    ("allergie kat", N_("Allergie voor katten")),
    ("dreiging uit de omgeving", N_("Dreiging uit de omgeving")),
]
# What a safety flag of the six fields asks about is said in the words of that flag.
BY_FLAG = frozenset({
    "externaliserend", "weglopen", "middelen", "seksueel_grensoverschrijdend", "psychiatrie",
    "medisch", "lvb",
})  # fmt: skip
STATES = {
    "zoekt bed": N_("Zoekt een bed"),
    "bed gevonden": N_("Bed gevonden"),
    "dossier gekoppeld": N_("Dossier gekoppeld"),
    "gesloten": N_("Gesloten"),
}
OUTCOMES = {"ja": N_("Ja"), "nee": N_("Nee"), "geen gehoor": N_("Geen gehoor")}
WANTED = {
    "geen voorkeur": N_("geen voorkeur"),
    "jongen": N_("jongen"),
    "meisje": N_("meisje"),
}
NAMES = {
    "leeftijd": N_("Leeftijd"),
    "geslacht": N_("Geslacht"),
    "veiligheid": N_("Veiligheid"),
    "broersZussen": N_("Broers en zussen"),
    "postcodeNu": N_("Waar is het kind nu"),
    "terugbelnummer": N_("Terugbelnummer"),
    "herenigenVoor": N_("Weer samen op"),
    "toelichting": N_("Opmerking"),
    "reden-vrijgeven": N_("Reden van vrijgeven"),
    "reden-minder": N_("Waarom er minder kwamen"),
    "bedden": N_("Bedden"),
    "redenAnders": N_("Waarom het toch dit kind is"),
    "reden-sluiten": N_("Reden van sluiten"),
    "aanmeldnummer": N_("Aanmeldnummer"),
    "telefoon": N_("Telefoon"),
    "opmerking": N_("Opmerking"),
    "gezin": N_("Gezinsnummer"),
    "aanbieder": N_("Aanbieder"),
    **GOING_ON,
}
EVERYTHING = {
    "geslacht": dict(GENDERS),
    "veiligheid": dict(FLAGS),
    "stand": STATES,
    "uitkomst": OUTCOMES,
    "voorkeur": WANTED,
}


def names_for(visit: Visit) -> dict[str, str]:
    """Return the labels of fields in the language of a visit."""
    return {field: visit.say(label) for field, label in NAMES.items()}
