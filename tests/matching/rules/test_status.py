"""Only families that take part now are asked."""

from tests.matching.judge import pair, refusing, sentence


def test_an_active_family_fits() -> None:
    """A family that takes part is not refused."""
    assert refusing(pair({}, {"status": "actief"})) == set()


def test_a_paused_or_stopped_family_is_refused() -> None:
    """Both other states refuse, each with its own sentence."""
    paused, stopped = pair({}, {"status": "pauze"}), pair({}, {"status": "gestopt"})
    assert refusing(paused) == refusing(stopped) == {"status"}
    assert "pauze" in sentence(paused, "status")
    assert "gestopt" in sentence(stopped, "status")


def test_a_paused_network_family_is_refused_too() -> None:
    """Status is hard for the child's own network family."""
    assert refusing(pair({}, {"for_child": "AM-0000", "status": "pauze"})) == {"status"}
