-- The counts behind the comparisons of one indicator, as the query `counts` gives them. By codes
-- and not by their words, so that of a large release only a small part is looked at.
--
-- $indicator      an indicator id
-- $period         a period id; '' means all of them
-- $level          '5' or '19' groups
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT * EXCLUDE (position, owner_area)
FROM visible_counts($viewer_areas)
WHERE indicator_id = TRY_CAST($indicator AS indicator_code)
  AND ($period = '' OR period_id = TRY_CAST($period AS period_code))
  AND level = TRY_CAST($level AS level_code)
ORDER BY indicator_id, period_id, level, area_code, position
