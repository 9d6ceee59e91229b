"""Who saw or changed what (NEN 7513): noted with every operation, in its own transaction."""
