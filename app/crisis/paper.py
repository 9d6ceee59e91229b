"""Tonight's crisis beds on one page of paper, for when the service or the network is down."""

from html import escape

from app.crisis.schemas_list import CrisisList
from app.kernel.clock import AMSTERDAM

_HEAD = ("Gezin", "Aanbieder", "Plaats", "Bedden", "Leeftijd", "Voorkeur", "Niet bij",
         "Gezin bellen", "Dienst aanbieder", "Let op")  # fmt: skip
_STYLE = (
    "body{font:11pt sans-serif;margin:1.5cm}table{border-collapse:collapse;width:100%}"
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
            f"{home.min_age} t/m {home.max_age}", home.wanted, ", ".join(home.refuses),
            home.phone or "", home.duty_phone or "", " ".join(home.concerns),
        )
        for home in listed.homes
    ]  # fmt: skip


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"
