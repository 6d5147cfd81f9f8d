-- 弱势群体支持起诉（support_litigation）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   support_litigation.group_min_people = 5
--   support_litigation.high_min_people = 10
--   support_litigation.min_score = 30
--   support_litigation.window_days = 180

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no", "accepted_at" AS "工单.accepted_at", "caller_name" AS "工单.caller_name", "phone" AS "工单.phone",
  "kind" AS "工单.kind", "title" AS "工单.title", "content" AS "工单.content", "region" AS "工单.region", "subject" AS "工单.subject",
  "duplicate" AS "工单.duplicate", "org__name" AS "工单.org__name", _row AS "工单._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- claims
CREATE TEMP TABLE "near_claims" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('上班', 0, 2), ('下岗', 0, 2), ('不买', 0, 1), ('不交', 0, 1), ('不付', 0, 32), ('不付抚养', 30, 0), ('不会打官司', 30, 0), ('不发', 0, 32),
    ('不发工资', 30, 0), ('不尽抚养', 30, 0), ('不尽赡养', 30, 0), ('不支付', 0, 32), ('不理', 0, 512), ('不知道怎么起诉', 30, 0), ('不签', 0, 1), ('不管', 0, 512),
    ('不给', 0, 32), ('不给补偿', 0, 1), ('不给赡养费', 30, 0), ('不缴', 0, 1), ('不肯发', 0, 32), ('不负责', 0, 512), ('不赔', 0, 512), ('不赡养', 30, 0),
    ('丧失劳动能力', 0, 8), ('临时工', 0, 2), ('五保', 0, 8), ('五险', 0, 256), ('人工费', 0, 16), ('付清', 0, 32), ('企业', 0, 128), ('伤残', 0, 4),
    ('伤者', 0, 4), ('低保户', 0, 8), ('做主', 0, 64), ('停发', 0, 32), ('停工留薪', 0, 512), ('停缴', 0, 1), ('克扣', 0, 32), ('克扣工资', 30, 0),
    ('公司', 0, 128), ('养老保险', 0, 256), ('农民工工资', 30, 0), ('加班费', 0, 16), ('务工', 0, 2), ('劳务公司', 0, 2), ('劳务费', 0, 16), ('劳动合同', 0, 256),
    ('劳动报酬', 0, 16), ('劳动能力鉴定', 0, 4), ('包工头', 0, 2), ('包工头跑路', 15, 0), ('医疗费', 0, 512), ('医药费', 0, 512), ('医院', 0, 128), ('单位', 0, 128),
    ('厂', 0, 128), ('厂里', 0, 2), ('受了伤', 0, 4), ('受伤', 0, 4), ('员工', 0, 2), ('员工工资', 30, 0), ('员工的工资', 30, 0), ('商家', 0, 128),
    ('失业保险', 0, 256), ('失明', 0, 8), ('孤儿', 0, 8), ('孤寡', 0, 8), ('孤寡老人', 15, 0), ('学校', 0, 128), ('尘肺', 0, 4), ('就是不发', 0, 512),
    ('工人', 0, 2), ('工人工资', 30, 0), ('工人的工资', 30, 0), ('工伤', 0, 4), ('工伤不赔', 15, 0), ('工伤无人', 15, 0), ('工伤未赔', 15, 0), ('工伤认定', 0, 512),
    ('工伤赔偿', 15, 0), ('工伤险', 0, 256), ('工友', 0, 2), ('工地', 0, 2), ('工程款不给', 15, 0), ('工程款未付', 15, 0), ('工资', 0, 16), ('工资没发', 30, 0),
    ('工资被拖欠', 30, 0), ('工钱', 0, 16), ('帮帮', 0, 64), ('开除', 0, 1), ('弃养', 30, 0), ('弱势群体', 0, 8), ('我父亲', 0, 2), ('我爸', 0, 2),
    ('打不起官司', 30, 0), ('打工', 0, 2), ('扣发', 0, 32), ('扣发工资', 30, 0), ('扣除', 0, 32), ('抚养费', 30, 0), ('护理费', 0, 512), ('拒不赔偿工伤', 15, 0),
    ('拒不赡养', 30, 0), ('拒绝赡养', 30, 0), ('拒赔', 0, 512), ('拖欠', 0, 33), ('拖欠工资', 30, 0), ('拖欠我们工资', 30, 0), ('拿不到', 0, 32), ('推卸', 0, 512),
    ('提成', 0, 16), ('摔伤', 0, 4), ('救救', 0, 64), ('断交', 0, 1), ('断缴', 0, 1), ('施工队', 0, 2), ('无人问津', 0, 512), ('无依无靠', 0, 64),
    ('无力起诉', 30, 0), ('未交', 0, 1), ('未付', 0, 32), ('未付工程款', 15, 0), ('未发', 0, 32), ('未发工资', 30, 0), ('未支付', 0, 32), ('未签', 0, 1),
    ('未结', 0, 32), ('未缴', 0, 1), ('未购买', 0, 1), ('欠下', 0, 32), ('欠发工资', 30, 0), ('欠我', 0, 32), ('欠着', 0, 32), ('欠薪', 30, 32), ('残疾', 0, 8),
    ('残疾人', 15, 0), ('民工', 0, 2), ('民工工资', 30, 0), ('民工的工资', 30, 0), ('求助', 0, 64), ('没交', 0, 1), ('没付', 0, 32), ('没到手', 0, 32),
    ('没发', 0, 32), ('没发工资', 30, 0), ('没拿到', 0, 32), ('没有为', 0, 1), ('没有买', 0, 1), ('没有交', 0, 1), ('没有付', 0, 32), ('没有发', 0, 32),
    ('没有拿到', 0, 32), ('没有支付', 0, 32), ('没有签', 0, 1), ('没有给', 0, 32), ('没有缴', 0, 1), ('没签', 0, 1), ('没给', 0, 32), ('没钱打官司', 30, 0),
    ('独居老人', 15, 0), ('班组', 0, 2), ('生活费', 0, 16), ('生活费不给', 30, 0), ('用人', 0, 128), ('留守', 0, 8), ('瘫痪', 0, 8), ('砸伤', 0, 4),
    ('社会保险', 0, 256), ('社保', 0, 256), ('经济补偿', 0, 256), ('结清', 0, 32), ('维权', 0, 64), ('老公', 0, 2), ('老板', 0, 128), ('老板不见了', 15, 0),
    ('老板失联', 15, 0), ('老板跑路', 15, 0), ('聋哑', 0, 8), ('职业病', 0, 4), ('职工', 0, 2), ('职工工资', 30, 0), ('职工的工资', 30, 0), ('致残', 0, 4),
    ('薪水', 0, 16), ('薪资', 0, 16), ('补偿金', 0, 256), ('补缴', 0, 1), ('要不到', 0, 32), ('要工资', 30, 0), ('解除劳动', 0, 1), ('解雇', 0, 1),
    ('讨个说法', 0, 64), ('讨回', 0, 32), ('讨回公道', 0, 64), ('讨回工资', 30, 0), ('讨工资', 30, 0), ('讨薪', 30, 0), ('讨要', 0, 32), ('讨要薪资', 30, 0),
    ('讨要血汗钱', 30, 0), ('请不起律师', 30, 0), ('赔付', 0, 512), ('赔偿', 0, 512), ('走投无路', 0, 64), ('辞退', 0, 1), ('还欠', 0, 32), ('违法解除', 0, 1),
    ('迟迟', 0, 32), ('追回', 0, 32), ('追回工资', 30, 0), ('追讨', 0, 32), ('遗弃老人', 30, 0),
    ('集团', 0, 128)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_claims" AS h
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
      m0 & 48
    ) = 48 THEN 20 ELSE 0 END + CASE WHEN (
      m0 & 50
    ) = 50 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 518
    ) = 518 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 385
    ) = 385 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 72
    ) = 72 THEN 30 ELSE 0 END >= 30
)
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.region", "工单.subject",
  "工单.duplicate", "工单.org__name", "工单._row", "_g", "_st"
FROM "src_工单"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- claims
CREATE TEMP TABLE "seen_claims" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('上班', TRUE), ('下岗', TRUE), ('不买', TRUE), ('不交', TRUE), ('不付', TRUE), ('不付抚养', TRUE), ('不会打官司', TRUE), ('不发', TRUE), ('不发工资', TRUE),
    ('不尽抚养', TRUE), ('不尽赡养', TRUE), ('不支付', TRUE), ('不理', TRUE), ('不知道怎么起诉', TRUE), ('不签', TRUE), ('不管', TRUE), ('不给', TRUE),
    ('不给补偿', TRUE), ('不给赡养费', TRUE), ('不缴', TRUE), ('不肯发', TRUE), ('不负责', TRUE), ('不赔', TRUE), ('不赡养', TRUE), ('丧失劳动能力', TRUE),
    ('临时工', TRUE), ('五保', TRUE), ('五险', TRUE), ('人工费', TRUE), ('付清', TRUE), ('企业', TRUE), ('伤残', TRUE), ('伤者', TRUE), ('低保户', TRUE),
    ('做主', TRUE), ('停发', TRUE), ('停工留薪', TRUE), ('停缴', TRUE), ('克扣', TRUE), ('克扣工资', TRUE), ('公司', TRUE), ('养老保险', TRUE), ('农民工工资', TRUE),
    ('加班费', TRUE), ('务工', TRUE), ('劳务公司', TRUE), ('劳务费', TRUE), ('劳动合同', TRUE), ('劳动报酬', TRUE), ('劳动能力鉴定', TRUE), ('包工头', TRUE),
    ('包工头跑路', TRUE), ('医疗费', TRUE), ('医药费', TRUE), ('医院', TRUE), ('单位', TRUE), ('厂', TRUE), ('厂里', TRUE), ('受了伤', TRUE), ('受伤', TRUE),
    ('员工', TRUE), ('员工工资', TRUE), ('员工的工资', TRUE), ('商家', TRUE), ('失业保险', TRUE), ('失明', TRUE), ('孤儿', TRUE), ('孤寡', TRUE), ('孤寡老人', TRUE),
    ('学校', TRUE), ('尘肺', TRUE), ('就是不发', TRUE), ('工人', TRUE), ('工人工资', TRUE), ('工人的工资', TRUE), ('工伤', TRUE), ('工伤不赔', TRUE), ('工伤无人', TRUE),
    ('工伤未赔', TRUE), ('工伤认定', TRUE), ('工伤赔偿', TRUE), ('工伤险', TRUE), ('工友', TRUE), ('工地', TRUE), ('工程款不给', TRUE), ('工程款未付', TRUE),
    ('工资', TRUE), ('工资没发', TRUE), ('工资被拖欠', TRUE), ('工钱', TRUE), ('帮帮', TRUE), ('开除', TRUE), ('弃养', TRUE), ('弱势群体', TRUE), ('我父亲', TRUE),
    ('我爸', TRUE), ('打不起官司', TRUE), ('打工', TRUE), ('扣发', TRUE), ('扣发工资', TRUE), ('扣除', TRUE), ('抚养费', TRUE), ('护理费', TRUE), ('拒不赔偿工伤', TRUE),
    ('拒不赡养', TRUE), ('拒绝赡养', TRUE), ('拒赔', TRUE), ('拖欠', TRUE), ('拖欠工资', TRUE), ('拖欠我们工资', TRUE), ('拿不到', TRUE), ('推卸', TRUE), ('提成', TRUE),
    ('摔伤', TRUE), ('救救', TRUE), ('断交', TRUE), ('断缴', TRUE), ('施工队', TRUE), ('无人问津', TRUE), ('无依无靠', TRUE), ('无力起诉', TRUE), ('未交', TRUE),
    ('未付', TRUE), ('未付工程款', TRUE), ('未发', TRUE), ('未发工资', TRUE), ('未支付', TRUE), ('未签', TRUE), ('未结', TRUE), ('未缴', TRUE), ('未购买', TRUE),
    ('欠下', TRUE), ('欠发工资', TRUE), ('欠我', TRUE), ('欠着', TRUE), ('欠薪', TRUE), ('残疾', TRUE), ('残疾人', TRUE), ('民工', TRUE), ('民工工资', TRUE),
    ('民工的工资', TRUE), ('求助', TRUE), ('没交', TRUE), ('没付', TRUE), ('没到手', TRUE), ('没发', TRUE), ('没发工资', TRUE), ('没拿到', TRUE), ('没有为', TRUE),
    ('没有买', TRUE), ('没有交', TRUE), ('没有付', TRUE), ('没有发', TRUE), ('没有拿到', TRUE), ('没有支付', TRUE), ('没有签', TRUE), ('没有给', TRUE), ('没有缴', TRUE),
    ('没签', TRUE), ('没给', TRUE), ('没钱打官司', TRUE), ('独居老人', TRUE), ('班组', TRUE), ('生活费', TRUE), ('生活费不给', TRUE), ('用人', TRUE), ('留守', TRUE),
    ('瘫痪', TRUE), ('砸伤', TRUE), ('社会保险', TRUE), ('社保', TRUE), ('经济补偿', TRUE), ('结清', TRUE), ('维权', TRUE), ('老公', TRUE), ('老板', TRUE),
    ('老板不见了', TRUE), ('老板失联', TRUE), ('老板跑路', TRUE), ('聋哑', TRUE), ('职业病', TRUE), ('职工', TRUE), ('职工工资', TRUE), ('职工的工资', TRUE),
    ('致残', TRUE), ('薪水', TRUE), ('薪资', TRUE), ('补偿金', TRUE), ('补缴', TRUE), ('要不到', TRUE), ('要工资', TRUE), ('解除劳动', TRUE), ('解雇', TRUE),
    ('讨个说法', TRUE), ('讨回', TRUE), ('讨回公道', TRUE), ('讨回工资', TRUE), ('讨工资', TRUE), ('讨薪', TRUE), ('讨要', TRUE), ('讨要薪资', TRUE),
    ('讨要血汗钱', TRUE), ('请不起律师', TRUE), ('赔付', TRUE), ('赔偿', TRUE), ('走投无路', TRUE), ('辞退', TRUE), ('还欠', TRUE), ('违法解除', TRUE), ('迟迟', TRUE),
    ('追回', TRUE), ('追回工资', TRUE), ('追讨', TRUE), ('遗弃老人', TRUE),
    ('集团', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_claims"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_claims"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_claims" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('企业间工程款', 0, 12, -1), ('公司间工程款', 0, 12, -1), ('中介费', 0, 12, -1), ('已判决', 0, 12, -1), ('已执行', 0, 12, -1), ('执行完毕', 0, 12, -1),
    ('恶意讨薪', 0, 12, -1), ('社会抚养费', 1, 0, 1), ('社抚费', 1, 0, 1), ('独生子女', 1, 0, 1), ('二胎', 1, 0, 1), ('超生', 1, 0, 1), ('生育', 1, 0, 1),
    ('已经解决', 0, 20, 2), ('已解决', 0, 20, 2), ('已有顺畅', 0, 20, 2), ('已全部发放', 0, 20, 2), ('已经发放', 0, 20, 2),
    ('已付清', 0, 20, 2)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (1, '不付抚养'), (1, '不尽抚养'), (1, '抚养费'), (1, '生活费不给'), (2, '不发工资'), (2, '人工费'), (2, '克扣工资'), (2, '农民工工资'), (2, '加班费'), (2, '劳务费'),
    (2, '劳动报酬'), (2, '员工工资'), (2, '员工的工资'), (2, '工人工资'), (2, '工人的工资'), (2, '工资'), (2, '工资没发'), (2, '工资被拖欠'), (2, '工钱'), (2, '扣发工资'),
    (2, '拖欠工资'), (2, '拖欠我们工资'), (2, '提成'), (2, '未发工资'), (2, '欠发工资'), (2, '欠薪'), (2, '民工工资'), (2, '民工的工资'), (2, '没发工资'), (2, '生活费'),
    (2, '职工工资'), (2, '职工的工资'), (2, '薪水'), (2, '薪资'), (2, '要工资'), (2, '讨回工资'), (2, '讨工资'), (2, '讨薪'), (2, '讨要薪资'), (2, '讨要血汗钱'),
    (2, '追回工资')) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
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
      SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '没有|未发现|不存在|宣传|演练|咨询|禁止'
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
      '不存在'
    )
    THEN '不存在'
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
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
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
    ('拖欠工资', '拖欠工资', 30), ('拖欠我们工资', '拖欠工资', 30), ('欠薪', '拖欠工资', 30), ('欠发工资', '拖欠工资', 30), ('不发工资', '拖欠工资', 30), ('工资被拖欠', '拖欠工资', 30),
    ('克扣工资', '拖欠工资', 30), ('扣发工资', '拖欠工资', 30), ('没发工资', '拖欠工资', 30), ('未发工资', '拖欠工资', 30), ('工资没发', '拖欠工资', 30), ('讨薪', '讨薪', 30),
    ('讨要薪资', '讨薪', 30), ('讨要血汗钱', '讨薪', 30), ('追回工资', '讨薪', 30), ('讨回工资', '讨薪', 30), ('讨工资', '讨薪', 30), ('要工资', '讨薪', 30),
    ('农民工工资', '农民工工资', 30), ('民工工资', '农民工工资', 30), ('工人工资', '农民工工资', 30), ('员工工资', '农民工工资', 30), ('职工工资', '农民工工资', 30),
    ('工人的工资', '农民工工资', 30), ('员工的工资', '农民工工资', 30), ('民工的工资', '农民工工资', 30), ('职工的工资', '农民工工资', 30), ('拒不赡养', '拒不赡养', 30),
    ('不赡养', '拒不赡养', 30), ('拒绝赡养', '拒不赡养', 30), ('不给赡养费', '拒不赡养', 30), ('不尽赡养', '拒不赡养', 30), ('弃养', '拒不赡养', 30), ('遗弃老人', '拒不赡养', 30),
    ('抚养费', '抚养费', 30), ('生活费不给', '抚养费', 30), ('不付抚养', '抚养费', 30), ('不尽抚养', '抚养费', 30), ('无力起诉', '无力起诉', 30), ('不会打官司', '无力起诉', 30),
    ('没钱打官司', '无力起诉', 30), ('不知道怎么起诉', '无力起诉', 30), ('请不起律师', '无力起诉', 30), ('打不起官司', '无力起诉', 30), ('老板跑路', '老板跑路', 15),
    ('包工头跑路', '老板跑路', 15), ('老板失联', '老板跑路', 15), ('老板不见了', '老板跑路', 15), ('工程款未付', '工程款未付', 15), ('未付工程款', '工程款未付', 15),
    ('工程款不给', '工程款未付', 15), ('残疾人', '残疾人', 15), ('孤寡老人', '孤寡老人', 15), ('独居老人', '孤寡老人', 15), ('工伤未赔', '工伤未赔', 15), ('工伤不赔', '工伤未赔', 15),
    ('工伤赔偿', '工伤未赔', 15), ('拒不赔偿工伤', '工伤未赔', 15),
    ('工伤无人', '工伤未赔', 15)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('工资', '报酬'), ('薪水', '报酬'), ('薪资', '报酬'), ('工钱', '报酬'), ('劳务费', '报酬'), ('劳动报酬', '报酬'), ('加班费', '报酬'), ('提成', '报酬'), ('生活费', '报酬'),
    ('人工费', '报酬'), ('拖欠', '拖欠'), ('欠薪', '拖欠'), ('欠我', '拖欠'), ('欠着', '拖欠'), ('欠下', '拖欠'), ('还欠', '拖欠'), ('未付', '拖欠'), ('不付', '拖欠'),
    ('没付', '拖欠'), ('没有付', '拖欠'), ('未支付', '拖欠'), ('不支付', '拖欠'), ('没有支付', '拖欠'), ('不给', '拖欠'), ('没给', '拖欠'), ('没有给', '拖欠'), ('不发', '拖欠'),
    ('没发', '拖欠'), ('未发', '拖欠'), ('没有发', '拖欠'), ('没有拿到', '拖欠'), ('没拿到', '拖欠'), ('拿不到', '拖欠'), ('没到手', '拖欠'), ('要不到', '拖欠'), ('克扣', '拖欠'),
    ('扣除', '拖欠'), ('扣发', '拖欠'), ('停发', '拖欠'), ('不肯发', '拖欠'), ('迟迟', '拖欠'), ('讨要', '拖欠'), ('追讨', '拖欠'), ('讨回', '拖欠'), ('追回', '拖欠'),
    ('未结', '拖欠'), ('结清', '拖欠'), ('付清', '拖欠'), ('民工', '劳动者'), ('工人', '劳动者'), ('员工', '劳动者'), ('职工', '劳动者'), ('打工', '劳动者'), ('工地', '劳动者'),
    ('包工头', '劳动者'), ('劳务公司', '劳动者'), ('下岗', '劳动者'), ('临时工', '劳动者'), ('上班', '劳动者'), ('我爸', '劳动者'), ('我父亲', '劳动者'), ('老公', '劳动者'),
    ('工友', '劳动者'), ('班组', '劳动者'), ('施工队', '劳动者'), ('厂里', '劳动者'), ('务工', '劳动者'), ('工伤', '受伤'), ('受伤', '受伤'), ('砸伤', '受伤'), ('摔伤', '受伤'),
    ('受了伤', '受伤'), ('伤残', '受伤'), ('致残', '受伤'), ('职业病', '受伤'), ('尘肺', '受伤'), ('劳动能力鉴定', '受伤'), ('伤者', '受伤'), ('赔偿', '赔偿'), ('医药费', '赔偿'),
    ('医疗费', '赔偿'), ('护理费', '赔偿'), ('拒赔', '赔偿'), ('不赔', '赔偿'), ('不管', '赔偿'), ('不理', '赔偿'), ('推卸', '赔偿'), ('停工留薪', '赔偿'), ('无人问津', '赔偿'),
    ('赔付', '赔偿'), ('工伤认定', '赔偿'), ('就是不发', '赔偿'), ('不负责', '赔偿'), ('社保', '社保'), ('五险', '社保'), ('养老保险', '社保'), ('工伤险', '社保'), ('社会保险', '社保'),
    ('失业保险', '社保'), ('劳动合同', '社保'), ('经济补偿', '社保'), ('补偿金', '社保'), ('公司', '用人单位'), ('单位', '用人单位'), ('企业', '用人单位'), ('老板', '用人单位'),
    ('厂', '用人单位'), ('集团', '用人单位'), ('用人', '用人单位'), ('医院', '用人单位'), ('学校', '用人单位'), ('商家', '用人单位'), ('停缴', '不交'), ('不交', '不交'), ('不缴', '不交'),
    ('未缴', '不交'), ('没交', '不交'), ('没有交', '不交'), ('没有缴', '不交'), ('未交', '不交'), ('断交', '不交'), ('断缴', '不交'), ('不买', '不交'), ('未购买', '不交'),
    ('没有买', '不交'), ('没有为', '不交'), ('不签', '不交'), ('没签', '不交'), ('没有签', '不交'), ('未签', '不交'), ('辞退', '不交'), ('开除', '不交'), ('解除劳动', '不交'),
    ('解雇', '不交'), ('不给补偿', '不交'), ('违法解除', '不交'), ('拖欠', '不交'), ('补缴', '不交'), ('残疾', '弱者'), ('孤寡', '弱者'), ('孤儿', '弱者'), ('失明', '弱者'),
    ('聋哑', '弱者'), ('瘫痪', '弱者'), ('低保户', '弱者'), ('五保', '弱者'), ('弱势群体', '弱者'), ('留守', '弱者'), ('丧失劳动能力', '弱者'), ('维权', '求助'), ('求助', '求助'),
    ('帮帮', '求助'), ('走投无路', '求助'), ('无依无靠', '求助'), ('救救', '求助'), ('做主', '求助'), ('讨个说法', '求助'),
    ('讨回公道', '求助')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '拖欠报酬', 20, '报酬', 1), (1, '拖欠劳动者报酬', 30, '报酬', 2), (2, '工伤索赔难', 30, '受伤', 2), (3, '社保合同受侵害', 30, '社保', 2),
    (4, '弱者求助', 30, '弱者', 1)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '报酬', '拖欠', TRUE, 0, 18, 'any'), (1, '报酬', '拖欠', TRUE, 0, 40, 'any'), (1, '报酬', '劳动者', TRUE, 0, 40, 'any'),
    (2, '受伤', '赔偿', TRUE, 0, 60, 'any'), (2, '受伤', '劳动者', TRUE, 0, 60, 'any'), (3, '社保', '不交', TRUE, 0, 25, 'any'),
    (3, '社保', '用人单位', TRUE, 0, 25, 'any'),
    (4, '弱者', '求助', TRUE, 1, 0, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_claims"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_claims"
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

-- claims
CREATE TEMP TABLE "st_claims" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.caller_name", t."工单.phone", t."工单.kind", t."工单.title", t."工单.content", t."工单.region",
  t."工单.subject", t."工单.duplicate", t."工单.org__name", h.w AS "claims_words", h.n AS "claims_count", h.s AS "claims_score", t."工单._row",
  t._g, t._st
FROM "near_claims" AS t
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
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.region", "工单.subject",
  "工单.duplicate", "工单.org__name", "claims_words", "claims_count", "claims_score", "工单._row", _g, _st
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
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.region", "工单.subject",
  "工单.duplicate", "工单.org__name", "claims_words", "claims_count", "claims_score", "wages", "工单._row", _g, _st,
  COALESCE("工单.phone", "工单.caller_name", "工单.order_no") AS "caller"
FROM (
  SELECT
    "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.region", "工单.subject",
    "工单.duplicate", "工单.org__name", "claims_words", "claims_count", "claims_score", "工单._row", _g, _st, CONTAINS("claims_words", '工资')
    OR CONTAINS("claims_words", '讨薪')
    OR CONTAINS("claims_words", '报酬') AS "wages"
  FROM (
    SELECT
      "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.region", "工单.subject",
      "工单.duplicate", "工单.org__name", "claims_words", "claims_count", "claims_score", "工单._row", _g, _st
    FROM "st_recent"
  )
);

-- unpaid
CREATE TEMP TABLE "st_unpaid" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.region", "工单.subject",
  "工单.duplicate", "工单.org__name", "claims_words", "claims_count", "claims_score", "wages", "caller", "工单._row", _g, _st
FROM "st_kinds"
WHERE
  "wages" AND NOT (
    "工单.subject" IS NULL
  );

-- by_employer
CREATE TEMP TABLE "st_by_employer" AS
SELECT
  "工单.org__name", "people", "orders", "工单._rows", "_g", "_st"
FROM (
  SELECT
    "工单.org__name", COUNT(DISTINCT "caller") AS "people", COUNT(DISTINCT "工单.order_no") AS "orders",
    LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows", MAX(_g) AS _g, MAX(_st) AS _st
  FROM "st_unpaid"
  WHERE
    NOT "工单.org__name" IS NULL
  GROUP BY
    "工单.org__name"
);

-- 产出：claim
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.region", "工单.subject",
  "工单.duplicate", "工单.org__name", "claims_words", "claims_count", "claims_score", "wages", "caller", "工单._row", _g, _st,
  CAST("工单.order_no" AS TEXT) AS _subject
FROM "st_kinds"
WHERE
  TRUE;

-- 产出：employer
SELECT
  "工单.org__name", "people", "orders", "工单._rows", _g, _st, CAST("工单.org__name" AS TEXT) AS _subject
FROM "st_by_employer"
WHERE
  "people" >= 10;

-- 产出：employer
SELECT
  "工单.org__name", "people", "orders", "工单._rows", _g, _st, CAST("工单.org__name" AS TEXT) AS _subject
FROM "st_by_employer"
WHERE
  "people" >= 5 AND "people" < 10;
