"""Hard rules, one a file."""
