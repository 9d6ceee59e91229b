"""What is asked of a provider about a child and one of its families, and its answer."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.api import Refused, all_of
from app.screens.errors import fields_of
from app.screens.families.labels import WORDS
from app.screens.families.providers import own_provider
from app.screens.form import Form, filled
from app.screens.visit import SignedIn, Visit
from app.screens.words import N_

router = APIRouter()
_SIZE = 25
SAID = {
    "ja": N_("Uw ja is vastgelegd. De coördinator gaat ermee verder."),
    "nee": N_("Uw nee is vastgelegd. De plaats van het gezin is weer vrij."),
    "vraag": N_("Uw vraag is gesteld. Het antwoord komt bij de berichten te staan."),
}
FOR_AND_AGAINST = {
    "voors": N_("Wat spreekt ervoor"),
    "tegens": N_("Wat spreekt ertegen"),
    "twijfels": N_("Twijfels"),
    "toelichting": N_("Toelichting"),
}
NAMES = {
    **FOR_AND_AGAINST,
    "door": N_("Wie zegt nee?"),
    "afwijsreden": N_("Reden"),
    "tekst": N_("Uw vraag"),
}


@router.get("/vragen")
async def list_page(
    visit: SignedIn,
    cursor: Annotated[str, Query(max_length=200)] = "",
    ended: Annotated[str, Query(alias="eerder", max_length=200)] = "",
) -> Response:
    """Show what waits for an answer, what runs besides, and what came of earlier questions."""
    found, before = await all_of(
        visit.api.page("/gezinsvragen", aantal=200, cursor=cursor),
        visit.api.page("/gezinsvragen/_afgerond", aantal=_SIZE, cursor=ended),
    )
    questions = found.data["gezinsvragen"]
    return visit.page(
        "families/vragen.html",
        w=WORDS,
        eigen=own_provider(visit),
        wachten=sorted((q for q in questions if q["gevraagd"]), key=_most_urgent),
        lopen=[q for q in questions if not q["gevraagd"]],
        volgende=found.next_cursor,
        afgerond=before.data["gezinsvragen"],
        ouder=before.next_cursor,
    )


def _most_urgent(question: dict[str, Any]) -> tuple[int, str]:
    return list(WORDS["urgenties"]).index(question["urgentie"]), question["totEnMet"]


@router.get("/vragen/{question_id}")
async def question_page(visit: SignedIn, question_id: UUID) -> Response:
    """Show a question with what its phase opens of the child."""
    return await _page(visit, question_id)


@router.post("/vragen/{question_id}/antwoord")
async def answer(visit: SignedIn, question_id: UUID) -> Response:
    """Pass an answer on; after a no the question is there no more."""
    form = await visit.form()
    say = visit.say
    body = body_of(form)
    try:
        await visit.api.ask(
            "POST", f"/gezinsvragen/{question_id}/_antwoord", body=body, once=form.once
        )
    except Refused as refused:
        if refused.status not in (400, 409):
            raise
        return await _page(visit, question_id, form=form, refused=refused)
    to = "/vragen" if body["antwoord"] == "nee" else f"/vragen/{question_id}"
    return visit.go(to, note=say(SAID[body["antwoord"]]))


def body_of(form: Form) -> dict[str, Any]:
    """Return an answer as the API takes it: for, against and doubts become one text.

    The words above each are Dutch whatever the screen speaks: the coordinator reads them.
    """
    answer = form.get("antwoord") or ""
    told = [(name, form.get(name)) for name in FOR_AND_AGAINST]
    parts = [text if name == "toelichting" else f"{FOR_AND_AGAINST[name]}: {text}"
             for name, text in told if text]  # fmt: skip
    return {
        "antwoord": answer,
        **filled(
            {
                "door": form.get("door") if answer == "nee" else None,
                "afwijsreden": form.get("afwijsreden") if answer == "nee" else None,
                "tekst": form.get("tekst") if answer == "vraag" else "\n".join(parts),
            }
        ),
    }


async def _page(
    visit: Visit, question_id: UUID, *, form: Form | None = None, refused: Refused | None = None
) -> Response:
    question = await visit.api.get(f"/gezinsvragen/{question_id}")
    say = visit.say
    return visit.page(
        "families/vraag.html",
        status=refused.status if refused else 200,
        w=WORDS,
        eigen=own_provider(visit),
        vraag=question,
        velden=form.text() if form else {},
        fouten=_beside(refused, form) if refused and form else None,
        veldnamen={name: say(words) for name, words in NAMES.items()},
    )


def _beside(refused: Refused, form: Form) -> dict[str, Any]:
    """Return the errors beside the fields of the answer that was given."""
    errors = fields_of(refused)
    own = "tekst" if form.get("antwoord") == "vraag" else "toelichting"
    errors["velden"] = {
        own if name == "tekst" else name: sentence for name, sentence in errors["velden"].items()
    }
    return errors
