"""Free texts lose names, BSNs and postcodes, and nothing else."""

import pytest

from app.kernel.anonymous import without_names, without_numbers

NAMES = ["Noor", "Sam", "Anne-Fleur", "Bo van den Berg", " "]


def test_of_a_copy_for_the_child_only_whole_names_go() -> None:
    """Its own name may be a part of a brother's."""
    assert without_names("Fleur en Anne Fleur", NAMES) == "Fleur en [naam]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ik ben Noor en ik mis Sam.", "Ik ben [naam] en ik mis [naam]."),
        ("Noors kat, NOOR's hond, noor", "[naam] kat, [naam] hond, [naam]"),
        ("Noortje en noordwest blijven", "Noortje en noordwest blijven"),
        ("Anne-Fleur belt", "[naam] belt"),
        ("anne fleur, AnneFleur en Fleurs kat", "[naam], [naam] en [naam] kat"),
        ("Sám en SÀM", "[naam] en [naam]"),
        ("met het kind van Bo van den Berg", "met het kind van [naam]"),
    ],
)
def test_names_go_as_whole_words(text: str, shown: str) -> None:
    """In any case and as a possessive; a longer word that begins alike stays."""
    assert without_names(text, NAMES, parts=True) == shown


def test_without_names_to_hide_a_text_stays() -> None:
    """No name, no change."""
    assert without_names("Ik ben Noor.", []) == "Ik ben Noor."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("BSN 999530410.", "BSN [nummer]."),
        ("999 530 410 of 9995.30.410", "[nummer] of [nummer]"),
        ("1012AB en 1012 ab", "[postcode] en [postcode]"),
        ("In 2026 was ik 9, met 12345 knikkers", "In 2026 was ik 9, met 12345 knikkers"),
        ("bel 0612345678 of 06-12 34 56 78", "bel [nummer] of [nummer]"),
        ("+31 20 123 45 67, 020-1234567", "[nummer], [nummer]"),
        ("mail roos.m@school.example.nl!", "mail [e-mail]!"),
        ("Kerkstraat 12, oude dorpsweg 3b", "[adres], oude [adres]"),
        ("ik wil weg, de straat op, 12 uur", "ik wil weg, de straat op, 12 uur"),
    ],
)
def test_numbers_that_tell_who_it_is_go(text: str, shown: str) -> None:
    """Nine digits, telephones, postcodes, addresses, mail; other numbers and words stay."""
    assert without_numbers(text) == shown
