-- Why ethnicities are not known, as far as a source says: one row per period, area and state,
-- with its count. The state `unknown` is the sum of the others, or all that there is. All
-- periods and areas of a series at once, because a page asks for several of them.
--
-- $series         a series id
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT period_id AS period, area_code, group_code, value
FROM visible($viewer_areas)
WHERE series_id = $series AND starts_with(group_code, 'unknown')
ORDER BY ALL
