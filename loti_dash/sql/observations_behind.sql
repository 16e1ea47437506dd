-- The counts of a series as they stand in the release: one row per period, area and ethnic group,
-- states of unknown ethnicity included. Nothing is added up here.
--
-- $series         a series id
-- $periods        period ids
-- $areas          area codes
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT period_id AS period, area_code, group_code, value, status::VARCHAR AS status
FROM visible($viewer_areas)
WHERE series_id = $series
  AND list_contains($periods, period_id)
  AND list_contains($areas, area_code)
ORDER BY ALL
