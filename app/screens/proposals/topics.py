"""What a child needs beside what a family offers, point by point, as the engine judged it.

A point is what its reasons say: the gravest of them. Where none speaks of it the rules let the pair
pass, and that fits.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.screens.proposals import needs, offers
from app.screens.proposals.about_pair import Pair
from app.screens.proposals.factors import HIDDEN, OF_CHILD, tells_place
from app.screens.proposals.tongue import PROBLEMS
from app.screens.words import N_

FITS, CONCERN, UNKNOWN, REFUSED = "past", "zorgpunt", "onbekend", "past niet"
# The gravest last.
_ORDER = (FITS, UNKNOWN, CONCERN, REFUSED)
# How a judgement is shown: class, mark and word; never a colour alone.
SHOWN = {
    FITS: ("past", "✓", N_("past")),
    CONCERN: ("zorg", "!", N_("een zorg")),
    UNKNOWN: ("onbekend", "?", N_("onbekend")),
    REFUSED: ("niet", "✕", N_("past niet")),
}
Said = Callable[[Pair], str | None]


@dataclass(frozen=True, slots=True)
class Topic:
    """One point: what the child needs, what the family offers, and which reasons are about it.

    A need of None: the child asks nothing here, and the point is left out unless a reason speaks.
    """

    name: str
    need: Said
    offer: Said
    codes: frozenset[str]


def _topic(name: str, need: Said, offer: Said, codes: str) -> Topic:
    return Topic(name, need, offer, frozenset(codes.split()))


TOPICS = (
    _topic(N_("Vorm en plaats"), needs.form, offers.form,
           "vorm plaats bed ritme beschikbaar_vanaf beschikbaar_tot status navragen verzoek"),
    _topic(N_("Leeftijd"), needs.age, offers.age,
           "leeftijd geslacht leeftijdskloof oudere_pleegouders"),
    _topic(N_("Broers en zussen"), needs.siblings, offers.siblings,
           "broers_zussen_samen broers_zussen_gesplitst broers_zussen_navragen bij_broer_of_zus "
           "apart_van_kind"),
    _topic(N_("Andere kinderen in huis"), needs.company, offers.company,
           "andere_kinderen wens_pleegkinderen eigen_kind_zelfde_leeftijd eigen_kind_1_jaar "
           "eigen_kind_2_3_jaar pleegkinderen pleegkinderen_kwadraat vol_huis"),
    _topic(N_("School"), needs.school, offers.school, "afstand_school"),
    _topic(N_("Contact met ouders"), needs.parents, offers.parents,
           "afstand_ouders ver_van_huis samenwerking_ouders uitgesloten_gebied gebied_onzeker"),
    _topic(N_("Gezondheid en huis"), needs.house, offers.house, "allergie rookvrij rolstoel"),
    _topic(N_("Taal"), needs.language, offers.language, "verstaan"),
    _topic(N_("Geloof"), needs.faith, offers.faith, "geloofswens"),
    _topic(N_("Ervaring en steun"), needs.support, offers.support,
           "ervaring ervaring_zwaarte training trainingen trainingen_zwaarte respijt "
           "respijt_zwaarte steunplan"),
    _topic(N_("Eigen netwerk"), needs.network, offers.network,
           "netwerk netwerk_ernst netwerk_ander_kind woont_bij_netwerk"),
    _topic(N_("Wat de wet vraagt"), needs.law, offers.law,
           "vgb voorbereiding leeftijd_pleegouder eerder_nee"),
)  # fmt: skip
WILLINGNESS = frozenset({"bereidheid", "steun_ernstig", "nee_bij_licht"})
_BY_ANSWER = {"ja": FITS, "met steun": CONCERN, "nee": REFUSED}


@dataclass(frozen=True, slots=True)
class Point:
    """One point as it is shown; sentences: what the engine says of it."""

    name: str
    need: str | None
    offer: str | None
    judgement: str
    sentences: list[str]

    @property
    def shown(self) -> tuple[str, str, str]:
        """Return class, mark and word."""
        return SHOWN[self.judgement]


def points_of(pair: Pair) -> list[Point]:
    """Return every point of a child with a family, in a fixed order."""
    found = [_point(topic, pair) for topic in TOPICS]
    return [*_problems(pair), *(point for point in found if point is not None)]


def _point(topic: Topic, pair: Pair) -> Point | None:
    reasons = [reason for reason in pair.reasons if _plain(reason["code"]) in topic.codes]
    need = topic.need(pair) if pair.child else None
    if need is None and not reasons:
        return None
    offer = topic.offer(pair) if pair.family else None
    kind = gravest(reason["soort"] for reason in reasons)
    # Of a family that a rule refuses, only what stands in the way: the rest would contradict it.
    told = [r for r in reasons if kind != REFUSED or r["soort"] == REFUSED]
    return Point(topic.name, need, offer, kind, _say(pair, told))


def _problems(pair: Pair) -> list[Point]:
    """Return a point for each problem of the child, with the family's own answer to it."""
    reasons = [reason for reason in pair.reasons if _plain(reason["code"]) in WILLINGNESS]
    sentences = [reason["zin"] for reason in reasons]
    if pair.child is None or pair.family is None:
        kind = gravest(reason["soort"] for reason in reasons)
        return [Point(N_("Wat er speelt"), None, None, kind, sentences)] if reasons else []
    found = []
    for code, severity in pair.child["problematiek"].items():
        if severity:
            answer = pair.family["bereidheid"].get(code)
            kind = _answered(answer, severity)
            need, offer = needs.problem(pair, severity), offers.willingness(pair, answer)
            found.append(Point(PROBLEMS[code], need, offer, kind, []))
    if found:
        found[-1] = Point(found[-1].name, found[-1].need, found[-1].offer, found[-1].judgement,
                          sentences)  # fmt: skip
    return found


def _answered(answer: str | None, severity: int) -> str:
    # A no to what is light counts as a concern: the rule is about what is clear or severe.
    if answer == "nee" and severity < 2:
        return CONCERN
    return _BY_ANSWER.get(answer or "", UNKNOWN)


def gravest(kinds: Iterable[str]) -> str:
    """Return the gravest of some judgements; what nobody speaks of fits."""
    return max(kinds, key=_ORDER.index, default=FITS)


def of_any_family(reasons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what a child brings along with any family."""
    return [reason for reason in reasons if _plain(reason["code"]) in OF_CHILD]


def _say(pair: Pair, reasons: list[Mapping[str, Any]]) -> list[str]:
    said = [
        HIDDEN if pair.is_secret and tells_place(reason["code"]) else reason["zin"]
        for reason in reasons
    ]
    return list(dict.fromkeys(said))


def _plain(code: str) -> str:
    return code.removesuffix("_onbekend")
