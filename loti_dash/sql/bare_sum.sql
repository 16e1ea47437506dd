-- The yardstick of the benchmarks: nothing but the sum of every count there is, as stored, for
-- each series, area, period and group, fetched like any other answer.

SELECT series_id, area_code, period_id, group_code, sum(value)
FROM visible([])
GROUP BY ALL
