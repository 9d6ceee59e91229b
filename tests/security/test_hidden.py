"""A secret placement, whole: whatever route or screen, nothing that leads to the child comes out.

What is asked is made from the contract and from the routes of the screens: a new one is asked too.
"""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from app.http.templates import flat_routes
from app.kernel.actor import ActorRole
from app.security.access import load_access
from app.settings import Settings
from tests.databases import copied
from tests.doors import signed_in
from tests.screens.served import signed_in_client
from tests.security.hidden import DISTANCE, MUST, PLACES, UNREAD, Hidden, make_hidden, mark_of
from tests.security.test_matrix import READING, address

pytestmark = pytest.mark.lang
OWN, OTHER = "gi-eigen", "gi-ander"
# Who could reach a parent: a referrer, and everybody who has no part in the placement itself.
ASKERS = [
    (ActorRole.REFERRER, OWN), (ActorRole.REFERRER, OTHER),
    (ActorRole.MANAGER, ""), (ActorRole.ADMINISTRATOR, ""), (ActorRole.MUNICIPALITY, "0363"),
]  # fmt: skip
# What stands behind a parameter of a screen, by its name; `number` also with a slash in it.
_SCREEN = {
    "child": "kind", "child_id": "kind", "step_id": "stap", "placement": "plaatsing",
    "placement_id": "plaatsing", "draft": "concept", "report_id": "melding",
    "access": "noodtoegang", "provider": "aanbieder", "number": "nummer", "run_id": "matchrun",
    "offer_id": "aanbod", "round_id": "ronde", "objection_id": "bezwaar", "import_id": "import",
    "question_id": "stap", "versie": "versie", "year": "jaar", "code": "gemeente",
}  # fmt: skip
BROKEN = "(een interne fout)"  # counts as found: what a page would show is then unknown
_WORDS = {"key": "kind", "act": "verplaatsen", "mark": "x", "name": "x", "kind": "csv"}
_LEAST = 25  # pages and answers with something in them, for the referrer itself


@pytest.fixture(scope="module", params=["itself", "by a brother or sister"])
def hidden(settings: Settings, reference: URL, request: pytest.FixtureRequest) -> Iterator[Hidden]:
    with copied(settings, reference) as database:
        yield make_hidden(database, by_kin=request.param != "itself")


def leaks(told: str, hidden: Hidden) -> set[str]:
    """Return what of a secret placement stands in an answer."""
    texts = {mark_of(column) for column in hidden.marked} | {DISTANCE, *PLACES}
    return {text for text in texts if text in told} | ({BROKEN} & {told})


def answers(hidden: Hidden, role: ActorRole, organisation: str) -> Iterator[tuple[str, str]]:
    """Give what the API answers to every question that a role may ask."""
    for _, path, operation in READING:
        if role in load_access().roles_for(operation):
            url = address(path, hidden.things)
            answer = hidden.client.get(url, headers=signed_in(role, organisation))
            assert answer.status_code < 500, (path, answer.text)
            if answer.status_code == 200:
                yield f"{operation} {path}", answer.text


def pages(hidden: Hidden, role: ActorRole, organisation: str) -> Iterator[tuple[str, str]]:
    """Give every screen that a role gets."""
    client = signed_in_client(hidden.database, role, organisation, raises=False)
    screens = next(r.app for r in client.app.routes if getattr(r, "path", None) == "")  # type: ignore[attr-defined]
    for path, methods in flat_routes(screens):
        if "GET" not in methods:
            continue
        answer = client.get(filled(path, hidden.things))
        if answer.status_code == 200 or answer.status_code >= 500:
            yield path, answer.text if answer.status_code == 200 else BROKEN


def filled(path: str, things: dict[str, str]) -> str:
    """Return the address of a screen; a parameter that is not known must be taught here."""

    def fill(found: re.Match[str]) -> str:
        name = found[1].partition(":")[0]
        return things[_SCREEN[name]] if name in _SCREEN else _WORDS[name]

    return re.sub(r"\{([^}]+)\}", fill, path)


def test_enough_was_hidden(hidden: Hidden) -> None:
    """Whoever works on the placement sees it, so that there is something not to see."""
    assert hidden.marked >= MUST
    told = "".join(text for _, text in answers(hidden, ActorRole.COORDINATOR, ""))
    assert leaks(told, hidden) >= {DISTANCE, *PLACES} - UNREAD
    assert len(leaks(told, hidden)) > 25


@pytest.mark.parametrize("asker", ASKERS, ids="-".join)
def test_no_answer_leads_to_the_child(hidden: Hidden, asker: tuple[ActorRole, str]) -> None:
    """Not where it lives or goes to school, with whom, how far off, nor in anybody's words."""
    told = dict(answers(hidden, *asker))
    assert asker[1] != OWN or len(told) >= _LEAST
    found = {where: sorted(leaks(text, hidden)) for where, text in told.items()}
    wrong = [f"{where}: {what}" for where, what in found.items() if what]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("asker", ASKERS, ids="-".join)
def test_no_screen_leads_to_the_child(hidden: Hidden, asker: tuple[ActorRole, str]) -> None:
    """The same, for people."""
    told = dict(pages(hidden, *asker))
    assert told
    found = {where: sorted(leaks(text, hidden)) for where, text in told.items()}
    wrong = [f"{where}: {what}" for where, what in found.items() if what]
    assert not wrong, "\n".join(wrong)
