"""Orders as courts write them: how far each lets a child go, and whether it names foster care."""

from datetime import date

import pytest

from app.kernel.ladder import allowed_by
from app.kernel.legal_frame import Frame, GapCode, find_gaps

DAY = date(2026, 11, 29)
UNREAD = "thuis met steun"
ANY, NETWORK_ALONE, NONE = "elk pleeggezin", "alleen netwerk", "geen pleeggezin"

# Of each: the words, the furthest rung (or not to be read), and which foster family it names.
HELP_AND_NO_STAY = [
    "bij de grootouders, met wie een pleegcontract is gesloten",
    "bij oma, de zitting vond plaats met gesloten deuren",
    "bij de vader, met inzet van gezinsgerichte hulp", "residentiële ouderbegeleiding",
    "bij de andere ouder, met kleinschalige dagbehandeling", "de residentie", "gezinsgericht",
    "bij de vader met hulp van de gezinshuisouder", "gezinshuisouder", "kleinschalig",
    "bij de vader, met ondersteuning van het netwerk", "besloten groep",
    "bij de vader, nabij een gezinshuis", "Bij de Oma; Gezinshuis",
    "bij de moeder of in een gezinshuis", "verblijf met steun vanuit een gezinshuis",
]  # fmt: skip
TAKEN_OUT = [
    "een andere voorziening dan pleegzorg", "een ander soort verblijf dan pleegzorg",
    "elders dan in een pleeggezin", "buiten een pleeggezin", "een verblijf anders als pleegzorg",
    "de plaatsing in het pleeggezin wordt beëindigd",
    "de minderjarige kan niet langer in een pleeggezin", "accommodatie (niet gezinshuis)",
]  # fmt: skip
REFUSED = [
    "verzoek gezinshuis afgewezen", "gezinshuis (aangehouden)", "verzoek pleeggezin afgewezen",
    "het verzoek tot plaatsing in een accommodatie wordt afgewezen", "pleeggezin (aangehouden)",
    "accommodatie, dan wel pleeggezin, wordt afgewezen",
    "wijst het verzoek tot plaatsing in een pleeggezin af",
    "het verzoek om pleegzorg is niet toegewezen", "verzoek tot plaatsing in een gezinshuis",
    "niet in een pleeggezin, maar verzocht is een accommodatie",
    "gezinshuis en wijst het verzoek om een accommodatie af", "gezinshuis verzocht",
    "gevraagd: gezinshuis", "de GI vraagt een gezinshuis", "voorheen gezinshuis",
    "schorst de plaatsing in het gezinshuis", "vernietigt de machtiging pleeggezin",
    "machtiging accommodatie is verlopen", "niet-gesloten accommodatie",
    "een accommodatie van een jeugdhulpaanbieder, niet zijnde een gezinshuis",
    "geen pleeggezin, wel gezinshuis",
]  # fmt: skip
READ = [
    ("een accommodatie van een jeugdhulpaanbieder, te weten een gezinshuis", "gezinshuis", NONE),
    ("een accommodatie van een jeugdhulpaanbieder, zijnde een gezinshuis", "gezinshuis", NONE),
    ("een accommodatie van een jeugdhulpaanbieder, namelijk een gezinshuis", "gezinshuis", NONE),
    ("een accommodatie van een jeugdhulpaanbieder (gezinshuis)", "gezinshuis", NONE),
    ("accommodatie, te weten een pleeggezin of gezinshuis", "gezinshuis", ANY),
    ("verblijf, te weten een gezinshuis", "gezinshuis", NONE),
    (
        "verblijf pleegouder 24-uurs, dan wel verblijf accommodatie jeugdhulpaanbieder 24-uurs",
        "residentieel", ANY,
    ),
    ("een voorziening voor pleegzorg of een perspectiefbiedend gezinshuis", "gezinshuis", ANY),
    ("pleeggezin c.q. gezinshuis", "gezinshuis", ANY),
    ("pleegzorg cq een ander pleeggezin", "pleeggezin", ANY),
    ("residentiële leefgroep", "residentieel", NONE), ("gesloten", "residentieel", NONE),
    ("gesloten accommodatie", "residentieel", NONE), ("gesloten setting", "residentieel", NONE),
    ("kleinschalige accommodatie", "leefhuis", NONE),
    ("kleinschalige residentiële voorziening", "leefhuis", NONE),
    ("kleinschalige woonvoorziening", "leefhuis", NONE),
    ("gezinsgerichte voorziening", "gezinshuis", NONE),
    ("met ingang van 1 mei in een gezinshuis", "gezinshuis", NONE),
    ("gezinshuis, conform verzoek", "gezinshuis", NONE),
    ("een gezinshuis, het meer of anders verzochte wordt afgewezen", "gezinshuis", NONE),
    ("niet in een pleeggezin, maar in een accommodatie", "residentieel", NONE),
    ("geen pleeggezin maar gezinshuis", "gezinshuis", NONE),
    ("residentiële setting, te weten een leefgroep", "leefhuis", NONE),
    ("(netwerk)pleeggezin", "pleeggezin", ANY), ("netwerk- of pleeggezin", "pleeggezin", ANY),
    ("netwerk- of bestandspleeggezin", "pleeggezin", ANY),
    ("netwerkpleeggezin, dan wel een regulier pleeggezin", "pleeggezin", ANY),
    ("een voorziening voor pleegzorg, niet langer dan tot 1 mei 2026", "pleeggezin", ANY),
    (
        "een voorziening voor pleegzorg, zonder dat de verblijfplaats bekend wordt gemaakt",
        "pleeggezin", ANY,
    ),
    ("pleeggezin, adres niet bekend", "pleeggezin", ANY),
    ("tot uiterlijk 1 mei, en niet langer, in een voorziening voor pleegzorg", "pleeggezin", ANY),
    ("niet in een gesloten accommodatie maar in een pleeggezin", "pleeggezin", ANY),
    ("bij de ouder zonder gezag en in een voorziening voor pleegzorg", "pleeggezin", ANY),
    ("niet perspectiefbiedend pleeggezin", "pleeggezin", ANY),
    ("plaatsing buiten het ouderlijk huis in een pleeggezin", "pleeggezin", ANY),
    ("een pleeggezin buiten het netwerk", "pleeggezin", ANY),
    ("een pleeggezin (overeenkomst gesloten)", "pleeggezin", ANY),
    ("pleegzorg vervalt op 1 mei 2027", "pleeggezin", ANY),
    ("een ander pleeggezin dan het huidige", "pleeggezin", ANY),
    ("pleegzorg tot de beëindiging van de ondertoezichtstelling", "pleeggezin", ANY),
    ("op verzoek van de GI in een pleeggezin", "pleeggezin", ANY),
    ("verlengt het pleeggezin en wijst het meer of anders verzochte af", "pleeggezin", ANY),
    ("pleeggezin (netwerk)", "eigen netwerk", NETWORK_ALONE),
    ("pleeggezin in het netwerk", "eigen netwerk", NETWORK_ALONE),
    ("pleegouders uit het eigen netwerk", "eigen netwerk", NETWORK_ALONE),
    ("pleegzorg, te weten een netwerkpleeggezin", "eigen netwerk", NETWORK_ALONE),
    ("in het eigen netwerk", "eigen netwerk", NETWORK_ALONE),
    ("pleeggezin in het netwerk of een gezinshuis", "gezinshuis", NETWORK_ALONE),
    # How far is asked again, and a foster family may begin: that it names one is plain.
    ("pleeggezin; het verzoek gezinshuis wordt afgewezen", UNREAD, ANY),
    ("pleeggezin, het verzoek tot gezinshuis is afgewezen", UNREAD, ANY),
    ("pleeggezin in het netwerk of daarbuiten", UNREAD, ANY),
    ("niet alleen in een pleeggezin maar ook in een gezinshuis", UNREAD, ANY),
    ("pleeggezin (gezinshuis)", UNREAD, ANY), ("pleeggezin (of netwerkpleeggezin)", UNREAD, ANY),
    ("pleegzorg, te weten een accommodatie", UNREAD, ANY),
    ("de machtiging gesloten jeugdhulp is vervallen, nu een pleeggezin", UNREAD, ANY),
    ("de moeder weigert toestemming, pleegzorg", UNREAD, ANY),
    ("de eerdere machtiging is ingetrokken, nu een pleeggezin", UNREAD, ANY),
    ("pleeggezin (voorheen gezinshuis)", UNREAD, ANY),
    ("gezinshuis totdat een pleeggezin is gevonden", UNREAD, ANY),
    ("pleeggezin tot er plaats is in een gezinshuis", UNREAD, ANY),
    ("pleeggezin, gezinshuis uitgesloten", UNREAD, ANY),
    ("gezinshuis, pleeggezin uitgesloten", UNREAD, NONE),
    ("accommodatie (of gezinshuis)", UNREAD, NONE),
    ("pleeggezin, gezinshuis of accommodatie (leefgroep)", "leefhuis", ANY),
]  # fmt: skip


def names(setting: str) -> str:
    """Tell for which family the order lets a placement begin."""
    gaps = {
        in_network: GapCode.SETTING
        in {gap.code for gap in find_gaps(ordered(setting, in_network), DAY)}
        for in_network in (True, False)
    }
    if gaps[True]:
        return NONE
    return NETWORK_ALONE if gaps[False] else ANY


def ordered(setting: str, in_network: bool | None = None) -> Frame:
    return Frame("OTS", order_issued_on=DAY, order_setting=setting, in_network=in_network)


@pytest.mark.parametrize(
    ("setting", "rung", "family"),
    [(setting, UNREAD, NONE) for setting in [*HELP_AND_NO_STAY, *TAKEN_OUT, *REFUSED]] + READ,
)
def test_an_order_as_courts_write_it(setting: str, rung: str, family: str) -> None:
    """Never further than the court said, and no foster care that it takes out or refuses."""
    assert allowed_by(ordered(setting), DAY).furthest.value == rung
    assert names(setting) == family
