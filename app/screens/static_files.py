"""What a page is dressed with: read once, pressed once, kept by browsers for good by its hash."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from app.kernel.errors import NotFound

OWN = Path(__file__).with_name("static")
# Of others, fetched at set-up by tools/screen_assets.py; never in git.
FETCHED = Path(__file__).with_name("vendor")
PREFIX = "/opmaak"

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    pressed: bytes
    media_type: str
    mark: str


@lru_cache
def load_all() -> dict[str, StaticFile]:
    """Return every file by its name; of two with one name ours counts."""
    found = [path for folder in (FETCHED, OWN) for path in sorted(folder.glob("*.*"))]
    return {path.name: _read(path) for path in found}


def address_of(name: str) -> str:
    """Return the address of a file, another one whenever it changes."""
    given = load_all().get(name)
    return f"{PREFIX}/{given.mark if given else 'ontbreekt'}/{name}"


def is_dressed() -> bool:
    """Return whether what others made was fetched."""
    return FETCHED.is_dir()


@router.get(PREFIX + "/{mark}/{name}")
async def read_file(request: Request, name: str, mark: str) -> Response:
    """Return a file."""
    given = load_all().get(name)
    if given is None:
        raise NotFound("Dit bestand is er niet.")
    pressed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if mark == given.mark:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if pressed:
        headers["Content-Encoding"] = "gzip"
    content = given.pressed if pressed else given.content
    return Response(content, media_type=given.media_type, headers=headers)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    mark = hashlib.sha256(content).hexdigest()[:12]
    return StaticFile(content, gzip.compress(content, mtime=0), kind, mark)
