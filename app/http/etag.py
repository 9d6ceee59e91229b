"""Optimistic locking over HTTP: the ETag is the version, If-Match is needed to change it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Header

from app.kernel.errors import NotFound, PreconditionMissing, VersionConflict

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="De ETag van de versie die u wijzigt; ontbreekt hij, dan volgt 428.",
        max_length=100,
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(alias="If-None-Match", pattern=r"^\*$", description="* om alleen een nieuwe te maken."),
]


@dataclass(frozen=True, slots=True)
class Told:
    """What a PUT says of the version that it changes. is_new: only a new one may be made."""

    if_match: str | None
    is_new: bool


def etag_of(version: int) -> str:
    """Return the strong ETag of a version."""
    return f'"{version}"'


def require_match(if_match: str | None, version: int) -> None:
    """Raise unless If-Match names this version.

    PreconditionMissing (428) when there is none, VersionConflict (412) when it is another one: a
    change made on an old reading would undo somebody else's.
    """
    if if_match is None:
        raise PreconditionMissing(
            "If-Match: ontbreekt; lees eerst, en stuur de ETag van wat u las mee."
        )
    if etag_of(version) not in [part.strip() for part in if_match.split(",")]:
        raise VersionConflict(
            "If-Match: dit gegeven is intussen gewijzigd; lees het opnieuw en herhaal uw wijziging "
            "daarop."
        )


def judge_put(
    version: int | None, if_match: str | None, *, is_new: bool, what: str, unknown: str
) -> None:
    """Raise unless a PUT may make what is not there, or change this version of what is.

    version: None where there is nothing. is_new: only a new one may be made. what, unknown: the
    thing with its article, and the sentence where a version is named of what is not there.
    """
    if version is None and not is_new and if_match is not None:
        raise NotFound(unknown)
    if version is not None and is_new:
        raise VersionConflict(f"If-None-Match: {what} is er al; lees haar eerst.")
    if version is not None:
        require_match(if_match, version)
