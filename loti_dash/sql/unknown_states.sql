-- Why an ethnicity is not known, as far as a source says: one row per state, with its count in
-- some areas together. The state `unknown` is the sum of the others, or all that there is.
--
-- $series         a series id
-- $period         a period id
-- $areas          area codes
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT group_code, if(count(value) = count(*), sum(value ORDER BY value), NULL) AS value
FROM visible($viewer_areas)
WHERE series_id = $series
  AND period_id = $period
  AND list_contains($areas, area_code)
  AND starts_with(group_code, 'unknown')
GROUP BY ALL
ORDER BY ALL
