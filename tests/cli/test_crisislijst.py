"""The crisis list on paper: one page that needs nothing from elsewhere, and for its owner alone."""

import stat
from pathlib import Path

import pytest

from app.cli.crisislijst import command
from app.cli.prepare import prepare_reference
from app.db.opened import open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.errors import InputRefused
from app.kernel.words import CareForm
from app.settings import Settings
from tests.rows import make_family


def test_the_page_holds_every_bed_and_the_road_without_one(
    settings: Settings, tmp_path: Path
) -> None:
    """Names are escaped; nobody else on the machine may read it."""
    out = tmp_path / "lijst.html"
    with open_throwaway(settings) as database:
        prepare_reference(database)
        with session_for(database.sessions, SYSTEM) as session:
            make_family(session, reference="SPI-1", name="<Jansen>", forms=(CareForm.CRISIS,))
            make_family(session, reference="SPI-2", name="Zonder")
        command(out, database_url=database.url.render_as_string(hide_password=False))
    page = out.read_text("utf-8")
    assert "&lt;Jansen&gt; (SPI-1)" in page
    assert "Zonder" not in page
    assert "Bestuurlijk piket" in page
    assert "http" not in page
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_place_where_nothing_can_be_written_is_told_first(tmp_path: Path) -> None:
    """Before a database is opened."""
    with pytest.raises(InputRefused, match="--out"):
        command(tmp_path / "bestaat-niet" / "lijst.html")
