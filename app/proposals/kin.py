"""A child's brothers and sisters as people read them: wishes, and who is proposed with whom."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.models import ProposalRole, Registration, SiblingPairWish
from app.models.match_run import REGION
from app.proposals.kin_queries import find_kin, homes_of, wishes_between
from app.proposals.kin_schemas import Kin, KinList, KinWish, Whereabouts
from app.proposals.queries import ShownProposal, proposals_of
from app.proposals.question_queries import newest_done_run
from app.proposals.schemas_compare import Proposed

_SHOWN = {
    ProposalRole.PROPOSED: Whereabouts.PROPOSED,
    ProposalRole.UNDERWAY: Whereabouts.UNDERWAY,
}
_Place = tuple[Whereabouts, Proposed]


def show_kin(session: Session, registration_id: UUID) -> KinList:
    """Return the brothers and sisters of a child, where each is or may go; raises NotFound."""
    own, group, others = find_kin(session, registration_id)
    run = newest_done_run(session, REGION)
    places = _places(session, [other.id for other in others], run.id if run else None)
    wishes = wishes_between(session, own, others)
    kin = [_kin(other, wishes, places) for other in others]
    return KinList(
        number=own.number,
        wish=group and group.wish,
        on_hold=bool(group and group.on_hold) or any(other.is_question for other in kin),
        run_id=run and run.id,
        kin=kin,
    )


def _kin(
    other: Registration,
    wishes: list[tuple[str, SiblingPairWish]],
    places: Mapping[UUID, _Place],
) -> Kin:
    how, family = places.get(other.id, (None, None))
    between = [
        KinWish(
            by=by, wish=wish.wish, whose=wish.whose, why=wish.why,
            contra_indication=wish.contra_indication,
        )
        for by, wish in wishes
        if other.number in (by, wish.other_number)
    ]  # fmt: skip
    return Kin(
        id=other.id, number=other.number, wish=other.sibling_wish, between=between, how=how,
        family=family, is_question=len({told.wish for told in between}) > 1,
    )  # fmt: skip


def _places(session: Session, ids: list[UUID], run_id: UUID | None) -> dict[UUID, _Place]:
    """Return with which family each child is: where it lives, else what the run says."""
    proposals = proposals_of(session, run_id, ids) if run_id and ids else {}
    found = {
        registration: place
        for registration, rows in proposals.items()
        for row in rows
        if (place := _proposed(row)) is not None
    }
    homes = homes_of(session, ids, today_in_amsterdam()) if ids else {}
    for registration, (provider, number) in homes.items():
        found[registration] = (Whereabouts.LIVES, Proposed(family=number, provider=provider))
    return found


def _proposed(row: ShownProposal) -> _Place | None:
    how = _SHOWN.get(row.proposal.role)
    return None if how is None else (how, Proposed(family=row.reference, provider=row.provider))
