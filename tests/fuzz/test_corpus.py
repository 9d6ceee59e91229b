"""The kept corpus, run as any test: what was once found stays found."""

from pathlib import Path

import pytest

from app.kernel.errors import InputRefused
from tests.fuzz.judged import SECRET, check_sentence, refused_or
from tests.fuzz.targets import CORPUS, TARGETS, kept


@pytest.mark.parametrize("target", list(TARGETS))
def test_every_kept_input_is_read_or_refused(target: str) -> None:
    """Each target has inputs, and none fails otherwise, or repeats what it refuses."""
    found = kept(target)
    assert found
    for path in found:
        TARGETS[target](path.read_bytes())


def test_no_corpus_is_without_its_target() -> None:
    """A target that is gone takes its corpus along."""
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS)


def test_another_error_is_not_taken_for_a_refusal() -> None:
    """The judge lets through what is looked for."""
    with pytest.raises(ZeroDivisionError):
        refused_or(lambda: 1 // 0)


@pytest.mark.parametrize("said", [f"'{SECRET}' is geen datum.", "geen zin", "half \ud800."])
def test_a_sentence_that_may_not_be(said: str) -> None:
    """The judge sees a repeated name, half a sentence and half a character."""

    def refuse() -> None:
        raise InputRefused(said)

    with pytest.raises((AssertionError, UnicodeEncodeError)):
        refused_or(refuse)


def test_what_may_be_shown() -> None:
    """A number of a family and an unknown column are no content of a person."""
    check_sentence(f"Gezin {SECRET}1 is geweigerd: 'Postcode' is leeg; vul dit veld in.")
    check_sentence(f"Kolom '{SECRET}' is niet bekend en is niet gelezen.")


def test_seeds_hold_the_made_up_name() -> None:
    """Without it nobody would see a name repeated."""
    for target in ("spirit", "youke", "wsp-teksten", "leger-des-heils", "vitree", "aanmeldingen"):
        assert any(SECRET.encode() in path.read_bytes() for path in kept(target)), target


def test_the_workbook_of_the_parts_is_there() -> None:
    """It is an input as well."""
    assert isinstance(kept("wsp")[0], Path)
