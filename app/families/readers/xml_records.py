"""Records of an XML file, read one at a time; a document type or entity is refused at once."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from app.kernel.errors import InputRefused
from app.kernel.file_runs import Marks, check_runs
from app.kernel.files import open_input

_DOCTYPE = "bevat een DOCTYPE of entiteiten, wat om veiligheid niet mag: exporteer het zonder"
MARKS = Marks(
    sign=b"<",
    name="'<'-tekens",
    spans={b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"},
    forbidden=(b"<!DOCTYPE", _DOCTYPE),
)


def xml_records(path: Path) -> Generator[Element]:
    """Yield the root as it opens, then each child of the root when it is complete.

    Raises InputRefused, also halfway, for broken XML (with line and column), a document type or an
    entity, an unknown encoding, and over 1 MiB of one tag, text or comment.
    """
    with open_input(path) as stream:
        check_runs(stream, MARKS, name=path.name)
        try:
            yield from _children(stream)
        except ParseError as error:
            line, column = error.position
            raise InputRefused(
                f"Bestand {path.name} is geen geldige XML op regel {line}, kolom {column + 1}: "
                "herstel het daar of exporteer het opnieuw."
            ) from error
        except DefusedXmlException as error:
            raise InputRefused(f"Bestand {path.name} {_DOCTYPE}.") from error
        except (ValueError, LookupError) as error:
            raise InputRefused(
                f"Bestand {path.name} heeft een tekenset die niet te lezen is: "
                "exporteer het als UTF-8."
            ) from error


def _children(stream: BinaryIO) -> Iterator[Element]:
    depth, root = 0, None
    for event, element in ElementTree.iterparse(stream, events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if root is None:
            root = element
            yield root
        elif event == "end" and depth == 1:
            yield element
            root.clear()
