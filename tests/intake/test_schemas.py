"""The registration as a schema: the same for a file and for the API."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from app.http.sentences import faults
from app.intake.field_types import Pet
from app.intake.schemas import RegistrationIn, Severities
from app.kernel.reading import PETS
from app.kernel.words import PROBLEMS


def test_same_animals_as_the_exports():
    """An allergy can only name an animal that an export can name too."""
    assert get_args(Pet) == PETS


def test_every_problem_is_asked():
    """The schema asks for all nine problems, in their order."""
    assert [field.alias for field in Severities.model_fields.values()] == list(PROBLEMS)


def test_schema_speaks_dutch(example: dict[str, Any]):
    """The JSON schema has exactly the fields of a registration, and those that may be left out."""
    schema = RegistrationIn.model_json_schema()
    later = {
        "netwerkgezinGeweigerd", "ritme", "woontBijNetwerkgezinSinds", "preventie",
        "eindeOnbekendOmdat",
    }  # fmt: skip
    assert set(schema["properties"]) == {*example, *later}
    assert schema["properties"]["geboortedatum"]["format"] == "date"
    assert schema["additionalProperties"] is False


def test_personal_data_stays_out_of_texts(example: dict[str, Any]):
    """Neither the text of a registration nor that of an error shows the child's name or BSN."""
    assert "Lina" not in repr(RegistrationIn.model_validate(example))
    assert "999530410" not in repr(RegistrationIn.model_validate(example))
    with pytest.raises(ValidationError) as wrong:
        RegistrationIn.model_validate({**example, "bsn": "999530411"})
    assert "999530411" not in str(wrong.value)


def test_all_faults_for_the_api(example: dict[str, Any]):
    """An API can name every fault at once, in the order of the fields."""
    wrong = {**example, "geslacht": "?", "rolstoel": 1, "talen": [1, 2]}
    with pytest.raises(ValidationError) as error:
        RegistrationIn.model_validate(wrong)
    paths = [path for path, _ in faults(error.value)]
    assert paths == ["geslacht", "rolstoel", "talen[1]", "talen[2]"]
