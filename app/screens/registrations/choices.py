"""The closed lists of a registration, as people read them: (value in the API, words)."""

from app.screens.words import N_

Options = tuple[tuple[str, str], ...]

CARE_FORMS: Options = (
    ("crisis", N_("Crisis")),
    ("hulpverlening", N_("Hulpverlening")),
    ("opvoeding", N_("Opvoeding")),
    ("deeltijd", N_("Deeltijd")),
)
URGENCIES: Options = (
    ("crisis", N_("Crisis")),
    ("spoed", N_("Spoed")),
    ("regulier", N_("Regulier")),
)
STAGES: Options = (
    ("concept", N_("Concept")),
    ("compleet", N_("Concept, compleet")),
    ("zoekt", N_("Zoekt")),
    ("voorgesteld", N_("Gezin gevraagd")),
    ("geplaatst", N_("Geplaatst")),
    ("gesloten", N_("Gesloten")),
    ("ingetrokken", N_("Ingetrokken")),
)
GENDERS: Options = (("jongen", N_("Jongen")), ("meisje", N_("Meisje")), ("x", N_("X")))
RHYTHMS: Options = (
    ("voltijd", N_("Voltijd")),
    ("doordeweeks", N_("Doordeweeks")),
    ("oneven weekenden", N_("Oneven weekenden")),
    ("even weekenden", N_("Even weekenden")),
    ("vakanties", N_("Vakanties")),
)
SIBLING_WISHES: Options = (
    ("samen", N_("Samen")),
    ("samen, tenzij", N_("Samen, tenzij het niet kan")),
    ("apart", N_("Apart")),
)
WISH_OF: Options = (
    ("kind", N_("Het kind zelf")),
    ("broer of zus", N_("Een broer of zus")),
    ("ouder", N_("Een ouder")),
    ("voogd", N_("De voogd")),
    ("hulpverlener", N_("Een hulpverlener")),
)
NETWORK_OUTCOMES: Options = (
    ("gezin gevonden", N_("Een gezin gevonden")),
    ("steun gevonden", N_("Steun gevonden, geen gezin")),
    ("niemand gevonden", N_("Niemand gevonden")),
)
OTHER_CHILDREN: Options = (
    ("geen voorkeur", N_("Geen voorkeur")),
    ("wel", N_("Liever met andere kinderen")),
    ("niet", N_("Liever zonder andere kinderen")),
)
VISIT_PLACES: Options = (
    ("bij ouders", N_("Bij de ouders")),
    ("neutrale plek", N_("Op een neutrale plek")),
    ("pleeggezin", N_("In het pleeggezin")),
)
LEGAL_FRAMES: Options = (
    ("vrijwillig", N_("Vrijwillig")),
    ("OTS", N_("Ondertoezichtstelling (OTS)")),
    ("VOTS", N_("Voorlopige ondertoezichtstelling (VOTS)")),
    ("voogdij GI", N_("Voogdij van een gecertificeerde instelling")),
)
PETS: Options = (
    ("hond", N_("Hond")),
    ("kat", N_("Kat")),
    ("overig", N_("Ander dier")),
)
JUDGEMENTS: Options = (
    ("ja", N_("Op orde")),
    ("gedeeltelijk", N_("Gedeeltelijk")),
    ("nee", N_("Niet op orde")),
    ("onbekend", N_("Nog niet nagegaan")),
)
SEVERITIES: Options = (
    ("0", N_("0 – niet")),
    ("1", N_("1 – licht")),
    ("2", N_("2 – duidelijk")),
    ("3", N_("3 – ernstig")),
)
AUTHORITIES: Options = (
    ("ouder", N_("Ouder")),
    ("voogd", N_("Voogd")),
    ("gecertificeerde instelling", N_("Gecertificeerde instelling")),
    ("niemand", N_("Niemand")),
)
CONSENTS: Options = (
    ("onbekend", N_("Nog niet bekend")),
    ("ja", N_("Stemt in")),
    ("nee", N_("Stemt niet in")),
)
DISPUTED_BY: Options = (
    ("kind", N_("Het kind")),
    ("ouder", N_("Een ouder")),
    ("voogd", N_("De voogd")),
    ("verwijzer", N_("De verwijzer")),
    ("aanmeldpunt", N_("Het aanmeldpunt")),
    ("ander", N_("Iemand anders")),
)
WITHDRAWALS: Options = (
    ("thuis gebleven", N_("Het kind kan thuis blijven")),
    ("netwerk zonder pleegzorg", N_("Het eigen netwerk, zonder pleegzorg")),
    ("andere hulp", N_("Andere hulp")),
    ("verhuisd", N_("Verhuisd")),
    ("anders", N_("Iets anders")),
)
YES_NO: Options = (("ja", N_("Ja")), ("nee", N_("Nee")))
NEEDS: Options = (
    ("zoeken", N_("nodig om te zoeken")),
    ("rangorde", N_("telt in de volgorde")),
    ("plaatsing", N_("nodig voor een plaatsing")),
    ("afweging", N_("hoort bij de afweging")),
)
GROUNDS: Options = (
    ("zelfde kind", N_("hier al als één kind bekend")),
    ("bsn", N_("hetzelfde BSN")),
    ("naam, geboortedatum en postcode", N_("dezelfde naam, geboortedatum en postcode")),
)
