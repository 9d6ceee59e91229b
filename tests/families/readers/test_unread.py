"""What a provider sends that nobody asked for is not read: no column for it keeps its value."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.families.readers import read_export
from tests.families.readers.conftest import EXPORTS

VALUE = "Zyxland"
FORMS = {"spirit": (";", "utf-8-sig"), "leger-des-heils": (",", "cp1252")}


@pytest.fixture
def with_origin(request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """Return a writer of an export that says of a family where it is from."""
    end = "</Pleeggezin>"
    changes = {
        "youke": {"etniciteit": VALUE},
        "wsp": {"Etniciteit": VALUE},
        "vitree": {end: f"<Etniciteit>{VALUE}</Etniciteit>{end}"},
    }

    def written(provider: str) -> Path:
        path = request.getfixturevalue(provider.replace("-", "_"))(changes.get(provider, {}))
        if provider in FORMS:
            _add_column(path, *FORMS[provider])
        return path

    return written


def _add_column(path: Path, delimiter: str, encoding: str) -> None:
    head, *rows = path.read_text(encoding=encoding).splitlines()
    more = [f"{head}{delimiter}Etniciteit", *(f"{row}{delimiter}{VALUE}" for row in rows)]
    path.write_text("\n".join(more), encoding=encoding)


@pytest.mark.parametrize("provider", sorted(EXPORTS))
def test_a_field_for_ethnicity_is_not_read(
    with_origin: Callable[[str], Path], provider: str
) -> None:
    """The family is kept, and who sent it hears that the field was not."""
    path = with_origin(provider)
    reading = read_export(provider, path)
    assert len(reading.families) == 1
    assert VALUE not in repr(reading)
    notices = [one.message for one in reading.notices]
    assert [words for words in notices if "tniciteit" in words and "niet gelezen" in words]
