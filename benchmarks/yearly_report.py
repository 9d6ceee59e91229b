"""How long the yearly report takes on a region with many placements.

Run: `.venv/bin/python -m benchmarks.yearly_report [placements]`, 20,000 where none are named. A
throw-away database is filled in bulk; the report is asked for at its door, as a manager does, once
to warm up and then several times; the page of the screens and the two files that are taken along
are measured beside it.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from app.db.opened import Database, open_throwaway
from app.db.roles import WORKER
from app.db.session import as_system, make_engine, make_sessions, session_for
from app.insight.months import Parts, keep_month
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.main import create_app
from app.reference.service import ensure_reference
from app.security.development import make_token
from app.settings import Settings
from app.strain.views import strain_figures
from benchmarks.measured import keep, measure
from benchmarks.yearly_more import KEPT_THEN, MORE

PLACEMENTS, YEAR, RUNS = 20_000, 2025, 3
KINDS = ("csv", "xlsx")
# What is only counted need not be sealed.
_LET_PLAIN_IN = """
    DO $$ DECLARE rule record; BEGIN
      FOR rule IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
                   WHERE contype = 'c' AND starts_with(conname, 'ck_')
                   AND conname LIKE '%_sealed' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.place, rule.conname);
      END LOOP;
    END $$"""
# One placement a child; six in ten have ended, three in ten of those broke down.
FILL = (
    _LET_PLAIN_IN,
    """
    INSERT INTO child (id, first_name, born_on, gender)
    SELECT md5('c' || n)::uuid, 'x', DATE '2008-01-01' + n % 6000, 'meisje'
    FROM generate_series(1, :many) n""",
    """
    INSERT INTO registration
      (id, child_id, number, state, care_form, urgency, referrer, legal_frame, postcode,
       municipality, staying_now, registered_on, needed_from, expected_months, keep_school,
       earlier_placements, earlier_breakdowns, residential_past, allergies, needs_smoke_free,
       needs_wheelchair, languages, visits_per_month, visit_place, secret_placement,
       network_researched, other_children, child_voice, big5, content_hash, version)
    SELECT md5('r' || n)::uuid, md5('c' || n)::uuid, 'B-' || n,
           CASE WHEN n % 10 < 9 THEN 'geplaatst' ELSE 'zoekt' END,
           (ARRAY['opvoeding','hulpverlening','crisis'])[1 + n % 3], 'regulier', 'gi', 'OTS',
           area.pc4 || 'AB', area.municipality, 'thuis', DATE '2022-11-01' + n % 1100,
           DATE '2022-12-01' + n % 1100, 12, n % 2 = 0, n % 3, 0, false, '{}', false, false,
           '{}', 2, 'neutrale plek', false, n % 3 > 0, 'geen voorkeur', '',
           '{"wonen": "ja", "financien": "nee", "welzijn": "onbekend"}', n::text, 1
    FROM generate_series(1, :many) n
    JOIN (SELECT *, row_number() OVER (ORDER BY pc4) AS at FROM postcode_area
          WHERE municipality_code IN ('0363', '0384', '0394', '0479', '0439')) area
      ON area.at = 1 + n % (SELECT count(*) FROM postcode_area
          WHERE municipality_code IN ('0363', '0384', '0394', '0479', '0439'))""",
    """
    INSERT INTO family
      (id, provider_id, reference, name, kind, status, postcode, place_name, min_age, max_age,
       gender_preference, max_siblings, experience_years, trainings, pets, smokes, wheelchair,
       languages, prepared, respite, network_for, needs_confirmation, source_updated_at,
       content_hash, version)
    SELECT md5('f' || n)::uuid, (SELECT id FROM provider ORDER BY code OFFSET n % 5 LIMIT 1),
           'B-' || n, 'x', CASE WHEN n % 4 = 0 THEN 'netwerk' ELSE 'bestand' END,
           CASE WHEN n % 9 = 0 THEN 'gestopt' ELSE 'actief' END, area.pc4 || 'CD', 'x', 0, 18,
           'geen voorkeur', 2, 3, '{}', '{}', false, false, '{}', true, n % 3 = 0,
           CASE WHEN n % 4 = 0 THEN 'B-' || n END, false, now(), n::text, 1
    FROM generate_series(1, :many * 3 / 4) n
    JOIN (SELECT *, row_number() OVER (ORDER BY pc4) AS at FROM postcode_area
          WHERE municipality_code IN ('0363', '0384', '0394', '0479', '0439')) area
      ON area.at = 1 + n % (SELECT count(*) FROM postcode_area
          WHERE municipality_code IN ('0363', '0384', '0394', '0479', '0439'))""",
    """
    INSERT INTO family_form (family_id, form) SELECT id, 'opvoeding' FROM family
    UNION ALL SELECT id, 'hulpverlening' FROM family WHERE respite""",
    """
    INSERT INTO place (id, family_id, ordinal, rhythm, is_offered)
    SELECT gen_random_uuid(), id, 1, 'voltijd', true FROM family""",
    """
    INSERT INTO placement (id, registration_id, family_id, provider_id, form, origin, version,
                           since, until, together)
    SELECT md5('p' || n)::uuid, md5('r' || n)::uuid, f.id, f.provider_id,
           (ARRAY['opvoeding','hulpverlening','deeltijd'])[1 + n % 3], 'gemeld', 1,
           DATE '2023-01-01' + n % 1095,
           CASE WHEN n % 10 < 6 THEN DATE '2023-01-01' + n % 1095 + (n * 7) % 800 END,
           CASE WHEN n % 3 = 0 THEN n % 2 = 0 END
    FROM generate_series(1, :many) n
    JOIN family f ON f.id = md5('f' || 1 + n % (:many * 3 / 4))::uuid""",
    """
    INSERT INTO placement_ending (placement_id, code, went_to, label, actor, role)
    SELECT id, CASE n % 10 WHEN 0 THEN '34' WHEN 1 THEN '32' WHEN 2 THEN '33' WHEN 3 THEN '32'
               ELSE '31' END, 'onbekend',
           CASE n % 10 WHEN 0 THEN 'te beoordelen' WHEN 1 THEN 'voortijdig afgebroken'
             WHEN 2 THEN 'voortijdig afgebroken' WHEN 3 THEN 'voortijdig afgebroken'
             ELSE 'volgens plan' END, 'x', 'systeem'
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM placement
          WHERE until IS NOT NULL) ended""",
    """
    INSERT INTO placement_basis (placement_id, facts)
    SELECT id, jsonb_build_object('afstand_huis_km', (n % 400 / 10.0)::text,
                                  'school_behouden', (ARRAY['ja','nee',''])[1 + n % 3])
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM placement) every""",
    *MORE,
    "ANALYZE",
)


@dataclass(frozen=True, slots=True)
class Made:
    """The report of a year, its page and its files: median seconds. is_past: the year is over."""

    placements: int
    is_past: bool
    fill_wall: float
    report_cpu: float
    report_wall: float
    page_cpu: float
    page_wall: float
    csv_cpu: float
    csv_wall: float
    xlsx_cpu: float
    xlsx_wall: float


def main() -> None:
    """Fill, measure, print, and keep."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else PLACEMENTS
    settings = Settings(database_url=None)
    with open_throwaway(settings) as database:
        with session_for(database.sessions, SYSTEM) as session:
            ensure_reference(session)
        start = perf_counter()
        fill(database, many)
        seconds = round(perf_counter() - start, 1)
        made = [measured(database, many, seconds, year) for year in (YEAR, YEAR + 1)]
    print(*made, sep="\n")
    if many == PLACEMENTS:
        keep("yearly_report", made)


def fill(database: Database, many: int) -> None:
    """Put the rows in, by the owner of the tables, and keep the state of the year that is over."""
    engine = create_engine(database.url)
    with engine.begin() as connection:
        for statement in FILL:
            connection.execute(text(statement), {"many": many} if ":many" in statement else {})
    worker = make_engine(database.url, role=WORKER)
    with session_for(make_sessions(worker), SYSTEM) as session, as_system(session):
        parts: Parts = {"watched": lambda session, today, _: strain_figures(session, today)}
        keep_month(session, today=today_in_amsterdam(), parts=parts)
    with engine.begin() as connection:
        connection.execute(text(KEPT_THEN), {"year": str(YEAR)})
    worker.dispose()
    engine.dispose()


def measured(database: Database, many: int, seconds: float, year: int) -> Made:
    """Return the median times of the report at its door, of its page, and of its files.

    Of a year that runs the page and the files ask for a brief and the watch list of today too.
    """
    client = TestClient(create_app(database))
    token = make_token(Settings(database_url=None), ActorRole.MANAGER)
    headers = {"Authorization": f"Bearer {token}"}
    form = {"rol": "regiomanager", "organisatie": "", "naar": "/"}
    client.post("/inloggen", data=form, follow_redirects=False)

    def asked(path: str) -> Callable[[], int]:
        def ask() -> int:
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200, answer.text
            return len(answer.content)

        return ask

    page = f"/regio/jaarverslag/{year}"
    paths = (f"/v1/jaarverslagen/{year}", page, *(f"{page}/jaarverslag.{k}" for k in KINDS))
    asked(paths[0])()
    times = [measure(asked(path), RUNS) for path in paths]
    return Made(
        many, year == YEAR, seconds, *(part for time in times for part in (time.cpu, time.wall))
    )


if __name__ == "__main__":
    main()
