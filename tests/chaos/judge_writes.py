"""Is each acknowledged write there, exactly once, and nothing that nobody was told of?"""

from tests.chaos.judge import Judge
from tests.chaos.opened import CALL_BACKS, call_backs, opened
from tests.chaos.world import ONE_BY_ONE

_HELD = "SELECT d.id::text FROM draft d UNION ALL SELECT r.id::text FROM registration r " \
        "WHERE NOT EXISTS (SELECT FROM draft WHERE draft.id = r.id)"  # fmt: skip


def judge_writes(judge: Judge) -> None:
    """Compare the journal with the tables, kind by kind."""
    _intake(judge)
    _families(judge)
    _steps(judge)
    _crisis(judge)
    told = [line["id"] for line in judge.journal.read("matchrun")]
    judge.same("matchrun", told, _column(judge, "SELECT id::text FROM match_run"))


def _column(judge: Judge, question: str) -> list[object]:
    return [row[0] for row in judge.ask(question)]


def _intake(judge: Judge) -> None:
    read = judge.journal.read
    judge.same("concept", [line["id"] for line in read("concept")], _column(judge, _HELD))
    judge.same(
        "aanmelding",
        [(line["id"], line["nummer"]) for line in read("aanmelding")],
        judge.ask("SELECT id::text, number FROM registration"),
    )
    born = dict(judge.ask(
        "SELECT id::text, born_on::text FROM draft WHERE born_on IS NOT NULL UNION "
        "SELECT r.id::text, c.born_on::text FROM registration r JOIN child c ON c.id = r.child_id"
    ))  # fmt: skip
    saved = [(line["id"], line["geboren"]) for line in read("bewaard")]
    judge.same("bewaard", saved, [(id_, born[id_]) for id_, _ in saved if id_ in born])
    framed = [line["id"] for line in read("juridisch kader")]
    stored = _column(
        judge,
        "SELECT registration_id::text FROM legal_frame "
        "WHERE responsible_municipality = 'Amsterdam'",
    )
    judge.same("juridisch kader", framed, stored)


def _families(judge: Judge) -> None:
    turns = {
        (provider, number): turn
        for provider, number, turn in judge.ask(
            "SELECT p.code, f.reference, f.experience_years::int FROM family f "
            "JOIN provider p ON p.id = f.provider_id"
        )
    }
    single = judge.journal.read("gezin")
    last = {(line["aanbieder"], line["nummer"]): line for line in single}
    judge.same(
        "gezin",
        list(last),
        [key for key, line in last.items() if turns.get(key, -1) >= line["beurt"]],
    )
    judge.verdict.counted["gezin"] = len(single)
    living = dict(judge.ask(
        "SELECT f.reference, count(h.id) FROM family f JOIN provider p ON p.id = f.provider_id "
        f"LEFT JOIN housemate h ON h.family_id = f.id WHERE p.code = '{ONE_BY_ONE}' GROUP BY 1"
    ))  # fmt: skip
    beds = dict(judge.ask(
        "SELECT f.reference, count(*) FROM family f JOIN provider p ON p.id = f.provider_id "
        "JOIN place b ON b.family_id = f.id AND b.is_offered "
        f"WHERE p.code = '{ONE_BY_ONE}' GROUP BY 1"
    ))  # fmt: skip
    for (_, number), line in last.items():
        judge.equal(f"huisgenoten van {number}", living.get(number), line["huisgenoten"])
        judge.equal(f"plaatsen van {number}", beds.get(number, 0), line["plaatsen"])
    _imports(judge, turns)


def _imports(judge: Judge, turns: dict[tuple[str, str], int]) -> None:
    told = judge.journal.read("import")
    stored = dict(judge.ask("SELECT id::text, state FROM import_batch"))
    judge.same("import", [line["id"] for line in told], stored)
    for line in told:
        if stored.get(line["id"]) == "verwerkt":
            behind = [
                number
                for number in line["gezinnen"]
                if turns.get((line["aanbieder"], number), -1) < line["beurt"]
            ]
            judge.verdict.missing += [f"gezin {number} uit een import" for number in behind]


def _steps(judge: Judge) -> None:
    read = judge.journal.read
    judge.same(
        "stap", [line["id"] for line in read("stap")],
        _column(judge, "SELECT id::text FROM begun_pair"),
    )  # fmt: skip
    judge.same(
        "antwoord",
        [(line["stap"], line["zegt"]) for line in read("antwoord")],
        judge.ask("SELECT pair_id::text, kind FROM step_message WHERE kind IN ('ja', 'nee')"),
    )
    judge.same(
        "fase",
        [(line["stap"], line["fase"]) for line in read("fase")],
        judge.ask("SELECT pair_id::text, to_phase FROM step_move"),
    )
    judge.same(
        "akkoord",
        [line["stap"] for line in read("akkoord")],
        _column(judge, "SELECT pair_id::text FROM step_consent WHERE role = 'aanmeldpunt'"),
    )
    judge.same(
        "stap beeindigd",
        [line["id"] for line in read("stap beeindigd")],
        # By its state: the reason is sealed, and no term runs out within the hour.
        _column(judge, "SELECT id::text FROM begun_pair WHERE state = 'verlopen'"),
    )
    judge.same(
        "plaatsing beeindigd",
        [line["id"] for line in read("plaatsing beeindigd")],
        _column(
            judge,
            "SELECT p.id::text FROM placement p JOIN placement_ending e ON e.placement_id = p.id "
            "WHERE p.until IS NOT NULL",
        ),
    )


def _crisis(judge: Judge) -> None:
    read = judge.journal.read
    judge.same(
        "melding",
        [(line["id"], line["nummer"]) for line in read("melding")],
        call_backs(judge.ask(CALL_BACKS)),
    )
    judge.same(
        "bed",
        [(line["melding"], line["merk"]) for line in read("bed")],
        [
            (report, opened(note, use="crisis_call.note", owner=id_))
            for report, note, id_ in judge.ask(
                "SELECT report_id::text, note, id::text FROM crisis_call WHERE outcome = 'ja'"
            )
        ],
    )
    judge.same(
        "dicht",
        [line["melding"] for line in read("dicht")],
        _column(judge, "SELECT id::text FROM crisis_report WHERE state = 'gesloten'"),
    )
    judge.same(
        "vrij",
        [line["melding"] for line in read("vrij")],
        _column(judge, "SELECT id::text FROM crisis_report WHERE released_because IS NOT NULL"),
    )
