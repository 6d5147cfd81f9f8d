-- 弱势群体支持起诉（support_litigation）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   support_litigation.group_min_people = 5
--   support_litigation.high_min_people = 10
--   support_litigation.min_score = 30
--   support_litigation.window_days = 180

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no",
  "accepted_at" AS "工单.accepted_at",
  "caller_name" AS "工单.caller_name",
  "phone" AS "工单.phone",
  "kind" AS "工单.kind",
  "content" AS "工单.content",
  "region" AS "工单.region",
  "subject" AS "工单.subject",
  "duplicate" AS "工单.duplicate",
  "org__name" AS "工单.org__name",
  _row AS "工单._row",
  0 AS _g,
  0 AS _st
FROM hotline_order;

-- claims
CREATE TEMP TABLE "seen_claims" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('不付抚养', TRUE),
    ('不会打官司', TRUE),
    ('不发工资', TRUE),
    ('不尽赡养义务', TRUE),
    ('不知道怎么起诉', TRUE),
    ('不给赡养费', TRUE),
    ('不赡养', TRUE),
    ('农民工工资', TRUE),
    ('包工头跑路', TRUE),
    ('孤寡老人', TRUE),
    ('工人工资', TRUE),
    ('工伤不赔', TRUE),
    ('工伤未赔', TRUE),
    ('工伤赔偿', TRUE),
    ('工程款不给', TRUE),
    ('工程款未付', TRUE),
    ('工资被拖欠', TRUE),
    ('抚养费', TRUE),
    ('拒不赡养', TRUE),
    ('拒绝赡养', TRUE),
    ('拖欠工资', TRUE),
    ('拖欠我们工资', TRUE),
    ('拖欠薪资', TRUE),
    ('无力起诉', TRUE),
    ('未付工程款', TRUE),
    ('欠发工资', TRUE),
    ('欠薪', TRUE),
    ('残疾人', TRUE),
    ('民工工资', TRUE),
    ('没钱打官司', TRUE),
    ('独居老人', TRUE),
    ('生活费不给', TRUE),
    ('老板不见了', TRUE),
    ('老板失联', TRUE),
    ('老板跑路', TRUE),
    ('讨薪', TRUE),
    ('讨要工资', TRUE),
    ('讨要薪资', TRUE),
    ('请不起律师', TRUE),
    ('追讨工资', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row,
    'content' AS field,
    "工单.content" AS body
  FROM "src_工单"
), found AS (
  SELECT
    h._row,
    h.field,
    h.word AS spelling,
    h."offset",
    h.length,
    k.negatable,
    t.body
  FROM "hits_claims" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('企业间工程款', 0, 12, -1),
    ('公司间工程款', 0, 12, -1),
    ('中介费', 0, 12, -1),
    ('已判决', 0, 12, -1),
    ('已执行', 0, 12, -1),
    ('执行完毕', 0, 12, -1),
    ('恶意讨薪', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row,
    f.field,
    f."offset",
    f.spelling,
    MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_claims" AS e
    ON e._row = f._row
  JOIN excluding AS x
    ON e.word = x.word
  WHERE
    (
      x.part < 0
      OR EXISTS(
        SELECT
          1
        FROM limits AS l
        WHERE
          l.part = x.part AND l.spelling = f.spelling
      )
    )
    AND (
      x.kind = 2
      OR (
        e.field = f.field
        AND (
          CASE x.kind
            WHEN 0
            THEN e."offset" < f."offset" + f.length + x.width
            AND e."offset" + e.length + x.width > f."offset"
            ELSE NOT REGEXP_MATCHES(
              SUBSTRING(
                f.body,
                LEAST(f."offset" + f.length, e."offset" + e.length) + 1,
                GREATEST(
                  GREATEST(f."offset", e."offset") - LEAST(f."offset" + f.length, e."offset" + e.length),
                  0
                )
              ),
              '[。！？!?；;
]'
            )
          END
        )
      )
    )
  GROUP BY ALL
)
SELECT
  f._row,
  f.field,
  f.spelling,
  f."offset",
  f.length,
  CASE
    WHEN NOT f.negatable
    THEN NULL
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
        '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '没有'
    )
    THEN '没有'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
        '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未发现'
    )
    THEN '未发现'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
        '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不存在'
    )
    THEN '不存在'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
        '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '宣传'
    )
    THEN '宣传'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
        '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '演练'
    )
    THEN '演练'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
        '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '咨询'
    )
    THEN '咨询'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
        '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '禁止'
    )
    THEN '禁止'
  END AS negated,
  x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- claims
CREATE TEMP TABLE "words_claims" AS
WITH good AS (
  SELECT
    *
  FROM "seen_claims"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('拖欠工资', '拖欠工资', 30),
    ('拖欠我们工资', '拖欠工资', 30),
    ('拖欠薪资', '拖欠工资', 30),
    ('欠薪', '拖欠工资', 30),
    ('欠发工资', '拖欠工资', 30),
    ('不发工资', '拖欠工资', 30),
    ('工资被拖欠', '拖欠工资', 30),
    ('讨薪', '讨薪', 30),
    ('讨要工资', '讨薪', 30),
    ('追讨工资', '讨薪', 30),
    ('讨要薪资', '讨薪', 30),
    ('农民工工资', '农民工工资', 30),
    ('民工工资', '农民工工资', 30),
    ('工人工资', '农民工工资', 30),
    ('拒不赡养', '拒不赡养', 30),
    ('不赡养', '拒不赡养', 30),
    ('拒绝赡养', '拒不赡养', 30),
    ('不给赡养费', '拒不赡养', 30),
    ('不尽赡养义务', '拒不赡养', 30),
    ('抚养费', '抚养费', 30),
    ('生活费不给', '抚养费', 30),
    ('不付抚养', '抚养费', 30),
    ('无力起诉', '无力起诉', 30),
    ('不会打官司', '无力起诉', 30),
    ('没钱打官司', '无力起诉', 30),
    ('不知道怎么起诉', '无力起诉', 30),
    ('请不起律师', '无力起诉', 30),
    ('老板跑路', '老板跑路', 15),
    ('包工头跑路', '老板跑路', 15),
    ('老板失联', '老板跑路', 15),
    ('老板不见了', '老板跑路', 15),
    ('工程款未付', '工程款未付', 15),
    ('未付工程款', '工程款未付', 15),
    ('工程款不给', '工程款未付', 15),
    ('残疾人', '残疾人', 15),
    ('孤寡老人', '孤寡老人', 15),
    ('独居老人', '孤寡老人', 15),
    ('工伤未赔', '工伤未赔', 15),
    ('工伤不赔', '工伤未赔', 15),
    ('工伤赔偿', '工伤未赔', 15)) AS _values
)
SELECT
  g._row,
  k.word,
  k.weight,
  g.spelling,
  g.field,
  g."offset",
  g.length
FROM good AS g
JOIN word_list AS k
  ON g.spelling = k.spelling;

-- claims
CREATE TEMP TABLE "st_claims" AS
SELECT
  t."工单.order_no",
  t."工单.accepted_at",
  t."工单.caller_name",
  t."工单.phone",
  t."工单.kind",
  t."工单.content",
  t."工单.region",
  t."工单.subject",
  t."工单.duplicate",
  t."工单.org__name",
  h.w AS "claims_words",
  h.n AS "claims_count",
  h.s AS "claims_score",
  t."工单._row",
  t._g,
  t._st
FROM "src_工单" AS t
JOIN (
  SELECT
    _row,
    LISTAGG(word, '、'
    ORDER BY
      word) AS w,
    COUNT(*) AS n,
    CAST(SUM(weight) AS BIGINT) AS s
  FROM (
    SELECT DISTINCT
      _row,
      word,
      weight
    FROM "words_claims"
  )
  GROUP BY
    _row
) AS h
  ON t."工单._row" = h._row
WHERE
  h.s >= 30;

-- recent
CREATE TEMP TABLE "st_recent" AS
SELECT
  "工单.order_no",
  "工单.accepted_at",
  "工单.caller_name",
  "工单.phone",
  "工单.kind",
  "工单.content",
  "工单.region",
  "工单.subject",
  "工单.duplicate",
  "工单.org__name",
  "claims_words",
  "claims_count",
  "claims_score",
  "工单._row",
  _g,
  _st
FROM "st_claims"
WHERE
  "工单.accepted_at" >= CAST('2026-06-30' AS DATE) - CAST((
    180
  ) AS INT)
  AND NOT (
    COALESCE("工单.kind", '求助') IN ('咨询', '建议')
  )
  AND COALESCE("工单.duplicate", '否') <> '是';

-- kinds
CREATE TEMP TABLE "st_kinds" AS
SELECT
  "工单.order_no",
  "工单.accepted_at",
  "工单.caller_name",
  "工单.phone",
  "工单.kind",
  "工单.content",
  "工单.region",
  "工单.subject",
  "工单.duplicate",
  "工单.org__name",
  "claims_words",
  "claims_count",
  "claims_score",
  "wages",
  "工单._row",
  _g,
  _st,
  COALESCE("工单.phone", "工单.caller_name", "工单.order_no") AS "caller"
FROM (
  SELECT
    "工单.order_no",
    "工单.accepted_at",
    "工单.caller_name",
    "工单.phone",
    "工单.kind",
    "工单.content",
    "工单.region",
    "工单.subject",
    "工单.duplicate",
    "工单.org__name",
    "claims_words",
    "claims_count",
    "claims_score",
    "工单._row",
    _g,
    _st,
    CONTAINS("claims_words", '工资') OR CONTAINS("claims_words", '讨薪') AS "wages"
  FROM (
    SELECT
      "工单.order_no",
      "工单.accepted_at",
      "工单.caller_name",
      "工单.phone",
      "工单.kind",
      "工单.content",
      "工单.region",
      "工单.subject",
      "工单.duplicate",
      "工单.org__name",
      "claims_words",
      "claims_count",
      "claims_score",
      "工单._row",
      _g,
      _st
    FROM "st_recent"
  )
);

-- unpaid
CREATE TEMP TABLE "st_unpaid" AS
SELECT
  "工单.order_no",
  "工单.accepted_at",
  "工单.caller_name",
  "工单.phone",
  "工单.kind",
  "工单.content",
  "工单.region",
  "工单.subject",
  "工单.duplicate",
  "工单.org__name",
  "claims_words",
  "claims_count",
  "claims_score",
  "wages",
  "caller",
  "工单._row",
  _g,
  _st
FROM "st_kinds"
WHERE
  "wages" AND NOT (
    "工单.subject" IS NULL
  );

-- by_employer
CREATE TEMP TABLE "st_by_employer" AS
SELECT
  "工单.org__name",
  "people",
  "orders",
  "工单._rows",
  "_g",
  "_st"
FROM (
  SELECT
    "工单.org__name",
    COUNT(DISTINCT "caller") AS "people",
    COUNT(DISTINCT "工单.order_no") AS "orders",
    LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows",
    MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_unpaid"
  WHERE
    NOT "工单.org__name" IS NULL
  GROUP BY
    "工单.org__name"
);

-- 产出：claim
SELECT
  "工单.order_no",
  "工单.accepted_at",
  "工单.caller_name",
  "工单.phone",
  "工单.kind",
  "工单.content",
  "工单.region",
  "工单.subject",
  "工单.duplicate",
  "工单.org__name",
  "claims_words",
  "claims_count",
  "claims_score",
  "wages",
  "caller",
  "工单._row",
  _g,
  _st,
  CAST("工单.order_no" AS TEXT) AS _subject
FROM "st_kinds"
WHERE
  TRUE;

-- 产出：employer
SELECT
  "工单.org__name",
  "people",
  "orders",
  "工单._rows",
  _g,
  _st,
  CAST("工单.org__name" AS TEXT) AS _subject
FROM "st_by_employer"
WHERE
  "people" >= 10;

-- 产出：employer
SELECT
  "工单.org__name",
  "people",
  "orders",
  "工单._rows",
  _g,
  _st,
  CAST("工单.org__name" AS TEXT) AS _subject
FROM "st_by_employer"
WHERE
  "people" >= 5 AND "people" < 10;
