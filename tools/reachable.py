"""Can every one of these hosts be reached over HTTPS? `python -m tools.reachable HOST …`."""

import http.client
import sys


def is_reachable(host: str) -> bool:
    """Return whether a host answers anything but a proxy's own refusal within ten seconds."""
    connection = http.client.HTTPSConnection(host, timeout=10)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if all(map(is_reachable, sys.argv[1:])) else 1)
