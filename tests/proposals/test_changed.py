"""Proposals that rest on what is no longer said, and a run that names what was corrected."""

from sqlalchemy.orm import Session

from app.intake.schemas import RegistrationIn
from app.kernel.clock import now
from app.models import DisputedBy, FactCorrection, MatchRun, Registration
from app.proposals.changed import NOT_READ, NOT_READ_PARTS, weighed
from app.proposals.schemas import ChildProposals
from app.proposals.views import show_proposals
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration


def run_now(session: Session) -> MatchRun:
    """Perform a run that begins at this instant: the whole test is one transaction to now()."""
    begun = now()
    run = run_here(session)
    run.started_at = begun
    session.flush()
    return run


def stale(session: Session, child: Registration) -> list[str] | None:
    shown, _ = show_proposals(session, child.id)
    found = ChildProposals.model_validate(shown).stale
    return found.fields if found else None


def tell(session: Session, child: Registration, **fields: str) -> None:
    """Let a registration say something, as digests by field; `_` stands for a point."""
    child.field_digests = {name.replace("_", "."): value for name, value in fields.items()}
    session.flush()


def test_a_proposal_grows_old_by_what_the_run_read(session: Session) -> None:
    """Each field that changed after the run, until the next one; a name it never read is none."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1", field_digests={"sdqTotaal": "a", "jim": "a"})
    run_now(session)
    assert stale(session, child) is None
    tell(session, child, sdqTotaal="a", jim="b")
    assert stale(session, child) is None
    tell(session, child, sdqTotaal="b", jim="b", problematiek_lvb="c")
    assert stale(session, child) == ["problematiek.lvb", "sdqTotaal"]
    run_now(session)
    assert stale(session, child) is None


def test_a_change_of_which_the_fields_are_unknown_makes_a_proposal_old(session: Session) -> None:
    """A registration of before digests were kept may have changed in anything."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1", field_digests=None)
    run_now(session)
    tell(session, child, sdqTotaal="b")
    assert stale(session, child) == ["aanmelding"]


def test_the_next_run_names_what_was_corrected(session: Session) -> None:
    """By number and field, never the value; the run after that says it no more."""
    make_family(session, reference="SPI-1")
    child = make_registration(session, number="AM-1")

    def correct(field: str) -> None:
        session.add(
            FactCorrection(
                registration_id=child.id, field=field, sealed=b"x", reason="x", actor="x",
                disputed_by=DisputedBy.CHILD, role="aanmeldpunt",
            )
        )  # fmt: skip
        session.flush()

    correct("talen")
    assert told(run_now(session).notices) == []
    correct("sdqTotaal")
    correct("problematiek.lvb")
    (notice,) = told(run_now(session).notices)
    assert notice.startswith(
        "Aanmelding AM-1: sinds de vorige matchrun gecorrigeerd: problematiek.lvb, sdqTotaal."
    )
    assert told(run_now(session).notices) == []


def told(notices: list[dict[str, object]]) -> list[str]:
    return [str(one["melding"]) for one in notices if one["veld"] == "correctie"]


def test_what_no_run_reads_is_of_a_registration() -> None:
    """A renamed field leaves the list; what is not on it makes a proposal old."""
    names = {field.alias or key for key, field in RegistrationIn.model_fields.items()}
    assert names > NOT_READ
    assert {name.split(".")[0] for name in NOT_READ_PARTS} <= names
    assert weighed(["big5.wonen", "broersZussen.apartOmdat", "postcode", "postcode"]) == [
        "postcode"
    ]
