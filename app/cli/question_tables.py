"""Answers to questions, printed: one table or a few lines each."""

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.kernel.chance_band import Band
from app.proposals.question_schemas import (
    AllAlternatives,
    Alternatives,
    CallList,
    MovedChild,
    PairAnswer,
    Price,
    Recruitment,
)
from app.proposals.schemas_compare import Proposed
from app.proposals.whatif_schemas import WhatIfOut

_MOST_REASONS = 6


def print_pair(told: PairAnswer, console: Console) -> None:
    """Print what stands between a child and a family."""
    option = told.option
    console.print(
        f"[bold]{told.number} bij {escape(option.provider)} {escape(option.family)}: "
        f"{told.verdict.value}[/]",
        soft_wrap=True,
    )
    console.print(escape(told.sentence), soft_wrap=True)
    for refusal in told.refusals:
        console.print(f"  − {escape(refusal.sentence)} ({refusal.source})", soft_wrap=True)
    if told.admission:
        console.print(f"  → {escape(told.admission.sentence)}", soft_wrap=True)
    console.print(f"Kans op afbreuk: {_band(option.band)} ({option.basis})", soft_wrap=True)
    for reason in option.reasons[:_MOST_REASONS]:
        console.print(f"  · {escape(reason.sentence)}", soft_wrap=True)
    if told.price:
        print_price(told.price, console)


def print_price(price: Price, console: Console) -> None:
    """Print what every goal loses, and for whom something changes."""
    table = _table("Doel", "Nu", "Dan", "Verlies")
    for goal in price.goals:
        table.add_row(
            escape(goal.sentence), _number(goal.before), _number(goal.after), _number(goal.loss)
        )
    console.print(table)
    if price.is_estimate:
        console.print("Dit is een schatting: het gebied is te groot om exact uit te rekenen.")
    for child in price.children:
        console.print(f"  {_move(child)}", soft_wrap=True)


def print_alternatives(told: Alternatives, console: Console) -> None:
    """Print all families that a child could go to, least regret first."""
    if told.notice:
        console.print(escape(told.notice), soft_wrap=True)
    table = _table("Gezin", "Aanbieder", "Kans op afbreuk", "Wat het kost", "Verhuist")
    for one in told.alternatives:
        table.add_row(
            escape(one.family),
            escape(one.provider),
            _band(one.band),
            "voorgesteld" if one.is_proposed else _first_loss(one.price),
            str(len(one.price.children)),
        )
    console.print(table)


def print_all_alternatives(told: AllAlternatives, console: Console) -> None:
    """Print the alternatives of every child, one table each."""
    for one in told.children:
        console.print(f"Kind {escape(one.number)}")
        print_alternatives(one, console)


def print_what_if(told: WhatIfOut, console: Console) -> None:
    """Print what the changes do."""
    print_price(told.difference, console)
    if not told.difference.children:
        console.print("Voor geen enkel kind verandert er iets.")


def print_calls(told: CallList, console: Console) -> None:
    """Print whom to call, and what to ask."""
    if not told.calls:
        console.print("Er is geen gezin dat door één vraag wordt gescheiden.")
        return
    table = _table("Kind", "Gezin", "Aanbieder", "Vraag", "Kans bij ja", "Wat het brengt")
    for call in told.calls:
        gain = "niet berekend" if call.gain is None else _first_loss(call.gain)
        table.add_row(
            call.number,
            escape(call.family),
            escape(call.provider),
            escape(call.question),
            f"{_band(call.band)}{' (boven grens)' if call.is_above else ''}",
            gain,
        )
    console.print(table)


def print_recruitment(told: Recruitment, console: Console) -> None:
    """Print which families are missing."""
    console.print(
        f"[bold]{told.short} van {told.tested} kinderen hebben minder dan drie echte keuzes[/]"
    )
    for profile in told.profiles:
        who = ", ".join(f"{child.number} ({child.options})" for child in profile.children)
        console.print(f"{len(profile.children)} × {escape(profile.sentence)}", soft_wrap=True)
        console.print(f"    {profile.families} nodig; voor {who}", soft_wrap=True)


def _table(*names: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _first_loss(price: Price) -> str:
    """Return the first goal that changes, in words."""
    about = "ongeveer " if price.is_estimate else ""
    for goal in price.goals:
        if goal.loss:
            word = "slechter" if goal.loss > 0 else "beter"
            return f"{about}{_number(abs(goal.loss))} {goal.unit} {word} ({goal.code})"
    return "niets"


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _move(child: MovedChild) -> str:
    before, after = (_named(family) for family in (child.before, child.after))
    return escape(f"{child.number}: {child.move.value} ({before} → {after})")


def _named(family: Proposed | None) -> str:
    return f"{family.provider} {family.family}" if family else "geen"


def _band(band: Band | None) -> str:
    return "uitgezet" if band is None else band.value
