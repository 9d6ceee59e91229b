"""Who gives a command: the log names the login of this machine, which is no role in the service."""

from getpass import getuser

from app.kernel.actor import Actor, ActorRole


def who_commands() -> Actor:
    """Return the actor of a command, such as `opdracht:beheerder`; it works as the system."""
    try:
        login = getuser()
    except (KeyError, OSError):
        login = "onbekend"  # a container whose user has no name
    return Actor(f"opdracht:{login}", ActorRole.SYSTEM)
