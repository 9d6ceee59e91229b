"""What a token says, once it has been verified."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claims:
    """The part of a token that this service acts on.

    subject: the issuer's own name for who asks. client: the application that the token was given
    to. scopes: all words of `scope`, ours or not. organisation: of a person, by its code.
    expires: seconds since 1970.
    """

    subject: str
    client: str
    scopes: frozenset[str]
    organisation: str | None
    expires: float
