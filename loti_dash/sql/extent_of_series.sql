-- What a series has rows for: one row with the lists of its periods, areas and ethnic groups.
--
-- $series         a series id
-- $viewer_areas   areas whose unpublished counts the viewer may see

SELECT
    list(DISTINCT period_id ORDER BY period_id) AS periods,
    list(DISTINCT area_code ORDER BY area_code) AS areas,
    list(DISTINCT group_code ORDER BY group_code) AS groups
FROM visible($viewer_areas)
WHERE series_id = $series
