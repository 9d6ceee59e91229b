"""The citizen service number (BSN): only its own arithmetic, never its range.

Test numbers begin with 999 and are valid; refusing by range would refuse real people.
"""

from stdnum.nl import bsn


def is_valid_bsn(number: str) -> bool:
    """Return whether a number of nine digits passes the 11-proef (python-stdnum)."""
    return bool(bsn.is_valid(number))
