"""Destroying a file: nothing of the child is left anywhere, and nothing of others goes with it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.db.encryption import decrypt_bsn
from app.db.sealing import unseal
from app.rights.destroy import destroy_file
from app.rights.whose import find_whose
from tests.rights.full import (
    BSN,
    NAME,
    NUMBER,
    SETTINGS,
    Full,
    dump,
    make_full,
)


@pytest.fixture
def full(session: Session) -> Full:
    return make_full(session)


def destroy(session: Session, full: Full) -> dict[str, int]:
    whose = find_whose(session, full.registration_id)
    assert whose is not None
    return destroy_file(session, whose, SETTINGS)


def test_no_mark_of_the_child_is_left_in_any_table(session: Session, full: Full) -> None:
    """Every table as the code reads it, and what is sealed opened."""
    before = opened(dump(session))
    assert all(word in before for word in (NAME, BSN, NUMBER, "kind-registration-child_voice"))
    destroy(session, full)
    left = opened(dump(session))
    for word in (NAME, BSN, NUMBER, "gi-merk", "kind-", "1012KX", "schuilplaats", "2020-05-03"):
        assert word not in left, left[left.index(word) - 300 : left.index(word) + 100]


def opened(tables: dict[str, Any]) -> str:
    for row in tables["child_bsn"]:
        row["ciphertext"] = decrypt_bsn(row["ciphertext"], SETTINGS)
    for row in tables["fact_correction"]:
        row["sealed"] = unseal(row["sealed"], SETTINGS)
    for row in tables["match_run"]:
        row["problem"] = None
    return repr(tables)
