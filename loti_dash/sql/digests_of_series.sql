-- What tells whether the counts of a series are the same in two releases: one row per series, with
-- the number of its rows and a digest of them, in whatever order they stand.
--
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT
    series_id,
    count(*) AS rows,
    bit_xor(hash(period_id, area_code, group_code, value, status::VARCHAR)) AS digest
FROM visible($viewer_areas)
GROUP BY series_id
ORDER BY series_id
