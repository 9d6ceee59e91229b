"""Why this family, why not that one, and what would have to change."""

from app.matching.explain.case import Case
from app.matching.explain.explanation import Explanation, explain, explain_child
from app.matching.explain.options import Option
from app.matching.explain.reason import Kind, Reason
from app.matching.explain.reasons import refusals_between
from app.matching.explain.why_not import WhyNot

__all__ = [
    "Case",
    "Explanation",
    "Kind",
    "Option",
    "Reason",
    "WhyNot",
    "explain",
    "explain_child",
    "refusals_between",
]
