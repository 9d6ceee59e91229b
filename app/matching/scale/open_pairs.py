"""The eligible pairs of thousands of children: every rule asked once for all whom it treats alike.

A child's row is the AND of one packed row per rule, eight families a byte. Two things are no
matter of kinds and are put right afterwards: a rule that names its pairs, and a child with its own
network family, for which some conflicts are concerns (that pair is judged by the rules themselves).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import NETWORK, Rule
from app.matching.scale.answers import Alike, Bytes, ask, conflicts_of, fill, tell_apart
from app.matching.scale.reach import by_cell, drop_the_far
from app.matching.scale.threads import chunks, in_threads


@dataclass(frozen=True, slots=True)
class Listed:
    """Pairs by position, shape (k,)."""

    child: Ints
    family: Ints


def find_open_pairs(
    problem: Problem, policy: Policy, rules: Sequence[Rule], *, within_km: float | None = None
) -> tuple[Ints, Ints, Ints]:
    """Return child and family of every pair that no rule refuses, and the refusals per child.

    Pairs are sorted by (child, family), shape (k,); refusals have shape (n, rules). within_km:
    leave out pairs known to lie further apart; refusals count them all the same.
    """
    children, families = len(problem.children), len(problem.families)
    refused = np.zeros((children, len(rules)), dtype=np.int64)
    if not children or not families:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), refused
    own = _own_network(problem)
    is_open, apart = _ask_for_all(problem, policy, rules, refused)
    columns = np.flatnonzero(is_open | (np.bincount(own.family, minlength=families) > 0))
    rows = []
    for at, alike in apart.items():
        answers = ask(problem, policy, rules[at], alike=alike, columns=columns)
        refused[:, at] = answers.conflicts[alike.kind]
        rows.append((answers.open, alike.kind))
    if within_km is not None:
        rows.append(by_cell(problem, within_km, columns))
    bits = _meet(np.packbits(is_open[columns]), rows, children)
    for at, rule in enumerate(rules):
        if rule.listed:
            pairs = _distinct(rule.listed(problem), families)
            _write(bits, columns, pairs, np.zeros(len(pairs.child), dtype=np.bool_))
            refused[:, at] = np.bincount(pairs.child, minlength=children)
    _judge_own(problem, policy, rules, own=own, into=(bits, columns, refused))
    child, family = _read(bits, columns)
    if within_km is not None:
        child, family = drop_the_far(problem, child, family, within_km)
    return child, family, refused


def _ask_for_all(
    problem: Problem, policy: Policy, rules: Sequence[Rule], refused: Ints
) -> tuple[Bools, dict[int, Alike]]:
    """Return which families no rule closes to all alike, and the other rules with their kinds."""
    is_open = np.ones(len(problem.families), dtype=np.bool_)
    apart = {}
    for at, rule in enumerate(rules):
        if rule.listed:
            continue
        alike = tell_apart(problem, policy, rule)
        if len(alike) > 1:
            apart[at] = alike
            continue
        found = conflicts_of(problem, policy, rule, alike.first)[0]
        refused[:, at] = np.count_nonzero(found)
        is_open &= ~found
    return is_open, apart


def _own_network(problem: Problem) -> Listed:
    families = problem.families
    family = np.flatnonzero((families.kind == NETWORK) & (families.for_child >= 0))
    return Listed(families.for_child[family], family)


def _meet(start: Bytes, rows: list[tuple[Bytes, Ints]], children: int) -> Bytes:
    """Return the AND of every rule's row for each child, shape (n, bytes)."""
    bits = np.empty((children, len(start)), dtype=np.uint8)

    def meet(part: slice) -> None:
        bits[part] = start
        for row, kind in rows:
            bits[part] &= row[kind[part]]

    in_threads(meet, list(chunks(children, len(start) * 8)))
    return bits


def _distinct(pairs: tuple[Ints, Ints], families: int) -> Listed:
    if not len(pairs[0]):
        return Listed(*pairs)
    child, family = np.divmod(np.unique(pairs[0] * families + pairs[1]), families)
    return Listed(child, family)


def _write(bits: Bytes, columns: Ints, pairs: Listed, is_open: Bools) -> None:
    """Write for some pairs whether they are open; families without a column stay closed."""
    at = np.searchsorted(columns, pairs.family)
    here = at < len(columns)
    here[here] = columns[at[here]] == pairs.family[here]
    row, at, is_open = pairs.child[here], at[here], is_open[here]
    bit = np.right_shift(128, at % 8).astype(np.uint8)
    np.bitwise_and.at(bits, (row, at // 8), ~bit)
    np.bitwise_or.at(bits, (row, at // 8), np.where(is_open, bit, np.uint8(0)))


def _judge_own(
    problem: Problem, policy: Policy, rules: Sequence[Rule], *,
    own: Listed, into: tuple[Bytes, Ints, Ints],
) -> None:  # fmt: skip
    """Let the rules themselves judge each child with its own network family."""
    bits, columns, refused = into
    if not len(own.child):
        return
    shape = own.child.shape
    is_open = np.ones(shape, dtype=np.bool_)
    for at, rule in enumerate(rules):
        found = fill(rule.conflicts(problem, policy, own.child, own.family), shape)
        if rule.concern_for_network:
            np.subtract.at(refused[:, at], own.child, found.astype(np.int64))
        else:
            is_open &= ~found
    _write(bits, columns, own, is_open)


def _read(bits: Bytes, columns: Ints) -> tuple[Ints, Ints]:
    """Return child and family of every bit that is 1."""
    counts = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    child = np.repeat(np.arange(len(bits), dtype=np.int64), counts)
    family = np.empty(len(child), dtype=np.int64)

    def read(part: slice) -> None:
        table = np.unpackbits(bits[part], axis=1, count=len(columns))
        at = np.flatnonzero(table.view(np.bool_))
        span = slice(first[part.start], first[part.stop])
        family[span] = columns[at - (child[span] - part.start) * len(columns)]

    in_threads(read, list(chunks(len(bits), len(columns))))
    return child, family
