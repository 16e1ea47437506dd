-- How many are of known and of unknown ethnicity: one row per area and period of an indicator.
-- Sums only. A sum with a missing part is missing; `status` is the worst of the groups counted.
--
--   known, unknown           of those counted, the numerator
--   set_known, set_unknown   of those they are counted among, the denominator; set_unknown is
--                            missing where that source has no such row, as the Census
--
-- $indicator      an indicator id
-- $level          '5' or '19' groups
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT
    period_id::VARCHAR AS period,
    area_code::VARCHAR AS area_code,
    any_value(all_numerator) AS known,
    any_value(unknown) AS unknown,
    any_value(all_denominator) AS set_known,
    any_value(unknown_of) AS set_unknown,
    max(numerator_status)::VARCHAR AS status
FROM visible_counts($viewer_areas)
WHERE indicator_id = TRY_CAST($indicator AS indicator_code)
  AND level = TRY_CAST($level AS level_code)
GROUP BY ALL
ORDER BY ALL
