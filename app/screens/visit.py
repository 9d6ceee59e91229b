"""A visit to a screen: who comes, in which language, with what to ask and to show."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from app.screens import way_back
from app.screens.api import Api
from app.screens.form import AGAIN, Form, TooOld
from app.screens.known_providers import Providers, providers_told
from app.screens.menu import menu_for
from app.screens.page_address import address_of_page
from app.screens.people import People, Person
from app.screens.render import render
from app.screens.way_back import WayBack
from app.screens.words import LANGUAGES, said
from app.security.sealed import form_token, is_form_token

LANGUAGE_COOKIE = "pleegzorg-taal"
NOTE_COOKIE = "pleegzorg-melding"


class NobodySignedIn(Exception):
    """A screen was asked for by a browser that is not signed in."""


class Visit:
    """What every page needs; `api` asks on behalf of the person."""

    def __init__(self, request: Request, person: Person | None) -> None:
        self.request, self.person = request, person
        self.api = Api(request.app.state.v1, person.tokens.access if person else None)
        asked = request.cookies.get(LANGUAGE_COOKIE, "nl")
        self.language = asked if asked in LANGUAGES else "nl"
        self._mark = ""
        self.providers: Providers = ()

    @property
    def people(self) -> People:
        """Return the room that knows who is who."""
        people: People = self.request.app.state.people
        return people

    def may(self, operation: str) -> bool:
        """Return whether this person may do what an operation of the contract does."""
        return self.person is not None and self.person.may(operation)

    @property
    def names(self) -> Mapping[str, str]:
        """Return what each provider is called, by its code; none where a role reads none."""
        return {one["code"]: one["naam"] for one in self.providers}

    def say(self, words: str) -> str:
        """Return words in the language of this visit."""
        return said(words, self.language)

    def token(self) -> str:
        """Return the mark of a form of this session; one for all forms of a page."""
        if self.person and not self._mark:
            self._mark = form_token(self.person.secret)
        return self._mark

    async def form(self) -> Form:
        """Return the form that was sent; raises TooOld where it is not from a page of ours."""
        given = await self.request.form(max_files=1, max_fields=2000)
        marked = str(given.get("_merk", ""))
        if self.person is None or not is_form_token(self.person.secret, marked):
            raise TooOld
        # For what forgets a kept form once it has been sent (kept.py).
        self.request.scope.setdefault("state", {})[AGAIN] = str(given.get(AGAIN, ""))
        return Form(given)

    def page(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a page, with what was to be told since the last one."""
        note = self.request.cookies.get(NOTE_COOKIE)
        shown = render(template, self.language, **self._frame(note), **context)
        answer = HTMLResponse(shown, status)
        if note:
            answer.delete_cookie(NOTE_COOKIE, path="/")
            answer.delete_cookie(way_back.COOKIE, path="/")
        return answer

    def go(self, path: str, *, note: str = "", undo: WayBack | None = None) -> RedirectResponse:
        """Return the way to a page after something was done.

        note: a sentence to show there; undo: where a button beside it undoes what was done.
        """
        answer = RedirectResponse(path, 303)
        if note:
            # Its words come from this service and hold nothing about a person.
            self.people.set_cookie(answer, NOTE_COOKIE, quote(note), lasts=60)
        if note and undo:
            self.people.set_cookie(answer, way_back.COOKIE, way_back.written(undo), lasts=60)
        elif note:
            answer.delete_cookie(way_back.COOKIE, path="/")
        return answer

    def _frame(self, note: str | None) -> Mapping[str, Any]:
        return {
            "bezoek": self,
            "wie": self.person,
            "mag": self.may,
            "merk": self.token,
            "menu": menu_for(self.may),
            "pad": self.request.url.path,
            "adres": address_of_page(self.request),
            "melding": note,
            "wegterug": way_back.read(self.request.cookies.get(way_back.COOKIE)),
            "aanbiedernamen": self.names,
            "kaarttegels": self.people.settings.map_tiles,
        }


async def anybody(request: Request) -> Visit:
    """Return the visit of whoever comes."""
    people: People = request.app.state.people
    visit = Visit(request, await people.find(request))
    request.state.visit = visit
    may = visit.may("lijstAanbieders")
    visit.providers = await providers_told(visit.api, request.app, may=may)
    return visit


async def somebody(visit: Annotated[Visit, Depends(anybody)]) -> Visit:
    """Return the visit of somebody who is signed in; raises NobodySignedIn."""
    if visit.person is None:
        raise NobodySignedIn
    return visit


AnyVisit = Annotated[Visit, Depends(anybody)]
SignedIn = Annotated[Visit, Depends(somebody)]
