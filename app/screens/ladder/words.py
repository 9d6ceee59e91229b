"""The words of the ladder, settings and the network as people choose them."""

from app.screens.words import N_

RUNGS = (
    ("thuis met steun", N_("Thuis met steun")),
    ("eigen netwerk", N_("Eigen netwerk")),
    ("pleeggezin", N_("Pleeggezin")),
    ("gezinshuis", N_("Gezinshuis")),
    ("leefhuis", N_("Leefhuis")),
    ("residentieel", N_("Residentieel")),
)
KINDS = RUNGS[3:]
REASONS = (
    ("weer thuis mogelijk", N_("Weer thuis mogelijk")),
    ("netwerk gevonden", N_("Netwerk gevonden")),
    ("gezin gevonden", N_("Gezin gevonden")),
    ("geen gezin past", N_("Geen gezin past")),
    ("zorg vraagt meer dan een gezin kan", N_("Zorg vraagt meer dan een gezin kan")),
    ("veiligheid", N_("Veiligheid")),
    ("broers en zussen samen", N_("Broers en zussen samen")),
    ("wens van het kind", N_("Wens van het kind")),
    ("wens van de ouders", N_("Wens van de ouders")),
    ("na een afbreuk", N_("Na een afbreuk")),
    ("anders", N_("Anders, zie toelichting")),
)
GENDERS = (
    ("geen voorkeur", N_("Geen voorkeur")),
    ("jongen", N_("Jongens")),
    ("meisje", N_("Meisjes")),
)
PURPOSES = (
    ("netwerkgezin", N_("Netwerkgezin")),
    ("JIM", N_("JIM")),
    ("steun", N_("Steun")),
)
RELATIONS = (
    ("opa of oma", N_("Opa of oma")),
    ("oom of tante", N_("Oom of tante")),
    ("broer of zus", N_("Broer of zus")),
    ("andere familie", N_("Andere familie")),
    ("vriend van de familie", N_("Vriend van de familie")),
    ("buren", N_("Buren")),
    ("school", N_("School")),
    ("sport of club", N_("Sport of club")),
    ("geloofsgemeenschap", N_("Geloofsgemeenschap")),
    ("eerdere pleegouder", N_("Eerdere pleegouder")),
    ("anders", N_("Anders")),
)
ANSWERS = (("ja", N_("Ja")), ("nee", N_("Nee")), ("wil nadenken", N_("Wil nadenken")))
RESULTS = (
    ("loopt", N_("Loopt")),
    ("thuis gebleven", N_("Thuis gebleven")),
    ("toch uit huis", N_("Toch uit huis")),
)
NAMES = {
    "trede": N_("Trede"),
    "instelling": N_("Instelling"),
    "dag": N_("Dag"),
    "reden": N_("Reden"),
    "toelichting": N_("Toelichting"),
    "waaromNietHoger": N_("Waarom niet hoger"),
    "totEnMet": N_("Laatste dag"),
    "doel": N_("Waarvoor"),
    "relatie": N_("Wie"),
    "gevraagdOp": N_("Gevraagd op"),
    "uitkomst": N_("Antwoord"),
    "vanaf": N_("Eerste dag"),
    "resultaat": N_("Wat kwam ervan"),
    "naam": N_("Naam"),
    "soort": N_("Soort"),
    "postcode": N_("Postcode"),
    "woonplaats": N_("Woonplaats"),
    "leeftijdVan": N_("Leeftijd van"),
    "leeftijdTotEnMet": N_("Leeftijd tot en met"),
    "voorkeurGeslacht": N_("Voor wie"),
    "plaatsenTotaal": N_("Plaatsen in totaal"),
    "plaatsenVrij": N_("Plaatsen nu vrij"),
    "beschikbaarVanaf": N_("Beschikbaar vanaf"),
}
