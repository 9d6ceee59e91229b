"""What the documents about the algorithm say of the code and of the running service."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from app.kernel.small_cells import FEW, SMALLEST
from app.matching.policy import SHIPPED as POLICIES
from app.matching.policy import load_policy
from app.matching.risk.factor import Level
from app.matching.risk.factors import FACTORS
from app.matching.risk.weights import Weights, load_weights
from app.outcomes.calibration_schemas import CalibrationOut
from app.outcomes.criterion import load_criterion
from app.outcomes.schemas import InForce, Interval
from app.settings import load_settings

BASE = Path(__file__).with_name("algoritmeregister.toml")
REGISTER = "algoritmeregister.json"
PAGES = ("modelkaart.md", "gebruiksaanwijzing.md", "dpia.md", "iama.md")
SERVICE = "dienst"
NOT_FILLED = (
    "Nog niet ingevuld voor een regio: `pleegzorg register --dienst` schrijft hier wat er geldt en "
    "wat er gezien is."
)
_LEVELS = {Level.CHILD: "kind", Level.PAIR: "kind en gezin samen"}


def parts_of_code(in_force: Weights | None = None) -> dict[str, str]:
    """Return the marked parts that follow from the code and the weights, by name.

    in_force: the weights of a running service; without, those that ship.
    """
    return {
        "versies": _versions(in_force),
        "factoren": _factors(in_force or load_weights()),
        "criterium": _criterion(),
    }


def register_entry(in_force: Weights | None = None) -> str:
    """Return the entry of the register of algorithms, as JSON text; weights as above."""
    criterion, words = load_criterion(), tomllib.loads(BASE.read_text("utf-8"))
    known = {
        "contact": load_settings().contact_email,
        "drempel_p": f"{criterion.threshold}".replace(".", ","),
        "criterium": criterion.name,
        "kleinste": str(SMALLEST),
        "weinig": str(FEW),
        "factoren": str(len(FACTORS)),
        "gewichten": (in_force or load_weights()).version,
        "beleid": ", ".join(_policies()),
        "dienst": version("pleegzorg"),
    }
    filled = {name: _fill(value, known) for name, value in words.items()}
    return json.dumps(filled, ensure_ascii=False, indent=2) + "\n"


def _fill(value: object, known: Mapping[str, str]) -> object:
    return value.format(**known) if isinstance(value, str) else value


def fill_in(page: str, parts: Mapping[str, str]) -> str:
    """Return a page with its marked parts renewed; a part that is not given stays as it is."""
    for name, text in parts.items():
        begin, end = f"<!-- deel: {name} -->", f"<!-- einde deel: {name} -->"
        if begin in page and end in page:
            before, rest = page.split(begin, 1)
            page = f"{before}{begin}\n{text}\n{end}{rest.split(end, 1)[1]}"
    return page


def part_of_service(board: CalibrationOut, in_force: InForce) -> str:
    """Return what is in force in a running service, and what was seen there."""
    whole = board.overall
    rows = [
        ("Weegfactoren die gelden", f"{in_force.version} ({in_force.by.value})"),
        ("Kansen", "uitgezet" if in_force.chances_off else "aan"),
        ("Kansen als getal", "ja" if in_force.is_calibrated else "nee, als klasse"),
        ("Peildatum", board.on_day.isoformat()),
        ("Plaatsingen met een genoemde kans", str(whole.placements)),
        ("Daarvan afgebroken binnen de termijn", str(whole.breakdowns)),
        ("Gezien gedeeld door verwacht", _told(whole.ratio)),
        ("Helling", _told(whole.slope)),
        ("Concordantie", _told(whole.concordance)),
        ("Verandering", board.drift.state.value),
        ("Criterium zegt uitzetten", "ja" if board.criterion.says_off else "nee"),
    ]
    return f"{_table(('wat', 'stand'), rows)}\n\n{board.state}"


def _told(found: Interval | None) -> str:
    if found is None:
        return "nog niet te zeggen"
    return f"{found.value:.2f} ({found.low:.2f} tot {found.high:.2f})".replace(".", ",")


def _policies() -> list[str]:
    names = sorted(path.stem for path in POLICIES.glob("*.toml"))
    return [f"{name} {load_policy(name).version}" for name in names]


def _versions(in_force: Weights | None) -> str:
    criterion = load_criterion()
    holds = [] if in_force is None else [("Gewichten die gelden", in_force.version)]
    return _table(
        ("wat", "versie"),
        [
            ("Dienst", version("pleegzorg")),
            ("Gewichten die worden meegeleverd", load_weights().version),
            *holds,
            ("Factoren", str(len(FACTORS))),
            ("Beleid", ", ".join(_policies())),
            ("Criterium om kansen uit te zetten", criterion.name),
            (
                "Kleinste groep op de borden over kansen, beleid en gelijke behandeling",
                str(SMALLEST),
            ),
            ("Kleinste aantal in cijfers van de regio, ladder en jaarverslag", str(FEW)),
        ],
    )


def _factors(weights: Weights) -> str:
    rows = [
        (weights.labels[at], _LEVELS[factor.level], f"{weights.value[at]:+.2f}".replace(".", ","))
        for at, factor in enumerate(FACTORS)
    ]
    return _table(("factor", "van", "gewicht"), rows)


def _criterion() -> str:
    criterion = load_criterion()
    rows = [
        ("genoeg uitkomsten", f"{criterion.enough} van elk", criterion.enough_reason),
        ("verandering", f"p onder {criterion.threshold}".replace(".", ","), criterion.drift_reason),
    ]
    for limit in criterion.limits:
        bounds = dict.fromkeys((limit.low, limit.high))
        shown = " of ".join(f"{bound}" for bound in bounds).replace(".", ",")
        rows.append((limit.code, shown, limit.reason))
    return _table(("grens", "waarde", "waarom"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in lines)
