"""Tonight's crisis beds on one page of paper, for when the service or the network is down."""

from html import escape

from app.crisis.schemas_list import CrisisList, ListedHome
from app.crisis.words import PROBLEM_OF
from app.kernel.clock import AMSTERDAM

_HEAD = ("Gezin", "Aanbieder", "Plaats", "Bedden", "Samen", "Leeftijd", "Voorkeur", "Huis",
         "Niet bij", "Gezin bellen", "Dienst aanbieder", "Let op")  # fmt: skip
_STYLE = (
    "@page{size:A4 landscape;margin:1cm}body{font:9pt sans-serif;margin:0.5cm}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #444;padding:3pt;text-align:left;vertical-align:top}"
    "tr{break-inside:avoid}thead{display:table-header-group}"
)


def page(listed: CrisisList) -> str:
    """Return the list as one HTML page that needs nothing from elsewhere."""
    made = listed.made_at.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in _rows(listed))
    steps = "".join(
        f"<li>{escape(step.who)}{f' ({escape(step.phone)})' if step.phone else ''}: "
        f"{escape(step.when)}</li>"
        for step in listed.escalation
    )
    head = "".join(f"<th scope='col'>{name}</th>" for name in _HEAD)
    return (
        f"<!doctype html><html lang='nl'><meta charset='utf-8'><title>Crisislijst {made}</title>"
        f"<style>{_STYLE}</style><h1>Crisisbedden, {made}</h1>"
        "<p>Vertrouwelijk. Een ja geldt pas als het is vastgelegd: noteer tijd en naam, en voer "
        "het in zodra het systeem er weer is.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"<h2>Als er geen bed is</h2><ol>{steps}</ol></html>\n"
    )


def _rows(listed: CrisisList) -> list[tuple[str, ...]]:
    return [
        (
            f"{home.name} ({home.family})", home.provider, home.place, str(home.free),
            str(home.together), f"{home.min_age} t/m {home.max_age}", home.wanted, _house(home),
            ", ".join(_not_with(home)),
            home.phone or "", home.duty_phone or "", " ".join(home.concerns),
        )
        for home in listed.homes
    ]  # fmt: skip


def _house(home: ListedHome) -> str:
    told = (*home.pets, "rookt" if home.smokes else "rookvrij", "rolstoel" * home.wheelchair)
    return ", ".join(word for word in told if word)


def _not_with(home: ListedHome) -> list[str]:
    """Return the safety flags as the six fields name them, then what no flag asks about."""
    asked = {problem.value for problem in PROBLEM_OF.values()}
    return [*home.not_with, *(word for word in home.refuses if word not in asked)]


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"
