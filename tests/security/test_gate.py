"""From a token to an actor: the application's own roles, the organisation, the route."""

from pathlib import Path
from time import time
from uuid import UUID

import pytest

from app.kernel.actor import ActorRole
from app.kernel.errors import NotAllowed, NotReady
from app.security.claims import Claims
from app.security.clients import Client, load_clients
from app.security.gate import Gate, Identity

SPIRIT = UUID(int=1)
CLIENTS = {
    "spirit-systeem": Client(frozenset({ActorRole.PROVIDER_SYSTEM}), provider="spirit"),
    "werkplek": Client(frozenset({ActorRole.COORDINATOR, ActorRole.MATCHER, ActorRole.REFERRER})),
    "gemeentewerk": Client(frozenset({ActorRole.MUNICIPALITY})),
}


class Believes:
    """A verifier that believes a token `client|scopes|organisation`; it counts."""

    def __init__(self) -> None:
        self.asked = 0

    def verify(self, token: str) -> Claims:
        self.asked += 1
        client, scopes, organisation = token.split("|")
        return Claims("iemand", client, frozenset(scopes.split()), organisation or None, time() + 9)


@pytest.fixture
def verifier() -> Believes:
    return Believes()


@pytest.fixture
def gate(verifier: Believes) -> Gate:
    return Gate(verifier, CLIENTS, {"spirit": SPIRIT}.get)  # type: ignore[arg-type]


def identify(gate: Gate, client: str, scopes: str, organisation: str = "") -> Identity:
    return gate.identify(f"{client}|{scopes}|{organisation}")


def test_a_system_works_for_the_provider_of_its_application(gate: Gate) -> None:
    """What its token says of an organisation does not count."""
    who = identify(gate, "spirit-systeem", "pleegzorg:aanbieder-systeem", "youke")
    actor = who.acting([ActorRole.PROVIDER_SYSTEM])
    assert (actor.provider_id, actor.role) == (SPIRIT, ActorRole.PROVIDER_SYSTEM)


def test_a_foreign_scope_is_no_role(gate: Gate) -> None:
    """The issuer gave it; the application has no right to it."""
    scopes = "pleegzorg:aanbieder-systeem pleegzorg:coordinator pleegzorg:systeem"
    who = identify(gate, "spirit-systeem", scopes)
    assert who.roles == {ActorRole.PROVIDER_SYSTEM}
    with pytest.raises(NotAllowed, match="coordinator"):
        who.acting([ActorRole.COORDINATOR])


def test_an_unknown_application_may_do_nothing(gate: Gate) -> None:
    """However good its token is."""
    assert identify(gate, "vreemd", "pleegzorg:coordinator").roles == frozenset()


def test_an_organisation_must_be_known(gate: Gate) -> None:
    """A matcher of nobody and a referrer without organisation come to nothing."""
    matcher = identify(gate, "werkplek", "pleegzorg:aanbieder-matcher", "bestaat-niet")
    with pytest.raises(NotAllowed, match="aanbieder"):
        matcher.acting([ActorRole.MATCHER])
    referrer = identify(gate, "werkplek", "pleegzorg:verwijzer")
    with pytest.raises(NotAllowed, match="organisatie"):
        referrer.acting([ActorRole.REFERRER])


@pytest.mark.parametrize(
    ("code", "is_taken"),
    [("0363", True), ("363", False), ("0363\n", False), ("\u0660363", False), ("spirit", False)],
)
def test_a_municipality_goes_by_four_digits(gate: Gate, code: str, *, is_taken: bool) -> None:
    """Whatever else stands there is no municipality; and its code is no provider's."""
    who = identify(gate, "gemeentewerk", "pleegzorg:gemeente", code)
    if not is_taken:
        with pytest.raises(NotAllowed, match="vier cijfers"):
            who.acting([ActorRole.MUNICIPALITY])
        return
    actor = who.acting([ActorRole.MUNICIPALITY, ActorRole.INTAKE])
    assert (actor.organisation, actor.provider_id) == (code, None)


def test_of_several_roles_the_route_picks_the_first_it_knows(gate: Gate) -> None:
    """A coordinator who also matches for a provider is a coordinator where both may come."""
    who = identify(gate, "werkplek", "pleegzorg:coordinator pleegzorg:aanbieder-matcher", "spirit")
    both = [ActorRole.MATCHER, ActorRole.COORDINATOR]
    assert who.acting(both).role is ActorRole.COORDINATOR
    assert who.acting(both).provider_id is None
    assert who.acting([ActorRole.MATCHER]).provider_id == SPIRIT


def test_a_token_is_verified_once_a_minute(gate: Gate, verifier: Believes) -> None:
    """And another one never passes for it."""
    token = "werkplek|pleegzorg:coordinator|"
    assert gate.known(token) is None
    found = gate.identify(token)
    assert gate.known(token) == found
    assert gate.known(token + "x") is None
    assert verifier.asked == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("clients = 3", "geen enkele"),
        ("[clients.a]\nrollen = ['baas']", "kies rollen"),
        ("[clients.a]\nrollen = ['systeem']", "kies rollen"),
        ("[clients.a]\nrollen = ['coordinator']\naanbieder = 'spirit'", "alleen bij de rollen"),
        ("[clients.a]\nrollen = ['aanbieder-systeem']", "één aanbieder"),
        ("[clients.a]\nrol = 'coordinator'", "geef rollen"),
        ("[clients", "niet te lezen"),
    ],
)
def test_a_wrong_list_of_applications_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    """It names the setting and the application."""
    path = tmp_path / "clients.toml"
    path.write_text(text)
    with pytest.raises(NotReady, match=says) as refused:
        load_clients(path)
    assert "PLEEGZORG_CLIENTS" in str(refused.value)


def test_a_list_of_applications_is_read(tmp_path: Path) -> None:
    """By client id, with roles and provider."""
    path = tmp_path / "clients.toml"
    path.write_text("[clients.een]\nrollen = ['aanbieder-systeem']\naanbieder = 'spirit'\n")
    assert load_clients(path) == {
        "een": Client(frozenset({ActorRole.PROVIDER_SYSTEM}), provider="spirit")
    }
