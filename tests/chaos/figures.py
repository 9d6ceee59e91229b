"""The figures of a chaos as lines to print."""

from statistics import median

from tests.chaos.chaos import Outcome

_NOT_WRITES = ("503", "500", "antwoord verloren")


def lines_of(outcome: Outcome) -> list[str]:
    """Return what was killed, what was acknowledged, what was found, how soon it recovered."""
    killer, journal, verdict = outcome.killer, outcome.journal, outcome.verdict
    written = len(journal.read())
    lines = [
        f"kills: {sum(killer.kills.values())} in {outcome.seconds:.0f} s",
        *(
            f"  {target}: {times}, recovery median {_shown(killer.recovery.get(target))}"
            for target, times in sorted(killer.kills.items())
        ),
        f"acknowledged writes: {written}; answers lost on the way: "
        f"{journal.counts.get('antwoord verloren', 0)}; 503: {journal.counts.get('503', 0)}; "
        f"500: {journal.counts.get('500', 0)}",
        "  " + ", ".join(f"{kind} {times}" for kind, times in sorted(verdict.counted.items())),
        f"missing: {len(verdict.missing)}; doubled: {len(verdict.doubled)}; "
        f"half-written, twice given, not done: {len(verdict.broken)}",
        f"audit chain: {outcome.chain}",
    ]
    if killer.recovery:
        middle, longest = killer.slowest()
        lines.append(f"recovery: median {middle:.2f} s, longest {longest:.2f} s")
    found = [*verdict.missing, *verdict.doubled, *verdict.broken, *journal.faults, *outcome.errors]
    return lines + [f"  FOUND {sentence}" for sentence in found[:40]]


def _shown(seconds: list[float] | None) -> str:
    return f"{median(seconds):.2f} s, longest {max(seconds):.2f} s" if seconds else "not waited for"
