"""The closed lists of the rights of a person, in words; translated where shown."""

from app.screens.words import N_

STATED_BY = [
    ("kind", N_("Het kind")),
    ("ouder", N_("Een ouder")),
    ("voogd", N_("De voogd")),
    ("verwijzer", N_("De verwijzer")),
    ("aanmeldpunt", N_("Het aanmeldpunt")),
    ("ander", N_("Een ander")),
]
ASKERS = [
    ("kind vanaf 16", N_("Het kind, vanaf 16 jaar")),
    ("kind van 12 tot 16", N_("Het kind, van 12 tot 16 jaar")),
    ("wettelijk vertegenwoordiger", N_("De wettelijk vertegenwoordiger")),
]
STATES = {
    "ontvangen": N_("Te beslissen"),
    "toegewezen": N_("Toegewezen"),
    "geweigerd": N_("Geweigerd"),
    "uitgevoerd": N_("Vernietigd"),
}
GROUNDS = [
    ("aanmerkelijk belang van een ander", N_("Aanmerkelijk belang van een ander")),
    ("wettelijke plicht", N_("Een wettelijke plicht")),
    ("vrager niet bevoegd", N_("Wie vraagt is niet bevoegd")),
]
DUTIES = [
    ("klacht", N_("Een klacht")),
    ("rechtszaak", N_("Een rechtszaak")),
    ("tuchtzaak", N_("Een tuchtzaak")),
    ("onderzoek van de inspectie", N_("Een onderzoek van de inspectie")),
]
PURGES = {
    "voorgesteld": N_("Wacht op goedkeuring"),
    "goedgekeurd": N_("Goedgekeurd"),
    "bezig": N_("Bezig"),
    "klaar": N_("Klaar"),
}
NAMES = {
    "veld": N_("Onderdeel"),
    "verklaardDoor": N_("Wie verklaart"),
    "verklaring": N_("Verklaring"),
    "redenWeigering": N_("Waarom de correctie niet is gedaan"),
    "gevraagdDoor": N_("Wie vraagt"),
    "gevraagdOp": N_("Gevraagd op"),
    "toelichting": N_("Toelichting"),
    "soort": N_("Waarvoor"),
    "weigeringsgrond": N_("Grond van de weigering"),
    "reden": N_("Reden"),
    "toegewezen": N_("Beslissing"),
}
