"""Where the command line writes: results to standard output, the rest to standard error."""

from rich.console import Console

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)
