"""The ladder of *zo thuis mogelijk* (as much at home as possible), and what an order allows.

Source of the order of rungs: Jeugdwet 2.3 (a family before a group, unless that is not in the
child's interest) and the region's plan of 2019. An order for placement out of the home names the
kind of stay (BW 1:265b); further than that kind nobody goes without another order.
"""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.kernel.legal_frame import (
    Frame,
    find_order_off,
    find_supervision_over,
)
from app.kernel.order_settings import NETWORK, plainly_named


class Rung(StrEnum):
    """Where a child can grow up (*trede*), the most like home first."""

    HOME = "thuis met steun"
    NETWORK = "eigen netwerk"
    FAMILY = "pleeggezin"
    FAMILY_HOME = "gezinshuis"
    SMALL_GROUP = "leefhuis"
    RESIDENTIAL = "residentieel"


class SettingKind(StrEnum):
    """Kind of care setting (*soort*)."""

    FAMILY_HOME = "gezinshuis"
    SMALL_GROUP = "leefhuis"
    RESIDENTIAL = "residentieel"


class LadderReason(StrEnum):
    """Why a step on the ladder was taken (*reden*)."""

    HOME_AGAIN = "weer thuis mogelijk"
    NETWORK_FOUND = "netwerk gevonden"
    FAMILY_FOUND = "gezin gevonden"
    NO_FAMILY = "geen gezin past"
    NEEDS_MORE = "zorg vraagt meer dan een gezin kan"
    SAFETY = "veiligheid"
    SIBLINGS = "broers en zussen samen"
    CHILD = "wens van het kind"
    PARENTS = "wens van de ouders"
    AFTER_BREAKDOWN = "na een afbreuk"
    OTHER = "anders"


class NetworkPurpose(StrEnum):
    """What somebody of the own network was asked for (*doel*)."""

    FAMILY = "netwerkgezin"
    MENTOR = "JIM"
    SUPPORT = "steun"


class Relation(StrEnum):
    """Who was asked, by kind and never by name (*relatie*)."""

    GRANDPARENT = "opa of oma"
    UNCLE_AUNT = "oom of tante"
    SIBLING = "broer of zus"
    OTHER_FAMILY = "andere familie"
    FAMILY_FRIEND = "vriend van de familie"
    NEIGHBOUR = "buren"
    SCHOOL = "school"
    SPORT = "sport of club"
    FAITH = "geloofsgemeenschap"
    FORMER_CARER = "eerdere pleegouder"
    OTHER = "anders"


class NetworkAnswer(StrEnum):
    """What the answer was (*uitkomst*)."""

    YES = "ja"
    NO = "nee"
    THINKING = "wil nadenken"


class MentorResult(StrEnum):
    """How it stands with a JIM case (*resultaat*)."""

    RUNNING = "loopt"
    STAYED_HOME = "thuis gebleven"
    LEFT_HOME = "toch uit huis"


RUNGS = tuple(Rung)
KIND_OF = {
    Rung.FAMILY_HOME: SettingKind.FAMILY_HOME,
    Rung.SMALL_GROUP: SettingKind.SMALL_GROUP,
    Rung.RESIDENTIAL: SettingKind.RESIDENTIAL,
}
# The words by which an order names a kind of stay. "24-uurs" and "instelling" are none: foster care
# is around the clock too, and a family has an institution behind it. A word that also tells of help
# or of a day ("gezinsgericht", "gesloten") counts before a word for a stay alone.
_STAY = (
    r"(?:voorziening|verblijf|setting|accommodatie|instelling|plaatsing|plek|leefgroep|groep)\w*"
)
_GROUP = r"(?:woon|leef)groep(?:en)?\b|leefhui(?:s|zen)\b"
_WORDS = {
    Rung.NETWORK: NETWORK,
    Rung.FAMILY: re.compile(r"(?<!netwerk[ -])\b(?!netwerk)\w*pleeg(?:gezin|zorg|ouder)\w*"),
    Rung.FAMILY_HOME: re.compile(rf"\bgezinshui(?:s|zen)\b|\bgezinsgerichte? (?:woon\w+|{_STAY})"),
    Rung.SMALL_GROUP: re.compile(
        rf"\b(?:{_GROUP})|\bkleinschalige? (?:residenti[eë]le )?(?:{_GROUP}|woon\w+|{_STAY})"
    ),
    Rung.RESIDENTIAL: re.compile(
        rf"\bresidentieel\b|\bresidenti[eë]le (?:{_GROUP}|(?:jeugd|zorg|behandel)\w*|{_STAY})"
        rf"|\b\w*accommodaties?\b|\bgesloten (?:jeugd\w+|{_GROUP}|{_STAY})|^gesloten$"
    ),
}
# Who stays with family stays there; what goes further is told of in another sense, or asked again.
_WITH_RELATIVES = re.compile(
    r"\bbij (?:(?:de|het|een|zijn|haar|hun|andere?|biologische|juridische|eigen) )*"
    r"(?:ouders?|vader|moeder|opa|oma|groot(?:ouders?|moeder|vader)|oom|tante|familie|broer|zus)\b",
    re.IGNORECASE,
)


class Allowed(NamedTuple):
    """How far the legal frame lets a child go, and why, in a sentence."""

    furthest: Rung
    sentence: str


def allowed_by(frame: Frame, day: date) -> Allowed:
    """Return the furthest rung that is allowed on a day; an order that is to come or is over,
    or of which the supervision is over, allows nothing."""
    issued_on = frame.ordered_on
    if issued_on is None and frame.needs_order:
        return Allowed(
            Rung.HOME,
            f"Onder {frame.kind} is voor een plek buiten huis een machtiging uithuisplaatsing "
            "nodig (BW 1:265b), en die is niet vastgelegd: vraag haar aan bij de kinderrechter.",
        )
    if issued_on is None:
        return Allowed(
            Rung.RESIDENTIAL,
            f"Onder {frame.kind} is geen machtiging nodig: wie het gezag heeft moet met de plek "
            "instemmen.",
        )
    ended = next(find_supervision_over(frame, day), None)
    if ended is not None:
        return Allowed(
            Rung.HOME,
            f"{ended.sentence} Zonder {frame.kind} geldt ook de machtiging niet (BW 1:265b): tot "
            "die er weer is kan alleen thuis met steun.",
        )
    off = next(find_order_off(frame, day), None)
    if off is not None:
        return Allowed(Rung.HOME, f"{off.sentence} Tot die er is kan alleen thuis met steun.")
    return _named_by(issued_on, frame.order_setting)


def _named_by(issued_on: date, setting: str | None) -> Allowed:
    rung = _rung_named(setting or "")
    if rung is not None:
        return Allowed(
            rung,
            f"De machtiging van {issued_on.day}-{issued_on.month}-{issued_on.year} noemt "
            f"'{setting}': niet verder dan {rung.value}. Voor een andere soort verblijf is een "
            "nieuwe machtiging nodig.",
        )
    return Allowed(
        Rung.HOME,
        "Welke soort verblijf de machtiging noemt is niet te lezen: leg vast wat er staat "
        "(pleeggezin, gezinshuis, leefhuis of accommodatie; bij meer dan een met 'of' ertussen, en "
        "zonder wat zij uitsluit), of vraag het de kinderrechter.",
    )


def _rung_named(setting: str) -> Rung | None:
    rung = max(plainly_named(setting, _WORDS), key=RUNGS.index, default=None)
    beyond = rung is not None and not is_within(rung, Rung.FAMILY)
    return None if beyond and _WITH_RELATIVES.search(setting) else rung


def is_within(rung: Rung, furthest: Rung) -> bool:
    """Return whether a rung is as much like home as another, or more."""
    return RUNGS.index(rung) <= RUNGS.index(furthest)


def above(rung: Rung) -> tuple[Rung, ...]:
    """Return the rungs more like home, of which somebody must say why they were not taken."""
    return RUNGS[: RUNGS.index(rung)]
