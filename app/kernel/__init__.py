"""Words without I/O: what every other room may use."""
