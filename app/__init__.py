"""Joint access to foster care: one intake, one search, explained match proposals."""
