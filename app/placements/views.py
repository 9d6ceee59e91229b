"""From stored placements to what the door shows."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.db.session import as_system
from app.kernel.chance_band import band_of, basis_words
from app.kernel.clock import today_in_amsterdam
from app.kernel.endings import MEANING, EndLabel, why_review
from app.kernel.holding import REUNION_NEAR, BreakdownKind
from app.models import Placement, PlacementBasis, PlacementChange, PlacementEnding
from app.placements.parted import is_parted
from app.placements.queries import (
    Around,
    around,
    basis_of,
    breakdowns_of,
    chain_of,
    changes_of,
    has_bed,
    is_calibrated,
    judgements_of,
    next_of,
    seen_of,
)
from app.placements.schemas_out import (
    ActOut,
    Attention,
    ChainLink,
    EndingOut,
    FieldTold,
    JudgementOut,
    NextStep,
    PlacementChangeOut,
    PlacementLine,
    PlacementOut,
    PlacementState,
    StartOut,
    ToJudge,
)

_LINE = (
    "id", "registration_id", "form", "rhythm", "since", "until", "origin", "is_bridging",
)  # fmt: skip
_WHOLE = (
    "follows_id", "allocation_number", "together", "split_reason", "support_plan",
    "no_support_reason", "outside_ground", "provider_yes_on", "referrer_yes_on", "referrer",
    "choice_reason", "no_follow_up_reason",
)  # fmt: skip


def show_lines(session: Session, placements: list[Placement]) -> list[PlacementLine]:
    """Return placements that the asker may see as lines of a list."""
    with as_system(session):
        known = around(session, [placement.id for placement in placements])
        return [_line(placement, known[placement.id]) for placement in placements]


def show_placement(session: Session, placement: Placement) -> PlacementOut:
    """Return one placement that the asker may see, with all that was done with it."""
    with as_system(session):
        known = around(session, [placement.id])[placement.id]
        basis = basis_of(session, placement.id)
        chain = chain_of(session, placement.id)
        changes = changes_of(session, placement.id)
        bed = has_bed(session, placement)
        ending = _shown_ending(session, known) if known.ending else None
    # In the asker's own name: a provider sees no family of another one in the row of moves.
    links = seen_of(session, chain)
    with as_system(session):
        linked = around(session, [row.id for row in links])
    is_secret = known.is_secret
    return PlacementOut(
        **_line(placement, known).model_dump(),
        **{name: getattr(placement, name) for name in _WHOLE},
        step_id=placement.pair_id,
        reunite_by=known.registration.reunite_by,
        place_name=known.place_name,
        km=_km(basis),
        has_bed=bed,
        start=_start(session, basis),
        ending=ending,
        chain=[_link(row, linked[row.id]) for row in links],
        changes=[_change(row, is_secret=is_secret) for row in changes],
    )


def show_act(
    session: Session,
    placement: Placement,
    *,
    notices: list[str] | None = None,
    following: NextStep | None = None,
) -> ActOut:
    """Return a placement after an act on it."""
    return ActOut(
        placement=show_placement(session, placement),
        notices=notices or [],
        following=following,
    )


def show_to_judge(session: Session, placements: list[Placement]) -> list[ToJudge]:
    """Return ends that wait for a judgement, with what is known of each."""
    ids = [placement.id for placement in placements]
    lines = {line.id: line for line in show_lines(session, placements)}
    with as_system(session):
        known = around(session, ids)
        records, later = breakdowns_of(session, ids), next_of(session, ids)
        shown = []
        for placement in placements:
            facts = [
                *_of_records([record.kind for record in records[placement.id]]),
                *_of_course(placement, known[placement.id], later.get(placement.id)),
            ]
            ending = _shown_ending(session, known[placement.id])
            shown.append(ToJudge(placement=lines[placement.id], ending=ending, known=facts))
    return shown


def _line(placement: Placement, known: Around) -> PlacementLine:
    return PlacementLine(
        **{name: getattr(placement, name) for name in _LINE},
        number=known.registration.number,
        first_name=known.first_name,
        provider=known.provider,
        family=known.family,
        state=PlacementState.RUNNING if placement.until is None else PlacementState.ENDED,
        outcome=known.ending.label if known.ending else None,
        attention=list(_attention(placement, known)),
        next_review=known.next_review if placement.until is None else None,
        is_secret=known.is_secret,
    )


def _attention(placement: Placement, known: Around) -> Iterator[Attention]:
    due, ending = known.next_review, known.ending
    if placement.until is None:
        if due is not None and due < today_in_amsterdam():
            yield Attention.REVIEW_OVERDUE
        if known.lacks_yes:
            yield Attention.YES_MISSING
        if known.lacks_follow_up:
            yield Attention.FOLLOW_UP
        yield from _reunion(placement, known)
        return
    if ending is None:
        if not placement.is_bridging:
            yield Attention.NOT_DESCRIBED
        return
    if ending.label is EndLabel.REVIEW:
        yield Attention.TO_JUDGE
    if ending.label is EndLabel.BROKEN and not known.has_record:
        yield Attention.NO_RECORD


def _reunion(placement: Placement, known: Around) -> Iterator[Attention]:
    """Yield what is open where a crisis parted brothers and sisters; as `PARTED` in the queries."""
    if not is_parted(placement, known.registration):
        return
    day = known.registration.reunite_by
    if day is None:
        yield Attention.REUNION_OPEN
    elif day <= today_in_amsterdam() + REUNION_NEAR:
        yield Attention.REUNION_DUE


def _start(session: Session, basis: PlacementBasis | None) -> StartOut | None:
    if basis is None:
        return None
    has_chance = basis.chance is not None
    rests_on = basis_words(is_calibrated=is_calibrated(session, basis.run_id))
    return StartOut(
        facts=basis.facts,
        chance=basis.chance,
        interval=[basis.chance_low or 0.0, basis.chance_high or 0.0] if has_chance else None,
        band=band_of(basis.chance) if basis.chance is not None else None,
        grounds=rests_on if has_chance else None,
        months=basis.horizon_months,
        weights=basis.weights_version,
        run_id=basis.run_id,
    )


def _km(basis: PlacementBasis | None) -> float | None:
    found = basis.facts.get("afstand_huis_km") if basis else None
    return float(found) if found else None


def _shown_ending(session: Session, known: Around) -> EndingOut:
    ending = known.ending
    assert ending is not None  # noqa: S101  (asked for endings alone)
    is_secret = known.is_secret
    return EndingOut(
        code=ending.code,
        meaning=MEANING[ending.code],
        went_to=ending.went_to,
        label=ending.label,
        to_judge=why_review(ending.code, ending.went_to, has_record=known.has_record),
        note=ending.note,
        recorded_at=ending.created_at,
        judgements=_judgements(session, ending, is_secret=is_secret),
        is_secret=is_secret,
    )


def _judgements(
    session: Session, ending: PlacementEnding, *, is_secret: bool
) -> list[JudgementOut]:
    return [
        JudgementOut(
            label=row.label, reason=row.reason, actor=row.actor, recorded_at=row.created_at,
            is_secret=is_secret,
        )
        for row in judgements_of(session, ending.placement_id)
    ]  # fmt: skip


def _link(placement: Placement, known: Around) -> ChainLink:
    return ChainLink(
        id=placement.id,
        provider=known.provider,
        family=known.family,
        form=placement.form,
        since=placement.since,
        until=placement.until,
        label=known.ending.label if known.ending else None,
    )


def _change(row: PlacementChange, *, is_secret: bool) -> PlacementChangeOut:
    return PlacementChangeOut(
        act=row.act,
        on_day=row.on_day,
        told=[FieldTold(field=n, was=pair[0], became=pair[1]) for n, pair in row.told.items()],
        reason=row.reason,
        actor=row.actor,
        role=row.role,
        recorded_at=row.created_at,
        is_secret=is_secret,
    )


def _of_records(kinds: list[BreakdownKind]) -> Iterator[str]:
    broke, nearly = kinds.count(BreakdownKind.BROKE), kinds.count(BreakdownKind.NEARLY)
    if broke:
        yield "Er is een afbreukverslag."
    if nearly:
        yield f"Eerder bijna afgebroken: {nearly} keer vastgelegd."
    if not kinds:
        yield "Er is geen afbreukverslag."


def _of_course(placement: Placement, known: Around, later: Placement | None) -> Iterator[str]:
    days = ((placement.until or today_in_amsterdam()) - placement.since).days
    months = known.registration.expected_months
    lasted = "1 dag" if days == 1 else f"{days} dagen"
    meant = "1 maand" if months == 1 else f"{months} maanden"
    yield f"De plaatsing duurde {lasted}; verwacht was {meant}."
    if later is None:
        yield "Van een volgende plaatsing is hier niets bekend."
    elif later.family_id == placement.family_id:
        yield "Het kind woont verder in hetzelfde gezin."
    else:
        yield "Daarna kwam het kind in een ander gezin."
