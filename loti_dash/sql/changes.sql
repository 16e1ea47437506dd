-- How the published counts of two releases, attached as `before` and `after`, differ: one row
-- with the numbers of counts that were added, removed and changed.

SELECT
    count(*) FILTER (b.status IS NULL) AS added,
    count(*) FILTER (a.status IS NULL) AS removed,
    count(*) FILTER (
        a.status IS NOT NULL AND b.status IS NOT NULL
        AND (a.value IS DISTINCT FROM b.value OR a.status::VARCHAR <> b.status::VARCHAR)
    ) AS changed
FROM (SELECT * FROM before.observation WHERE owner_area IS NULL) AS b
FULL JOIN (SELECT * FROM after.observation WHERE owner_area IS NULL) AS a
    USING (series_id, period_id, area_code, group_code)
