-- 涉刑在编人员未处分（convicted_staff）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   cluster.min_people = 3
--   cluster.min_share = 0.30
--   discipline.grace_days = 60
--   discipline.juvenile_months = 216
--   discipline.lookback_days = 30
--   discipline.negligent_term_months = 36
--   discipline.sanction_law_from = 2020-07-01
--   discipline.sealed_term_months = 60

-- 数据：罪犯
SELECT
  "case_no" AS "罪犯.case_no", "name" AS "罪犯.name", "outcome" AS "罪犯.outcome", "act_on" AS "罪犯.act_on", "decided_on" AS "罪犯.decided_on",
  "effective_on" AS "罪犯.effective_on", "penalty_kind" AS "罪犯.penalty_kind", "term_months" AS "罪犯.term_months", "intent" AS "罪犯.intent",
  "fine_only" AS "罪犯.fine_only", "rights_deprived" AS "罪犯.rights_deprived", "remedy" AS "罪犯.remedy", "sealed" AS "罪犯.sealed",
  "person__id" AS "罪犯.person__id", "person__name" AS "罪犯.person__name", "person__mask" AS "罪犯.person__mask",
  "person__birth" AS "罪犯.person__birth", "person__sex" AS "罪犯.person__sex", "person__area" AS "罪犯.person__area", _row AS "罪犯._row", 0 AS _g,
  0 AS _st
FROM prosecuted_person;

-- 数据：编制
SELECT
  "employer" AS "编制.employer", "supervising_body" AS "编制.supervising_body", "staffing_kind" AS "编制.staffing_kind",
  "joined_on" AS "编制.joined_on", "left_on" AS "编制.left_on", "status" AS "编制.status", "changed_on" AS "编制.changed_on",
  "classified_unit" AS "编制.classified_unit", "extract_on" AS "编制.extract_on", "person__id" AS "编制.person__id",
  "person__name" AS "编制.person__name", "person__mask" AS "编制.person__mask", "person__birth" AS "编制.person__birth",
  "person__sex" AS "编制.person__sex", "person__area" AS "编制.person__area", _row AS "编制._row", 0 AS _g, 0 AS _st
FROM establishment_person;

-- 数据：处分
SELECT
  "sanction" AS "处分.sanction", "decided_on" AS "处分.decided_on", "case_basis" AS "处分.case_basis", "person__id" AS "处分.person__id",
  "person__name" AS "处分.person__name", "person__mask" AS "处分.person__mask", "person__birth" AS "处分.person__birth",
  "person__sex" AS "处分.person__sex", "person__area" AS "处分.person__area", _row AS "处分._row", 0 AS _g, 0 AS _st
FROM discipline_record;

-- convicted
CREATE TEMP TABLE "st_convicted" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "罪犯._row", _g, _st
FROM "src_罪犯"
WHERE
  "罪犯.outcome" IN ('有罪判决', '免予刑事处罚', '相对不起诉');

-- dated
CREATE TEMP TABLE "st_dated" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "罪犯._row", _g, _st,
  CASE
    WHEN "settled_on" < CAST('2020-07-01' AS DATE)
    THEN NULL
    WHEN "罪犯.outcome" IN ('相对不起诉', '免予刑事处罚')
    OR "罪犯.penalty_kind" IN ('单处罚金', '免予刑事处罚')
    OR "罪犯.fine_only" = '是'
    THEN '撤职'
    WHEN "罪犯.rights_deprived" = '是'
    THEN '开除'
    WHEN "罪犯.intent" = '故意' AND "罪犯.penalty_kind" IN ('管制', '拘役', '有期徒刑', '无期徒刑', '死刑')
    THEN '开除'
    WHEN "罪犯.intent" = '过失' AND "罪犯.penalty_kind" = '有期徒刑' AND "罪犯.term_months" > 36
    THEN '开除'
  END AS "expected"
FROM (
  SELECT
    "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months",
    "罪犯.intent", "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask",
    "罪犯.person__birth", "罪犯.person__sex", "罪犯.person__area", "settled_on", "罪犯._row", _g, _st,
    COALESCE("罪犯.act_on", "settled_on") AS "act_day"
  FROM (
    SELECT
      "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months",
      "罪犯.intent", "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask",
      "罪犯.person__birth", "罪犯.person__sex", "罪犯.person__area", "罪犯._row", _g, _st,
      CASE
        WHEN "罪犯.outcome" = '相对不起诉'
        THEN COALESCE("罪犯.decided_on", "罪犯.effective_on")
        ELSE COALESCE("罪犯.effective_on", "罪犯.decided_on")
      END AS "settled_on"
    FROM (
      SELECT
        "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months",
        "罪犯.intent", "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask",
        "罪犯.person__birth", "罪犯.person__sex", "罪犯.person__area", "罪犯._row", _g, _st
      FROM "st_convicted"
    )
  )
);

-- open_record
CREATE TEMP TABLE "st_open_record" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "罪犯._row", _g, _st
FROM "st_dated"
WHERE
  COALESCE("罪犯.sealed", '否') <> '是'
  AND NOT (
    COALESCE("罪犯.remedy", '无') IN ('上诉中', '再审中')
  )
  AND NOT (
    (
      COALESCE(
        NOT (
          (
            CAST("act_day" AS DATE) > CAST(CAST("罪犯.person__birth" AS DATE) + INTERVAL (
              216
            ) MONTH AS DATE)
          )
        ),
        FALSE
      )
      AND COALESCE("罪犯.term_months", 0) <= 60
    )
  );

-- roster
CREATE TEMP TABLE "st_roster" AS
SELECT
  "编制.employer", "编制.supervising_body", "编制.staffing_kind", "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on",
  "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name", "编制.person__mask", "编制.person__birth", "编制.person__sex",
  "编制.person__area", "编制._row", _g, _st
FROM "src_编制"
WHERE
  NOT (
    COALESCE("编制.staffing_kind", '事业') IN ('编外', '借调', '劳务')
  )
  AND COALESCE("编制.classified_unit", '否') <> '是'
  AND NOT (
    COALESCE("编制.status", '在编') IN ('开除', '死亡')
  );

-- on_payroll
CREATE TEMP TABLE "weak_on_payroll" AS
WITH pairs AS MATERIALIZED (
  SELECT
    l."罪犯._row", r."编制._row", l."罪犯.person__name" AS _name,
    CASE
      WHEN l."罪犯.person__birth" = r."编制.person__birth"
      AND (
        l."罪犯.person__sex" = r."编制.person__sex"
        OR l."罪犯.person__area" = r."编制.person__area"
      )
      THEN 2
      WHEN l."罪犯.person__mask" = r."编制.person__mask"
      THEN 3
      ELSE 4
    END AS _m
  FROM "st_open_record" AS l
  JOIN "st_roster" AS r
    ON l."罪犯.person__name" = r."编制.person__name" AND l."罪犯.person__id" IS NULL
  UNION ALL
  SELECT
    l."罪犯._row", r."编制._row", l."罪犯.person__name" AS _name,
    CASE
      WHEN l."罪犯.person__birth" = r."编制.person__birth"
      AND (
        l."罪犯.person__sex" = r."编制.person__sex"
        OR l."罪犯.person__area" = r."编制.person__area"
      )
      THEN 2
      WHEN l."罪犯.person__mask" = r."编制.person__mask"
      THEN 3
      ELSE 4
    END AS _m
  FROM "st_open_record" AS l
  JOIN "st_roster" AS r
    ON l."罪犯.person__name" = r."编制.person__name"
    AND NOT l."罪犯.person__id" IS NULL
    AND r."编制.person__id" IS NULL
), common AS (
  SELECT
    "罪犯.person__name" AS n
  FROM "src_罪犯"
  WHERE
    "罪犯.person__name" IN (
      SELECT
        _name
      FROM pairs
      WHERE
        _m = 4
    )
  GROUP BY
    1
  HAVING
    COUNT(DISTINCT COALESCE("罪犯.person__id", "罪犯._row")) > 5
  UNION
  SELECT
    "编制.person__name" AS n
  FROM "src_编制"
  WHERE
    "编制.person__name" IN (
      SELECT
        _name
      FROM pairs
      WHERE
        _m = 4
    )
  GROUP BY
    1
  HAVING
    COUNT(DISTINCT COALESCE("编制.person__id", "编制._row")) > 5
)
SELECT
  *,
  _m = 4 AND _name IN (
    SELECT
      n
    FROM common
  ) AS _within,
  FALSE AS _spread
FROM pairs;

-- on_payroll
CREATE TEMP TABLE "st_on_payroll" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area",
  CASE _m
    WHEN 0
    THEN 'A'
    WHEN 1
    THEN 'A-'
    WHEN 2
    THEN 'B'
    WHEN 3
    THEN 'B-'
    WHEN 4
    THEN 'C'
  END AS "on_payroll_grade", "罪犯._row", "编制._row", GREATEST(_g, _m) AS _g, _st
FROM (
  SELECT
    l."罪犯.case_no", l."罪犯.name", l."罪犯.outcome", l."罪犯.act_on", l."罪犯.decided_on", l."罪犯.effective_on", l."罪犯.penalty_kind",
    l."罪犯.term_months", l."罪犯.intent", l."罪犯.fine_only", l."罪犯.rights_deprived", l."罪犯.remedy", l."罪犯.sealed", l."罪犯.person__id",
    l."罪犯.person__name", l."罪犯.person__mask", l."罪犯.person__birth", l."罪犯.person__sex", l."罪犯.person__area", l."settled_on", l."act_day",
    l."expected", l."罪犯._row", r."编制.employer", r."编制.supervising_body", r."编制.staffing_kind", r."编制.joined_on", r."编制.left_on",
    r."编制.status", r."编制.changed_on", r."编制.classified_unit", r."编制.extract_on", r."编制.person__id", r."编制.person__name",
    r."编制.person__mask", r."编制.person__birth", r."编制.person__sex", r."编制.person__area", r."编制._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."罪犯.person__name" = r."编制.person__name"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."罪犯.person__name"), LENGTH(r."编制.person__name"))),
            LAMBDA i : LEFT(l."罪犯.person__name", i) = LEFT(r."编制.person__name", i)
            AND (
              SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."编制.person__name", i + 2)
              AND LENGTH(l."罪犯.person__name") = LENGTH(r."编制.person__name")
              OR SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."编制.person__name", i + 1)
              OR SUBSTRING(l."罪犯.person__name", i + 1) = SUBSTRING(r."编制.person__name", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_open_record" AS l
  JOIN "st_roster" AS r
    ON l."罪犯.person__id" = r."编制.person__id"
  UNION ALL
  SELECT
    l."罪犯.case_no", l."罪犯.name", l."罪犯.outcome", l."罪犯.act_on", l."罪犯.decided_on", l."罪犯.effective_on", l."罪犯.penalty_kind",
    l."罪犯.term_months", l."罪犯.intent", l."罪犯.fine_only", l."罪犯.rights_deprived", l."罪犯.remedy", l."罪犯.sealed", l."罪犯.person__id",
    l."罪犯.person__name", l."罪犯.person__mask", l."罪犯.person__birth", l."罪犯.person__sex", l."罪犯.person__area", l."settled_on", l."act_day",
    l."expected", l."罪犯._row", r."编制.employer", r."编制.supervising_body", r."编制.staffing_kind", r."编制.joined_on", r."编制.left_on",
    r."编制.status", r."编制.changed_on", r."编制.classified_unit", r."编制.extract_on", r."编制.person__id", r."编制.person__name",
    r."编制.person__mask", r."编制.person__birth", r."编制.person__sex", r."编制.person__area", r."编制._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st, w._m
  FROM (
    SELECT
      *
    FROM "weak_on_payroll"
    WHERE
      _m <> 4
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "weak_on_payroll"
      WHERE
        _m = 4 AND NOT (
          _within OR _spread
        )
      ORDER BY
        "罪犯._row", "编制._row"
      LIMIT 200
    )
  ) AS w
  JOIN "st_open_record" AS l
    ON w."罪犯._row" = l."罪犯._row"
  JOIN "st_roster" AS r
    ON w."编制._row" = r."编制._row"
) AS p
WHERE
  TRUE;

-- serving
CREATE TEMP TABLE "st_serving" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "罪犯._row", "编制._row", _g, _st
FROM "st_on_payroll"
WHERE
  "编制.joined_on" <= "settled_on"
  AND CASE
    WHEN COALESCE("编制.status", '在编') = '在编' AND "编制.left_on" IS NULL
    THEN TRUE
    ELSE COALESCE("编制.left_on", "编制.changed_on") > "settled_on"
  END
  AND "settled_on" <= CAST('2026-06-30' AS DATE) - CAST((
    60
  ) AS INT)
  AND COALESCE("编制.extract_on", CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) >= "settled_on";

-- undisciplined
CREATE TEMP TABLE "st_undisciplined" AS
SELECT
  l."罪犯.case_no", l."罪犯.name", l."罪犯.outcome", l."罪犯.act_on", l."罪犯.decided_on", l."罪犯.effective_on", l."罪犯.penalty_kind",
  l."罪犯.term_months", l."罪犯.intent", l."罪犯.fine_only", l."罪犯.rights_deprived", l."罪犯.remedy", l."罪犯.sealed", l."罪犯.person__id",
  l."罪犯.person__name", l."罪犯.person__mask", l."罪犯.person__birth", l."罪犯.person__sex", l."罪犯.person__area", l."settled_on", l."act_day",
  l."expected", l."编制.employer", l."编制.supervising_body", l."编制.staffing_kind", l."编制.joined_on", l."编制.left_on", l."编制.status",
  l."编制.changed_on", l."编制.classified_unit", l."编制.extract_on", l."编制.person__id", l."编制.person__name", l."编制.person__mask",
  l."编制.person__birth", l."编制.person__sex", l."编制.person__area", l."on_payroll_grade",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "undisciplined_state", _from AS "undisciplined_from",
  _to AS "undisciplined_to", l."罪犯._row", l."编制._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_serving"
  ), _r AS (
    SELECT
      *
    FROM "src_处分"
  ), seen AS (
    SELECT
      "罪犯._row", "编制._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
      BOOL_OR(
        CAST((
          (
            NOT _m <= 1 AND COALESCE(_w, TRUE)
          ) OR (
            _m <= 1 AND _w IS NULL
          )
        ) AS BOOLEAN)
      ) AS maybe
    FROM (
      SELECT
        *,
        (
          "处分.decided_on" >= "settled_on" - CAST((
            30
          ) AS INT)
          OR COALESCE("处分.case_basis" = "罪犯.case_no", FALSE)
        ) AS _w
      FROM (
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", r."处分.decided_on", r."处分.case_basis", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__id" = r."处分.person__id"
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", r."处分.decided_on", r."处分.case_basis", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__name" = r."处分.person__name" AND l."罪犯.person__id" IS NULL
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", r."处分.decided_on", r."处分.case_basis", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__name" = r."处分.person__name"
          AND NOT l."罪犯.person__id" IS NULL
          AND r."处分.person__id" IS NULL
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", r."处分.decided_on", r."处分.case_basis", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__mask" = r."处分.person__mask"
          AND (
            l."罪犯.person__id" IS NULL OR r."处分.person__id" IS NULL
          )
          AND (
            l."罪犯.person__name" IS NULL
            OR r."处分.person__name" IS NULL
            OR l."罪犯.person__name" <> r."处分.person__name"
          )
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", r."处分.decided_on", r."处分.case_basis", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__birth" = r."处分.person__birth"
          AND l."罪犯.person__sex" = r."处分.person__sex"
          AND LEFT(l."罪犯.person__name", 1) = LEFT(r."处分.person__name", 1)
          AND l."罪犯.person__name" <> r."处分.person__name"
          AND (
            l."罪犯.person__name" = r."处分.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."罪犯.person__name"), LENGTH(r."处分.person__name"))),
                LAMBDA i : LEFT(l."罪犯.person__name", i) = LEFT(r."处分.person__name", i)
                AND (
                  SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 2)
                  AND LENGTH(l."罪犯.person__name") = LENGTH(r."处分.person__name")
                  OR SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 1)
                  OR SUBSTRING(l."罪犯.person__name", i + 1) = SUBSTRING(r."处分.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND l."罪犯.person__id" IS NULL
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", r."处分.decided_on", r."处分.case_basis", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__birth" = r."处分.person__birth"
          AND l."罪犯.person__sex" = r."处分.person__sex"
          AND LEFT(l."罪犯.person__name", 1) = LEFT(r."处分.person__name", 1)
          AND l."罪犯.person__name" <> r."处分.person__name"
          AND (
            l."罪犯.person__name" = r."处分.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."罪犯.person__name"), LENGTH(r."处分.person__name"))),
                LAMBDA i : LEFT(l."罪犯.person__name", i) = LEFT(r."处分.person__name", i)
                AND (
                  SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 2)
                  AND LENGTH(l."罪犯.person__name") = LENGTH(r."处分.person__name")
                  OR SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 1)
                  OR SUBSTRING(l."罪犯.person__name", i + 1) = SUBSTRING(r."处分.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND NOT l."罪犯.person__id" IS NULL
          AND r."处分.person__id" IS NULL
      ) AS p
    )
    GROUP BY
      "罪犯._row", "编制._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."罪犯.person__id" IS NULL
        )
        AND (
          "settled_on" - CAST((
            30
          ) AS INT)
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              "settled_on" - CAST((
                30
              ) AS INT)
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                CAST('2026-06-30' AS DATE)
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                CAST('2026-06-30' AS DATE)
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a,
    "settled_on" - CAST((
      30
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."罪犯._row" IS NOT DISTINCT FROM s."罪犯._row"
    AND l."编制._row" IS NOT DISTINCT FROM s."编制._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- earlier
CREATE TEMP TABLE "pairs_earlier" AS
SELECT
  *
FROM (
  SELECT
    l."罪犯.case_no", l."罪犯.name", l."罪犯.outcome", l."罪犯.act_on", l."罪犯.decided_on", l."罪犯.effective_on", l."罪犯.penalty_kind",
    l."罪犯.term_months", l."罪犯.intent", l."罪犯.fine_only", l."罪犯.rights_deprived", l."罪犯.remedy", l."罪犯.sealed", l."罪犯.person__id",
    l."罪犯.person__name", l."罪犯.person__mask", l."罪犯.person__birth", l."罪犯.person__sex", l."罪犯.person__area", l."settled_on", l."act_day",
    l."expected", l."编制.employer", l."编制.supervising_body", l."编制.staffing_kind", l."编制.joined_on", l."编制.left_on", l."编制.status",
    l."编制.changed_on", l."编制.classified_unit", l."编制.extract_on", l."编制.person__id", l."编制.person__name", l."编制.person__mask",
    l."编制.person__birth", l."编制.person__sex", l."编制.person__area", l."on_payroll_grade", l."undisciplined_state", l."undisciplined_from",
    l."undisciplined_to", l."罪犯._row", l."编制._row", r."处分.sanction", r."处分.decided_on", r."处分.case_basis", r."处分.person__id",
    r."处分.person__name", r."处分.person__mask", r."处分.person__birth", r."处分.person__sex", r."处分.person__area", r."处分._row",
    GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."罪犯.person__name" = r."处分.person__name"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."罪犯.person__name"), LENGTH(r."处分.person__name"))),
            LAMBDA i : LEFT(l."罪犯.person__name", i) = LEFT(r."处分.person__name", i)
            AND (
              SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 2)
              AND LENGTH(l."罪犯.person__name") = LENGTH(r."处分.person__name")
              OR SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 1)
              OR SUBSTRING(l."罪犯.person__name", i + 1) = SUBSTRING(r."处分.person__name", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_undisciplined" AS l
  JOIN "src_处分" AS r
    ON l."罪犯.person__id" = r."处分.person__id"
) AS p
WHERE
  p._m IN (0);

-- earlier
CREATE TEMP TABLE "st_earlier" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "undisciplined_state",
  "undisciplined_from", "undisciplined_to", "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name",
  "处分.person__mask", "处分.person__birth", "处分.person__sex", "处分.person__area",
  CASE _m
    WHEN 0
    THEN 'A'
    WHEN 1
    THEN 'A-'
    WHEN 2
    THEN 'B'
    WHEN 3
    THEN 'B-'
    WHEN 4
    THEN 'C'
  END AS "earlier_grade", "罪犯._row", "编制._row", "处分._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_earlier" AS p
WHERE
  "处分.decided_on" >= "罪犯.act_on"
UNION ALL
SELECT
  l."罪犯.case_no", l."罪犯.name", l."罪犯.outcome", l."罪犯.act_on", l."罪犯.decided_on", l."罪犯.effective_on", l."罪犯.penalty_kind",
  l."罪犯.term_months", l."罪犯.intent", l."罪犯.fine_only", l."罪犯.rights_deprived", l."罪犯.remedy", l."罪犯.sealed", l."罪犯.person__id",
  l."罪犯.person__name", l."罪犯.person__mask", l."罪犯.person__birth", l."罪犯.person__sex", l."罪犯.person__area", l."settled_on", l."act_day",
  l."expected", l."编制.employer", l."编制.supervising_body", l."编制.staffing_kind", l."编制.joined_on", l."编制.left_on", l."编制.status",
  l."编制.changed_on", l."编制.classified_unit", l."编制.extract_on", l."编制.person__id", l."编制.person__name", l."编制.person__mask",
  l."编制.person__birth", l."编制.person__sex", l."编制.person__area", l."on_payroll_grade", l."undisciplined_state", l."undisciplined_from",
  l."undisciplined_to", NULL AS "处分.sanction", NULL AS "处分.decided_on", NULL AS "处分.case_basis", NULL AS "处分.person__id",
  NULL AS "处分.person__name", NULL AS "处分.person__mask", NULL AS "处分.person__birth", NULL AS "处分.person__sex", NULL AS "处分.person__area",
  NULL AS "earlier_grade", l."罪犯._row", l."编制._row", NULL AS "处分._row", l._g, l._st
FROM "st_undisciplined" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_earlier" AS p
    WHERE
      p."罪犯._row" IS NOT DISTINCT FROM l."罪犯._row"
      AND p."编制._row" IS NOT DISTINCT FROM l."编制._row"
      AND (
        "处分.decided_on" >= "罪犯.act_on"
      )
  );

-- certain
CREATE TEMP TABLE "st_certain" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "undisciplined_state",
  "undisciplined_from", "undisciplined_to", "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name",
  "处分.person__mask", "处分.person__birth", "处分.person__sex", "处分.person__area", "earlier_grade", "罪犯._row", "编制._row", "处分._row", _g, _st
FROM "st_earlier"
WHERE
  (
    CASE
      WHEN _g = 0
      THEN 'A'
      WHEN _g = 1
      THEN 'A-'
      WHEN _g = 2
      THEN 'B'
      WHEN _g = 3
      THEN 'B-'
      WHEN _g = 4
      THEN 'C'
      WHEN _g = 0.5
      THEN 'judged'
    END
  ) = 'A'
  AND (
    CASE
      WHEN _st = 0
      THEN 'none'
      WHEN _st = 1
      THEN 'proved'
      WHEN _st = 2
      THEN 'possible'
      WHEN _st = 3
      THEN 'unknown'
    END
  ) = 'proved'
  AND "处分.decided_on" IS NULL
  AND COALESCE("编制.status", '在编') = '在编';

-- named
CREATE TEMP TABLE "st_named" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "undisciplined_state",
  "undisciplined_from", "undisciplined_to", "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name",
  "处分.person__mask", "处分.person__birth", "处分.person__sex", "处分.person__area", "earlier_grade", "罪犯._row", "编制._row", "处分._row", _g, _st,
  COALESCE("编制.supervising_body", "编制.employer") AS "body"
FROM (
  SELECT
    "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months",
    "罪犯.intent", "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask",
    "罪犯.person__birth", "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body",
    "编制.staffing_kind", "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id",
    "编制.person__name", "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade",
    "undisciplined_state", "undisciplined_from", "undisciplined_to", "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id",
    "处分.person__name", "处分.person__mask", "处分.person__birth", "处分.person__sex", "处分.person__area", "earlier_grade", "罪犯._row", "编制._row",
    "处分._row", _g, _st
  FROM "st_certain"
);

-- by_body
CREATE TEMP TABLE "st_by_body" AS
SELECT
  "body", "people", "share", "罪犯._rows", "编制._rows", "处分._rows", "_g", "_st"
FROM (
  SELECT
    *,
    CAST(ROUND(
      CAST("people" AS DOUBLE) / NULLIF(CAST(CAST(SUM("people") OVER () AS DECIMAL(38, 2)) AS DOUBLE), 0), 6
    ) AS DECIMAL(28, 6)) AS "share"
  FROM (
    SELECT
      "body",
      COUNT(
        DISTINCT COALESCE("罪犯.person__id", "罪犯.person__name" || '|' || "罪犯._row", "罪犯._row")
      ) AS "people",
      LIST_SORT(ARRAY_AGG(DISTINCT "罪犯._row")) AS "罪犯._rows", LIST_SORT(ARRAY_AGG(DISTINCT "编制._row")) AS "编制._rows",
      LIST_SORT(ARRAY_AGG(DISTINCT "处分._row")) AS "处分._rows", MAX(_g) AS _g, MAX(_st) AS _st
    FROM "st_named"
    WHERE
      NOT "body" IS NULL
    GROUP BY
      "body"
  )
);

-- measured
CREATE TEMP TABLE "st_measured" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "罪犯._row", "编制._row", _g, _st
FROM "st_serving"
WHERE
  NOT (
    "expected" IS NULL
  );

-- short
CREATE TEMP TABLE "st_short" AS
SELECT
  l."罪犯.case_no", l."罪犯.name", l."罪犯.outcome", l."罪犯.act_on", l."罪犯.decided_on", l."罪犯.effective_on", l."罪犯.penalty_kind",
  l."罪犯.term_months", l."罪犯.intent", l."罪犯.fine_only", l."罪犯.rights_deprived", l."罪犯.remedy", l."罪犯.sealed", l."罪犯.person__id",
  l."罪犯.person__name", l."罪犯.person__mask", l."罪犯.person__birth", l."罪犯.person__sex", l."罪犯.person__area", l."settled_on", l."act_day",
  l."expected", l."编制.employer", l."编制.supervising_body", l."编制.staffing_kind", l."编制.joined_on", l."编制.left_on", l."编制.status",
  l."编制.changed_on", l."编制.classified_unit", l."编制.extract_on", l."编制.person__id", l."编制.person__name", l."编制.person__mask",
  l."编制.person__birth", l."编制.person__sex", l."编制.person__area", l."on_payroll_grade",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "short_state", _from AS "short_from", _to AS "short_to",
  l."罪犯._row", l."编制._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_measured"
  ), _r AS (
    SELECT
      *
    FROM "src_处分"
  ), seen AS (
    SELECT
      "罪犯._row", "编制._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
      BOOL_OR(
        CAST((
          (
            NOT _m <= 1 AND COALESCE(_w, TRUE)
          ) OR (
            _m <= 1 AND _w IS NULL
          )
        ) AS BOOLEAN)
      ) AS maybe
    FROM (
      SELECT
        *,
        (
          (
            "处分.decided_on" >= "settled_on" - CAST((
              30
            ) AS INT)
            OR COALESCE("处分.case_basis" = "罪犯.case_no", FALSE)
          )
          AND (
            "处分.sanction" IN ('开除', '开除党籍')
            OR (
              "expected" = '撤职' AND "处分.sanction" IN ('撤职', '撤销党内职务', '留党察看')
            )
          )
        ) AS _w
      FROM (
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", l."expected", r."处分.sanction", r."处分.decided_on", r."处分.case_basis",
          0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__id" = r."处分.person__id"
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", l."expected", r."处分.sanction", r."处分.decided_on", r."处分.case_basis",
          2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__name" = r."处分.person__name" AND l."罪犯.person__id" IS NULL
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", l."expected", r."处分.sanction", r."处分.decided_on", r."处分.case_basis",
          2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__name" = r."处分.person__name"
          AND NOT l."罪犯.person__id" IS NULL
          AND r."处分.person__id" IS NULL
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", l."expected", r."处分.sanction", r."处分.decided_on", r."处分.case_basis",
          5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__mask" = r."处分.person__mask"
          AND (
            l."罪犯.person__id" IS NULL OR r."处分.person__id" IS NULL
          )
          AND (
            l."罪犯.person__name" IS NULL
            OR r."处分.person__name" IS NULL
            OR l."罪犯.person__name" <> r."处分.person__name"
          )
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", l."expected", r."处分.sanction", r."处分.decided_on", r."处分.case_basis",
          5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__birth" = r."处分.person__birth"
          AND l."罪犯.person__sex" = r."处分.person__sex"
          AND LEFT(l."罪犯.person__name", 1) = LEFT(r."处分.person__name", 1)
          AND l."罪犯.person__name" <> r."处分.person__name"
          AND (
            l."罪犯.person__name" = r."处分.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."罪犯.person__name"), LENGTH(r."处分.person__name"))),
                LAMBDA i : LEFT(l."罪犯.person__name", i) = LEFT(r."处分.person__name", i)
                AND (
                  SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 2)
                  AND LENGTH(l."罪犯.person__name") = LENGTH(r."处分.person__name")
                  OR SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 1)
                  OR SUBSTRING(l."罪犯.person__name", i + 1) = SUBSTRING(r."处分.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND l."罪犯.person__id" IS NULL
        UNION ALL
        SELECT
          l."罪犯._row", l."编制._row", l."罪犯.case_no", l."settled_on", l."expected", r."处分.sanction", r."处分.decided_on", r."处分.case_basis",
          5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."罪犯.person__birth" = r."处分.person__birth"
          AND l."罪犯.person__sex" = r."处分.person__sex"
          AND LEFT(l."罪犯.person__name", 1) = LEFT(r."处分.person__name", 1)
          AND l."罪犯.person__name" <> r."处分.person__name"
          AND (
            l."罪犯.person__name" = r."处分.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."罪犯.person__name"), LENGTH(r."处分.person__name"))),
                LAMBDA i : LEFT(l."罪犯.person__name", i) = LEFT(r."处分.person__name", i)
                AND (
                  SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 2)
                  AND LENGTH(l."罪犯.person__name") = LENGTH(r."处分.person__name")
                  OR SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 1)
                  OR SUBSTRING(l."罪犯.person__name", i + 1) = SUBSTRING(r."处分.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND NOT l."罪犯.person__id" IS NULL
          AND r."处分.person__id" IS NULL
      ) AS p
    )
    GROUP BY
      "罪犯._row", "编制._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."罪犯.person__id" IS NULL
        )
        AND (
          "settled_on" - CAST((
            30
          ) AS INT)
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              "settled_on" - CAST((
                30
              ) AS INT)
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                CAST('2026-06-30' AS DATE)
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                CAST('2026-06-30' AS DATE)
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a,
    "settled_on" - CAST((
      30
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."罪犯._row" IS NOT DISTINCT FROM s."罪犯._row"
    AND l."编制._row" IS NOT DISTINCT FROM s."编制._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- lenient
CREATE TEMP TABLE "pairs_lenient" AS
SELECT
  *
FROM (
  SELECT
    l."罪犯.case_no", l."罪犯.name", l."罪犯.outcome", l."罪犯.act_on", l."罪犯.decided_on", l."罪犯.effective_on", l."罪犯.penalty_kind",
    l."罪犯.term_months", l."罪犯.intent", l."罪犯.fine_only", l."罪犯.rights_deprived", l."罪犯.remedy", l."罪犯.sealed", l."罪犯.person__id",
    l."罪犯.person__name", l."罪犯.person__mask", l."罪犯.person__birth", l."罪犯.person__sex", l."罪犯.person__area", l."settled_on", l."act_day",
    l."expected", l."编制.employer", l."编制.supervising_body", l."编制.staffing_kind", l."编制.joined_on", l."编制.left_on", l."编制.status",
    l."编制.changed_on", l."编制.classified_unit", l."编制.extract_on", l."编制.person__id", l."编制.person__name", l."编制.person__mask",
    l."编制.person__birth", l."编制.person__sex", l."编制.person__area", l."on_payroll_grade", l."short_state", l."short_from", l."short_to",
    l."罪犯._row", l."编制._row", r."处分.sanction", r."处分.decided_on", r."处分.case_basis", r."处分.person__id", r."处分.person__name",
    r."处分.person__mask", r."处分.person__birth", r."处分.person__sex", r."处分.person__area", r."处分._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."罪犯.person__name" = r."处分.person__name"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."罪犯.person__name"), LENGTH(r."处分.person__name"))),
            LAMBDA i : LEFT(l."罪犯.person__name", i) = LEFT(r."处分.person__name", i)
            AND (
              SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 2)
              AND LENGTH(l."罪犯.person__name") = LENGTH(r."处分.person__name")
              OR SUBSTRING(l."罪犯.person__name", i + 2) = SUBSTRING(r."处分.person__name", i + 1)
              OR SUBSTRING(l."罪犯.person__name", i + 1) = SUBSTRING(r."处分.person__name", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_short" AS l
  JOIN "src_处分" AS r
    ON l."罪犯.person__id" = r."处分.person__id"
) AS p
WHERE
  p._m IN (0);

-- lenient
CREATE TEMP TABLE "st_lenient" AS
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "short_state", "short_from", "short_to",
  "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name", "处分.person__mask", "处分.person__birth",
  "处分.person__sex", "处分.person__area",
  CASE _m
    WHEN 0
    THEN 'A'
    WHEN 1
    THEN 'A-'
    WHEN 2
    THEN 'B'
    WHEN 3
    THEN 'B-'
    WHEN 4
    THEN 'C'
  END AS "lenient_grade", "罪犯._row", "编制._row", "处分._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_lenient" AS p
WHERE
  "处分.decided_on" >= "settled_on" - CAST((
    30
  ) AS INT)
  OR COALESCE("处分.case_basis" = "罪犯.case_no", FALSE);

-- 产出：undisciplined
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "undisciplined_state",
  "undisciplined_from", "undisciplined_to", "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name",
  "处分.person__mask", "处分.person__birth", "处分.person__sex", "处分.person__area", "earlier_grade", "罪犯._row", "编制._row", "处分._row", _g, _st,
  CAST(COALESCE("罪犯.person__id", "罪犯.person__name" || '|' || "罪犯._row", "罪犯._row") AS TEXT) AS _subject
FROM "st_earlier"
WHERE
  "处分.decided_on" IS NULL AND COALESCE("编制.status", '在编') = '在编';

-- 产出：left_post
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "undisciplined_state",
  "undisciplined_from", "undisciplined_to", "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name",
  "处分.person__mask", "处分.person__birth", "处分.person__sex", "处分.person__area", "earlier_grade", "罪犯._row", "编制._row", "处分._row", _g, _st,
  CAST(COALESCE("罪犯.person__id", "罪犯.person__name" || '|' || "罪犯._row", "罪犯._row") AS TEXT) AS _subject
FROM "st_earlier"
WHERE
  "处分.decided_on" IS NULL AND "编制.status" IN ('退休', '离职');

-- 产出：earlier_sanction
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "undisciplined_state",
  "undisciplined_from", "undisciplined_to", "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name",
  "处分.person__mask", "处分.person__birth", "处分.person__sex", "处分.person__area", "earlier_grade", "罪犯._row", "编制._row", "处分._row", _g, _st,
  CAST(COALESCE("罪犯.person__id", "罪犯.person__name" || '|' || "罪犯._row", "罪犯._row") AS TEXT) AS _subject
FROM "st_earlier"
WHERE
  NOT (
    "处分.decided_on" IS NULL
  );

-- 产出：lenient
SELECT
  "罪犯.case_no", "罪犯.name", "罪犯.outcome", "罪犯.act_on", "罪犯.decided_on", "罪犯.effective_on", "罪犯.penalty_kind", "罪犯.term_months", "罪犯.intent",
  "罪犯.fine_only", "罪犯.rights_deprived", "罪犯.remedy", "罪犯.sealed", "罪犯.person__id", "罪犯.person__name", "罪犯.person__mask", "罪犯.person__birth",
  "罪犯.person__sex", "罪犯.person__area", "settled_on", "act_day", "expected", "编制.employer", "编制.supervising_body", "编制.staffing_kind",
  "编制.joined_on", "编制.left_on", "编制.status", "编制.changed_on", "编制.classified_unit", "编制.extract_on", "编制.person__id", "编制.person__name",
  "编制.person__mask", "编制.person__birth", "编制.person__sex", "编制.person__area", "on_payroll_grade", "short_state", "short_from", "short_to",
  "处分.sanction", "处分.decided_on", "处分.case_basis", "处分.person__id", "处分.person__name", "处分.person__mask", "处分.person__birth",
  "处分.person__sex", "处分.person__area", "lenient_grade", "罪犯._row", "编制._row", "处分._row", _g, _st,
  CAST(COALESCE("罪犯.person__id", "罪犯.person__name" || '|' || "罪犯._row", "罪犯._row") AS TEXT) AS _subject
FROM "st_lenient"
WHERE
  TRUE;

-- 产出：by_body
SELECT
  "body", "people", "share", "罪犯._rows", "编制._rows", "处分._rows", _g, _st, CAST("body" AS TEXT) AS _subject
FROM "st_by_body"
WHERE
  "people" >= 3 AND "share" >= 0.30;
