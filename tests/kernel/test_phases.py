"""The steps of matching as rules: which phase follows which, and what must be recorded first."""

from itertools import pairwise, product

import pytest

from app.kernel.phases import (
    NEXT,
    Agreement,
    ConsentBy,
    LegalWeight,
    Phase,
    Standing,
    missing,
    open_after,
    refuse_move,
    weigh_objection,
)

BOTH = frozenset(ConsentBy)
READY = {"has_answer": True, "consents": BOTH, "has_support": True}


def test_every_phase_is_reached_in_order_and_only_the_last_has_no_next() -> None:
    """Each phase leads to the next of the list; nothing leads back."""
    order = list(Phase)
    assert all(later in NEXT[earlier] for earlier, later in pairwise(order))
    assert [phase for phase in order if not NEXT[phase]] == [Phase.PLACED]
    assert all(order.index(to) > order.index(at) for at in order for to in NEXT[at])


@pytest.mark.parametrize(("at", "to"), list(product(Phase, Phase)))
def test_a_move_that_is_not_open_names_what_is(at: Phase, to: Phase) -> None:
    """With all recorded, exactly the open moves go; a refusal names each open phase."""
    refusal = refuse_move(Standing(at, **READY), to, Agreement.YES)
    assert (refusal is None) == (to in NEXT[at])
    if refusal is not None:
        assert all(f"'{phase}'" in refusal for phase in NEXT[at])
        assert open_after(at) in refusal


def test_a_match_lacks_what_is_not_recorded() -> None:
    """Each of the two yeses, and a support plan only where the match asks for one."""
    bare = Standing(Phase.ACQUAINTANCE, needs_support=True)
    lacking = missing(bare, Phase.MATCHED)
    assert [word in line for word, line in zip(
        ("aanbieder", "verwijzer", "steunplan"), lacking, strict=True
    )] == [True] * 3  # fmt: skip
    one = Standing(Phase.ACQUAINTANCE, consents=frozenset({ConsentBy.PROVIDER}))
    assert len(missing(one, Phase.MATCHED)) == 1
    assert missing(Standing(Phase.ACQUAINTANCE, consents=BOTH), Phase.MATCHED) == ()


@pytest.mark.parametrize("to", [Phase.MATCHED, Phase.PLACED])
def test_a_split_in_crisis_waits_for_the_day_that_ends_it(to: Phase) -> None:
    """At the match and, where it came up after that, at the placement; not at the talks before."""
    standing = Standing(Phase.MATCHED, consents=BOTH, lacks_reunion=True)
    assert any("herenigenVoor" in line for line in missing(standing, to))
    assert missing(standing, Phase.SETTLING) == ()


@pytest.mark.parametrize("phase", [phase for phase in Phase if NEXT[phase]])
def test_an_open_objection_holds_every_move(phase: Phase) -> None:
    """Nothing goes on until it is decided."""
    standing = Standing(phase, has_open_objection=True, **READY)
    refusal = refuse_move(standing, NEXT[phase][0], Agreement.YES)
    assert refusal is not None
    assert "bezwaar" in refusal


@pytest.mark.parametrize("phase", [phase for phase in Phase if NEXT[phase]])
def test_a_no_goes_on_only_past_a_weighed_objection(phase: Phase) -> None:
    """Where parents and child are asked, and an objection of theirs was decided to go on."""
    for is_overruled in (False, True):
        standing = Standing(phase, has_overruled=is_overruled, **READY)
        goes = refuse_move(standing, NEXT[phase][0], Agreement.NO) is None
        asked = phase in (Phase.WITH_PARENTS, Phase.ACQUAINTANCE)
        assert goes == (is_overruled and asked)
        assert refuse_move(standing, NEXT[phase][0], Agreement.IF) is None


@pytest.mark.parametrize(
    ("frame", "has_order", "weight"),
    [
        ("vrijwillig", False, LegalWeight.VETO),
        ("OTS", True, LegalWeight.WEIGHED),
        ("OTS", False, LegalWeight.VETO),
        ("VOTS", True, LegalWeight.WEIGHED),
        ("voogdij GI", False, LegalWeight.WEIGHED),
    ],
)
def test_the_law_weighs_an_objection(frame: str, has_order: bool, weight: LegalWeight) -> None:
    """A veto unless the court decided: an order, or guardianship of the GI."""
    assert weigh_objection(frame, has_order=has_order) is weight
