"""Looking at a screen as a person would: pages in a browser, and what is wrong with them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOTS, TALLEST = Path("docs/screens"), 1500
# Milliseconds: a machine that does three things at once was seen to stand still for twenty seconds.
PATIENCE = 60_000


@contextmanager
def open_browser(path: str) -> Iterator[Any]:
    """Open Debian's chromium; Playwright brings none of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            # In Dutch, as whoever works here has it, where the browser knows Dutch (Debian's
            # chromium-l10n): a day is then typed and shown as 31-12-2026.
            args=["--no-sandbox", "--disable-dev-shm-usage", "--lang=nl-NL"],
        )
        yield browser
        browser.close()


# What a page asks for by itself waits while it is looked at: a part that is swapped while axe-core
# and the larger text have their styles in it would bring those along, which the policy refuses.
_HOLD = """
window.fetchNow = window.fetchNow || window.fetch; window.heldBack = [];
window.fetch = (...asked) =>
  new Promise(go => window.heldBack.push(() => go(window.fetchNow(...asked))));
0"""
_LET_GO = "window.fetch = window.fetchNow; window.heldBack.forEach(go => go()); 0"


class Looker:
    """Somebody in a role, in a window of their own."""

    def __init__(
        self, browser: Any, address: str, *, width: int = 1280, script: bool = True
    ) -> None:
        self.address = address
        self._context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        self._context.set_default_timeout(PATIENCE)
        self.page = self._context.new_page()
        self.refused: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.refused.append(str(error)))

    def sign_in(self, role: str, organisation: str = "") -> None:
        """Choose a role, as on one's own machine."""
        self.go("/inloggen")
        self.page.select_option("#rol", role)
        if organisation:
            self.page.select_option("#organisatie", organisation)
        self.page.get_by_role("button", name="Inloggen").click()
        self.page.wait_for_load_state()

    def speak(self, language: str) -> None:
        """Choose a language, as the switch above every page does."""
        cookie = {"name": "pleegzorg-taal", "value": language, "url": self.address}
        self._context.add_cookies([cookie])

    def go(self, path: str) -> Any:
        """Go to a screen; return the page."""
        self.page.goto(self.address + path)
        return self.page

    def violations(self) -> list[str]:
        """Return what axe-core finds, a line each."""
        # Through the debugger: the page's own policy lets no foreign script in, as it should.
        self.page.evaluate(AXE.read_text("utf-8") + "; 0")
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
        )
        return [
            f"{item['id']}: {item['help']}: {node['target']}: {node['html'][:120]}"
            for item in found["violations"]
            for node in item["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def complaints(self) -> list[str]:
        """Return all that is wrong with the page as it stands now: nothing, one hopes.

        axe-core, what the browser refused, and whether it still fits a window of 320 pixels and
        one in which the text is twice as large.
        """
        self.page.evaluate(_HOLD)
        found = self.violations()
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 900})
        if self.overflow() > 0:
            found.append(f"at 320 px the page is {self.overflow()} px too wide: {self._widest()}")
        self.page.set_viewport_size(size)
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        if self.overflow() > 0:
            found.append(f"at 200% text it is {self.overflow()} px too wide: {self._widest()}")
        self.page.evaluate("document.documentElement.style.fontSize = ''")
        self.page.evaluate(_LET_GO)
        return found + self.refused

    def cut_off(self, *, width: int) -> list[str]:
        """Return the parts that on paper are wider than the room they have; width: in pixels."""
        self.page.emulate_media(media="print")
        self.page.set_viewport_size({"width": width, "height": 900})
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('main, main *')].filter(e => e.clientWidth > 0 && "
            "e.scrollWidth > e.clientWidth + 1 && !e.closest('.visueel-verborgen, svg'))"
            ".map(e => e.tagName + '.' + e.className)"
        )
        self.page.emulate_media(media="null")
        return found

    def shoot(self, name: str) -> None:
        """Take the picture of a screen for docs/screens, when PLEEGZORG_SCREENSHOTS asks for it."""
        if os.environ.get("PLEEGZORG_SCREENSHOTS"):
            SHOTS.mkdir(exist_ok=True)
            high = int(self.page.evaluate("document.documentElement.scrollHeight"))
            size = {"width": self.page.viewport_size["width"], "height": min(high, TALLEST)}
            # As JPEG, and no taller than two windows: they are to be leafed through in git.
            self.page.screenshot(
                path=SHOTS / f"{name}.jpg",
                type="jpeg",
                quality=60,
                full_page=True,
                clip={"x": 0, "y": 0, **size},
            )

    def _widest(self) -> str:
        """Return what sticks out of the page at the right."""
        return str(
            self.page.evaluate(
                "[...document.querySelectorAll('main *')].filter(e => "
                "e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
                ".slice(0, 4).map(e => e.tagName + '.' + e.className + '#' + e.id).join(' ')"
            )
        )

    def close(self) -> None:
        """Close the window."""
        self._context.close()

    def _note(self, message: Any) -> None:
        if message.type == "error":
            self.refused.append(message.text)
