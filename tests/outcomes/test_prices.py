"""What the limits of the last run's policy cost, on the fairness board."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.matching.match import match
from app.matching.policy import load_policy, parse_policy
from app.matching.risk.weights import load_weights
from app.outcomes.fairness import show_fairness
from app.proposals.assemble import assemble
from app.proposals.tradeoffs import weigh
from tests.outcomes.made import TODAY
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration

FIRST = TODAY - timedelta(days=1500)


def test_a_floor_comes_with_its_price(session: Session) -> None:
    """As the run stored it; a cap of an older run is named, and why it has no price."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")
    run = run_here(session, policy="zorgvuldig")
    run.tradeoffs = {"ondergrenzen": [{
        "groep": "rolstoel", "zin": "Ten minste de helft, als dat kan", "wachtend": 22,
        "gevraagd": 11, "geplaatst": 10,
        "prijs": {"groepErbij": 2, "anderenEraf": 1, "breakdowns": 0.31},
    }]}  # fmt: skip
    run.counts = run.counts | {"kinderen": 40}
    session.flush()
    price = show_fairness(session, first=FIRST, last=TODAY, today=TODAY).price
    (floor,), (cap,) = price.limits, price.caps
    assert (floor.group_more, floor.others_fewer, floor.breakdowns) == (2, 1, 0.31)
    assert floor.sentence == "Ten minste de helft, als dat kan. Gevraagd 11, geplaatst 10."
    assert (cap.cap, cap.placed, cap.groups) == ("hoogste_breakdownkans", None, [])
    assert "vraag een nieuwe run aan" in (cap.why_not or "")


@pytest.mark.parametrize(("waiting", "everyone"), [(9, 40), (31, 40)])
def test_a_floor_tells_nothing_of_a_few(session: Session, waiting: int, everyone: int) -> None:
    """Neither of a small group, nor of the few who are not in it; what was asked stays told."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")
    run = run_here(session, policy="zorgvuldig")
    run.tradeoffs = {"ondergrenzen": [{
        "groep": "rolstoel", "zin": "Minstens 4 kinderen geplaatst, als dat kan",
        "wachtend": waiting, "gevraagd": 4, "geplaatst": 3,
        "prijs": {"groepErbij": 2, "anderenEraf": 1, "breakdowns": 0.31},
    }]}  # fmt: skip
    run.counts = run.counts | {"kinderen": everyone}
    session.flush()
    price = show_fairness(session, first=FIRST, last=TODAY, today=TODAY).price
    (floor,) = price.limits
    assert (floor.group_more, floor.others_fewer, floor.breakdowns) == (None, None, None)
    assert floor.sentence == (
        "Minstens 4 kinderen geplaatst, als dat kan. Hoeveel is niet te noemen: de groep, of wie "
        "er niet in zit, is kleiner dan 10 kinderen."
    )


def test_a_cap_comes_with_what_it_cost(session: Session) -> None:
    """The run itself works it out: a child above the cap has a proposal only without it."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")
    text_of = load_policy("zorgvuldig").text.replace("= 0.45", "= 0.0")  # nobody may be proposed
    policy = parse_policy(text_of, source="nul.toml")
    run = run_here(session, policy=policy)
    result = match(assemble(session, run.snapshot_day).problem, policy, load_weights())
    run.tradeoffs = weigh(result, policy, seed=0)
    session.flush()
    (cap,) = show_fairness(session, first=FIRST, last=TODAY, today=TODAY).price.caps
    assert (cap.placed, cap.placed_without, cap.breakdowns) == (0, 1, 0.0)
    assert cap.breakdowns_without is not None
    assert 0 < cap.breakdowns_without < 1
    assert {group.waiting for group in cap.groups} == {None}  # one child is a small cell


def test_a_group_of_a_cap_is_hidden_with_its_rest(session: Session) -> None:
    """Shown from ten children on, with ten who are not in it; forms as parts of one whole."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")
    run = run_here(session, policy="zorgvuldig")
    counts = {"vorm hulpverlening": 40, "vorm opvoeding": 30, "vorm crisis": 4,
              "12 jaar en ouder": 25, "rolstoel": 3, "broers en zussen": 70}  # fmt: skip
    run.tradeoffs = {"bovengrenzen": [{
        "grens": "hoogste_breakdownkans", "zin": "x", "reden": None,
        "prijs": {
            "geplaatst": 60, "geplaatstZonder": 66, "breakdowns": 9.5, "breakdownsZonder": 13.0,
            "groepen": [
                {"groep": name, "wachtend": count, "geplaatst": count - 3,
                 "geplaatstZonder": count - 1} for name, count in counts.items()
            ],
        },
    }]}  # fmt: skip
    session.flush()
    (cap,) = show_fairness(session, first=FIRST, last=TODAY, today=TODAY).price.caps
    shown = {
        group.name: (group.waiting, group.placed, group.placed_without) for group in cap.groups
    }
    none = (None, None, None)
    assert shown == {
        "vorm hulpverlening": (40, 37, 39), "vorm opvoeding": none, "vorm crisis": none,
        "12 jaar en ouder": (25, 22, 24), "rolstoel": none, "broers en zussen": none,
    }  # fmt: skip
