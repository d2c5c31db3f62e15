-- The figures of `gamma-ok audit report` from the data set of `gamma-ok export data`, in SQL that DuckDB and Apache Spark both read.
--
-- `units` is a view of the table of that name. Each group is a row: what it is grouped by, its key, then the counts, the sums of
-- weight, the score, the coverage, and Wilson's interval of the unweighted share, which is told from 5 judged on.
WITH grouped AS (
  SELECT 'site' AS head, site AS key, state, weight FROM units WHERE site IS NOT NULL
  UNION ALL
  SELECT 'month' AS head, substr(CAST(day AS STRING), 1, 7) AS key, state, weight FROM units
  UNION ALL
  SELECT 'level' AS head, level AS key, state, weight FROM units WHERE level IS NOT NULL
  UNION ALL
  SELECT 'phase' AS head, phase AS key, state, weight FROM units WHERE phase IS NOT NULL
  UNION ALL
  SELECT 'overall' AS head, '' AS key, state, weight FROM units
),
counted AS (
  SELECT
    head,
    key,
    SUM(CASE WHEN state = 'met' THEN 1 ELSE 0 END) AS met,
    SUM(CASE WHEN state IN ('met', 'not met') THEN 1 ELSE 0 END) AS judged,
    SUM(CASE WHEN state = 'n/a' THEN 1 ELSE 0 END) AS not_applicable,
    SUM(CASE WHEN state = 'not observed' THEN 1 ELSE 0 END) AS not_observed,
    SUM(CASE WHEN state = 'disputed' THEN 1 ELSE 0 END) AS disputed,
    SUM(CASE WHEN state = 'met' THEN weight ELSE 0 END) AS weight_met,
    SUM(CASE WHEN state IN ('met', 'not met') THEN weight ELSE 0 END) AS weight_judged
  FROM grouped
  WHERE state <> 'not counted'
  GROUP BY head, key
),
shares AS (
  SELECT
    *,
    CAST(met AS DOUBLE) / NULLIF(CAST(judged AS DOUBLE), 0) AS share,
    CAST(judged AS DOUBLE) AS n,
    CAST(3.8414588206941254 AS DOUBLE) AS z2
  FROM counted
)
SELECT
  head,
  key,
  met,
  judged,
  not_applicable,
  not_observed,
  disputed,
  weight_met,
  weight_judged,
  CAST(weight_met AS DOUBLE) / NULLIF(CAST(weight_judged AS DOUBLE), 0) AS score,
  n / NULLIF(CAST(judged + not_observed AS DOUBLE), 0) AS coverage,
  CASE
    WHEN judged < 5 THEN NULL
    WHEN met = 0 THEN CAST(0 AS DOUBLE)
    ELSE (share + z2 / (2 * n) - SQRT(z2 * (share * (1 - share) / n + z2 / (4 * n * n)))) / (1 + z2 / n)
  END AS low,
  CASE
    WHEN judged < 5 THEN NULL
    WHEN met = judged THEN CAST(1 AS DOUBLE)
    ELSE (share + z2 / (2 * n) + SQRT(z2 * (share * (1 - share) / n + z2 / (4 * n * n)))) / (1 + z2 / n)
  END AS high
FROM shares
ORDER BY head, key
