"""The two commands as somebody types them: a trial says what is good, and leaves nothing."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from sqlalchemy import create_engine, text

from app.cli import backup, restore
from app.db.embedded import start_embedded
from app.db.opened import Database
from app.kernel.errors import InputRefused
from app.settings import Settings


@pytest.fixture
def pair(private: X25519PrivateKey, tmp_path: Path) -> tuple[Path, Path]:
    public_file, private_file = tmp_path / "reserve.pub", tmp_path / "reserve.key"
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    public_file.write_bytes(public)
    private_file.write_bytes(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return public_file, private_file


def test_backup_and_trial(
    *, database: Database, pair: tuple[Path, Path], settings: Settings, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Made for one key and tried with the other; of the trial nothing is left on the server."""
    url = database.url.render_as_string(hide_password=False)
    folder = tmp_path / "kopieën"
    folder.mkdir()
    backup.command(folder, recipient=pair[0], keep=3, database_url=url)
    restore.command(folder, key=pair[1], check=True)
    told = capsys.readouterr().out
    assert "Reservekopie van" in told
    assert "is goed" in told
    engine = create_engine(start_embedded(settings))
    with engine.connect() as connection:
        left = "SELECT count(*) FROM pg_database WHERE datname LIKE 'pleegzorg_proef_%'"
        assert connection.scalar(text(left)) == 0
    engine.dispose()


def test_what_is_missing_is_asked_for(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """Who may open it, where it goes, and a key that is one."""
    with pytest.raises(InputRefused, match="--ontvanger"):
        backup.command(tmp_path)
    with pytest.raises(InputRefused, match="--naar"):
        restore.command(tmp_path, key=pair[1])
    with pytest.raises(InputRefused, match="publieke sleutel"):
        backup.command(tmp_path, recipient=pair[1])
    with pytest.raises(InputRefused, match="privésleutel"):
        restore.command(tmp_path, key=pair[0], check=True)
