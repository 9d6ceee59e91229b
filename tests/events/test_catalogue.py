"""Only what the catalogue allows can be told, and it allows nothing about a person."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from app.events.catalogue import FieldNotInCatalogue, Occurrence
from app.kernel.ids import new_id
from app.models import NoBy, WithdrawalReason

FORBIDDEN = {"naam", "voornaam", "bsn", "postcode", "geboren", "adres", "school", "toelichting"}
ID = UUID("01890000-0000-7000-8000-000000000000")
STEP = {"child": ID, "step": ID, "provider": "spirit", "family": "SPI-10013"}


def test_every_entry_is_a_noun_and_what_became_of_it() -> None:
    """Two words of small letters each, unique, with a sentence for people."""
    kinds = [occurrence.kind for occurrence in Occurrence]
    assert len(kinds) == len(set(kinds))
    assert all(re.fullmatch("[a-z]+[.][a-z]+", kind) for kind in kinds)
    assert all(occurrence.meaning.endswith(".") for occurrence in Occurrence)


def test_an_event_carries_ids_and_words_by_their_dutch_names() -> None:
    """And it says where to read more, for who may."""
    data = Occurrence.STEP_REFUSED.data_of({**STEP, "by": NoBy.FAMILY})
    assert data == {
        "kind": str(ID), "stap": str(ID), "aanbieder": "spirit", "gezin": "SPI-10013",
        "door": "gezin",
    }  # fmt: skip
    assert not data.keys() & FORBIDDEN
    assert Occurrence.STEP_REFUSED.type == "nl.pleegzorg.stap.nee"
    assert Occurrence.STEP_REFUSED.subject_of(data) == f"kinderen/{ID}/stappen/{ID}"


def test_a_number_with_a_slash_stays_one_part_of_a_path() -> None:
    """Such numbers come by file."""
    data = Occurrence.FAMILY_ADDED.data_of({"provider": "spirit", "family": "A/1"})
    assert Occurrence.FAMILY_ADDED.subject_of(data) == "pleeggezinnen/spirit/A%2F1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("child", "Noor"), ("child", None), ("step", str(ID)), ("family", "Jansen"),
        ("family", "de familie Jansen 3"), ("provider", "Spirit Amsterdam"), ("by", "gezin"),
        ("by", WithdrawalReason(next(iter(WithdrawalReason)).value)),
    ],
)  # fmt: skip
def test_a_name_or_free_text_cannot_be_told(field: str, value: object) -> None:
    """Neither as an id nor as a number or a word; and the error does not repeat it."""
    with pytest.raises(FieldNotInCatalogue) as caught:
        Occurrence.STEP_REFUSED.data_of({**STEP, "by": NoBy.FAMILY, field: value})
    assert str(value) not in str(caught.value)


def test_fields_are_exactly_those_of_the_entry() -> None:
    """One too many is refused as well as one too few."""
    for fields in ({}, {"run": new_id(), "child": new_id()}):
        with pytest.raises(FieldNotInCatalogue):
            Occurrence.RUN_FINISHED.data_of(fields)


def test_every_kind_is_explained() -> None:
    """Who builds on it reads in one table what each means and for whom it is."""
    page = Path(__file__).parents[2] / "docs" / "gebeurtenissen.md"
    table = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert [o.kind for o in Occurrence if f"`{o.kind}`" not in "".join(table)] == []
