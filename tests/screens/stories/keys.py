"""Somebody who works with the keyboard alone: Tab, Enter, Space, arrows and letters."""

from datetime import date
from typing import Any

from tests.screens.looking import Looker

_MOST = 150  # stops on a page
# What has the focus: its name as a screen reader says it, what it is, and whether one can see it.
_WHERE = """() => {
  const at = document.activeElement;
  const read = node => node.textContent.replace(/\\s+/g, ' ').trim();
  const label = at.labels && at.labels.length ? read(at.labels[0]) : '';
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const fieldset = at.type === 'radio' ? at.closest('fieldset') : null;
  const group = fieldset ? read(fieldset.querySelector('legend')) : '';
  return {
    name: at === document.body ? '' : at.getAttribute('aria-label') || label || read(at),
    group: group, value: at.value || '', tag: at.tagName, type: at.type || '', id: at.id,
    seen: at === document.body || at.tagName === 'MAIN' || (
      style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 &&
      box.bottom > 0 && box.top < window.innerHeight),
  };
}"""


class Keys:
    """A window and a keyboard; no mouse, and no script that chooses for the person."""

    def __init__(self, looker: Looker) -> None:
        self.page = looker.page
        self._address = looker.address
        self.press = self.page.keyboard.press

    def here(self) -> dict[str, Any]:
        """Return what has the focus; it must be in sight, with a line around it."""
        at: dict[str, Any] = self.page.evaluate(_WHERE)
        assert at["seen"], f"the focus cannot be seen on {at}"
        return at

    def tab_to(self, name: str, group: str = "") -> dict[str, Any]:
        """Press Tab until something with a name has the focus; group: of its radio buttons."""
        passed = []
        for _ in range(_MOST):
            self.press("Tab")
            at = self.here()
            passed.append(at["name"])
            is_named = at["name"].startswith(name) if name else True
            if is_named and at["group"].startswith(group):
                return at
        raise AssertionError(f"Tab never came to {group} {name}: {passed}")

    def enter(self, name: str) -> None:
        """Go to a link or a button and press it; wait for the page that comes."""
        self.tab_to(name)
        with self.page.expect_navigation():
            self.press("Enter")

    def type_in(self, name: str, text: str) -> None:
        """Go to a field, in place of what stands there type a text."""
        at = self.tab_to(name)
        assert at["tag"] in ("INPUT", "TEXTAREA"), at
        self.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, name: str, option: str) -> None:
        """Go to a list and type the beginning of a choice."""
        at = self.tab_to(name)
        assert at["tag"] == "SELECT", at
        self.page.keyboard.type(option)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].text")
        assert chosen.startswith(option), chosen

    def answer(self, group: str, option: str) -> None:
        """Go to a question and move with the arrows to an answer."""
        self.tab_to("", group)
        self.press("Space")
        for _ in range(8):
            at = self.here()
            if at["name"] == option:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{group} has no answer {option}")

    def pick_day(self, name: str, day: date) -> None:
        """Go to a day and type it, in the order in which this browser shows it."""
        at = self.tab_to(name)
        assert at["type"] == "date", at
        for order in (f"{day:%m%d%Y}", f"{day:%d%m%Y}"):
            self.page.keyboard.type(order)
            if self.here()["value"] == day.isoformat():
                return
            self.press("ArrowLeft")
            self.press("ArrowLeft")
        raise AssertionError(f"{name} could not be typed")
