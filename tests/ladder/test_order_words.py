"""What an order names is read strictly: never further from home than the court said."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.ladder import allowed_by
from app.kernel.legal_frame import Frame, GapCode, find_gaps
from app.ladder.routes import router
from app.ladder.setting_routes import router as settings
from tests.doors import open_door
from tests.ladder.test_ladder import TODAY, keep, ladder, step
from tests.rows import make_registration

DAY = date(2026, 11, 29)
FOSTER_CARE = [
    "24-uurs pleegzorg", "verblijf pleegouder 24-uurs", "pleeggezin van een erkende instelling",
    "24-uurs verblijf in een voorziening voor pleegzorg", "Perspectiefbiedend pleeggezin",
    "pleegouders", "pleeggezin of instelling", "netwerkpleegzorg, dan wel pleegzorg",
    "netwerk of pleeggezin",
]  # fmt: skip
FURTHER = [
    ("een gezinshuis of pleeggezin", "gezinshuis"), ("pleeggezin/gezinshuis", "gezinshuis"),
    ("pleegzorg en/of een gezinshuis", "gezinshuis"), ("24-uurs gezinshuizen", "gezinshuis"),
    ("netwerkpleeggezin, pleeggezin of gezinshuis", "gezinshuis"),
    ("gezinshuis of andere gezinsgerichte voorziening", "gezinshuis"),
    ("pleeggezin, gezinshuis of leefhuis", "leefhuis"), ("kleinschalige woongroep", "leefhuis"),
    ("Residentiële jeugdhulp", "residentieel"), ("residentie\u0308le jeugdhulp", "residentieel"),
    ("gesloten jeugdhulp", "residentieel"),
    ("verblijf accommodatie zorgaanbieder 24-uurs", "residentieel"),
    ("accommodatie van een jeugdhulpaanbieder of een pleeggezin", "residentieel"),
    ("een pleeggezin, gezinshuis of een accommodatie van een jeugdhulpaanbieder", "residentieel"),
    ("voorziening voor netwerkpleegzorg", "eigen netwerk"), ("Netwerk-pleeggezin", "eigen netwerk"),
]  # fmt: skip
NOT_PLAIN = [
    "een pleeggezin, niet in een instelling", "pleeggezin, geen accommodatie",
    "voorziening voor pleegzorg, niet zijnde een accommodatie van een jeugdhulpaanbieder",
    "pleegzorg, behalve een gezinshuis", "pleegzorg, uitgezonderd gezinshuizen",
    "een andere plek dan een pleeggezin: gezinshuis", "anders dan residentieel",
    "pleegzorg in plaats van een leefgroep", "accommodatie uitgesloten",
    "pleeggezin, met uitzondering van een gezinshuis", "noch gezinshuis noch leefhuis",
    "pleeggezin zonder gesloten plaatsing", "geen", "niet residentieel",
    "eerst pleeggezin, dan gezinshuis", "pleeggezin en later een accommodatie",
    "pleeggezin, of bij gebleken noodzaak een accommodatie", "pleeggezin, gezinshuis",
    "accommodatie van een pleegzorgaanbieder", "pleeggezin op het terrein van een leefgroep",
    "gezinshuis residentieel", "uitgesloten", "instelling", "24-uurs",
    "24-uurs verblijf in een instelling", "zie beschikking", "",
]  # fmt: skip


def furthest(setting: str) -> str:
    frame = Frame("OTS", order_issued_on=DAY, order_setting=setting)
    return allowed_by(frame, DAY).furthest.value


@pytest.mark.parametrize(
    ("setting", "rung"),
    [(setting, "pleeggezin") for setting in FOSTER_CARE]
    + FURTHER
    + [(setting, "thuis met steun") for setting in NOT_PLAIN],
)
def test_the_words_of_an_order(setting: str, rung: str) -> None:
    """One kind of stay, or a plain row of them; a negation or a riddle is asked again."""
    assert furthest(setting) == rung


@pytest.mark.parametrize("setting", [*FOSTER_CARE[:3], *NOT_PLAIN[:3]])
def test_an_order_for_foster_care_lets_no_child_into_residential_care(
    connection: Connection, session: Session, setting: str
) -> None:
    """Not by the ladder that is shown, and not by the step."""
    client = open_door(connection, router, settings)
    since = TODAY - timedelta(days=10)
    child = make_registration(
        session, number="AM-1", legal_frame="OTS", order_issued_on=since, order_setting=setting,
        registered_on=since,
    )  # fmt: skip
    keep(client, "R-1", soort="residentieel", leeftijdVan=0, leeftijdTotEnMet=17)
    assert ladder(client, child)["nietVerderDan"] in {"pleeggezin", "thuis met steun"}
    assert step(client, child, "residentieel", "R-1").status_code == 400


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        ("verblijf pleegouder 24-uurs", True), ("pleeggezin, niet zijnde een accommodatie", True),
        ("gezinshuis, geen pleeggezin", False), ("residentieel, niet in pleegzorg", False),
    ],
)  # fmt: skip
def test_a_family_that_an_order_takes_out_is_not_named(setting: str, names: bool) -> None:
    """What stands behind "niet" or "geen" lets no placement in a family begin."""
    gaps = find_gaps(Frame("OTS", order_issued_on=DAY, order_setting=setting), DAY)
    assert (GapCode.SETTING in {one.code for one in gaps}) is not names
