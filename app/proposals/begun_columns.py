"""What people have begun, as columns: steps on a pair, and children with their network family."""

from datetime import date

from app.matching.problem import BegunPairs, Ints
from app.models import Registration
from app.proposals.columns import bools, days, ints
from app.proposals.rows import MatchRows

# As `verblijftNu` says it. "netwerk, tijdelijk" is somewhere in the network for a while, which is
# not the family where the child would grow up.
WITH_NETWORK_FAMILY = "netwerkgezin"


def begun_columns(rows: MatchRows, network_family: Ints) -> BegunPairs:
    """Return the fixed pairs; network_family: position of each child's own, -1 not known, (n,).

    The places that they hold are taken off the free places already.
    """
    homes = {family.id: at for at, (family, _) in enumerate(rows.families)}
    found: list[tuple[int, int, date, bool, bool]] = []
    for at, (registration, _) in enumerate(rows.children):
        pair = rows.settled.begun.get(registration.id)
        if pair is not None:
            found.append((at, homes[pair.family_id], pair.begun_on, pair.is_request, False))
        elif lives_in_network(registration):
            since = registration.in_network_since or registration.registered_on
            found.append((at, int(network_family[at]), since, False, True))
    return BegunPairs(
        child=ints(row[0] for row in found),
        family=ints(row[1] for row in found),
        since=days([row[2] for row in found]),
        takes_place=bools(False for _ in found),
        is_request=bools(row[3] for row in found),
        in_network=bools(row[4] for row in found),
    )


def lives_in_network(registration: Registration) -> bool:
    """Return whether the child lives with its network family, which nobody has refused."""
    if registration.network_refused_reason is not None:
        return False
    stays = registration.staying_now.strip().lower() == WITH_NETWORK_FAMILY
    return registration.in_network_since is not None or stays
