"""What the newest run says of one child: the one SELECT of it, and the one of its proposals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session, load_only

from app.freshness import heard
from app.kernel.errors import NotFound
from app.models import Family, MatchRun, Registration, Unplaced
from app.placed.secret import home_is_secret
from app.proposals.changed import OF_KIN, fields_since, kin_fields_since, weighed
from app.proposals.queries import NEWEST_DONE, PROPOSALS, ShownProposal
from app.weights_in_force import are_chances_off


@dataclass(frozen=True, slots=True)
class ToldOfFamily:
    """Of a proposal's family: its id, when it was last heard of, until when it pauses."""

    id: UUID
    last_heard: datetime
    paused_until: date | None


@dataclass(frozen=True, slots=True)
class LatestWord:
    """A registration and what the newest run that succeeded says of it.

    run: without its large fields; None when no run has succeeded. proposals: ranked in their role.
    why_not: None where something is proposed, or the child was not in the run. changed: fields
    that the run read and that were corrected since, and OF_KIN where kin_changed: one was of a
    brother or sister with whom it goes. families: those of the proposals.
    chances_off: whether chances are switched off now. is_secret: whether nobody may be shown where
    the child could live, also for a brother or sister (app/placed/secret.py).
    """

    registration: Registration
    run: MatchRun | None
    proposals: list[ShownProposal]
    why_not: dict[str, Any] | None
    changed: list[str]
    families: list[ToldOfFamily]
    chances_off: bool
    is_secret: bool
    kin_changed: bool


# Put together once, and all that the answer shows in two questions: a child's proposals are read
# often, and a question costs more than what it brings.
_LATEST_WORD = (
    select(
        Registration, MatchRun, Unplaced.why_not, fields_since(MatchRun),
        kin_fields_since(MatchRun), are_chances_off(), home_is_secret(),
    )
    .select_from(Registration)
    .outerjoin(MatchRun, MatchRun.id == NEWEST_DONE)
    .outerjoin(
        Unplaced,
        and_(Unplaced.run_id == MatchRun.id, Unplaced.registration_id == Registration.id),
    )
    .options(load_only(Registration.number, Registration.version, Registration.urgency,
                       Registration.care_form, Registration.expected_months,
                       Registration.secret_placement))
    .options(load_only(MatchRun.snapshot_day, MatchRun.policy_name, MatchRun.is_calibrated,
                       MatchRun.weights_version))
    .where(Registration.id == bindparam("wanted"))
)  # fmt: skip
_WITH_FAMILIES = PROPOSALS.add_columns(heard(), Family.paused_until)


def latest_word(session: Session, registration_id: UUID, region: str) -> LatestWord:
    """Return what the newest run of a region says of a registration; raises NotFound."""
    wanted = {"wanted": registration_id, "region": region}
    found = session.execute(_LATEST_WORD, wanted).one_or_none()
    if found is None:
        raise NotFound("Dit kind is hier niet aangemeld: controleer het id.")
    registration, run, why_not, changed, of_kin, chances_off, is_secret = found
    asked = {"run": run and run.id, "wanted": [registration_id]}
    rows = session.execute(_WITH_FAMILIES, asked).all() if run else []
    ranked = [ShownProposal(row[0], row[1], row[2]) for row in rows]
    families = [ToldOfFamily(row[0].family_id, row[3], row[4]) for row in rows]
    kin_changed = bool(weighed(of_kin))
    return LatestWord(
        registration=registration,
        run=run,
        proposals=ranked,
        why_not=why_not,
        # Also of its own where a brother or sister left it behind: the database notes it there.
        changed=list(dict.fromkeys([*weighed(changed), *([OF_KIN] if kin_changed else [])])),
        families=families,
        chances_off=bool(chances_off),
        is_secret=is_secret,
        kin_changed=kin_changed,
    )
