"""Draws what the children of one home share: the request, the legal frame, the people around."""

from datetime import date, timedelta

from app.kernel.words import CareForm, SiblingWish, Urgency, VisitPlace
from app.simulation.areas import Area, Areas, draw_address
from app.simulation.child import Background, Contact, Household, LegalFrame, Request, Siblings
from app.simulation.dice import Dice, Shares
from app.simulation.names import LANGUAGES, MENTORS
from app.simulation.plan import HouseholdPlan

DAYS_A_YEAR = 365.25
_ADULT_YEARS = 21  # foster care runs to 21 by default
_FORMS = Shares(
    {
        CareForm.CRISIS: 19,
        CareForm.SHORT_TERM: 45,
        CareForm.LONG_TERM: 37,
        CareForm.PART_TIME: 19,
    }
)
_WISHES = Shares({SiblingWish.TOGETHER: 6, SiblingWish.TOGETHER_UNLESS: 10, SiblingWish.APART: 2})
_MEASURES = Shares({"OTS": 53, "vrijwillig": 36, "voogdij GI": 23, "VOTS": 8})
_STAYS = {
    Urgency.CRISIS: Shares(
        {"thuis": 5, "ziekenhuis": 5, "groep": 4, "crisisplek": 3, "pleeggezin dat stopt": 2}
    ),
    Urgency.URGENT: Shares(
        {"thuis": 12, "crisisplek": 11, "groep": 10, "netwerk, tijdelijk": 7,
         "pleeggezin dat stopt": 3}
    ),
    Urgency.REGULAR: Shares(
        {"thuis": 16, "groep": 12, "pleeggezin dat stopt": 10, "crisisplek": 9,
         "netwerk, tijdelijk": 8, "ziekenhuis": 3}
    ),
}  # fmt: skip
_WAITED_DAYS = {Urgency.CRISIS: (0, 2), Urgency.URGENT: (1, 28), Urgency.REGULAR: (14, 260)}
_NEEDED_AFTER_DAYS = {Urgency.CRISIS: (0, 0), Urgency.URGENT: (2, 14), Urgency.REGULAR: (13, 90)}
_MONTHS = {
    CareForm.CRISIS: (1, 1),
    CareForm.SHORT_TERM: (4, 18),
    CareForm.LONG_TERM: (24, 180),
    CareForm.PART_TIME: (6, 34),
}
_VISITS = Shares({0: 20, 1: 20, 2: 43, 4: 29, 8: 8})
_VISIT_PLACES = Shares(
    {VisitPlace.PARENTS: 48, VisitPlace.NEUTRAL: 39, VisitPlace.FOSTER_FAMILY: 33}
)
_FAITH_WISHES = Shares({None: 95, "islam": 17, "rooms-katholiek": 5, "protestants": 3})
_BIG5_ANSWERS = Shares({"ja": 44, "gedeeltelijk": 35, "nee": 28, "onbekend": 13})


def draw_household(
    dice: Dice,
    plan: HouseholdPlan,
    *,
    areas: Areas,
    ages: list[int],
    code: str | None,
    network_family: str | None,
    today: date,
) -> Household:
    """Return a household for a plan; ages are the children's, in days on the snapshot day.

    code names the sibling group, where there is one.
    """
    home = areas.draw_home(dice)
    return Household(
        address=draw_address(dice, home),
        legal=_draw_legal_frame(dice, today),
        request=_draw_request(dice, plan, ages=ages, today=today),
        contact=_draw_contact(dice, home, areas=areas, may_hide=not plan.has_network_family),
        background=_draw_background(dice, plan, youngest=min(ages)),
        siblings=Siblings(code, dice.draw(_WISHES)) if code else None,
        network_family=network_family,
    )


def _draw_legal_frame(dice: Dice, today: date) -> LegalFrame:
    measure = dice.draw(_MEASURES)
    if measure == "vrijwillig":
        return LegalFrame("huisarts" if dice.hits(0.06) else "lokaal team", measure, None)
    needs_order = measure == "VOTS" or (measure == "OTS" and dice.hits(0.94))
    ordered_on = today - timedelta(days=dice.between(1, 80)) if needs_order else None
    return LegalFrame("gecertificeerde instelling", measure, ordered_on)


def _draw_request(dice: Dice, plan: HouseholdPlan, *, ages: list[int], today: date) -> Request:
    form = plan.shortage.care_form if plan.shortage else dice.draw(_FORMS)
    urgency = _draw_urgency(dice, form)
    waited = min(dice.between(*_WAITED_DAYS[urgency]), *ages)  # nobody waits before birth
    registered_on = today - timedelta(days=waited)
    stays_now = dice.draw(_STAYS[urgency])
    return Request(
        care_form=form,
        urgency=urgency,
        stays_now=stays_now,
        leave_by=_draw_leave_by(dice, urgency, stays_now=stays_now, today=today),
        registered_on=registered_on,
        needed_from=registered_on + timedelta(days=dice.between(*_NEEDED_AFTER_DAYS[urgency])),
        expected_months=_draw_months(dice, form, eldest=max(ages)),
    )


def _draw_urgency(dice: Dice, form: CareForm) -> Urgency:
    if form is CareForm.CRISIS:
        return Urgency.CRISIS
    return Urgency.URGENT if dice.hits(0.43) else Urgency.REGULAR


def _draw_leave_by(dice: Dice, urgency: Urgency, *, stays_now: str, today: date) -> date | None:
    if urgency is Urgency.CRISIS:
        return today
    if stays_now == "thuis" or dice.hits(0.34):
        return None
    return today + timedelta(days=dice.between(5, 90))


def _draw_months(dice: Dice, form: CareForm, *, eldest: int) -> int:
    until_adult = int((_ADULT_YEARS - eldest / DAYS_A_YEAR) * 12)
    return min(dice.between(*_MONTHS[form]), until_adult)


def _draw_contact(dice: Dice, home: Area, *, areas: Areas, may_hide: bool) -> Contact:
    visits, place = dice.draw(_VISITS), dice.draw(_VISIT_PLACES)
    if may_hide and dice.hits(0.035):
        return Contact(visits, VisitPlace.NEUTRAL, is_secret=True, excluded=((home.code, 8),))
    closed = ((areas.draw_home(dice).code, 3),) if dice.hits(0.02) else ()
    return Contact(visits, place, is_secret=False, excluded=closed)


def _draw_background(dice: Dice, plan: HouseholdPlan, *, youngest: int) -> Background:
    has_mentor = youngest > 4 * DAYS_A_YEAR and dice.hits(0.33)
    return Background(
        languages=_draw_languages(dice),
        faith_wish=dice.draw(_FAITH_WISHES),
        is_network_sought=plan.has_network_family or dice.hits(0.88),
        mentor=dice.pick(MENTORS) if has_mentor else None,
        big5=tuple(dice.draw(_BIG5_ANSWERS) for _ in range(5)),
    )


def _draw_languages(dice: Dice) -> tuple[str, ...]:
    roll = dice.fraction()
    if roll < 0.74:
        return ("Nederlands",)
    other = dice.pick(LANGUAGES)
    return ("Nederlands", other) if roll < 0.965 else (other,)
