"""The steps from a call to a placement, and the decision."""
