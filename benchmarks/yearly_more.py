"""What else a region of years has: steps, runs, support, records, JIM, questions, drafts, a survey.

A tenth to a half of the number of placements each, drawn by arithmetic.
"""

_R = "(SELECT id, row_number() OVER (ORDER BY number)::int AS n FROM registration) r"
_F = "(SELECT id, row_number() OVER (ORDER BY reference)::int AS n FROM family) f"
_P = "(SELECT id, row_number() OVER (ORDER BY id)::int AS n FROM placement) p"
_RUNS = """
    INSERT INTO match_run (id, region, state, actor, snapshot_day, policy_name, policy_version,
                           policy_text, code_version, seed, goals, counts, notices, seconds)
    SELECT md5('m' || day)::uuid, 'amsterdam', 'klaar', 'x', day::date, 'zorgvuldig', 'v', '', 'c',
           0, '[]', '{}', '[]', '{}' FROM unnest(ARRAY['2025-12-20', current_date::text]) day"""
_UNPLACED = f"""
    INSERT INTO unplaced (run_id, registration_id, why_not)
    SELECT m.id, r.id, '{{"zin": "x"}}' FROM match_run m, {_R} WHERE n % 10 = 9"""
_PAIRS = f"""
    INSERT INTO begun_pair (id, registration_id, family_id, rhythm, is_request, state, begun_on,
                            held_until, ended_at, no_by, reason, decline_reason, phase, actor,
                            is_first_choice)
    SELECT gen_random_uuid(), r.id, f.id, 'voltijd', true, w.state, DATE '2024-01-01' + r.n % 1000,
           DATE '2024-01-15' + r.n % 1000, DATE '2024-01-10' + r.n % 1000 + TIME '12:00',
           CASE WHEN w.state = 'nee' THEN (ARRAY['gezin','ouders'])[1 + r.n % 2] END, 'x',
           CASE WHEN w.state = 'nee' THEN (ARRAY['afstand','leeftijd'])[1 + r.n % 2] END,
           CASE WHEN w.state = 'geplaatst' THEN 'plaatsing' ELSE 'voorgesteld' END, 'x',
           r.n % 3 > 0
    FROM {_R} JOIN {_F} ON f.n = 1 + r.n % (:many * 3 / 4)
    JOIN (VALUES (0, 'nee'), (1, 'geplaatst'), (2, 'verlopen')) w(at, state) ON w.at = r.n % 3
    WHERE r.n % 2 = 0"""
_OFFERS = f"""
    INSERT INTO support_offer (id, placement_id, kind, offered_on, taken_up, since, helped, actor,
                               role, version)
    SELECT gen_random_uuid(), p.id, (ARRAY['respijt','training'])[1 + n % 2],
           DATE '2024-01-01' + n % 1000, 'ja', DATE '2024-01-05' + n % 1000,
           (ARRAY['ja','nee','nog niet bekend'])[1 + n % 3], 'x', 'coordinator', 1
    FROM {_P} WHERE n % 4 = 0"""
_SIGNALS = f"""
    INSERT INTO strain_signal (id, placement_id, day, kind, actor, role)
    SELECT gen_random_uuid(), p.id, current_date - n % 20,
           (ARRAY['school','veiligheid'])[1 + n % 2], 'x', 'coordinator'
    FROM {_P} WHERE n % 7 = 0"""
_RECORDS = f"""
    INSERT INTO breakdown_record (id, placement_id, kind, day, initiative, reasons, tried, actor,
                                  role)
    SELECT gen_random_uuid(), p.id, CASE WHEN n % 5 = 0 THEN 'bijna afgebroken' ELSE 'afgebroken'
           END, DATE '2024-01-01' + n % 1000, (ARRAY['kind','ouders','pleegouders'])[1 + n % 3],
           (ARRAY['loyaliteit','veiligheid'])[1:1 + n % 2], ARRAY['respijtzorg'], 'x', 'coordinator'
    FROM {_P} WHERE n % 6 = 0"""
_MENTORS = f"""
    INSERT INTO mentor_case (id, registration_id, relation, since, until, result, actor, role)
    SELECT gen_random_uuid(), id, 'buren', DATE '2024-01-01' + n % 700,
           CASE WHEN n % 4 > 0 THEN DATE '2026-02-01' + n % 200 END,
           (ARRAY['loopt','thuis gebleven','toch uit huis','thuis gebleven'])[1 + n % 4], 'x',
           'coordinator'
    FROM {_R} WHERE n % 5 = 0"""
_INQUIRIES = f"""
    INSERT INTO network_inquiry (id, registration_id, purpose, relation, asked_on, answer, actor,
                                 role)
    SELECT gen_random_uuid(), id, (ARRAY['netwerkgezin','steun'])[1 + n % 2], 'buren',
           DATE '2024-01-01' + n % 1000, (ARRAY['nee','ja'])[1 + n % 2], 'x', 'coordinator'
    FROM {_R} WHERE n % 3 = 0"""
_DRAFTS = """
    INSERT INTO draft (id, state, sealed, started_on, missing, version)
    SELECT gen_random_uuid(), 'concept', '\\x00'::bytea, current_date - n % 300, 1, 1
    FROM generate_series(1, :many / 40) n"""
_SURVEY = (
    """
    INSERT INTO survey_form (municipality_code, year, questionnaire, state, saved_by, saved_at,
                             submitted_by, submitted_at, version)
    SELECT code, year, '2026-1', 'ingediend', 'x', now(), 'x', now(), 1
    FROM unnest(ARRAY['0363','0384','0394','0479','0439']) code,
         generate_series(2020, 2026) year""",
    """
    INSERT INTO survey_response (municipality_code, year, question, version, answers, actor, role)
    SELECT municipality_code, year, q, 1, ARRAY[CASE WHEN q = 2 THEN 'CBS' WHEN q = 11 THEN 'JIM'
           ELSE 'ja' END], 'x', 'regiomanager' FROM survey_form, generate_series(1, 28) q""",
)
MORE = (
    _RUNS, _UNPLACED, _PAIRS, _OFFERS, _SIGNALS, _RECORDS, _MENTORS, _INQUIRIES, _DRAFTS, *_SURVEY,
)  # fmt: skip
# The state that was kept today, as if it were of the end of that year.
KEPT_THEN = """
    INSERT INTO region_month (month, on_day, made_at, state)
    SELECT CAST(:year || '-12-01' AS date), CAST(:year || '-12-31' AS date), made_at, state
    FROM region_month"""
