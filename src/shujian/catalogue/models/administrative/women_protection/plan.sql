-- 性骚扰、家庭暴力和妇女权益（women_protection）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   women.grace_days = 30
--   women.look_back_days = 365
--   women.min_people = 2
--   women.order_months = 6
--   women.window_days = 180

-- 数据：警情
SELECT
  "incident_no" AS "警情.incident_no", "reported_at" AS "警情.reported_at", "content" AS "警情.content", "unit" AS "警情.unit",
  "result" AS "警情.result", "victim__id" AS "警情.victim__id", "victim__name" AS "警情.victim__name", "victim__mask" AS "警情.victim__mask",
  "victim__birth" AS "警情.victim__birth", "victim__sex" AS "警情.victim__sex", "victim__area" AS "警情.victim__area",
  "suspect__id" AS "警情.suspect__id", "suspect__name" AS "警情.suspect__name", "suspect__mask" AS "警情.suspect__mask",
  "suspect__birth" AS "警情.suspect__birth", "suspect__sex" AS "警情.suspect__sex", "suspect__area" AS "警情.suspect__area", _row AS "警情._row",
  0 AS _g, 0 AS _st
FROM police_incident;

-- 数据：前警情
SELECT
  "reported_at" AS "前警情.reported_at", "content" AS "前警情.content", "victim__id" AS "前警情.victim__id", "victim__name" AS "前警情.victim__name",
  "victim__mask" AS "前警情.victim__mask", "victim__birth" AS "前警情.victim__birth", "victim__sex" AS "前警情.victim__sex",
  "victim__area" AS "前警情.victim__area", _row AS "前警情._row", 0 AS _g, 0 AS _st
FROM police_incident;

-- 数据：告诫
SELECT
  "incident_no" AS "告诫.incident_no", "issued_on" AS "告诫.issued_on", "person__id" AS "告诫.person__id", "person__name" AS "告诫.person__name",
  "person__mask" AS "告诫.person__mask", "person__birth" AS "告诫.person__birth", "person__sex" AS "告诫.person__sex",
  "person__area" AS "告诫.person__area", "victim__id" AS "告诫.victim__id", "victim__name" AS "告诫.victim__name",
  "victim__mask" AS "告诫.victim__mask", "victim__birth" AS "告诫.victim__birth", "victim__sex" AS "告诫.victim__sex",
  "victim__area" AS "告诫.victim__area", _row AS "告诫._row", 0 AS _g, 0 AS _st
FROM warning_letter;

-- 数据：处罚
SELECT
  "decided_on" AS "处罚.decided_on", "person__id" AS "处罚.person__id", "person__name" AS "处罚.person__name",
  "person__mask" AS "处罚.person__mask", "person__birth" AS "处罚.person__birth", "person__sex" AS "处罚.person__sex",
  "person__area" AS "处罚.person__area", _row AS "处罚._row", 0 AS _g, 0 AS _st
FROM police_penalty;

-- 数据：保护令
SELECT
  "issued_on" AS "保护令.issued_on", "valid_to" AS "保护令.valid_to", "kind" AS "保护令.kind", "status" AS "保护令.status",
  "applicant__id" AS "保护令.applicant__id", "applicant__name" AS "保护令.applicant__name", "applicant__mask" AS "保护令.applicant__mask",
  "applicant__birth" AS "保护令.applicant__birth", "applicant__sex" AS "保护令.applicant__sex", "applicant__area" AS "保护令.applicant__area",
  "respondent__id" AS "保护令.respondent__id", _row AS "保护令._row", 0 AS _g, 0 AS _st
FROM protection_order;

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no", "accepted_at" AS "工单.accepted_at", "caller_name" AS "工单.caller_name", "phone" AS "工单.phone",
  "kind" AS "工单.kind", "title" AS "工单.title", "content" AS "工单.content", "duplicate" AS "工单.duplicate", "org__name" AS "工单.org__name",
  _row AS "工单._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- violent
CREATE TEMP TABLE "near_violent" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('丈夫', 0, 1), ('丈夫殴打', 30, 0), ('前夫', 0, 1), ('前夫殴打', 30, 0), ('同居男友', 0, 1), ('妻子', 0, 1), ('威胁', 0, 2), ('家庭暴力', 30, 0),
    ('家暴', 30, 0), ('恐吓', 0, 2), ('打伤', 0, 2), ('打妻子', 30, 0), ('打老婆', 30, 0), ('掐脖子', 0, 2), ('殴打', 0, 2), ('殴打其妻', 30, 0),
    ('殴打妻子', 30, 0), ('泼热水', 0, 2), ('用刀', 0, 2), ('砍伤', 0, 2), ('老公', 0, 1), ('老公殴打', 30, 0), ('被丈夫打', 30, 0), ('被其丈夫', 30, 0),
    ('被前夫打', 30, 0), ('被同居男友打', 30, 0), ('被老公打', 30, 0), ('遭丈夫', 30, 0), ('配偶', 0, 1),
    ('限制人身', 0, 2)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_violent" AS h
  JOIN carriers AS c
    ON h.word = c.spelling
  GROUP BY
    h._row
), hopeful AS (
  SELECT
    _row
  FROM sums
  WHERE
    COALESCE(w, 0) + CASE WHEN (
      m0 & 3
    ) = 3 THEN 30 ELSE 0 END >= 30
)
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "警情._row", "_g", "_st"
FROM "src_警情"
WHERE
  "警情._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- violent
CREATE TEMP TABLE "seen_violent" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('丈夫', TRUE), ('丈夫殴打', TRUE), ('前夫', TRUE), ('前夫殴打', TRUE), ('同居男友', TRUE), ('妻子', TRUE), ('威胁', TRUE), ('家庭暴力', TRUE), ('家暴', TRUE),
    ('恐吓', TRUE), ('打伤', TRUE), ('打妻子', TRUE), ('打老婆', TRUE), ('掐脖子', TRUE), ('殴打', TRUE), ('殴打其妻', TRUE), ('殴打妻子', TRUE), ('泼热水', TRUE),
    ('用刀', TRUE), ('砍伤', TRUE), ('老公', TRUE), ('老公殴打', TRUE), ('被丈夫打', TRUE), ('被其丈夫', TRUE), ('被前夫打', TRUE), ('被同居男友打', TRUE),
    ('被老公打', TRUE), ('遭丈夫', TRUE), ('配偶', TRUE),
    ('限制人身', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "警情._row" AS _row, 'content' AS field, "警情.content" AS body
  FROM "near_violent"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_violent" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('讲座', 0, 12, -1), ('普法', 0, 12, -1), ('咨询家暴', 0, 12, -1), ('电视剧', 0, 12, -1),
    ('影视', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_violent" AS e
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
                f.body, LEAST(f."offset" + f.length, e."offset" + e.length) + 1,
                GREATEST(
                  GREATEST(f."offset", e."offset") - LEAST(f."offset" + f.length, e."offset" + e.length), 0
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
  f._row, f.field, f.spelling, f."offset", f.length,
  CASE
    WHEN NOT f.negatable
    OR NOT REGEXP_MATCHES(
      SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '非|不是|未发生|不属于|没有|未'
    )
    THEN NULL
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '非'
    )
    THEN '非'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不是'
    )
    THEN '不是'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未发生'
    )
    THEN '未发生'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不属于'
    )
    THEN '不属于'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '没有'
    )
    THEN '没有'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未'
    )
    THEN '未'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- violent
CREATE TEMP TABLE "words_violent" AS
WITH good AS (
  SELECT
    *
  FROM "seen_violent"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('家庭暴力', '家庭暴力', 30), ('家暴', '家庭暴力', 30), ('被丈夫打', '家庭暴力', 30), ('被老公打', '家庭暴力', 30), ('被其丈夫', '家庭暴力', 30), ('丈夫殴打', '家庭暴力', 30),
    ('老公殴打', '家庭暴力', 30), ('遭丈夫', '家庭暴力', 30), ('被前夫打', '家庭暴力', 30), ('前夫殴打', '家庭暴力', 30), ('被同居男友打', '家庭暴力', 30), ('殴打妻子', '殴打妻子', 30),
    ('打老婆', '殴打妻子', 30), ('打妻子', '殴打妻子', 30),
    ('殴打其妻', '殴打妻子', 30)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('殴打', '动手'), ('打伤', '动手'), ('掐脖子', '动手'), ('用刀', '动手'), ('砍伤', '动手'), ('泼热水', '动手'), ('限制人身', '动手'), ('恐吓', '动手'), ('威胁', '动手'),
    ('丈夫', '亲密'), ('老公', '亲密'), ('妻子', '亲密'), ('前夫', '亲密'), ('配偶', '亲密'),
    ('同居男友', '亲密')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '配偶间动手', 30, '动手', 1)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '动手', '亲密', TRUE, 0, 12, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "警情._row" AS _row, 'content' AS field, "警情.content" AS body
  FROM "near_violent"
), close AS (
  SELECT
    s.pattern, s.part, s.wanted, s.kind, a._row, a.field, a.spelling, a."offset", a.length, b.spelling AS spelling_2, b.field AS field_2,
    b."offset" AS offset_2, b.length AS length_2
  FROM parts AS a
  JOIN slots AS s
    ON s.find = a.part
  JOIN parts AS b
    ON b._row = a._row AND b.part = s.part
  WHERE
    (
      a.field <> b.field
      OR a."offset" + a.length <= b."offset"
      OR b."offset" + b.length <= a."offset"
    )
    AND CASE s.place
      WHEN 'before'
      THEN a.field = b.field AND b."offset" < a."offset"
      WHEN 'after'
      THEN a.field = b.field AND b."offset" > a."offset"
      ELSE TRUE
    END
    AND (
      s.kind = 2 OR a.field = b.field
    )
    AND (
      s.kind <> 0
      OR GREATEST(a."offset", b."offset") - LEAST(a."offset" + a.length, b."offset" + b.length) <= s.width
    )
), pair AS (
  SELECT
    c.*
  FROM close AS c
  JOIN texts AS t
    ON c._row = t._row AND c.field = t.field
  WHERE
    c.kind = 2
    OR NOT REGEXP_MATCHES(
      SUBSTRING(
        t.body, LEAST(c."offset" + c.length, c.offset_2 + c.length_2) + 1,
        GREATEST(c."offset", c.offset_2) - LEAST(c."offset" + c.length, c.offset_2 + c.length_2)
      ),
      '[。！？!?；;
]'
    )
), met AS (
  SELECT
    pattern, _row, field, spelling, "offset",
    COUNT(DISTINCT part) FILTER(WHERE
      wanted) AS n,
    COUNT(*) FILTER(WHERE
      NOT wanted) AS w
  FROM pair
  GROUP BY ALL
), standing AS (
  SELECT
    p.pattern, p.title, p.weight, a._row, a.field, a.spelling, a."offset", a.length
  FROM parts AS a
  JOIN patterns AS p
    ON p.find = a.part
  LEFT JOIN met AS m
    ON m.pattern = p.pattern
    AND m._row = a._row
    AND m.field = a.field
    AND m."offset" = a."offset"
    AND m.spelling = a.spelling
  WHERE
    COALESCE(m.n, 0) = p.need AND COALESCE(m.w, 0) = 0
)
SELECT
  g._row, k.word, k.weight, g.spelling, g.field, g."offset", g.length
FROM good AS g
JOIN word_list AS k
  ON g.spelling = k.spelling
UNION
SELECT
  _row, title AS word, weight, spelling, field, "offset", length
FROM standing
UNION
SELECT
  s._row, s.title AS word, s.weight, p.spelling_2 AS spelling, p.field_2 AS field, p.offset_2, p.length_2
FROM standing AS s
JOIN pair AS p
  ON s.pattern = p.pattern
  AND s._row = p._row
  AND s.field = p.field
  AND s."offset" = p."offset"
  AND s.spelling = p.spelling
WHERE
  p.wanted;

-- violent
CREATE TEMP TABLE "st_violent" AS
SELECT
  t."警情.incident_no", t."警情.reported_at", t."警情.content", t."警情.unit", t."警情.result", t."警情.victim__id", t."警情.victim__name",
  t."警情.victim__mask", t."警情.victim__birth", t."警情.victim__sex", t."警情.victim__area", t."警情.suspect__id", t."警情.suspect__name",
  t."警情.suspect__mask", t."警情.suspect__birth", t."警情.suspect__sex", t."警情.suspect__area", h.w AS "violent_words", h.n AS "violent_count",
  h.s AS "violent_score", t."警情._row", t._g, t._st
FROM "near_violent" AS t
JOIN (
  SELECT
    _row,
    LISTAGG(word, '、'
    ORDER BY
      word) AS w,
    COUNT(*) AS n, CAST(SUM(weight) AS BIGINT) AS s
  FROM (
    SELECT DISTINCT
      _row, word, weight
    FROM "words_violent"
  )
  GROUP BY
    _row
) AS h
  ON t."警情._row" = h._row
WHERE
  h.s >= 30;

-- settled
CREATE TEMP TABLE "st_settled" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "警情._row", _g, _st
FROM "st_violent"
WHERE
  "警情.reported_at" >= CAST('2026-06-30' AS DATE) - CAST((
    365
  ) AS INT)
  AND "警情.reported_at" < CAST('2026-06-30' AS DATE) - CAST((
    30
  ) AS INT)
  AND NOT (
    (
      CONTAINS(COALESCE("警情.result", ''), '告诫')
      OR CONTAINS(COALESCE("警情.result", ''), '拘留')
      OR CONTAINS(COALESCE("警情.result", ''), '处罚')
      OR CONTAINS(COALESCE("警情.result", ''), '罚款')
      OR CONTAINS(COALESCE("警情.result", ''), '立案')
    )
  );

-- stationed
CREATE TEMP TABLE "st_stationed" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "警情._row", _g, _st,
  CASE
    WHEN ENDS_WITH("警情.unit", '派出所')
    OR ENDS_WITH("警情.unit", '公安局')
    OR ENDS_WITH("警情.unit", '分局')
    OR ENDS_WITH("警情.unit", '大队')
    THEN "警情.unit"
  END AS "station"
FROM (
  SELECT
    "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
    "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
    "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "警情._row", _g, _st
  FROM "st_settled"
);

-- violent_before
CREATE TEMP TABLE "near_violent_before" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('丈夫', 0, 1), ('丈夫殴打', 30, 0), ('前夫', 0, 1), ('前夫殴打', 30, 0), ('同居男友', 0, 1), ('妻子', 0, 1), ('威胁', 0, 2), ('家庭暴力', 30, 0),
    ('家暴', 30, 0), ('恐吓', 0, 2), ('打伤', 0, 2), ('打妻子', 30, 0), ('打老婆', 30, 0), ('掐脖子', 0, 2), ('殴打', 0, 2), ('殴打其妻', 30, 0),
    ('殴打妻子', 30, 0), ('泼热水', 0, 2), ('用刀', 0, 2), ('砍伤', 0, 2), ('老公', 0, 1), ('老公殴打', 30, 0), ('被丈夫打', 30, 0), ('被其丈夫', 30, 0),
    ('被前夫打', 30, 0), ('被同居男友打', 30, 0), ('被老公打', 30, 0), ('遭丈夫', 30, 0), ('配偶', 0, 1),
    ('限制人身', 0, 2)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_violent_before" AS h
  JOIN carriers AS c
    ON h.word = c.spelling
  GROUP BY
    h._row
), hopeful AS (
  SELECT
    _row
  FROM sums
  WHERE
    COALESCE(w, 0) + CASE WHEN (
      m0 & 3
    ) = 3 THEN 30 ELSE 0 END >= 30
)
SELECT
  "前警情.reported_at", "前警情.content", "前警情.victim__id", "前警情.victim__name", "前警情.victim__mask", "前警情.victim__birth", "前警情.victim__sex",
  "前警情.victim__area", "前警情._row", "_g", "_st"
FROM "src_前警情"
WHERE
  "前警情._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- violent_before
CREATE TEMP TABLE "seen_violent_before" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('丈夫', TRUE), ('丈夫殴打', TRUE), ('前夫', TRUE), ('前夫殴打', TRUE), ('同居男友', TRUE), ('妻子', TRUE), ('威胁', TRUE), ('家庭暴力', TRUE), ('家暴', TRUE),
    ('恐吓', TRUE), ('打伤', TRUE), ('打妻子', TRUE), ('打老婆', TRUE), ('掐脖子', TRUE), ('殴打', TRUE), ('殴打其妻', TRUE), ('殴打妻子', TRUE), ('泼热水', TRUE),
    ('用刀', TRUE), ('砍伤', TRUE), ('老公', TRUE), ('老公殴打', TRUE), ('被丈夫打', TRUE), ('被其丈夫', TRUE), ('被前夫打', TRUE), ('被同居男友打', TRUE),
    ('被老公打', TRUE), ('遭丈夫', TRUE), ('配偶', TRUE),
    ('限制人身', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "前警情._row" AS _row, 'content' AS field, "前警情.content" AS body
  FROM "near_violent_before"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_violent_before" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('讲座', 0, 12, -1), ('普法', 0, 12, -1), ('咨询家暴', 0, 12, -1), ('电视剧', 0, 12, -1),
    ('影视', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_violent_before" AS e
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
                f.body, LEAST(f."offset" + f.length, e."offset" + e.length) + 1,
                GREATEST(
                  GREATEST(f."offset", e."offset") - LEAST(f."offset" + f.length, e."offset" + e.length), 0
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
  f._row, f.field, f.spelling, f."offset", f.length,
  CASE
    WHEN NOT f.negatable
    OR NOT REGEXP_MATCHES(
      SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '非|不是|未发生|不属于|没有|未'
    )
    THEN NULL
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '非'
    )
    THEN '非'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不是'
    )
    THEN '不是'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未发生'
    )
    THEN '未发生'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不属于'
    )
    THEN '不属于'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '没有'
    )
    THEN '没有'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未'
    )
    THEN '未'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- violent_before
CREATE TEMP TABLE "words_violent_before" AS
WITH good AS (
  SELECT
    *
  FROM "seen_violent_before"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('家庭暴力', '家庭暴力', 30), ('家暴', '家庭暴力', 30), ('被丈夫打', '家庭暴力', 30), ('被老公打', '家庭暴力', 30), ('被其丈夫', '家庭暴力', 30), ('丈夫殴打', '家庭暴力', 30),
    ('老公殴打', '家庭暴力', 30), ('遭丈夫', '家庭暴力', 30), ('被前夫打', '家庭暴力', 30), ('前夫殴打', '家庭暴力', 30), ('被同居男友打', '家庭暴力', 30), ('殴打妻子', '殴打妻子', 30),
    ('打老婆', '殴打妻子', 30), ('打妻子', '殴打妻子', 30),
    ('殴打其妻', '殴打妻子', 30)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('殴打', '动手'), ('打伤', '动手'), ('掐脖子', '动手'), ('用刀', '动手'), ('砍伤', '动手'), ('泼热水', '动手'), ('限制人身', '动手'), ('恐吓', '动手'), ('威胁', '动手'),
    ('丈夫', '亲密'), ('老公', '亲密'), ('妻子', '亲密'), ('前夫', '亲密'), ('配偶', '亲密'),
    ('同居男友', '亲密')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '配偶间动手', 30, '动手', 1)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '动手', '亲密', TRUE, 0, 12, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "前警情._row" AS _row, 'content' AS field, "前警情.content" AS body
  FROM "near_violent_before"
), close AS (
  SELECT
    s.pattern, s.part, s.wanted, s.kind, a._row, a.field, a.spelling, a."offset", a.length, b.spelling AS spelling_2, b.field AS field_2,
    b."offset" AS offset_2, b.length AS length_2
  FROM parts AS a
  JOIN slots AS s
    ON s.find = a.part
  JOIN parts AS b
    ON b._row = a._row AND b.part = s.part
  WHERE
    (
      a.field <> b.field
      OR a."offset" + a.length <= b."offset"
      OR b."offset" + b.length <= a."offset"
    )
    AND CASE s.place
      WHEN 'before'
      THEN a.field = b.field AND b."offset" < a."offset"
      WHEN 'after'
      THEN a.field = b.field AND b."offset" > a."offset"
      ELSE TRUE
    END
    AND (
      s.kind = 2 OR a.field = b.field
    )
    AND (
      s.kind <> 0
      OR GREATEST(a."offset", b."offset") - LEAST(a."offset" + a.length, b."offset" + b.length) <= s.width
    )
), pair AS (
  SELECT
    c.*
  FROM close AS c
  JOIN texts AS t
    ON c._row = t._row AND c.field = t.field
  WHERE
    c.kind = 2
    OR NOT REGEXP_MATCHES(
      SUBSTRING(
        t.body, LEAST(c."offset" + c.length, c.offset_2 + c.length_2) + 1,
        GREATEST(c."offset", c.offset_2) - LEAST(c."offset" + c.length, c.offset_2 + c.length_2)
      ),
      '[。！？!?；;
]'
    )
), met AS (
  SELECT
    pattern, _row, field, spelling, "offset",
    COUNT(DISTINCT part) FILTER(WHERE
      wanted) AS n,
    COUNT(*) FILTER(WHERE
      NOT wanted) AS w
  FROM pair
  GROUP BY ALL
), standing AS (
  SELECT
    p.pattern, p.title, p.weight, a._row, a.field, a.spelling, a."offset", a.length
  FROM parts AS a
  JOIN patterns AS p
    ON p.find = a.part
  LEFT JOIN met AS m
    ON m.pattern = p.pattern
    AND m._row = a._row
    AND m.field = a.field
    AND m."offset" = a."offset"
    AND m.spelling = a.spelling
  WHERE
    COALESCE(m.n, 0) = p.need AND COALESCE(m.w, 0) = 0
)
SELECT
  g._row, k.word, k.weight, g.spelling, g.field, g."offset", g.length
FROM good AS g
JOIN word_list AS k
  ON g.spelling = k.spelling
UNION
SELECT
  _row, title AS word, weight, spelling, field, "offset", length
FROM standing
UNION
SELECT
  s._row, s.title AS word, s.weight, p.spelling_2 AS spelling, p.field_2 AS field, p.offset_2, p.length_2
FROM standing AS s
JOIN pair AS p
  ON s.pattern = p.pattern
  AND s._row = p._row
  AND s.field = p.field
  AND s."offset" = p."offset"
  AND s.spelling = p.spelling
WHERE
  p.wanted;

-- violent_before
CREATE TEMP TABLE "st_violent_before" AS
SELECT
  t."前警情.reported_at", t."前警情.content", t."前警情.victim__id", t."前警情.victim__name", t."前警情.victim__mask", t."前警情.victim__birth",
  t."前警情.victim__sex", t."前警情.victim__area", h.w AS "violent_before_words", h.n AS "violent_before_count", h.s AS "violent_before_score",
  t."前警情._row", t._g, t._st
FROM "near_violent_before" AS t
JOIN (
  SELECT
    _row,
    LISTAGG(word, '、'
    ORDER BY
      word) AS w,
    COUNT(*) AS n, CAST(SUM(weight) AS BIGINT) AS s
  FROM (
    SELECT DISTINCT
      _row, word, weight
    FROM "words_violent_before"
  )
  GROUP BY
    _row
) AS h
  ON t."前警情._row" = h._row
WHERE
  h.s >= 30;

-- again
CREATE TEMP TABLE "pairs_again" AS
SELECT
  *
FROM (
  SELECT
    l."警情.incident_no", l."警情.reported_at", l."警情.content", l."警情.unit", l."警情.result", l."警情.victim__id", l."警情.victim__name",
    l."警情.victim__mask", l."警情.victim__birth", l."警情.victim__sex", l."警情.victim__area", l."警情.suspect__id", l."警情.suspect__name",
    l."警情.suspect__mask", l."警情.suspect__birth", l."警情.suspect__sex", l."警情.suspect__area", l."violent_words", l."violent_count",
    l."violent_score", l."station", l."警情._row", r."前警情.reported_at", r."前警情.content", r."前警情.victim__id", r."前警情.victim__name",
    r."前警情.victim__mask", r."前警情.victim__birth", r."前警情.victim__sex", r."前警情.victim__area", r."violent_before_words",
    r."violent_before_count", r."violent_before_score", r."前警情._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."警情.victim__name" = r."前警情.victim__name"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."警情.victim__name"), LENGTH(r."前警情.victim__name"))),
            LAMBDA i : LEFT(l."警情.victim__name", i) = LEFT(r."前警情.victim__name", i)
            AND (
              SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."前警情.victim__name", i + 2)
              AND LENGTH(l."警情.victim__name") = LENGTH(r."前警情.victim__name")
              OR SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."前警情.victim__name", i + 1)
              OR SUBSTRING(l."警情.victim__name", i + 1) = SUBSTRING(r."前警情.victim__name", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_stationed" AS l
  JOIN "st_violent_before" AS r
    ON l."警情.victim__id" = r."前警情.victim__id"
) AS p
WHERE
  p._m IN (0);

-- again
CREATE TEMP TABLE "st_again" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "station", "前警情.reported_at", "前警情.content",
  "前警情.victim__id", "前警情.victim__name", "前警情.victim__mask", "前警情.victim__birth", "前警情.victim__sex", "前警情.victim__area",
  "violent_before_words", "violent_before_count", "violent_before_score",
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
  END AS "again_grade", "警情._row", "前警情._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_again" AS p
WHERE
  "前警情.reported_at" < CAST("警情.reported_at" AS DATE) - CAST((
    0
  ) AS INT)
  AND "前警情.reported_at" >= CAST("警情.reported_at" AS DATE) - CAST((
    180
  ) AS INT);

-- no_letter_victim
CREATE TEMP TABLE "st_no_letter_victim" AS
SELECT
  l."警情.incident_no", l."警情.reported_at", l."警情.content", l."警情.unit", l."警情.result", l."警情.victim__id", l."警情.victim__name",
  l."警情.victim__mask", l."警情.victim__birth", l."警情.victim__sex", l."警情.victim__area", l."警情.suspect__id", l."警情.suspect__name",
  l."警情.suspect__mask", l."警情.suspect__birth", l."警情.suspect__sex", l."警情.suspect__area", l."violent_words", l."violent_count",
  l."violent_score", l."station", l."前警情.reported_at", l."前警情.content", l."前警情.victim__id", l."前警情.victim__name", l."前警情.victim__mask",
  l."前警情.victim__birth", l."前警情.victim__sex", l."前警情.victim__area", l."violent_before_words", l."violent_before_count",
  l."violent_before_score", l."again_grade",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "no_letter_victim_state", _from AS "no_letter_victim_from",
  _to AS "no_letter_victim_to", l."警情._row", l."前警情._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_again"
  ), _r AS (
    SELECT
      *
    FROM "src_告诫"
  ), seen AS (
    SELECT
      "警情._row", "前警情._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "告诫.issued_on" >= CAST("警情.reported_at" AS DATE) - CAST((
            180
          ) AS INT)
        ) AS _w
      FROM (
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.victim__id" = r."告诫.victim__id"
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.victim__name" = r."告诫.victim__name" AND l."警情.victim__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.victim__name" = r."告诫.victim__name"
          AND NOT l."警情.victim__id" IS NULL
          AND r."告诫.victim__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.victim__mask" = r."告诫.victim__mask"
          AND (
            l."警情.victim__id" IS NULL OR r."告诫.victim__id" IS NULL
          )
          AND (
            l."警情.victim__name" IS NULL
            OR r."告诫.victim__name" IS NULL
            OR l."警情.victim__name" <> r."告诫.victim__name"
          )
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.victim__birth" = r."告诫.victim__birth"
          AND l."警情.victim__sex" = r."告诫.victim__sex"
          AND LEFT(l."警情.victim__name", 1) = LEFT(r."告诫.victim__name", 1)
          AND l."警情.victim__name" <> r."告诫.victim__name"
          AND (
            l."警情.victim__name" = r."告诫.victim__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.victim__name"), LENGTH(r."告诫.victim__name"))),
                LAMBDA i : LEFT(l."警情.victim__name", i) = LEFT(r."告诫.victim__name", i)
                AND (
                  SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."告诫.victim__name", i + 2)
                  AND LENGTH(l."警情.victim__name") = LENGTH(r."告诫.victim__name")
                  OR SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."告诫.victim__name", i + 1)
                  OR SUBSTRING(l."警情.victim__name", i + 1) = SUBSTRING(r."告诫.victim__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND l."警情.victim__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.victim__birth" = r."告诫.victim__birth"
          AND l."警情.victim__sex" = r."告诫.victim__sex"
          AND LEFT(l."警情.victim__name", 1) = LEFT(r."告诫.victim__name", 1)
          AND l."警情.victim__name" <> r."告诫.victim__name"
          AND (
            l."警情.victim__name" = r."告诫.victim__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.victim__name"), LENGTH(r."告诫.victim__name"))),
                LAMBDA i : LEFT(l."警情.victim__name", i) = LEFT(r."告诫.victim__name", i)
                AND (
                  SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."告诫.victim__name", i + 2)
                  AND LENGTH(l."警情.victim__name") = LENGTH(r."告诫.victim__name")
                  OR SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."告诫.victim__name", i + 1)
                  OR SUBSTRING(l."警情.victim__name", i + 1) = SUBSTRING(r."告诫.victim__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND NOT l."警情.victim__id" IS NULL
          AND r."告诫.victim__id" IS NULL
      ) AS p
    )
    GROUP BY
      "警情._row", "前警情._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."警情.victim__id" IS NULL
        )
        AND (
          CAST("警情.reported_at" AS DATE) - CAST((
            180
          ) AS INT)
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              CAST("警情.reported_at" AS DATE) - CAST((
                180
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
    CAST("警情.reported_at" AS DATE) - CAST((
      180
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."警情._row" IS NOT DISTINCT FROM s."警情._row"
    AND l."前警情._row" IS NOT DISTINCT FROM s."前警情._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- no_letter_suspect
CREATE TEMP TABLE "st_no_letter_suspect" AS
SELECT
  l."警情.incident_no", l."警情.reported_at", l."警情.content", l."警情.unit", l."警情.result", l."警情.victim__id", l."警情.victim__name",
  l."警情.victim__mask", l."警情.victim__birth", l."警情.victim__sex", l."警情.victim__area", l."警情.suspect__id", l."警情.suspect__name",
  l."警情.suspect__mask", l."警情.suspect__birth", l."警情.suspect__sex", l."警情.suspect__area", l."violent_words", l."violent_count",
  l."violent_score", l."station", l."前警情.reported_at", l."前警情.content", l."前警情.victim__id", l."前警情.victim__name", l."前警情.victim__mask",
  l."前警情.victim__birth", l."前警情.victim__sex", l."前警情.victim__area", l."violent_before_words", l."violent_before_count",
  l."violent_before_score", l."again_grade", l."no_letter_victim_state", l."no_letter_victim_from", l."no_letter_victim_to",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "no_letter_suspect_state", _from AS "no_letter_suspect_from",
  _to AS "no_letter_suspect_to", l."警情._row", l."前警情._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_no_letter_victim"
  ), _r AS (
    SELECT
      *
    FROM "src_告诫"
  ), seen AS (
    SELECT
      "警情._row", "前警情._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "告诫.issued_on" >= CAST("警情.reported_at" AS DATE) - CAST((
            180
          ) AS INT)
        ) AS _w
      FROM (
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__id" = r."告诫.person__id"
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__name" = r."告诫.person__name" AND l."警情.suspect__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__name" = r."告诫.person__name"
          AND NOT l."警情.suspect__id" IS NULL
          AND r."告诫.person__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__mask" = r."告诫.person__mask"
          AND (
            l."警情.suspect__id" IS NULL OR r."告诫.person__id" IS NULL
          )
          AND (
            l."警情.suspect__name" IS NULL
            OR r."告诫.person__name" IS NULL
            OR l."警情.suspect__name" <> r."告诫.person__name"
          )
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__birth" = r."告诫.person__birth"
          AND l."警情.suspect__sex" = r."告诫.person__sex"
          AND LEFT(l."警情.suspect__name", 1) = LEFT(r."告诫.person__name", 1)
          AND l."警情.suspect__name" <> r."告诫.person__name"
          AND (
            l."警情.suspect__name" = r."告诫.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.suspect__name"), LENGTH(r."告诫.person__name"))),
                LAMBDA i : LEFT(l."警情.suspect__name", i) = LEFT(r."告诫.person__name", i)
                AND (
                  SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."告诫.person__name", i + 2)
                  AND LENGTH(l."警情.suspect__name") = LENGTH(r."告诫.person__name")
                  OR SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."告诫.person__name", i + 1)
                  OR SUBSTRING(l."警情.suspect__name", i + 1) = SUBSTRING(r."告诫.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND l."警情.suspect__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."告诫.issued_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__birth" = r."告诫.person__birth"
          AND l."警情.suspect__sex" = r."告诫.person__sex"
          AND LEFT(l."警情.suspect__name", 1) = LEFT(r."告诫.person__name", 1)
          AND l."警情.suspect__name" <> r."告诫.person__name"
          AND (
            l."警情.suspect__name" = r."告诫.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.suspect__name"), LENGTH(r."告诫.person__name"))),
                LAMBDA i : LEFT(l."警情.suspect__name", i) = LEFT(r."告诫.person__name", i)
                AND (
                  SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."告诫.person__name", i + 2)
                  AND LENGTH(l."警情.suspect__name") = LENGTH(r."告诫.person__name")
                  OR SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."告诫.person__name", i + 1)
                  OR SUBSTRING(l."警情.suspect__name", i + 1) = SUBSTRING(r."告诫.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND NOT l."警情.suspect__id" IS NULL
          AND r."告诫.person__id" IS NULL
      ) AS p
    )
    GROUP BY
      "警情._row", "前警情._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."警情.suspect__id" IS NULL
        )
        AND (
          CAST("警情.reported_at" AS DATE) - CAST((
            180
          ) AS INT)
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              CAST("警情.reported_at" AS DATE) - CAST((
                180
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
    CAST("警情.reported_at" AS DATE) - CAST((
      180
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."警情._row" IS NOT DISTINCT FROM s."警情._row"
    AND l."前警情._row" IS NOT DISTINCT FROM s."前警情._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- no_letter
CREATE TEMP TABLE "st_no_letter" AS
SELECT
  l."警情.incident_no", l."警情.reported_at", l."警情.content", l."警情.unit", l."警情.result", l."警情.victim__id", l."警情.victim__name",
  l."警情.victim__mask", l."警情.victim__birth", l."警情.victim__sex", l."警情.victim__area", l."警情.suspect__id", l."警情.suspect__name",
  l."警情.suspect__mask", l."警情.suspect__birth", l."警情.suspect__sex", l."警情.suspect__area", l."violent_words", l."violent_count",
  l."violent_score", l."station", l."前警情.reported_at", l."前警情.content", l."前警情.victim__id", l."前警情.victim__name", l."前警情.victim__mask",
  l."前警情.victim__birth", l."前警情.victim__sex", l."前警情.victim__area", l."violent_before_words", l."violent_before_count",
  l."violent_before_score", l."again_grade", l."no_letter_victim_state", l."no_letter_victim_from", l."no_letter_victim_to",
  l."no_letter_suspect_state", l."no_letter_suspect_from", l."no_letter_suspect_to",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "no_letter_state", _from AS "no_letter_from",
  _to AS "no_letter_to", l."警情._row", l."前警情._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_no_letter_suspect"
  ), _r AS (
    SELECT
      *
    FROM "src_告诫"
  ), seen AS (
    SELECT
      "警情._row", "前警情._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          TRUE
        ) AS _w
      FROM (
        SELECT
          l."警情._row", l."前警情._row", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.incident_no" = r."告诫.incident_no"
      ) AS p
    )
    GROUP BY
      "警情._row", "前警情._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        NOT l."警情.incident_no" IS NULL
        AND (
          CAST("警情.reported_at" AS DATE) - CAST((
            180
          ) AS INT)
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              CAST("警情.reported_at" AS DATE) - CAST((
                180
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
    CAST("警情.reported_at" AS DATE) - CAST((
      180
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."警情._row" IS NOT DISTINCT FROM s."警情._row"
    AND l."前警情._row" IS NOT DISTINCT FROM s."前警情._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- unpunished
CREATE TEMP TABLE "st_unpunished" AS
SELECT
  l."警情.incident_no", l."警情.reported_at", l."警情.content", l."警情.unit", l."警情.result", l."警情.victim__id", l."警情.victim__name",
  l."警情.victim__mask", l."警情.victim__birth", l."警情.victim__sex", l."警情.victim__area", l."警情.suspect__id", l."警情.suspect__name",
  l."警情.suspect__mask", l."警情.suspect__birth", l."警情.suspect__sex", l."警情.suspect__area", l."violent_words", l."violent_count",
  l."violent_score", l."station", l."前警情.reported_at", l."前警情.content", l."前警情.victim__id", l."前警情.victim__name", l."前警情.victim__mask",
  l."前警情.victim__birth", l."前警情.victim__sex", l."前警情.victim__area", l."violent_before_words", l."violent_before_count",
  l."violent_before_score", l."again_grade", l."no_letter_victim_state", l."no_letter_victim_from", l."no_letter_victim_to",
  l."no_letter_suspect_state", l."no_letter_suspect_from", l."no_letter_suspect_to", l."no_letter_state", l."no_letter_from",
  l."no_letter_to", CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "unpunished_state",
  _from AS "unpunished_from", _to AS "unpunished_to", l."警情._row", l."前警情._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_no_letter"
  ), _r AS (
    SELECT
      *
    FROM "src_处罚"
  ), seen AS (
    SELECT
      "警情._row", "前警情._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "处罚.decided_on" >= CAST("警情.reported_at" AS DATE) - CAST((
            180
          ) AS INT)
        ) AS _w
      FROM (
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."处罚.decided_on", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__id" = r."处罚.person__id"
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."处罚.decided_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__name" = r."处罚.person__name" AND l."警情.suspect__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."处罚.decided_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__name" = r."处罚.person__name"
          AND NOT l."警情.suspect__id" IS NULL
          AND r."处罚.person__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."处罚.decided_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__mask" = r."处罚.person__mask"
          AND (
            l."警情.suspect__id" IS NULL OR r."处罚.person__id" IS NULL
          )
          AND (
            l."警情.suspect__name" IS NULL
            OR r."处罚.person__name" IS NULL
            OR l."警情.suspect__name" <> r."处罚.person__name"
          )
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."处罚.decided_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__birth" = r."处罚.person__birth"
          AND l."警情.suspect__sex" = r."处罚.person__sex"
          AND LEFT(l."警情.suspect__name", 1) = LEFT(r."处罚.person__name", 1)
          AND l."警情.suspect__name" <> r."处罚.person__name"
          AND (
            l."警情.suspect__name" = r."处罚.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.suspect__name"), LENGTH(r."处罚.person__name"))),
                LAMBDA i : LEFT(l."警情.suspect__name", i) = LEFT(r."处罚.person__name", i)
                AND (
                  SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 2)
                  AND LENGTH(l."警情.suspect__name") = LENGTH(r."处罚.person__name")
                  OR SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 1)
                  OR SUBSTRING(l."警情.suspect__name", i + 1) = SUBSTRING(r."处罚.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND l."警情.suspect__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."前警情._row", l."警情.reported_at", r."处罚.decided_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__birth" = r."处罚.person__birth"
          AND l."警情.suspect__sex" = r."处罚.person__sex"
          AND LEFT(l."警情.suspect__name", 1) = LEFT(r."处罚.person__name", 1)
          AND l."警情.suspect__name" <> r."处罚.person__name"
          AND (
            l."警情.suspect__name" = r."处罚.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.suspect__name"), LENGTH(r."处罚.person__name"))),
                LAMBDA i : LEFT(l."警情.suspect__name", i) = LEFT(r."处罚.person__name", i)
                AND (
                  SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 2)
                  AND LENGTH(l."警情.suspect__name") = LENGTH(r."处罚.person__name")
                  OR SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 1)
                  OR SUBSTRING(l."警情.suspect__name", i + 1) = SUBSTRING(r."处罚.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND NOT l."警情.suspect__id" IS NULL
          AND r."处罚.person__id" IS NULL
      ) AS p
    )
    GROUP BY
      "警情._row", "前警情._row"
  )
  SELECT
    l.*, CASE WHEN s.maybe THEN 2 WHEN FALSE THEN 1 ELSE 3 END AS _a,
    CAST("警情.reported_at" AS DATE) - CAST((
      180
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."警情._row" IS NOT DISTINCT FROM s."警情._row"
    AND l."前警情._row" IS NOT DISTINCT FROM s."前警情._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- sure
CREATE TEMP TABLE "st_sure" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "station", "前警情.reported_at", "前警情.content",
  "前警情.victim__id", "前警情.victim__name", "前警情.victim__mask", "前警情.victim__birth", "前警情.victim__sex", "前警情.victim__area",
  "violent_before_words", "violent_before_count", "violent_before_score", "again_grade", "no_letter_victim_state", "no_letter_victim_from",
  "no_letter_victim_to", "no_letter_suspect_state", "no_letter_suspect_from", "no_letter_suspect_to", "no_letter_state", "no_letter_from",
  "no_letter_to", "unpunished_state", "unpunished_from", "unpunished_to", "警情._row", "前警情._row", _g, _st
FROM "st_unpunished"
WHERE
  (
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
  ) = 'proved';

-- by_station
CREATE TEMP TABLE "st_by_station" AS
SELECT
  "station", "victims", "calls", "警情._rows", "前警情._rows", "_g", "_st"
FROM (
  SELECT
    "station", COUNT(DISTINCT "警情.victim__id") AS "victims", COUNT(DISTINCT "警情.incident_no") AS "calls",
    LIST_SORT(ARRAY_AGG(DISTINCT "警情._row")) AS "警情._rows", LIST_SORT(ARRAY_AGG(DISTINCT "前警情._row")) AS "前警情._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_sure"
  WHERE
    NOT "station" IS NULL
  GROUP BY
    "station"
);

-- doubtful
CREATE TEMP TABLE "st_doubtful" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "station", "前警情.reported_at", "前警情.content",
  "前警情.victim__id", "前警情.victim__name", "前警情.victim__mask", "前警情.victim__birth", "前警情.victim__sex", "前警情.victim__area",
  "violent_before_words", "violent_before_count", "violent_before_score", "again_grade", "no_letter_victim_state", "no_letter_victim_from",
  "no_letter_victim_to", "no_letter_suspect_state", "no_letter_suspect_from", "no_letter_suspect_to", "no_letter_state", "no_letter_from",
  "no_letter_to", "unpunished_state", "unpunished_from", "unpunished_to", "警情._row", "前警情._row", _g, _st
FROM "st_unpunished"
WHERE
  (
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
  ) <> 'proved';

-- by_station_open
CREATE TEMP TABLE "st_by_station_open" AS
SELECT
  "station", "victims", "calls", "警情._rows", "前警情._rows", "_g", "_st"
FROM (
  SELECT
    "station", COUNT(DISTINCT "警情.victim__id") AS "victims", COUNT(DISTINCT "警情.incident_no") AS "calls",
    LIST_SORT(ARRAY_AGG(DISTINCT "警情._row")) AS "警情._rows", LIST_SORT(ARRAY_AGG(DISTINCT "前警情._row")) AS "前警情._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_doubtful"
  WHERE
    NOT "station" IS NULL
  GROUP BY
    "station"
);

-- standing
CREATE TEMP TABLE "st_standing" AS
SELECT
  "保护令.issued_on", "保护令.valid_to", "保护令.kind", "保护令.status", "保护令.applicant__id", "保护令.applicant__name", "保护令.applicant__mask",
  "保护令.applicant__birth", "保护令.applicant__sex", "保护令.applicant__area", "保护令.respondent__id", "保护令._row", _g, _st
FROM "src_保护令"
WHERE
  COALESCE("保护令.status", '有效') <> '撤销' AND COALESCE("保护令.kind", '首次') <> '撤销';

-- protected
CREATE TEMP TABLE "pairs_protected" AS
SELECT
  *
FROM (
  SELECT
    l."警情.incident_no", l."警情.reported_at", l."警情.content", l."警情.unit", l."警情.result", l."警情.victim__id", l."警情.victim__name",
    l."警情.victim__mask", l."警情.victim__birth", l."警情.victim__sex", l."警情.victim__area", l."警情.suspect__id", l."警情.suspect__name",
    l."警情.suspect__mask", l."警情.suspect__birth", l."警情.suspect__sex", l."警情.suspect__area", l."violent_words", l."violent_count",
    l."violent_score", l."station", l."警情._row", r."保护令.issued_on", r."保护令.valid_to", r."保护令.kind", r."保护令.status", r."保护令.applicant__id",
    r."保护令.applicant__name", r."保护令.applicant__mask", r."保护令.applicant__birth", r."保护令.applicant__sex", r."保护令.applicant__area",
    r."保护令.respondent__id", r."保护令._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."警情.victim__name" = r."保护令.applicant__name"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."警情.victim__name"), LENGTH(r."保护令.applicant__name"))),
            LAMBDA i : LEFT(l."警情.victim__name", i) = LEFT(r."保护令.applicant__name", i)
            AND (
              SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."保护令.applicant__name", i + 2)
              AND LENGTH(l."警情.victim__name") = LENGTH(r."保护令.applicant__name")
              OR SUBSTRING(l."警情.victim__name", i + 2) = SUBSTRING(r."保护令.applicant__name", i + 1)
              OR SUBSTRING(l."警情.victim__name", i + 1) = SUBSTRING(r."保护令.applicant__name", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_stationed" AS l
  JOIN "st_standing" AS r
    ON l."警情.victim__id" = r."保护令.applicant__id"
) AS p
WHERE
  p._m IN (0);

-- protected
CREATE TEMP TABLE "st_protected" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "station", "保护令.issued_on", "保护令.valid_to",
  "保护令.kind", "保护令.status", "保护令.applicant__id", "保护令.applicant__name", "保护令.applicant__mask", "保护令.applicant__birth", "保护令.applicant__sex",
  "保护令.applicant__area", "保护令.respondent__id",
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
  END AS "protected_grade", "警情._row", "保护令._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_protected" AS p
WHERE
  "警情.reported_at" >= "保护令.issued_on" + CAST((
    1
  ) AS INT)
  AND "警情.reported_at" < COALESCE("保护令.valid_to", CAST("保护令.issued_on" + INTERVAL (
    6
  ) MONTH AS DATE)) + CAST((
    1
  ) AS INT);

-- breached
CREATE TEMP TABLE "st_breached" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "station", "保护令.issued_on", "保护令.valid_to",
  "保护令.kind", "保护令.status", "保护令.applicant__id", "保护令.applicant__name", "保护令.applicant__mask", "保护令.applicant__birth", "保护令.applicant__sex",
  "保护令.applicant__area", "保护令.respondent__id", "protected_grade", "警情._row", "保护令._row", _g, _st
FROM "st_protected"
WHERE
  "警情.suspect__id" = "保护令.respondent__id";

-- ignored
CREATE TEMP TABLE "st_ignored" AS
SELECT
  l."警情.incident_no", l."警情.reported_at", l."警情.content", l."警情.unit", l."警情.result", l."警情.victim__id", l."警情.victim__name",
  l."警情.victim__mask", l."警情.victim__birth", l."警情.victim__sex", l."警情.victim__area", l."警情.suspect__id", l."警情.suspect__name",
  l."警情.suspect__mask", l."警情.suspect__birth", l."警情.suspect__sex", l."警情.suspect__area", l."violent_words", l."violent_count",
  l."violent_score", l."station", l."保护令.issued_on", l."保护令.valid_to", l."保护令.kind", l."保护令.status", l."保护令.applicant__id",
  l."保护令.applicant__name", l."保护令.applicant__mask", l."保护令.applicant__birth", l."保护令.applicant__sex", l."保护令.applicant__area",
  l."保护令.respondent__id", l."protected_grade", CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "ignored_state",
  _from AS "ignored_from", _to AS "ignored_to", l."警情._row", l."保护令._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_breached"
  ), _r AS (
    SELECT
      *
    FROM "src_处罚"
  ), seen AS (
    SELECT
      "警情._row", "保护令._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "处罚.decided_on" >= CAST("警情.reported_at" AS DATE) - CAST((
            0
          ) AS INT)
        ) AS _w
      FROM (
        SELECT
          l."警情._row", l."保护令._row", l."警情.reported_at", r."处罚.decided_on", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__id" = r."处罚.person__id"
        UNION ALL
        SELECT
          l."警情._row", l."保护令._row", l."警情.reported_at", r."处罚.decided_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__name" = r."处罚.person__name" AND l."警情.suspect__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."保护令._row", l."警情.reported_at", r."处罚.decided_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__name" = r."处罚.person__name"
          AND NOT l."警情.suspect__id" IS NULL
          AND r."处罚.person__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."保护令._row", l."警情.reported_at", r."处罚.decided_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__mask" = r."处罚.person__mask"
          AND (
            l."警情.suspect__id" IS NULL OR r."处罚.person__id" IS NULL
          )
          AND (
            l."警情.suspect__name" IS NULL
            OR r."处罚.person__name" IS NULL
            OR l."警情.suspect__name" <> r."处罚.person__name"
          )
        UNION ALL
        SELECT
          l."警情._row", l."保护令._row", l."警情.reported_at", r."处罚.decided_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__birth" = r."处罚.person__birth"
          AND l."警情.suspect__sex" = r."处罚.person__sex"
          AND LEFT(l."警情.suspect__name", 1) = LEFT(r."处罚.person__name", 1)
          AND l."警情.suspect__name" <> r."处罚.person__name"
          AND (
            l."警情.suspect__name" = r."处罚.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.suspect__name"), LENGTH(r."处罚.person__name"))),
                LAMBDA i : LEFT(l."警情.suspect__name", i) = LEFT(r."处罚.person__name", i)
                AND (
                  SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 2)
                  AND LENGTH(l."警情.suspect__name") = LENGTH(r."处罚.person__name")
                  OR SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 1)
                  OR SUBSTRING(l."警情.suspect__name", i + 1) = SUBSTRING(r."处罚.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND l."警情.suspect__id" IS NULL
        UNION ALL
        SELECT
          l."警情._row", l."保护令._row", l."警情.reported_at", r."处罚.decided_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."警情.suspect__birth" = r."处罚.person__birth"
          AND l."警情.suspect__sex" = r."处罚.person__sex"
          AND LEFT(l."警情.suspect__name", 1) = LEFT(r."处罚.person__name", 1)
          AND l."警情.suspect__name" <> r."处罚.person__name"
          AND (
            l."警情.suspect__name" = r."处罚.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."警情.suspect__name"), LENGTH(r."处罚.person__name"))),
                LAMBDA i : LEFT(l."警情.suspect__name", i) = LEFT(r."处罚.person__name", i)
                AND (
                  SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 2)
                  AND LENGTH(l."警情.suspect__name") = LENGTH(r."处罚.person__name")
                  OR SUBSTRING(l."警情.suspect__name", i + 2) = SUBSTRING(r."处罚.person__name", i + 1)
                  OR SUBSTRING(l."警情.suspect__name", i + 1) = SUBSTRING(r."处罚.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND NOT l."警情.suspect__id" IS NULL
          AND r."处罚.person__id" IS NULL
      ) AS p
    )
    GROUP BY
      "警情._row", "保护令._row"
  )
  SELECT
    l.*, CASE WHEN s.maybe THEN 2 WHEN FALSE THEN 1 ELSE 3 END AS _a,
    CAST("警情.reported_at" AS DATE) - CAST((
      0
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."警情._row" IS NOT DISTINCT FROM s."警情._row"
    AND l."保护令._row" IS NOT DISTINCT FROM s."保护令._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- sure_ignored
CREATE TEMP TABLE "st_sure_ignored" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "station", "保护令.issued_on", "保护令.valid_to",
  "保护令.kind", "保护令.status", "保护令.applicant__id", "保护令.applicant__name", "保护令.applicant__mask", "保护令.applicant__birth", "保护令.applicant__sex",
  "保护令.applicant__area", "保护令.respondent__id", "protected_grade", "ignored_state", "ignored_from", "ignored_to", "警情._row", "保护令._row", _g,
  _st
FROM "st_ignored"
WHERE
  (
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
  ) = 'proved';

-- by_breach
CREATE TEMP TABLE "st_by_breach" AS
SELECT
  "station", "victims", "calls", "警情._rows", "保护令._rows", "_g", "_st"
FROM (
  SELECT
    "station", COUNT(DISTINCT "警情.victim__id") AS "victims", COUNT(DISTINCT "警情.incident_no") AS "calls",
    LIST_SORT(ARRAY_AGG(DISTINCT "警情._row")) AS "警情._rows", LIST_SORT(ARRAY_AGG(DISTINCT "保护令._row")) AS "保护令._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_sure_ignored"
  WHERE
    NOT "station" IS NULL
  GROUP BY
    "station"
);

-- open_ignored
CREATE TEMP TABLE "st_open_ignored" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.content", "警情.unit", "警情.result", "警情.victim__id", "警情.victim__name", "警情.victim__mask",
  "警情.victim__birth", "警情.victim__sex", "警情.victim__area", "警情.suspect__id", "警情.suspect__name", "警情.suspect__mask", "警情.suspect__birth",
  "警情.suspect__sex", "警情.suspect__area", "violent_words", "violent_count", "violent_score", "station", "保护令.issued_on", "保护令.valid_to",
  "保护令.kind", "保护令.status", "保护令.applicant__id", "保护令.applicant__name", "保护令.applicant__mask", "保护令.applicant__birth", "保护令.applicant__sex",
  "保护令.applicant__area", "保护令.respondent__id", "protected_grade", "ignored_state", "ignored_from", "ignored_to", "警情._row", "保护令._row", _g,
  _st
FROM "st_ignored"
WHERE
  (
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
  ) <> 'proved';

-- by_breach_open
CREATE TEMP TABLE "st_by_breach_open" AS
SELECT
  "station", "victims", "calls", "警情._rows", "保护令._rows", "_g", "_st"
FROM (
  SELECT
    "station", COUNT(DISTINCT "警情.victim__id") AS "victims", COUNT(DISTINCT "警情.incident_no") AS "calls",
    LIST_SORT(ARRAY_AGG(DISTINCT "警情._row")) AS "警情._rows", LIST_SORT(ARRAY_AGG(DISTINCT "保护令._row")) AS "保护令._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_open_ignored"
  WHERE
    NOT "station" IS NULL
  GROUP BY
    "station"
);

-- women
CREATE TEMP TABLE "near_women" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('丈夫打我', 30, 0), ('不予分配', 0, 4), ('不享受', 0, 4), ('不分配', 0, 4), ('不发放', 0, 4), ('不录用', 0, 4), ('不招女', 0, 4), ('不给分', 0, 4), ('产假', 0, 1),
    ('人身保护令', 30, 0), ('人身安全保护令', 30, 0), ('偷拍', 0, 2), ('偷拍裙底', 30, 0), ('出嫁女', 0, 1), ('分红', 0, 8), ('分配不公', 0, 4), ('前夫打', 30, 0),
    ('动手动脚', 30, 0), ('劳动合同', 0, 8), ('发放不公', 0, 4), ('取消资格', 0, 4), ('只招男', 0, 4), ('咸猪手', 30, 0), ('哺乳期', 0, 1), ('土地款', 0, 8),
    ('外嫁女', 0, 1), ('女儿户', 0, 1), ('女员工', 0, 1), ('女工', 0, 1), ('女性', 0, 1), ('女职工', 0, 1), ('奸污', 30, 0), ('妇女', 0, 1), ('妻子', 0, 1),
    ('威胁', 0, 2), ('威胁恐吓', 15, 0), ('嫁入', 0, 1), ('嫁出去', 0, 1), ('嫁到', 0, 1), ('嫁给', 0, 1), ('孕妇', 0, 1), ('宅基地', 0, 8), ('家庭暴力', 30, 0),
    ('家暴', 30, 0), ('家暴告诫书', 30, 0), ('尾随', 0, 2), ('岗位', 0, 8), ('工资', 0, 8), ('已婚女', 0, 1), ('强奸', 30, 0), ('强暴', 30, 0), ('征地款', 0, 8),
    ('怀孕', 0, 1), ('性侵', 30, 0), ('性骚扰', 30, 0), ('恐吓', 0, 2), ('打老婆', 30, 0), ('承包地', 0, 8), ('招聘', 0, 8), ('控制人身', 15, 0), ('村民待遇', 0, 8),
    ('款项', 0, 8), ('歧视', 0, 4), ('殴打妻子', 30, 0), ('毒打妻子', 30, 0), ('没有享受', 0, 4), ('没有分', 0, 4), ('猥亵', 30, 0), ('离婚女', 0, 1), ('组民', 0, 8),
    ('老公打我', 30, 0), ('补偿款', 0, 8), ('被丈夫打', 30, 0), ('被老公打', 30, 0), ('解除合同', 0, 4), ('跟踪', 15, 0), ('辞退', 0, 4), ('降薪', 0, 4),
    ('限男性', 0, 4), ('集体收益', 0, 8), ('骚扰', 0, 2), ('骚扰女', 30, 0),
    ('骚扰短信', 15, 0)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_women" AS h
  JOIN carriers AS c
    ON h.word = c.spelling
  GROUP BY
    h._row
), hopeful AS (
  SELECT
    _row
  FROM sums
  WHERE
    COALESCE(w, 0) + CASE WHEN (
      m0 & 5
    ) = 5 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 13
    ) = 13 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 3
    ) = 3 THEN 30 ELSE 0 END >= 30
)
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.duplicate", "工单.org__name",
  "工单._row", "_g", "_st"
FROM "src_工单"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- women
CREATE TEMP TABLE "seen_women" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('丈夫打我', TRUE), ('不予分配', TRUE), ('不享受', TRUE), ('不分配', TRUE), ('不发放', TRUE), ('不录用', TRUE), ('不招女', TRUE), ('不给分', TRUE), ('产假', TRUE),
    ('人身保护令', TRUE), ('人身安全保护令', TRUE), ('偷拍', TRUE), ('偷拍裙底', TRUE), ('出嫁女', TRUE), ('分红', TRUE), ('分配不公', TRUE), ('前夫打', TRUE),
    ('动手动脚', TRUE), ('劳动合同', TRUE), ('发放不公', TRUE), ('取消资格', TRUE), ('只招男', TRUE), ('咸猪手', TRUE), ('哺乳期', TRUE), ('土地款', TRUE),
    ('外嫁女', TRUE), ('女儿户', TRUE), ('女员工', TRUE), ('女工', TRUE), ('女性', TRUE), ('女职工', TRUE), ('奸污', TRUE), ('妇女', TRUE), ('妻子', TRUE),
    ('威胁', TRUE), ('威胁恐吓', TRUE), ('嫁入', TRUE), ('嫁出去', TRUE), ('嫁到', TRUE), ('嫁给', TRUE), ('孕妇', TRUE), ('宅基地', TRUE), ('家庭暴力', TRUE),
    ('家暴', TRUE), ('家暴告诫书', TRUE), ('尾随', TRUE), ('岗位', TRUE), ('工资', TRUE), ('已婚女', TRUE), ('强奸', TRUE), ('强暴', TRUE), ('征地款', TRUE),
    ('怀孕', TRUE), ('性侵', TRUE), ('性骚扰', TRUE), ('恐吓', TRUE), ('打老婆', TRUE), ('承包地', TRUE), ('招聘', TRUE), ('控制人身', TRUE), ('村民待遇', TRUE),
    ('款项', TRUE), ('歧视', TRUE), ('殴打妻子', TRUE), ('毒打妻子', TRUE), ('没有享受', TRUE), ('没有分', TRUE), ('猥亵', TRUE), ('离婚女', TRUE), ('组民', TRUE),
    ('老公打我', TRUE), ('补偿款', TRUE), ('被丈夫打', TRUE), ('被老公打', TRUE), ('解除合同', TRUE), ('跟踪', TRUE), ('辞退', TRUE), ('降薪', TRUE), ('限男性', TRUE),
    ('集体收益', TRUE), ('骚扰', TRUE), ('骚扰女', TRUE),
    ('骚扰短信', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_women"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_women"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_women" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('影视', 0, 12, -1), ('电影', 0, 12, -1), ('电视剧', 0, 12, -1), ('案例宣传', 0, 12, -1), ('普法', 0, 12, -1), ('反家暴讲座', 0, 12, -1),
    ('未成年', 0, 12, -1), ('幼女', 0, 12, -1), ('女童', 0, 12, -1), ('小学生', 0, 12, -1), ('独生子女', 1, 0, 1), ('二胎', 1, 0, 1), ('生育证', 1, 0, 1),
    ('奖励', 1, 0, 1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (1, '产假'), (1, '出嫁女'), (1, '分红'), (1, '劳动合同'), (1, '哺乳期'), (1, '土地款'), (1, '外嫁女'), (1, '女儿户'), (1, '女员工'), (1, '女工'), (1, '女性'),
    (1, '女职工'), (1, '妇女'), (1, '妻子'), (1, '嫁入'), (1, '嫁出去'), (1, '嫁到'), (1, '嫁给'), (1, '孕妇'), (1, '宅基地'), (1, '岗位'), (1, '工资'), (1, '已婚女'),
    (1, '征地款'), (1, '怀孕'), (1, '承包地'), (1, '招聘'), (1, '村民待遇'), (1, '款项'), (1, '离婚女'), (1, '组民'), (1, '补偿款'),
    (1, '集体收益')) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_women" AS e
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
                f.body, LEAST(f."offset" + f.length, e."offset" + e.length) + 1,
                GREATEST(
                  GREATEST(f."offset", e."offset") - LEAST(f."offset" + f.length, e."offset" + e.length), 0
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
  f._row, f.field, f.spelling, f."offset", f.length,
  CASE
    WHEN NOT f.negatable
    OR NOT REGEXP_MATCHES(
      SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '未发现|没有发现|不存在|宣传'
    )
    THEN NULL
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未发现'
    )
    THEN '未发现'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '没有发现'
    )
    THEN '没有发现'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不存在'
    )
    THEN '不存在'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '宣传'
    )
    THEN '宣传'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- women
CREATE TEMP TABLE "words_women" AS
WITH good AS (
  SELECT
    *
  FROM "seen_women"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('家庭暴力', '家庭暴力', 30), ('家暴', '家庭暴力', 30), ('丈夫打我', '家庭暴力', 30), ('老公打我', '家庭暴力', 30), ('被丈夫打', '家庭暴力', 30), ('被老公打', '家庭暴力', 30),
    ('前夫打', '家庭暴力', 30), ('殴打妻子', '殴打妻子', 30), ('打老婆', '殴打妻子', 30), ('毒打妻子', '殴打妻子', 30), ('性骚扰', '性骚扰', 30), ('动手动脚', '性骚扰', 30),
    ('偷拍裙底', '性骚扰', 30), ('骚扰女', '性骚扰', 30), ('猥亵', '猥亵', 30), ('人身安全保护令', '人身安全保护令', 30), ('人身保护令', '人身安全保护令', 30),
    ('家暴告诫书', '人身安全保护令', 30), ('威胁恐吓', '威胁恐吓', 15), ('咸猪手', '咸猪手', 30), ('强奸', '强奸', 30), ('强暴', '强奸', 30), ('奸污', '强奸', 30),
    ('性侵', '强奸', 30), ('控制人身', '控制人身', 15), ('骚扰短信', '骚扰短信', 15),
    ('跟踪', '跟踪', 15)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('妇女', '妇女'), ('女性', '妇女'), ('女职工', '妇女'), ('女员工', '妇女'), ('女工', '妇女'), ('孕妇', '妇女'), ('怀孕', '妇女'), ('产假', '妇女'), ('哺乳期', '妇女'),
    ('外嫁女', '妇女'), ('出嫁女', '妇女'), ('嫁出去', '妇女'), ('嫁入', '妇女'), ('嫁到', '妇女'), ('嫁给', '妇女'), ('已婚女', '妇女'), ('离婚女', '妇女'), ('女儿户', '妇女'),
    ('妻子', '妇女'), ('歧视', '歧视'), ('辞退', '歧视'), ('降薪', '歧视'), ('解除合同', '歧视'), ('不予分配', '歧视'), ('不分配', '歧视'), ('不给分', '歧视'), ('不发放', '歧视'),
    ('没有分', '歧视'), ('分配不公', '歧视'), ('发放不公', '歧视'), ('不享受', '歧视'), ('没有享受', '歧视'), ('取消资格', '歧视'), ('限男性', '歧视'), ('不招女', '歧视'),
    ('只招男', '歧视'), ('不录用', '歧视'), ('分红', '集体'), ('补偿款', '集体'), ('征地款', '集体'), ('土地款', '集体'), ('集体收益', '集体'), ('承包地', '集体'), ('宅基地', '集体'),
    ('组民', '集体'), ('村民待遇', '集体'), ('劳动合同', '集体'), ('岗位', '集体'), ('招聘', '集体'), ('工资', '集体'), ('款项', '集体'), ('尾随', '尾随'), ('威胁', '尾随'),
    ('恐吓', '尾随'), ('骚扰', '尾随'),
    ('偷拍', '尾随')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '歧视妇女', 30, '歧视', 1), (1, '妇女集体权益受侵害', 30, '集体', 2),
    (2, '威胁骚扰妇女', 30, '尾随', 1)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '歧视', '妇女', TRUE, 0, 15, 'any'), (1, '集体', '妇女', TRUE, 0, 100, 'any'), (1, '集体', '歧视', TRUE, 0, 100, 'any'),
    (2, '尾随', '妇女', TRUE, 0, 10, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_women"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_women"
), close AS (
  SELECT
    s.pattern, s.part, s.wanted, s.kind, a._row, a.field, a.spelling, a."offset", a.length, b.spelling AS spelling_2, b.field AS field_2,
    b."offset" AS offset_2, b.length AS length_2
  FROM parts AS a
  JOIN slots AS s
    ON s.find = a.part
  JOIN parts AS b
    ON b._row = a._row AND b.part = s.part
  WHERE
    (
      a.field <> b.field
      OR a."offset" + a.length <= b."offset"
      OR b."offset" + b.length <= a."offset"
    )
    AND CASE s.place
      WHEN 'before'
      THEN a.field = b.field AND b."offset" < a."offset"
      WHEN 'after'
      THEN a.field = b.field AND b."offset" > a."offset"
      ELSE TRUE
    END
    AND (
      s.kind = 2 OR a.field = b.field
    )
    AND (
      s.kind <> 0
      OR GREATEST(a."offset", b."offset") - LEAST(a."offset" + a.length, b."offset" + b.length) <= s.width
    )
), pair AS (
  SELECT
    c.*
  FROM close AS c
  JOIN texts AS t
    ON c._row = t._row AND c.field = t.field
  WHERE
    c.kind = 2
    OR NOT REGEXP_MATCHES(
      SUBSTRING(
        t.body, LEAST(c."offset" + c.length, c.offset_2 + c.length_2) + 1,
        GREATEST(c."offset", c.offset_2) - LEAST(c."offset" + c.length, c.offset_2 + c.length_2)
      ),
      '[。！？!?；;
]'
    )
), met AS (
  SELECT
    pattern, _row, field, spelling, "offset",
    COUNT(DISTINCT part) FILTER(WHERE
      wanted) AS n,
    COUNT(*) FILTER(WHERE
      NOT wanted) AS w
  FROM pair
  GROUP BY ALL
), standing AS (
  SELECT
    p.pattern, p.title, p.weight, a._row, a.field, a.spelling, a."offset", a.length
  FROM parts AS a
  JOIN patterns AS p
    ON p.find = a.part
  LEFT JOIN met AS m
    ON m.pattern = p.pattern
    AND m._row = a._row
    AND m.field = a.field
    AND m."offset" = a."offset"
    AND m.spelling = a.spelling
  WHERE
    COALESCE(m.n, 0) = p.need AND COALESCE(m.w, 0) = 0
)
SELECT
  g._row, k.word, k.weight, g.spelling, g.field, g."offset", g.length
FROM good AS g
JOIN word_list AS k
  ON g.spelling = k.spelling
UNION
SELECT
  _row, title AS word, weight, spelling, field, "offset", length
FROM standing
UNION
SELECT
  s._row, s.title AS word, s.weight, p.spelling_2 AS spelling, p.field_2 AS field, p.offset_2, p.length_2
FROM standing AS s
JOIN pair AS p
  ON s.pattern = p.pattern
  AND s._row = p._row
  AND s.field = p.field
  AND s."offset" = p."offset"
  AND s.spelling = p.spelling
WHERE
  p.wanted;

-- women
CREATE TEMP TABLE "st_women" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.caller_name", t."工单.phone", t."工单.kind", t."工单.title", t."工单.content", t."工单.duplicate",
  t."工单.org__name", h.w AS "women_words", h.n AS "women_count", h.s AS "women_score", t."工单._row", t._g, t._st
FROM "near_women" AS t
JOIN (
  SELECT
    _row,
    LISTAGG(word, '、'
    ORDER BY
      word) AS w,
    COUNT(*) AS n, CAST(SUM(weight) AS BIGINT) AS s
  FROM (
    SELECT DISTINCT
      _row, word, weight
    FROM "words_women"
  )
  GROUP BY
    _row
) AS h
  ON t."工单._row" = h._row
WHERE
  h.s >= 30;

-- harassed
CREATE TEMP TABLE "near_harassed" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('不了了之', 0, 1), ('不予处理', 0, 1), ('不处理', 0, 1), ('不管', 0, 1), ('主管', 0, 2), ('人事', 0, 2), ('偷拍裙底', 0, 4), ('公司', 0, 2), ('劝我算了', 0, 1),
    ('动手动脚', 0, 4), ('包庇', 0, 1), ('医院', 0, 2), ('单位', 0, 2), ('厂里', 0, 2), ('压下来', 0, 1), ('反被调岗', 0, 1), ('反被辞退', 0, 1), ('咸猪手', 0, 4),
    ('学校', 0, 2), ('店里', 0, 2), ('性骚扰', 0, 4), ('息事宁人', 0, 1), ('无处投诉', 0, 1), ('未处理', 0, 1), ('没人管', 0, 1), ('没有制度', 0, 1), ('没有处理', 0, 1),
    ('没有投诉渠道', 0, 1), ('猥亵', 0, 4), ('经理', 0, 2), ('置之不理', 0, 1), ('老板', 0, 2), ('袒护', 0, 1), ('让我忍', 0, 1), ('车间', 0, 2), ('酒店', 0, 2),
    ('领导', 0, 2), ('骚扰女员工', 0, 4), ('骚扰女职工', 0, 4),
    ('骚扰短信', 0, 4)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_harassed" AS h
  JOIN carriers AS c
    ON h.word = c.spelling
  GROUP BY
    h._row
), hopeful AS (
  SELECT
    _row
  FROM sums
  WHERE
    COALESCE(w, 0) + CASE WHEN (
      m0 & 7
    ) = 7 THEN 30 ELSE 0 END >= 30
)
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.duplicate", "工单.org__name",
  "women_words", "women_count", "women_score", "工单._row", "_g", "_st"
FROM "st_women"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- harassed
CREATE TEMP TABLE "seen_harassed" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('不了了之', TRUE), ('不予处理', TRUE), ('不处理', TRUE), ('不管', TRUE), ('主管', TRUE), ('人事', TRUE), ('偷拍裙底', TRUE), ('公司', TRUE), ('劝我算了', TRUE),
    ('动手动脚', TRUE), ('包庇', TRUE), ('医院', TRUE), ('单位', TRUE), ('厂里', TRUE), ('压下来', TRUE), ('反被调岗', TRUE), ('反被辞退', TRUE), ('咸猪手', TRUE),
    ('学校', TRUE), ('店里', TRUE), ('性骚扰', TRUE), ('息事宁人', TRUE), ('无处投诉', TRUE), ('未处理', TRUE), ('没人管', TRUE), ('没有制度', TRUE), ('没有处理', TRUE),
    ('没有投诉渠道', TRUE), ('猥亵', TRUE), ('经理', TRUE), ('置之不理', TRUE), ('老板', TRUE), ('袒护', TRUE), ('让我忍', TRUE), ('车间', TRUE), ('酒店', TRUE),
    ('领导', TRUE), ('骚扰女员工', TRUE), ('骚扰女职工', TRUE),
    ('骚扰短信', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_harassed"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_harassed"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_harassed" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('影视', 0, 12, -1), ('电影', 0, 12, -1), ('电视剧', 0, 12, -1), ('普法', 0, 12, -1), ('讲座', 0, 12, -1),
    ('案例宣传', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_harassed" AS e
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
                f.body, LEAST(f."offset" + f.length, e."offset" + e.length) + 1,
                GREATEST(
                  GREATEST(f."offset", e."offset") - LEAST(f."offset" + f.length, e."offset" + e.length), 0
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
  f._row, f.field, f.spelling, f."offset", f.length,
  CASE
    WHEN NOT f.negatable
    OR NOT REGEXP_MATCHES(
      SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '宣传|不存在'
    )
    THEN NULL
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '宣传'
    )
    THEN '宣传'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不存在'
    )
    THEN '不存在'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- harassed
CREATE TEMP TABLE "words_harassed" AS
WITH good AS (
  SELECT
    *
  FROM "seen_harassed"
  WHERE
    negated IS NULL AND excluded IS NULL
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('性骚扰', '骚扰'), ('咸猪手', '骚扰'), ('动手动脚', '骚扰'), ('猥亵', '骚扰'), ('骚扰短信', '骚扰'), ('偷拍裙底', '骚扰'), ('骚扰女员工', '骚扰'), ('骚扰女职工', '骚扰'),
    ('公司', '单位'), ('单位', '单位'), ('领导', '单位'), ('老板', '单位'), ('主管', '单位'), ('经理', '单位'), ('人事', '单位'), ('厂里', '单位'), ('学校', '单位'),
    ('酒店', '单位'), ('医院', '单位'), ('店里', '单位'), ('车间', '单位'), ('不管', '不管'), ('不处理', '不管'), ('没有处理', '不管'), ('未处理', '不管'), ('不予处理', '不管'),
    ('不了了之', '不管'), ('置之不理', '不管'), ('压下来', '不管'), ('包庇', '不管'), ('袒护', '不管'), ('息事宁人', '不管'), ('没有制度', '不管'), ('没有投诉渠道', '不管'),
    ('无处投诉', '不管'), ('没人管', '不管'), ('劝我算了', '不管'), ('让我忍', '不管'), ('反被辞退', '不管'),
    ('反被调岗', '不管')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '单位知情不管', 30, '骚扰', 2)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '骚扰', '单位', TRUE, 0, 40, 'any'),
    (0, '骚扰', '不管', TRUE, 0, 40, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_harassed"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_harassed"
), close AS (
  SELECT
    s.pattern, s.part, s.wanted, s.kind, a._row, a.field, a.spelling, a."offset", a.length, b.spelling AS spelling_2, b.field AS field_2,
    b."offset" AS offset_2, b.length AS length_2
  FROM parts AS a
  JOIN slots AS s
    ON s.find = a.part
  JOIN parts AS b
    ON b._row = a._row AND b.part = s.part
  WHERE
    (
      a.field <> b.field
      OR a."offset" + a.length <= b."offset"
      OR b."offset" + b.length <= a."offset"
    )
    AND CASE s.place
      WHEN 'before'
      THEN a.field = b.field AND b."offset" < a."offset"
      WHEN 'after'
      THEN a.field = b.field AND b."offset" > a."offset"
      ELSE TRUE
    END
    AND (
      s.kind = 2 OR a.field = b.field
    )
    AND (
      s.kind <> 0
      OR GREATEST(a."offset", b."offset") - LEAST(a."offset" + a.length, b."offset" + b.length) <= s.width
    )
), pair AS (
  SELECT
    c.*
  FROM close AS c
  JOIN texts AS t
    ON c._row = t._row AND c.field = t.field
  WHERE
    c.kind = 2
    OR NOT REGEXP_MATCHES(
      SUBSTRING(
        t.body, LEAST(c."offset" + c.length, c.offset_2 + c.length_2) + 1,
        GREATEST(c."offset", c.offset_2) - LEAST(c."offset" + c.length, c.offset_2 + c.length_2)
      ),
      '[。！？!?；;
]'
    )
), met AS (
  SELECT
    pattern, _row, field, spelling, "offset",
    COUNT(DISTINCT part) FILTER(WHERE
      wanted) AS n,
    COUNT(*) FILTER(WHERE
      NOT wanted) AS w
  FROM pair
  GROUP BY ALL
), standing AS (
  SELECT
    p.pattern, p.title, p.weight, a._row, a.field, a.spelling, a."offset", a.length
  FROM parts AS a
  JOIN patterns AS p
    ON p.find = a.part
  LEFT JOIN met AS m
    ON m.pattern = p.pattern
    AND m._row = a._row
    AND m.field = a.field
    AND m."offset" = a."offset"
    AND m.spelling = a.spelling
  WHERE
    COALESCE(m.n, 0) = p.need AND COALESCE(m.w, 0) = 0
)
SELECT
  _row, title AS word, weight, spelling, field, "offset", length
FROM standing
UNION
SELECT
  s._row, s.title AS word, s.weight, p.spelling_2 AS spelling, p.field_2 AS field, p.offset_2, p.length_2
FROM standing AS s
JOIN pair AS p
  ON s.pattern = p.pattern
  AND s._row = p._row
  AND s.field = p.field
  AND s."offset" = p."offset"
  AND s.spelling = p.spelling
WHERE
  p.wanted;

-- harassed
CREATE TEMP TABLE "st_harassed" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.caller_name", t."工单.phone", t."工单.kind", t."工单.title", t."工单.content", t."工单.duplicate",
  t."工单.org__name", t."women_words", t."women_count", t."women_score", h.w AS "harassed_words", h.n AS "harassed_count",
  h.s AS "harassed_score", t."工单._row", t._g, t._st
FROM "near_harassed" AS t
JOIN (
  SELECT
    _row,
    LISTAGG(word, '、'
    ORDER BY
      word) AS w,
    COUNT(*) AS n, CAST(SUM(weight) AS BIGINT) AS s
  FROM (
    SELECT DISTINCT
      _row, word, weight
    FROM "words_harassed"
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
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.duplicate", "工单.org__name",
  "women_words", "women_count", "women_score", "harassed_words", "harassed_count", "harassed_score", "工单._row", _g, _st
FROM "st_harassed"
WHERE
  "工单.accepted_at" >= CAST('2026-06-30' AS DATE) - CAST((
    365
  ) AS INT)
  AND NOT (
    COALESCE("工单.kind", '投诉') IN ('咨询', '建议')
  )
  AND COALESCE("工单.duplicate", '否') <> '是';

-- venues
CREATE TEMP TABLE "st_venues" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.duplicate", "工单.org__name",
  "women_words", "women_count", "women_score", "harassed_words", "harassed_count", "harassed_score", "venue", "工单._row", _g, _st,
  COALESCE("工单.phone", "工单.caller_name", "工单.order_no") AS "caller"
FROM (
  SELECT
    "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.duplicate", "工单.org__name",
    "women_words", "women_count", "women_score", "harassed_words", "harassed_count", "harassed_score", "工单._row", _g, _st,
    CASE
      WHEN ENDS_WITH("工单.org__name", '公司')
      OR ENDS_WITH("工单.org__name", '厂')
      OR ENDS_WITH("工单.org__name", '学校')
      OR ENDS_WITH("工单.org__name", '医院')
      OR ENDS_WITH("工单.org__name", '酒店')
      OR ENDS_WITH("工单.org__name", '中心')
      OR ENDS_WITH("工单.org__name", '超市')
      OR ENDS_WITH("工单.org__name", '集团')
      OR ENDS_WITH("工单.org__name", '局')
      THEN "工单.org__name"
    END AS "venue"
  FROM (
    SELECT
      "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.duplicate", "工单.org__name",
      "women_words", "women_count", "women_score", "harassed_words", "harassed_count", "harassed_score", "工单._row", _g, _st
    FROM "st_recent"
  )
);

-- by_venue
CREATE TEMP TABLE "st_by_venue" AS
SELECT
  "venue", "people", "orders", "工单._rows", "_g", "_st"
FROM (
  SELECT
    "venue", COUNT(DISTINCT "caller") AS "people", COUNT(DISTINCT "工单.order_no") AS "orders",
    LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows", MAX(_g) AS _g, MAX(_st) AS _st
  FROM "st_venues"
  WHERE
    NOT "venue" IS NULL
  GROUP BY
    "venue"
);

-- 产出：no_letter
SELECT
  "station", "victims", "calls", "警情._rows", "前警情._rows", _g, _st, CAST("station" AS TEXT) AS _subject
FROM "st_by_station"
WHERE
  TRUE;

-- 产出：no_letter_open
SELECT
  "station", "victims", "calls", "警情._rows", "前警情._rows", _g, _st, CAST("station" AS TEXT) AS _subject
FROM "st_by_station_open"
WHERE
  TRUE;

-- 产出：after_order
SELECT
  "station", "victims", "calls", "警情._rows", "保护令._rows", _g, _st, CAST("station" AS TEXT) AS _subject
FROM "st_by_breach"
WHERE
  TRUE;

-- 产出：after_order_open
SELECT
  "station", "victims", "calls", "警情._rows", "保护令._rows", _g, _st, CAST("station" AS TEXT) AS _subject
FROM "st_by_breach_open"
WHERE
  TRUE;

-- 产出：unprevented
SELECT
  "venue", "people", "orders", "工单._rows", _g, _st, CAST("venue" AS TEXT) AS _subject
FROM "st_by_venue"
WHERE
  "people" >= 2;

-- 产出：unprevented
SELECT
  "venue", "people", "orders", "工单._rows", _g, _st, CAST("venue" AS TEXT) AS _subject
FROM "st_by_venue"
WHERE
  "people" < 2;
