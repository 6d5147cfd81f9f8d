-- 校园周边食品安全（school_gate_food）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   school_food.many_score = 60
--   school_food.metres = 200
--   school_food.min_people = 2
--   school_food.min_score = 30
--   school_food.permit_metres = 50
--   school_food.terms = [{'from': datetime.date(2023, 9, 1), 'to': datetime.date(2024, 1, 26)}, {'from': datetime.date(2024, 2, 26), 'to': datetime.date(2024, 7, 5)}, {'from': datetime.date(2024, 9, 1), 'to': datetime.date(2025, 1, 17)}, {'from': datetime.date(2025, 2, 17), 'to': datetime.date(2025, 7, 4)}, {'from': datetime.date(2025, 9, 1), 'to': datetime.date(2026, 1, 30)}, {'from': datetime.date(2026, 3, 2), 'to': datetime.date(2026, 7, 10)}]
--   school_food.unwell_people = 3
--   school_food.window_days = 30

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no", "accepted_at" AS "工单.accepted_at", "caller_name" AS "工单.caller_name", "phone" AS "工单.phone",
  "kind" AS "工单.kind", "title" AS "工单.title", "content" AS "工单.content", "address" AS "工单.address", "duplicate" AS "工单.duplicate",
  "org__uscc" AS "工单.org__uscc", "org__name" AS "工单.org__name", "org__core" AS "工单.org__core", "org__tax" AS "工单.org__tax",
  "org__former" AS "工单.org__former", "org__parent" AS "工单.org__parent", "place__key" AS "工单.place__key", "place__town" AS "工单.place__town",
  "place__road" AS "工单.place__road", "place__number" AS "工单.place__number", "place__lon" AS "工单.place__lon",
  "place__lat" AS "工单.place__lat", _row AS "工单._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- 数据：不适
SELECT
  "order_no" AS "不适.order_no", "title" AS "不适.title", "content" AS "不适.content", _row AS "不适._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- 数据：学校
SELECT
  "name" AS "学校.name", "status" AS "学校.status", "place__lon" AS "学校.place__lon", "place__lat" AS "学校.place__lat", _row AS "学校._row",
  0 AS _g, 0 AS _st
FROM school;

-- 数据：校名
SELECT
  "name" AS "校名.name", "short_name" AS "校名.short_name", "status" AS "校名.status", "place__lon" AS "校名.place__lon", _row AS "校名._row",
  0 AS _g, 0 AS _st
FROM school;

-- 数据：许可
SELECT
  "permit_no" AS "许可.permit_no", "valid_to" AS "许可.valid_to", "status" AS "许可.status", "org__uscc" AS "许可.org__uscc",
  "org__name" AS "许可.org__name", "org__core" AS "许可.org__core", "org__tax" AS "许可.org__tax", "org__former" AS "许可.org__former",
  "org__parent" AS "许可.org__parent", _row AS "许可._row", 0 AS _g, 0 AS _st
FROM food_permit;

-- 数据：登记地
SELECT
  "valid_to" AS "登记地.valid_to", "status" AS "登记地.status", "place__town" AS "登记地.place__town", "place__road" AS "登记地.place__road",
  "place__number" AS "登记地.place__number", "place__lon" AS "登记地.place__lon", "place__lat" AS "登记地.place__lat", _row AS "登记地._row", 0 AS _g,
  0 AS _st
FROM food_permit;

-- food
CREATE TEMP TABLE "near_food" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('三无', 0, 1), ('三无产品', 10, 0), ('三无零食', 10, 0), ('三无食品', 10, 0), ('不卫生', 0, 1), ('不干净', 0, 1), ('中学', 0, 4), ('中学门口', 0, 16),
    ('中学附近', 0, 16), ('中毒', 0, 1), ('五毛', 0, 1), ('五毛垃圾食品', 20, 0), ('五毛零食', 20, 0), ('五毛食品', 20, 0), ('初中', 0, 4), ('劣质', 0, 1),
    ('午餐', 0, 2), ('发霉', 0, 1), ('变质', 0, 1), ('吃坏', 0, 1), ('呕吐', 0, 1), ('商店', 0, 10), ('商贩', 0, 8), ('地摊', 0, 8), ('地沟油', 0, 1),
    ('垃圾零食', 0, 1), ('垃圾食品', 0, 1), ('夜市', 0, 8), ('头发', 0, 1), ('学校', 0, 4), ('学校后门', 0, 16), ('学校周边', 0, 16), ('学校大门', 0, 16),
    ('学校对面', 0, 16), ('学校旁', 0, 16), ('学校超市', 0, 8), ('学校门口', 10, 0), ('学校附近', 0, 16), ('学生', 0, 4), ('孩子们', 0, 4), ('小卖部', 5, 10),
    ('小学', 0, 4), ('小学门口', 0, 16), ('小学附近', 0, 16), ('小摊', 0, 8), ('小贩', 0, 8), ('小超市', 0, 8), ('幼儿园', 0, 4), ('幼儿园门口', 0, 16),
    ('异物', 0, 1), ('拉肚子', 5, 1), ('摆摊', 0, 8), ('摊贩', 0, 8), ('文具店', 0, 8), ('无健康证', 5, 1), ('无证经营', 5, 1), ('有毒食品', 0, 1), ('校内', 0, 4),
    ('校内超市', 0, 8), ('校园', 0, 4), ('校园周边', 10, 16), ('校园门口', 0, 16), ('校外', 0, 16), ('校门', 0, 4), ('校门口', 0, 16), ('没有健康证', 0, 1),
    ('流动摊', 0, 8), ('流动摊贩', 10, 0), ('烤肠', 5, 0), ('腹泻', 0, 1), ('营养餐', 0, 2), ('虫子', 0, 1), ('超市', 0, 2), ('路边摊', 0, 8), ('辣条', 5, 1),
    ('过期', 0, 1), ('过期变质', 10, 0), ('过期的食品', 10, 0), ('过期零食', 10, 0), ('过期食品', 10, 0), ('违规食品', 0, 1), ('配餐', 0, 2), ('附中', 0, 4),
    ('零食店', 0, 8), ('零食铺', 0, 8), ('食品安全', 0, 1), ('食堂', 0, 2), ('饭堂', 0, 2), ('馊', 0, 1),
    ('高中', 0, 4)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_food" AS h
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
      m0 & 13
    ) = 13 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 7
    ) = 7 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 24
    ) = 24 THEN 30 ELSE 0 END >= 30
)
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "工单._row", "_g", "_st"
FROM "src_工单"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- food
CREATE TEMP TABLE "seen_food" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('三无', TRUE), ('三无产品', TRUE), ('三无零食', TRUE), ('三无食品', TRUE), ('不卫生', TRUE), ('不干净', TRUE), ('中学', TRUE), ('中学门口', TRUE),
    ('中学附近', TRUE), ('中毒', TRUE), ('五毛', TRUE), ('五毛垃圾食品', TRUE), ('五毛零食', TRUE), ('五毛食品', TRUE), ('初中', TRUE), ('劣质', TRUE), ('午餐', TRUE),
    ('发霉', TRUE), ('变质', TRUE), ('吃坏', TRUE), ('呕吐', TRUE), ('商店', TRUE), ('商贩', TRUE), ('地摊', TRUE), ('地沟油', TRUE), ('垃圾零食', TRUE),
    ('垃圾食品', TRUE), ('夜市', TRUE), ('头发', TRUE), ('学校', TRUE), ('学校后门', TRUE), ('学校周边', TRUE), ('学校大门', TRUE), ('学校对面', TRUE), ('学校旁', TRUE),
    ('学校超市', TRUE), ('学校门口', TRUE), ('学校附近', TRUE), ('学生', TRUE), ('孩子们', TRUE), ('小卖部', TRUE), ('小学', TRUE), ('小学门口', TRUE),
    ('小学附近', TRUE), ('小摊', TRUE), ('小贩', TRUE), ('小超市', TRUE), ('幼儿园', TRUE), ('幼儿园门口', TRUE), ('异物', TRUE), ('拉肚子', TRUE), ('摆摊', TRUE),
    ('摊贩', TRUE), ('文具店', TRUE), ('无健康证', TRUE), ('无证经营', TRUE), ('有毒食品', TRUE), ('校内', TRUE), ('校内超市', TRUE), ('校园', TRUE), ('校园周边', TRUE),
    ('校园门口', TRUE), ('校外', TRUE), ('校门', TRUE), ('校门口', TRUE), ('没有健康证', TRUE), ('流动摊', TRUE), ('流动摊贩', TRUE), ('烤肠', TRUE), ('腹泻', TRUE),
    ('营养餐', TRUE), ('虫子', TRUE), ('超市', TRUE), ('路边摊', TRUE), ('辣条', TRUE), ('过期', TRUE), ('过期变质', TRUE), ('过期的食品', TRUE), ('过期零食', TRUE),
    ('过期食品', TRUE), ('违规食品', TRUE), ('配餐', TRUE), ('附中', TRUE), ('零食店', TRUE), ('零食铺', TRUE), ('食品安全', TRUE), ('食堂', TRUE), ('饭堂', TRUE),
    ('馊', TRUE),
    ('高中', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_food"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_food"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_food" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('食堂招标', 0, 12, -1), ('校车', 0, 12, -1), ('停车位', 0, 12, -1),
    ('已取缔', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_food" AS e
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
      SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '宣传|未发现|没有发现|不存在|杜绝|严禁|禁止'
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
      '杜绝'
    )
    THEN '杜绝'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '严禁'
    )
    THEN '严禁'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 6, 0) + 1, f."offset" - GREATEST(f."offset" - 6, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '禁止'
    )
    THEN '禁止'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- food
CREATE TEMP TABLE "words_food" AS
WITH good AS (
  SELECT
    *
  FROM "seen_food"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('学校门口', '学校门口', 10), ('校园周边', '校园周边', 10), ('流动摊贩', '流动摊贩', 10), ('三无食品', '三无食品', 10), ('三无产品', '三无食品', 10), ('三无零食', '三无食品', 10),
    ('过期食品', '过期食品', 10), ('过期的食品', '过期食品', 10), ('过期零食', '过期食品', 10), ('过期变质', '过期食品', 10), ('五毛零食', '五毛零食', 20), ('五毛食品', '五毛零食', 20),
    ('五毛垃圾食品', '五毛零食', 20), ('辣条', '辣条', 5), ('烤肠', '烤肠', 5), ('无健康证', '无健康证', 5), ('无证经营', '无证经营', 5), ('拉肚子', '拉肚子', 5),
    ('小卖部', '小卖部', 5)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('学校', '学校'), ('校园', '学校'), ('中学', '学校'), ('小学', '学校'), ('幼儿园', '学校'), ('学生', '学校'), ('校门', '学校'), ('高中', '学校'), ('初中', '学校'),
    ('附中', '学校'), ('校内', '学校'), ('孩子们', '学校'), ('校门口', '校边'), ('校园周边', '校边'), ('学校周边', '校边'), ('学校附近', '校边'), ('学校旁', '校边'), ('学校对面', '校边'),
    ('校园门口', '校边'), ('校外', '校边'), ('中学门口', '校边'), ('小学门口', '校边'), ('幼儿园门口', '校边'), ('学校后门', '校边'), ('学校大门', '校边'), ('中学附近', '校边'),
    ('小学附近', '校边'), ('摊贩', '摊店'), ('小贩', '摊店'), ('商贩', '摊店'), ('流动摊', '摊店'), ('小摊', '摊店'), ('摆摊', '摊店'), ('路边摊', '摊店'), ('地摊', '摊店'),
    ('小卖部', '摊店'), ('小超市', '摊店'), ('校内超市', '摊店'), ('学校超市', '摊店'), ('零食店', '摊店'), ('零食铺', '摊店'), ('文具店', '摊店'), ('夜市', '摊店'), ('商店', '摊店'),
    ('小卖部', '学店'), ('商店', '学店'), ('超市', '学店'), ('食堂', '学店'), ('饭堂', '学店'), ('配餐', '学店'), ('营养餐', '学店'), ('午餐', '学店'), ('三无', '坏食'),
    ('五毛', '坏食'), ('过期', '坏食'), ('变质', '坏食'), ('发霉', '坏食'), ('垃圾食品', '坏食'), ('垃圾零食', '坏食'), ('违规食品', '坏食'), ('不卫生', '坏食'), ('不干净', '坏食'),
    ('有毒食品', '坏食'), ('辣条', '坏食'), ('拉肚子', '坏食'), ('腹泻', '坏食'), ('呕吐', '坏食'), ('吃坏', '坏食'), ('中毒', '坏食'), ('地沟油', '坏食'), ('无健康证', '坏食'),
    ('无证经营', '坏食'), ('没有健康证', '坏食'), ('劣质', '坏食'), ('馊', '坏食'), ('虫子', '坏食'), ('异物', '坏食'), ('食品安全', '坏食'),
    ('头发', '坏食')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '校园问题食品', 30, '坏食', 2), (1, '校内商店食堂问题食品', 30, '坏食', 2),
    (2, '校门口摊贩', 30, '校边', 1)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '坏食', '学校', TRUE, 0, 60, 'any'), (0, '坏食', '摊店', TRUE, 0, 60, 'any'), (1, '坏食', '学店', TRUE, 0, 40, 'any'),
    (1, '坏食', '学校', TRUE, 0, 40, 'any'),
    (2, '校边', '摊店', TRUE, 0, 15, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_food"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_food"
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

-- food
CREATE TEMP TABLE "st_food" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.caller_name", t."工单.phone", t."工单.kind", t."工单.title", t."工单.content", t."工单.address",
  t."工单.duplicate", t."工单.org__uscc", t."工单.org__name", t."工单.org__core", t."工单.org__tax", t."工单.org__former", t."工单.org__parent",
  t."工单.place__key", t."工单.place__town", t."工单.place__road", t."工单.place__number", t."工单.place__lon", t."工单.place__lat",
  h.w AS "food_words", h.n AS "food_count", h.s AS "food_score", t."工单._row", t._g, t._st
FROM "near_food" AS t
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
    FROM "words_food"
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
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "工单._row", _g, _st
FROM "st_food"
WHERE
  "工单.accepted_at" >= CAST('2026-06-30' AS DATE) - CAST((
    30
  ) AS INT)
  AND NOT (
    COALESCE("工单.kind", '投诉') IN ('咨询', '建议')
  )
  AND COALESCE("工单.duplicate", '否') <> '是';

-- sick
CREATE TEMP TABLE "near_sick" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('0人', 0, 2), ('0名', 0, 2), ('3人', 0, 2), ('3名', 0, 2), ('4人', 0, 2), ('4名', 0, 2), ('5人', 0, 2), ('5名', 0, 2), ('6人', 0, 2),
    ('6名', 0, 2), ('7人', 0, 2), ('7名', 0, 2), ('8人', 0, 2), ('8名', 0, 2), ('9人', 0, 2), ('9名', 0, 2), ('七个学生', 0, 2), ('七个孩子', 0, 2),
    ('七人', 0, 2), ('七名', 0, 2), ('三个学生', 0, 2), ('三个孩子', 0, 2), ('三人', 0, 2), ('三名', 0, 2), ('上吐下泻', 30, 1), ('九个学生', 0, 2), ('九个孩子', 0, 2),
    ('九人', 0, 2), ('九名', 0, 2), ('五个学生', 0, 2), ('五个孩子', 0, 2), ('五人', 0, 2), ('五名', 0, 2), ('住院', 30, 1), ('全班', 0, 2), ('八个学生', 0, 2),
    ('八个孩子', 0, 2), ('八人', 0, 2), ('八名', 0, 2), ('六个学生', 0, 2), ('六个孩子', 0, 2), ('六人', 0, 2), ('六名', 0, 2), ('十个学生', 0, 2), ('十个孩子', 0, 2),
    ('十人', 0, 2), ('十余名', 0, 2), ('十几个学生', 0, 2), ('十几个孩子', 0, 2), ('十几人', 0, 2), ('十名', 0, 2), ('呕吐', 30, 1), ('四个学生', 0, 2),
    ('四个孩子', 0, 2), ('四人', 0, 2), ('四名', 0, 2), ('多个学生', 0, 2), ('多个孩子', 0, 2), ('多人', 0, 2), ('多名', 0, 2), ('就医', 30, 1), ('拉肚子', 30, 1),
    ('肚子疼', 30, 1), ('肚子痛', 30, 1), ('腹泻', 30, 1), ('腹痛', 30, 1), ('送医', 30, 1), ('食物中毒', 30, 1),
    ('食用后不适', 30, 0)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_sick" AS h
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
  "不适.order_no", "不适.title", "不适.content", "不适._row", "_g", "_st"
FROM "src_不适"
WHERE
  "不适._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- sick
CREATE TEMP TABLE "seen_sick" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('0人', TRUE), ('0名', TRUE), ('3人', TRUE), ('3名', TRUE), ('4人', TRUE), ('4名', TRUE), ('5人', TRUE), ('5名', TRUE), ('6人', TRUE),
    ('6名', TRUE), ('7人', TRUE), ('7名', TRUE), ('8人', TRUE), ('8名', TRUE), ('9人', TRUE), ('9名', TRUE), ('七个学生', TRUE), ('七个孩子', TRUE),
    ('七人', TRUE), ('七名', TRUE), ('三个学生', TRUE), ('三个孩子', TRUE), ('三人', TRUE), ('三名', TRUE), ('上吐下泻', TRUE), ('九个学生', TRUE), ('九个孩子', TRUE),
    ('九人', TRUE), ('九名', TRUE), ('五个学生', TRUE), ('五个孩子', TRUE), ('五人', TRUE), ('五名', TRUE), ('住院', TRUE), ('全班', TRUE), ('八个学生', TRUE),
    ('八个孩子', TRUE), ('八人', TRUE), ('八名', TRUE), ('六个学生', TRUE), ('六个孩子', TRUE), ('六人', TRUE), ('六名', TRUE), ('十个学生', TRUE), ('十个孩子', TRUE),
    ('十人', TRUE), ('十余名', TRUE), ('十几个学生', TRUE), ('十几个孩子', TRUE), ('十几人', TRUE), ('十名', TRUE), ('呕吐', TRUE), ('四个学生', TRUE),
    ('四个孩子', TRUE), ('四人', TRUE), ('四名', TRUE), ('多个学生', TRUE), ('多个孩子', TRUE), ('多人', TRUE), ('多名', TRUE), ('就医', TRUE), ('拉肚子', TRUE),
    ('肚子疼', TRUE), ('肚子痛', TRUE), ('腹泻', TRUE), ('腹痛', TRUE), ('送医', TRUE), ('食物中毒', TRUE),
    ('食用后不适', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "不适._row" AS _row, 'title' AS field, "不适.title" AS body
  FROM "near_sick"
  UNION ALL
  SELECT DISTINCT
    "不适._row" AS _row, 'content' AS field, "不适.content" AS body
  FROM "near_sick"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_sick" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('担心', 0, 12, -1), ('害怕', 0, 12, -1), ('怕吃', 0, 12, -1), ('会不会', 0, 12, -1), ('万一', 0, 12, -1), ('容易导致', 0, 12, -1),
    ('可能导致', 0, 12, -1),
    ('可能会', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_sick" AS e
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
      SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '没有|未|不会|无'
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
      '未'
    )
    THEN '未'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不会'
    )
    THEN '不会'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '无'
    )
    THEN '无'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- sick
CREATE TEMP TABLE "words_sick" AS
WITH good AS (
  SELECT
    *
  FROM "seen_sick"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('食用后不适', '食用后不适', 30), ('拉肚子', '食用后不适', 30), ('腹泻', '食用后不适', 30), ('呕吐', '食用后不适', 30), ('腹痛', '食用后不适', 30), ('肚子疼', '食用后不适', 30),
    ('肚子痛', '食用后不适', 30), ('上吐下泻', '食用后不适', 30), ('食物中毒', '食用后不适', 30), ('住院', '食用后不适', 30), ('就医', '食用后不适', 30),
    ('送医', '食用后不适', 30)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('拉肚子', '不适'), ('腹泻', '不适'), ('呕吐', '不适'), ('腹痛', '不适'), ('肚子疼', '不适'), ('肚子痛', '不适'), ('上吐下泻', '不适'), ('食物中毒', '不适'), ('住院', '不适'),
    ('就医', '不适'), ('送医', '不适'), ('三名', '多人'), ('四名', '多人'), ('五名', '多人'), ('六名', '多人'), ('七名', '多人'), ('八名', '多人'), ('九名', '多人'),
    ('十名', '多人'), ('三人', '多人'), ('四人', '多人'), ('五人', '多人'), ('六人', '多人'), ('七人', '多人'), ('八人', '多人'), ('九人', '多人'), ('十人', '多人'),
    ('3名', '多人'), ('4名', '多人'), ('5名', '多人'), ('6名', '多人'), ('7名', '多人'), ('8名', '多人'), ('9名', '多人'), ('3人', '多人'), ('4人', '多人'),
    ('5人', '多人'), ('6人', '多人'), ('7人', '多人'), ('8人', '多人'), ('9人', '多人'), ('0名', '多人'), ('0人', '多人'), ('多名', '多人'), ('十余名', '多人'),
    ('多人', '多人'), ('十几人', '多人'), ('全班', '多人'), ('三个学生', '多人'), ('三个孩子', '多人'), ('四个学生', '多人'), ('四个孩子', '多人'), ('五个学生', '多人'),
    ('五个孩子', '多人'), ('六个学生', '多人'), ('六个孩子', '多人'), ('七个学生', '多人'), ('七个孩子', '多人'), ('八个学生', '多人'), ('八个孩子', '多人'), ('九个学生', '多人'),
    ('九个孩子', '多人'), ('十个学生', '多人'), ('十个孩子', '多人'), ('多个学生', '多人'), ('多个孩子', '多人'), ('十几个学生', '多人'),
    ('十几个孩子', '多人')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '三人以上不适', 30, '不适', 1)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '不适', '多人', TRUE, 0, 15, 'before')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "不适._row" AS _row, 'title' AS field, "不适.title" AS body
  FROM "near_sick"
  UNION ALL
  SELECT DISTINCT
    "不适._row" AS _row, 'content' AS field, "不适.content" AS body
  FROM "near_sick"
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

-- sick
CREATE TEMP TABLE "st_sick" AS
SELECT
  t."不适.order_no", t."不适.title", t."不适.content", h.w AS "sick_words", h.n AS "sick_count", h.s AS "sick_score", t."不适._row", t._g, t._st
FROM "near_sick" AS t
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
    FROM "words_sick"
  )
  GROUP BY
    _row
) AS h
  ON t."不适._row" = h._row
WHERE
  h.s >= 30;

-- flagged
CREATE TEMP TABLE "pairs_flagged" AS
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
  l."food_count", l."food_score", l."工单._row", r."不适.order_no", r."不适.title", r."不适.content", r."sick_words", r."sick_count",
  r."sick_score", r."不适._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st, 0 AS _m
FROM "st_recent" AS l
JOIN "st_sick" AS r
  ON l."工单.order_no" = r."不适.order_no";

-- flagged
CREATE TEMP TABLE "st_flagged" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score",
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
  END AS "flagged_grade", "工单._row", "不适._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_flagged" AS p
WHERE
  TRUE
UNION ALL
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
  l."food_count", l."food_score", NULL AS "不适.order_no", NULL AS "不适.title", NULL AS "不适.content", NULL AS "sick_words",
  NULL AS "sick_count", NULL AS "sick_score", NULL AS "flagged_grade", l."工单._row", NULL AS "不适._row", l._g, l._st
FROM "st_recent" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_flagged" AS p
    WHERE
      p."工单._row" IS NOT DISTINCT FROM l."工单._row" AND (
        TRUE
      )
  );

-- stalls
CREATE TEMP TABLE "st_stalls" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "工单._row",
  "不适._row", _g, _st,
  (
    '全部'
  ) AS "every"
FROM (
  SELECT
    "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
    "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
    "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
    "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "工单._row",
    "不适._row", _g, _st, COALESCE("sick_score", 0) AS "many"
  FROM (
    SELECT
      "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
      "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
      "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
      "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "工单._row", "不适._row",
      _g, _st,
      CASE WHEN NOT (
        "不适.order_no" IS NULL
      ) THEN "caller" END AS "ill"
    FROM (
      SELECT
        "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
        "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key",
        "工单.place__town", "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score",
        "不适.order_no", "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "工单._row",
        "不适._row", _g, _st, COALESCE("工单.phone", "工单.caller_name", "工单.order_no") AS "caller"
      FROM (
        SELECT
          "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
          "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key",
          "工单.place__town", "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count",
          "food_score", "不适.order_no", "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor",
          "工单._row", "不适._row", _g, _st, COALESCE("vendor", "工单.place__key") AS "spot"
        FROM (
          SELECT
            "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address",
            "工单.duplicate", "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent",
            "工单.place__key", "工单.place__town", "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words",
            "food_count", "food_score", "不适.order_no", "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade",
            "工单._row", "不适._row", _g, _st,
            CASE
              WHEN NOT (
                "工单.org__name" IN (
                  '摊贩', '流动摊贩', '小摊贩', '流动商贩', '商贩', '小贩', '路边摊', '小吃摊', '烧烤摊', '小卖部', '超市', '小超市', '零食店', '文具店', '小吃店', '商店', '无', '不详',
                  '未知'
                )
              )
              THEN "工单.org__name"
            END AS "vendor"
          FROM (
            SELECT
              "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address",
              "工单.duplicate", "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent",
              "工单.place__key", "工单.place__town", "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words",
              "food_count", "food_score", "不适.order_no", "不适.title", "不适.content", "sick_words", "sick_count", "sick_score",
              "flagged_grade", "工单._row", "不适._row", _g, _st
            FROM "st_flagged"
          )
        )
      )
    )
  )
);

-- dated
CREATE TEMP TABLE "st_dated" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "工单._row", "不适._row", _g, _st
FROM "st_stalls";

-- termed
CREATE TEMP TABLE "st_termed" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "工单._row", "不适._row", _g, _st, CASE WHEN "term" = '学期' THEN "caller" END AS "in_term"
FROM (
  SELECT
    "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
    "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
    "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
    "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
    "term", "工单._row", "不适._row", _g, _st
  FROM "st_dated"
);

-- running
CREATE TEMP TABLE "st_running" AS
SELECT
  "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "学校._row", _g, _st
FROM "src_学校"
WHERE
  COALESCE("学校.status", '在办') = '在办';

-- gates
CREATE TEMP TABLE "st_gates" AS
SELECT
  "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "学校._row", _g, _st,
  (
    '全部'
  ) AS "every"
FROM (
  SELECT
    "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "学校._row", _g, _st, "学校.name" AS "school"
  FROM (
    SELECT
      "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "学校._row", _g, _st
    FROM "st_running"
  )
);

-- beside
CREATE TEMP TABLE "near_left_beside" AS
SELECT
  *, ROW_NUMBER() OVER (ORDER BY "工单._row", "不适._row") AS _n,
  (
    COALESCE(ABS("工单.place__lat") <= 60, FALSE) AND NOT "工单.place__lon" IS NULL
  ) AS _p,
  (
    FALSE
  ) AS _a,
  CAST("工单.place__lon" AS DOUBLE) AS _lon, CAST("工单.place__lat" AS DOUBLE) AS _lat, CAST(NULL AS TEXT) AS _key, CAST(NULL AS DATE) AS _d
FROM "st_termed";

-- beside
CREATE TEMP TABLE "near_left_blocks_beside" AS
SELECT
  _n,
  'c' || (
    CAST(FLOOR(_lat / (
      (
        (
          200
        ) + 1.0
      ) / 111195
    )) AS BIGINT) + dy.i
  ) || ':' || (
    CAST(FLOOR(_lon / (
      2.01 * (
        (
          200
        ) + 1.0
      ) / 111195
    )) AS BIGINT) + dx.i
  ) AS _b
FROM "near_left_beside", (
  SELECT
    UNNEST([-1, 0, 1]) AS i
) AS dy, (
  SELECT
    UNNEST([-1, 0, 1]) AS i
) AS dx
WHERE
  _p;

-- beside
CREATE TEMP TABLE "near_right_beside" AS
SELECT
  *, ROW_NUMBER() OVER (ORDER BY "学校._row") AS _n,
  (
    COALESCE(ABS("学校.place__lat") <= 60, FALSE) AND NOT "学校.place__lon" IS NULL
  ) AS _p,
  (
    FALSE
  ) AS _a,
  CAST("学校.place__lon" AS DOUBLE) AS _lon, CAST("学校.place__lat" AS DOUBLE) AS _lat, CAST(NULL AS TEXT) AS _key, CAST(NULL AS DATE) AS _d
FROM "st_gates";

-- beside
CREATE TEMP TABLE "near_right_blocks_beside" AS
SELECT
  _n,
  'c' || (
    CAST(FLOOR(_lat / (
      (
        (
          200
        ) + 1.0
      ) / 111195
    )) AS BIGINT)
  ) || ':' || (
    CAST(FLOOR(_lon / (
      2.01 * (
        (
          200
        ) + 1.0
      ) / 111195
    )) AS BIGINT)
  ) AS _b
FROM "near_right_beside"
WHERE
  _p;

-- beside
CREATE TEMP TABLE "near_fat_beside" AS
SELECT
  _b
FROM (
  SELECT
    _b, COUNT(*) AS n
  FROM "near_left_blocks_beside"
  GROUP BY
    _b
) AS l
JOIN (
  SELECT
    _b, COUNT(*) AS n
  FROM "near_right_blocks_beside"
  GROUP BY
    _b
) AS r
  USING (_b)
WHERE
  l.n * r.n > 1000000;

-- beside
CREATE TEMP TABLE "near_pairs_beside" AS
SELECT
  *
  EXCLUDE (_fits)
FROM (
  SELECT
    l._n, r._n AS _m,
    CASE
      WHEN (
        l._p AND r._p
      )
      THEN CAST(ROUND(
        2 * 6371008.8 * ASIN(
          LEAST(
            1.0,
            SQRT(
              POWER(SIN(RADIANS(r._lat - l._lat) / 2), 2) + COS(RADIANS(l._lat)) * COS(RADIANS(r._lat)) * POWER(SIN(RADIANS(r._lon - l._lon) / 2), 2)
            )
          )
        )
      ) AS BIGINT)
    END AS _metres, r._d - l._d AS _days,
    CASE WHEN (
      l._p AND r._p
    ) THEN '坐标' ELSE '地址' END AS _how,
    TRUE AS _when,
    (
      CASE
        WHEN (
          l._p AND r._p
        )
        THEN STARTS_WITH(b._b, 'c')
        AND CAST(ROUND(
          2 * 6371008.8 * ASIN(
            LEAST(
              1.0,
              SQRT(
                POWER(SIN(RADIANS(r._lat - l._lat) / 2), 2) + COS(RADIANS(l._lat)) * COS(RADIANS(r._lat)) * POWER(SIN(RADIANS(r._lon - l._lon) / 2), 2)
              )
            )
          )
        ) AS BIGINT) <= (
          200
        )
        ELSE STARTS_WITH(b._b, 'a')
      END
    ) AS _fits
  FROM "near_left_blocks_beside" AS b
  JOIN "near_right_blocks_beside" AS o
    ON b._b = o._b
  JOIN "near_left_beside" AS l
    ON b._n = l._n
  JOIN "near_right_beside" AS r
    ON o._n = r._n
  WHERE
    NOT b._b IN (
      SELECT
        _b
      FROM "near_fat_beside"
    )
)
WHERE
  _fits AND NOT _when IS FALSE;

-- beside
CREATE TEMP TABLE "near_rest_beside" AS
WITH vague AS (
  SELECT DISTINCT
    l._p, l._a, l._d
  FROM (
    SELECT DISTINCT
      _p, _a, _d
    FROM "near_left_beside"
  ) AS l
  JOIN (
    SELECT DISTINCT
      _p, _a, _d
    FROM "near_right_beside"
  ) AS r
    ON NOT (
      (
        l._p AND r._p
      ) OR (
        l._a AND r._a
      )
    )
    AND NOT TRUE IS FALSE
), crowded AS (
  SELECT DISTINCT
    _n
  FROM "near_left_blocks_beside"
  WHERE
    _b IN (
      SELECT
        _b
      FROM "near_fat_beside"
    )
), undated AS (
  SELECT DISTINCT
    _n
  FROM "near_pairs_beside"
  WHERE
    _when IS NULL
)
SELECT
  l._n,
  (
    NOT (
      l._p OR l._a
    ) OR NOT v._p IS NULL OR NOT c._n IS NULL OR NOT u._n IS NULL
  ) AS _doubt
FROM "near_left_beside" AS l
LEFT JOIN vague AS v
  ON l._p = v._p AND l._a = v._a AND l._d IS NOT DISTINCT FROM v._d
LEFT JOIN crowded AS c
  ON l._n = c._n
LEFT JOIN undated AS u
  ON l._n = u._n
WHERE
  NOT l._n IN (
    SELECT
      _n
    FROM "near_pairs_beside"
    WHERE
      _when
  );

-- beside
CREATE TEMP TABLE "st_beside" AS
SELECT
  *
FROM (
  SELECT
    l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
    l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
    l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
    l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
    l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", r."学校.name", r."学校.status",
    r."学校.place__lon", r."学校.place__lat", r."school", p._metres, p._days, p._how, NULL AS "beside_state", NULL AS "beside_from",
    NULL AS "beside_to", l."工单._row", l."不适._row", r."学校._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st
  FROM "near_pairs_beside" AS p
  JOIN "near_left_beside" AS l
    USING (_n)
  JOIN "near_right_beside" AS r
    ON p._m = r._n
  WHERE
    p._when
  UNION ALL
  SELECT
    l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
    l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
    l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
    l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
    l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL,
    CASE CASE WHEN NOT w._doubt AND FALSE THEN 1 ELSE 3 END
      WHEN 1
      THEN 'proved'
      ELSE 'unknown'
    END, CAST(NULL AS DATE), CAST(NULL AS DATE), l."工单._row", l."不适._row", NULL, l._g,
    GREATEST(l._st, CASE WHEN NOT w._doubt AND FALSE THEN 1 ELSE 3 END)
  FROM "near_rest_beside" AS w
  JOIN "near_left_beside" AS l
    USING (_n)
) AS t("工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate", "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town", "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no", "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every", "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how", "beside_state", "beside_from", "beside_to", "工单._row", "不适._row", "学校._row", "_g", "_st");

-- at_gate
CREATE TEMP TABLE "st_at_gate" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how",
  "beside_state", "beside_from", "beside_to", "工单._row", "不适._row", "学校._row", _g, _st
FROM "st_beside"
WHERE
  "beside_state" IS NULL;

-- by_stall
CREATE TEMP TABLE "st_by_stall" AS
SELECT
  "spot", "school", "people", "orders", "unwell_people", "most", "term_people", "metres", "工单._rows", "不适._rows", "学校._rows", "_g", "_st"
FROM (
  SELECT
    "spot", "school", COUNT(DISTINCT "caller") AS "people", COUNT(DISTINCT "工单.order_no") AS "orders",
    COUNT(DISTINCT "ill") AS "unwell_people", MAX("many") AS "most", COUNT(DISTINCT "in_term") AS "term_people",
    MIN("beside_metres") AS "metres", LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows",
    LIST_SORT(ARRAY_AGG(DISTINCT "不适._row")) AS "不适._rows", LIST_SORT(ARRAY_AGG(DISTINCT "学校._row")) AS "学校._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_at_gate"
  WHERE
    NOT "spot" IS NULL AND NOT "school" IS NULL
  GROUP BY
    "spot", "school"
);

-- named
CREATE TEMP TABLE "st_named" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how",
  "beside_state", "beside_from", "beside_to", "工单._row", "不适._row", "学校._row", _g, _st
FROM "st_at_gate"
WHERE
  NOT (
    "vendor" IS NULL
  );

-- valid
CREATE TEMP TABLE "st_valid" AS
SELECT
  "许可.permit_no", "许可.valid_to", "许可.status", "许可.org__uscc", "许可.org__name", "许可.org__core", "许可.org__tax", "许可.org__former",
  "许可.org__parent", "许可._row", _g, _st
FROM "src_许可"
WHERE
  COALESCE("许可.status", '有效') = '有效'
  AND CASE
    WHEN "许可.valid_to" < CAST('2026-06-30' AS DATE) - CAST((
      30
    ) AS INT)
    THEN FALSE
    ELSE TRUE
  END;

-- by_name
CREATE TEMP TABLE "weak_by_name" AS
WITH pairs AS MATERIALIZED (
  SELECT
    l."工单._row", l."不适._row", l."学校._row", r."许可._row", l."工单.org__core" AS _name, 2 AS _m
  FROM "st_named" AS l
  JOIN "st_valid" AS r
    ON l."工单.org__name" = r."许可.org__name"
    AND l."工单.org__uscc" IS NULL
    AND NOT COALESCE(l."工单.org__tax" = r."许可.org__tax", FALSE)
  UNION ALL
  SELECT
    l."工单._row", l."不适._row", l."学校._row", r."许可._row", l."工单.org__core" AS _name, 4 AS _m
  FROM "st_named" AS l
  JOIN "st_valid" AS r
    ON l."工单.org__core" = r."许可.org__core"
    AND l."工单.org__uscc" IS NULL
    AND NOT COALESCE(l."工单.org__name" = r."许可.org__name", FALSE)
    AND NOT COALESCE(l."工单.org__tax" = r."许可.org__tax", FALSE)
  UNION ALL
  SELECT
    l."工单._row", l."不适._row", l."学校._row", r."许可._row", l."工单.org__core" AS _name, 2 AS _m
  FROM "st_named" AS l
  JOIN "st_valid" AS r
    ON l."工单.org__name" = r."许可.org__name"
    AND NOT l."工单.org__uscc" IS NULL
    AND r."许可.org__uscc" IS NULL
    AND NOT COALESCE(l."工单.org__tax" = r."许可.org__tax", FALSE)
  UNION ALL
  SELECT
    l."工单._row", l."不适._row", l."学校._row", r."许可._row", l."工单.org__core" AS _name, 4 AS _m
  FROM "st_named" AS l
  JOIN "st_valid" AS r
    ON l."工单.org__core" = r."许可.org__core"
    AND NOT l."工单.org__uscc" IS NULL
    AND r."许可.org__uscc" IS NULL
    AND NOT COALESCE(l."工单.org__name" = r."许可.org__name", FALSE)
    AND NOT COALESCE(l."工单.org__tax" = r."许可.org__tax", FALSE)
  UNION ALL
  SELECT
    l."工单._row", l."不适._row", l."学校._row", r."许可._row", l."工单.org__core" AS _name, 4 AS _m
  FROM "st_named" AS l
  JOIN "st_valid" AS r
    ON l."工单.org__former" = r."许可.org__core"
    AND (
      l."工单.org__uscc" IS NULL OR r."许可.org__uscc" IS NULL
    )
    AND NOT COALESCE(l."工单.org__core" = r."许可.org__core", FALSE)
    AND NOT COALESCE(l."工单.org__name" = r."许可.org__name", FALSE)
    AND NOT COALESCE(l."工单.org__tax" = r."许可.org__tax", FALSE)
  UNION ALL
  SELECT
    l."工单._row", l."不适._row", l."学校._row", r."许可._row", l."工单.org__core" AS _name, 4 AS _m
  FROM "st_named" AS l
  JOIN "st_valid" AS r
    ON l."工单.org__core" = r."许可.org__former"
    AND (
      l."工单.org__uscc" IS NULL OR r."许可.org__uscc" IS NULL
    )
    AND NOT COALESCE(l."工单.org__core" = r."许可.org__core", FALSE)
    AND NOT COALESCE(l."工单.org__name" = r."许可.org__name", FALSE)
    AND NOT COALESCE(l."工单.org__tax" = r."许可.org__tax", FALSE)
    AND NOT COALESCE(l."工单.org__former" = r."许可.org__core", FALSE)
  UNION ALL
  SELECT
    l."工单._row", l."不适._row", l."学校._row", r."许可._row", l."工单.org__core" AS _name, 4 AS _m
  FROM "st_named" AS l
  JOIN "st_valid" AS r
    ON l."工单.org__former" = r."许可.org__former"
    AND (
      l."工单.org__uscc" IS NULL OR r."许可.org__uscc" IS NULL
    )
    AND NOT COALESCE(l."工单.org__core" = r."许可.org__core", FALSE)
    AND NOT COALESCE(l."工单.org__name" = r."许可.org__name", FALSE)
    AND NOT COALESCE(l."工单.org__tax" = r."许可.org__tax", FALSE)
    AND NOT COALESCE(l."工单.org__former" = r."许可.org__core", FALSE)
    AND NOT COALESCE(l."工单.org__core" = r."许可.org__former", FALSE)
), common AS (
  SELECT
    "工单.org__core" AS n
  FROM "src_工单"
  WHERE
    "工单.org__core" IN (
      SELECT
        _name
      FROM pairs
      WHERE
        _m = 4
    )
  GROUP BY
    1
  HAVING
    COUNT(DISTINCT COALESCE("工单.org__uscc", "工单._row")) > 5
  UNION
  SELECT
    "许可.org__core" AS n
  FROM "src_许可"
  WHERE
    "许可.org__core" IN (
      SELECT
        _name
      FROM pairs
      WHERE
        _m = 4
    )
  GROUP BY
    1
  HAVING
    COUNT(DISTINCT COALESCE("许可.org__uscc", "许可._row")) > 5
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

-- by_name
CREATE TEMP TABLE "pairs_by_name" AS
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
  l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
  l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", l."学校.name", l."学校.status",
  l."学校.place__lon", l."学校.place__lat", l."school", l."beside_metres", l."beside_days", l."beside_how", l."beside_state", l."beside_from",
  l."beside_to", l."工单._row", l."不适._row", l."学校._row", r."许可.permit_no", r."许可.valid_to", r."许可.status", r."许可.org__uscc",
  r."许可.org__name", r."许可.org__core", r."许可.org__tax", r."许可.org__former", r."许可.org__parent", r."许可._row", GREATEST(l._g, r._g) AS _g,
  GREATEST(l._st, r._st) AS _st,
  CASE
    WHEN (
      l."工单.org__core" = r."许可.org__core"
      OR ARRAY_CONTAINS(
        LIST_TRANSFORM(
          RANGE(0, GREATEST(LENGTH(l."工单.org__core"), LENGTH(r."许可.org__core"))),
          LAMBDA i : LEFT(l."工单.org__core", i) = LEFT(r."许可.org__core", i)
          AND (
            SUBSTRING(l."工单.org__core", i + 2) = SUBSTRING(r."许可.org__core", i + 2)
            AND LENGTH(l."工单.org__core") = LENGTH(r."许可.org__core")
            OR SUBSTRING(l."工单.org__core", i + 2) = SUBSTRING(r."许可.org__core", i + 1)
            OR SUBSTRING(l."工单.org__core", i + 1) = SUBSTRING(r."许可.org__core", i + 2)
          )
        ),
        TRUE
      )
    )
    THEN 0
    ELSE 1
  END AS _m
FROM "st_named" AS l
JOIN "st_valid" AS r
  ON l."工单.org__uscc" = r."许可.org__uscc"
UNION ALL
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
  l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
  l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", l."学校.name", l."学校.status",
  l."学校.place__lon", l."学校.place__lat", l."school", l."beside_metres", l."beside_days", l."beside_how", l."beside_state", l."beside_from",
  l."beside_to", l."工单._row", l."不适._row", l."学校._row", r."许可.permit_no", r."许可.valid_to", r."许可.status", r."许可.org__uscc",
  r."许可.org__name", r."许可.org__core", r."许可.org__tax", r."许可.org__former", r."许可.org__parent", r."许可._row", GREATEST(l._g, r._g) AS _g,
  GREATEST(l._st, r._st) AS _st,
  CASE
    WHEN (
      l."工单.org__core" = r."许可.org__core"
      OR ARRAY_CONTAINS(
        LIST_TRANSFORM(
          RANGE(0, GREATEST(LENGTH(l."工单.org__core"), LENGTH(r."许可.org__core"))),
          LAMBDA i : LEFT(l."工单.org__core", i) = LEFT(r."许可.org__core", i)
          AND (
            SUBSTRING(l."工单.org__core", i + 2) = SUBSTRING(r."许可.org__core", i + 2)
            AND LENGTH(l."工单.org__core") = LENGTH(r."许可.org__core")
            OR SUBSTRING(l."工单.org__core", i + 2) = SUBSTRING(r."许可.org__core", i + 1)
            OR SUBSTRING(l."工单.org__core", i + 1) = SUBSTRING(r."许可.org__core", i + 2)
          )
        ),
        TRUE
      )
    )
    THEN 0
    ELSE 1
  END AS _m
FROM "st_named" AS l
JOIN "st_valid" AS r
  ON l."工单.org__tax" = r."许可.org__tax"
  AND (
    l."工单.org__uscc" IS NULL OR r."许可.org__uscc" IS NULL
  )
UNION ALL
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
  l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
  l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", l."学校.name", l."学校.status",
  l."学校.place__lon", l."学校.place__lat", l."school", l."beside_metres", l."beside_days", l."beside_how", l."beside_state", l."beside_from",
  l."beside_to", l."工单._row", l."不适._row", l."学校._row", r."许可.permit_no", r."许可.valid_to", r."许可.status", r."许可.org__uscc",
  r."许可.org__name", r."许可.org__core", r."许可.org__tax", r."许可.org__former", r."许可.org__parent", r."许可._row", GREATEST(l._g, r._g) AS _g,
  GREATEST(l._st, r._st) AS _st, w._m
FROM (
  SELECT
    *
  FROM "weak_by_name"
  WHERE
    _m <> 4
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "weak_by_name"
    WHERE
      _m = 4 AND NOT (
        _within OR _spread
      )
    ORDER BY
      "工单._row", "不适._row", "学校._row", "许可._row"
    LIMIT 200
  )
) AS w
JOIN "st_named" AS l
  ON w."工单._row" IS NOT DISTINCT FROM l."工单._row"
  AND w."不适._row" IS NOT DISTINCT FROM l."不适._row"
  AND w."学校._row" IS NOT DISTINCT FROM l."学校._row"
JOIN "st_valid" AS r
  ON w."许可._row" = r."许可._row";

-- by_name
CREATE TEMP TABLE "st_by_name" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how",
  "beside_state", "beside_from", "beside_to", "许可.permit_no", "许可.valid_to", "许可.status", "许可.org__uscc", "许可.org__name", "许可.org__core",
  "许可.org__tax", "许可.org__former", "许可.org__parent",
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
  END AS "by_name_grade", "工单._row", "不适._row", "学校._row", "许可._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_by_name" AS p
WHERE
  TRUE
UNION ALL
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
  l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
  l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", l."学校.name", l."学校.status",
  l."学校.place__lon", l."学校.place__lat", l."school", l."beside_metres", l."beside_days", l."beside_how", l."beside_state", l."beside_from",
  l."beside_to", NULL AS "许可.permit_no", NULL AS "许可.valid_to", NULL AS "许可.status", NULL AS "许可.org__uscc", NULL AS "许可.org__name",
  NULL AS "许可.org__core", NULL AS "许可.org__tax", NULL AS "许可.org__former", NULL AS "许可.org__parent", NULL AS "by_name_grade", l."工单._row",
  l."不适._row", l."学校._row", NULL AS "许可._row", l._g, l._st
FROM "st_named" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_by_name" AS p
    WHERE
      p."工单._row" IS NOT DISTINCT FROM l."工单._row"
      AND p."不适._row" IS NOT DISTINCT FROM l."不适._row"
      AND p."学校._row" IS NOT DISTINCT FROM l."学校._row"
      AND (
        TRUE
      )
  );

-- unknown_name
CREATE TEMP TABLE "st_unknown_name" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how",
  "beside_state", "beside_from", "beside_to", "许可.permit_no", "许可.valid_to", "许可.status", "许可.org__uscc", "许可.org__name", "许可.org__core",
  "许可.org__tax", "许可.org__former", "许可.org__parent", "by_name_grade", "工单._row", "不适._row", "学校._row", "许可._row", _g, _st
FROM "st_by_name"
WHERE
  "许可.permit_no" IS NULL;

-- valid_places
CREATE TEMP TABLE "st_valid_places" AS
SELECT
  "登记地.valid_to", "登记地.status", "登记地.place__town", "登记地.place__road", "登记地.place__number", "登记地.place__lon", "登记地.place__lat", "登记地._row",
  _g, _st
FROM "src_登记地"
WHERE
  COALESCE("登记地.status", '有效') = '有效'
  AND CASE
    WHEN "登记地.valid_to" < CAST('2026-06-30' AS DATE) - CAST((
      30
    ) AS INT)
    THEN FALSE
    ELSE TRUE
  END;

-- by_place
CREATE TEMP TABLE "near_left_by_place" AS
SELECT
  *, ROW_NUMBER() OVER (ORDER BY "工单._row", "不适._row", "学校._row", "许可._row") AS _n,
  (
    COALESCE(ABS("工单.place__lat") <= 60, FALSE) AND NOT "工单.place__lon" IS NULL
  ) AS _p,
  (
    NOT "工单.place__town" IS NULL
    AND NOT "工单.place__road" IS NULL
    AND NOT "工单.place__number" IS NULL
  ) AS _a,
  CAST("工单.place__lon" AS DOUBLE) AS _lon, CAST("工单.place__lat" AS DOUBLE) AS _lat,
  CAST("工单.place__town" || '|' || "工单.place__road" || '|' || "工单.place__number" AS TEXT) AS _key, CAST(NULL AS DATE) AS _d
FROM "st_unknown_name";

-- by_place
CREATE TEMP TABLE "near_left_blocks_by_place" AS
SELECT
  _n,
  'c' || (
    CAST(FLOOR(_lat / (
      (
        (
          50
        ) + 1.0
      ) / 111195
    )) AS BIGINT) + dy.i
  ) || ':' || (
    CAST(FLOOR(_lon / (
      2.01 * (
        (
          50
        ) + 1.0
      ) / 111195
    )) AS BIGINT) + dx.i
  ) AS _b
FROM "near_left_by_place", (
  SELECT
    UNNEST([-1, 0, 1]) AS i
) AS dy, (
  SELECT
    UNNEST([-1, 0, 1]) AS i
) AS dx
WHERE
  _p
UNION ALL
SELECT
  _n, 'a' || _key AS _b
FROM "near_left_by_place"
WHERE
  _a;

-- by_place
CREATE TEMP TABLE "near_right_by_place" AS
SELECT
  *, ROW_NUMBER() OVER (ORDER BY "登记地._row") AS _n,
  (
    COALESCE(ABS("登记地.place__lat") <= 60, FALSE) AND NOT "登记地.place__lon" IS NULL
  ) AS _p,
  (
    NOT "登记地.place__town" IS NULL
    AND NOT "登记地.place__road" IS NULL
    AND NOT "登记地.place__number" IS NULL
  ) AS _a,
  CAST("登记地.place__lon" AS DOUBLE) AS _lon, CAST("登记地.place__lat" AS DOUBLE) AS _lat,
  CAST("登记地.place__town" || '|' || "登记地.place__road" || '|' || "登记地.place__number" AS TEXT) AS _key, CAST(NULL AS DATE) AS _d
FROM "st_valid_places";

-- by_place
CREATE TEMP TABLE "near_right_blocks_by_place" AS
SELECT
  _n,
  'c' || (
    CAST(FLOOR(_lat / (
      (
        (
          50
        ) + 1.0
      ) / 111195
    )) AS BIGINT)
  ) || ':' || (
    CAST(FLOOR(_lon / (
      2.01 * (
        (
          50
        ) + 1.0
      ) / 111195
    )) AS BIGINT)
  ) AS _b
FROM "near_right_by_place"
WHERE
  _p
UNION ALL
SELECT
  _n, 'a' || _key AS _b
FROM "near_right_by_place"
WHERE
  _a;

-- by_place
CREATE TEMP TABLE "near_fat_by_place" AS
SELECT
  _b
FROM (
  SELECT
    _b, COUNT(*) AS n
  FROM "near_left_blocks_by_place"
  GROUP BY
    _b
) AS l
JOIN (
  SELECT
    _b, COUNT(*) AS n
  FROM "near_right_blocks_by_place"
  GROUP BY
    _b
) AS r
  USING (_b)
WHERE
  l.n * r.n > 1000000;

-- by_place
CREATE TEMP TABLE "near_pairs_by_place" AS
SELECT
  *
  EXCLUDE (_fits)
FROM (
  SELECT
    l._n, r._n AS _m,
    CASE
      WHEN (
        l._p AND r._p
      )
      THEN CAST(ROUND(
        2 * 6371008.8 * ASIN(
          LEAST(
            1.0,
            SQRT(
              POWER(SIN(RADIANS(r._lat - l._lat) / 2), 2) + COS(RADIANS(l._lat)) * COS(RADIANS(r._lat)) * POWER(SIN(RADIANS(r._lon - l._lon) / 2), 2)
            )
          )
        )
      ) AS BIGINT)
    END AS _metres, r._d - l._d AS _days,
    CASE WHEN (
      l._p AND r._p
    ) THEN '坐标' ELSE '地址' END AS _how,
    TRUE AS _when,
    (
      CASE
        WHEN (
          l._p AND r._p
        )
        THEN STARTS_WITH(b._b, 'c')
        AND CAST(ROUND(
          2 * 6371008.8 * ASIN(
            LEAST(
              1.0,
              SQRT(
                POWER(SIN(RADIANS(r._lat - l._lat) / 2), 2) + COS(RADIANS(l._lat)) * COS(RADIANS(r._lat)) * POWER(SIN(RADIANS(r._lon - l._lon) / 2), 2)
              )
            )
          )
        ) AS BIGINT) <= (
          50
        )
        ELSE STARTS_WITH(b._b, 'a')
      END
    ) AS _fits
  FROM "near_left_blocks_by_place" AS b
  JOIN "near_right_blocks_by_place" AS o
    ON b._b = o._b
  JOIN "near_left_by_place" AS l
    ON b._n = l._n
  JOIN "near_right_by_place" AS r
    ON o._n = r._n
  WHERE
    NOT b._b IN (
      SELECT
        _b
      FROM "near_fat_by_place"
    )
)
WHERE
  _fits AND NOT _when IS FALSE;

-- by_place
CREATE TEMP TABLE "near_rest_by_place" AS
WITH vague AS (
  SELECT DISTINCT
    l._p, l._a, l._d
  FROM (
    SELECT DISTINCT
      _p, _a, _d
    FROM "near_left_by_place"
  ) AS l
  JOIN (
    SELECT DISTINCT
      _p, _a, _d
    FROM "near_right_by_place"
  ) AS r
    ON NOT (
      (
        l._p AND r._p
      ) OR (
        l._a AND r._a
      )
    )
    AND NOT TRUE IS FALSE
), crowded AS (
  SELECT DISTINCT
    _n
  FROM "near_left_blocks_by_place"
  WHERE
    _b IN (
      SELECT
        _b
      FROM "near_fat_by_place"
    )
), undated AS (
  SELECT DISTINCT
    _n
  FROM "near_pairs_by_place"
  WHERE
    _when IS NULL
)
SELECT
  l._n,
  (
    NOT (
      l._p OR l._a
    ) OR NOT v._p IS NULL OR NOT c._n IS NULL OR NOT u._n IS NULL
  ) AS _doubt
FROM "near_left_by_place" AS l
LEFT JOIN vague AS v
  ON l._p = v._p AND l._a = v._a AND l._d IS NOT DISTINCT FROM v._d
LEFT JOIN crowded AS c
  ON l._n = c._n
LEFT JOIN undated AS u
  ON l._n = u._n
WHERE
  NOT l._n IN (
    SELECT
      _n
    FROM "near_pairs_by_place"
    WHERE
      _when
  );

-- by_place
CREATE TEMP TABLE "st_by_place" AS
SELECT
  *
FROM (
  SELECT
    l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
    l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
    l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
    l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
    l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", l."学校.name", l."学校.status",
    l."学校.place__lon", l."学校.place__lat", l."school", l."beside_metres", l."beside_days", l."beside_how", l."beside_state", l."beside_from",
    l."beside_to", l."许可.permit_no", l."许可.valid_to", l."许可.status", l."许可.org__uscc", l."许可.org__name", l."许可.org__core", l."许可.org__tax",
    l."许可.org__former", l."许可.org__parent", l."by_name_grade", r."登记地.valid_to", r."登记地.status", r."登记地.place__town", r."登记地.place__road",
    r."登记地.place__number", r."登记地.place__lon", r."登记地.place__lat", p._metres, p._days, p._how, NULL AS "by_place_state",
    NULL AS "by_place_from", NULL AS "by_place_to", l."工单._row", l."不适._row", l."学校._row", l."许可._row", r."登记地._row",
    GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st
  FROM "near_pairs_by_place" AS p
  JOIN "near_left_by_place" AS l
    USING (_n)
  JOIN "near_right_by_place" AS r
    ON p._m = r._n
  WHERE
    p._when
  UNION ALL
  SELECT
    l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
    l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
    l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
    l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
    l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", l."学校.name", l."学校.status",
    l."学校.place__lon", l."学校.place__lat", l."school", l."beside_metres", l."beside_days", l."beside_how", l."beside_state", l."beside_from",
    l."beside_to", l."许可.permit_no", l."许可.valid_to", l."许可.status", l."许可.org__uscc", l."许可.org__name", l."许可.org__core", l."许可.org__tax",
    l."许可.org__former", l."许可.org__parent", l."by_name_grade", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    CASE CASE
        WHEN NOT w._doubt
        AND COALESCE(
          TRUE
          AND (
            CAST('2026-06-30' AS DATE) - CAST((
              30
            ) AS INT)
          ) <= (
            CAST('2026-06-30' AS DATE)
          )
          AND (
            (
              (
                CAST('2026-06-30' AS DATE) - CAST((
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
      END
      WHEN 1
      THEN 'proved'
      ELSE 'unknown'
    END,
    CAST('2026-06-30' AS DATE) - CAST((
      30
    ) AS INT),
    CAST('2026-06-30' AS DATE), l."工单._row", l."不适._row", l."学校._row", l."许可._row", NULL, l._g,
    GREATEST(
      l._st,
      CASE
        WHEN NOT w._doubt
        AND COALESCE(
          TRUE
          AND (
            CAST('2026-06-30' AS DATE) - CAST((
              30
            ) AS INT)
          ) <= (
            CAST('2026-06-30' AS DATE)
          )
          AND (
            (
              (
                CAST('2026-06-30' AS DATE) - CAST((
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
      END
    )
  FROM "near_rest_by_place" AS w
  JOIN "near_left_by_place" AS l
    USING (_n)
) AS t("工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate", "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town", "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no", "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every", "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how", "beside_state", "beside_from", "beside_to", "许可.permit_no", "许可.valid_to", "许可.status", "许可.org__uscc", "许可.org__name", "许可.org__core", "许可.org__tax", "许可.org__former", "许可.org__parent", "by_name_grade", "登记地.valid_to", "登记地.status", "登记地.place__town", "登记地.place__road", "登记地.place__number", "登记地.place__lon", "登记地.place__lat", "by_place_metres", "by_place_days", "by_place_how", "by_place_state", "by_place_from", "by_place_to", "工单._row", "不适._row", "学校._row", "许可._row", "登记地._row", "_g", "_st");

-- unlicensed
CREATE TEMP TABLE "st_unlicensed" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how",
  "beside_state", "beside_from", "beside_to", "许可.permit_no", "许可.valid_to", "许可.status", "许可.org__uscc", "许可.org__name", "许可.org__core",
  "许可.org__tax", "许可.org__former", "许可.org__parent", "by_name_grade", "登记地.valid_to", "登记地.status", "登记地.place__town", "登记地.place__road",
  "登记地.place__number", "登记地.place__lon", "登记地.place__lat", "by_place_metres", "by_place_days", "by_place_how", "by_place_state",
  "by_place_from", "by_place_to", "工单._row", "不适._row", "学校._row", "许可._row", "登记地._row", _g, _st
FROM "st_by_place"
WHERE
  NOT (
    "by_place_state" IS NULL
  );

-- by_unlicensed
CREATE TEMP TABLE "st_by_unlicensed" AS
SELECT
  "vendor", "school", "people", "orders", "term_people", "metres", "工单._rows", "不适._rows", "学校._rows", "许可._rows", "登记地._rows", "_g", "_st"
FROM (
  SELECT
    "vendor", "school", COUNT(DISTINCT "caller") AS "people", COUNT(DISTINCT "工单.order_no") AS "orders",
    COUNT(DISTINCT "in_term") AS "term_people", MIN("beside_metres") AS "metres", LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows",
    LIST_SORT(ARRAY_AGG(DISTINCT "不适._row")) AS "不适._rows", LIST_SORT(ARRAY_AGG(DISTINCT "学校._row")) AS "学校._rows",
    LIST_SORT(ARRAY_AGG(DISTINCT "许可._row")) AS "许可._rows", LIST_SORT(ARRAY_AGG(DISTINCT "登记地._row")) AS "登记地._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_unlicensed"
  WHERE
    NOT "vendor" IS NULL AND NOT "school" IS NULL
  GROUP BY
    "vendor", "school"
);

-- unplaced
CREATE TEMP TABLE "st_unplaced" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how",
  "beside_state", "beside_from", "beside_to", "工单._row", "不适._row", "学校._row", _g, _st
FROM "st_beside"
WHERE
  NOT (
    "beside_state" IS NULL
  );

-- open_schools
CREATE TEMP TABLE "st_open_schools" AS
SELECT
  "校名.name", "校名.short_name", "校名.status", "校名.place__lon", "校名._row", _g, _st
FROM "src_校名"
WHERE
  COALESCE("校名.status", '在办') = '在办';

-- names
CREATE TEMP TABLE "st_names" AS
SELECT
  "校名.name", "校名.short_name", "校名.status", "校名.place__lon", "said", "校名._row", _g, _st,
  (
    '全部'
  ) AS "each"
FROM (
  SELECT
    "校名.name", "校名.short_name", "校名.status", "校名.place__lon", "校名._row", _g, _st, "校名.name" AS "said"
  FROM (
    SELECT
      "校名.name", "校名.short_name", "校名.status", "校名.place__lon", "校名._row", _g, _st
    FROM "st_open_schools"
  )
);

-- told
CREATE TEMP TABLE "pairs_told" AS
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.address",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."工单.place__key", l."工单.place__town", l."工单.place__road", l."工单.place__number", l."工单.place__lon", l."工单.place__lat", l."food_words",
  l."food_count", l."food_score", l."不适.order_no", l."不适.title", l."不适.content", l."sick_words", l."sick_count", l."sick_score",
  l."flagged_grade", l."vendor", l."spot", l."caller", l."ill", l."many", l."every", l."term", l."in_term", l."学校.name", l."学校.status",
  l."学校.place__lon", l."学校.place__lat", l."school", l."beside_metres", l."beside_days", l."beside_how", l."beside_state", l."beside_from",
  l."beside_to", l."工单._row", l."不适._row", l."学校._row", r."校名.name", r."校名.short_name", r."校名.status", r."校名.place__lon", r."said",
  r."each", r."校名._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st, 0 AS _m
FROM "st_unplaced" AS l
JOIN "st_names" AS r
  ON l."every" = r."each";

-- told
CREATE TEMP TABLE "st_told" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.address", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单.place__key", "工单.place__town",
  "工单.place__road", "工单.place__number", "工单.place__lon", "工单.place__lat", "food_words", "food_count", "food_score", "不适.order_no",
  "不适.title", "不适.content", "sick_words", "sick_count", "sick_score", "flagged_grade", "vendor", "spot", "caller", "ill", "many", "every",
  "term", "in_term", "学校.name", "学校.status", "学校.place__lon", "学校.place__lat", "school", "beside_metres", "beside_days", "beside_how",
  "beside_state", "beside_from", "beside_to", "校名.name", "校名.short_name", "校名.status", "校名.place__lon", "said", "each",
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
  END AS "told_grade", "工单._row", "不适._row", "学校._row", "校名._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_told" AS p
WHERE
  (
    "工单.place__lon" IS NULL OR "校名.place__lon" IS NULL
  )
  AND (
    CONTAINS(
      (
        COALESCE("工单.title", '') || ' ' || "工单.content" || ' ' || COALESCE("工单.address", '')
      ),
      "校名.name"
    )
    OR CONTAINS(
      (
        COALESCE("工单.title", '') || ' ' || "工单.content" || ' ' || COALESCE("工单.address", '')
      ),
      "校名.short_name"
    )
  );

-- by_told
CREATE TEMP TABLE "st_by_told" AS
SELECT
  "spot", "said", "people", "orders", "unwell_people", "most", "工单._rows", "不适._rows", "学校._rows", "校名._rows", "_g", "_st"
FROM (
  SELECT
    "spot", "said", COUNT(DISTINCT "caller") AS "people", COUNT(DISTINCT "工单.order_no") AS "orders",
    COUNT(DISTINCT "ill") AS "unwell_people", MAX("many") AS "most", LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows",
    LIST_SORT(ARRAY_AGG(DISTINCT "不适._row")) AS "不适._rows", LIST_SORT(ARRAY_AGG(DISTINCT "学校._row")) AS "学校._rows",
    LIST_SORT(ARRAY_AGG(DISTINCT "校名._row")) AS "校名._rows", MAX(_g) AS _g, MAX(_st) AS _st
  FROM "st_told"
  WHERE
    NOT "spot" IS NULL AND NOT "said" IS NULL
  GROUP BY
    "spot", "said"
);

-- 产出：stall
SELECT
  "spot", "school", "people", "orders", "unwell_people", "most", "term_people", "metres", "工单._rows", "不适._rows", "学校._rows", _g, _st,
  CAST("spot" AS TEXT) AS _subject
FROM "st_by_stall"
WHERE
  "unwell_people" >= 3 OR "most" >= 60;

-- 产出：stall
SELECT
  "spot", "school", "people", "orders", "unwell_people", "most", "term_people", "metres", "工单._rows", "不适._rows", "学校._rows", _g, _st,
  CAST("spot" AS TEXT) AS _subject
FROM "st_by_stall"
WHERE
  "people" >= 2 AND "unwell_people" < 3 AND "most" < 60 AND "term_people" > 0;

-- 产出：stall
SELECT
  "spot", "school", "people", "orders", "unwell_people", "most", "term_people", "metres", "工单._rows", "不适._rows", "学校._rows", _g, _st,
  CAST("spot" AS TEXT) AS _subject
FROM "st_by_stall"
WHERE
  "people" >= 2 AND "unwell_people" < 3 AND "most" < 60 AND "term_people" = 0;

-- 产出：unlicensed
SELECT
  "vendor", "school", "people", "orders", "term_people", "metres", "工单._rows", "不适._rows", "学校._rows", "许可._rows", "登记地._rows", _g, _st,
  CAST("vendor" AS TEXT) AS _subject
FROM "st_by_unlicensed"
WHERE
  "people" >= 2 AND "term_people" > 0;

-- 产出：unlicensed
SELECT
  "vendor", "school", "people", "orders", "term_people", "metres", "工单._rows", "不适._rows", "学校._rows", "许可._rows", "登记地._rows", _g, _st,
  CAST("vendor" AS TEXT) AS _subject
FROM "st_by_unlicensed"
WHERE
  "people" >= 2 AND "term_people" = 0;

-- 产出：told
SELECT
  "spot", "said", "people", "orders", "unwell_people", "most", "工单._rows", "不适._rows", "学校._rows", "校名._rows", _g, _st,
  CAST("spot" AS TEXT) AS _subject
FROM "st_by_told"
WHERE
  "unwell_people" >= 3 OR "most" >= 60;

-- 产出：told
SELECT
  "spot", "said", "people", "orders", "unwell_people", "most", "工单._rows", "不适._rows", "学校._rows", "校名._rows", _g, _st,
  CAST("spot" AS TEXT) AS _subject
FROM "st_by_told"
WHERE
  "people" >= 2 AND "unwell_people" < 3 AND "most" < 60;
