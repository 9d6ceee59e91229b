"""Words that the boards of the region are made of, to be translated where they are shown."""

from app.screens.words import N_

TERMS = (
    N_("thuis met steun"), N_("eigen netwerk"), N_("pleeggezin"), N_("gezinshuis"), N_("leefhuis"),
    N_("residentieel"), N_("met broer of zus"), N_("zonder broer of zus die er ook is"),
    N_("geen broer of zus, of niet vastgelegd"), N_("tot 5 km"), N_("5 tot 15 km"),
    N_("15 tot 30 km"), N_("30 km en verder"), N_("onbekend"), N_("behouden"), N_("niet behouden"),
    N_("alle"), N_("totaal"), N_("overige gemeenten"), N_("crisis"), N_("hulpverlening"),
    N_("opvoeding"), N_("deeltijd"), N_("mentor gekozen"), N_("overgeslagen met reden"),
    N_("niets vastgelegd"), N_("onderzocht, gezin gevonden"), N_("onderzocht, steun gevonden"),
    N_("onderzocht, niemand gevonden"), N_("onderzocht, uitkomst niet vastgelegd"), N_("ja"),
    N_("gedeeltelijk"), N_("nee"), N_("niet ingevuld"), N_("thuis gebleven"),
    N_("netwerk zonder pleegzorg"), N_("andere hulp"), N_("verhuisd"), N_("anders"),
    N_("niet vastgelegd"), N_("deels"), N_("respijt"), N_("ambulante hulp"),
    N_("ander pleeggezin"), N_("zelfstandig"), N_("blijft in dit gezin"), N_("thuis"),
    N_("kind"), N_("ouders"), N_("pleegouders"), N_("aanbieder"), N_("verwijzer"), N_("rechter"),
    N_("gezamenlijk"), N_("gedragsproblemen kind"), N_("draagkracht pleegouders"),
    N_("relatie eigen kinderen"), N_("samenwerking met ouders"), N_("loyaliteit"),
    N_("veiligheid"), N_("omstandigheden pleeggezin"), N_("ontbrekende ondersteuning"),
    N_("extra begeleiding pleegouders"), N_("respijtzorg"), N_("hulp voor het kind"),
    N_("hulp aan huis"), N_("gesprek met ouders"), N_("netwerk of JIM"), N_("tijdelijk elders"),
    N_("niets"), N_("training"), N_("vervoer"), N_("financieel"), N_("nog niet bekend"),
    N_("signaal problemen nemen toe"), N_("signaal meer contact met hulp"),
    N_("signaal pleegouders overbelast"), N_("signaal bijna afgebroken"), N_("signaal veiligheid"),
    N_("signaal school"), N_("signaal anders"), N_("problemen stijgen"),
    N_("contact met hulp stijgt"), N_("belasting hoog"), N_("belasting stijgt"),
    N_("evaluatie gemist"), N_("veiligheid bij evaluatie"), N_("verslag bijna afgebroken"),
)  # fmt: skip
STATES = (
    ("inGebruik", N_("in gebruik")),
    ("vastgehouden", N_("vastgehouden")),
    ("vrij", N_("vrij")),
    ("nuNiet", N_("nu niet beschikbaar")),
)
STEPS = (
    ("nieuw", N_("Nieuw")),
    ("gepauzeerd", N_("Gepauzeerd")),
    ("hervat", N_("Hervat")),
    ("gestopt", N_("Gestopt")),
    ("naarAndereAanbieder", N_("Naar andere aanbieder")),
)
DOMAINS = {
    "wonen": N_("wonen"),
    "financien": N_("financiën"),
    "werk_scholing": N_("werk of school"),
    "steunnetwerk": N_("steunnetwerk"),
    "welzijn": N_("welzijn"),
}
