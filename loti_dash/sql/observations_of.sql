-- The observations of some series as they stand in a release, sums over months and groups
-- included, in the columns of the schema.
--
-- $series         series ids
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT series_id, period_id, area_code, group_code, value, status, owner_area
FROM visible($viewer_areas)
WHERE list_contains($series, series_id)
ORDER BY ALL
