"""The route of an address by the words in it: two hundred are not tried one after another.

FastAPI asks each router in turn, and each of its routes: for the last of the API two milliseconds a
question. Here the routers are asked that could have the address at all, in the order they had.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, Mount, NoMatchFound
from starlette.types import Receive, Scope, Send

_CHOSEN = "pleegzorg.route"
_ANY = "*"
_MOST_WORDS = 16  # twice as many as the longest address has; of more the routes are tried in turn
_ONE_WORD = re.compile(r"\{\w+(:(str|int|float|uuid))?\}")  # of others nobody knows, such as path
Shape = tuple[str, ...]  # the words of an address; _ANY for one that no template has


def find_by_words(app: FastAPI) -> None:
    """Let an app look a route up by the words of its address; call it after all are included.

    What nobody has at an address, or not with that method, is answered as before.
    """
    app.router.routes.insert(0, _ByWords(list(app.router.routes)))


class _ByWords(BaseRoute):
    """Stands before all routes of an app, and passes on to the one that has the address."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._templates = [(route, _templates(route)) for route in routes]
        self._words = frozenset(
            word
            for _, templates in self._templates
            for template in templates or ()
            for word in template
            if not _is_gap(word)
        )
        self._may_have = lru_cache(maxsize=4096)(self._find)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether a route has this address with this method."""
        if scope["type"] != "http":
            return Match.NONE, {}
        path = _path(scope)
        if path.count("/") > _MOST_WORDS:
            return Match.NONE, {}  # nobody knows it yet: what is kept of it could be of any size
        words = path.strip("/").split("/")
        shape = tuple(word if word in self._words else _ANY for word in words)
        for route in self._may_have(shape):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, _CHOSEN: route}
        return Match.NONE, {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Leave it to the routes themselves, which stand behind this one."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the route that was found."""
        await scope.pop(_CHOSEN).handle(scope, receive, send)

    def _find(self, shape: Shape) -> list[BaseRoute]:
        return [
            route
            for route, templates in self._templates
            if templates is None or any(_could_be(template, shape) for template in templates)
        ]


def _templates(route: BaseRoute) -> list[Shape] | None:
    """Return the templates of a route or of all in it, word by word; None where they are not told.

    So that it is asked about every address, as it would be otherwise.
    """
    found = list(iter_route_contexts([route]))
    if not found or any(one.path is None or isinstance(one.original_route, Mount) for one in found):
        return None
    return [tuple(str(one.path).strip("/").split("/")) for one in found]


def _could_be(template: Shape, shape: Shape) -> bool:
    for at, word in enumerate(template):
        if _is_gap(word) and not _ONE_WORD.fullmatch(word):
            return True
        if at >= len(shape) or not (_is_gap(word) or word == shape[at]):
            return False
    return len(template) == len(shape)


def _is_gap(word: str) -> bool:
    return "{" in word


def _path(scope: Scope) -> str:
    """Return the address within what the app is mounted at."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if root and path.startswith(root) else path
