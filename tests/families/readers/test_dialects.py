"""One family of each dialect, compared field by field."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from app.families.canonical import FamilyRecord
from app.families.readers import read_export
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Willingness,
)

REGIO = Path(__file__).parents[2] / "data" / "regio-1"
YES, SUPPORT, NO = Willingness.YES, Willingness.WITH_SUPPORT, Willingness.NO


def answers(*given: Willingness) -> dict[Problem, Willingness]:
    return dict(zip(Problem, given, strict=True))


def first(provider: str, name: str) -> FamilyRecord:
    return read_export(provider, REGIO / name).families[0].record


def test_spirit_family():
    """Every column of a Spirit row lands in its field."""
    assert asdict(first("spirit", "pleeggezinnen-spirit.csv")) == asdict(
        FamilyRecord(
            reference="SPI-10001", name="Dekker", kind=FamilyKind.RECRUITED,
            status=FamilyStatus.PAUSED, postcode="1052TL", place_name="Amsterdam",
            carers_born=(1963, 1992), own_children_born=(2011,), foster_children_born=(),
            forms=(CareForm.SHORT_TERM,), places_total=1, places_free=1,
            available_from=date(2026, 8, 29), available_until=None, min_age=4, max_age=14,
            gender_preference=GenderPreference.GIRL, max_siblings=3,
            willingness=answers(SUPPORT, SUPPORT, YES, YES, NO, YES, NO, NO, YES),
            experience_years=1.0, trainings=("traumasensitief opvoeden",), cooperation=4, pets=(),
            smokes=False, wheelchair=False, languages=("Arabisch", "Nederlands", "Papiaments"),
            faith="geen", clearance_until=date(2028, 7, 26), prepared=True, respite=False,
            network_for=None, updated_at=datetime(2026, 10, 22, 9, 23, tzinfo=UTC),
        )
    )  # fmt: skip


def test_youke_family():
    """Every field of a Youké family lands in its field, nested ones and digits included."""
    assert asdict(first("youke", "pleeggezinnen-youke.json")) == asdict(
        FamilyRecord(
            reference="YOU-10013", name="Willems", kind=FamilyKind.RECRUITED,
            status=FamilyStatus.ACTIVE, postcode="1544EW", place_name="Zaandijk",
            carers_born=(1995,), own_children_born=(2020, 2022), foster_children_born=(),
            forms=(CareForm.SHORT_TERM,), places_total=1, places_free=1,
            available_from=date(2026, 7, 30), available_until=None, min_age=0, max_age=4,
            gender_preference=GenderPreference.NONE, max_siblings=2,
            willingness=answers(
                YES, SUPPORT, SUPPORT, SUPPORT, SUPPORT, YES, SUPPORT, YES, SUPPORT
            ),
            experience_years=0.0, trainings=("kinder-ehbo",), cooperation=4, pets=(),
            smokes=False, wheelchair=False, languages=("Nederlands",), faith="geen",
            clearance_until=date(2027, 3, 4), prepared=True, respite=True, network_for=None,
            updated_at=datetime(2026, 10, 27, 6, 5, tzinfo=UTC),
        )
    )  # fmt: skip


def test_leger_des_heils_family():
    """Packed columns, lists of problems and the decimal comma of the Leger des Heils are read."""
    assert asdict(first("leger-des-heils", "pleeggezinnen-leger-des-heils.csv")) == asdict(
        FamilyRecord(
            reference="LEG-10014", name="Peters", kind=FamilyKind.RECRUITED,
            status=FamilyStatus.ACTIVE, postcode="3523TW", place_name="Utrecht",
            carers_born=(1965, 1984), own_children_born=(2017, 2018), foster_children_born=(),
            forms=(CareForm.CRISIS, CareForm.SHORT_TERM), places_total=1, places_free=1,
            available_from=date(2026, 10, 3), available_until=None, min_age=0, max_age=6,
            gender_preference=GenderPreference.NONE, max_siblings=1,
            willingness=answers(YES, NO, SUPPORT, SUPPORT, YES, SUPPORT, NO, YES, SUPPORT),
            experience_years=0.0, trainings=(), cooperation=3, pets=("hond", "kat", "overig"),
            smokes=False, wheelchair=False, languages=("Nederlands",), faith="geen",
            clearance_until=date(2028, 7, 1), prepared=True, respite=False, network_for=None,
            updated_at=datetime(2026, 10, 19, 10, 57, tzinfo=UTC),
        )
    )  # fmt: skip


def test_free_places_stand_before_the_total(leger_des_heils: Callable[..., Path]):
    """`1/3` is one free place of three, `p2015` a foster child and `m` a girl."""
    path = leger_des_heils(
        {"CAPACITEIT": "1/3", "HUISGENOTEN": "e2018 p2015", "GESLACHT": "m", "ERVARING": "2,5"}
    )
    record = read_export("leger-des-heils", path).families[0].record
    assert (record.places_free, record.places_total) == (1, 3)
    assert (record.own_children_born, record.foster_children_born) == ((2018,), (2015,))
    assert record.gender_preference is GenderPreference.GIRL
    assert record.experience_years == 2.5


def test_vitree_family():
    """Attributes and repeated elements of a Vitree family land in their fields."""
    assert asdict(first("vitree", "pleeggezinnen-vitree.xml")) == asdict(
        FamilyRecord(
            reference="VIT-10086", name="de Boer", kind=FamilyKind.RECRUITED,
            status=FamilyStatus.ACTIVE, postcode="3451RJ", place_name="Vleuten",
            carers_born=(1977,), own_children_born=(), foster_children_born=(),
            forms=(CareForm.PART_TIME,), places_total=1, places_free=1,
            available_from=date(2026, 11, 16), available_until=None, min_age=0, max_age=8,
            gender_preference=GenderPreference.NONE, max_siblings=3,
            willingness=answers(YES, YES, YES, YES, YES, SUPPORT, NO, YES, SUPPORT),
            experience_years=9.0, trainings=("hechting",), cooperation=4, pets=("kat",),
            smokes=False, wheelchair=False, languages=("Engels", "Nederlands"), faith="geen",
            clearance_until=date(2028, 1, 3), prepared=True, respite=True, network_for=None,
            updated_at=datetime(2026, 10, 3, 5, 19, tzinfo=UTC),
        )
    )  # fmt: skip


def test_wsp_family(wsp: Callable[..., Path]):
    """Marks, three sheets, numbers as floats and dates as text of a WSP family are read."""
    assert asdict(read_export("wsp", wsp({})).families[0].record) == asdict(
        FamilyRecord(
            reference="WSP-1", name="Groen", kind=FamilyKind.RECRUITED,
            status=FamilyStatus.ACTIVE, postcode="1131VX", place_name="Volendam",
            carers_born=(1990, 1993), own_children_born=(2024,), foster_children_born=(),
            forms=(CareForm.SHORT_TERM, CareForm.PART_TIME), places_total=2, places_free=1,
            available_from=date(2026, 12, 16), available_until=None, min_age=6, max_age=16,
            gender_preference=GenderPreference.GIRL, max_siblings=1,
            willingness={Problem.LEARNING_DISABILITY: NO},
            experience_years=8.0, trainings=("lvb", "omgaan met ouders"), cooperation=5,
            pets=("hond", "overig"), smokes=False, wheelchair=True,
            languages=("Berbers", "Nederlands", "Turks"), faith="islam",
            clearance_until=date(2027, 1, 10), prepared=True, respite=False, network_for=None,
            updated_at=datetime(2026, 10, 27, 9, 21, tzinfo=UTC),
        )
    )  # fmt: skip


def test_real_excel_dates():
    """Real Excel dates and instants are read as the day and the Amsterdam time they show."""
    record = first("wsp", "pleeggezinnen-wsp.xlsx")
    assert record.available_from == date(2026, 12, 16)
    assert record.updated_at == datetime(2026, 10, 27, 9, 21, tzinfo=UTC)
