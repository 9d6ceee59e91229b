"""The proposals for a child, explained, compared and asked about."""
