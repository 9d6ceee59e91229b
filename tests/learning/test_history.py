"""Reading past placements: what is wrong is one sentence, and nothing goes missing unsaid."""

import random
from datetime import date
from pathlib import Path

import pytest

from app.kernel.errors import InputRefused
from app.learning.columns import COLUMNS
from app.learning.history import FILE, History, read_history
from app.learning.placement import Ending
from app.learning.sample import draw_up
from tests.learning.rows import HISTORY, ORDINARY, file_of, write_history

DAY = date(2026, 11, 1)
RUNNING = {"reden_einde": "loopt", "einde": ""}
SECRET = "Noor-Jansen!"  # stands for whatever a person may have typed in a cell


def read(folder: Path, *rows: dict[str, object], until: date | None = DAY) -> History:
    return read_history(write_history(folder / FILE, *rows), until=until)


def test_the_example_is_read_whole() -> None:
    """Every one of the 1,600 rows of the example region counts, with its 352 breakdowns."""
    history = read_history(HISTORY, until=DAY)
    assert (len(history), history.breakdowns) == (1600, 352)
    assert (history.refusals, history.repeated, history.later) == ((), 0, 0)


# Any word can be the name of a training: that column cannot be wrong.
CAN_BE_WRONG = [name for name in COLUMNS if name != "trainingen"]


@pytest.mark.parametrize("column", CAN_BE_WRONG)
def test_each_wrong_column_is_one_sentence(column: str, tmp_path: Path) -> None:
    """A cell that cannot be read refuses its row alone: file, line, field, and never the value."""
    history = read(tmp_path, {}, {column: SECRET}, {})
    (refusal,) = history.refusals
    assert (refusal.file, refusal.row, refusal.field) == (FILE, 3, column)
    assert refusal.message.startswith(f"Veld '{column}' ")
    assert refusal.message.endswith(".")
    assert ". " not in refusal.message.replace("- . _", "")
    assert SECRET not in refusal.message
    assert len(history) == 2


REQUIRED = sorted(
    name
    for name in COLUMNS
    if ORDINARY[name] != "" and not name.startswith("bereidheid_")
    and name not in {"trainingen", "bezoek_per_maand", "samenwerking_ouders", "taal_gedeeld",
                     "afstand_huis_km", "oudste_pleegouder_leeftijd", "jongste_pleegouder_leeftijd"}
)  # fmt: skip


@pytest.mark.parametrize("column", REQUIRED)
def test_an_empty_cell_is_refused_where_it_must_be_filled(column: str, tmp_path: Path) -> None:
    """What a placement cannot be judged without may not be empty."""
    history = read(tmp_path, {column: ""}, {})
    assert [(r.row, r.field) for r in history.refusals] == [(2, column)]


def test_what_may_be_unknown_is_kept_as_unknown(tmp_path: Path) -> None:
    """Not asked, not known and not there are three times None, never a guess."""
    gaps = {name: "" for name in COLUMNS if name not in REQUIRED}
    (placement,) = read(tmp_path, gaps).placements
    family, child = placement.family, placement.child
    assert set(family.willingness) == {None}
    unknown = (family.home_km, family.school_km, family.cooperation, family.shares_language)
    assert unknown == (None,) * 4
    assert (child.visits_per_month, child.faith_wish_met, child.with_siblings) == (None,) * 3
    assert family.trainings == ()


WRONG_DAYS = [
    ({"einde": "2024-12-31"}, "einde", "ligt voor 'start'"),
    ({"einde": ""}, "einde", "is leeg bij een plaatsing die is geëindigd"),
    ({"reden_einde": "loopt"}, "einde", "is ingevuld bij een plaatsing die loopt"),
    ({"start": "2199-01-01", **RUNNING}, "start", "ligt in de toekomst"),
    ({"einde": "2199-01-01"}, "einde", "ligt in de toekomst"),
    ({"eerdere_breakdowns": 2}, "eerdere_breakdowns", "is meer dan 'eerdere_plaatsingen'"),
]


@pytest.mark.parametrize(("row", "field", "said"), WRONG_DAYS)
def test_cells_that_contradict_each_other_are_refused(
    row: dict[str, object], field: str, said: str, tmp_path: Path
) -> None:
    """Days out of order, or an end that does not go with its reason, cannot be used."""
    (refusal,) = read(tmp_path, row, {}).refusals
    assert (refusal.row, refusal.field) == (2, field)
    assert said in refusal.message


def test_a_shifted_row_names_the_first_column_that_is_off(tmp_path: Path) -> None:
    """A comma too many or too few makes every later cell wrong: one sentence, not thirty."""
    header, good, row = file_of({}, {}).splitlines()
    path = tmp_path / FILE
    path.write_text("\n".join([header, good, row + ",x", row.rsplit(",", 2)[0]]), encoding="utf-8")
    history = read_history(path, until=DAY)
    assert [r.row for r in history.refusals] == [3, 4]
    assert all("staat niet op zijn plaats" in r.message for r in history.refusals)
    assert len(history) == 1


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    """A cell with a line break in it does not shift the numbers of the rows below."""
    note = {"heeft_broers_zussen": 'nee,\n"weet niet"'}
    history = read(tmp_path, note, {"vorm": "kamp"})
    assert [(r.row, r.field) for r in history.refusals] == [(4, "vorm")]


def test_two_rows_with_one_number_are_both_refused_when_they_differ(tmp_path: Path) -> None:
    """Nobody can say which is true, and the order of rows must not decide (ADR 0009)."""
    same = {"plaatsing_id": "H-7"}
    history = read(tmp_path, same, {}, {**same, "vorm": "crisis"})
    assert [(r.row, r.field) for r in history.refusals] == [
        (2, "plaatsing_id"),
        (4, "plaatsing_id"),
    ]
    assert "rij 4" in history.refusals[0].message
    assert "rij 2" in history.refusals[1].message
    assert [p.course.number for p in history.placements] == ["H-1"]


def test_a_broken_row_also_puts_its_twin_in_doubt(tmp_path: Path) -> None:
    """Of two rows with one number, one unreadable, the other might be the older one."""
    same = {"plaatsing_id": "H-7"}
    history = read(tmp_path, same, {**same, "vorm": "kamp"}, {})
    assert [(r.row, r.field) for r in history.refusals] == [(2, "plaatsing_id"), (3, "vorm")]
    assert "staat ook op rij 2" in history.refusals[1].message


def test_an_exact_repetition_counts_once_and_is_told(tmp_path: Path) -> None:
    """The same row twice is one placement, and the count of repetitions says so."""
    history = read(tmp_path, {"plaatsing_id": "H-7"}, {"plaatsing_id": "H-7"}, {})
    assert (len(history), history.repeated, history.refusals) == (2, 1, ())


def test_rows_in_another_order_give_the_same_history(tmp_path: Path) -> None:
    """Placements stand by number, whatever the order of the file."""
    header, *rows = HISTORY.read_text(encoding="utf-8").splitlines()
    random.Random(3).shuffle(rows)
    shuffled = tmp_path / FILE
    shuffled.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    assert read_history(shuffled, until=DAY) == read_history(HISTORY, until=DAY)


def test_running_and_planned_endings_are_censored(tmp_path: Path) -> None:
    """Both say only that the placement held so long; a breakdown alone is an outcome."""
    planned = {"reden_einde": "volgens plan", "einde": "2025-07-10"}
    history = read(tmp_path, {}, planned, RUNNING)
    sample = draw_up(history)
    assert sample.broke.tolist() == [True, False, False]
    days = [(date(2025, 11, 20) - date(2025, 1, 10)).days, 181, (DAY - date(2025, 1, 10)).days]
    assert sample.months == pytest.approx([day / (365.25 / 12) for day in days])


def test_an_earlier_day_shows_the_past_as_it_stood_then(tmp_path: Path) -> None:
    """What ended later was still going on; what began later does not count, and is told."""
    then = date(2025, 6, 1)
    history = read(tmp_path, {}, {"start": "2025-08-01"}, until=then)
    (placement,) = history.placements
    assert (placement.course.ending, placement.course.ended_on) == (Ending.RUNNING, None)
    assert (history.until, history.later, history.refusals) == (then, 1, ())
    assert draw_up(history).broke.tolist() == [False]


def test_without_a_day_it_is_the_last_that_the_file_tells_of(tmp_path: Path) -> None:
    """Of what happened after the export was made the file knows nothing."""
    history = read(tmp_path, {}, {**RUNNING, "start": "2026-02-03"}, until=None)
    assert history.until == date(2026, 2, 3)
    assert len(history) == 2


def test_a_day_before_everything_is_refused(tmp_path: Path) -> None:
    """With nothing begun there is nothing to learn from: choose a later day."""
    with pytest.raises(InputRefused, match="nog geen plaatsing begonnen"):
        read(tmp_path, {}, until=date(2020, 1, 1))


UNREADABLE = [
    ("", "is leeg"),
    ("\n", "mist in regel 1 de kolom"),
    ("naam;leeftijd\nNoor;6\n", "mist in regel 1 de kolom"),
    (file_of(), "bevat geen plaatsingen"),
    (file_of({"vorm": "kamp"}), "geen enkele plaatsing is bruikbaar"),
    (file_of({}).replace("aanbieder", "vorm", 1), "twee keer de kolom 'vorm'"),
    (file_of({}) + '"H-2,spirit\n', "niet te lezen vanaf regel"),
]


@pytest.mark.parametrize(("content", "said"), UNREADABLE)
def test_a_file_of_which_nothing_can_be_used_is_one_sentence(
    content: str, said: str, tmp_path: Path
) -> None:
    """Empty, another file, no rows, none usable, a column twice, a quote too many."""
    path = tmp_path / FILE
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused, match=said) as caught:
        read_history(path, until=DAY)
    assert "Noor" not in str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    """A missing file and one in another encoding are told apart from wrong rows."""
    with pytest.raises(InputRefused):
        read_history(tmp_path / "weg.csv", until=DAY)
    path = tmp_path / FILE
    path.write_bytes(file_of({}).encode("utf-16"))
    with pytest.raises(InputRefused):
        read_history(path, until=DAY)
