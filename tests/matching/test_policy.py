"""Policies: the shipped ones parse, and a wrong file gets one clear sentence."""

from datetime import date
from pathlib import Path

import pytest

from app.kernel.errors import InputRefused
from app.matching.floors import Floor
from app.matching.limits import NO_LIMITS, HardGroup, Limits, Order
from app.matching.policy import SHIPPED, load_policy, parse_policy

TEXT = (SHIPPED / "zorgvuldig.toml").read_text(encoding="utf-8")


def test_maximaal_is_as_decided() -> None:
    """The shipped policy `maximaal` has its goals in order and no limit."""
    policy = load_policy("maximaal")
    assert policy.goals == (
        "crisis_geplaatst",
        "spoed_geplaatst",
        "regulier_geplaatst",
        "tenzij_groepen_heel",
        "breakdowns",
    )
    assert (policy.max_breakdown, policy.slack_days) == (1.0, (0, 7, 28))


def test_zorgvuldig_is_as_decided() -> None:
    """The shipped policy `zorgvuldig` has its goals in order, its cap and its days."""
    policy = load_policy("zorgvuldig")
    assert policy.goals == (
        "netwerk_eerst",
        "crisis_geplaatst",
        "moet_weg",
        "groepen_heel",
        "wachtdagen",
        "geplaatst",
        "breakdowns",
    )
    assert (policy.max_breakdown, policy.leave_within_days) == (0.45, 14)
    assert (policy.valid_from, policy.slack_days) == (date(2026, 11, 1), (0, 7, 28))


def test_version_tells_texts_apart() -> None:
    """The version begins with the day, is stable, and changes with any change of the text."""
    first, again, other = (parse_policy(t, source="x") for t in (TEXT, TEXT, TEXT + "# anders"))
    assert first.version == again.version != other.version
    assert first.version.startswith("2026-11-01-")
    assert first.text == TEXT


def test_file_may_be_given_by_path(tmp_path: Path) -> None:
    """A region's own file is used when the name is a path."""
    path = tmp_path / "eigen.toml"
    path.write_text(TEXT.replace('"zorgvuldig"', '"eigen"', 1), encoding="utf-8")
    assert load_policy(str(path)).name == "eigen"


def test_unknown_name_lists_what_there_is() -> None:
    """A name that is neither shipped nor a file is refused with the names to choose from."""
    with pytest.raises(InputRefused, match="kies maximaal, zorgvuldig, of geef het pad"):
        load_policy("ruim")


def test_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A file that is no UTF-8 gets a sentence, not a traceback."""
    path = tmp_path / "eigen.toml"
    path.write_bytes(TEXT.replace("één", "e").encode("utf-16"))
    with pytest.raises(InputRefused, match=r"eigen\.toml.*UTF-8"):
        load_policy(str(path))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[grenzen]", "[grenzen", "geen geldige TOML"),
        ("[grenzen]", "[limieten]", r"onbekende sleutel 'limieten' in het bestand; kies uit naam"),
        ("moet_weg_binnen_dagen = 14", "", "'moet_weg_binnen_dagen' ontbreekt in .grenzen."),
        ("= 0.45", "= 1.01", "buiten bereik bij 'hoogste_breakdownkans' in .grenzen.; geef een"),
        ("= 0.45", "= nan", "buiten bereik bij 'hoogste_breakdownkans'"),
        ("= 0.45", '= "0,45"', "verkeerde waarde bij 'hoogste_breakdownkans'"),
        ("= 0.45", "= true", "verkeerde waarde bij 'hoogste_breakdownkans'"),
        ("= 14", "= -1", "buiten bereik bij 'moet_weg_binnen_dagen'"),
        ("= 14", "= 14.5", "verkeerde waarde bij 'moet_weg_binnen_dagen'"),
        ("spoed = 7", "spoed = 400", "buiten bereik bij 'spoed' in .speling_dagen."),
        ("spoed = 7", "haast = 7", "onbekende sleutel 'haast' in .speling_dagen."),
        ('"groepen_heel"', '"groepen_half"', "onbekend doel 'groepen_half'.*kies uit netwerk"),
        ('"groepen_heel"', "3", "onbekend doel '3'"),
        ('"groepen_heel"', '"moet_weg"', "doel 'moet_weg' staat er dubbel"),
        ("geldig_vanaf = 2026-11-01", 'geldig_vanaf = "straks"', "geef een datum zoals 2026"),
        ("geldig_vanaf = 2026-11-01", "geldig_vanaf = 2026-11-01T10:00:00", "geef een datum"),
        ('naam = "zorgvuldig"', 'naam = " "', "lege waarde bij 'naam'"),
    ],
)
def test_wrong_file_gets_one_sentence(old: str, new: str, sentence: str) -> None:
    """Each kind of fault is refused in one sentence: which file, what, where, what to do."""
    assert old in TEXT
    with pytest.raises(InputRefused, match=sentence) as refused:
        parse_policy(TEXT.replace(old, new, 1), source="eigen.toml")
    assert str(refused.value).startswith("Beleidsbestand eigen.toml is niet te gebruiken: ")
    assert "\n" not in str(refused.value)


def test_other_orders_must_be_tables() -> None:
    """A plain list under the key is refused."""
    with pytest.raises(InputRefused, match=r"geef tabellen \[\[andere_volgordes\]\]"):
        parse_policy(f"andere_volgordes = [1, 2]\n{TEXT}", source="eigen.toml")


def test_policy_without_goals_is_refused() -> None:
    """An empty list of goals would place children by the tie-break alone, so it is refused."""
    head, tail = TEXT.split("doelen = [")[0], TEXT.split("\n]\n")[1]
    with pytest.raises(InputRefused, match="lege lijst bij 'doelen'"):
        parse_policy(f"{head}doelen = []\n{tail}", source="eigen.toml")


MORE = """hoogste_breakdownkans = 0.45
steunplan_boven = 0.3
nieuwe_kinderen_per_gezin = 2
prijs_per_veranderd_voorstel = 0.05
prijs_per_plaatsing = 0.4
"""
HARD = """
[moeilijke_groep]
leeftijd_vanaf = 12
ernst_vanaf = 3
"""
ORDERS = """
[[andere_volgordes]]
naam = "groepen eerst"
doelen = ["groepen_heel", "geplaatst"]

[[andere_volgordes]]
naam = "prijs eerst"
doelen = ["geplaatst_tegen_prijs"]
"""
FULL = TEXT.replace('"netwerk_eerst", ', '"netwerk_eerst", "moeilijkst_geplaatst", ', 1)
FULL = FULL.replace('"geplaatst",', '"geplaatst_tegen_prijs",', 1)
FULL = FULL.replace("hoogste_breakdownkans = 0.45", MORE, 1) + HARD + ORDERS


def test_limits_are_read() -> None:
    """Every limit that a policy may set; without them none does anything."""
    limits = parse_policy(FULL, source="x").limits
    orders = (
        Order("groepen eerst", ("groepen_heel", "geplaatst")),
        Order("prijs eerst", ("geplaatst_tegen_prijs",)),
    )
    assert limits == Limits(0.3, 2, 0.05, HardGroup(12, 3), 0.4, orders)
    assert load_policy("zorgvuldig").limits == load_policy("maximaal").limits == NO_LIMITS


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("steunplan_boven = 0.3", "steunplan_boven = 0.5", "boven 'hoogste_breakdownkans'"),
        ("steunplan_boven = 0.3", "steunplan_boven = 2", "buiten bereik bij 'steunplan_boven'"),
        ("per_gezin = 2", "per_gezin = 0", "'nieuwe_kinderen_per_gezin' in .*van 1 tot"),
        ("per_gezin = 2", "per_gezin = 1.5", "verkeerde waarde bij 'nieuwe_kinderen_per_gezin'"),
        ("voorstel = 0.05", 'voorstel = "veel"', "waarde bij 'prijs_per_veranderd_voorstel'"),
        ("ernst_vanaf = 3", "ernst_vanaf = 4", "'ernst_vanaf' in .moeilijke_groep.; geef een"),
        ("ernst_vanaf = 3", "zwaar = 3", "onbekende sleutel 'zwaar' in .moeilijke_groep."),
        (HARD, "[moeilijke_groep]", "geen enkele sleutel in .moeilijke_groep.; kies uit leeftijd"),
        (HARD, "", "doel 'moeilijkst_geplaatst' zonder tabel .moeilijke_groep."),
        ('"moeilijkst_geplaatst", ', "", "zonder doel 'moeilijkst_geplaatst'.*; zet dat doel in"),
        ("plaatsing = 0.4", "plaatsing = 1.4", "buiten bereik bij 'prijs_per_plaatsing'"),
        ("prijs_per_plaatsing = 0.4", "", "'geplaatst_tegen_prijs' zonder sleutel 'prijs_per_pl"),
        ('"geplaatst_tegen_prijs",\n', "\n", "zonder doel 'geplaatst_tegen_prijs'"),
        (ORDERS, ORDERS[: ORDERS.rindex("[[")], "niet twee tabellen .*; geef er twee of geen"),
        (ORDERS, "andere_volgordes = [1, 2]", "onbekende sleutel 'andere_volgordes' in .moei"),
        ('naam = "prijs eerst"', "", "sleutel 'naam' ontbreekt in ..andere_volgordes.."),
        ('["groepen_heel", "geplaatst"]', '["snel"]', "onbekend doel 'snel'"),
        ('"breakdowns",', "", "'prijs_per_veranderd_voorstel' zonder doel 'breakdowns'"),
    ],
)
def test_a_wrong_limit_gets_one_sentence(old: str, new: str, sentence: str) -> None:
    """A limit out of range, or one that nothing makes use of, is refused in one sentence."""
    assert old in FULL
    with pytest.raises(InputRefused, match=sentence) as refused:
        parse_policy(FULL.replace(old, new, 1), source="eigen.toml")
    assert "\n" not in str(refused.value)


def _with_floors(*tables: str) -> str:
    return TEXT + "".join(f"\n[[ondergrenzen]]\n{table}\n" for table in tables)


def test_floors_are_read_in_their_order() -> None:
    """A number or a share of a named group; the first goes first."""
    text = _with_floors('groep = "rolstoel"\naantal = 3', 'groep = "vorm crisis"\ndeel = 0.5')
    floors = parse_policy(text, source="x").limits.floors
    assert floors == (Floor("rolstoel", number=3), Floor("vorm crisis", share=0.5))


@pytest.mark.parametrize(
    ("tables", "part"),
    [
        (['groep = "tieners"\naantal = 1'], "onbekende groep 'tieners' in [[ondergrenzen]]; kies"),
        (['groep = "rolstoel"'], "geen of twee maten bij groep 'rolstoel'"),
        (['groep = "rolstoel"\naantal = 1\ndeel = 0.1'], "geen of twee maten"),
        (['groep = "rolstoel"\ndeel = 1.5'], "waarde buiten bereik bij 'deel'"),
        (['groep = "rolstoel"\naantal = 0'], "waarde buiten bereik bij 'aantal'"),
        (['groep = "rolstoel"\nminstens = 2'], "onbekende sleutel 'minstens'"),
        (['groep = "rolstoel"\naantal = 1'] * 2, "twee ondergrenzen voor groep 'rolstoel'"),
    ],
)
def test_a_wrong_floor_gets_one_sentence(tables: list[str], part: str) -> None:
    """What is wrong, where, and what to do."""
    with pytest.raises(InputRefused) as refused:
        parse_policy(_with_floors(*tables), source="x.toml")
    assert part in str(refused.value)
