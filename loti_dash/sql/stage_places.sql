-- Where and when there are figures of some series: one row per series, area and period.
--
-- $series         series ids
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT DISTINCT series_id, area_code, period_id
FROM visible($viewer_areas)
WHERE list_contains($series, series_id)
ORDER BY ALL
