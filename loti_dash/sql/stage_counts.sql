-- The counts of one step of a process beside those it is set against, in one place and period: a
-- row per ethnic group, in the order given, with those it may be compared with. Sums only, with
-- the columns and the rules of the query `counts`; a sum with a missing part is missing.
--
-- $numerator, $period                 the series of the step, and its period
-- $denominator, $denominator_period   the series it is set against, and the period of that
-- $areas                              the area, and those published together with it
-- $groups                             ethnic groups of the numerator's list that are shown
-- $made, $parts                       groups, and beside each a group of the denominator's list
--                                     that is a part of it
-- $leaves                             groups of the denominator's list that are everybody known
-- $viewer_areas                       areas whose unpublished counts the viewer may see

WITH counted AS (
    SELECT
        series_id,
        group_code,
        if(count(value) = count(*), list_sum(list_sort(list(value))), NULL) AS value,
        max(status) AS status
    FROM visible($viewer_areas)
    WHERE list_contains($areas, area_code)
      AND (
          (series_id = $numerator AND period_id = $period)
          OR (series_id = $denominator AND period_id = $denominator_period)
      )
    GROUP BY ALL
),

n AS (SELECT * FROM counted WHERE series_id = $numerator),

d AS (SELECT * FROM counted WHERE series_id = $denominator),

shown AS (
    SELECT unnest($groups) AS group_code, generate_subscripts($groups, 1) AS position
),

made_of AS (SELECT unnest($made) AS group_code, unnest($parts) AS part),

matched AS (
    SELECT
        made_of.group_code,
        if(count(value) = count(*), list_sum(list_sort(list(value))), NULL) AS value,
        if(count(status) = count(*), max(status), 'not_available') AS status
    FROM made_of
    LEFT JOIN d ON d.group_code = part
    GROUP BY made_of.group_code
    HAVING count(status) > 0
),

-- Not as a window over the rows: DuckDB 1.5 fails now and then at an ordered sum over all rows.
all_shown AS (
    SELECT if(count(value) = count(*), list_sum(list_sort(list(value))), NULL) AS value
    FROM shown
    LEFT JOIN n USING (group_code)
),

everybody AS (
    SELECT if(count(value) = count(*), list_sum(list_sort(list(value))), NULL) AS value
    FROM d
    WHERE list_contains($leaves, group_code)
)

SELECT
    shown.group_code,
    n.value AS numerator,
    coalesce(n.status, 'not_available')::VARCHAR AS numerator_status,
    matched.value AS denominator,
    coalesce(matched.status, 'not_available')::VARCHAR AS denominator_status,
    matched.status IS NOT NULL AS matched,
    (SELECT value FROM all_shown) AS all_numerator,
    (SELECT value FROM everybody) AS all_denominator,
    (SELECT value FROM n WHERE group_code = 'white') AS white_numerator,
    (SELECT value FROM matched WHERE group_code = 'white') AS white_denominator,
    (SELECT value FROM n WHERE group_code = 'white_british') AS white_british_numerator,
    (SELECT value FROM matched WHERE group_code = 'white_british') AS white_british_denominator,
    (SELECT value FROM n WHERE group_code = 'unknown') AS unknown,
    (SELECT value FROM d WHERE group_code = 'unknown') AS unknown_of
FROM shown
LEFT JOIN n ON n.group_code = shown.group_code
LEFT JOIN matched ON matched.group_code = shown.group_code
ORDER BY position
