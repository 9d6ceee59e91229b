"""Tables in the docs follow from the code."""

import pytest

from app.matching.risk.weights import load_weights
from app.matching.rules import RULES
from tools import risk_table, rule_table
from tools.doc_table import DOCS, put, render

TABLES = [
    (risk_table.PAGE, risk_table.NAME, risk_table.risk_table(load_weights()), "risk_table"),
    (rule_table.PAGE, rule_table.NAME, rule_table.rule_table(RULES), "rule_table"),
]


@pytest.mark.parametrize(("page", "name", "table", "tool"), TABLES)
def test_the_table_in_the_docs_is_up_to_date(page: str, name: str, table: str, tool: str) -> None:
    """Whoever changes a rule or a weight runs the tool."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert put(text, name, table) == text, f"run: python -m tools.{tool}"


def test_every_factor_and_every_rule_has_a_row() -> None:
    """A head, a line, and one row each."""
    assert TABLES[0][2].count("\n") == 1 + len(load_weights().labels)
    assert TABLES[1][2].count("\n") == 1 + len(RULES)
    assert all(f"| `{rule.code}` |" in TABLES[1][2] for rule in RULES)


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    """It is escaped, as Markdown asks."""
    assert render(("a", "b"), [("x|y", "z")]).splitlines()[-1] == "| x\\|y | z |"


def test_prose_around_the_table_stays() -> None:
    """Only what stands between the marks is replaced."""
    text = "voor\n<!-- table: t -->\noud\n<!-- end of table: t -->\nna\n"
    assert put(text, "t", "nieuw") == text.replace("oud", "nieuw")


@pytest.mark.parametrize(
    "text", ["", "<!-- table: t -->", "<!-- end of table: t --><!-- table: t -->"]
)
def test_a_page_without_marks_is_refused(text: str) -> None:
    """Nothing is written to a page that has no place for the table."""
    with pytest.raises(ValueError, match="needs '<!-- table: t -->'"):
        put(text, "t", "nieuw")
