-- Which counts of a series there are: how many of each status, once for every period and area
-- (group_code is missing) and once for every ethnic group (period and area_code are missing).
--
-- $series         a series id
-- $groups         group codes: those that do not contain one another
-- $periods        period ids: those that do not contain one another
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT
    period_id AS period,
    area_code,
    group_code,
    count(*) FILTER (WHERE status IN ('ok', 'provisional')) AS published,
    count(*) FILTER (WHERE status = 'suppressed') AS withheld,
    count(*) FILTER (WHERE status IN ('not_available', 'not_applicable')) AS not_available
FROM visible($viewer_areas)
WHERE series_id = $series
  AND list_contains($groups, group_code)
  AND list_contains($periods, period_id)
GROUP BY GROUPING SETS ((period_id, area_code), (group_code))
ORDER BY ALL
