-- Makes `counts`: for every indicator, the counts of its numerator beside those of its
-- denominator, so that a view is one look-up. Sums only: ratios belong to measures.
--
-- A row is an indicator, period, area, level (5 or 19 groups shown) and ethnic group:
--   numerator, numerator_status       of the group; areas published together are added
--   denominator, denominator_status   of the denominator's groups that are exactly the same
--                                     people; missing where there are none (matched is false)
--   all_*, white_*, white_british_*   the same of everybody known, of White, of White British
--   unknown, unknown_of               of unknown ethnicity, in numerator and denominator;
--                                     missing where the source has no such row
--
-- Counts with decimals are added from the least to the greatest, because the last digits of a
-- sum depend on the order, and two builds of the same inputs must give the same release. As
-- lists that are sorted: an ordered sum of DuckDB's takes ten times as long where groups are many.
--
-- Reads the temporary tables
--   rate(indicator_id, numerator, denominator, denominator_period)
--   joined(indicator_id, area_code, into_area)
--   shown(classification, level, group_code, position)
--   made_of(numerator_list, denominator_list, group_code, part, parts)
--   leaf(classification, group_code): the groups of a list that add up to everybody known

CREATE TEMP TABLE laid_side_by_side AS
WITH numerator AS (
    SELECT
        indicator_id,
        period_id,
        coalesce(into_area, area_code) AS area_code,
        group_code,
        if(count(value) = count(*), list_sum(list_sort(list(value))), NULL) AS value,
        max(status) AS status,
        max(owner_area) AS owner_area
    FROM rate
    JOIN observation ON series_id = rate.numerator
    LEFT JOIN joined USING (indicator_id, area_code)
    GROUP BY ALL
),

denominator AS (
    SELECT
        indicator_id,
        period_id,
        denominator_period,
        coalesce(into_area, area_code) AS area_code,
        classification,
        group_code,
        if(count(value) = count(*), list_sum(list_sort(list(value))), NULL) AS value,
        max(status) AS status
    FROM rate
    JOIN observation ON series_id = rate.denominator
        AND (denominator_period = 'same' OR period_id = denominator_period)
    JOIN series USING (series_id)
    LEFT JOIN joined USING (indicator_id, area_code)
    GROUP BY ALL
),

matched AS (
    SELECT
        rate.indicator_id,
        denominator.period_id,
        area_code,
        made_of.group_code,
        if(count(value) = max(parts), list_sum(list_sort(list(value))), NULL) AS value,
        if(count(*) = max(parts), max(status), 'not_available'::status) AS status
    FROM rate
    JOIN series AS n ON n.series_id = rate.numerator
    JOIN series AS d ON d.series_id = rate.denominator
    JOIN made_of
        ON numerator_list = n.classification AND denominator_list = d.classification
    JOIN denominator
        ON denominator.indicator_id = rate.indicator_id AND denominator.group_code = part
    GROUP BY ALL
),

whole AS (
    SELECT
        indicator_id,
        period_id,
        area_code,
        if(count(value) = count(*), list_sum(list_sort(list(value))), NULL) AS everybody
    FROM denominator
    JOIN leaf USING (classification, group_code)
    GROUP BY ALL
),

place AS (
    SELECT
        indicator_id,
        rate.numerator,
        if(denominator_period = 'same', period_id, denominator_period) AS other_period,
        period_id,
        area_code,
        max(owner_area) AS owner_area
    FROM numerator
    JOIN rate USING (indicator_id)
    -- An area whose denominator nobody publishes can have no rate, and is not offered.
    WHERE (
        indicator_id,
        if(denominator_period = 'same', period_id, denominator_period),
        area_code
    ) IN (SELECT (indicator_id, period_id, area_code) FROM denominator)
    GROUP BY ALL
),

laid AS (
    SELECT
        place.indicator_id,
        place.period_id,
        place.area_code,
        level,
        shown.group_code,
        position,
        n.value AS numerator,
        coalesce(n.status, 'not_available') AS numerator_status,
        d.value AS denominator,
        coalesce(d.status, 'not_available') AS denominator_status,
        d.status IS NOT NULL AS matched,
        everybody AS all_denominator,
        other_period,
        place.owner_area
    FROM place
    JOIN series ON series_id = place.numerator
    JOIN shown USING (classification)
    LEFT JOIN numerator AS n USING (indicator_id, period_id, area_code, group_code)
    LEFT JOIN matched AS d
        ON d.indicator_id = place.indicator_id AND d.period_id = other_period
        AND d.area_code = place.area_code AND d.group_code = shown.group_code
    LEFT JOIN whole AS w
        ON w.indicator_id = place.indicator_id AND w.period_id = other_period
        AND w.area_code = place.area_code
),

everybody_counted AS (
    SELECT
        indicator_id,
        period_id,
        area_code,
        level,
        if(
            count(numerator) = count(*), list_sum(list_sort(list(numerator))), NULL
        ) AS all_numerator
    FROM laid
    GROUP BY ALL
),

-- Whom a group may be compared with: one row per indicator, period and area of each side.
beside_numerator AS (
    SELECT
        indicator_id,
        period_id,
        area_code,
        max(value) FILTER (group_code = 'white') AS white_numerator,
        max(value) FILTER (group_code = 'white_british') AS white_british_numerator,
        max(value) FILTER (group_code = 'unknown') AS unknown
    FROM numerator
    GROUP BY ALL
),

beside_denominator AS (
    SELECT
        indicator_id,
        period_id AS other_period,
        area_code,
        max(value) FILTER (group_code = 'white') AS white_denominator,
        max(value) FILTER (group_code = 'white_british') AS white_british_denominator
    FROM matched
    GROUP BY ALL
),

unknown_in_denominator AS (
    SELECT indicator_id, period_id AS other_period, area_code, value AS unknown_of
    FROM denominator
    WHERE group_code = 'unknown'
)

SELECT
    laid.* EXCLUDE (all_denominator, other_period, owner_area),
    all_numerator,
    all_denominator,
    white_numerator,
    white_denominator,
    white_british_numerator,
    white_british_denominator,
    unknown,
    unknown_of,
    owner_area
FROM laid
JOIN everybody_counted USING (indicator_id, period_id, area_code, level)
LEFT JOIN beside_numerator USING (indicator_id, period_id, area_code)
LEFT JOIN beside_denominator USING (indicator_id, other_period, area_code)
LEFT JOIN unknown_in_denominator USING (indicator_id, other_period, area_code);

-- Codes are ENUMs, so that they arrive as categories: nobody has to compare words again.
-- The empty code is there because a type without any code is not allowed.
CREATE TYPE indicator_code AS ENUM (
    SELECT '' UNION SELECT indicator_id FROM laid_side_by_side ORDER BY ALL
);
CREATE TYPE period_code AS ENUM (
    SELECT '' UNION SELECT period_id FROM laid_side_by_side ORDER BY ALL
);
CREATE TYPE level_code AS ENUM ('5', '19');
CREATE TYPE area_code AS ENUM (
    SELECT '' UNION SELECT area_code FROM laid_side_by_side ORDER BY ALL
);
CREATE TYPE group_code AS ENUM (
    SELECT '' UNION SELECT group_code FROM laid_side_by_side ORDER BY ALL
);

CREATE TABLE counts AS
SELECT * REPLACE (
    indicator_id::indicator_code AS indicator_id,
    period_id::period_code AS period_id,
    level::level_code AS level,
    area_code::area_code AS area_code,
    group_code::group_code AS group_code,
    numerator_status::status AS numerator_status,
    denominator_status::status AS denominator_status
)
FROM laid_side_by_side
ORDER BY indicator_id, period_id, level, area_code, position;

CREATE MACRO visible_counts(viewer_areas) AS TABLE
    SELECT * FROM counts
    WHERE owner_area IS NULL OR list_contains(viewer_areas, owner_area);
