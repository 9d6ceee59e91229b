"""Optimistic locking over HTTP: the ETag is the version, If-Match is needed to change it."""

from typing import Annotated

from fastapi import Header

from app.kernel.errors import PreconditionMissing, VersionConflict

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="De ETag van de versie die u wijzigt; ontbreekt hij, dan volgt 428.",
        max_length=100,
    ),
]


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
