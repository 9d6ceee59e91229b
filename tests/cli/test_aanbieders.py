"""`pleegzorg aanbieders`: a trial changes nothing, and says what would happen."""

from collections.abc import Callable, Iterator

import pytest

from app.db.embedded import drop_database, start_embedded
from app.db.template import make_migrated
from app.settings import Settings
from tests.cli.conftest import Outcome

Command = Callable[..., Outcome]
NAME = "pleegzorg_aanbiederstest"
MERGER = ("samenvoegen", "spirit", "levvel", "--per", "2026-01-01", "--systeem", "blijft")


@pytest.fixture
def ask(settings: Settings, pleegzorg: Command) -> Iterator[Command]:
    """Return `pleegzorg aanbieders` on a migrated database of its own."""
    server = start_embedded(settings)
    drop_database(server, NAME)
    url = make_migrated(server, NAME).render_as_string(hide_password=False)
    yield lambda *words: pleegzorg("aanbieders", *words, "--database-url", url)
    drop_database(server, NAME)


def test_from_a_trial_to_a_merger(ask: Command) -> None:
    """Added, renamed and merged only when it is meant; the list tells what came of it."""
    trial = ask("nieuw", "levvel", "Levvel")
    assert "Proef: levvel (Levvel) is toegevoegd." in trial.out
    assert "levvel" not in ask().out
    ask("nieuw", "levvel", "Levvel", "--voer-uit")
    ask("hernoem", "levvel", "--code", "levvel-jeugd", "--per", "2026-01-01", "--voer-uit")
    tried = ask(*MERGER, "--vgb", "vervalt")
    assert "0 gezinnen gingen mee" in tried.out
    assert "Er is niets veranderd" in tried.out
    assert "opgegaan" not in ask().out
    assert ask(*MERGER, "--vgb", "vervalt", "--voer-uit").code == 0
    listed = ask().out
    assert "levvel-jeugd  Levvel  (eerder levvel)" in listed
    assert "spirit  Spirit  opgegaan in levvel-jeugd per 2026-01-01" in listed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nieuw", "Levvel!", "Levvel"), "code"),
        (("nieuw", "spirit", "Levvel"), "kies een andere"),
        (("hernoem", "niemand", "--naam", "X", "--per", "2026-01-01"), "niet bekend"),
        (("hernoem", "spirit", "--naam", "X", "--per", "morgen"), "--per"),
        (("stop-systeem", "spirit"), "niets te doen"),
    ],
)
def test_a_wrong_word_is_one_sentence(ask: Command, words: tuple[str, ...], told: str) -> None:
    """Exit code 2, and what to do."""
    outcome = ask(*words)
    assert outcome.code == 2
    assert told in " ".join(outcome.err.split())


def test_a_merger_has_no_default_for_clearances(ask: Command) -> None:
    """Whether they lapse is in a deed, not in our data: it has to be said."""
    outcome = ask(*MERGER)
    assert outcome.code == 2
    assert "--vgb" in outcome.err
