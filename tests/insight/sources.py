"""Who waits, who was placed, what was done before, as SQL that shares nothing with the service."""

from tests.insight.past import IN_PERIOD, LAST

AREA = "coalesce(replace(a.municipality, ' Municipality', ''), 'onbekend')"
AGE = """CASE WHEN years < 4 THEN '0–3' WHEN years < 8 THEN '4–7' WHEN years < 12 THEN '8–11'
         WHEN years < 16 THEN '12–15' ELSE '16+' END"""
WAITS = f"""
    SELECT care_form, urgency, {AREA} AS area, {AGE} AS age,
           current - least(registered_on, coalesce(clock_from, registered_on)) AS days
    FROM registration r JOIN child c ON c.id = r.child_id
    CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS current) t
    CROSS JOIN LATERAL (SELECT extract(year FROM age(current, c.born_on)) AS years) y
    LEFT JOIN postcode_area a ON a.pc4 = substr(r.postcode, 1, 4)
    WHERE r.state = 'zoekt'"""
PLACED = f"""
    SELECT p.*, r.care_form, f.kind, hm.municipality_code = fm.municipality_code AS near,
           greatest(0, p.since - least(registered_on, coalesce(clock_from, registered_on))) AS days,
           CASE WHEN r.sibling_group_id IS NOT NULL THEN EXISTS (
             SELECT FROM placement op JOIN registration o ON o.id = op.registration_id
             WHERE o.sibling_group_id = r.sibling_group_id AND o.id <> r.id
             AND op.family_id = p.family_id AND op.since < coalesce(p.until, 'infinity')
             AND coalesce(op.until, 'infinity') > p.since) END AS reunited
    FROM placement p JOIN registration r ON r.id = p.registration_id
    JOIN family f ON f.id = p.family_id
    LEFT JOIN postcode_area hm ON hm.pc4 = substr(r.postcode, 1, 4)
    LEFT JOIN postcode_area fm ON fm.pc4 = substr(f.postcode, 1, 4)
    WHERE NOT p.is_bridging AND p.since {IN_PERIOD}"""

WAITED = f"""
    SELECT since, area FROM (
      SELECT least(registered_on, coalesce(clock_from, registered_on)) AS since, registered_on,
             CASE WHEN state <> 'zoekt' THEN coalesce(
               (SELECT min(p.since) FROM placement p
                WHERE p.registration_id = r.id AND NOT is_bridging),
               (withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date,
               (SELECT min((at AT TIME ZONE 'Europe/Amsterdam')::date) FROM stage_change s
                WHERE s.registration_id = r.id
                AND to_stage IN ('geplaatst', 'gesloten', 'ingetrokken'))) END AS over,
             state, {AREA} AS area FROM registration r
      LEFT JOIN postcode_area a ON a.pc4 = substr(r.postcode, 1, 4)) x
    WHERE registered_on <= '{LAST}' AND (state = 'zoekt' OR over > '{LAST}')"""

# Of the questions in the network the last of each kind to each relation counts.
NETWORK = f"""
    SELECT CASE WHEN network_researched OR asked THEN 'onderzocht, ' || coalesce(
             prevention ->> 'netwerkonderzoekUitkomst',
             CASE WHEN family THEN 'gezin gevonden' WHEN support THEN 'steun gevonden'
               WHEN no THEN 'niemand gevonden' ELSE 'uitkomst niet vastgelegd' END)
           WHEN prevention ? 'netwerkonderzoekOvergeslagen' THEN 'overgeslagen met reden'
           ELSE 'niets vastgelegd' END AS groep, count(*) AS aantal
    FROM registration r CROSS JOIN LATERAL (
      SELECT count(*) > 0 AS asked, bool_and(answer = 'nee') AS no,
             bool_or(purpose = 'netwerkgezin' AND answer = 'ja') AS family,
             bool_or(purpose = 'steun' AND answer = 'ja')
               AND NOT bool_or(answer = 'wil nadenken') AS support
      FROM (SELECT DISTINCT ON (purpose, relation) purpose, answer FROM network_inquiry i
            WHERE i.registration_id = r.id AND purpose <> 'JIM'
            ORDER BY purpose, relation, asked_on DESC, id DESC) last) i
    WHERE registered_on {IN_PERIOD} GROUP BY 1"""
MENTORS = f"""
    SELECT CASE WHEN mentor IS NOT NULL OR EXISTS (
               SELECT FROM mentor_case c WHERE c.registration_id = r.id) THEN 'mentor gekozen'
             WHEN prevention ? 'jimOvergeslagen' THEN 'overgeslagen met reden'
             ELSE 'niets vastgelegd' END AS groep, count(*) AS aantal
    FROM registration r WHERE registered_on {IN_PERIOD} GROUP BY 1"""
