"""The region in figures, for who manages it."""
