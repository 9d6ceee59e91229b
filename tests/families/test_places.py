"""Beds follow what the provider says, and never throw out a child."""

from uuid import UUID

from app.families.places import KnownPlace, settle_places
from app.kernel.clock import now
from app.kernel.ids import new_id

FAMILY = UUID(int=1)


def bed(ordinal: int, *, occupied: bool = False, by_child: bool = False) -> KnownPlace:
    return KnownPlace(
        id=new_id(), ordinal=ordinal, is_offered=True,
        is_occupied=occupied or by_child, by_child=by_child,
    )  # fmt: skip


def test_a_new_family_gets_its_beds() -> None:
    """Three places of which one is free: three rows, two of them occupied."""
    changes = settle_places(FAMILY, [], total=3, free=1, at=now())
    assert [row["ordinal"] for row in changes.new_places] == [1, 2, 3]
    assert len(changes.new_occupations) == 2


def test_nothing_changes_when_nothing_changed() -> None:
    """The same counts again change no row."""
    known = [bed(1), bed(2, occupied=True)]
    changes = settle_places(FAMILY, known, total=2, free=1, at=now())
    assert not any(
        (changes.new_places, changes.new_occupations, changes.released, changes.withdrawn)
    )


def test_a_place_that_becomes_free_is_released() -> None:
    """One fewer child in the home: the occupation that only the provider knew ends."""
    known = [bed(1, occupied=True), bed(2, occupied=True)]
    changes = settle_places(FAMILY, known, total=2, free=1, at=now())
    assert changes.released == [known[1].id]


def test_a_registered_child_is_never_released() -> None:
    """Only a person ends a placement: an export that counts the bed as free does not."""
    known = [bed(1, by_child=True)]
    assert settle_places(FAMILY, known, total=1, free=1, at=now()).released == []


def test_a_withdrawn_place_stays_as_a_row() -> None:
    """Runs of the past point to it."""
    known = [bed(1), bed(2)]
    changes = settle_places(FAMILY, known, total=1, free=1, at=now())
    assert changes.withdrawn == [known[1].id]
