"""Groups of a few on the fairness board: hidden, together in one row, and compared as that."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.outcomes.fairness import show_fairness
from tests.outcomes.made import TODAY, insert_placements
from tests.outcomes.test_fairness import fill, groups_of
from tests.outcomes.worlds import draw_world


def of_genders(shares: dict[str, float], few: int) -> list[dict[str, Any]]:
    """Return 600 children with a few that are x, in which girls wait three times as long."""
    dice, told = np.random.default_rng(2), draw_world(600, seed=5)
    for at, one in enumerate(told):
        is_girl = dice.random() < shares["meisje"]
        one["gender"] = "x" if at < few else "meisje" if is_girl else "jongen"
        one["waited"] *= 3 if one["gender"] == "meisje" else 1
    return told


@pytest.mark.parametrize("few", [1, 4, 9])
@pytest.mark.parametrize(("girls", "found_in"), [
    (0.47, "Geslacht, meisje en x samen: wacht langer."),
    (0.53, "Geslacht, jongen en x samen: wacht korter."),
])  # fmt: skip
def test_a_few_hide_nothing_of_the_many(
    session: Session, few: int, girls: float, found_in: str
) -> None:
    """One to nine children who are x: the smaller of the others is shown and compared with them."""
    told = of_genders({"meisje": girls}, few)
    insert_placements(session, told)
    found = show_fairness(session, first=date(2015, 1, 1), last=TODAY, today=TODAY)
    assert found_in in found.findings
    groups = groups_of(found, "geslacht")
    (joined,) = [group for group in groups.values() if group.joined]
    assert sorted(joined.joined) == ["jongen" if girls > 0.5 else "meisje", "x"]
    assert joined.children == sum(one["gender"] in joined.joined for one in told)
    assert all(groups[name].children is None for name in joined.joined)
    measures = (joined.wait, joined.chance, joined.placed, joined.broken)
    assert all(measure is not None for measure in measures)
    assert joined.children + sum(g.children or 0 for g in groups.values() if not g.joined) == 600


def test_who_was_destroyed_is_in_no_group(session: Session) -> None:
    """What is left of a file says x and no disability, of whoever it was."""
    insert_placements(session, draw_world(60, seed=5))
    before = show_fairness(session, first=date(2015, 1, 1), last=TODAY, today=TODAY)
    gone = "SELECT id FROM registration ORDER BY id LIMIT 20"
    session.execute(text(f"UPDATE registration SET is_destroyed = true WHERE id IN ({gone})"))
    session.execute(
        text(
            "UPDATE child SET gender = 'x' WHERE id IN "
            "(SELECT child_id FROM registration WHERE is_destroyed)"
        )
    )
    after = show_fairness(session, first=date(2015, 1, 1), last=TODAY, today=TODAY)
    assert (before.everyone.children, after.everyone.children) == (60, 40)
    assert "x" not in groups_of(after, "geslacht")


def test_a_joined_row_tells_nothing_of_its_parts(session: Session) -> None:
    """Whichever four of them are x: every figure and finding by gender is the very same."""
    told = of_genders({"meisje": 0.47}, 4)
    boards = []
    for turn in range(2):
        if turn:
            for one in told[:4]:
                one["gender"] = "meisje"
            for one in [one for one in told if one["gender"] == "meisje"][-4:]:
                one["gender"] = "x"
        trial = session.begin_nested()
        fill(session, told, is_planted=False)
        boards.append(show_fairness(session, first=date(2015, 1, 1), last=TODAY, today=TODAY))
        trial.rollback()
    assert groups_of(boards[0], "geslacht") == groups_of(boards[1], "geslacht")
    assert groups_of(boards[0], "geslacht")["meisje en x samen"].declined is not None


def test_several_small_groups_are_one_row(session: Session) -> None:
    """Municipalities of a few children each: together they are enough to be told."""
    told = draw_world(200, seed=5)
    for at, one in enumerate(told):
        small = f"Klein {at // 3}" if at < 18 else "Groot" if at < 120 else "Midden"
        one["registration"] = {"municipality": small}
    insert_placements(session, told)
    groups = groups_of(
        show_fairness(session, first=date(2015, 1, 1), last=TODAY, today=TODAY), "gemeente"
    )
    row = groups["kleine groepen samen"]
    assert row.joined == [f"Klein {at}" for at in range(6)]
    assert (row.children, groups["Groot"].children, groups["Midden"].children) == (18, 102, 80)
