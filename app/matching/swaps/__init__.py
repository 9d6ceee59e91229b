"""The best plan that holds one pair more, found from the best plan and what proves it."""
