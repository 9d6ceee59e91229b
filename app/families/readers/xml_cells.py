"""The cells of one XML record: attributes and elements by dotted name, repeated ones as lists."""

from collections.abc import Collection
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

MAX_DEPTH = 2  # elements deeper than this are not read


@dataclass(frozen=True, slots=True)
class XmlCells:
    """Collects the cells of one record.

    texts: names of elements that may repeat and hold a text. entries: names of those that repeat
    and hold attributes; their own text becomes the attribute `antwoord`. Another element that
    repeats becomes a list, which no parser of one value accepts.
    """

    texts: Collection[str]
    entries: Collection[str]
    cells: dict[str, object] = field(default_factory=dict)

    def read(self, record: Element) -> dict[str, object]:
        """Return the cells of a record; absent lists are empty ones."""
        self.cells.update({name: [] for name in (*self.texts, *self.entries)})
        self._attributes("", record)
        for child in record:
            self._element(child.tag, child, depth=1)
        return self.cells

    def _element(self, name: str, element: Element, *, depth: int) -> None:
        text = (element.text or "").strip()
        if name in self.entries:
            self._append(name, {**element.attrib, "antwoord": text})
        elif name in self.texts:
            self._append(name, text)
        else:
            if text or not (element.attrib or len(element)):
                self._put(name, text)
            self._attributes(f"{name}.", element)
            for child in element if depth < MAX_DEPTH else ():
                self._element(f"{name}.{child.tag}", child, depth=depth + 1)

    def _attributes(self, prefix: str, element: Element) -> None:
        for name, value in element.attrib.items():
            self._put(prefix + name, value)

    def _put(self, name: str, value: str) -> None:
        self.cells[name] = [self.cells[name], value] if name in self.cells else value

    def _append(self, name: str, value: object) -> None:
        listed = self.cells[name]
        if isinstance(listed, list):
            listed.append(value)
