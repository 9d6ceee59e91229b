"""The region in figures: no person, no family, and no provider held against another."""
