"""What a plan's choices cost: one more child placed, and the goals in another order."""
