-- What there is to look at: one row per indicator, period, area and level.
--
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT DISTINCT
    indicator_id::VARCHAR AS indicator_id,
    period_id::VARCHAR AS period_id,
    area_code::VARCHAR AS area_code,
    level::VARCHAR AS level
FROM visible_counts($viewer_areas)
ORDER BY ALL
