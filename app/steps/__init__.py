"""Steps that people take on a child and a family: begun, held, ended by a no or by its term."""
