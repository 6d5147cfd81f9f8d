-- 居民区电动自行车违规充电（ebike_charging）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   ebike.fire_window_days = 365
--   ebike.min_orders = 3
--   ebike.min_score = 30
--   ebike.window_days = 90

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no", "accepted_at" AS "工单.accepted_at", "caller_name" AS "工单.caller_name", "phone" AS "工单.phone",
  "kind" AS "工单.kind", "content" AS "工单.content", "duplicate" AS "工单.duplicate", "place__key" AS "工单.place__key",
  "estate__key" AS "工单.estate__key", _row AS "工单._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- 数据：充电点
SELECT
  "point_no" AS "充电点.point_no", "removed_on" AS "充电点.removed_on", "status" AS "充电点.status", "estate__key" AS "充电点.estate__key",
  _row AS "充电点._row", 0 AS _g, 0 AS _st
FROM charging_point;

-- 数据：警情
SELECT
  "incident_no" AS "警情.incident_no", "reported_at" AS "警情.reported_at", "kind" AS "警情.kind", "content" AS "警情.content",
  "estate__key" AS "警情.estate__key", _row AS "警情._row", 0 AS _g, 0 AS _st
FROM police_incident;

-- charging
CREATE TEMP TABLE "near_charging" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('乱停', 0, 4), ('乱拉', 0, 4), ('乱拉电线', 30, 0), ('乱接', 0, 4), ('二轮电动', 0, 2), ('停满', 0, 4), ('充电', 0, 4), ('充电桩不足', 15, 0),
    ('充电桩太少', 15, 0), ('入口', 0, 1), ('单元口', 0, 1), ('单元门', 0, 1), ('占用消防通道', 15, 0), ('地下室', 0, 1), ('堆满', 0, 4), ('堵', 0, 4),
    ('堵住消防通道', 15, 0), ('堵塞消防通道', 15, 0), ('大厅', 0, 1), ('安全通道', 0, 1), ('拉插线板充电', 30, 0), ('拉电线', 0, 4), ('拉线充电', 30, 0), ('插线板', 0, 4),
    ('无处充电', 15, 0), ('无序停放', 0, 4), ('架空层', 0, 1), ('楼栋', 0, 1), ('楼梯', 0, 1), ('楼梯间充电', 30, 0), ('楼道', 0, 1), ('楼道停放充电', 30, 0),
    ('楼道充电', 30, 0), ('楼道内充电', 30, 0), ('楼道里充电', 30, 0), ('没有充电桩', 15, 0), ('消防通道', 0, 1), ('消防通道堵塞', 15, 0), ('混停', 0, 4), ('火灾', 0, 4),
    ('爆炸', 0, 4), ('电动摩托', 0, 2), ('电动自行车', 0, 2), ('电动自行车入户', 30, 0), ('电动自行车自燃', 30, 0), ('电动自行车起火', 15, 0), ('电动自行车进楼', 30, 0),
    ('电动车', 0, 2), ('电动车上楼', 30, 0), ('电动车入户', 30, 0), ('电动车着火', 15, 0), ('电动车自燃', 30, 0), ('电动车起火', 15, 0), ('电动车进楼', 30, 0),
    ('电动车进电梯', 30, 0), ('电单车', 0, 2), ('电摩', 0, 2), ('电梯', 0, 1), ('电池上楼', 30, 0), ('电池入户', 30, 0), ('电瓶', 0, 2), ('电瓶上楼', 30, 0),
    ('电瓶入户', 30, 0), ('电瓶带回家充电', 30, 0), ('电瓶自燃', 30, 0), ('电瓶车自燃', 30, 0), ('电瓶车起火', 15, 0), ('电驴', 0, 2), ('着火', 0, 4), ('私拉', 0, 4),
    ('私拉乱接', 30, 0), ('私拉电线', 30, 0), ('私接', 0, 4), ('私接电线', 30, 0), ('私自拉线', 30, 0), ('自燃', 0, 4), ('走廊', 0, 1), ('走廊充电', 30, 0),
    ('起火', 0, 4), ('车库', 0, 1), ('过道', 0, 1), ('逃生通道', 0, 1), ('门厅', 0, 1), ('飞线', 30, 0), ('飞线充电', 30, 0),
    ('高空拉线', 30, 0)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_charging" AS h
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
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.content", "工单.duplicate", "工单.place__key", "工单.estate__key",
  "工单._row", "_g", "_st"
FROM "src_工单"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- charging
CREATE TEMP TABLE "seen_charging" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('乱停', TRUE), ('乱拉', TRUE), ('乱拉电线', TRUE), ('乱接', TRUE), ('二轮电动', TRUE), ('停满', TRUE), ('充电', TRUE), ('充电桩不足', TRUE), ('充电桩太少', TRUE),
    ('入口', TRUE), ('单元口', TRUE), ('单元门', TRUE), ('占用消防通道', TRUE), ('地下室', TRUE), ('堆满', TRUE), ('堵', TRUE), ('堵住消防通道', TRUE),
    ('堵塞消防通道', TRUE), ('大厅', TRUE), ('安全通道', TRUE), ('拉插线板充电', TRUE), ('拉电线', TRUE), ('拉线充电', TRUE), ('插线板', TRUE), ('无处充电', TRUE),
    ('无序停放', TRUE), ('架空层', TRUE), ('楼栋', TRUE), ('楼梯', TRUE), ('楼梯间充电', TRUE), ('楼道', TRUE), ('楼道停放充电', TRUE), ('楼道充电', TRUE),
    ('楼道内充电', TRUE), ('楼道里充电', TRUE), ('没有充电桩', TRUE), ('消防通道', TRUE), ('消防通道堵塞', TRUE), ('混停', TRUE), ('火灾', TRUE), ('爆炸', TRUE),
    ('电动摩托', TRUE), ('电动自行车', TRUE), ('电动自行车入户', TRUE), ('电动自行车自燃', TRUE), ('电动自行车起火', TRUE), ('电动自行车进楼', TRUE), ('电动车', TRUE),
    ('电动车上楼', TRUE), ('电动车入户', TRUE), ('电动车着火', TRUE), ('电动车自燃', TRUE), ('电动车起火', TRUE), ('电动车进楼', TRUE), ('电动车进电梯', TRUE), ('电单车', TRUE),
    ('电摩', TRUE), ('电梯', TRUE), ('电池上楼', TRUE), ('电池入户', TRUE), ('电瓶', TRUE), ('电瓶上楼', TRUE), ('电瓶入户', TRUE), ('电瓶带回家充电', TRUE),
    ('电瓶自燃', TRUE), ('电瓶车自燃', TRUE), ('电瓶车起火', TRUE), ('电驴', TRUE), ('着火', TRUE), ('私拉', TRUE), ('私拉乱接', TRUE), ('私拉电线', TRUE),
    ('私接', TRUE), ('私接电线', TRUE), ('私自拉线', TRUE), ('自燃', TRUE), ('走廊', TRUE), ('走廊充电', TRUE), ('起火', TRUE), ('车库', TRUE), ('过道', TRUE),
    ('逃生通道', TRUE), ('门厅', TRUE), ('飞线', TRUE), ('飞线充电', TRUE),
    ('高空拉线', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_charging"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_charging" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('新能源汽车充电桩', 0, 12, -1), ('电费', 0, 12, -1), ('共享电单车调度', 0, 12, -1), ('共享单车', 1, 0, 1), ('电动汽车', 1, 0, 1), ('上牌', 1, 0, 1),
    ('被盗', 1, 0, 1), ('偷盗', 1, 0, 1), ('闯红灯', 1, 0, 1), ('逆行', 1, 0, 1), ('限行', 1, 0, 1),
    ('车祸', 1, 0, 1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (1, '乱停'), (1, '乱拉'), (1, '乱接'), (1, '停满'), (1, '充电'), (1, '堆满'), (1, '堵'), (1, '拉电线'), (1, '插线板'), (1, '无序停放'), (1, '混停'), (1, '火灾'),
    (1, '爆炸'), (1, '着火'), (1, '私拉'), (1, '私接'), (1, '自燃'),
    (1, '起火')) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_charging" AS e
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
      SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '没有|未发现|未见|不存在|不再|不得|禁止|严禁|杜绝|宣传|演练|咨询'
    )
    THEN NULL
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
      '未发现'
    )
    THEN '未发现'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未见'
    )
    THEN '未见'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不存在'
    )
    THEN '不存在'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不再'
    )
    THEN '不再'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不得'
    )
    THEN '不得'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '禁止'
    )
    THEN '禁止'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '严禁'
    )
    THEN '严禁'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '杜绝'
    )
    THEN '杜绝'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '宣传'
    )
    THEN '宣传'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '演练'
    )
    THEN '演练'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '咨询'
    )
    THEN '咨询'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- charging
CREATE TEMP TABLE "words_charging" AS
WITH good AS (
  SELECT
    *
  FROM "seen_charging"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('飞线充电', '飞线充电', 30), ('飞线', '飞线充电', 30), ('拉线充电', '飞线充电', 30), ('拉插线板充电', '飞线充电', 30), ('高空拉线', '飞线充电', 30), ('电动车入户', '电动车入户', 30),
    ('电动车进楼', '电动车入户', 30), ('电动车上楼', '电动车入户', 30), ('电动车进电梯', '电动车入户', 30), ('电动自行车入户', '电动车入户', 30), ('电动自行车进楼', '电动车入户', 30),
    ('楼道充电', '楼道充电', 30), ('楼道内充电', '楼道充电', 30), ('楼道里充电', '楼道充电', 30), ('楼梯间充电', '楼道充电', 30), ('走廊充电', '楼道充电', 30), ('楼道停放充电', '楼道充电', 30),
    ('私拉电线', '私拉电线', 30), ('乱拉电线', '私拉电线', 30), ('私接电线', '私拉电线', 30), ('私拉乱接', '私拉电线', 30), ('私自拉线', '私拉电线', 30), ('电瓶上楼', '电瓶上楼', 30),
    ('电池上楼', '电瓶上楼', 30), ('电瓶入户', '电瓶上楼', 30), ('电池入户', '电瓶上楼', 30), ('电瓶带回家充电', '电瓶上楼', 30), ('电动车自燃', '电动车自燃', 30),
    ('电瓶车自燃', '电动车自燃', 30), ('电动自行车自燃', '电动车自燃', 30), ('电瓶自燃', '电动车自燃', 30), ('充电桩不足', '充电桩不足', 15), ('没有充电桩', '充电桩不足', 15),
    ('充电桩太少', '充电桩不足', 15), ('无处充电', '充电桩不足', 15), ('消防通道堵塞', '消防通道堵塞', 15), ('堵塞消防通道', '消防通道堵塞', 15), ('占用消防通道', '消防通道堵塞', 15),
    ('堵住消防通道', '消防通道堵塞', 15), ('电动车起火', '电动车起火', 15), ('电瓶车起火', '电动车起火', 15), ('电动自行车起火', '电动车起火', 15),
    ('电动车着火', '电动车起火', 15)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('电动车', '车'), ('电动自行车', '车'), ('电单车', '车'), ('电动摩托', '车'), ('电摩', '车'), ('电驴', '车'), ('电瓶', '车'), ('二轮电动', '车'), ('楼道', '处所'),
    ('楼梯', '处所'), ('走廊', '处所'), ('过道', '处所'), ('单元门', '处所'), ('单元口', '处所'), ('架空层', '处所'), ('地下室', '处所'), ('车库', '处所'), ('楼栋', '处所'),
    ('入口', '处所'), ('门厅', '处所'), ('大厅', '处所'), ('电梯', '处所'), ('安全通道', '处所'), ('消防通道', '处所'), ('逃生通道', '处所'), ('充电', '隐患'), ('私拉', '隐患'),
    ('乱拉', '隐患'), ('私接', '隐患'), ('乱接', '隐患'), ('拉电线', '隐患'), ('插线板', '隐患'), ('起火', '隐患'), ('着火', '隐患'), ('自燃', '隐患'), ('爆炸', '隐患'),
    ('火灾', '隐患'), ('堵', '隐患'), ('堆满', '隐患'), ('停满', '隐患'), ('混停', '隐患'), ('乱停', '隐患'),
    ('无序停放', '隐患')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '楼内停放充电', 30, '隐患', 2)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '隐患', '车', TRUE, 0, 30, 'any'),
    (0, '隐患', '处所', TRUE, 0, 30, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_charging"
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

-- charging
CREATE TEMP TABLE "st_charging" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.caller_name", t."工单.phone", t."工单.kind", t."工单.content", t."工单.duplicate", t."工单.place__key",
  t."工单.estate__key", h.w AS "charging_words", h.n AS "charging_count", h.s AS "charging_score", t."工单._row", t._g, t._st
FROM "near_charging" AS t
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
    FROM "words_charging"
  )
  GROUP BY
    _row
) AS h
  ON t."工单._row" = h._row
WHERE
  h.s >= 30;

-- located
CREATE TEMP TABLE "st_located" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.content", "工单.duplicate", "工单.place__key", "工单.estate__key",
  "charging_words", "charging_count", "charging_score", "spot", "工单._row", _g, _st,
  COALESCE("工单.phone", "工单.caller_name", "工单.order_no") AS "caller"
FROM (
  SELECT
    "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.content", "工单.duplicate", "工单.place__key",
    "工单.estate__key", "charging_words", "charging_count", "charging_score", "工单._row", _g, _st,
    COALESCE("工单.estate__key", "工单.place__key") AS "spot"
  FROM (
    SELECT
      "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.content", "工单.duplicate", "工单.place__key",
      "工单.estate__key", "charging_words", "charging_count", "charging_score", "工单._row", _g, _st
    FROM "st_charging"
  )
);

-- recent
CREATE TEMP TABLE "st_recent" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.content", "工单.duplicate", "工单.place__key", "工单.estate__key",
  "charging_words", "charging_count", "charging_score", "spot", "caller", "工单._row", _g, _st
FROM "st_located"
WHERE
  "工单.accepted_at" >= CAST('2026-06-30' AS DATE) - CAST((
    90
  ) AS INT)
  AND NOT (
    COALESCE("工单.kind", '投诉') IN ('咨询', '建议')
  )
  AND COALESCE("工单.duplicate", '否') <> '是'
  AND NOT (
    "spot" IS NULL
  );

-- usable
CREATE TEMP TABLE "st_usable" AS
SELECT
  "充电点.point_no", "充电点.removed_on", "充电点.status", "充电点.estate__key", "充电点._row", _g, _st
FROM "src_充电点"
WHERE
  COALESCE("充电点.status", '在用') = '在用' AND "充电点.removed_on" IS NULL;

-- served
CREATE TEMP TABLE "st_served" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.content", "工单.duplicate", "工单.place__key", "工单.estate__key",
  "charging_words", "charging_count", "charging_score", "spot", "caller", "充电点.point_no", "充电点.removed_on", "充电点.status", "充电点.estate__key",
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
  END AS "served_grade", "工单._row", "充电点._row", GREATEST(_g, _m) AS _g, _st
FROM (
  SELECT
    l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.content", l."工单.duplicate", l."工单.place__key",
    l."工单.estate__key", l."charging_words", l."charging_count", l."charging_score", l."spot", l."caller", l."工单._row", r."充电点.point_no",
    r."充电点.removed_on", r."充电点.status", r."充电点.estate__key", r."充电点._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    0 AS _m
  FROM "st_recent" AS l
  JOIN "st_usable" AS r
    ON l."spot" = r."充电点.estate__key"
) AS p
WHERE
  TRUE;

-- by_served
CREATE TEMP TABLE "st_by_served" AS
SELECT
  "spot", "orders", "callers", "points", "工单._rows", "充电点._rows", "_g", "_st"
FROM (
  SELECT
    "spot", COUNT(DISTINCT "工单.order_no") AS "orders", COUNT(DISTINCT "caller") AS "callers", COUNT(DISTINCT "充电点.point_no") AS "points",
    LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows", LIST_SORT(ARRAY_AGG(DISTINCT "充电点._row")) AS "充电点._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_served"
  WHERE
    NOT "spot" IS NULL
  GROUP BY
    "spot"
);

-- unserved
CREATE TEMP TABLE "st_unserved" AS
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.content", l."工单.duplicate", l."工单.place__key",
  l."工单.estate__key", l."charging_words", l."charging_count", l."charging_score", l."spot", l."caller",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "unserved_state", _from AS "unserved_from",
  _to AS "unserved_to", l."工单._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_recent"
  ), _r AS (
    SELECT
      *
    FROM "st_usable"
  ), seen AS (
    SELECT
      "工单._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          l."工单._row", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."spot" = r."充电点.estate__key"
      ) AS p
    )
    GROUP BY
      "工单._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        NOT l."spot" IS NULL
        AND (
          CAST('2026-06-30' AS DATE) - CAST((
            90
          ) AS INT)
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              CAST('2026-06-30' AS DATE) - CAST((
                90
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
    CAST('2026-06-30' AS DATE) - CAST((
      90
    ) AS INT) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."工单._row" = s."工单._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- by_unserved
CREATE TEMP TABLE "st_by_unserved" AS
SELECT
  "spot", "orders", "callers", "工单._rows", "_g", "_st"
FROM (
  SELECT
    "spot", COUNT(DISTINCT "工单.order_no") AS "orders", COUNT(DISTINCT "caller") AS "callers",
    LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows", MAX(_g) AS _g, MAX(_st) AS _st
  FROM "st_unserved"
  WHERE
    NOT "spot" IS NULL
  GROUP BY
    "spot"
);

-- fires
CREATE TEMP TABLE "st_fires" AS
SELECT
  "警情.incident_no", "警情.reported_at", "警情.kind", "警情.content", "警情.estate__key", "警情._row", _g, _st
FROM "src_警情"
WHERE
  "警情.reported_at" >= CAST('2026-06-30' AS DATE) - CAST((
    365
  ) AS INT)
  AND (
    CONTAINS("警情.content", '电动车')
    OR CONTAINS("警情.content", '电动自行车')
    OR CONTAINS("警情.content", '电瓶')
  )
  AND (
    CONTAINS(COALESCE("警情.kind", ''), '火')
    OR CONTAINS("警情.content", '起火')
    OR CONTAINS("警情.content", '自燃')
    OR CONTAINS("警情.content", '着火')
  );

-- burned
CREATE TEMP TABLE "pairs_burned" AS
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.content", l."工单.duplicate", l."工单.place__key",
  l."工单.estate__key", l."charging_words", l."charging_count", l."charging_score", l."spot", l."caller", l."工单._row", r."警情.incident_no",
  r."警情.reported_at", r."警情.kind", r."警情.content", r."警情.estate__key", r."警情._row", GREATEST(l._g, r._g) AS _g,
  GREATEST(l._st, r._st) AS _st, 0 AS _m
FROM "st_recent" AS l
JOIN "st_fires" AS r
  ON l."spot" = r."警情.estate__key";

-- burned
CREATE TEMP TABLE "st_burned" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.content", "工单.duplicate", "工单.place__key", "工单.estate__key",
  "charging_words", "charging_count", "charging_score", "spot", "caller", "警情.incident_no", "警情.reported_at", "警情.kind", "警情.content",
  "警情.estate__key",
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
  END AS "burned_grade", "工单._row", "警情._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_burned" AS p
WHERE
  "工单.accepted_at" > "警情.reported_at";

-- by_burned
CREATE TEMP TABLE "st_by_burned" AS
SELECT
  "spot", "orders", "fires_seen", "工单._rows", "警情._rows", "_g", "_st"
FROM (
  SELECT
    "spot", COUNT(DISTINCT "工单.order_no") AS "orders", COUNT(DISTINCT "警情.incident_no") AS "fires_seen",
    LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows", LIST_SORT(ARRAY_AGG(DISTINCT "警情._row")) AS "警情._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_burned"
  WHERE
    NOT "spot" IS NULL
  GROUP BY
    "spot"
);

-- 产出：unserved
SELECT
  "spot", "orders", "callers", "工单._rows", _g, _st, CAST("spot" AS TEXT) AS _subject
FROM "st_by_unserved"
WHERE
  "orders" >= 3;

-- 产出：repeated
SELECT
  "spot", "orders", "callers", "points", "工单._rows", "充电点._rows", _g, _st, CAST("spot" AS TEXT) AS _subject
FROM "st_by_served"
WHERE
  "orders" >= 3;

-- 产出：after_fire
SELECT
  "spot", "orders", "fires_seen", "工单._rows", "警情._rows", _g, _st, CAST("spot" AS TEXT) AS _subject
FROM "st_by_burned"
WHERE
  TRUE;
