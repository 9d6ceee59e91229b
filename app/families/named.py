"""Families by the names under which they are asked: as one alone is read, in fewer questions."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from app.families.queries import find_families
from app.families.schemas import FamilyOut
from app.families.views import show_family, words_of
from app.providers import find_providers

Key = tuple[str, str]  # the code of a provider, perhaps one of before, and a number there


def families_named(session: Session, keys: Collection[Key]) -> dict[Key, FamilyOut]:
    """Return the families that stand under these names; those that the asker has none of are not.

    A code may be that of a provider that was renamed or merged since.
    """
    known = find_providers(session, {code for code, _ in keys})
    asked = {key: (known[key[0]].provider.id, key[1]) for key in keys if key[0] in known}
    stored = find_families(session, list(dict.fromkeys(asked.values())))
    words = words_of(session, [one.family.id for one in stored])
    shown = {
        (one.family.provider_id, one.family.reference): show_family(one, words[one.family.id])
        for one in stored
    }
    return {key: shown[there] for key, there in asked.items() if there in shown}
