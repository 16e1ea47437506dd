-- Which groups have figures, or withheld ones, anywhere: one row per period and ethnic group.
--
-- $indicator      an indicator id
-- $level          '5' or '19' groups
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT DISTINCT period_id::VARCHAR AS period, group_code::VARCHAR AS group_code
FROM visible_counts($viewer_areas)
WHERE indicator_id = TRY_CAST($indicator AS indicator_code)
  AND level = TRY_CAST($level AS level_code)
  AND (numerator IS NOT NULL OR numerator_status = 'suppressed')
ORDER BY ALL
