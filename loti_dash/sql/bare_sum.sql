-- The yardstick of the benchmarks: nothing but the sum of every count behind a comparison.

SELECT indicator_id, period_id, area_code, level, group_code, sum(numerator), sum(denominator)
FROM visible_counts([])
GROUP BY ALL
