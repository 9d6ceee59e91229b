"""The lists of a family in their fixed order, and the words in them, whatever the dialect."""

from app.families.readers.fields import Field, Tidied
from app.kernel.reading import PETS, whole_number, word
from app.kernel.reading_days import FIRST_YEAR
from app.kernel.words import CARE_FORMS, CareForm

LAST_BIRTH_YEAR = 2100  # a rough bound; checks.py compares with the year of the export

pet = word({name: name for name in PETS})
year = whole_number(FIRST_YEAR, LAST_BIRTH_YEAR)
own_or_foster = word({"eigen": True, "pleeg": False})


def words_of(field: Field[tuple[str, ...]]) -> Tidied[str]:
    """Return a list of texts that is sorted by alphabet, each once."""
    return Tidied(field, key=str)


def forms_of(field: Field[tuple[CareForm, ...]]) -> Tidied[CareForm]:
    """Return a list of forms of care in the order of CARE_FORMS, each once."""
    return Tidied(field, key=CARE_FORMS.index)


def years_of(field: Field[tuple[int, ...]]) -> Tidied[int]:
    """Return a list of birth years, oldest first; twins stay two."""
    return Tidied(field, key=int, keeps_repeats=True)
