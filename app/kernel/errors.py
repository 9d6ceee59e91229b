"""Errors that a user can act on: each states the fact and what to do."""


class DomainError(Exception):
    """Base of all expected errors; `str(error)` is one sentence for the user (in Dutch)."""


class InputRefused(DomainError):
    """A whole file or request is refused; nothing of it was stored."""


class NotReady(DomainError):
    """Something that must be there first is missing (a database, a loaded table)."""


class NotFound(DomainError):
    """The thing asked for does not exist, or the asker may not see it."""
