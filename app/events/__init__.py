"""Events that others are told of: a closed catalogue, written in the transaction of the change."""
