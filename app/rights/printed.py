"""A copy of a file as one page that can be printed and needs nothing from elsewhere."""

from html import escape
from typing import Any

from app.kernel.clock import AMSTERDAM
from app.rights.schemas import FileCopy

_STYLE = (
    "body{font:11pt sans-serif;margin:1.5cm;max-width:48em}dl{border-top:1px solid #444;"
    "padding-top:6pt;break-inside:avoid}dt{font-weight:bold}dd{margin:0 0 4pt 1em}"
)


def print_copy(copy: FileCopy) -> str:
    """Return the page; what somebody typed stands in it as text, never as HTML."""
    made = copy.made_at.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")
    left_out = "".join(f"<li>{escape(sentence)}</li>" for sentence in copy.left_out)
    parts = "".join(
        f"<h2>{escape(part.title.capitalize())}</h2>{''.join(map(_line, part.lines))}"
        for part in copy.parts
    )
    until = copy.keep_until.strftime("%d-%m-%Y") if copy.keep_until else "niet bepaald"
    return (
        "<!doctype html><html lang='nl'><head><meta charset='utf-8'>"
        f"<title>Afschrift dossier</title><style>{_STYLE}</style></head><body>"
        f"<h1>Afschrift van het dossier</h1><p>Gemaakt op {made}. Bewaren tot {until}.</p>"
        f"<p>Dit staat er niet in:</p><ul>{left_out}</ul>{parts}</body></html>\n"
    )


def _line(line: dict[str, Any]) -> str:
    told = "".join(
        f"<dt>{escape(_words(name))}</dt><dd>{_value(value)}</dd>"
        for name, value in line.items()
        if value not in (None, "", [], {})
    )
    return f"<dl>{told}</dl>"


def _words(name: str) -> str:
    """Return a camelCase name as words: `stemVanHetKind` is `stem van het kind`."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dict):
        return "; ".join(f"{escape(_words(str(k)))}: {_value(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return escape(str(value))
