"""Why a sibling group waits is kept, and each reason goes only when that reason is settled."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.report import source_of
from app.intake.holds import hold_importing
from app.intake.queries import find_registration
from app.intake.reader import read_registrations
from app.intake.register import correct_child, register_child, withdraw_child
from app.intake.schemas import RegistrationIn
from app.intake.service import import_registrations
from app.intake.views import show_registration
from app.intake.wishes import settle_wishes
from app.kernel.actor import SYSTEM
from app.models import ImportFinding, Registration, SiblingGroup, SiblingGroupHold, WithdrawalReason
from app.settings import Settings
from tests.region import DAY

Row = dict[str, Any]
Bring = Callable[..., None]
Hold = tuple[str, str]
BROKEN = {"rolstoel": "misschien"}


@pytest.fixture
def rows(region: Path) -> list[Row]:
    """The first four registrations: a group of four, who wish to stay together."""
    lines = (region / "aanmeldingen.jsonl").read_text().splitlines()
    found = [json.loads(line) for line in lines[:4]]
    for row in found:
        row["broersZussen"]["wens"] = "samen"
    return found


@pytest.fixture
def bring(session: Session, settings: Settings, tmp_path: Path) -> Bring:
    def call(*registrations: Row) -> None:
        path = tmp_path / "aanmeldingen.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in registrations))
        import_registrations(
            session, actor=SYSTEM, reading=read_registrations(path, today=DAY),
            source=source_of(path), settings=settings,
        )  # fmt: skip

    return call


@pytest.fixture
def holds(session: Session) -> Callable[[], list[Hold]]:
    """Return a function that tells why the one group waits, and that its flag says the same."""

    def tell() -> list[Hold]:
        found = session.execute(select(SiblingGroupHold.reason, SiblingGroupHold.number)).all()
        (group,) = session.scalars(select(SiblingGroup)).all()
        assert group.on_hold is bool(found)
        return sorted((reason.value, number) for reason, number in found)

    return tell


def refused(row: Row) -> Hold:
    return "aanmelding geweigerd", str(row["aanmeldnummer"])


def key_of(session: Session, row: Row) -> UUID:
    number = row["aanmeldnummer"]
    return session.scalars(select(Registration.id).where(Registration.number == number)).one()


def test_a_change_of_one_does_not_lift_what_another_must_settle(
    bring: Bring, rows: list[Row], holds: Callable[[], list[Hold]]
) -> None:
    """The group waits for the child that was refused, whatever happens to the ones that came in."""
    bring(*rows[:3], rows[3] | BROKEN)
    assert holds() == [refused(rows[3])]
    bring(rows[0] | {"urgentie": "spoed"})
    bring(rows[1] | {"urgentie": "spoed"}, rows[2])
    assert holds() == [refused(rows[3])]
    bring(rows[3])
    assert holds() == []


def test_each_refused_registration_is_its_own_reason(
    bring: Bring, rows: list[Row], holds: Callable[[], list[Hold]]
) -> None:
    """Two were refused: repairing one leaves the other."""
    bring(*rows[:2], rows[2] | BROKEN, rows[3] | BROKEN)
    assert holds() == sorted([refused(rows[2]), refused(rows[3])])
    bring(rows[3])
    assert holds() == [refused(rows[2])]


def test_wishes_and_a_refusal_are_settled_apart(
    bring: Bring, rows: list[Row], holds: Callable[[], list[Hold]]
) -> None:
    """Agreeing on the wish does not bring the refused child in, and the other way round."""
    apart = {"broersZussen": rows[0]["broersZussen"] | {"wens": "apart"}}
    wishes = ("wensen verschillen", "")
    bring(rows[0] | apart, *rows[1:3], rows[3] | BROKEN)
    assert holds() == sorted([wishes, refused(rows[3])])
    bring(rows[3])
    assert holds() == [wishes]
    bring(rows[3] | BROKEN, *rows[1:3])
    assert holds() == sorted([wishes, refused(rows[3])])
    bring(rows[0])
    assert holds() == [refused(rows[3])]


def test_a_row_without_a_number_waits_for_a_file_that_holds_the_whole_group(
    bring: Bring, rows: list[Row], holds: Callable[[], list[Hold]]
) -> None:
    """A file with a part of the group says nothing of the rest; one with all of it does."""
    bring(*rows[:3], rows[3] | {"aanmeldnummer": "Lina"})
    assert holds() == [("aanmelding geweigerd", "")]
    bring(*rows[:2])
    assert holds() == [("aanmelding geweigerd", "")]
    bring(*rows[:3], rows[3] | BROKEN)
    assert holds() == sorted([("aanmelding geweigerd", ""), refused(rows[3])])
    bring(*rows[:3])
    assert holds() == []


def test_a_row_that_is_refused_for_its_child_holds_its_group_too(
    bring: Bring, rows: list[Row], holds: Callable[[], list[Hold]], session: Session
) -> None:
    """Its number is another child's: the others would go to a family without this one.

    Not lifted when that other child comes again, but when this one has come under its own number.
    """
    stranger = rows[3] | {"voornaam": "Bo", "geslacht": "jongen", "geboortedatum": "2019-05-04"}
    del stranger["broersZussen"], stranger["bsn"]
    bring(stranger)
    bring(*rows)
    assert holds() == [("aanmelding geweigerd", "")]
    told = session.scalars(select(ImportFinding.message)).all()
    assert any("mist de geweigerde aanmelding op regel 4" in sentence for sentence in told)
    bring(stranger, *rows[:2])
    assert holds() == [("aanmelding geweigerd", "")]
    bring(*rows[:3], rows[3] | {"aanmeldnummer": "AM-2"})
    assert holds() == []


def test_a_row_of_a_child_that_is_searched_for_already_holds_its_group(
    bring: Bring, rows: list[Row], holds: Callable[[], list[Hold]]
) -> None:
    """By its number, which settles it once it is taken."""
    alone = rows[3] | {"aanmeldnummer": "AM-1"}
    del alone["broersZussen"]
    bring(alone)
    bring(*rows)
    assert holds() == [refused(rows[3])]


def test_one_registration_at_a_time_settles_it_as_well(
    *,
    bring: Bring,
    rows: list[Row],
    holds: Callable[[], list[Hold]],
    session: Session,
    settings: Settings,
) -> None:
    """Registered by hand the refused child is there; another child's correction is not enough."""
    bring(*rows[:3], rows[3] | BROKEN)
    first = key_of(session, rows[0])
    correct_child(
        session, registration_id=first, if_match='"1"', settings=settings,
        record=RegistrationIn.model_validate(rows[0] | {"urgentie": "spoed"}),
    )  # fmt: skip
    stored = find_registration(session, first)
    assert stored is not None
    shown = show_registration(stored).model_dump(mode="json", by_alias=True)
    reason, number = refused(rows[3])
    assert shown["groepNavragen"] is True
    assert shown["groepNavragenRedenen"] == [{"reden": reason, "aanmeldnummer": number}]
    record = RegistrationIn.model_validate(rows[3])
    register_child(session, record=record, settings=settings)
    assert holds() == []


@pytest.mark.parametrize("by", ["the same again", "withdrawn"])
def test_a_known_registration_that_is_refused_later(
    *,
    bring: Bring,
    rows: list[Row],
    holds: Callable[[], list[Hold]],
    session: Session,
    settings: Settings,
    by: str,
) -> None:
    """Its last news was refused: a person who says it again, or ends its search, settles that."""
    bring(*rows)
    bring(rows[0], rows[3] | BROKEN)
    assert holds() == [refused(rows[3])]
    last = key_of(session, rows[3])
    if by == "withdrawn":
        reason = WithdrawalReason.MOVED
        withdraw_child(session, registration_id=last, reason=reason, if_match='"1"')
    else:
        record = RegistrationIn.model_validate(rows[3])
        correct_child(
            session, registration_id=last, record=record, if_match='"1"', settings=settings
        )
    assert holds() == []


def test_an_import_that_broke_off_holds_until_the_file_comes_again(
    bring: Bring, rows: list[Row], holds: Callable[[], list[Hold]], session: Session
) -> None:
    """What was stored of it does not change the second time, and still the group is let go."""
    bring(*rows[:2])
    code = rows[0]["broersZussen"]["groep"]
    hold_importing(session, [code])
    settle_wishes(session, [code])
    assert holds() == [("import niet af", "")]
    bring(*rows)
    assert holds() == []
