"""The screens on a drawn region: loaded, matched, served until stopped, and thrown away."""

from pathlib import Path

from app.cli.beside import WorkerBeside
from app.cli.console import ERR, OUT
from app.cli.region import load_folder, run_match
from app.cli.serving import run_one
from app.cli.steps import Steps
from app.db.opened import open_throwaway
from app.log.write import configure_logs
from app.matching.policy import load_policy
from app.screens.static_files import is_dressed
from app.settings import load_settings


def serve_region(folder: Path, *, policy: str, port: int) -> None:
    """Load a region into a throw-away database, match it and serve the screens on it."""
    configure_logs()
    settings = load_settings()
    if not is_dressed():
        ERR.print("De schermen missen hun opmaak: haal die eerst op met make setup.")
    with open_throwaway(settings) as database:
        with Steps(ERR) as steps:
            loaded = load_folder(database, folder, settings=settings, day=None, steps=steps)
            run_match(
                database,
                load_policy(policy),
                snapshot_day=loaded.snapshot_day,
                seed=0,
                steps=steps,
            )
        url = database.url.render_as_string(hide_password=False)
        OUT.print(
            f"De schermen: http://127.0.0.1:{port}/ (kies een rol; stoppen: Ctrl-C).\n"
            "Wat u doet verdwijnt bij het stoppen."
        )
        with WorkerBeside(url):
            run_one(database, host="127.0.0.1", port=port, tls={})
