-- The counts behind comparisons: one row per indicator, period, area, level and ethnic group, in
-- the standard order, with the counts of those it may be compared with. Sums only.
--
-- $indicators     indicator ids; an empty list means all of them
-- $periods        period ids; an empty list means all of them
-- $level          '5' or '19' groups; '' means both
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT * EXCLUDE (position, owner_area)
FROM visible_counts($viewer_areas)
WHERE (len($indicators) = 0 OR list_contains($indicators, indicator_id::VARCHAR))
  AND (len($periods) = 0 OR list_contains($periods, period_id::VARCHAR))
  AND ($level = '' OR level::VARCHAR = $level)
ORDER BY indicator_id, period_id, level, area_code, position
