"""What the benchmarks stand on: drawn problems, the page between its marks, the plot."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from app.matching.siblings import find_siblings
from benchmarks import page
from benchmarks.national import draw_problem
from benchmarks.plot import draw_plot

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def test_drawn_problem_is_the_same_every_time() -> None:
    """One seed gives one problem, with siblings of every wish and pairs in order."""
    problem, pairs = draw_problem(400, 12, seed=5)
    again, same = draw_problem(400, 12, seed=5)
    assert np.array_equal(pairs.chance, same.chance)
    assert problem.children.number == again.children.number
    siblings = find_siblings(problem)
    assert set(siblings.wish[siblings.size >= 2]) == {0, 1, 2}
    order = np.lexsort((pairs.family, pairs.child))
    assert np.array_equal(order, np.arange(len(pairs)))
    assert np.all(pairs.chance_split >= pairs.chance)


def test_tables_of_the_page_are_those_of_the_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renewing a page whose table was spoilt brings back what the kept results say."""
    text = PAGE.read_text(encoding="utf-8")
    copy = tmp_path / "performance.md"
    growth = json.loads((page.RESULTS / "growth.json").read_text(encoding="utf-8"))
    last = f"| {growth[-1]['children']:,} |"
    copy.write_text(text.replace(last, "| many |"), encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    page.write_page()
    assert copy.read_text(encoding="utf-8") == text


def test_page_without_marks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that lost its marks is not overwritten in silence."""
    copy = tmp_path / "performance.md"
    copy.write_text("niets", encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    with pytest.raises(ValueError, match="growth"):
        page.write_page()
    assert copy.read_text(encoding="utf-8") == "niets"


def test_plot_is_a_drawing_with_every_point() -> None:
    """The plot is well-formed and has a dot for each value, further right for more children."""
    root = ET.fromstring(draw_plot([(120, 0.1, 74), (500, 0.4, 87), (2000, 3.2, 131)]))
    dots = [dot for dot in root if dot.tag.endswith("circle")]
    assert len(dots) == 6
    across = [float(dot.get("cx", "nan")) for dot in dots[:3]]
    assert across == sorted(across)
