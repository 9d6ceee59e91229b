"""As much at home as possible: the ladder, care settings, and the own network of a child."""
