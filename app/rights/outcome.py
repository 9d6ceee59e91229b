"""What a placement taught, kept without anybody's identity when its file is destroyed."""

from secrets import token_hex
from uuid import UUID

from sqlalchemy.orm import Session

from app.kernel.endings import EndLabel
from app.models import Family, PastPlacementRow, Placement, PlacementBasis, PlacementEnding
from app.placed.taken_over import is_taken_over

_AGE = "leeftijd_bij_start"
_ENDINGS = {EndLabel.BROKEN: "voortijdig afgebroken"}


def keep_outcome(session: Session, placement_id: UUID) -> None:
    """Add a row to the history without identities; nothing where its outcome is not known.

    Nor of one that ran before the service was told of it. No family, number, gender or place; age
    in whole years; from the first of a month, as long.
    """
    placement = session.get_one(Placement, placement_id)
    basis = session.get(PlacementBasis, placement_id)
    ending = session.get(PlacementEnding, placement_id)
    if is_taken_over(placement):
        return  # no outcome that may be learnt from, also without a name
    if basis is None or ending is None or placement.until is None or placement.is_bridging:
        return
    if ending.label is EndLabel.REVIEW or not basis.facts.get(_AGE):
        return
    began = placement.since.replace(day=1)
    session.add(
        PastPlacementRow(
            number=f"ZN-{token_hex(8)}",
            facts=basis.facts | {_AGE: str(int(float(basis.facts[_AGE])))},
            form=placement.form,
            kind=session.get_one(Family, placement.family_id).kind,
            began_on=began,
            ended_on=began + (placement.until - placement.since),
            ending=_ENDINGS.get(ending.label, "volgens plan"),
            created_at=placement.created_at,
        )
    )
    session.flush()
