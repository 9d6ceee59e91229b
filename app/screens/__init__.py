"""Pages for people, in Dutch: a client of our own API, with the rights of who is signed in."""
