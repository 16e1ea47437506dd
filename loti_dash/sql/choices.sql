-- What there is to look at: one row per indicator, period, area and level.
--
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT DISTINCT indicator_id, period_id, area_code, level
FROM visible_counts($viewer_areas)
ORDER BY ALL
