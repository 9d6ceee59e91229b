"""Whether a row of a file with a known number tells of the child that has it, or of another.

A number that is given out twice would give one child the name, the facts and the BSN of another,
under the proposals, questions and steps of the first. A corrected fact is no other child.
"""

from app.intake.corrected_rows import Persons
from app.intake.file_queries import AREA_DIGITS
from app.intake.of_others import person_of
from app.intake.queries import KnownRegistration
from app.intake.schemas import RegistrationIn


def is_same_child(
    record: RegistrationIn,
    persons: Persons,
    stored: KnownRegistration,
    *,
    has_same_bsn: bool | None,
) -> bool:
    """Return whether what is told may be a correction of what is known of a child.

    persons: first names, birth dates and genders that it has now or had before a correction.
    A BSN decides, has_same_bsn is None where one of the two has none. Otherwise one of first name,
    birth date and gender may differ where the area or the sibling group is the same. Of a child in
    a group the name may not: a twin has all the rest.
    """
    if has_same_bsn is not None:
        return has_same_bsn
    told = person_of(record)
    differing = [one for one, known in zip(told, persons, strict=True) if one not in known]
    if len(differing) != 1:
        return not differing
    group = record.siblings.group if record.siblings else None
    if told[0] in differing and (group or stored.group):
        return False
    is_near = record.postcode[:AREA_DIGITS] == stored.postcode[:AREA_DIGITS]
    return is_near or (group is not None and group == stored.group)
