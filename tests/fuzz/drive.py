"""One target under atheris: `python -m tests.fuzz.drive TARGET [options of libFuzzer] FOLDERS`."""

import sys

import atheris

with atheris.instrument_imports(include=["app", "joserfc"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until the options say stop; an input that breaks a property is written to a file."""
    name = sys.argv.pop(1)
    target = TARGETS[name]
    # Merging starts this program again, by what it is told to be called.
    sys.argv[0] = f"{sys.executable} -m tests.fuzz.drive {name}"
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
