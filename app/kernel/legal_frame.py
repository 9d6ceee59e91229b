"""What the law asks before a placement may start: judged on plain values, by every slice alike.

A gap blocks the start of a placement, never the search. Sources: Jeugdwet (text of 1-1-2026) and
Burgerlijk Wetboek, Boek 1 (BW). A sentence names what is missing and what to do.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.order_settings import names_family, names_network_alone

MONTHS_TO_EXECUTE = 3  # BW 1:265c lid 3: an order that is not carried out by then lapses
VOLUNTARY, SUPERVISION, PROVISIONAL, GUARDIANSHIP = "vrijwillig", "OTS", "VOTS", "voogdij GI"
# An order is what takes a child out of its home under OTS or VOTS (BW 1:265b). Of these frames one
# that is recorded is left of an earlier frame: it lets nothing begin, and holds nothing up.
WITHOUT_ORDER = (VOLUNTARY, GUARDIANSHIP)


class AuthorityKind(StrEnum):
    """Who can have authority over a child (*gezag*)."""

    PARENT = "ouder"
    GUARDIAN = "voogd"
    GUARDIAN_AGENCY = "gecertificeerde instelling"
    NOBODY = "niemand"


class Consent(StrEnum):
    """Whether somebody with authority agrees to a placement (*toestemming*)."""

    YES = "ja"
    NO = "nee"
    UNKNOWN = "onbekend"


class GapCode(StrEnum):
    """What kind of gap there is in a legal frame."""

    FRAME = "kader"
    AUTHORITY = "gezag"
    CONSENT = "toestemming"
    ORDER = "machtiging"
    SETTING = "soort machtiging"
    EXECUTION = "uitvoeringstermijn"
    SUPERVISION = "einde ondertoezicht"
    MUNICIPALITY = "gemeente"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that must be settled first, with a sentence for people (in Dutch)."""

    code: GapCode
    sentence: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The legal frame of one registration.

    kind: as `juridischKader` says it. holders: kind and consent of each who has authority.
    order_executed_on: since when the child lives elsewhere under this order, which then stays.
    in_network: whether the family that is meant is of the network; None where none is meant yet.
    has_contract: whether the provider has one with the responsible municipality; None where no
    provider is meant yet, or nobody configured its contracts (is_contract_unknown).
    """

    kind: str
    holders: tuple[tuple[AuthorityKind, Consent], ...] = ()
    order_issued_on: date | None = None
    order_setting: str | None = None
    order_executed_on: date | None = None
    order_ends_on: date | None = None
    supervision_ends_on: date | None = None
    responsible_municipality: str | None = None
    has_contract: bool | None = None
    is_contract_unknown: bool = False
    in_network: bool | None = None

    @property
    def needs_order(self) -> bool:
        """Return whether a placement needs an order of the court (BW 1:265b)."""
        return self.kind in (SUPERVISION, PROVISIONAL)

    @property
    def ordered_on(self) -> date | None:
        """Return when the order was given that counts; None where the frame goes without one."""
        return None if self.kind in WITHOUT_ORDER else self.order_issued_on

    @property
    def execute_by(self) -> date | None:
        """Return the last day on which the order can be carried out (BW 1:265c lid 3)."""
        return months_later(self.ordered_on) if self.ordered_on else None


def months_later(day: date, months: int = MONTHS_TO_EXECUTE) -> date:
    """Return the same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def find_gaps(frame: Frame, day: date) -> list[Gap]:
    """Return what must be settled before a placement may start on a day; none is good."""
    return [
        *_authority(frame, day),
        *_order(frame, day),
        *_supervision(frame, day),
        *_municipality(frame),
    ]


def find_notices(frame: Frame) -> list[Gap]:
    """Return what somebody should find out first, though it stops nothing: it is not known."""
    return [*_family_untold(frame), *_contract_unknown(frame)]


def _family_untold(frame: Frame) -> Iterator[Gap]:
    is_read = frame.ordered_on is not None and frame.in_network is None
    if is_read and names_network_alone(frame.order_setting or ""):
        yield Gap(
            GapCode.SETTING,
            "De machtiging noemt alleen een netwerkpleeggezin: zoek in het netwerk; voor een ander "
            "pleeggezin is een nieuwe machtiging nodig.",
        )


def _contract_unknown(frame: Frame) -> Iterator[Gap]:
    if frame.is_contract_unknown:
        whose = frame.responsible_municipality or "de verantwoordelijke gemeente"
        yield Gap(
            GapCode.CONTRACT,
            "Contract niet bekend: voor deze aanbieder is niet vastgelegd met welke gemeenten hij "
            f"een contract heeft; ga na of {whose} erbij is, en laat de beheerder het vastleggen.",
        )


def order_holds(frame: Frame, day: date) -> bool:
    """Return whether a court order holds on a day, so that a no is weighed and is no veto.

    Only under OTS or VOTS, which it needs (BW 1:265b): one that is left of an earlier frame, is not
    given yet, has lapsed or ended, or of which the supervision ended, is none.
    """
    if not frame.needs_order or frame.ordered_on is None:
        return False
    return not [*find_order_off(frame, day), *find_supervision_over(frame, day)]


def _authority(frame: Frame, day: date) -> Iterator[Gap]:
    if not frame.holders:
        yield Gap(GapCode.AUTHORITY, "Wie het gezag heeft is niet vastgelegd: leg dat vast.")
        return
    kinds = {kind for kind, _ in frame.holders}
    if kinds == {AuthorityKind.NOBODY}:
        yield Gap(
            GapCode.AUTHORITY,
            "Niemand heeft het gezag: laat de rechter eerst in een (voorlopige) voogdij voorzien.",
        )
    if frame.kind == GUARDIANSHIP and AuthorityKind.GUARDIAN_AGENCY not in kinds:
        yield Gap(
            GapCode.AUTHORITY,
            "Het kader is voogdij van een GI, maar het gezag ligt bij een ander: zoek dat uit.",
        )
    yield from _consent(frame, day)


def _consent(frame: Frame, day: date) -> Iterator[Gap]:
    # With an order under OTS or VOTS a no is weighed, but does not stop the placement.
    by_order = order_holds(frame, day)
    for kind, consent in frame.holders:
        if kind is AuthorityKind.NOBODY:
            continue
        if consent is Consent.UNKNOWN:
            yield Gap(
                GapCode.CONSENT,
                f"Niet bekend is of de {kind.value} met gezag instemt: vraag het en leg het vast.",
            )
        if consent is Consent.NO and not by_order:
            yield Gap(
                GapCode.CONSENT,
                f"De {kind.value} met gezag stemt niet in, en er is geen machtiging die daarvoor "
                "in de plaats komt.",
            )


def _order(frame: Frame, day: date) -> Iterator[Gap]:
    if not frame.needs_order and frame.kind not in WITHOUT_ORDER:
        yield Gap(
            GapCode.FRAME,
            f"Het juridisch kader is hier niet bekend: kies {VOLUNTARY}, {SUPERVISION}, "
            f"{PROVISIONAL} of {GUARDIANSHIP}.",
        )
    if frame.ordered_on is None:
        if frame.needs_order:
            yield Gap(
                GapCode.ORDER,
                f"Onder {frame.kind} is een machtiging uithuisplaatsing nodig (BW 1:265b), en die "
                "is niet vastgelegd.",
            )
        return
    if not names_family(frame.order_setting or ""):
        yield Gap(
            GapCode.SETTING,
            "De machtiging noemt geen pleeggezin of pleegzorg: ga na of zij voor dit soort "
            "verblijf geldt.",
        )
    elif frame.in_network is False and names_network_alone(frame.order_setting or ""):
        yield Gap(
            GapCode.SETTING,
            "De machtiging noemt alleen een netwerkpleeggezin, en dat is dit gezin niet: zoek in "
            "het netwerk, of vraag een nieuwe machtiging.",
        )
    yield from find_order_off(frame, day)


def find_order_off(frame: Frame, day: date) -> Iterator[Gap]:
    """Yield why the order of a frame, if there is one, does not hold on a day: it is to come, or
    over; nothing if it holds."""
    if frame.ordered_on is None:
        return
    if frame.ordered_on > day:
        yield Gap(
            GapCode.ORDER,
            f"De machtiging is van {_told(frame.ordered_on)} en geldt op {_told(day)} nog "
            "niet: wacht op de beschikking, of verbeter de datum.",
        )
    if _has_lapsed(frame, day):
        yield Gap(
            GapCode.EXECUTION,
            f"De machtiging van {_told(frame.ordered_on)} is niet binnen drie maanden "
            "uitgevoerd en vervalt dan (BW 1:265c lid 3): vraag een nieuwe.",
        )
    if frame.order_ends_on is not None and frame.order_ends_on < day:
        yield Gap(
            GapCode.ORDER,
            f"De machtiging liep tot {_told(frame.order_ends_on)}: vraag verlenging.",
        )


def _supervision(frame: Frame, day: date) -> Iterator[Gap]:
    if not frame.needs_order:
        return
    if frame.supervision_ends_on is None:
        yield Gap(
            GapCode.SUPERVISION, f"Tot wanneer de {frame.kind} loopt is niet vastgelegd: vul aan."
        )
    yield from find_supervision_over(frame, day)


def find_supervision_over(frame: Frame, day: date) -> Iterator[Gap]:
    """Yield that the OTS or VOTS of a frame is over on a day; nothing if it is not, or is none."""
    ends_on = frame.supervision_ends_on
    if frame.needs_order and ends_on is not None and ends_on < day:
        yield Gap(
            GapCode.SUPERVISION,
            f"De {frame.kind} liep tot {_told(ends_on)}: vraag verlenging.",
        )


def _municipality(frame: Frame) -> Iterator[Gap]:
    if frame.responsible_municipality is None:
        yield Gap(
            GapCode.MUNICIPALITY,
            "Welke gemeente verantwoordelijk is (woonplaatsbeginsel, Jeugdwet 1.1) is niet "
            "vastgelegd: zoek het uit.",
        )
    elif frame.has_contract is False:
        yield Gap(
            GapCode.CONTRACT,
            f"De aanbieder heeft geen contract met de gemeente {frame.responsible_municipality}: "
            "vraag die gemeente om een los contract, of kies een andere aanbieder.",
        )


def _has_lapsed(frame: Frame, day: date) -> bool:
    issued_on, executed_on, execute_by = frame.ordered_on, frame.order_executed_on, frame.execute_by
    if issued_on is None or execute_by is None:
        return False
    # A day of before the order is of an earlier one; after three months there was none any more.
    if executed_on is not None and issued_on <= executed_on <= execute_by:
        return False
    return execute_by < day


def _told(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
