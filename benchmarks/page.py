"""Puts the tables of the last full runs into docs/performance.md, between its marks."""

import json
import re
from pathlib import Path
from statistics import mean, median
from typing import Any

from benchmarks.measured import RESULTS

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
Row = dict[str, Any]


def write_page() -> None:
    """Renew every table of the page whose results are there; the words around them stay."""
    text = PAGE.read_text(encoding="utf-8")
    for name, make in TABLES.items():
        path = RESULTS / f"{name}.json"
        if path.is_file():
            table = make(json.loads(path.read_text(encoding="utf-8")))
            text = _between(text, name, table)
    PAGE.write_text(text, encoding="utf-8")


def _between(text: str, name: str, table: str) -> str:
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"{PAGE.name} has no marks {begin} and {end}")
    return pattern.sub(lambda _: f"{begin}\n{table}\n{end}", text)


def _growth(rows: list[Row]) -> str:
    lines = [
        "| children | families | pairs | CPU | peak memory | placed (at most) "
        "| expected breakdowns (at least) | gap |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        value, bound = row["breakdowns"], row["breakdowns_at_least"]
        gap = "0, proved" if row["proof"] == "bewezen optimaal" else f"{1 - bound / value:.3%}"
        lines.append(
            f"| {row['children']:,} | {row['families']:,} | {row['pairs']:,} | {row['cpu']} s "
            f"| {row['peak_mib']:.0f} MiB | {row['placed']:,} ({row['placed_at_most']:,}) "
            f"| {value:.2f} ({bound:.2f}) | {gap} |"
        )
    return "\n".join(lines)


def _side_by_side(rows: list[Row]) -> str:
    lines = ["| work | method | CPU | × the best other | result |", "|---|---|---|---|---|"]
    lines += [
        f"| {row['work']} | {row['method']} | {row['cpu']} s | {row['ratio']} | {row['outcome']} |"
        for row in rows
    ]
    return "\n".join(lines)


def _nation_questions(rows: list[Row]) -> str:
    lines = [
        "| question | asked | CPU, median | 95% within | slowest | × as fast as the plan "
        "| result |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['question']} | {row['asked']} | {row['typical']:,} ms | {row['p95']:,} ms "
        f"| {row['slowest']:,} ms | {row['ratio']:,.0f} | {row['found']} |"
        for row in rows
    ]
    return "\n".join(lines)


def _scoring(rows: list[Row]) -> str:
    lines = [
        "| method | families | pairs found | CPU | × this service | wall | peak memory |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cpu = f"{row['cpu']:,} s" + (" (from a sample)" if row["sampled"] else "")
        lines.append(
            f"| {row['method']} | {row['reach']} | {row['pairs']:,} | {cpu} | {row['ratio']} "
            f"| {row['wall']:,} s | {row['peak_mib']:.0f} MiB |"
        )
    return "\n".join(lines)


def _heldout(rows: list[Row]) -> str:
    lines = [
        "| region (seed) | past breakdowns | first come, nearest | best by the truth | fitted "
        "| literature | plain Cox | as many in every tier | broken rules |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        closed = " | ".join(f"{row['closed'][name]:.1%}" for name in METHODS)
        lines.append(
            f"| {row['seed']} | {row['breakdowns']} | {row['nearest']:.4f} | {row['best']:.4f} "
            f"| {closed} | {'yes' if row['same'] else 'no'} | {row['broken']} |"
        )
    for name, take in (("mean", mean), ("least", min)):
        found = [take([row["closed"][method] for row in rows]) for method in METHODS]
        lines.append(f"| {name} | | | | {' | '.join(f'{one:.1%}' for one in found)} | | |")
    return "\n".join(lines)


def _questions(rows: list[Row]) -> str:
    lines = [
        "| children | families | pairs | policy | question | asked | CPU | slowest |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        told = " (from a sample)" if row["sampled"] else ""
        lines.append(
            f"| {row['children']} | {row['families']} | {row['pairs']:,} | {row['policy']} "
            f"| {row['question']} | {row['number']} | {row['cpu']:,} s{told} | {row['slowest']} s |"
        )
    return "\n".join(lines)


def _screens(found: dict[str, Row]) -> str:
    """Return the slowest screens, each for the role for which it takes longest, and the rest."""
    worst: dict[str, tuple[str, Row, int]] = {}
    for name, row in found.items():
        place, role = name.removesuffix(")").split(" (")
        shown, slowest, roles = worst.get(place, (role, row, 0))
        is_slower = row["ms"] > slowest["ms"]
        worst[place] = (role, row, roles + 1) if is_slower else (shown, slowest, roles + 1)
    order = sorted(worst.items(), key=lambda one: -one[1][1]["ms"])
    lines = ["| screen | roles | slowest for | ms | 95% | kB |", "|---|---|---|---|---|---|"]
    lines += [
        f"| `{place}` | {roles} | {role} | {row['ms']} | {row['p95']} | {row['kb']} |"
        for place, (role, row, roles) in order[:SLOWEST]
    ]
    rest = [row["ms"] for _, (_, row, _) in order[SLOWEST:]]
    if rest:
        most = max(row["kb"] for row in found.values())
        lines += [
            "",
            f"The other {len(rest)} screens take {max(rest)} ms or less, half of them "
            f"{median(rest):.0f} or less. No page of the {len(found)} sends more than {most} kB.",
        ]
    return "\n".join(lines)


def _load(rows: list[Row]) -> str:
    lines = [
        "| work | answers | p50 | p99 | told to come back | errors |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['werk']} | {row['verzoeken']:,} | {row['p50']:.0f} ms | {row['p99']:.0f} ms "
        f"| {row['later']} | {row['fouten']} |"
        for row in rows
    ]
    return "\n".join(lines)


SLOWEST = 25
METHODS = ("geleerd", "literatuur", "Cox")
TABLES = {
    "growth": _growth,
    "nation_questions": _nation_questions,
    "side_by_side": _side_by_side,
    "scoring": _scoring,
    "heldout": _heldout,
    "questions": _questions,
    "screens": _screens,
    "load": _load,
}


if __name__ == "__main__":
    write_page()
