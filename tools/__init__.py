"""Tools for developers: the gates of make check."""
