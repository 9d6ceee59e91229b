"""Leaving fields out of an answer, along the schemas of the contract."""

from typing import Any

import pytest

from app.kernel.actor import ActorRole
from app.security.access import Access
from app.security.prune import pruner

SCHEMAS: dict[str, Any] = {
    "Kind": {
        "properties": {
            "naam": {"type": "string"},
            "vorm": {"type": "string"},
            "gezinnen": {"type": "array", "items": {"$ref": "#/components/schemas/Gezin"}},
            "eerste": {"anyOf": [{"$ref": "#/components/schemas/Gezin"}, {"type": "null"}]},
            "perDag": {"additionalProperties": {"$ref": "#/components/schemas/Gezin"}},
        }
    },
    "Gezin": {"properties": {"nummer": {"type": "string"}, "adres": {"type": "string"}}},
    "Dag": {"enum": ["ma"], "type": "string"},
}
KIND = {"$ref": "#/components/schemas/Kind"}
HOME = {"nummer": "1", "adres": "thuis"}
PART = frozenset({"vorm", "gezinnen", "eerste", "perDag"})
ACCESS = Access(
    operations={},
    open_to_all=frozenset(),
    fields={
        "Kind": {ActorRole.INTAKE: None, ActorRole.MATCHER: PART},
        "Gezin": {ActorRole.INTAKE: None, ActorRole.MATCHER: frozenset({"nummer"})},
    },
    without_people=frozenset(),
    by_phase={},
    phased_schema="",
    fit_reasons=frozenset(),
    secret={},
    secret_roles=frozenset(),
)  # fmt: skip
CHILD = {
    "naam": "Noor",
    "vorm": "crisis",
    "gezinnen": [HOME],
    "eerste": HOME,
    "perDag": {"ma": HOME},
}


def pruned(value: Any, role: ActorRole, schema: Any = KIND) -> Any:
    prune = pruner(ACCESS, SCHEMAS, schema, role)
    assert prune is not None
    return prune(value)


def test_who_sees_all_costs_nothing() -> None:
    """There is no walk at all."""
    assert pruner(ACCESS, SCHEMAS, KIND, ActorRole.INTAKE) is None


def test_fields_are_left_out_at_every_depth() -> None:
    """In lists, in choices with null, and under free keys."""
    short = {"nummer": "1"}
    assert pruned(CHILD, ActorRole.MATCHER) == {
        "vorm": "crisis", "gezinnen": [short], "eerste": short, "perDag": {"ma": short}
    }  # fmt: skip
    assert pruned(CHILD | {"eerste": None}, ActorRole.MATCHER)["eerste"] is None


def test_who_is_not_named_sees_nothing() -> None:
    """And what the contract does not describe comes out for nobody who sees a part."""
    assert pruned(CHILD, ActorRole.AUDITOR) == {}
    assert "bsn" not in pruned(CHILD | {"bsn": "999900006"}, ActorRole.MATCHER)


@pytest.mark.parametrize("wrapped", [{"allOf": [KIND]}, {"anyOf": [{"type": "null"}, KIND]}])
def test_a_choice_is_followed_to_the_schema_that_fits(wrapped: Any) -> None:
    """Whatever stands around the name."""
    assert "naam" not in pruned(CHILD, ActorRole.MATCHER, wrapped)


def test_of_a_union_the_nearest_schema_counts() -> None:
    """Each member of a list is judged by what it is."""
    union = {"items": {"oneOf": [KIND, {"$ref": "#/components/schemas/Gezin"}]}}
    assert pruned([HOME, {"naam": "x", "vorm": "y"}], ActorRole.MATCHER, union) == [
        {"nummer": "1"}, {"vorm": "y"}
    ]  # fmt: skip
