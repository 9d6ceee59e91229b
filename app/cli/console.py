"""Where the command line writes: results to standard output, the rest to standard error."""

from rich.console import Console

_WIDE = 130  # a result in a file or a log is read without folding

OUT = Console(highlight=False)
if not OUT.is_terminal:
    OUT = Console(highlight=False, width=_WIDE)
ERR = Console(stderr=True, highlight=False)


def tell_person(sentence: str) -> None:
    """Tell who started a service by hand; a log holds only what is in the catalogue."""
    if ERR.is_terminal:
        ERR.print(sentence)
