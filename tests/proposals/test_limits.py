"""Limits of a policy in a run: the support plan is said, the last finished run looked back at."""

from dataclasses import replace

import numpy as np
from sqlalchemy.orm import Session

from app.matching.limits import Limits
from app.matching.policy import load_policy
from app.proposals.assemble import assemble
from app.proposals.report import build_report
from app.proposals.snapshot import dump_problem, load_problem
from tests.problems import problem_in
from tests.proposals.running import DAY, entries, run_here
from tests.rows import make_family, make_registration

MAXIMAAL = load_policy("maximaal")


def test_a_proposal_says_that_it_needs_a_support_plan(session: Session) -> None:
    """Above the policy's level, as a field and as a reason; below it neither."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")
    chance = entries(session)["AM-1"]["breakdownKans"]
    for level, needs in ((chance - 0.01, True), (chance, False)):
        limits = Limits(support_above=level)
        found = entries(session, policy=replace(MAXIMAAL, limits=limits))["AM-1"]
        assert found["steunplanNodig"] is needs
        assert ("steunplan" in [reason["code"] for reason in found["redenen"]]) is needs


def test_the_limit_on_new_children_is_said_where_it_holds(session: Session) -> None:
    """Two places and a limit of one: the other child hears why, and what would help."""
    make_family(session, reference="SPI-1", places=2)
    for number in ("AM-1", "AM-2"):
        make_registration(session, number=number)
    policy = replace(MAXIMAAL, limits=Limits(most_new=1))
    told = [entry["waaromNiet"] for entry in entries(session, policy=policy).values()]
    (why,) = [why for why in told if why]
    assert why["code"] == "genoeg_gevraagd"
    assert "hoogste aantal nieuwe kinderen" in why["zin"]
    assert why["kleinsteWijziging"]["regels"] == ["nieuwe_kinderen_per_gezin"]
    assert "voor 1 kind meer tegelijk wordt gevraagd" in why["kleinsteWijziging"]["zin"]


def test_a_run_looks_back_at_the_last_finished_one(session: Session) -> None:
    """A better family comes free: with a price the child stays, without one it moves."""
    make_family(session, reference="SPI-1", experience_years=1.0)
    make_registration(session, number="AM-1")
    steady = replace(MAXIMAAL, limits=Limits(move_price=0.2))
    assert entries(session, policy=steady)["AM-1"]["gezin"] == "SPI-1"
    make_family(session, reference="SPI-2", experience_years=9.0)
    run = run_here(session, policy=steady)
    report = build_report(session, run)
    assert [entry["gezin"] for entry in report["voorstellen"]] == ["SPI-1"]
    goal = next(goal for goal in report["run"]["doelen"] if goal["code"] == "breakdowns")
    assert "elk eerder voorstel dat blijft telt 0,2 minder" in goal["zin"]
    assert problem_in(run).published.family.tolist() == [0]
    assert entries(session)["AM-1"]["gezin"] == "SPI-2"


def test_what_is_given_with_a_run_goes_first(session: Session) -> None:
    """Proposals from a file; who or what is no longer there is left out."""
    for reference in ("SPI-1", "SPI-2"):
        make_family(session, reference=reference)
    make_registration(session, number="AM-1")
    steady = replace(MAXIMAAL, limits=Limits(move_price=0.2))
    for home in ("SPI-2", "SPI-1"):
        given = {"AM-1": ("spirit", home), "AM-9": ("spirit", home)}
        found = entries(session, policy=steady, published=given)
        assert found["AM-1"]["gezin"] == home
    assert len(assemble(session, DAY, {"AM-1": ("youke", "SPI-1")}).problem.published) == 0


def test_published_proposals_come_back_from_the_archive(session: Session) -> None:
    """The whole input is stored, so that a ranking can be shown again."""
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")
    problem = assemble(session, DAY, {"AM-1": ("spirit", "SPI-1")}).problem
    again = load_problem(dump_problem(problem))
    for name in ("child", "family"):
        assert np.array_equal(getattr(problem.published, name), getattr(again.published, name))
    assert len(again.published) == 1
