"""Templates read what the API told by its names."""

import pytest
from jinja2 import UndefinedError

from app.screens.render import environment


def shown(template: str, **context: object) -> str:
    return environment("nl").from_string(template).render(**context)


def test_a_field_goes_before_a_method_of_the_same_name() -> None:
    """And the methods of what has no such field are there as ever."""
    assert shown("{{ x.items }}", x={"items": 3}) == "3"
    assert shown("{{ x.get('b', 'geen') }} {{ x.a }}", x={"a": "<"}) == "geen &lt;"
    assert shown("{% for k, v in x.items() %}{{ k }}{{ v }}{% endfor %}", x={"a": 1}) == "a1"


def test_what_is_not_told_is_an_error_and_not_empty() -> None:
    """So that a page never shows a label without what belongs to it in silence."""
    with pytest.raises(UndefinedError):
        shown("{{ x.b }}", x={"a": 1})
