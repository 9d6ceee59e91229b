"""The texts that an Excel workbook shares between its cells, packed close together."""

from array import array
from typing import IO

from defusedxml.ElementTree import iterparse

_ITEM, _TEXT, _SOUND = (
    f"{{http://schemas.openxmlformats.org/spreadsheetml/2006/main}}{tag}"
    for tag in ("si", "t", "rPh")
)


class SharedTexts:
    """Texts by their position in the file."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def append(self, text: str) -> None:
        """Add a text at the end."""
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._ends)

    def __getitem__(self, position: int) -> str:
        """Return a text; IndexError for a position that is not there."""
        if not 0 <= position < len(self._ends):
            raise IndexError(position)
        begin = self._ends[position - 1] if position else 0
        return self._bytes[begin : self._ends[position]].decode()


def read_shared_texts(stream: IO[bytes]) -> SharedTexts:
    """Return the texts of a `sharedStrings.xml`; how to pronounce them is left out."""
    texts, root = SharedTexts(), None
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        root = element if root is None else root
        if event == "end" and element.tag == _ITEM:
            for sound in element.findall(_SOUND):
                element.remove(sound)
            text = "".join(part.text or "" for part in element.iter(_TEXT))
            texts.append(text.replace("x005F_", ""))
            root.clear()
    return texts
