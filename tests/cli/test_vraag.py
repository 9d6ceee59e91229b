"""`pleegzorg vraag`: the same answers as over HTTP, as tables and as JSON."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import vraag
from app.cli.asked import Ask, asked
from app.matching.questions.nearly import find_nearly
from app.matching.questions.recruitment import find_shortage
from app.proposals.standing import Standing
from tests.cli.conftest import Outcome
from tests.conftest import REGION

Pleegzorg = Callable[..., Outcome]


@pytest.fixture(scope="module")
def standing() -> Standing:
    """The example region, matched once for all commands."""
    with asked(Ask(REGION, "maximaal", None, None, learns=False)) as found:
        return found


@pytest.fixture(autouse=True)
def matched_once(monkeypatch: pytest.MonkeyPatch, standing: Standing) -> None:
    """Let the commands ask the run that is there: what they print is what is tested."""

    monkeypatch.setattr(vraag, "asked", lambda _: _Ready(standing))


class _Ready:
    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def __enter__(self) -> Standing:
        return self._standing

    def __exit__(self, *_: object) -> None:
        return None


def placed_child(standing: Standing) -> int:
    """A child with a proposal and another family that it could go to."""
    family = standing.case.plan.family
    return next(
        child
        for child in range(len(family))
        if family[child] >= 0 and len(standing.case.pairs.families_of(child)) > 3
    )


def names_of(standing: Standing, child: int, family: int) -> tuple[str, str, str]:
    problem = standing.case.problem
    homes = problem.families
    return problem.children.number[child], homes.provider[family], homes.reference[family]


def test_why_not(pleegzorg: Pleegzorg, standing: Standing) -> None:
    """Of a refused family the rule and the change; of a possible one the price."""
    child = placed_child(standing)
    opened = set(standing.case.pairs.families_of(child).tolist())
    refused = next(
        f for f in range(len(standing.case.problem.families.reference)) if f not in opened
    )
    printed = pleegzorg(
        "vraag", "waarom-niet", *names_of(standing, child, refused), "--data", REGION
    )
    assert printed.code == 0
    assert "geweigerd" in printed.out
    assert "→" in printed.out
    other = next(f for f in sorted(opened) if f != standing.case.plan.family[child])
    words = ("vraag", "waarom-niet", *names_of(standing, child, other), "--data", REGION)
    told = json.loads(pleegzorg(*words, "--json").out)
    assert told["oordeel"] == "mogelijk"
    assert told["prijs"]["kinderen"]
    assert "Verlies" in pleegzorg(*words).out


def test_alternatives(pleegzorg: Pleegzorg, standing: Standing) -> None:
    """One line a family, the proposal first."""
    child = placed_child(standing)
    number = standing.case.problem.children.number[child]
    words = ("vraag", "alternatieven", number, "--data", REGION)
    told = json.loads(pleegzorg(*words, "--json").out)["alternatieven"]
    assert told[0]["isVoorstel"]
    printed = pleegzorg(*words).out
    assert all(one["gezin"] in printed for one in told)
    assert "voorgesteld" in printed


def test_alternatives_of_all(
    pleegzorg: Pleegzorg, standing: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every child by number, each as when it is asked about alone; here of four children."""
    number = standing.case.problem.children.number[placed_child(standing)]
    some = [number, *(other for other in standing.children if other != number)][:4]
    few = replace(standing, children={one: standing.children[one] for one in some})
    monkeypatch.setattr(vraag, "asked", lambda _: _Ready(few))
    words = ("vraag", "alternatieven", "--alle", "--data", REGION)
    told = json.loads(pleegzorg(*words, "--json").out)["kinderen"]
    assert [one["aanmeldnummer"] for one in told] == sorted(some)
    alone = pleegzorg("vraag", "alternatieven", number, "--data", REGION, "--json").out
    assert json.loads(alone) in told
    printed = pleegzorg(*words).out
    assert all(f"Kind {one}" in printed for one in some)


def test_what_if(pleegzorg: Pleegzorg, standing: Standing, tmp_path: Path) -> None:
    """Options and a file of changes hold at once."""
    child = placed_child(standing)
    opened = standing.case.pairs.families_of(child).tolist()
    other = next(f for f in opened if f != standing.case.plan.family[child])
    number, provider, reference = names_of(standing, child, other)
    path = tmp_path / "wijzigingen.json"
    more = {"soort": "plaats erbij", "aanbieder": provider, "gezin": reference}
    path.write_text(json.dumps({"wijzigingen": [more]}), encoding="utf-8")
    words = ("vraag", "wat-als", "--data", REGION, "--wijzigingen", path)
    pin = ("--vastzetten", f"{number}={provider}/{reference}")
    told = json.loads(pleegzorg(*words, *pin, "--json").out)
    placed = {row["aanmeldnummer"]: row["gezin"] for row in told["plan"]}
    assert placed[number] == reference
    assert number in pleegzorg(*words, *pin).out


def test_nearly_and_recruitment(pleegzorg: Pleegzorg, standing: Standing) -> None:
    """The call list of one child with its questions, and the brief with its profiles."""
    child = next(
        at for at in range(len(standing.children)) if len(find_nearly(standing.case, at)) > 2
    )
    number = standing.case.problem.children.number[child]
    words = ("vraag", "bijna-passend", number, "--data", REGION, "--aantal", "3")
    told = json.loads(pleegzorg(*words, "--json").out)["belregels"]
    assert len(told) == 3
    assert all(call["opbrengst"]["doelen"] for call in told)
    assert "Wat het brengt" in pleegzorg(*words).out
    printed = pleegzorg("vraag", "werving", "--data", REGION).out
    shortage = find_shortage(standing.case)
    assert f"{shortage.short} van {shortage.tested} kinderen" in printed
    assert printed.count("Gezocht") == len(shortage.profiles)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("wat-als",), "geen wijziging gegeven"),
        (("wat-als", "--vastzetten", "AM-1"), "schrijft u als AANMELDNUMMER=AANBIEDER/KENMERK"),
        (("wat-als", "--plaats-erbij", "spirit"), "schrijft u als AANBIEDER/KENMERK"),
        (("wat-als", "--wijzigingen", "bestaat-niet.json"), "niet te lezen"),
        (("alternatieven", "AM-0"), "deed niet mee"),
        (("alternatieven",), "Geef één aanmeldnummer"),
        (("alternatieven", "AM-0", "--alle"), "Geef één aanmeldnummer"),
        (("waarom-niet", "AM-2026-1000", "spirit", "X"), "deed niet mee"),
    ],
)
def test_bad_input_is_one_sentence(pleegzorg: Pleegzorg, words: tuple[str, ...], told: str) -> None:
    """What is wrong and what to do, with exit code 2."""
    outcome = pleegzorg("vraag", *words, "--data", REGION)
    assert outcome.code == 2
    assert told in outcome.err.replace("\n", " ")


def test_a_file_with_a_wrong_field_names_it(pleegzorg: Pleegzorg, tmp_path: Path) -> None:
    """The path of the field, never the value."""
    path = tmp_path / "fout.json"
    path.write_text('{"wijzigingen": [{"soort": "plaats erbij", "aanbieder": "spirit"}]}')
    outcome = pleegzorg("vraag", "wat-als", "--data", REGION, "--wijzigingen", path)
    assert outcome.code == 2
    assert "ontbreekt" in outcome.err
