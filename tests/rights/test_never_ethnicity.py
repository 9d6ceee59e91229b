"""Ethnicity, nationality and where somebody's family is from are stored nowhere, and never used."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

import app.matching
from app.db.opened import Database
from app.learning.columns import COLUMNS
from app.matching.problem import Children, Families, Housemates
from app.matching.risk.factors import CODES
from app.outcomes.fair_table import GROUPINGS
from tests.figures.filling import fill
from tests.figures.walking import contract

_WEIGHTS = Path(app.matching.__file__).parent / "risk" / "weights"
# Parts of words, in both languages.
_FORBIDDEN = re.compile(
    r"etni|ethni|nationali|staatsburger|citizen|herkomst|afkomst|origin|ancest|geboorteland"
    r"|geboorteplaats|land_van|landvan|birth_?(place|country)|country|migra(tie|nt|tion)|allochtoon"
    r"|(^|_)ras($|_)|(^|_)race($|_)|huidskleur|skin_?colou?r",
    re.IGNORECASE,
)
# What is called so and is something else, with the reason.
FALSE_FRIENDS = {
    "placement.origin": "hoe een plaatsing hier kwam: besluit, melding of bestand",
    "PlacementLine.herkomst": "hoe een plaatsing hier kwam: besluit, melding of bestand",
    "PlacementOut.herkomst": "hoe een plaatsing hier kwam: besluit, melding of bestand",
    "QuestionnaireOut.herkomst": "van wie de vragen van de zelfevaluatie zijn",
}


def columns_of(session: Session) -> Iterator[str]:
    """Yield every column of every table and view, as the database has it."""
    rows = session.execute(
        text("""SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema')""")
    )
    yield from rows.scalars()


def keys_of(session: Session) -> Iterator[str]:
    """Yield every key that stands in a JSON column of any row, however deep."""
    columns = session.execute(
        text("""SELECT c.table_name, c.column_name FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.data_type IN ('json', 'jsonb') AND table_schema = 'public'
                AND t.table_type = 'BASE TABLE'""")
    )
    for table, column in columns.all():
        keys = session.scalars(
            text(f"""SELECT DISTINCT jsonb_path_query(
                "{column}"::jsonb, '$.** ? (@.type() == "object").keyvalue().key') #>> '{{}}'
                FROM "{table}" """)
        )
        yield from (f"{table}.{column}.{key}" for key in keys)


def fields_of(given: Any, name: str) -> Iterator[str]:
    """Yield every field of a schema of the contract, also of what stands within it."""
    if isinstance(given, dict):
        for field in given.get("properties", {}):
            yield f"{name}.{field}"
        for below in given.values():
            yield from fields_of(below, name)
    elif isinstance(given, list):
        for below in given:
            yield from fields_of(below, name)


def asked_at(paths: Any) -> Iterator[str]:
    """Yield every parameter of every operation."""
    for path, operations in paths.items():
        for operation in operations.values():
            for one in operation.get("parameters", []) if isinstance(operation, dict) else []:
                yield f"{path}.{one['name']}"


def found_in(names: Iterator[str]) -> set[str]:
    """Return the names of which the last part says what must not be there."""
    return {name for name in names if _FORBIDDEN.search(name.rpartition(".")[2])}


def test_no_table_has_a_column_for_it(session: Session) -> None:
    """Whatever wrote the table: a migration, the queue or an extension."""
    columns = list(columns_of(session))
    assert len(columns) > 500
    assert found_in(iter(columns)) == FALSE_FRIENDS.keys() & set(columns)


def test_no_key_of_what_is_kept_as_json_says_it(loaded_region: Database) -> None:
    """Of a region with placements, reviews, signals, runs and what became of each."""
    engine = create_engine(loaded_region.url)
    try:
        with Session(engine) as owner:
            fill(owner)
            keys = set(keys_of(owner))
    finally:
        engine.dispose()
    assert {key.split(".")[0] for key in keys} >= {"registration", "family", "match_run"}
    assert len(keys) > 100
    assert not found_in(iter(keys))


def test_nobody_is_asked_for_it() -> None:
    """No body, answer or parameter of the contract has a field for it."""
    told = contract()
    names = [name for key, one in told["components"]["schemas"].items()
             for name in fields_of(one, key)]  # fmt: skip
    names += list(asked_at(told["paths"]))
    assert len(names) > 1000
    assert found_in(iter(names)) == FALSE_FRIENDS.keys() & set(names)


def test_every_false_friend_is_still_there(session: Session) -> None:
    """Else its name would be free for something else."""
    told = contract()["components"]["schemas"]
    names = {name for key, one in told.items() for name in fields_of(one, key)}
    assert names | set(columns_of(session)) >= FALSE_FRIENDS.keys()


def test_no_feature_of_the_risk_model_says_it() -> None:
    """Neither a factor, nor its words in the file, nor what is read of the past, nor the input."""
    words = [*CODES, *COLUMNS]
    words += [one.name for kind in (Children, Families, Housemates) for one in fields(kind)]
    for file in sorted(_WEIGHTS.glob("*.toml")):
        factors = tomllib.loads(file.read_text("utf-8"))["factor"]
        words += [word for code, one in factors.items() for word in (code, one["label"])]
    assert len(words) > 100
    assert not [word for word in words if _FORBIDDEN.search(word)]


def test_no_group_of_the_fairness_board_says_it() -> None:
    """Nor is a language one: it is asked so that a child is understood."""
    assert not [name for name in GROUPINGS if _FORBIDDEN.search(name)]
    assert GROUPINGS["taal"].endswith("niet als afkomst.")


@pytest.mark.parametrize(
    "name", ["etniciteit", "nationaliteit", "land_van_herkomst", "geboorteland", "ethnic_group",
             "country_of_birth", "birth_country", "afkomst_ouders", "ras", "migratieachtergrond"],
)  # fmt: skip
def test_the_words_that_are_looked_for_are_found(name: str) -> None:
    """As they are called in the lists of others."""
    assert _FORBIDDEN.search(name)


@pytest.mark.parametrize("name", ["trace_id", "grasland", "rasterkaart", "landelijk", "plaats"])
def test_other_words_are_let_by(name: str) -> None:
    """Which only hold the letters of one."""
    assert not _FORBIDDEN.search(name)
