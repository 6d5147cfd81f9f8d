-- 涉爆类社区矫正对象在矫期间违法犯罪（explosives_correction）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   correction.admonitions_limit = 2
--   correction.off_days_revocation = 30
--   correction.off_days_warning = 10
--   correction.warnings_limit = 2
--   discipline.juvenile_months = 216

-- 数据：矫正
SELECT
  "name" AS "矫正.name", "charge" AS "矫正.charge", "judgment_summary" AS "矫正.judgment_summary", "act_on" AS "矫正.act_on",
  "judged_on" AS "矫正.judged_on", "penalty_kind" AS "矫正.penalty_kind", "correction_from" AS "矫正.correction_from",
  "correction_to" AS "矫正.correction_to", "released_on" AS "矫正.released_on", "office" AS "矫正.office", "admonitions" AS "矫正.admonitions",
  "warnings" AS "矫正.warnings", "off_from" AS "矫正.off_from", "off_to" AS "矫正.off_to", "revocation_no" AS "矫正.revocation_no",
  "status" AS "矫正.status", "person__id" AS "矫正.person__id", "person__name" AS "矫正.person__name", "person__mask" AS "矫正.person__mask",
  "person__birth" AS "矫正.person__birth", "person__sex" AS "矫正.person__sex", "person__area" AS "矫正.person__area", _row AS "矫正._row", 0 AS _g,
  0 AS _st
FROM correction_person;

-- 数据：处罚
SELECT
  "violated_on" AS "处罚.violated_on", "cause" AS "处罚.cause", "fact" AS "处罚.fact", "status" AS "处罚.status", "person__id" AS "处罚.person__id",
  "person__name" AS "处罚.person__name", "person__mask" AS "处罚.person__mask", "person__birth" AS "处罚.person__birth",
  "person__sex" AS "处罚.person__sex", "person__area" AS "处罚.person__area", _row AS "处罚._row", 0 AS _g, 0 AS _st
FROM police_penalty;

-- 数据：强制
SELECT
  "act_on" AS "强制.act_on", "from_on" AS "强制.from_on", "person__id" AS "强制.person__id", "person__name" AS "强制.person__name",
  "person__mask" AS "强制.person__mask", "person__birth" AS "强制.person__birth", "person__sex" AS "强制.person__sex",
  "person__area" AS "强制.person__area", _row AS "强制._row", 0 AS _g, 0 AS _st
FROM coercive_measure;

-- read
CREATE TEMP TABLE "st_read" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "矫正._row", _g,
  _st,
  (
    CAST(COALESCE("矫正.off_to", CAST('2026-06-30' AS DATE)) AS DATE) - CAST("矫正.off_from" AS DATE)
  ) AS "off_days"
FROM (
  SELECT
    "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
    "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
    "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "矫正._row", _g, _st,
    (
      COALESCE("矫正.charge", '') || ' ' || COALESCE("矫正.judgment_summary", '')
    ) AS "about"
  FROM (
    SELECT
      "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from",
      "矫正.correction_to", "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no",
      "矫正.status", "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area",
      "矫正._row", _g, _st
    FROM "src_矫正"
  )
);

-- explosive
CREATE TEMP TABLE "st_explosive" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "矫正._row", _g, _st
FROM "st_read"
WHERE
  CONTAINS("about", '爆炸')
  OR CONTAINS("about", '危险物品')
  OR CONTAINS("about", '弹药')
  OR CONTAINS("about", '炸药')
  OR CONTAINS("about", '雷管')
  OR CONTAINS("about", '导火索')
  OR CONTAINS("about", '黑火药')
  OR CONTAINS("about", '硝酸铵')
  OR CONTAINS("about", '烟花爆竹')
  OR CONTAINS("about", '引线')
  OR (
    CONTAINS("about", '枪支') AND CONTAINS("about", '制造')
  );

-- serving
CREATE TEMP TABLE "st_serving" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "矫正._row", _g, _st
FROM "st_explosive"
WHERE
  COALESCE("矫正.status", '在矫') = '在矫'
  AND COALESCE("矫正.released_on" > CAST('2026-06-30' AS DATE), TRUE)
  AND "矫正.revocation_no" IS NULL
  AND COALESCE(
    (
      CAST(COALESCE("矫正.act_on", "矫正.judged_on") AS DATE) > CAST(CAST("矫正.person__birth" AS DATE) + INTERVAL (
        216
      ) MONTH AS DATE)
    ),
    TRUE
  );

-- standing
CREATE TEMP TABLE "st_standing" AS
SELECT
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area", "处罚._row", _g, _st
FROM "src_处罚"
WHERE
  COALESCE("处罚.status", '有效') <> '撤销';

-- punished
CREATE TEMP TABLE "st_punished" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area",
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
  END AS "punished_grade", "矫正._row", "处罚._row", GREATEST(_g, _m) AS _g, _st
FROM (
  SELECT
    *
  FROM (
    SELECT
      l."矫正.name", l."矫正.charge", l."矫正.judgment_summary", l."矫正.act_on", l."矫正.judged_on", l."矫正.penalty_kind", l."矫正.correction_from",
      l."矫正.correction_to", l."矫正.released_on", l."矫正.office", l."矫正.admonitions", l."矫正.warnings", l."矫正.off_from", l."矫正.off_to",
      l."矫正.revocation_no", l."矫正.status", l."矫正.person__id", l."矫正.person__name", l."矫正.person__mask", l."矫正.person__birth",
      l."矫正.person__sex", l."矫正.person__area", l."about", l."off_days", l."矫正._row", r."处罚.violated_on", r."处罚.cause", r."处罚.fact",
      r."处罚.status", r."处罚.person__id", r."处罚.person__name", r."处罚.person__mask", r."处罚.person__birth", r."处罚.person__sex",
      r."处罚.person__area", r."处罚._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN (
          l."矫正.person__name" = r."处罚.person__name"
          OR ARRAY_CONTAINS(
            LIST_TRANSFORM(
              RANGE(0, GREATEST(LENGTH(l."矫正.person__name"), LENGTH(r."处罚.person__name"))),
              LAMBDA i : LEFT(l."矫正.person__name", i) = LEFT(r."处罚.person__name", i)
              AND (
                SUBSTRING(l."矫正.person__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 2)
                AND LENGTH(l."矫正.person__name") = LENGTH(r."处罚.person__name")
                OR SUBSTRING(l."矫正.person__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 1)
                OR SUBSTRING(l."矫正.person__name", i + 1) = SUBSTRING(r."处罚.person__name", i + 2)
              )
            ),
            TRUE
          )
        )
        THEN 0
        ELSE 1
      END AS _m
    FROM "st_serving" AS l
    JOIN "st_standing" AS r
      ON l."矫正.person__id" = r."处罚.person__id"
    UNION ALL
    SELECT
      l."矫正.name", l."矫正.charge", l."矫正.judgment_summary", l."矫正.act_on", l."矫正.judged_on", l."矫正.penalty_kind", l."矫正.correction_from",
      l."矫正.correction_to", l."矫正.released_on", l."矫正.office", l."矫正.admonitions", l."矫正.warnings", l."矫正.off_from", l."矫正.off_to",
      l."矫正.revocation_no", l."矫正.status", l."矫正.person__id", l."矫正.person__name", l."矫正.person__mask", l."矫正.person__birth",
      l."矫正.person__sex", l."矫正.person__area", l."about", l."off_days", l."矫正._row", r."处罚.violated_on", r."处罚.cause", r."处罚.fact",
      r."处罚.status", r."处罚.person__id", r."处罚.person__name", r."处罚.person__mask", r."处罚.person__birth", r."处罚.person__sex",
      r."处罚.person__area", r."处罚._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN l."矫正.person__birth" = r."处罚.person__birth"
        AND (
          l."矫正.person__sex" = r."处罚.person__sex"
          OR l."矫正.person__area" = r."处罚.person__area"
        )
        THEN 2
        WHEN l."矫正.person__mask" = r."处罚.person__mask"
        THEN 3
        ELSE 4
      END AS _m
    FROM "st_serving" AS l
    JOIN "st_standing" AS r
      ON l."矫正.person__name" = r."处罚.person__name" AND l."矫正.person__id" IS NULL
    UNION ALL
    SELECT
      l."矫正.name", l."矫正.charge", l."矫正.judgment_summary", l."矫正.act_on", l."矫正.judged_on", l."矫正.penalty_kind", l."矫正.correction_from",
      l."矫正.correction_to", l."矫正.released_on", l."矫正.office", l."矫正.admonitions", l."矫正.warnings", l."矫正.off_from", l."矫正.off_to",
      l."矫正.revocation_no", l."矫正.status", l."矫正.person__id", l."矫正.person__name", l."矫正.person__mask", l."矫正.person__birth",
      l."矫正.person__sex", l."矫正.person__area", l."about", l."off_days", l."矫正._row", r."处罚.violated_on", r."处罚.cause", r."处罚.fact",
      r."处罚.status", r."处罚.person__id", r."处罚.person__name", r."处罚.person__mask", r."处罚.person__birth", r."处罚.person__sex",
      r."处罚.person__area", r."处罚._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN l."矫正.person__birth" = r."处罚.person__birth"
        AND (
          l."矫正.person__sex" = r."处罚.person__sex"
          OR l."矫正.person__area" = r."处罚.person__area"
        )
        THEN 2
        WHEN l."矫正.person__mask" = r."处罚.person__mask"
        THEN 3
        ELSE 4
      END AS _m
    FROM "st_serving" AS l
    JOIN "st_standing" AS r
      ON l."矫正.person__name" = r."处罚.person__name"
      AND NOT l."矫正.person__id" IS NULL
      AND r."处罚.person__id" IS NULL
  ) AS p
  WHERE
    p._m IN (0, 1, 2, 3)
) AS p
WHERE
  TRUE;

-- within
CREATE TEMP TABLE "st_within" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area", "punished_grade", "矫正._row", "处罚._row", _g, _st
FROM "st_punished"
WHERE
  (
    "处罚.violated_on"
  ) >= (
    "矫正.correction_from"
  )
  AND (
    (
      "矫正.correction_to"
    ) IS NULL
    OR (
      "处罚.violated_on"
    ) <= (
      "矫正.correction_to"
    )
  );

-- new_fact
CREATE TEMP TABLE "st_new_fact" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area", "punished_grade", "矫正._row", "处罚._row", _g, _st
FROM "st_within"
WHERE
  COALESCE("处罚.violated_on" <> "矫正.act_on", TRUE);

-- classed
CREATE TEMP TABLE "st_classed" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area", "punished_grade", "matter_text", "矫正._row", "处罚._row", _g, _st,
  CASE
    WHEN CONTAINS("matter_text", '合法爆破作业') OR CONTAINS("matter_text", '许可运输')
    THEN '其他'
    WHEN CONTAINS("matter_text", '爆炸')
    OR CONTAINS("matter_text", '炸药')
    OR CONTAINS("matter_text", '雷管')
    OR CONTAINS("matter_text", '导火索')
    OR CONTAINS("matter_text", '硝酸铵')
    THEN '爆炸物'
    WHEN CONTAINS("matter_text", '燃放')
    THEN '其他'
    WHEN CONTAINS("matter_text", '烟花')
    OR CONTAINS("matter_text", '爆竹')
    OR CONTAINS("matter_text", '引线')
    OR CONTAINS("matter_text", '黑火药')
    THEN '烟花爆竹'
    ELSE '其他'
  END AS "matter"
FROM (
  SELECT
    "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
    "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
    "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
    "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
    "处罚.person__sex", "处罚.person__area", "punished_grade", "矫正._row", "处罚._row", _g, _st,
    (
      COALESCE("处罚.cause", '') || ' ' || COALESCE("处罚.fact", '')
    ) AS "matter_text"
  FROM (
    SELECT
      "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from",
      "矫正.correction_to", "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no",
      "矫正.status", "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about",
      "off_days", "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask",
      "处罚.person__birth", "处罚.person__sex", "处罚.person__area", "punished_grade", "矫正._row", "处罚._row", _g, _st
    FROM "st_new_fact"
  )
);

-- coerced
CREATE TEMP TABLE "st_coerced" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "强制.act_on", "强制.from_on", "强制.person__id", "强制.person__name", "强制.person__mask", "强制.person__birth", "强制.person__sex", "强制.person__area",
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
  END AS "coerced_grade", "矫正._row", "强制._row", GREATEST(_g, _m) AS _g, _st
FROM (
  SELECT
    *
  FROM (
    SELECT
      l."矫正.name", l."矫正.charge", l."矫正.judgment_summary", l."矫正.act_on", l."矫正.judged_on", l."矫正.penalty_kind", l."矫正.correction_from",
      l."矫正.correction_to", l."矫正.released_on", l."矫正.office", l."矫正.admonitions", l."矫正.warnings", l."矫正.off_from", l."矫正.off_to",
      l."矫正.revocation_no", l."矫正.status", l."矫正.person__id", l."矫正.person__name", l."矫正.person__mask", l."矫正.person__birth",
      l."矫正.person__sex", l."矫正.person__area", l."about", l."off_days", l."矫正._row", r."强制.act_on", r."强制.from_on", r."强制.person__id",
      r."强制.person__name", r."强制.person__mask", r."强制.person__birth", r."强制.person__sex", r."强制.person__area", r."强制._row",
      GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN (
          l."矫正.person__name" = r."强制.person__name"
          OR ARRAY_CONTAINS(
            LIST_TRANSFORM(
              RANGE(0, GREATEST(LENGTH(l."矫正.person__name"), LENGTH(r."强制.person__name"))),
              LAMBDA i : LEFT(l."矫正.person__name", i) = LEFT(r."强制.person__name", i)
              AND (
                SUBSTRING(l."矫正.person__name", i + 2) = SUBSTRING(r."强制.person__name", i + 2)
                AND LENGTH(l."矫正.person__name") = LENGTH(r."强制.person__name")
                OR SUBSTRING(l."矫正.person__name", i + 2) = SUBSTRING(r."强制.person__name", i + 1)
                OR SUBSTRING(l."矫正.person__name", i + 1) = SUBSTRING(r."强制.person__name", i + 2)
              )
            ),
            TRUE
          )
        )
        THEN 0
        ELSE 1
      END AS _m
    FROM "st_serving" AS l
    JOIN "src_强制" AS r
      ON l."矫正.person__id" = r."强制.person__id"
    UNION ALL
    SELECT
      l."矫正.name", l."矫正.charge", l."矫正.judgment_summary", l."矫正.act_on", l."矫正.judged_on", l."矫正.penalty_kind", l."矫正.correction_from",
      l."矫正.correction_to", l."矫正.released_on", l."矫正.office", l."矫正.admonitions", l."矫正.warnings", l."矫正.off_from", l."矫正.off_to",
      l."矫正.revocation_no", l."矫正.status", l."矫正.person__id", l."矫正.person__name", l."矫正.person__mask", l."矫正.person__birth",
      l."矫正.person__sex", l."矫正.person__area", l."about", l."off_days", l."矫正._row", r."强制.act_on", r."强制.from_on", r."强制.person__id",
      r."强制.person__name", r."强制.person__mask", r."强制.person__birth", r."强制.person__sex", r."强制.person__area", r."强制._row",
      GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN l."矫正.person__birth" = r."强制.person__birth"
        AND (
          l."矫正.person__sex" = r."强制.person__sex"
          OR l."矫正.person__area" = r."强制.person__area"
        )
        THEN 2
        WHEN l."矫正.person__mask" = r."强制.person__mask"
        THEN 3
        ELSE 4
      END AS _m
    FROM "st_serving" AS l
    JOIN "src_强制" AS r
      ON l."矫正.person__name" = r."强制.person__name" AND l."矫正.person__id" IS NULL
    UNION ALL
    SELECT
      l."矫正.name", l."矫正.charge", l."矫正.judgment_summary", l."矫正.act_on", l."矫正.judged_on", l."矫正.penalty_kind", l."矫正.correction_from",
      l."矫正.correction_to", l."矫正.released_on", l."矫正.office", l."矫正.admonitions", l."矫正.warnings", l."矫正.off_from", l."矫正.off_to",
      l."矫正.revocation_no", l."矫正.status", l."矫正.person__id", l."矫正.person__name", l."矫正.person__mask", l."矫正.person__birth",
      l."矫正.person__sex", l."矫正.person__area", l."about", l."off_days", l."矫正._row", r."强制.act_on", r."强制.from_on", r."强制.person__id",
      r."强制.person__name", r."强制.person__mask", r."强制.person__birth", r."强制.person__sex", r."强制.person__area", r."强制._row",
      GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN l."矫正.person__birth" = r."强制.person__birth"
        AND (
          l."矫正.person__sex" = r."强制.person__sex"
          OR l."矫正.person__area" = r."强制.person__area"
        )
        THEN 2
        WHEN l."矫正.person__mask" = r."强制.person__mask"
        THEN 3
        ELSE 4
      END AS _m
    FROM "st_serving" AS l
    JOIN "src_强制" AS r
      ON l."矫正.person__name" = r."强制.person__name"
      AND NOT l."矫正.person__id" IS NULL
      AND r."强制.person__id" IS NULL
  ) AS p
  WHERE
    p._m IN (0, 1, 2, 3)
) AS p
WHERE
  TRUE;

-- coerced_within
CREATE TEMP TABLE "st_coerced_within" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "强制.act_on", "强制.from_on", "强制.person__id", "强制.person__name", "强制.person__mask", "强制.person__birth", "强制.person__sex", "强制.person__area",
  "coerced_grade", "矫正._row", "强制._row", _g, _st
FROM "st_coerced"
WHERE
  (
    "强制.from_on"
  ) >= (
    "矫正.correction_from"
  )
  AND (
    (
      "矫正.correction_to"
    ) IS NULL
    OR (
      "强制.from_on"
    ) <= (
      "矫正.correction_to"
    )
  );

-- new_crime
CREATE TEMP TABLE "st_new_crime" AS
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "强制.act_on", "强制.from_on", "强制.person__id", "强制.person__name", "强制.person__mask", "强制.person__birth", "强制.person__sex", "强制.person__area",
  "coerced_grade", "矫正._row", "强制._row", _g, _st
FROM "st_coerced_within"
WHERE
  COALESCE("强制.act_on" >= "矫正.correction_from", TRUE)
  AND COALESCE("强制.act_on" <> "矫正.act_on", TRUE);

-- 产出：explosive_again
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area", "punished_grade", "matter_text", "matter", "矫正._row", "处罚._row", _g, _st,
  CAST(COALESCE("矫正.person__id", "矫正.person__name" || '|' || "矫正._row", "矫正._row") AS TEXT) AS _subject
FROM "st_classed"
WHERE
  "matter" = '爆炸物';

-- 产出：fireworks_again
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area", "punished_grade", "matter_text", "matter", "矫正._row", "处罚._row", _g, _st,
  CAST(COALESCE("矫正.person__id", "矫正.person__name" || '|' || "矫正._row", "矫正._row") AS TEXT) AS _subject
FROM "st_classed"
WHERE
  "matter" = '烟花爆竹';

-- 产出：other_offence
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "处罚.violated_on", "处罚.cause", "处罚.fact", "处罚.status", "处罚.person__id", "处罚.person__name", "处罚.person__mask", "处罚.person__birth",
  "处罚.person__sex", "处罚.person__area", "punished_grade", "matter_text", "matter", "矫正._row", "处罚._row", _g, _st,
  CAST(COALESCE("矫正.person__id", "矫正.person__name" || '|' || "矫正._row", "矫正._row") AS TEXT) AS _subject
FROM "st_classed"
WHERE
  "matter" = '其他';

-- 产出：new_crime
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "强制.act_on", "强制.from_on", "强制.person__id", "强制.person__name", "强制.person__mask", "强制.person__birth", "强制.person__sex", "强制.person__area",
  "coerced_grade", "矫正._row", "强制._row", _g, _st,
  CAST(COALESCE("矫正.person__id", "矫正.person__name" || '|' || "矫正._row", "矫正._row") AS TEXT) AS _subject
FROM "st_new_crime"
WHERE
  TRUE;

-- 产出：not_warned
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "矫正._row", _g, _st, CAST(COALESCE("矫正.person__id", "矫正.person__name" || '|' || "矫正._row", "矫正._row") AS TEXT) AS _subject
FROM "st_serving"
WHERE
  COALESCE("矫正.warnings", 0) = 0 AND (
    "矫正.admonitions" >= 2 OR "off_days" > 10
  );

-- 产出：not_revoked
SELECT
  "矫正.name", "矫正.charge", "矫正.judgment_summary", "矫正.act_on", "矫正.judged_on", "矫正.penalty_kind", "矫正.correction_from", "矫正.correction_to",
  "矫正.released_on", "矫正.office", "矫正.admonitions", "矫正.warnings", "矫正.off_from", "矫正.off_to", "矫正.revocation_no", "矫正.status",
  "矫正.person__id", "矫正.person__name", "矫正.person__mask", "矫正.person__birth", "矫正.person__sex", "矫正.person__area", "about", "off_days",
  "矫正._row", _g, _st, CAST(COALESCE("矫正.person__id", "矫正.person__name" || '|' || "矫正._row", "矫正._row") AS TEXT) AS _subject
FROM "st_serving"
WHERE
  COALESCE("矫正.penalty_kind", '缓刑') = '缓刑'
  AND (
    "矫正.warnings" >= 2 OR "off_days" > 30
  );
