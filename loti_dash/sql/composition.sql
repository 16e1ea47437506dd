-- Who lives where: one row per area and ethnic group of a series of residents, in one period.
--
-- $series         a series id
-- $period         a period id
-- $groups         group codes; those that together are everybody, each counted once
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT area_code, group_code, value
FROM visible($viewer_areas)
WHERE series_id = $series
  AND period_id = $period
  AND list_contains($groups, group_code)
ORDER BY area_code, group_code
