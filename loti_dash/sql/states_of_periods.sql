-- How many are not known for each reason, in the area with the most: one row per period and
-- reason that was used. The greatest area and not the sum, because areas contain one another.
--
-- $series         a series id
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT period_id::VARCHAR AS period, group_code, max(value) AS value
FROM visible($viewer_areas)
WHERE series_id = $series AND starts_with(group_code, 'unknown_') AND value IS NOT NULL
GROUP BY ALL
ORDER BY ALL
