"""The commands `pleegzorg vraag ...`: a folder is matched, and a question about it answered."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError

from app.cli.asked import Ask, JsonOption, asked, with_folder
from app.cli.console import OUT
from app.cli.question_tables import (
    print_all_alternatives,
    print_alternatives,
    print_calls,
    print_pair,
    print_recruitment,
    print_what_if,
)
from app.http.schema import Schema
from app.http.sentences import first_fault
from app.kernel.errors import InputRefused
from app.matching.questions.nearly import find_calls, find_nearly, with_gains
from app.matching.questions.pair import ask_about
from app.proposals.list_views import tell_calls, tell_recruitment
from app.proposals.question_schemas import AllAlternatives
from app.proposals.question_views import tell_alternatives, tell_pair
from app.proposals.whatif import answer_what_if
from app.proposals.whatif_schemas import ChangeIn, ForbidIn, PinIn, PlacesIn, WhatIfIn

Answer = TypeVar("Answer", bound=Schema)
ChildArgument = Annotated[str, typer.Argument(metavar="AANMELDNUMMER", show_default=False)]
_PAIR = "AANMELDNUMMER=AANBIEDER/KENMERK"
_FAMILY = "AANBIEDER/KENMERK"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    asking = typer.Typer(help="Vragen aan een match van een map.", no_args_is_help=True)
    asking.callback()(lambda: None)
    for name, command in COMMANDS.items():
        asking.command(name)(with_folder(command))
    app.add_typer(asking, name="vraag")


def _show(answer: Answer, show: Callable[[Answer], None], *, as_json: bool) -> None:
    if as_json:
        typer.echo(answer.model_dump_json(by_alias=True, indent=1))
    else:
        show(answer)


def why_not(
    child: ChildArgument,
    provider: Annotated[str, typer.Argument(metavar="AANBIEDER", show_default=False)],
    family: Annotated[str, typer.Argument(metavar="KENMERK", show_default=False)],
    *,
    ask: Ask,
    as_json: JsonOption = False,
) -> None:
    """Waarom dit gezin niet: de regel en wat er moet veranderen, of wat die keus kost."""
    with asked(ask) as standing:
        at = standing.child(child)
        found = ask_about(standing.pricer, at, standing.family(provider, family))
        _show(tell_pair(standing, found), lambda told: print_pair(told, OUT), as_json=as_json)


def alternatives(
    child: Annotated[
        str | None, typer.Argument(metavar="[AANMELDNUMMER]", show_default=False)
    ] = None,
    *,
    ask: Ask,
    every: Annotated[bool, typer.Option("--alle", help="Van alle kinderen.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Alle gezinnen die kunnen, met wat elke keus het hele plan kost; van één kind of van alle."""
    if every == (child is not None):
        raise InputRefused("Geef één aanmeldnummer, of vraag met --alle naar alle kinderen.")
    with asked(ask) as standing:
        if child is not None:
            told = tell_alternatives(standing, standing.child(child))
            _show(told, lambda one: print_alternatives(one, OUT), as_json=as_json)
            return
        numbers = sorted(standing.children)
        found = [tell_alternatives(standing, standing.child(number)) for number in numbers]
        whole = AllAlternatives(run_id=standing.run_id, children=found)
        _show(whole, lambda all_: print_all_alternatives(all_, OUT), as_json=as_json)


def what_if(
    *,
    ask: Ask,
    pin: Annotated[list[str] | None, typer.Option("--vastzetten", metavar=_PAIR)] = None,
    forbid: Annotated[list[str] | None, typer.Option("--uitsluiten", metavar=_PAIR)] = None,
    more: Annotated[list[str] | None, typer.Option("--plaats-erbij", metavar=_FAMILY)] = None,
    less: Annotated[
        list[str] | None, typer.Option("--plaats-achterhouden", metavar=_FAMILY)
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option("--wijzigingen", help="JSON met wijzigingen.", metavar="BESTAND"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Het beste plan na wijzigingen, naast dat van nu; er wordt niets bewaard."""
    wanted: list[ChangeIn] = [] if changes is None else _read_changes(changes)
    wanted += [PinIn(what="vastzetten", **_pair(text)) for text in pin or ()]
    wanted += [ForbidIn(what="uitsluiten", **_pair(text)) for text in forbid or ()]
    wanted += [PlacesIn(what="plaats erbij", **_family(text)) for text in more or ()]
    wanted += [PlacesIn(what="plaats achterhouden", **_family(text)) for text in less or ()]
    if not wanted:
        raise InputRefused("Er is geen wijziging gegeven: noem er een, of geef --wijzigingen.")
    with asked(ask) as standing:
        told = answer_what_if(standing, wanted)
        _show(told, lambda one: print_what_if(one, OUT), as_json=as_json)


def nearly(
    child: Annotated[str | None, typer.Argument(metavar="[AANMELDNUMMER]")] = None,
    *,
    ask: Ask,
    number: Annotated[int, typer.Option("--aantal", min=1, max=50, help="Hoeveel regels.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Wie er gebeld kan worden: gezinnen die één vraag van een kind scheidt."""
    with asked(ask) as standing:
        case = standing.case
        if child is None:
            found = find_calls(case, number)
        else:
            found = tuple(with_gains(case, find_nearly(case, standing.child(child))[:number]))
        _show(tell_calls(standing, found), lambda told: print_calls(told, OUT), as_json=as_json)


def recruitment(
    *,
    ask: Ask,
    as_json: JsonOption = False,
) -> None:
    """Welke gezinnen ontbreken: kinderen met minder dan drie echte keuzes."""
    with asked(ask) as standing:
        told = tell_recruitment(standing, standing.find_shortage())
        _show(told, lambda one: print_recruitment(one, OUT), as_json=as_json)


def _read_changes(path: Path) -> list[ChangeIn]:
    try:
        return WhatIfIn.model_validate_json(path.read_bytes()).changes
    except OSError as error:
        raise InputRefused(f"{path.name} is niet te lezen: geef een leesbaar bestand.") from error
    except ValidationError as error:
        where, clause = first_fault(error)
        raise InputRefused(f"{path.name}, {where}: {clause}.") from error


def _pair(text: str) -> dict[str, str]:
    child, equals, family = text.partition("=")
    if not equals or not child:
        raise InputRefused(f"Een kind met een gezin schrijft u als {_PAIR}.")
    return {"child": child, **_family(family)}


def _family(text: str) -> dict[str, str]:
    provider, slash, reference = text.partition("/")
    if not slash or not provider or not reference:
        raise InputRefused(f"Een gezin schrijft u als {_FAMILY}.")
    return {"provider": provider, "family": reference}


COMMANDS: dict[str, Callable[..., None]] = {
    "waarom-niet": why_not,
    "alternatieven": alternatives,
    "wat-als": what_if,
    "bijna-passend": nearly,
    "werving": recruitment,
}
