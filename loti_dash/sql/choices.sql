-- What there is to look at: one row per indicator, period, area and level.
--
-- $indicators     indicator ids; an empty list means all of them
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT DISTINCT
    indicator_id::VARCHAR AS indicator_id,
    period_id::VARCHAR AS period_id,
    area_code::VARCHAR AS area_code,
    level::VARCHAR AS level
FROM visible_counts($viewer_areas)
WHERE len($indicators) = 0 OR list_contains($indicators, indicator_id::VARCHAR)
ORDER BY ALL
