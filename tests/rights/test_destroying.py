"""Destroying a file: nothing of the child is left anywhere, and nothing of others goes with it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.encryption import decrypt_bsn
from app.db.sealing import seal, unseal
from app.kernel.errors import Conflict
from app.kernel.stages import Stage
from app.models import (
    BegunPair,
    Child,
    Draft,
    GivenAnswer,
    ImportBatch,
    ImportContent,
    ImportFinding,
    ImportKind,
    ImportState,
    KeptForm,
    LegalHold,
    MatchRun,
    PastPlacementRow,
    Placement,
    PlacementEnding,
    Proposal,
    Registration,
    RegistrationState,
    SiblingPairWish,
)
from app.models.import_batch import FindingKind
from app.proposals.queries import find_run
from app.proposals.replay import replay
from app.proposals.snapshot import load_problem
from app.rights.destroy import destroy_file
from app.rights.runs import renamed
from app.rights.whose import Whose, find_whose
from tests.proposals.running import run_here
from tests.rights.full import BSN, NAME, NUMBER, SETTINGS, Full, make_full
from tests.rights.lived import NOW
from tests.rights.planting import dump


@pytest.fixture
def full(session: Session) -> Full:
    return make_full(session)


def whose(session: Session, id_: UUID) -> Whose:
    found = find_whose(session, id_)
    assert found is not None
    return found


def destroy(session: Session, full: Full) -> dict[str, int]:
    return destroy_file(session, whose(session, full.registration_id), SETTINGS)


def opened(tables: dict[str, Any]) -> str:
    """Everything as text, with what is sealed by hand opened."""
    for row in tables["child_bsn"]:
        row["ciphertext"] = decrypt_bsn(row["ciphertext"], SETTINGS, child=row["child_id"])
    for mapper in Base.registry.mappers:
        for column in mapper.columns:
            bound = column.info.get("sealed")
            if bound is None or mapper.local_table.name in ("child_bsn", "subscription"):
                continue
            for row in tables[mapper.local_table.name]:
                if row[column.name]:
                    owner = ":".join(str(row[name]) for name in bound.owner)
                    told = unseal(row[column.name], SETTINGS, use=bound.use, owner=owner)
                    row[column.name] = told
    for row in tables["match_run"]:
        row["problem"] = load_problem(row["problem"]) if row["problem"] else None
    return repr(tables)


def leave_traces(session: Session) -> None:
    """An answer, a form, a file that failed, its findings: with the child's name and number."""
    told = {"voornaam": NAME, "aanmeldnummer": NUMBER}
    session.add(
        GivenAnswer(actor="systeem", key="sleutel", digest="d", status=201, headers={}, body=told)
    )
    session.add(
        GivenAnswer(actor="systeem", key="ander", digest="d", status=201, headers={}, body={})
    )
    session.add(KeptForm(key_hash=b"x", sealed=b"y", ends_at=NOW))
    batch = ImportBatch(
        kind=ImportKind.REGISTRATIONS, state=ImportState.FAILED, file="x", sha256="x", actor="x",
        read=1, added=0, changed=0, unchanged=0, refused=1, to_confirm=0,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    halves = f'{{"voornaam": "{NAME}", "aanmeldnummer": "{NUMBER[:4]}', f'{NUMBER[4:]}"}}'
    for ordinal, half in enumerate(halves):
        piece = seal(half.encode(), SETTINGS, use="import", owner=f"{batch.id}:{ordinal}")
        session.add(ImportContent(import_id=batch.id, ordinal=ordinal, sealed=piece))
    session.add(
        ImportFinding(
            import_id=batch.id,
            kind=FindingKind.REFUSED,
            file="x",
            row=1,
            field="voornaam",
            message=f"{NAME} kan niet.",
            record=NUMBER,
        )
    )
    session.flush()


def test_no_mark_of_the_child_is_left_in_any_table(session: Session, full: Full) -> None:
    """Every table as the code reads it, and what is sealed opened; old ids lead nowhere."""
    leave_traces(session)
    before = opened(dump(session))
    for word in (NAME, BSN, NUMBER, "kind-registration-child_voice", str(full.placement_id)):
        assert word in before
    destroy(session, full)
    left = opened(dump(session))
    gone = (NAME, BSN, NUMBER, "gi-merk", "kind-", "1012KX", "schuilplaats", "2020, 5, 3",
            str(full.placement_id), str(full.child_id))  # fmt: skip
    for word in gone:
        assert word not in left, left[left.index(word) - 300 : left.index(word) + 100]
    # The log alone still has our own id of the file.
    assert left.count(str(full.registration_id)) == 1
    assert session.scalars(select(GivenAnswer.key)).all() == ["ander"]


def test_others_stay_whole(session: Session, full: Full) -> None:
    """Sister, family, places and their files: the same, but for the number of the child in them."""
    kept = {"family", "family_form", "place", "housemate", "provider", "subscription", "event",
            "audit_event", "postcode_area"}  # fmt: skip
    before = dump(session)
    destroy(session, full)
    after = dump(session)
    for table in kept:
        assert before[table] == after[table], table
    sister = session.get_one(Registration, full.sister_id)
    for table, key in (("registration", "id"), ("registration_problem", "registration_id"),
                       ("stage_change", "registration_id")):  # fmt: skip
        own = [[row for row in told[table] if row[key] == sister.id] for told in (before, after)]
        assert own[0], table
        assert own[0] == own[1], table
    wish = session.scalars(
        select(SiblingPairWish).where(SiblingPairWish.registration_id == sister.id)
    ).one()
    shell = session.scalars(select(Registration).where(Registration.is_destroyed)).one()
    assert wish.other_number.startswith("VERNIETIGD-")
    assert wish.other_number != shell.number
    assert session.get_one(Child, sister.child_id).first_name == "Zusjelief"


def test_what_is_counted_stays(session: Session, full: Full) -> None:
    """A registration, a step and a placement that ended: on their days, without who it was."""
    destroy(session, full)
    shell = session.scalars(select(Registration).where(Registration.is_destroyed)).one()
    placement = session.scalars(select(Placement)).one()
    assert (placement.registration_id, placement.family_id) == (shell.id, full.family_id)
    assert (placement.since, placement.until) == (date(2026, 1, 10), date(2026, 6, 20))
    assert session.get_one(PlacementEnding, placement.id).label == "voortijdig afgebroken"
    assert session.scalars(select(BegunPair.registration_id)).one() == shell.id
    assert (shell.registered_on, shell.sibling_group_id) == (date(2025, 12, 1), None)
    child = session.get_one(Child, shell.child_id)
    assert (child.first_name, child.born_on) == ("vernietigd", date(2020, 7, 1))
    (outcome,) = session.scalars(select(PastPlacementRow)).all()
    assert (outcome.facts["leeftijd_bij_start"], outcome.facts["ernst_lvb"]) == ("5", "3")
    assert (outcome.began_on, outcome.ending) == (date(2026, 1, 1), "voortijdig afgebroken")
    assert find_whose(session, shell.id) is None


def test_runs_are_played_again_with_another_number(session: Session, full: Full) -> None:
    """The same plan and chances for all; the child stands in them under a number of nobody."""
    session.get_one(Registration, full.registration_id).state = RegistrationState.SEARCHING
    session.flush()
    run = run_here(session, day=date(2026, 7, 1))
    run_id = run.id
    session.execute(
        update(MatchRun).values(notices=[{"zin": f"Kind {NUMBER}: let op, {NUMBER}-2."}])
    )
    session.get_one(Registration, full.registration_id).state = RegistrationState.PLACED
    session.flush()
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Proposal))
    destroy(session, full)
    session.expire_all()
    again = replay(session, find_run(session, run_id))
    assert again.is_equal
    sealed = session.get_one(MatchRun, run_id).problem or b""
    told = unseal(sealed, SETTINGS, use="matchrun", owner=run_id)
    numbers = load_problem(told).children.number
    assert NUMBER not in numbers
    assert any(number.startswith("VERNIETIGD-") for number in numbers)
    (notice,) = session.get_one(MatchRun, run_id).notices
    assert notice["zin"].endswith(f", {NUMBER}-2.")
    assert NUMBER not in notice["zin"].removesuffix(f"{NUMBER}-2.")


def test_only_whole_numbers_are_replaced() -> None:
    """AM-1 is another child than AM-12; a name of a field is replaced as well."""
    told = {"AM-1": ["AM-12", "AM-1, AM-1."], "x": "XAM-1"}
    assert renamed(told, {"AM-1": "Z"}) == {"Z": ["AM-12", "Z, Z."], "x": "XAM-1"}


@pytest.mark.parametrize("what", ["zoekt", "woont", "bewaarplicht"])
def test_nothing_is_destroyed_while_something_runs(session: Session, full: Full, what: str) -> None:
    """It says what; nothing has changed."""
    if what == "zoekt":
        session.get_one(Registration, full.registration_id).state = RegistrationState.SEARCHING
    elif what == "woont":
        session.get_one(Placement, full.placement_id).until = None
    else:
        session.execute(update(LegalHold).values(lifted_at=None, lifted_by=None))
    session.flush()
    before = dump(session)
    with pytest.raises(Conflict, match=r"nog|bewaarplicht"):
        destroy(session, full)
    assert dump(session) == before


def test_a_draft_goes_with_its_history(session: Session) -> None:
    """A child that was never registered leaves nothing at all."""
    told = b'{"voornaam": "Kladje"}'
    draft = Draft(
        id=(made := uuid4()), state=Stage.DRAFT, missing=3,
        sealed=seal(told, SETTINGS, use="concept", owner=made),
        started_on=date(2026, 1, 1), number="AM-KLAD", kept=None,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    draft_id = draft.id
    destroy_file(session, whose(session, draft_id), SETTINGS)
    left = opened(dump(session))
    for word in ("Kladje", str(draft_id)):
        assert word not in left, left[left.index(word) - 300 : left.index(word) + 100]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM stage_change", "DELETE FROM step_message", "DELETE FROM registration",
        "DELETE FROM audit_event", "UPDATE erasure_request SET counts = '{}'",
        "DELETE FROM erasure_request", "DELETE FROM file_statement",
    ],
)  # fmt: skip
def test_the_application_still_takes_nothing_away(
    session: Session, full: Full, statement: str
) -> None:
    """Also after a destruction in the same transaction; of the log not even the eraser can."""
    destroy(session, full)
    with pytest.raises(ProgrammingError, match=r"permission denied|InsufficientPrivilege"):
        session.execute(text(statement))


def test_the_eraser_cannot_touch_the_log(session: Session) -> None:
    """Nobody changes or removes a line of it."""
    session.execute(text("SET LOCAL ROLE pleegzorg_eraser"))
    with pytest.raises(ProgrammingError, match=r"permission denied|InsufficientPrivilege"):
        session.execute(text("DELETE FROM audit_event"))


def test_answers_given_to_others_go_too(session: Session, full: Full) -> None:
    """Each shows itself to its maker alone; to the eraser all do."""
    session.execute(text("SELECT set_config('pleegzorg.actor', 'iemand', true)"))
    told = {"aanmeldnummer": NUMBER}
    session.add(GivenAnswer(actor="iemand", key="k", digest="d", status=200, headers={}, body=told))
    session.flush()
    session.execute(text("SELECT set_config('pleegzorg.actor', 'systeem', true)"))
    destroy(session, full)
    assert dump(session)["given_answer"] == []


def test_the_worker_takes_nothing_away_by_itself(session: Session, full: Full) -> None:
    """It must take the eraser's role in so many words; what the eraser may it does not inherit."""
    session.execute(text("SET LOCAL ROLE pleegzorg_worker"))
    member = text("SELECT pg_has_role(:who, 'pleegzorg_eraser', 'MEMBER')")
    assert session.scalar(member, {"who": "pleegzorg_worker"})
    assert not session.scalar(member, {"who": "pleegzorg_app"})
    with pytest.raises(ProgrammingError, match=r"permission denied|InsufficientPrivilege"):
        session.execute(text("DELETE FROM registration"))
