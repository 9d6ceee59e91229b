"""Three years of placements in the example region, drawn by arithmetic, and how to judge counts.

Ids are drawn so too: what is numbered in their order is the same in every run.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

SMALL = 5
# Day of the figures: the end of the year before the newest placement begins.
FIRST, LAST = "2025-01-01", "2025-12-31"
QUERY = f"?van={FIRST}&totEnMet={LAST}"
IN_PERIOD = f"BETWEEN DATE '{FIRST}' AND DATE '{LAST}'"

# In which form a placement (p) began, and was at the end of the last day: by its changes, which are
# written open here (LET_PLAIN_IN).
_CHANGED = "FROM placement_change c WHERE c.placement_id = p.id"
BEGAN_AS = (
    f"""coalesce((SELECT c.told -> 'vorm' ->> 0 {_CHANGED} ORDER BY on_day LIMIT 1), p.form)"""
)
WAS_ON_LAST = f"""coalesce((SELECT c.told -> 'vorm' ->> 1 {_CHANGED} AND on_day <= '{LAST}'
                            ORDER BY on_day DESC LIMIT 1), {BEGAN_AS})"""
# What a child lives in: as it began, and as it was on the last day.
STAY = f"NOT p.is_bridging AND {BEGAN_AS} <> 'deeltijd'"
LIVED_IN = f"NOT p.is_bridging AND {WAS_ON_LAST} <> 'deeltijd'"

# In order: of two that run for one child the later stays, and which that is must not be the choice
# of how the rows are joined.
_PLACEMENTS = """
INSERT INTO placement (id, registration_id, family_id, provider_id, form, origin, version, since,
                       until, is_bridging, together)
SELECT md5('p' || n)::uuid, r.id, f.id, f.provider_id,
       (ARRAY['opvoeding','hulpverlening','opvoeding','crisis','deeltijd'])[1 + n % 5],
       'gemeld', 1, since, until, n % 41 = 0,
       CASE n % 3 WHEN 0 THEN true WHEN 1 THEN n % 2 = 0 END
FROM (SELECT n, DATE '2023-01-01' + (n * 37) % 1200 AS since,
             CASE WHEN n % 4 < 3 THEN DATE '2023-01-01' + (n * 37) % 1200 + (n * 53) % 700 END
                  AS until
      FROM generate_series(1, 600) n) drawn
JOIN (SELECT id, row_number() OVER (ORDER BY number)::int - 1 AS at, count(*) OVER () AS many
      FROM registration) r ON r.at = n % r.many
JOIN (SELECT id, provider_id, row_number() OVER (ORDER BY reference)::int - 1 AS at,
             count(*) OVER () AS many FROM family) f ON f.at = (n * 7) % f.many
ORDER BY n DESC ON CONFLICT DO NOTHING
"""
# Of three years and more ago: what broke down within 36 months is known of these alone.
_EARLY = """
INSERT INTO placement (id, registration_id, family_id, provider_id, form, origin, version, since,
                       until, is_bridging, together)
SELECT md5('e' || n)::uuid, r.id, f.id, f.provider_id,
       (ARRAY['opvoeding','hulpverlening','crisis'])[1 + n % 3], 'gemeld', 1, since,
       since + CASE WHEN n % 4 < 3 THEN 400 + (n * 53) % 690 ELSE 1110 END, false, NULL
FROM (SELECT n, DATE '2022-07-01' + (n * 37) % 184 AS since FROM generate_series(1, 360) n) drawn
JOIN (SELECT id, row_number() OVER (ORDER BY number)::int - 1 AS at, count(*) OVER () AS many
      FROM registration) r ON r.at = n % r.many
JOIN (SELECT id, provider_id, row_number() OVER (ORDER BY reference)::int - 1 AS at,
             count(*) OVER () AS many FROM family) f ON f.at = (n * 11) % f.many
ORDER BY n DESC ON CONFLICT DO NOTHING
"""
_ENDINGS = """
INSERT INTO placement_ending (placement_id, code, went_to, label, actor, role)
SELECT id, code, 'onbekend', label, 'toets', 'coordinator'
FROM (SELECT id, row_number() OVER (ORDER BY since, id)::int AS n FROM placement
      WHERE until IS NOT NULL) ended
JOIN (VALUES (0, '33', 'voortijdig afgebroken'), (1, '31', 'volgens plan'),
             (2, '32', 'voortijdig afgebroken'), (3, '34', 'te beoordelen'),
             (4, '31', 'volgens plan'), (5, '20', 'geen uitkomst')) AS w(at, code, label)
  ON w.at = n % 7
"""
# Long-term placements of before break down more often than others, but never after three years:
# so their share is another one, and may be told (labels above follow ids, which are drawn).
_LONG_TERM = """
UPDATE placement_ending SET label = CASE WHEN p.until - p.since < 1000
                                    THEN 'voortijdig afgebroken' ELSE 'volgens plan' END
FROM placement p WHERE p.id = placement_id AND p.form = 'opvoeding' AND p.since < '2023-01-01'
AND (p.until - p.since BETWEEN 500 AND 900 OR p.until - p.since > 1000)
"""
_BASES = """
INSERT INTO placement_basis (placement_id, facts)
SELECT id, jsonb_build_object(
         'afstand_huis_km', CASE WHEN n % 11 > 0 THEN ((n * 13) % 440 / 10.0)::text ELSE '' END,
         'vorm', form,
         'school_behouden', (ARRAY['ja','nee',''])[1 + n % 3],
         'samen_geplaatst', (ARRAY['nee','ja','nee',''])[1 + n % 4])
FROM (SELECT id, form, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) every
WHERE n % 9 > 0
"""
# Some went on in another form: what began as part-time became more than that, and the other way.
_FORMS = (
    """
INSERT INTO placement_change (id, placement_id, act, on_day, told, actor, role)
SELECT md5('c' || n)::uuid, id, 'vorm gewijzigd',
       since + least(30 + (n * 17) % 300, coalesce(until - since, 330)),
       jsonb_build_object('vorm', jsonb_build_array(form, CASE form
         WHEN 'opvoeding' THEN 'deeltijd' ELSE 'opvoeding' END)), 'toets', 'coordinator'
FROM (SELECT *, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) p
WHERE n % 5 = 2 AND n % 9 > 0 AND NOT is_bridging
""",
    """
UPDATE placement p SET form = told -> 'vorm' ->> 1 FROM placement_change c
WHERE c.placement_id = p.id
""",
)
_ROADS = """
UPDATE registration SET registered_on = DATE '2024-06-01' + (n * 17) % 600,
       needed_from = DATE '2024-07-01' + (n * 17) % 600,
       network_researched = n % 3 > 0,
       mentor = CASE WHEN n % 4 = 0 THEN 'een tante' END,
       prevention = CASE n % 6
         WHEN 0 THEN '{"netwerkonderzoekOvergeslagen": "te kort dag", "jimOvergeslagen": "te jong"}'
         WHEN 1 THEN '{"netwerkonderzoekUitkomst": "steun gevonden"}'
         WHEN 2 THEN '{"netwerkonderzoekUitkomst": "niemand gevonden"}' END::jsonb,
       state = CASE WHEN n % 5 = 0 THEN 'ingetrokken' WHEN n % 5 = 1 THEN 'geplaatst'
                    ELSE 'zoekt' END,
       withdrawal_reason = CASE WHEN n % 5 = 0
                                THEN (ARRAY['thuis gebleven','verhuisd'])[1 + n % 2] END,
       withdrawn_at = CASE WHEN n % 5 = 0
         THEN TIMESTAMPTZ '2024-09-01 12:00+02' + make_interval(days => ((n * 17) % 600)::int) END
FROM (SELECT id AS one, row_number() OVER (ORDER BY number)::int AS n FROM registration) r
WHERE r.one = registration.id
"""
_CARERS = """
INSERT INTO family_status_change (family_id, from_status, to_status, at)
SELECT id, 'actief', (ARRAY['pauze','gestopt','actief'])[1 + n % 3],
       TIMESTAMPTZ '2025-01-03 23:30+01' + make_interval(days => ((n * 11) % 380)::int)
FROM (SELECT id, row_number() OVER (ORDER BY reference)::int AS n FROM family) f
"""


_LADDER = """
WITH setting AS (
  INSERT INTO care_setting (id, provider_id, number, kind, name, postcode, place_name, min_age,
                            max_age, gender, places, taken_elsewhere, confirmed_on, version)
  SELECT gen_random_uuid(), (SELECT id FROM provider ORDER BY code LIMIT 1), kind, kind, kind,
         '1013AB', 'Amsterdam', 0, 18, 'geen voorkeur', 50, 0, DATE '2025-01-01', 1
  FROM unnest(ARRAY['gezinshuis','leefhuis','residentieel']) kind RETURNING id, kind
), step AS (
  INSERT INTO ladder_step (id, registration_id, rung, setting_id, day, reason, why_not, actor, role)
  SELECT gen_random_uuid(), r.id, w.rung, setting.id, DATE '2024-11-01' + (n * 29) % 500,
         'geen gezin past', '{}', 'toets', 'coordinator'
  FROM (SELECT id, row_number() OVER (ORDER BY number)::int AS n FROM registration) r
  JOIN (VALUES (0, 'thuis met steun'), (1, 'gezinshuis'), (2, 'leefhuis'), (3, 'residentieel'),
               (4, 'thuis met steun')) AS w(at, rung) ON w.at = n % 5
  LEFT JOIN setting ON setting.kind = w.rung RETURNING id, registration_id, setting_id, day
)
INSERT INTO setting_stay (id, setting_id, registration_id, step_id, since, until, end_reason)
SELECT gen_random_uuid(), setting_id, registration_id, id, day,
       CASE WHEN day < DATE '2025-06-01' THEN day + 90 END,
       CASE WHEN day < DATE '2025-06-01' THEN 'naar een gezin' END
FROM step WHERE setting_id IS NOT NULL
"""
_SUPPORT = """
INSERT INTO support_offer (id, placement_id, kind, note, offered_on, taken_up, taken_reason, since,
                           until, helped, actor, role, version)
SELECT md5('s' || n)::uuid, id, (ARRAY['respijt','ambulante hulp','training'])[1 + n % 3], NULL,
       on_,
       (ARRAY['ja','nee','ja','nog niet'])[1 + (n / 5) % 4],
       CASE WHEN (n / 5) % 4 = 1 THEN 'kwam er niet van' END, on_ + 3,
       CASE WHEN n % 2 = 0 THEN on_ + 100 END,
       (ARRAY['ja','deels','nog niet bekend'])[1 + (n / 3) % 3], 'toets', 'coordinator', 1
FROM (SELECT id, n, DATE '2024-12-01' + (n * 31) % 450 AS on_ FROM (
        SELECT id, row_number() OVER (ORDER BY since, id)::int AS n FROM placement) p
      WHERE n % 5 < 3) offered
"""


# The figures are judged by counting in SQL, which reads nothing that is sealed.
LET_PLAIN_IN = """
DO $$ DECLARE rule record; BEGIN
  FOR rule IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
               WHERE contype = 'c' AND starts_with(conname, 'ck_') AND conname LIKE '%_sealed' LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.place, rule.conname);
  END LOOP;
END $$
"""


def add_three_years(session: Session) -> None:
    """Insert placements, endings, facts, roads of registrations, and changes of families.

    By the owner of the tables: changes of a family's status are written by the database alone.
    """
    session.execute(text("RESET ROLE"))
    session.execute(text(LET_PLAIN_IN))
    session.execute(text("DELETE FROM family_status_change"))
    for statement in (
        _ROADS,
        _PLACEMENTS,
        _EARLY,
        _ENDINGS,
        _LONG_TERM,
        _BASES,
        *_FORMS,
        _CARERS,
        _LADDER,
        _SUPPORT,
    ):
        session.execute(text(statement))


def agree(shown: Mapping[str, int | None], counted: Mapping[str, int]) -> None:
    """Assert that parts of a whole are those counted, hidden where they must be and only then."""
    counted = {name: counted.get(name, 0) for name in {*shown, *counted}}
    assert {name for name, count in counted.items() if count} <= set(shown)
    away = {name for name in shown if shown[name] is None}
    assert all(shown[name] == counted[name] for name in shown.keys() - away)
    small = {name for name, count in counted.items() if 0 < count < SMALL}
    assert small <= away
    assert small or not away
    if away and any(shown.values()):
        assert len(away) >= 2
        assert sum(counted[name] for name in away) >= SMALL


def told(count: int) -> int | None:
    """Return a count as it may be told by itself."""
    return None if 0 < count < SMALL else count


def parts(given: list[dict[str, Any]], key: str = "groep", value: str = "aantal") -> dict[str, Any]:
    """Return a list of groups as a mapping."""
    return {one[key]: one[value] for one in given}


def untimed(given: Any) -> Any:
    """Return an answer without when it was counted, which differs each time."""
    if isinstance(given, dict):
        return {key: untimed(one) for key, one in given.items() if key != "standVan"}
    return [untimed(one) for one in given] if isinstance(given, list) else given
