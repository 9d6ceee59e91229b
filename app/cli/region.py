"""The whole road for one folder: five exports and a waiting list in, a performed run out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from app.audit.noted import COMMAND_CLIENT, note_work
from app.cli.prepare import prepare_reference
from app.cli.report import summary_of
from app.cli.steps import Steps
from app.cli.who import who_commands
from app.db.opened import Database
from app.db.session import session_for
from app.families.readers import read_export
from app.families.service import import_families
from app.imports.report import ImportReport, source_of
from app.intake.reader import read_registrations
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import Conflict, InputRefused
from app.matching.past import PastArrivals
from app.matching.policy import Policy
from app.matching.risk.chunks import Scorer
from app.matching.risk.score import score
from app.matching.risk.weights import Weights
from app.models import ImportState, RunState
from app.proposals.published import Families
from app.proposals.queries import find_run
from app.proposals.runs import perform_run, request_run
from app.settings import Settings

EXPORTS = {
    "spirit": "pleeggezinnen-spirit.csv",
    "youke": "pleeggezinnen-youke.json",
    "wsp": "pleeggezinnen-wsp.xlsx",
    "leger-des-heils": "pleeggezinnen-leger-des-heils.csv",
    "vitree": "pleeggezinnen-vitree.xml",
}
REGISTRATIONS = "aanmeldingen.jsonl"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came in from a folder, and the day that it is about."""

    reports: tuple[ImportReport, ...]
    snapshot_day: date
    day_source: str


def require_folder(folder: Path) -> None:
    """Raise InputRefused unless the folder holds the five exports and the waiting list."""
    if not folder.is_dir():
        raise InputRefused(f"{folder} is geen map: geef de map met de vijf exports.")
    names = [*EXPORTS.values(), REGISTRATIONS]
    missing = [name for name in names if not (folder / name).is_file()]
    if len(missing) == len(names):
        raise InputRefused(
            f"In {folder} staat geen enkel bestand van een regio: verwacht zijn {', '.join(names)}."
        )
    if missing:
        raise InputRefused(
            f"In {folder} ontbreekt {', '.join(missing)}: zet het erbij en probeer het opnieuw."
        )


def load_folder(
    database: Database, folder: Path, *, settings: Settings, day: date | None, steps: Steps
) -> Loaded:
    """Bring a whole folder into the database, in one transaction: all of it or nothing."""
    prepare_reference(database)
    reports: list[ImportReport] = []
    readings = []
    for provider, name in EXPORTS.items():
        with steps.step(f"Lezen: {name}"):
            readings.append((provider, read_export(provider, folder / name)))
    told = next((reading.snapshot_day for _, reading in readings if reading.snapshot_day), None)
    snapshot_day = day or told or today_in_amsterdam()
    with steps.step(f"Lezen: {REGISTRATIONS}"):
        registrations = read_registrations(folder / REGISTRATIONS, today=snapshot_day)
    with session_for(database.sessions, SYSTEM) as session:
        for provider, reading in readings:
            with steps.step(f"Gezinnen van {provider}"):
                reports.append(
                    import_families(
                        session,
                        actor=SYSTEM,
                        provider_code=provider,
                        reading=reading,
                        source=source_of(folder / EXPORTS[provider]),
                        today=snapshot_day,
                    )
                )
        with steps.step("Aanmeldingen"):
            reports.append(
                import_registrations(
                    session,
                    actor=SYSTEM,
                    reading=registrations,
                    source=source_of(folder / REGISTRATIONS),
                    settings=settings,
                )
            )
        _refuse_held(reports)
        _refuse_nobody(reports[-1])
        note_work(session, "leesGezinnenIn", client=COMMAND_CLIENT, actor=who_commands())
        note_work(session, "leesAanmeldingenIn", client=COMMAND_CLIENT, actor=who_commands())
    source = "opgegeven" if day else "uit de export van Vitree" if told else "vandaag"
    return Loaded(tuple(reports), snapshot_day, source)


def run_match(
    database: Database,
    policy: Policy,
    *,
    snapshot_day: date,
    seed: int,
    steps: Steps,
    weights: Weights | None = None,
    scorer: Scorer = score,
    published: Families | None = None,
    past: PastArrivals | None = None,
) -> UUID:
    """Request and perform a run on what is loaded; return its id. weights: None for shipped.

    published: see request_run. past: see perform_run.
    """
    with session_for(database.sessions, SYSTEM) as session:
        run_id = request_run(
            session,
            actor=SYSTEM,
            policy=policy,
            snapshot_day=snapshot_day,
            seed=seed,
            weights=weights,
            published=published,
        )
        note_work(session, "voerMatchrunUit", client=COMMAND_CLIENT, actor=who_commands(),
                  about=("matchrun", str(run_id)))  # fmt: skip
    perform_run(
        database.sessions,
        actor=SYSTEM,
        run_id=run_id,
        on_step=steps.step,
        scorer=scorer,
        past=past,
    )
    with session_for(database.sessions, SYSTEM) as session:
        if find_run(session, run_id).state is not RunState.DONE:
            raise Conflict(
                "Deze run is vervangen door een nieuwere: lees die, of probeer het opnieuw."
            )
    return run_id


def _refuse_held(reports: list[ImportReport]) -> None:
    for report in reports:
        if report.state is ImportState.HELD:
            raise InputRefused(
                f"{report.source.name}: {summary_of(report)}. "
                "Bevestig deze export eerst met `pleegzorg sync … --bevestig`."
            )


def _refuse_nobody(registrations: ImportReport) -> None:
    if registrations.took_nothing():
        first = registrations.refusals[0]
        raise InputRefused(
            f"{first.file}: geen enkele aanmelding is bruikbaar. De eerste (regel {first.row}, "
            f"veld {first.field}): {first.message}"
        )
