"""Which kinds of stay a court order names, by the words in which somebody typed them over.

An order is read strictly: what is read too widely lets a child go further from home than the court
said. What is not plain is asked again, in the court's own words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeVar

Kind = TypeVar("Kind", bound=str)

_OWN = r"(?:(?:het|zijn|haar|hun|eigen|sociale?) )*netwerk\b"
# Who helps from the network is no stay: the word counts in a compound, behind "in", or in front.
NETWORK = re.compile(
    r"\bnetwerk(?:[ -]*pleeg\w+|(?:gezin|plaats|plek|verblijf|familie)\w*)"
    rf"|\b(?:in|bij|binnen) {_OWN}|^(?:(?:een|plaatsing|verblijf|24-uurs) )*{_OWN}"
)
_NETWORK_FIRST = re.compile(r"\W*(?:(?:een|het) )?netwerk[ -]*(?:pleeg|gezin)")
_ANY_FAMILY = ("pleeggezin", "pleegzorg", "pleegouder")
_KIND = re.compile(
    r"pleeg|gezinshui|gezinsgericht|leefhui|leefgroep|woongroep|accommod|residenti"
    r"|gesloten jeugd"
)

# Other ways of writing the same.
_SAME = (
    (re.compile(r"\bc\.? ?q\.?(?=\s)"), "of"),
    (re.compile(r"\(netwerk-?\) ?(?=pleeg)|\bnetwerk-? ?(?:of|en/of|/|dan wel) (?=\w+pleeg)"), ""),
    (re.compile(r"\bnetwerk- ?(?:of|en/of|/|dan wel) ?(?=pleeg)"), ""),
    (
        re.compile(
            rf"(?<!netwerk)(?<!netwerk[ -])\bpleeg(?:gezin|zorg|ouder)\w*,? "
            rf"(?:\({_OWN}\)|(?:in|binnen|uit|van) {_OWN})"
            r"(?!,? ?(?:/|(?:of|en|en/of|dan wel)\b)(?! ?(?:een|gezinshuis|leefhuis)\b))"
        ),
        "netwerkpleeggezin",
    ),
)
# These hold a word of no, and take out no kind of stay.
_HARMLESS = re.compile(
    r"\bniet (?:langer|later) dan\b|\b(?:en|maar|doch) niet langer(?=\s*(?:[,;.)]|$))"
    r"|\bzonder (?:het )?(?:ouderlijk )?gezag\b|\bniet (?:alleen|slechts|uitsluitend)\b"
    r"|\bzonder dat (?:\w+ ){1,6}?bekend\b(?: (?:wordt|worden|is))?(?: gemaakt)?"
    r"|\b(?:adres|verblijfplaats)(?: \w+){0,3} niet bekend\w*"
    rf"|\bniet[- ](?=perspectief)|\bbuiten {_OWN}|\bmet ingang van\b|\bsamen met\b"
    r"|\bop verzoek van (?:de |het )?\w+"
    r"|\bverval(?:t|len) (?:op|na|per) (?=\d|drie)"
    r"|\b(?:conform|overeenkomstig|zoals) (?:het )?verzo\w+"
    r"|\b(?:het|voor het) (?:overige|meer(?: of anders)?)\b[^;]*?\b(?:afgewezen|aangehouden|af)\b"
)
# What stands behind these is not what the order names; before it may be.
_BUT_NOT = re.compile(
    r"\b(?:niet|geen|noch|nooit|nimmer|zonder|behalve|behoudens|tenzij|uitgezonderd|uitgesloten)\b"
    r"|\b(?:anders|liever|eerder|elders) (?:dan|als)\b"
    r"|\bandere?(?: (?!\w*pleeg)\w+){1,4} (?:dan|als)\b(?! wel)"
    r"|\bbuiten (?=(?:(?:een|het|de) )?\w*(?:pleeg|gezinshui|leef|woon|accommod|residenti|instell))"
    r"|\bin plaats van\b|\buitzondering\b|\buitsluiting\b"
)
# "Niet in X maar in Y" says Y, where Y is what comes next.
_BUT = re.compile(
    rf"(?:{_BUT_NOT.pattern})[^;]*?\bmaar (?:wel )?(?=(?:in |bij )?(?:een |het |de )?"
    rf"(?:voorziening voor )?\w*(?:{_KIND.pattern}|netwerk))"
)
# A request that was turned down or waits, a stay that ends: what stands before it is not named.
_REFUSED = re.compile(
    r"\b(?:afgewezen|afwij\w+|af te wijzen|aangehouden|aanhoud\w*|aan te houden|geweigerd|weiger\w*"
    r"|verval\w*|ingetrokken|be[eë]indig[dt]|opgeheven|geschorst|schorst|vernietig[dt]"
    r"|verlopen)\b|\bniet-ontvankelijk"
    r"|\bwijst\b.*\baf\b|\bhoudt\b.*\baan\b|\buitgesloten(?=\s*(?:[,;.)]|$))"
    r"|\bniet (?:toegewezen|verleend|verlengd|toegestaan|ingewilligd|ontvankelijk)\b"
)
_CLAUSE = re.compile(r"; ?|\. |\bmaar\b|\ben (?=het |de )")
_PART_OF_ITS_OWN = re.compile(
    rf"{_KIND.pattern}|\b(?:ander|overig|meer|primair|subsidiair|eerder|vorig|moeder|vader|ouders?\b)"
)
# What is asked, or was before, is no order: whether it became one is asked again.
_NO_ORDER = re.compile(
    r"\b(?:verzoek\w*|verzocht\w*|gevraagd\w*|vraagt|voorheen|eerdere?|vorige|voormalige?)\b"
)
# Behind these stands who helps, not where the child will stay.
_BESIDE = re.compile(
    r"\b(?:met|door|vanuit|nabij|naast|inzet|hulp|steun|ondersteuning|begeleiding|bezoek\w*"
    r"|omgang\w*)\b"
)
_NARROWED = re.compile(
    r",? ?\b(?:te weten|zijnde|namelijk)\b:?| \((?!(?:of|en|dan wel)\b)(?=[^()]*\)\.?$)"
)

# Between two kinds of stay: "X of Y", "X dan wel een Y", "accommodatie van een aanbieder of een Y".
_FILLER = (
    r"(?:\s*\b(?:een|het|de|in|bij|voor|van|andere?|voorziening|verblijf|\w*aanbieder|24[- ]?uurs"
    r"|perspectief\w*|regulier\w*|neutra\w+)\b)*"
)
_OR = re.compile(rf"{_FILLER}(?:\s*,?\s*\b(?:of|en/of|dan wel|danwel)\b|\s*/){_FILLER}\s*")
_COMMA = re.compile(rf"{_FILLER}\s*,{_FILLER}\s*")


def names_any_family(setting: str) -> bool:
    """Return whether an order names foster care as such, which covers a family of the network."""
    beside_network = NETWORK.sub("", _named(setting))
    return any(word in beside_network for word in _ANY_FAMILY)


def names_network_alone(setting: str) -> bool:
    """Return whether an order names a family of the own network, and no foster care beside it."""
    return NETWORK.search(_named(setting)) is not None and not names_any_family(setting)


def names_family(setting: str) -> bool:
    """Return whether an order names a foster family, of the network or any."""
    return names_any_family(setting) or names_network_alone(setting)


def plainly_named(setting: str, words: Mapping[Kind, re.Pattern[str]]) -> frozenset[Kind]:
    """Return which kinds of stay an order names; none where that is not plain to read.

    One kind, or several in a row that ends in "of", and nothing that takes one of them out again.
    words: the kinds, the most like home first.
    """
    told = _plain(setting)
    if any(word.search(told) for word in (_BUT_NOT, _REFUSED, _NO_ORDER)):
        return frozenset()
    beside = _BESIDE.search(told)
    if beside is not None and _find(told[beside.end() :], words):
        return frozenset()
    return _narrowed(told, words)


def _narrowed(told: str, words: Mapping[Kind, re.Pattern[str]]) -> frozenset[Kind]:
    """Return the kinds named; of "X, te weten Y" and "X (Y)" Y, where that goes no further."""
    wide, *rest = _NARROWED.split(told, maxsplit=1)
    if not rest or not _find(rest[0], words):
        return _row(wide, words)
    narrow = _narrowed(rest[0], words)
    if not _find(wide, words):
        return narrow
    furthest = max(map([*words].index, _row(wide, words)), default=-1)
    return narrow if all([*words].index(kind) <= furthest for kind in narrow) else frozenset()


def _row(told: str, words: Mapping[Kind, re.Pattern[str]]) -> frozenset[Kind]:
    found = _find(told, words)
    kinds = frozenset(kind for _, _, kind in found)
    between = (told[one[1] : next_[0]] for one, next_ in pairwise(found))
    return kinds if len(kinds) <= 1 or _is_row(between) else frozenset()


def _find(told: str, words: Mapping[Kind, re.Pattern[str]]) -> list[tuple[int, int, Kind]]:
    """Return where each kind stands; what lies within a longer name is part of that name."""
    found = [
        (match.start(), match.end(), kind)
        for kind, pattern in words.items()
        for match in pattern.finditer(told)
    ]
    return sorted(one for one in found if not any(_holds(other, one) for other in found))


def _holds(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[:2] != other[:2] and one[0] <= other[0] and other[1] <= one[1]


def _is_row(between: Iterable[str]) -> bool:
    """Return whether what stands between kinds of stay makes one row of them."""
    *first, last = between
    return _OR.fullmatch(last) is not None and all(
        _OR.fullmatch(part) or _COMMA.fullmatch(part) for part in first
    )


def _named(setting: str) -> str:
    granted = "; ".join(map(_granted, _CLAUSE.split(_plain(setting))))
    named = _BUT_NOT.split(granted, maxsplit=1)[0]
    _, *rest = _NARROWED.split(named, maxsplit=1)
    return rest[0] if rest and _NETWORK_FIRST.match(rest[0]) else named


def _granted(clause: str) -> str:
    """Return a clause without what was turned down in it: a part of its own, or all of it."""
    if not _REFUSED.search(clause):
        return clause
    parts = re.split(r"[,(]", clause)
    refused = [part for part in parts if _REFUSED.search(part)]
    if not refused or not all(_PART_OF_ITS_OWN.search(part) for part in refused):
        return ""
    if any(re.match(r" ?(?:of|en/of|dan wel|danwel)\b", part) for part in refused):
        return ""
    return ",".join(part for part in parts if part not in refused)


def _plain(setting: str) -> str:
    told = " ".join(unicodedata.normalize("NFC", setting).lower().split())
    for written, same in _SAME:
        told = written.sub(same, told)
    return _BUT.sub("", " ".join(_HARMLESS.sub("", told).split()))
