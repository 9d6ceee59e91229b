"""Beds follow what the provider says, and never throw out a child."""

from uuid import UUID

from app.families.canonical import ListedPlace
from app.families.places import KnownPlace, settle_listed, settle_places
from app.kernel.clock import now
from app.kernel.ids import new_id
from app.kernel.words import Rhythm

FAMILY = UUID(int=1)


def bed(
    ordinal: int, *, occupied: bool = False, by_child: bool = False, held: bool = False
) -> KnownPlace:
    return KnownPlace(
        id=new_id(), ordinal=ordinal, is_offered=True,
        is_occupied=occupied or by_child, by_child=by_child, is_held=held,
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


def test_a_place_that_is_held_is_taken_last() -> None:
    """One fewer free place: of two vacant beds the one that nobody is busy with counts as taken."""
    known = [bed(1), bed(2, held=True)]
    changes = settle_places(FAMILY, known, total=2, free=1, at=now())
    assert [row["place_id"] for row in changes.new_occupations] == [known[0].id]


def test_listed_beds_get_their_rhythm_and_state() -> None:
    """Bed by bed: a new weekend bed, one freed, one taken, one no longer offered."""
    known = [bed(1, occupied=True), bed(2), bed(3), bed(4)]
    listed = [
        ListedPlace(Rhythm.ODD_WEEKENDS, is_free=True),
        ListedPlace(Rhythm.FULL_TIME, is_free=False),
        ListedPlace(Rhythm.FULL_TIME, is_free=True),
    ]
    changes = settle_listed(FAMILY, known, listed=listed, at=now())
    assert changes.rhythms == {known[0].id: Rhythm.ODD_WEEKENDS}
    assert changes.released == [known[0].id]
    assert [row["place_id"] for row in changes.new_occupations] == [known[1].id]
    assert changes.withdrawn == [known[3].id]
    fresh = settle_listed(FAMILY, [], listed=listed, at=now()).new_places
    assert [row["rhythm"] for row in fresh] == [place.rhythm for place in listed]


def test_a_listed_bed_of_a_registered_child_is_left_alone() -> None:
    """Neither its rhythm nor its use follows what the provider tells of that bed."""
    known = [bed(1, by_child=True)]
    listed = [ListedPlace(Rhythm.HOLIDAYS, is_free=True)]
    changes = settle_listed(FAMILY, known, listed=listed, at=now())
    assert (changes.released, changes.rhythms) == ([], {})
