"""The room of the rights of a person: a copy, statements, terms, and destruction on request."""
