"""How placements end, and which ends count as a breakdown: pure rules.

Source: iJw code list JZ588 (reason of ending, in message JW307). The codes say who ended an
allocation of care, never which family it was, so several of them need a person's judgement.
"""

from enum import StrEnum


class EndCode(StrEnum):
    """Why care was ended (*reden beëindiging*, JZ588)."""

    DEATH = "02"
    TEMPORARY = "20"
    AS_PLANNED = "31"
    BY_CLIENT = "32"
    BY_PROVIDER = "33"
    AGREED = "34"
    OUTSIDE = "35"
    BY_MUNICIPALITY = "36"
    CHANGED = "37"
    OTHER_PROVIDER = "38"
    OTHER_DOMAIN = "39"


# As people say it; the words of the code list are longer.
MEANING = {
    EndCode.DEATH: "overleden",
    EndCode.TEMPORARY: "tijdelijk beëindigd",
    EndCode.AS_PLANNED: "volgens plan",
    EndCode.BY_CLIENT: "voortijdig, door kind of ouders",
    EndCode.BY_PROVIDER: "voortijdig, door de aanbieder",
    EndCode.AGREED: "voortijdig, in overleg",
    EndCode.OUTSIDE: "voortijdig, door omstandigheden van buiten",
    EndCode.BY_MUNICIPALITY: "door de gemeente",
    EndCode.CHANGED: "door een wijziging van de zorg",
    EndCode.OTHER_PROVIDER: "naar een andere aanbieder",
    EndCode.OTHER_DOMAIN: "naar een andere wet",
}


class EndLabel(StrEnum):
    """What an end counts as (*uitkomst*); only BROKEN is a breakdown, REVIEW counts as neither."""

    PLANNED = "volgens plan"
    BROKEN = "voortijdig afgebroken"
    NEITHER = "geen uitkomst"
    REVIEW = "te beoordelen"


class WentTo(StrEnum):
    """Where a child went (*vervolgplek*)."""

    HOME = "thuis"
    NETWORK = "eigen netwerk"
    FAMILY = "ander pleeggezin"
    FAMILY_HOME = "gezinshuis"
    SMALL_GROUP = "leefhuis"
    RESIDENTIAL = "residentieel"
    OWN_PLACE = "zelfstandig"
    STAYS = "blijft in dit gezin"
    UNKNOWN = "onbekend"


_LABELS = {
    EndCode.AS_PLANNED: EndLabel.PLANNED,
    EndCode.BY_CLIENT: EndLabel.BROKEN,
    EndCode.BY_PROVIDER: EndLabel.BROKEN,
    EndCode.DEATH: EndLabel.NEITHER,
    EndCode.TEMPORARY: EndLabel.NEITHER,
    EndCode.OTHER_DOMAIN: EndLabel.NEITHER,
}
# An early return home may be the best outcome; a change of the paying party is no move at all.
_SENTENCES = {
    EndCode.AGREED: "In overleg geëindigd: dat kan een vroege terugkeer naar huis zijn.",
    EndCode.OUTSIDE: "Door omstandigheden van buiten geëindigd: beoordeel of het gezin afhaakte.",
    EndCode.BY_MUNICIPALITY: "Door de gemeente geëindigd: beoordeel of het kind verhuisde.",
    EndCode.OTHER_PROVIDER: "Naar een andere aanbieder: beoordeel of het kind verhuisde.",
    EndCode.CHANGED: "Door een wijziging van de zorg geëindigd, en het kind woont niet meer in dit "
    "gezin of dat is niet bekend: beoordeel of de plaatsing afbrak.",
}


def label_of(code: EndCode, went_to: WentTo, *, has_record: bool) -> EndLabel:
    """Return what an end counts as; REVIEW where a person must say.

    A child that stays in the family did not break down, whatever ended the allocation. has_record:
    whether our own record says that it broke down; where the code says another thing, who is right
    is for a person.
    """
    label = _by_code(code, went_to)
    return EndLabel.REVIEW if has_record and label is not EndLabel.BROKEN else label


def why_review(code: EndCode, went_to: WentTo, *, has_record: bool) -> str | None:
    """Return the Dutch sentence that says what to judge; None where the rule has the word."""
    if label_of(code, went_to, has_record=has_record) is not EndLabel.REVIEW:
        return None
    if _by_code(code, went_to) is EndLabel.REVIEW:
        return _SENTENCES[code]
    return (
        f"Het afbreukverslag zegt dat de plaatsing afbrak, en het einde '{MEANING[code]}': "
        "beoordeel wat het was."
    )


def _by_code(code: EndCode, went_to: WentTo) -> EndLabel:
    if went_to is WentTo.STAYS and code is not EndCode.DEATH:
        return EndLabel.NEITHER
    return _LABELS.get(code, EndLabel.REVIEW)
