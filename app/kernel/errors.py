"""Errors that a user can act on: each states the fact and what to do."""


class DomainError(Exception):
    """Base of all expected errors; `str(error)` is one sentence for the user (in Dutch)."""


class InputRefused(DomainError):
    """A whole file or request is refused; nothing of it was stored."""


class NotReady(DomainError):
    """Something that must be there first is missing (a database, a loaded table)."""


class NotFound(DomainError):
    """The thing asked for does not exist, or the asker may not see it."""


class NoLongerKept(DomainError):
    """What is asked for was there once, and has been let go."""


class Conflict(DomainError):
    """The request does not go with what is stored, and is refused as a whole."""


class VersionConflict(DomainError):
    """Somebody changed it after the asker read it."""


class PreconditionMissing(DomainError):
    """A change without saying which version it changes."""


class TooLarge(DomainError):
    """More bytes than this service takes at once."""


class WrongMediaType(DomainError):
    """A body of a kind that this path does not take."""


class NotSignedIn(DomainError):
    """Nobody is known to ask: a token is missing, or cannot be trusted."""


class NotAllowed(DomainError):
    """Who asks may not do this."""


class Busy(DomainError):
    """More is asked than can be done now; retry_after: in how many seconds to ask again."""

    def __init__(self, sentence: str, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class TooMany(Busy):
    """One asker asks more than their share."""
