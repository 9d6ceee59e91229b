"""Who waits: the list, its filters, its export."""
