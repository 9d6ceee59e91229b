"""The code of the version before the newest change of the tables, as it lies in git."""

import os
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from alembic.script import ScriptDirectory

from app.db.migrate import SCRIPTS, alembic_config

ROOT = Path(__file__).parents[2]
_CODE = ("app", "migrations", "pyproject.toml")


def ref_before_newest_tables() -> str | None:
    """Return the commit before the newest migration; None where git does not tell of it.

    OLD_VERSION names another one.
    """
    if asked := os.environ.get("OLD_VERSION"):
        return asked
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    newest = next((SCRIPTS / "versions").glob(f"{head}*.py"), None)
    if newest is None:
        return None
    added = _git("log", "-1", "--format=%H", "--diff-filter=A", "--", str(newest))
    before = _git("rev-parse", "--verify", "--quiet", f"{added}^") if added else ""
    return before or None


def lay_out(ref: str, folder: Path) -> Path:
    """Write the code of a commit into a folder, with the pages' files of others as fetched here."""
    done = subprocess.run(
        ["git", "archive", "--format=tar", ref, *_CODE], cwd=ROOT, check=True, capture_output=True
    )
    with tarfile.open(fileobj=BytesIO(done.stdout)) as packed:
        packed.extractall(folder, filter="data")
    fetched = Path("app/screens/vendor")
    if (ROOT / fetched).exists():
        (folder / fetched).symlink_to(ROOT / fetched)
    return folder


def head_of(code: Path) -> str:
    """Return the newest migration that a version of the code knows."""
    config = alembic_config()
    config.set_main_option("script_location", str(code / "migrations"))
    return str(ScriptDirectory.from_config(config).get_current_head())


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:  # no git here: a release that was unpacked
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
