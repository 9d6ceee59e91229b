"""The story of a placement: everything that was recorded of it, by day, in one line of time."""

from typing import Any

Found = dict[str, Any]
# An act that has a line of its own kind beside it is not told twice.
_TOLD_ELSEWHERE = {"beeindigd", "beoordeeld"}
_ORDER = ("begin", "wijziging", "evaluatie", "verslag", "einde", "oordeel")


def story_of(found: Found) -> list[Found]:
    """Return the lines of a placement's story, the first day first; each has a kind and a day."""
    placement = found["plaatsing"]
    lines = [{"soort": "begin", "dag": placement["van"]}]
    lines += [
        {"soort": "wijziging", "wat": change, "dag": change["dag"]}
        for change in placement["wijzigingen"]
        if change["handeling"] not in _TOLD_ELSEWHERE
    ]
    lines += [
        {"soort": "evaluatie", "wat": review, "dag": review["gehoudenOp"] or review["uiterlijkOp"]}
        for review in found["evaluaties"]
    ]
    lines += [
        {"soort": "verslag", "wat": record, "dag": record["dag"]} for record in found["verslagen"]
    ]
    lines += _ending(placement)
    return sorted(lines, key=lambda line: (line["dag"], _ORDER.index(line["soort"])))


def _ending(placement: Found) -> list[Found]:
    if placement["tot"] is None:
        return []
    ending = placement["einde"]
    lines = [{"soort": "einde", "wat": ending, "dag": placement["tot"]}]
    if ending is not None:
        lines += [
            {"soort": "oordeel", "wat": judgement, "dag": judgement["vastgelegdOp"][:10]}
            for judgement in reversed(ending["beoordelingen"])
        ]
    return lines
