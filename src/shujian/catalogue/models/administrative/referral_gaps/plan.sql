-- 行刑衔接监督（referral_gaps）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   referral.act_months = 24
--   referral.decide_days = 3
--   referral.extended_days = 30
--   referral.guide_from = 2024-11-26
--   referral.look_back_months = 60
--   referral.refer_days = 30
--   referral.register_days = 2
--   referral.reply_months = 2
--   referral.review_days = 10
--   referral.send_days = 3
--   referral.serve_days = 10
-- 用到节假日表

-- 数据：平台
SELECT
  "case_no" AS "平台.case_no", "agency" AS "平台.agency", "filed_case_on" AS "平台.filed_case_on", "cause" AS "平台.cause", "fact" AS "平台.fact",
  "amount" AS "平台.amount", "goods" AS "平台.goods", "penalty_no" AS "平台.penalty_no", "penalty_on" AS "平台.penalty_on", "fine" AS "平台.fine",
  "suspected_crime" AS "平台.suspected_crime", "referral_no" AS "平台.referral_no", "referred_on" AS "平台.referred_on",
  "received_at" AS "平台.received_at", "receipt_no" AS "平台.receipt_no", "conclusion" AS "平台.conclusion", "concluded_on" AS "平台.concluded_on",
  "result" AS "平台.result", "opinion_no" AS "平台.opinion_no", "opinion_on" AS "平台.opinion_on", "replied_on" AS "平台.replied_on",
  "reply_result" AS "平台.reply_result", "penalty_on__from" AS "平台.penalty_on__from", "referred_on__from" AS "平台.referred_on__from",
  "received_at__from" AS "平台.received_at__from", "received_at__to" AS "平台.received_at__to", "concluded_on__from" AS "平台.concluded_on__from",
  "concluded_on__to" AS "平台.concluded_on__to", "replied_on__from" AS "平台.replied_on__from", _row AS "平台._row", 0 AS _g, 0 AS _st
FROM referral_case;

-- 数据：移送
SELECT
  "case_no" AS "移送.case_no", "penalty_no" AS "移送.penalty_no", "referral_no" AS "移送.referral_no", "referred_on" AS "移送.referred_on",
  "received_at" AS "移送.received_at", "org__uscc" AS "移送.org__uscc", "org__name" AS "移送.org__name", "org__core" AS "移送.org__core",
  "org__tax" AS "移送.org__tax", "org__former" AS "移送.org__former", "org__parent" AS "移送.org__parent",
  "referred_on__from" AS "移送.referred_on__from", "referred_on__to" AS "移送.referred_on__to", _row AS "移送._row", 0 AS _g, 0 AS _st
FROM referral_case;

-- 数据：公示
SELECT
  "doc_no" AS "公示.doc_no", "violation_type" AS "公示.violation_type", "fact" AS "公示.fact", "decided_on" AS "公示.decided_on",
  "agency" AS "公示.agency", "org__uscc" AS "公示.org__uscc", "org__name" AS "公示.org__name", "org__core" AS "公示.org__core",
  "org__tax" AS "公示.org__tax", "org__former" AS "公示.org__former", "org__parent" AS "公示.org__parent", _row AS "公示._row", 0 AS _g, 0 AS _st
FROM public_penalty;

-- 数据：不诉
SELECT
  "case_no" AS "不诉.case_no", "kind" AS "不诉.kind", "outcome" AS "不诉.outcome", "decided_on" AS "不诉.decided_on",
  "person__id" AS "不诉.person__id", "person__name" AS "不诉.person__name", "person__mask" AS "不诉.person__mask",
  "person__birth" AS "不诉.person__birth", "person__sex" AS "不诉.person__sex", "person__area" AS "不诉.person__area",
  "decided_on__from" AS "不诉.decided_on__from", "decided_on__to" AS "不诉.decided_on__to", _row AS "不诉._row", 0 AS _g, 0 AS _st
FROM procuratorate_case;

-- 数据：反向
SELECT
  "case_no" AS "反向.case_no", "accepted_on" AS "反向.accepted_on", "kind" AS "反向.kind", "due_on" AS "反向.due_on", "stage" AS "反向.stage",
  "outcome" AS "反向.outcome", "decided_on" AS "反向.decided_on", "person__id" AS "反向.person__id", "person__name" AS "反向.person__name",
  "person__mask" AS "反向.person__mask", "person__birth" AS "反向.person__birth", "person__sex" AS "反向.person__sex",
  "person__area" AS "反向.person__area", "accepted_on__from" AS "反向.accepted_on__from", "accepted_on__to" AS "反向.accepted_on__to",
  "decided_on__from" AS "反向.decided_on__from", "decided_on__to" AS "反向.decided_on__to", _row AS "反向._row", 0 AS _g, 0 AS _st
FROM procuratorate_case;

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no", "accepted_at" AS "工单.accepted_at", "kind" AS "工单.kind", "content" AS "工单.content",
  "duplicate" AS "工单.duplicate", _row AS "工单._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- read
CREATE TEMP TABLE "st_read" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "平台._row", _g, _st,
  NOT (
    "平台.penalty_on" IS NULL
  )
  OR NOT (
    "平台.penalty_on__from" IS NULL
  )
  OR NOT (
    "平台.penalty_no" IS NULL
  )
  OR NOT (
    "平台.fine" IS NULL
  ) AS "fined"
FROM (
  SELECT
    "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
    "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
    "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
    "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
    "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "平台._row", _g, _st,
    NOT (
      "平台.referred_on" IS NULL
    )
    OR NOT (
      "平台.referred_on__from" IS NULL
    )
    OR NOT (
      "平台.referral_no" IS NULL
    )
    OR NOT (
      "平台.received_at" IS NULL
    )
    OR NOT (
      "平台.receipt_no" IS NULL
    )
    OR NOT (
      "平台.conclusion" IS NULL
    )
    OR NOT (
      "平台.result" IS NULL
    ) AS "sent"
  FROM (
    SELECT
      "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
      "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
      "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
      "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
      "平台.replied_on__from", "about", "handled_on", "act_from", "平台._row", _g, _st,
      COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "seen"
    FROM (
      SELECT
        "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
        "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
        "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
        "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
        "平台.replied_on__from", "about", "handled_on", "平台._row", _g, _st,
        CAST(COALESCE("平台.filed_case_on", "平台.penalty_on") - INTERVAL (
          24
        ) MONTH AS DATE) AS "act_from"
      FROM (
        SELECT
          "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
          "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
          "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
          "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
          "平台.replied_on__from", "about", "平台._row", _g, _st, COALESCE("平台.penalty_on", "平台.filed_case_on") AS "handled_on"
        FROM (
          SELECT
            "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
            "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
            "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
            "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
            "平台.replied_on__from", "平台._row", _g, _st,
            (
              COALESCE("平台.cause", '') || '，' || COALESCE("平台.fact", '') || '，' || COALESCE("平台.goods", '')
            ) AS "about"
          FROM (
            SELECT
              "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no",
              "平台.penalty_on", "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no",
              "平台.conclusion", "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result",
              "平台.penalty_on__from", "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from",
              "平台.concluded_on__to", "平台.replied_on__from", "平台._row", _g, _st
            FROM "src_平台"
          )
        )
      )
    )
  )
);

-- weighed
CREATE TEMP TABLE "st_weighed" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st
FROM "st_read";

-- unsent
CREATE TEMP TABLE "st_unsent" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached", "figure", "limit",
  "平台._row", _g, _st
FROM "st_weighed"
WHERE
  NOT (
    "sent"
  )
  AND "handled_on" < "seen" - CAST((
    30
  ) AS INT)
  AND "handled_on" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    60
  ) MONTH AS DATE);

-- criminal
CREATE TEMP TABLE "st_criminal" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached", "figure", "limit",
  "平台._row", _g, _st
FROM "st_unsent"
WHERE
  "reached" = '达到' OR "平台.suspected_crime" = '是';

-- doubtful
CREATE TEMP TABLE "st_doubtful" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached", "figure", "limit",
  "平台._row", _g, _st
FROM "st_unsent"
WHERE
  "reached" = '可能' AND COALESCE("平台.suspected_crime", '否') <> '是';

-- shown
CREATE TEMP TABLE "st_shown" AS
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "公示._row", _g, _st,
  COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "shown_seen"
FROM (
  SELECT
    "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core",
    "公示.org__tax", "公示.org__former", "公示.org__parent", "shown_about", "公示._row", _g, _st,
    CAST("公示.decided_on" - INTERVAL (
      24
    ) MONTH AS DATE) AS "shown_from"
  FROM (
    SELECT
      "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core",
      "公示.org__tax", "公示.org__former", "公示.org__parent", "公示._row", _g, _st,
      (
        COALESCE("公示.violation_type", '') || '，' || COALESCE("公示.fact", '')
      ) AS "shown_about"
    FROM (
      SELECT
        "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core",
        "公示.org__tax", "公示.org__former", "公示.org__parent", "公示._row", _g, _st
      FROM "src_公示"
    )
  )
);

-- shown_weighed
CREATE TEMP TABLE "st_shown_weighed" AS
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "公示._row", _g, _st
FROM "st_shown";

-- shown_criminal
CREATE TEMP TABLE "st_shown_criminal" AS
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "shown_charge", "shown_standard", "shown_reached",
  "shown_figure", "shown_limit", "公示._row", _g, _st
FROM "st_shown_weighed"
WHERE
  "shown_reached" <> '未达到'
  AND "公示.decided_on" < "shown_seen" - CAST((
    30
  ) AS INT)
  AND "公示.decided_on" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    60
  ) MONTH AS DATE);

-- transferred
CREATE TEMP TABLE "st_transferred" AS
SELECT
  "移送.case_no", "移送.penalty_no", "移送.referral_no", "移送.referred_on", "移送.received_at", "移送.org__uscc", "移送.org__name", "移送.org__core",
  "移送.org__tax", "移送.org__former", "移送.org__parent", "移送.referred_on__from", "移送.referred_on__to", "移送._row", _g, _st
FROM "src_移送"
WHERE
  NOT (
    "移送.referred_on" IS NULL
  )
  OR NOT (
    "移送.referred_on__from" IS NULL
  )
  OR NOT (
    "移送.referral_no" IS NULL
  )
  OR NOT (
    "移送.received_at" IS NULL
  );

-- by_document
CREATE TEMP TABLE "st_by_document" AS
SELECT
  l."公示.doc_no", l."公示.violation_type", l."公示.fact", l."公示.decided_on", l."公示.agency", l."公示.org__uscc", l."公示.org__name", l."公示.org__core",
  l."公示.org__tax", l."公示.org__former", l."公示.org__parent", l."shown_about", l."shown_from", l."shown_seen", l."shown_charge",
  l."shown_standard", l."shown_reached", l."shown_figure", l."shown_limit",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "by_document_state", _from AS "by_document_from",
  _to AS "by_document_to", l."公示._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_shown_criminal"
  ), _r AS (
    SELECT
      *
    FROM "st_transferred"
  ), seen AS (
    SELECT
      "公示._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          l."公示._row", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."公示.doc_no" = r."移送.penalty_no"
      ) AS p
    )
    GROUP BY
      "公示._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        NOT l."公示.doc_no" IS NULL
        AND (
          "shown_from"
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              "shown_from"
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
    END AS _a, "shown_from" AS _from, CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."公示._row" = s."公示._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- by_firm
CREATE TEMP TABLE "weak_by_firm" AS
WITH pairs AS MATERIALIZED (
  SELECT
    l."公示._row", r."移送._row", l."公示.org__core" AS _name, 2 AS _m
  FROM "st_by_document" AS l
  JOIN "st_transferred" AS r
    ON l."公示.org__name" = r."移送.org__name"
    AND l."公示.org__uscc" IS NULL
    AND NOT COALESCE(l."公示.org__tax" = r."移送.org__tax", FALSE)
  UNION ALL
  SELECT
    l."公示._row", r."移送._row", l."公示.org__core" AS _name, 4 AS _m
  FROM "st_by_document" AS l
  JOIN "st_transferred" AS r
    ON l."公示.org__core" = r."移送.org__core"
    AND l."公示.org__uscc" IS NULL
    AND NOT COALESCE(l."公示.org__name" = r."移送.org__name", FALSE)
    AND NOT COALESCE(l."公示.org__tax" = r."移送.org__tax", FALSE)
  UNION ALL
  SELECT
    l."公示._row", r."移送._row", l."公示.org__core" AS _name, 2 AS _m
  FROM "st_by_document" AS l
  JOIN "st_transferred" AS r
    ON l."公示.org__name" = r."移送.org__name"
    AND NOT l."公示.org__uscc" IS NULL
    AND r."移送.org__uscc" IS NULL
    AND NOT COALESCE(l."公示.org__tax" = r."移送.org__tax", FALSE)
  UNION ALL
  SELECT
    l."公示._row", r."移送._row", l."公示.org__core" AS _name, 4 AS _m
  FROM "st_by_document" AS l
  JOIN "st_transferred" AS r
    ON l."公示.org__core" = r."移送.org__core"
    AND NOT l."公示.org__uscc" IS NULL
    AND r."移送.org__uscc" IS NULL
    AND NOT COALESCE(l."公示.org__name" = r."移送.org__name", FALSE)
    AND NOT COALESCE(l."公示.org__tax" = r."移送.org__tax", FALSE)
  UNION ALL
  SELECT
    l."公示._row", r."移送._row", l."公示.org__core" AS _name, 4 AS _m
  FROM "st_by_document" AS l
  JOIN "st_transferred" AS r
    ON l."公示.org__former" = r."移送.org__core"
    AND (
      l."公示.org__uscc" IS NULL OR r."移送.org__uscc" IS NULL
    )
    AND NOT COALESCE(l."公示.org__core" = r."移送.org__core", FALSE)
    AND NOT COALESCE(l."公示.org__name" = r."移送.org__name", FALSE)
    AND NOT COALESCE(l."公示.org__tax" = r."移送.org__tax", FALSE)
  UNION ALL
  SELECT
    l."公示._row", r."移送._row", l."公示.org__core" AS _name, 4 AS _m
  FROM "st_by_document" AS l
  JOIN "st_transferred" AS r
    ON l."公示.org__core" = r."移送.org__former"
    AND (
      l."公示.org__uscc" IS NULL OR r."移送.org__uscc" IS NULL
    )
    AND NOT COALESCE(l."公示.org__core" = r."移送.org__core", FALSE)
    AND NOT COALESCE(l."公示.org__name" = r."移送.org__name", FALSE)
    AND NOT COALESCE(l."公示.org__tax" = r."移送.org__tax", FALSE)
    AND NOT COALESCE(l."公示.org__former" = r."移送.org__core", FALSE)
  UNION ALL
  SELECT
    l."公示._row", r."移送._row", l."公示.org__core" AS _name, 4 AS _m
  FROM "st_by_document" AS l
  JOIN "st_transferred" AS r
    ON l."公示.org__former" = r."移送.org__former"
    AND (
      l."公示.org__uscc" IS NULL OR r."移送.org__uscc" IS NULL
    )
    AND NOT COALESCE(l."公示.org__core" = r."移送.org__core", FALSE)
    AND NOT COALESCE(l."公示.org__name" = r."移送.org__name", FALSE)
    AND NOT COALESCE(l."公示.org__tax" = r."移送.org__tax", FALSE)
    AND NOT COALESCE(l."公示.org__former" = r."移送.org__core", FALSE)
    AND NOT COALESCE(l."公示.org__core" = r."移送.org__former", FALSE)
), common AS (
  SELECT
    "公示.org__core" AS n
  FROM "src_公示"
  WHERE
    "公示.org__core" IN (
      SELECT
        _name
      FROM pairs
      WHERE
        _m = 4
    )
  GROUP BY
    1
  HAVING
    COUNT(DISTINCT COALESCE("公示.org__uscc", "公示._row")) > 5
  UNION
  SELECT
    "移送.org__core" AS n
  FROM "src_移送"
  WHERE
    "移送.org__core" IN (
      SELECT
        _name
      FROM pairs
      WHERE
        _m = 4
    )
  GROUP BY
    1
  HAVING
    COUNT(DISTINCT COALESCE("移送.org__uscc", "移送._row")) > 5
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

-- by_firm
CREATE TEMP TABLE "pairs_by_firm" AS
SELECT
  l."公示.doc_no", l."公示.violation_type", l."公示.fact", l."公示.decided_on", l."公示.agency", l."公示.org__uscc", l."公示.org__name", l."公示.org__core",
  l."公示.org__tax", l."公示.org__former", l."公示.org__parent", l."shown_about", l."shown_from", l."shown_seen", l."shown_charge",
  l."shown_standard", l."shown_reached", l."shown_figure", l."shown_limit", l."by_document_state", l."by_document_from", l."by_document_to",
  l."公示._row", r."移送.case_no", r."移送.penalty_no", r."移送.referral_no", r."移送.referred_on", r."移送.received_at", r."移送.org__uscc",
  r."移送.org__name", r."移送.org__core", r."移送.org__tax", r."移送.org__former", r."移送.org__parent", r."移送.referred_on__from",
  r."移送.referred_on__to", r."移送._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
  CASE
    WHEN (
      l."公示.org__core" = r."移送.org__core"
      OR ARRAY_CONTAINS(
        LIST_TRANSFORM(
          RANGE(0, GREATEST(LENGTH(l."公示.org__core"), LENGTH(r."移送.org__core"))),
          LAMBDA i : LEFT(l."公示.org__core", i) = LEFT(r."移送.org__core", i)
          AND (
            SUBSTRING(l."公示.org__core", i + 2) = SUBSTRING(r."移送.org__core", i + 2)
            AND LENGTH(l."公示.org__core") = LENGTH(r."移送.org__core")
            OR SUBSTRING(l."公示.org__core", i + 2) = SUBSTRING(r."移送.org__core", i + 1)
            OR SUBSTRING(l."公示.org__core", i + 1) = SUBSTRING(r."移送.org__core", i + 2)
          )
        ),
        TRUE
      )
    )
    THEN 0
    ELSE 1
  END AS _m
FROM "st_by_document" AS l
JOIN "st_transferred" AS r
  ON l."公示.org__uscc" = r."移送.org__uscc"
UNION ALL
SELECT
  l."公示.doc_no", l."公示.violation_type", l."公示.fact", l."公示.decided_on", l."公示.agency", l."公示.org__uscc", l."公示.org__name", l."公示.org__core",
  l."公示.org__tax", l."公示.org__former", l."公示.org__parent", l."shown_about", l."shown_from", l."shown_seen", l."shown_charge",
  l."shown_standard", l."shown_reached", l."shown_figure", l."shown_limit", l."by_document_state", l."by_document_from", l."by_document_to",
  l."公示._row", r."移送.case_no", r."移送.penalty_no", r."移送.referral_no", r."移送.referred_on", r."移送.received_at", r."移送.org__uscc",
  r."移送.org__name", r."移送.org__core", r."移送.org__tax", r."移送.org__former", r."移送.org__parent", r."移送.referred_on__from",
  r."移送.referred_on__to", r."移送._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
  CASE
    WHEN (
      l."公示.org__core" = r."移送.org__core"
      OR ARRAY_CONTAINS(
        LIST_TRANSFORM(
          RANGE(0, GREATEST(LENGTH(l."公示.org__core"), LENGTH(r."移送.org__core"))),
          LAMBDA i : LEFT(l."公示.org__core", i) = LEFT(r."移送.org__core", i)
          AND (
            SUBSTRING(l."公示.org__core", i + 2) = SUBSTRING(r."移送.org__core", i + 2)
            AND LENGTH(l."公示.org__core") = LENGTH(r."移送.org__core")
            OR SUBSTRING(l."公示.org__core", i + 2) = SUBSTRING(r."移送.org__core", i + 1)
            OR SUBSTRING(l."公示.org__core", i + 1) = SUBSTRING(r."移送.org__core", i + 2)
          )
        ),
        TRUE
      )
    )
    THEN 0
    ELSE 1
  END AS _m
FROM "st_by_document" AS l
JOIN "st_transferred" AS r
  ON l."公示.org__tax" = r."移送.org__tax"
  AND (
    l."公示.org__uscc" IS NULL OR r."移送.org__uscc" IS NULL
  )
UNION ALL
SELECT
  l."公示.doc_no", l."公示.violation_type", l."公示.fact", l."公示.decided_on", l."公示.agency", l."公示.org__uscc", l."公示.org__name", l."公示.org__core",
  l."公示.org__tax", l."公示.org__former", l."公示.org__parent", l."shown_about", l."shown_from", l."shown_seen", l."shown_charge",
  l."shown_standard", l."shown_reached", l."shown_figure", l."shown_limit", l."by_document_state", l."by_document_from", l."by_document_to",
  l."公示._row", r."移送.case_no", r."移送.penalty_no", r."移送.referral_no", r."移送.referred_on", r."移送.received_at", r."移送.org__uscc",
  r."移送.org__name", r."移送.org__core", r."移送.org__tax", r."移送.org__former", r."移送.org__parent", r."移送.referred_on__from",
  r."移送.referred_on__to", r."移送._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st, w._m
FROM (
  SELECT
    *
  FROM "weak_by_firm"
  WHERE
    _m <> 4
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "weak_by_firm"
    WHERE
      _m = 4 AND NOT (
        _within OR _spread
      )
    ORDER BY
      "公示._row", "移送._row"
    LIMIT 200
  )
) AS w
JOIN "st_by_document" AS l
  ON w."公示._row" = l."公示._row"
JOIN "st_transferred" AS r
  ON w."移送._row" = r."移送._row";

-- by_firm
CREATE TEMP TABLE "st_by_firm" AS
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "shown_charge", "shown_standard", "shown_reached",
  "shown_figure", "shown_limit", "by_document_state", "by_document_from", "by_document_to", "移送.case_no", "移送.penalty_no", "移送.referral_no",
  "移送.referred_on", "移送.received_at", "移送.org__uscc", "移送.org__name", "移送.org__core", "移送.org__tax", "移送.org__former", "移送.org__parent",
  "移送.referred_on__from", "移送.referred_on__to",
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
  END AS "by_firm_grade", "公示._row", "移送._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_by_firm" AS p
WHERE
  COALESCE("移送.referred_on", "移送.referred_on__to", CAST('2026-06-30' AS DATE)) >= "shown_from"
UNION ALL
SELECT
  l."公示.doc_no", l."公示.violation_type", l."公示.fact", l."公示.decided_on", l."公示.agency", l."公示.org__uscc", l."公示.org__name", l."公示.org__core",
  l."公示.org__tax", l."公示.org__former", l."公示.org__parent", l."shown_about", l."shown_from", l."shown_seen", l."shown_charge",
  l."shown_standard", l."shown_reached", l."shown_figure", l."shown_limit", l."by_document_state", l."by_document_from", l."by_document_to",
  NULL AS "移送.case_no", NULL AS "移送.penalty_no", NULL AS "移送.referral_no", NULL AS "移送.referred_on", NULL AS "移送.received_at",
  NULL AS "移送.org__uscc", NULL AS "移送.org__name", NULL AS "移送.org__core", NULL AS "移送.org__tax", NULL AS "移送.org__former",
  NULL AS "移送.org__parent", NULL AS "移送.referred_on__from", NULL AS "移送.referred_on__to", NULL AS "by_firm_grade", l."公示._row",
  NULL AS "移送._row", l._g, l._st
FROM "st_by_document" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_by_firm" AS p
    WHERE
      p."公示._row" IS NOT DISTINCT FROM l."公示._row"
      AND (
        COALESCE("移送.referred_on", "移送.referred_on__to", CAST('2026-06-30' AS DATE)) >= "shown_from"
      )
  );

-- known
CREATE TEMP TABLE "pairs_known" AS
SELECT
  l."公示.doc_no", l."公示.violation_type", l."公示.fact", l."公示.decided_on", l."公示.agency", l."公示.org__uscc", l."公示.org__name", l."公示.org__core",
  l."公示.org__tax", l."公示.org__former", l."公示.org__parent", l."shown_about", l."shown_from", l."shown_seen", l."shown_charge",
  l."shown_standard", l."shown_reached", l."shown_figure", l."shown_limit", l."by_document_state", l."by_document_from", l."by_document_to",
  l."移送.case_no", l."移送.penalty_no", l."移送.referral_no", l."移送.referred_on", l."移送.received_at", l."移送.org__uscc", l."移送.org__name",
  l."移送.org__core", l."移送.org__tax", l."移送.org__former", l."移送.org__parent", l."移送.referred_on__from", l."移送.referred_on__to",
  l."by_firm_grade", l."公示._row", l."移送._row", r."平台.case_no", r."平台.agency", r."平台.filed_case_on", r."平台.cause", r."平台.fact",
  r."平台.amount", r."平台.goods", r."平台.penalty_no", r."平台.penalty_on", r."平台.fine", r."平台.suspected_crime", r."平台.referral_no",
  r."平台.referred_on", r."平台.received_at", r."平台.receipt_no", r."平台.conclusion", r."平台.concluded_on", r."平台.result", r."平台.opinion_no",
  r."平台.opinion_on", r."平台.replied_on", r."平台.reply_result", r."平台.penalty_on__from", r."平台.referred_on__from", r."平台.received_at__from",
  r."平台.received_at__to", r."平台.concluded_on__from", r."平台.concluded_on__to", r."平台.replied_on__from", r."about", r."handled_on",
  r."act_from", r."seen", r."sent", r."fined", r."charge", r."standard", r."reached", r."figure", r."limit", r."平台._row",
  GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st, 0 AS _m
FROM "st_by_firm" AS l
JOIN "st_criminal" AS r
  ON l."公示.doc_no" = r."平台.penalty_no";

-- known
CREATE TEMP TABLE "st_known" AS
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "shown_charge", "shown_standard", "shown_reached",
  "shown_figure", "shown_limit", "by_document_state", "by_document_from", "by_document_to", "移送.case_no", "移送.penalty_no", "移送.referral_no",
  "移送.referred_on", "移送.received_at", "移送.org__uscc", "移送.org__name", "移送.org__core", "移送.org__tax", "移送.org__former", "移送.org__parent",
  "移送.referred_on__from", "移送.referred_on__to", "by_firm_grade", "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact",
  "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on", "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on",
  "平台.received_at", "平台.receipt_no", "平台.conclusion", "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on",
  "平台.reply_result", "平台.penalty_on__from", "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from",
  "平台.concluded_on__to", "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached",
  "figure", "limit",
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
  END AS "known_grade", "公示._row", "移送._row", "平台._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_known" AS p
WHERE
  TRUE
UNION ALL
SELECT
  l."公示.doc_no", l."公示.violation_type", l."公示.fact", l."公示.decided_on", l."公示.agency", l."公示.org__uscc", l."公示.org__name", l."公示.org__core",
  l."公示.org__tax", l."公示.org__former", l."公示.org__parent", l."shown_about", l."shown_from", l."shown_seen", l."shown_charge",
  l."shown_standard", l."shown_reached", l."shown_figure", l."shown_limit", l."by_document_state", l."by_document_from", l."by_document_to",
  l."移送.case_no", l."移送.penalty_no", l."移送.referral_no", l."移送.referred_on", l."移送.received_at", l."移送.org__uscc", l."移送.org__name",
  l."移送.org__core", l."移送.org__tax", l."移送.org__former", l."移送.org__parent", l."移送.referred_on__from", l."移送.referred_on__to",
  l."by_firm_grade", NULL AS "平台.case_no", NULL AS "平台.agency", NULL AS "平台.filed_case_on", NULL AS "平台.cause", NULL AS "平台.fact",
  NULL AS "平台.amount", NULL AS "平台.goods", NULL AS "平台.penalty_no", NULL AS "平台.penalty_on", NULL AS "平台.fine",
  NULL AS "平台.suspected_crime", NULL AS "平台.referral_no", NULL AS "平台.referred_on", NULL AS "平台.received_at", NULL AS "平台.receipt_no",
  NULL AS "平台.conclusion", NULL AS "平台.concluded_on", NULL AS "平台.result", NULL AS "平台.opinion_no", NULL AS "平台.opinion_on",
  NULL AS "平台.replied_on", NULL AS "平台.reply_result", NULL AS "平台.penalty_on__from", NULL AS "平台.referred_on__from",
  NULL AS "平台.received_at__from", NULL AS "平台.received_at__to", NULL AS "平台.concluded_on__from", NULL AS "平台.concluded_on__to",
  NULL AS "平台.replied_on__from", NULL AS "about", NULL AS "handled_on", NULL AS "act_from", NULL AS "seen", NULL AS "sent", NULL AS "fined",
  NULL AS "charge", NULL AS "standard", NULL AS "reached", NULL AS "figure", NULL AS "limit", NULL AS "known_grade", l."公示._row",
  l."移送._row", NULL AS "平台._row", l._g, l._st
FROM "st_by_firm" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_known" AS p
    WHERE
      p."公示._row" IS NOT DISTINCT FROM l."公示._row"
      AND p."移送._row" IS NOT DISTINCT FROM l."移送._row"
      AND (
        TRUE
      )
  );

-- published
CREATE TEMP TABLE "st_published" AS
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "shown_charge", "shown_standard", "shown_reached",
  "shown_figure", "shown_limit", "by_document_state", "by_document_from", "by_document_to", "移送.case_no", "移送.penalty_no", "移送.referral_no",
  "移送.referred_on", "移送.received_at", "移送.org__uscc", "移送.org__name", "移送.org__core", "移送.org__tax", "移送.org__former", "移送.org__parent",
  "移送.referred_on__from", "移送.referred_on__to", "by_firm_grade", "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact",
  "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on", "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on",
  "平台.received_at", "平台.receipt_no", "平台.conclusion", "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on",
  "平台.reply_result", "平台.penalty_on__from", "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from",
  "平台.concluded_on__to", "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached",
  "figure", "limit", "known_grade", "公示._row", "移送._row", "平台._row", _g, _st
FROM "st_known"
WHERE
  "平台.case_no" IS NULL;

-- open
CREATE TEMP TABLE "st_open" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st
FROM "st_read"
WHERE
  (
    NOT (
      "平台.received_at" IS NULL
    ) OR NOT (
      "平台.receipt_no" IS NULL
    )
  )
  AND "平台.conclusion" IS NULL
  AND "平台.result" IS NULL;

-- undecided
CREATE TEMP TABLE "during_roll_undecided" AS
WITH c AS MATERIALIZED (
  SELECT
    d, 0 AS run,
    (
      NOT DAYOFWEEK(d) IN (0, 6)
      AND NOT d IN (
        CAST('2023-01-02' AS DATE), CAST('2023-01-23' AS DATE), CAST('2023-01-24' AS DATE), CAST('2023-01-25' AS DATE),
        CAST('2023-01-26' AS DATE), CAST('2023-01-27' AS DATE), CAST('2023-04-05' AS DATE), CAST('2023-05-01' AS DATE),
        CAST('2023-05-02' AS DATE), CAST('2023-05-03' AS DATE), CAST('2023-06-22' AS DATE), CAST('2023-06-23' AS DATE),
        CAST('2023-09-29' AS DATE), CAST('2023-10-02' AS DATE), CAST('2023-10-03' AS DATE), CAST('2023-10-04' AS DATE),
        CAST('2023-10-05' AS DATE), CAST('2023-10-06' AS DATE), CAST('2024-01-01' AS DATE), CAST('2024-02-12' AS DATE),
        CAST('2024-02-13' AS DATE), CAST('2024-02-14' AS DATE), CAST('2024-02-15' AS DATE), CAST('2024-02-16' AS DATE),
        CAST('2024-04-04' AS DATE), CAST('2024-04-05' AS DATE), CAST('2024-05-01' AS DATE), CAST('2024-05-02' AS DATE),
        CAST('2024-05-03' AS DATE), CAST('2024-06-10' AS DATE), CAST('2024-09-16' AS DATE), CAST('2024-09-17' AS DATE),
        CAST('2024-10-01' AS DATE), CAST('2024-10-02' AS DATE), CAST('2024-10-03' AS DATE), CAST('2024-10-04' AS DATE),
        CAST('2024-10-07' AS DATE), CAST('2025-01-01' AS DATE), CAST('2025-01-28' AS DATE), CAST('2025-01-29' AS DATE),
        CAST('2025-01-30' AS DATE), CAST('2025-01-31' AS DATE), CAST('2025-02-03' AS DATE), CAST('2025-02-04' AS DATE),
        CAST('2025-04-04' AS DATE), CAST('2025-05-01' AS DATE), CAST('2025-05-02' AS DATE), CAST('2025-05-05' AS DATE),
        CAST('2025-06-02' AS DATE), CAST('2025-10-01' AS DATE), CAST('2025-10-02' AS DATE), CAST('2025-10-03' AS DATE),
        CAST('2025-10-06' AS DATE), CAST('2025-10-07' AS DATE), CAST('2025-10-08' AS DATE), CAST('2026-01-01' AS DATE),
        CAST('2026-01-02' AS DATE), CAST('2026-02-16' AS DATE), CAST('2026-02-17' AS DATE), CAST('2026-02-18' AS DATE),
        CAST('2026-02-19' AS DATE), CAST('2026-02-20' AS DATE), CAST('2026-02-23' AS DATE), CAST('2026-04-06' AS DATE),
        CAST('2026-05-01' AS DATE), CAST('2026-05-04' AS DATE), CAST('2026-05-05' AS DATE), CAST('2026-06-19' AS DATE),
        CAST('2026-09-25' AS DATE), CAST('2026-10-01' AS DATE), CAST('2026-10-02' AS DATE), CAST('2026-10-05' AS DATE),
        CAST('2026-10-06' AS DATE), CAST('2026-10-07' AS DATE)
      )
    )
    OR d IN (
      CAST('2023-01-28' AS DATE), CAST('2023-01-29' AS DATE), CAST('2023-04-23' AS DATE), CAST('2023-05-06' AS DATE),
      CAST('2023-06-25' AS DATE), CAST('2023-10-07' AS DATE), CAST('2023-10-08' AS DATE), CAST('2024-02-04' AS DATE),
      CAST('2024-02-18' AS DATE), CAST('2024-04-07' AS DATE), CAST('2024-04-28' AS DATE), CAST('2024-05-11' AS DATE),
      CAST('2024-09-14' AS DATE), CAST('2024-09-29' AS DATE), CAST('2024-10-12' AS DATE), CAST('2025-01-26' AS DATE),
      CAST('2025-02-08' AS DATE), CAST('2025-04-27' AS DATE), CAST('2025-09-28' AS DATE), CAST('2025-10-11' AS DATE),
      CAST('2026-01-04' AS DATE), CAST('2026-02-14' AS DATE), CAST('2026-02-28' AS DATE), CAST('2026-05-09' AS DATE),
      CAST('2026-09-20' AS DATE), CAST('2026-10-10' AS DATE)
    ) AS w
  FROM (
    SELECT
      CAST(x AS DATE) AS d
    FROM (
      SELECT
        UNNEST(RANGE(CAST('2023-01-01' AS DATE), CAST('2027-01-01' AS DATE), INTERVAL '1' DAY)) AS x
    ) AS t
  ) AS t
)
SELECT
  d, MIN(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due
FROM c;

-- undecided
CREATE TEMP TABLE "st_undecided" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "undecided_due", "undecided_days", "平台._row", "_g",
  "_st"
FROM (
  SELECT
    "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
    "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
    "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
    "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
    "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_roll_undecided"
            WHERE
              d = (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(3 AS INT)
              )
          ),
          (
            (
              CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
            ) + CAST(3 AS INT)
          ) + CAST(0 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_roll_undecided"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
              ) + CAST(3 AS INT)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_roll_undecided"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
              ) + CAST(3 AS INT)
            )
        ),
        (
          (
            CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
          ) + CAST(3 AS INT)
        ) + CAST(0 AS INT)
      )
    END AS "undecided_due",
    (
      CASE
        WHEN (
          CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
        ) = (
          CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__to"), "seen") AS DATE)
        )
        THEN CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
        ) = (
          CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
        )
        THEN CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
      END
    ) AS "undecided_days"
  FROM "st_open"
  WHERE
    (
      NOT (
        CASE
          WHEN (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__to"), "seen") AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_roll_undecided"
                WHERE
                  d = (
                    (
                      CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                    ) + CAST(3 AS INT)
                  )
              ),
              (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(3 AS INT)
              ) + CAST(0 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_roll_undecided"
              WHERE
                d = (
                  (
                    CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
                  ) + CAST(3 AS INT)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- extendable
CREATE TEMP TABLE "during_roll_extendable" AS
WITH c AS MATERIALIZED (
  SELECT
    d, 0 AS run,
    (
      NOT DAYOFWEEK(d) IN (0, 6)
      AND NOT d IN (
        CAST('2023-01-02' AS DATE), CAST('2023-01-23' AS DATE), CAST('2023-01-24' AS DATE), CAST('2023-01-25' AS DATE),
        CAST('2023-01-26' AS DATE), CAST('2023-01-27' AS DATE), CAST('2023-04-05' AS DATE), CAST('2023-05-01' AS DATE),
        CAST('2023-05-02' AS DATE), CAST('2023-05-03' AS DATE), CAST('2023-06-22' AS DATE), CAST('2023-06-23' AS DATE),
        CAST('2023-09-29' AS DATE), CAST('2023-10-02' AS DATE), CAST('2023-10-03' AS DATE), CAST('2023-10-04' AS DATE),
        CAST('2023-10-05' AS DATE), CAST('2023-10-06' AS DATE), CAST('2024-01-01' AS DATE), CAST('2024-02-12' AS DATE),
        CAST('2024-02-13' AS DATE), CAST('2024-02-14' AS DATE), CAST('2024-02-15' AS DATE), CAST('2024-02-16' AS DATE),
        CAST('2024-04-04' AS DATE), CAST('2024-04-05' AS DATE), CAST('2024-05-01' AS DATE), CAST('2024-05-02' AS DATE),
        CAST('2024-05-03' AS DATE), CAST('2024-06-10' AS DATE), CAST('2024-09-16' AS DATE), CAST('2024-09-17' AS DATE),
        CAST('2024-10-01' AS DATE), CAST('2024-10-02' AS DATE), CAST('2024-10-03' AS DATE), CAST('2024-10-04' AS DATE),
        CAST('2024-10-07' AS DATE), CAST('2025-01-01' AS DATE), CAST('2025-01-28' AS DATE), CAST('2025-01-29' AS DATE),
        CAST('2025-01-30' AS DATE), CAST('2025-01-31' AS DATE), CAST('2025-02-03' AS DATE), CAST('2025-02-04' AS DATE),
        CAST('2025-04-04' AS DATE), CAST('2025-05-01' AS DATE), CAST('2025-05-02' AS DATE), CAST('2025-05-05' AS DATE),
        CAST('2025-06-02' AS DATE), CAST('2025-10-01' AS DATE), CAST('2025-10-02' AS DATE), CAST('2025-10-03' AS DATE),
        CAST('2025-10-06' AS DATE), CAST('2025-10-07' AS DATE), CAST('2025-10-08' AS DATE), CAST('2026-01-01' AS DATE),
        CAST('2026-01-02' AS DATE), CAST('2026-02-16' AS DATE), CAST('2026-02-17' AS DATE), CAST('2026-02-18' AS DATE),
        CAST('2026-02-19' AS DATE), CAST('2026-02-20' AS DATE), CAST('2026-02-23' AS DATE), CAST('2026-04-06' AS DATE),
        CAST('2026-05-01' AS DATE), CAST('2026-05-04' AS DATE), CAST('2026-05-05' AS DATE), CAST('2026-06-19' AS DATE),
        CAST('2026-09-25' AS DATE), CAST('2026-10-01' AS DATE), CAST('2026-10-02' AS DATE), CAST('2026-10-05' AS DATE),
        CAST('2026-10-06' AS DATE), CAST('2026-10-07' AS DATE)
      )
    )
    OR d IN (
      CAST('2023-01-28' AS DATE), CAST('2023-01-29' AS DATE), CAST('2023-04-23' AS DATE), CAST('2023-05-06' AS DATE),
      CAST('2023-06-25' AS DATE), CAST('2023-10-07' AS DATE), CAST('2023-10-08' AS DATE), CAST('2024-02-04' AS DATE),
      CAST('2024-02-18' AS DATE), CAST('2024-04-07' AS DATE), CAST('2024-04-28' AS DATE), CAST('2024-05-11' AS DATE),
      CAST('2024-09-14' AS DATE), CAST('2024-09-29' AS DATE), CAST('2024-10-12' AS DATE), CAST('2025-01-26' AS DATE),
      CAST('2025-02-08' AS DATE), CAST('2025-04-27' AS DATE), CAST('2025-09-28' AS DATE), CAST('2025-10-11' AS DATE),
      CAST('2026-01-04' AS DATE), CAST('2026-02-14' AS DATE), CAST('2026-02-28' AS DATE), CAST('2026-05-09' AS DATE),
      CAST('2026-09-20' AS DATE), CAST('2026-10-10' AS DATE)
    ) AS w
  FROM (
    SELECT
      CAST(x AS DATE) AS d
    FROM (
      SELECT
        UNNEST(RANGE(CAST('2023-01-01' AS DATE), CAST('2027-01-01' AS DATE), INTERVAL '1' DAY)) AS x
    ) AS t
  ) AS t
)
SELECT
  d, MIN(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due
FROM c;

-- extendable
CREATE TEMP TABLE "st_extendable" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "undecided_due", "undecided_days", "extendable_due",
  "extendable_days", "平台._row", "_g", "_st"
FROM (
  SELECT
    "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
    "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
    "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
    "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
    "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "undecided_due", "undecided_days", "平台._row", _g,
    _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_roll_extendable"
            WHERE
              d = (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(30 AS INT)
              )
          ),
          (
            (
              CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
            ) + CAST(30 AS INT)
          ) + CAST(0 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_roll_extendable"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
              ) + CAST(30 AS INT)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_roll_extendable"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
              ) + CAST(30 AS INT)
            )
        ),
        (
          (
            CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
          ) + CAST(30 AS INT)
        ) + CAST(0 AS INT)
      )
    END AS "extendable_due",
    (
      CASE
        WHEN (
          CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
        ) = (
          CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__to"), "seen") AS DATE)
        )
        THEN CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
        ) = (
          CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
        )
        THEN CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
      END
    ) AS "extendable_days"
  FROM "st_undecided"
  WHERE
    (
      (
        CASE
          WHEN (
            CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
          ) <= (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
          )
          THEN TRUE
          WHEN (
            CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
          ) > (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__to"), "seen") AS DATE)
          )
          THEN FALSE
        END
      )
      AND (
        CASE
          WHEN (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__to"), "seen") AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_roll_extendable"
                WHERE
                  d = (
                    (
                      CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                    ) + CAST(30 AS INT)
                  )
              ),
              (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(30 AS INT)
              ) + CAST(0 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_roll_extendable"
              WHERE
                d = (
                  (
                    CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
                  ) + CAST(30 AS INT)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- overdue
CREATE TEMP TABLE "during_roll_overdue" AS
WITH c AS MATERIALIZED (
  SELECT
    d, 0 AS run,
    (
      NOT DAYOFWEEK(d) IN (0, 6)
      AND NOT d IN (
        CAST('2023-01-02' AS DATE), CAST('2023-01-23' AS DATE), CAST('2023-01-24' AS DATE), CAST('2023-01-25' AS DATE),
        CAST('2023-01-26' AS DATE), CAST('2023-01-27' AS DATE), CAST('2023-04-05' AS DATE), CAST('2023-05-01' AS DATE),
        CAST('2023-05-02' AS DATE), CAST('2023-05-03' AS DATE), CAST('2023-06-22' AS DATE), CAST('2023-06-23' AS DATE),
        CAST('2023-09-29' AS DATE), CAST('2023-10-02' AS DATE), CAST('2023-10-03' AS DATE), CAST('2023-10-04' AS DATE),
        CAST('2023-10-05' AS DATE), CAST('2023-10-06' AS DATE), CAST('2024-01-01' AS DATE), CAST('2024-02-12' AS DATE),
        CAST('2024-02-13' AS DATE), CAST('2024-02-14' AS DATE), CAST('2024-02-15' AS DATE), CAST('2024-02-16' AS DATE),
        CAST('2024-04-04' AS DATE), CAST('2024-04-05' AS DATE), CAST('2024-05-01' AS DATE), CAST('2024-05-02' AS DATE),
        CAST('2024-05-03' AS DATE), CAST('2024-06-10' AS DATE), CAST('2024-09-16' AS DATE), CAST('2024-09-17' AS DATE),
        CAST('2024-10-01' AS DATE), CAST('2024-10-02' AS DATE), CAST('2024-10-03' AS DATE), CAST('2024-10-04' AS DATE),
        CAST('2024-10-07' AS DATE), CAST('2025-01-01' AS DATE), CAST('2025-01-28' AS DATE), CAST('2025-01-29' AS DATE),
        CAST('2025-01-30' AS DATE), CAST('2025-01-31' AS DATE), CAST('2025-02-03' AS DATE), CAST('2025-02-04' AS DATE),
        CAST('2025-04-04' AS DATE), CAST('2025-05-01' AS DATE), CAST('2025-05-02' AS DATE), CAST('2025-05-05' AS DATE),
        CAST('2025-06-02' AS DATE), CAST('2025-10-01' AS DATE), CAST('2025-10-02' AS DATE), CAST('2025-10-03' AS DATE),
        CAST('2025-10-06' AS DATE), CAST('2025-10-07' AS DATE), CAST('2025-10-08' AS DATE), CAST('2026-01-01' AS DATE),
        CAST('2026-01-02' AS DATE), CAST('2026-02-16' AS DATE), CAST('2026-02-17' AS DATE), CAST('2026-02-18' AS DATE),
        CAST('2026-02-19' AS DATE), CAST('2026-02-20' AS DATE), CAST('2026-02-23' AS DATE), CAST('2026-04-06' AS DATE),
        CAST('2026-05-01' AS DATE), CAST('2026-05-04' AS DATE), CAST('2026-05-05' AS DATE), CAST('2026-06-19' AS DATE),
        CAST('2026-09-25' AS DATE), CAST('2026-10-01' AS DATE), CAST('2026-10-02' AS DATE), CAST('2026-10-05' AS DATE),
        CAST('2026-10-06' AS DATE), CAST('2026-10-07' AS DATE)
      )
    )
    OR d IN (
      CAST('2023-01-28' AS DATE), CAST('2023-01-29' AS DATE), CAST('2023-04-23' AS DATE), CAST('2023-05-06' AS DATE),
      CAST('2023-06-25' AS DATE), CAST('2023-10-07' AS DATE), CAST('2023-10-08' AS DATE), CAST('2024-02-04' AS DATE),
      CAST('2024-02-18' AS DATE), CAST('2024-04-07' AS DATE), CAST('2024-04-28' AS DATE), CAST('2024-05-11' AS DATE),
      CAST('2024-09-14' AS DATE), CAST('2024-09-29' AS DATE), CAST('2024-10-12' AS DATE), CAST('2025-01-26' AS DATE),
      CAST('2025-02-08' AS DATE), CAST('2025-04-27' AS DATE), CAST('2025-09-28' AS DATE), CAST('2025-10-11' AS DATE),
      CAST('2026-01-04' AS DATE), CAST('2026-02-14' AS DATE), CAST('2026-02-28' AS DATE), CAST('2026-05-09' AS DATE),
      CAST('2026-09-20' AS DATE), CAST('2026-10-10' AS DATE)
    ) AS w
  FROM (
    SELECT
      CAST(x AS DATE) AS d
    FROM (
      SELECT
        UNNEST(RANGE(CAST('2023-01-01' AS DATE), CAST('2027-01-01' AS DATE), INTERVAL '1' DAY)) AS x
    ) AS t
  ) AS t
)
SELECT
  d, MIN(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due
FROM c;

-- overdue
CREATE TEMP TABLE "st_overdue" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "undecided_due", "undecided_days", "overdue_due",
  "overdue_days", "平台._row", "_g", "_st"
FROM (
  SELECT
    "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
    "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
    "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
    "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
    "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "undecided_due", "undecided_days", "平台._row", _g,
    _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_roll_overdue"
            WHERE
              d = (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(30 AS INT)
              )
          ),
          (
            (
              CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
            ) + CAST(30 AS INT)
          ) + CAST(0 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_roll_overdue"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
              ) + CAST(30 AS INT)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_roll_overdue"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
              ) + CAST(30 AS INT)
            )
        ),
        (
          (
            CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
          ) + CAST(30 AS INT)
        ) + CAST(0 AS INT)
      )
    END AS "overdue_due",
    (
      CASE
        WHEN (
          CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
        ) = (
          CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__to"), "seen") AS DATE)
        )
        THEN CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
        ) = (
          CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
        )
        THEN CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
      END
    ) AS "overdue_days"
  FROM "st_undecided"
  WHERE
    (
      NOT (
        CASE
          WHEN (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__to"), "seen") AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_roll_overdue"
                WHERE
                  d = (
                    (
                      CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                    ) + CAST(30 AS INT)
                  )
              ),
              (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(30 AS INT)
              ) + CAST(0 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST(COALESCE(COALESCE("平台.concluded_on", "平台.concluded_on__from"), "seen") AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_roll_overdue"
              WHERE
                d = (
                  (
                    CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
                  ) + CAST(30 AS INT)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- concluded
CREATE TEMP TABLE "st_concluded" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st
FROM "st_read"
WHERE
  "平台.conclusion" IN ('立案', '不立');

-- late
CREATE TEMP TABLE "during_roll_late" AS
WITH c AS MATERIALIZED (
  SELECT
    d, 0 AS run,
    (
      NOT DAYOFWEEK(d) IN (0, 6)
      AND NOT d IN (
        CAST('2023-01-02' AS DATE), CAST('2023-01-23' AS DATE), CAST('2023-01-24' AS DATE), CAST('2023-01-25' AS DATE),
        CAST('2023-01-26' AS DATE), CAST('2023-01-27' AS DATE), CAST('2023-04-05' AS DATE), CAST('2023-05-01' AS DATE),
        CAST('2023-05-02' AS DATE), CAST('2023-05-03' AS DATE), CAST('2023-06-22' AS DATE), CAST('2023-06-23' AS DATE),
        CAST('2023-09-29' AS DATE), CAST('2023-10-02' AS DATE), CAST('2023-10-03' AS DATE), CAST('2023-10-04' AS DATE),
        CAST('2023-10-05' AS DATE), CAST('2023-10-06' AS DATE), CAST('2024-01-01' AS DATE), CAST('2024-02-12' AS DATE),
        CAST('2024-02-13' AS DATE), CAST('2024-02-14' AS DATE), CAST('2024-02-15' AS DATE), CAST('2024-02-16' AS DATE),
        CAST('2024-04-04' AS DATE), CAST('2024-04-05' AS DATE), CAST('2024-05-01' AS DATE), CAST('2024-05-02' AS DATE),
        CAST('2024-05-03' AS DATE), CAST('2024-06-10' AS DATE), CAST('2024-09-16' AS DATE), CAST('2024-09-17' AS DATE),
        CAST('2024-10-01' AS DATE), CAST('2024-10-02' AS DATE), CAST('2024-10-03' AS DATE), CAST('2024-10-04' AS DATE),
        CAST('2024-10-07' AS DATE), CAST('2025-01-01' AS DATE), CAST('2025-01-28' AS DATE), CAST('2025-01-29' AS DATE),
        CAST('2025-01-30' AS DATE), CAST('2025-01-31' AS DATE), CAST('2025-02-03' AS DATE), CAST('2025-02-04' AS DATE),
        CAST('2025-04-04' AS DATE), CAST('2025-05-01' AS DATE), CAST('2025-05-02' AS DATE), CAST('2025-05-05' AS DATE),
        CAST('2025-06-02' AS DATE), CAST('2025-10-01' AS DATE), CAST('2025-10-02' AS DATE), CAST('2025-10-03' AS DATE),
        CAST('2025-10-06' AS DATE), CAST('2025-10-07' AS DATE), CAST('2025-10-08' AS DATE), CAST('2026-01-01' AS DATE),
        CAST('2026-01-02' AS DATE), CAST('2026-02-16' AS DATE), CAST('2026-02-17' AS DATE), CAST('2026-02-18' AS DATE),
        CAST('2026-02-19' AS DATE), CAST('2026-02-20' AS DATE), CAST('2026-02-23' AS DATE), CAST('2026-04-06' AS DATE),
        CAST('2026-05-01' AS DATE), CAST('2026-05-04' AS DATE), CAST('2026-05-05' AS DATE), CAST('2026-06-19' AS DATE),
        CAST('2026-09-25' AS DATE), CAST('2026-10-01' AS DATE), CAST('2026-10-02' AS DATE), CAST('2026-10-05' AS DATE),
        CAST('2026-10-06' AS DATE), CAST('2026-10-07' AS DATE)
      )
    )
    OR d IN (
      CAST('2023-01-28' AS DATE), CAST('2023-01-29' AS DATE), CAST('2023-04-23' AS DATE), CAST('2023-05-06' AS DATE),
      CAST('2023-06-25' AS DATE), CAST('2023-10-07' AS DATE), CAST('2023-10-08' AS DATE), CAST('2024-02-04' AS DATE),
      CAST('2024-02-18' AS DATE), CAST('2024-04-07' AS DATE), CAST('2024-04-28' AS DATE), CAST('2024-05-11' AS DATE),
      CAST('2024-09-14' AS DATE), CAST('2024-09-29' AS DATE), CAST('2024-10-12' AS DATE), CAST('2025-01-26' AS DATE),
      CAST('2025-02-08' AS DATE), CAST('2025-04-27' AS DATE), CAST('2025-09-28' AS DATE), CAST('2025-10-11' AS DATE),
      CAST('2026-01-04' AS DATE), CAST('2026-02-14' AS DATE), CAST('2026-02-28' AS DATE), CAST('2026-05-09' AS DATE),
      CAST('2026-09-20' AS DATE), CAST('2026-10-10' AS DATE)
    ) AS w
  FROM (
    SELECT
      CAST(x AS DATE) AS d
    FROM (
      SELECT
        UNNEST(RANGE(CAST('2023-01-01' AS DATE), CAST('2027-01-01' AS DATE), INTERVAL '1' DAY)) AS x
    ) AS t
  ) AS t
)
SELECT
  d, MIN(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due
FROM c;

-- late
CREATE TEMP TABLE "st_late" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "late_due", "late_days", "平台._row", "_g", "_st"
FROM (
  SELECT
    "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
    "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
    "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
    "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
    "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_roll_late"
            WHERE
              d = (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(30 AS INT)
              )
          ),
          (
            (
              CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
            ) + CAST(30 AS INT)
          ) + CAST(0 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_roll_late"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
              ) + CAST(30 AS INT)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_roll_late"
          WHERE
            d = (
              (
                CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
              ) + CAST(30 AS INT)
            )
        ),
        (
          (
            CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
          ) + CAST(30 AS INT)
        ) + CAST(0 AS INT)
      )
    END AS "late_due",
    (
      CASE
        WHEN (
          CAST(COALESCE("平台.concluded_on", "平台.concluded_on__from") AS DATE)
        ) = (
          CAST(COALESCE("平台.concluded_on", "平台.concluded_on__to") AS DATE)
        )
        THEN CAST(COALESCE("平台.concluded_on", "平台.concluded_on__from") AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
        ) = (
          CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
        )
        THEN CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
      END
    ) AS "late_days"
  FROM "st_concluded"
  WHERE
    (
      NOT (
        CASE
          WHEN (
            CAST(COALESCE("平台.concluded_on", "平台.concluded_on__to") AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_roll_late"
                WHERE
                  d = (
                    (
                      CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                    ) + CAST(30 AS INT)
                  )
              ),
              (
                (
                  CAST(COALESCE("平台.received_at", "平台.received_at__from") AS DATE)
                ) + CAST(30 AS INT)
              ) + CAST(0 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST(COALESCE("平台.concluded_on", "平台.concluded_on__from") AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_roll_late"
              WHERE
                d = (
                  (
                    CAST(COALESCE("平台.received_at", "平台.received_at__to") AS DATE)
                  ) + CAST(30 AS INT)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- dropped
CREATE TEMP TABLE "st_dropped" AS
SELECT
  "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
  "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "不诉._row", _g, _st
FROM "src_不诉"
WHERE
  CONTAINS("不诉.outcome", '不起诉')
  AND NOT (
    CONTAINS("不诉.outcome", '附条件')
  )
  AND NOT (
    CONTAINS("不诉.outcome", '没有犯罪事实')
  )
  AND NOT (
    CONTAINS("不诉.outcome", '死亡')
  )
  AND NOT (
    CONTAINS(COALESCE("不诉.kind", ''), '反向')
  )
  AND "不诉.decided_on" >= CAST('2024-11-26' AS DATE);

-- dropped_seen
CREATE TEMP TABLE "st_dropped_seen" AS
SELECT
  "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
  "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "不诉._row", _g, _st,
  COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "sent_seen"
FROM (
  SELECT
    "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
    "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "不诉._row", _g, _st
  FROM "st_dropped"
);

-- due
CREATE TEMP TABLE "during_after_due" AS
WITH c AS MATERIALIZED (
  SELECT
    d, run, w, SUM(CASE WHEN w THEN 1 ELSE 0 END) OVER (PARTITION BY run ORDER BY d) AS n
  FROM (
    SELECT
      d, 0 AS run,
      (
        NOT DAYOFWEEK(d) IN (0, 6)
        AND NOT d IN (
          CAST('2023-01-02' AS DATE), CAST('2023-01-23' AS DATE), CAST('2023-01-24' AS DATE), CAST('2023-01-25' AS DATE),
          CAST('2023-01-26' AS DATE), CAST('2023-01-27' AS DATE), CAST('2023-04-05' AS DATE), CAST('2023-05-01' AS DATE),
          CAST('2023-05-02' AS DATE), CAST('2023-05-03' AS DATE), CAST('2023-06-22' AS DATE), CAST('2023-06-23' AS DATE),
          CAST('2023-09-29' AS DATE), CAST('2023-10-02' AS DATE), CAST('2023-10-03' AS DATE), CAST('2023-10-04' AS DATE),
          CAST('2023-10-05' AS DATE), CAST('2023-10-06' AS DATE), CAST('2024-01-01' AS DATE), CAST('2024-02-12' AS DATE),
          CAST('2024-02-13' AS DATE), CAST('2024-02-14' AS DATE), CAST('2024-02-15' AS DATE), CAST('2024-02-16' AS DATE),
          CAST('2024-04-04' AS DATE), CAST('2024-04-05' AS DATE), CAST('2024-05-01' AS DATE), CAST('2024-05-02' AS DATE),
          CAST('2024-05-03' AS DATE), CAST('2024-06-10' AS DATE), CAST('2024-09-16' AS DATE), CAST('2024-09-17' AS DATE),
          CAST('2024-10-01' AS DATE), CAST('2024-10-02' AS DATE), CAST('2024-10-03' AS DATE), CAST('2024-10-04' AS DATE),
          CAST('2024-10-07' AS DATE), CAST('2025-01-01' AS DATE), CAST('2025-01-28' AS DATE), CAST('2025-01-29' AS DATE),
          CAST('2025-01-30' AS DATE), CAST('2025-01-31' AS DATE), CAST('2025-02-03' AS DATE), CAST('2025-02-04' AS DATE),
          CAST('2025-04-04' AS DATE), CAST('2025-05-01' AS DATE), CAST('2025-05-02' AS DATE), CAST('2025-05-05' AS DATE),
          CAST('2025-06-02' AS DATE), CAST('2025-10-01' AS DATE), CAST('2025-10-02' AS DATE), CAST('2025-10-03' AS DATE),
          CAST('2025-10-06' AS DATE), CAST('2025-10-07' AS DATE), CAST('2025-10-08' AS DATE), CAST('2026-01-01' AS DATE),
          CAST('2026-01-02' AS DATE), CAST('2026-02-16' AS DATE), CAST('2026-02-17' AS DATE), CAST('2026-02-18' AS DATE),
          CAST('2026-02-19' AS DATE), CAST('2026-02-20' AS DATE), CAST('2026-02-23' AS DATE), CAST('2026-04-06' AS DATE),
          CAST('2026-05-01' AS DATE), CAST('2026-05-04' AS DATE), CAST('2026-05-05' AS DATE), CAST('2026-06-19' AS DATE),
          CAST('2026-09-25' AS DATE), CAST('2026-10-01' AS DATE), CAST('2026-10-02' AS DATE), CAST('2026-10-05' AS DATE),
          CAST('2026-10-06' AS DATE), CAST('2026-10-07' AS DATE)
        )
      )
      OR d IN (
        CAST('2023-01-28' AS DATE), CAST('2023-01-29' AS DATE), CAST('2023-04-23' AS DATE), CAST('2023-05-06' AS DATE),
        CAST('2023-06-25' AS DATE), CAST('2023-10-07' AS DATE), CAST('2023-10-08' AS DATE), CAST('2024-02-04' AS DATE),
        CAST('2024-02-18' AS DATE), CAST('2024-04-07' AS DATE), CAST('2024-04-28' AS DATE), CAST('2024-05-11' AS DATE),
        CAST('2024-09-14' AS DATE), CAST('2024-09-29' AS DATE), CAST('2024-10-12' AS DATE), CAST('2025-01-26' AS DATE),
        CAST('2025-02-08' AS DATE), CAST('2025-04-27' AS DATE), CAST('2025-09-28' AS DATE), CAST('2025-10-11' AS DATE),
        CAST('2026-01-04' AS DATE), CAST('2026-02-14' AS DATE), CAST('2026-02-28' AS DATE), CAST('2026-05-09' AS DATE),
        CAST('2026-09-20' AS DATE), CAST('2026-10-10' AS DATE)
      ) AS w
    FROM (
      SELECT
        CAST(x AS DATE) AS d
      FROM (
        SELECT
          UNNEST(RANGE(CAST('2023-01-01' AS DATE), CAST('2027-01-01' AS DATE), INTERVAL '1' DAY)) AS x
      ) AS t
    ) AS t
  )
)
SELECT
  a.d,
  CASE WHEN (
    CAST(3 + 2 AS INT)
  ) = 0 THEN a.d ELSE t.d END AS due
FROM c AS a
LEFT JOIN c AS t
  ON t.run = a.run AND t.w AND t.n = a.n + (
    CAST(3 + 2 AS INT)
  );

-- due
CREATE TEMP TABLE "st_due" AS
SELECT
  "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
  "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "sent_seen", "due_due", "due_days", "不诉._row", "_g",
  "_st"
FROM (
  SELECT
    "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
    "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "sent_seen", "不诉._row", _g, _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_after_due"
            WHERE
              d = (
                CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
              )
          ),
          (
            CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
          ) + CAST(3 + 2 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_after_due"
          WHERE
            d = (
              CAST(COALESCE("不诉.decided_on", "不诉.decided_on__to") AS DATE)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_after_due"
          WHERE
            d = (
              CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
            )
        ),
        (
          CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
        ) + CAST(3 + 2 AS INT)
      )
    END AS "due_due",
    (
      CASE
        WHEN (
          CAST("sent_seen" AS DATE)
        ) = (
          CAST("sent_seen" AS DATE)
        )
        THEN CAST("sent_seen" AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
        ) = (
          CAST(COALESCE("不诉.decided_on", "不诉.decided_on__to") AS DATE)
        )
        THEN CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
      END
    ) AS "due_days"
  FROM "st_dropped_seen"
  WHERE
    (
      NOT (
        CASE
          WHEN (
            CAST("sent_seen" AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_after_due"
                WHERE
                  d = (
                    CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
                  )
              ),
              (
                CAST(COALESCE("不诉.decided_on", "不诉.decided_on__from") AS DATE)
              ) + CAST(3 + 2 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST("sent_seen" AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_after_due"
              WHERE
                d = (
                  CAST(COALESCE("不诉.decided_on", "不诉.decided_on__to") AS DATE)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- reverse
CREATE TEMP TABLE "st_reverse" AS
SELECT
  "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
  "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
  "反向.decided_on__from", "反向.decided_on__to", "反向._row", _g, _st
FROM "src_反向"
WHERE
  CONTAINS("反向.kind", '反向');

-- untimely
CREATE TEMP TABLE "st_untimely" AS
SELECT
  l."不诉.case_no", l."不诉.kind", l."不诉.outcome", l."不诉.decided_on", l."不诉.person__id", l."不诉.person__name", l."不诉.person__mask",
  l."不诉.person__birth", l."不诉.person__sex", l."不诉.person__area", l."不诉.decided_on__from", l."不诉.decided_on__to", l."sent_seen", l."due_due",
  l."due_days", CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "untimely_state", _from AS "untimely_from",
  _to AS "untimely_to", l."不诉._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_due"
  ), _r AS (
    SELECT
      *
    FROM "st_reverse"
  ), seen AS (
    SELECT
      "不诉._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "反向.accepted_on" BETWEEN "不诉.decided_on" AND "due_due"
        ) AS _w
      FROM (
        SELECT
          l."不诉._row", l."不诉.decided_on", l."due_due", r."反向.accepted_on", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."不诉.person__id" = r."反向.person__id"
        UNION ALL
        SELECT
          l."不诉._row", l."不诉.decided_on", l."due_due", r."反向.accepted_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."不诉.person__name" = r."反向.person__name" AND l."不诉.person__id" IS NULL
        UNION ALL
        SELECT
          l."不诉._row", l."不诉.decided_on", l."due_due", r."反向.accepted_on", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."不诉.person__name" = r."反向.person__name"
          AND NOT l."不诉.person__id" IS NULL
          AND r."反向.person__id" IS NULL
        UNION ALL
        SELECT
          l."不诉._row", l."不诉.decided_on", l."due_due", r."反向.accepted_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."不诉.person__mask" = r."反向.person__mask"
          AND (
            l."不诉.person__id" IS NULL OR r."反向.person__id" IS NULL
          )
          AND (
            l."不诉.person__name" IS NULL
            OR r."反向.person__name" IS NULL
            OR l."不诉.person__name" <> r."反向.person__name"
          )
        UNION ALL
        SELECT
          l."不诉._row", l."不诉.decided_on", l."due_due", r."反向.accepted_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."不诉.person__birth" = r."反向.person__birth"
          AND l."不诉.person__sex" = r."反向.person__sex"
          AND LEFT(l."不诉.person__name", 1) = LEFT(r."反向.person__name", 1)
          AND l."不诉.person__name" <> r."反向.person__name"
          AND (
            l."不诉.person__name" = r."反向.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."不诉.person__name"), LENGTH(r."反向.person__name"))),
                LAMBDA i : LEFT(l."不诉.person__name", i) = LEFT(r."反向.person__name", i)
                AND (
                  SUBSTRING(l."不诉.person__name", i + 2) = SUBSTRING(r."反向.person__name", i + 2)
                  AND LENGTH(l."不诉.person__name") = LENGTH(r."反向.person__name")
                  OR SUBSTRING(l."不诉.person__name", i + 2) = SUBSTRING(r."反向.person__name", i + 1)
                  OR SUBSTRING(l."不诉.person__name", i + 1) = SUBSTRING(r."反向.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND l."不诉.person__id" IS NULL
        UNION ALL
        SELECT
          l."不诉._row", l."不诉.decided_on", l."due_due", r."反向.accepted_on", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."不诉.person__birth" = r."反向.person__birth"
          AND l."不诉.person__sex" = r."反向.person__sex"
          AND LEFT(l."不诉.person__name", 1) = LEFT(r."反向.person__name", 1)
          AND l."不诉.person__name" <> r."反向.person__name"
          AND (
            l."不诉.person__name" = r."反向.person__name"
            OR ARRAY_CONTAINS(
              LIST_TRANSFORM(
                RANGE(0, GREATEST(LENGTH(l."不诉.person__name"), LENGTH(r."反向.person__name"))),
                LAMBDA i : LEFT(l."不诉.person__name", i) = LEFT(r."反向.person__name", i)
                AND (
                  SUBSTRING(l."不诉.person__name", i + 2) = SUBSTRING(r."反向.person__name", i + 2)
                  AND LENGTH(l."不诉.person__name") = LENGTH(r."反向.person__name")
                  OR SUBSTRING(l."不诉.person__name", i + 2) = SUBSTRING(r."反向.person__name", i + 1)
                  OR SUBSTRING(l."不诉.person__name", i + 1) = SUBSTRING(r."反向.person__name", i + 2)
                )
              ),
              TRUE
            )
          )
          AND NOT l."不诉.person__id" IS NULL
          AND r."反向.person__id" IS NULL
      ) AS p
    )
    GROUP BY
      "不诉._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."不诉.person__id" IS NULL
        )
        AND (
          "不诉.decided_on"
        ) <= (
          "due_due"
        )
        AND (
          (
            (
              "不诉.decided_on"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "due_due"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "due_due"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "不诉.decided_on" AS _from, "due_due" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."不诉._row" = s."不诉._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- afterwards
CREATE TEMP TABLE "pairs_afterwards" AS
SELECT
  *
FROM (
  SELECT
    l."不诉.case_no", l."不诉.kind", l."不诉.outcome", l."不诉.decided_on", l."不诉.person__id", l."不诉.person__name", l."不诉.person__mask",
    l."不诉.person__birth", l."不诉.person__sex", l."不诉.person__area", l."不诉.decided_on__from", l."不诉.decided_on__to", l."sent_seen",
    l."due_due", l."due_days", l."untimely_state", l."untimely_from", l."untimely_to", l."不诉._row", r."反向.case_no", r."反向.accepted_on",
    r."反向.kind", r."反向.due_on", r."反向.stage", r."反向.outcome", r."反向.decided_on", r."反向.person__id", r."反向.person__name",
    r."反向.person__mask", r."反向.person__birth", r."反向.person__sex", r."反向.person__area", r."反向.accepted_on__from", r."反向.accepted_on__to",
    r."反向.decided_on__from", r."反向.decided_on__to", r."反向._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."不诉.person__name" = r."反向.person__name"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."不诉.person__name"), LENGTH(r."反向.person__name"))),
            LAMBDA i : LEFT(l."不诉.person__name", i) = LEFT(r."反向.person__name", i)
            AND (
              SUBSTRING(l."不诉.person__name", i + 2) = SUBSTRING(r."反向.person__name", i + 2)
              AND LENGTH(l."不诉.person__name") = LENGTH(r."反向.person__name")
              OR SUBSTRING(l."不诉.person__name", i + 2) = SUBSTRING(r."反向.person__name", i + 1)
              OR SUBSTRING(l."不诉.person__name", i + 1) = SUBSTRING(r."反向.person__name", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_untimely" AS l
  JOIN "st_reverse" AS r
    ON l."不诉.person__id" = r."反向.person__id"
) AS p
WHERE
  p._m IN (0);

-- afterwards
CREATE TEMP TABLE "st_afterwards" AS
SELECT
  "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
  "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "sent_seen", "due_due", "due_days", "untimely_state",
  "untimely_from", "untimely_to", "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on",
  "反向.person__id", "反向.person__name", "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from",
  "反向.accepted_on__to", "反向.decided_on__from", "反向.decided_on__to",
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
  END AS "afterwards_grade", "不诉._row", "反向._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_afterwards" AS p
WHERE
  "反向.accepted_on" BETWEEN "due_due" + CAST((
    1
  ) AS INT) AND CAST('2026-06-30' AS DATE)
UNION ALL
SELECT
  l."不诉.case_no", l."不诉.kind", l."不诉.outcome", l."不诉.decided_on", l."不诉.person__id", l."不诉.person__name", l."不诉.person__mask",
  l."不诉.person__birth", l."不诉.person__sex", l."不诉.person__area", l."不诉.decided_on__from", l."不诉.decided_on__to", l."sent_seen", l."due_due",
  l."due_days", l."untimely_state", l."untimely_from", l."untimely_to", NULL AS "反向.case_no", NULL AS "反向.accepted_on", NULL AS "反向.kind",
  NULL AS "反向.due_on", NULL AS "反向.stage", NULL AS "反向.outcome", NULL AS "反向.decided_on", NULL AS "反向.person__id",
  NULL AS "反向.person__name", NULL AS "反向.person__mask", NULL AS "反向.person__birth", NULL AS "反向.person__sex", NULL AS "反向.person__area",
  NULL AS "反向.accepted_on__from", NULL AS "反向.accepted_on__to", NULL AS "反向.decided_on__from", NULL AS "反向.decided_on__to",
  NULL AS "afterwards_grade", l."不诉._row", NULL AS "反向._row", l._g, l._st
FROM "st_untimely" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_afterwards" AS p
    WHERE
      p."不诉._row" IS NOT DISTINCT FROM l."不诉._row"
      AND (
        "反向.accepted_on" BETWEEN "due_due" + CAST((
          1
        ) AS INT) AND CAST('2026-06-30' AS DATE)
      )
  );

-- running
CREATE TEMP TABLE "st_running" AS
SELECT
  "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
  "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
  "反向.decided_on__from", "反向.decided_on__to", "反向._row", _g, _st
FROM "st_reverse"
WHERE
  NOT (
    CONTAINS((
      COALESCE("反向.stage", '') || COALESCE("反向.outcome", '')
    ), '中止')
  )
  AND "反向.accepted_on" >= CAST('2024-11-26' AS DATE)
  AND CASE
    WHEN "反向.outcome" IS NULL
    OR NOT (
      "反向.decided_on" IS NULL
    )
    OR NOT (
      "反向.decided_on__from" IS NULL
    )
    THEN TRUE
  END;

-- running_seen
CREATE TEMP TABLE "st_running_seen" AS
SELECT
  "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
  "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
  "反向.decided_on__from", "反向.decided_on__to", "反向._row", _g, _st,
  COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "review_seen"
FROM (
  SELECT
    "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
    "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
    "反向.decided_on__from", "反向.decided_on__to", "反向._row", _g, _st
  FROM "st_running"
);

-- review
CREATE TEMP TABLE "during_after_review" AS
WITH c AS MATERIALIZED (
  SELECT
    d, run, w, SUM(CASE WHEN w THEN 1 ELSE 0 END) OVER (PARTITION BY run ORDER BY d) AS n
  FROM (
    SELECT
      d, 0 AS run,
      (
        NOT DAYOFWEEK(d) IN (0, 6)
        AND NOT d IN (
          CAST('2023-01-02' AS DATE), CAST('2023-01-23' AS DATE), CAST('2023-01-24' AS DATE), CAST('2023-01-25' AS DATE),
          CAST('2023-01-26' AS DATE), CAST('2023-01-27' AS DATE), CAST('2023-04-05' AS DATE), CAST('2023-05-01' AS DATE),
          CAST('2023-05-02' AS DATE), CAST('2023-05-03' AS DATE), CAST('2023-06-22' AS DATE), CAST('2023-06-23' AS DATE),
          CAST('2023-09-29' AS DATE), CAST('2023-10-02' AS DATE), CAST('2023-10-03' AS DATE), CAST('2023-10-04' AS DATE),
          CAST('2023-10-05' AS DATE), CAST('2023-10-06' AS DATE), CAST('2024-01-01' AS DATE), CAST('2024-02-12' AS DATE),
          CAST('2024-02-13' AS DATE), CAST('2024-02-14' AS DATE), CAST('2024-02-15' AS DATE), CAST('2024-02-16' AS DATE),
          CAST('2024-04-04' AS DATE), CAST('2024-04-05' AS DATE), CAST('2024-05-01' AS DATE), CAST('2024-05-02' AS DATE),
          CAST('2024-05-03' AS DATE), CAST('2024-06-10' AS DATE), CAST('2024-09-16' AS DATE), CAST('2024-09-17' AS DATE),
          CAST('2024-10-01' AS DATE), CAST('2024-10-02' AS DATE), CAST('2024-10-03' AS DATE), CAST('2024-10-04' AS DATE),
          CAST('2024-10-07' AS DATE), CAST('2025-01-01' AS DATE), CAST('2025-01-28' AS DATE), CAST('2025-01-29' AS DATE),
          CAST('2025-01-30' AS DATE), CAST('2025-01-31' AS DATE), CAST('2025-02-03' AS DATE), CAST('2025-02-04' AS DATE),
          CAST('2025-04-04' AS DATE), CAST('2025-05-01' AS DATE), CAST('2025-05-02' AS DATE), CAST('2025-05-05' AS DATE),
          CAST('2025-06-02' AS DATE), CAST('2025-10-01' AS DATE), CAST('2025-10-02' AS DATE), CAST('2025-10-03' AS DATE),
          CAST('2025-10-06' AS DATE), CAST('2025-10-07' AS DATE), CAST('2025-10-08' AS DATE), CAST('2026-01-01' AS DATE),
          CAST('2026-01-02' AS DATE), CAST('2026-02-16' AS DATE), CAST('2026-02-17' AS DATE), CAST('2026-02-18' AS DATE),
          CAST('2026-02-19' AS DATE), CAST('2026-02-20' AS DATE), CAST('2026-02-23' AS DATE), CAST('2026-04-06' AS DATE),
          CAST('2026-05-01' AS DATE), CAST('2026-05-04' AS DATE), CAST('2026-05-05' AS DATE), CAST('2026-06-19' AS DATE),
          CAST('2026-09-25' AS DATE), CAST('2026-10-01' AS DATE), CAST('2026-10-02' AS DATE), CAST('2026-10-05' AS DATE),
          CAST('2026-10-06' AS DATE), CAST('2026-10-07' AS DATE)
        )
      )
      OR d IN (
        CAST('2023-01-28' AS DATE), CAST('2023-01-29' AS DATE), CAST('2023-04-23' AS DATE), CAST('2023-05-06' AS DATE),
        CAST('2023-06-25' AS DATE), CAST('2023-10-07' AS DATE), CAST('2023-10-08' AS DATE), CAST('2024-02-04' AS DATE),
        CAST('2024-02-18' AS DATE), CAST('2024-04-07' AS DATE), CAST('2024-04-28' AS DATE), CAST('2024-05-11' AS DATE),
        CAST('2024-09-14' AS DATE), CAST('2024-09-29' AS DATE), CAST('2024-10-12' AS DATE), CAST('2025-01-26' AS DATE),
        CAST('2025-02-08' AS DATE), CAST('2025-04-27' AS DATE), CAST('2025-09-28' AS DATE), CAST('2025-10-11' AS DATE),
        CAST('2026-01-04' AS DATE), CAST('2026-02-14' AS DATE), CAST('2026-02-28' AS DATE), CAST('2026-05-09' AS DATE),
        CAST('2026-09-20' AS DATE), CAST('2026-10-10' AS DATE)
      ) AS w
    FROM (
      SELECT
        CAST(x AS DATE) AS d
      FROM (
        SELECT
          UNNEST(RANGE(CAST('2023-01-01' AS DATE), CAST('2027-01-01' AS DATE), INTERVAL '1' DAY)) AS x
      ) AS t
    ) AS t
  )
)
SELECT
  a.d,
  CASE WHEN (
    CAST(10 AS INT)
  ) = 0 THEN a.d ELSE t.d END AS due
FROM c AS a
LEFT JOIN c AS t
  ON t.run = a.run AND t.w AND t.n = a.n + (
    CAST(10 AS INT)
  );

-- review
CREATE TEMP TABLE "st_review" AS
SELECT
  "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
  "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
  "反向.decided_on__from", "反向.decided_on__to", "review_seen", "review_due", "review_days", "反向._row", "_g", "_st"
FROM (
  SELECT
    "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
    "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
    "反向.decided_on__from", "反向.decided_on__to", "review_seen", "反向._row", _g, _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_after_review"
            WHERE
              d = (
                CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
              )
          ),
          (
            CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
          ) + CAST(10 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_after_review"
          WHERE
            d = (
              CAST(COALESCE("反向.accepted_on", "反向.accepted_on__to") AS DATE)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_after_review"
          WHERE
            d = (
              CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
            )
        ),
        (
          CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
        ) + CAST(10 AS INT)
      )
    END AS "review_due",
    (
      CASE
        WHEN (
          CAST(COALESCE(COALESCE("反向.decided_on", "反向.decided_on__from"), "review_seen") AS DATE)
        ) = (
          CAST(COALESCE(COALESCE("反向.decided_on", "反向.decided_on__to"), "review_seen") AS DATE)
        )
        THEN CAST(COALESCE(COALESCE("反向.decided_on", "反向.decided_on__from"), "review_seen") AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
        ) = (
          CAST(COALESCE("反向.accepted_on", "反向.accepted_on__to") AS DATE)
        )
        THEN CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
      END
    ) AS "review_days"
  FROM "st_running_seen"
  WHERE
    (
      NOT (
        CASE
          WHEN (
            CAST(COALESCE(COALESCE("反向.decided_on", "反向.decided_on__to"), "review_seen") AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_after_review"
                WHERE
                  d = (
                    CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
                  )
              ),
              (
                CAST(COALESCE("反向.accepted_on", "反向.accepted_on__from") AS DATE)
              ) + CAST(10 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST(COALESCE(COALESCE("反向.decided_on", "反向.decided_on__from"), "review_seen") AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_after_review"
              WHERE
                d = (
                  CAST(COALESCE("反向.accepted_on", "反向.accepted_on__to") AS DATE)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- unextended
CREATE TEMP TABLE "st_unextended" AS
SELECT
  "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
  "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
  "反向.decided_on__from", "反向.decided_on__to", "review_seen", "review_due", "review_days", "反向._row", _g, _st
FROM "st_review"
WHERE
  "反向.due_on" IS NULL OR "反向.due_on" < COALESCE("反向.decided_on", "review_seen");

-- asked
CREATE TEMP TABLE "st_asked" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st
FROM "st_read"
WHERE
  "平台.result" = '不起诉'
  AND (
    NOT (
      "平台.opinion_on" IS NULL
    ) OR NOT (
      "平台.opinion_no" IS NULL
    )
  )
  AND "平台.replied_on" IS NULL
  AND "平台.replied_on__from" IS NULL
  AND "平台.reply_result" IS NULL;

-- reply_due
CREATE TEMP TABLE "st_reply_due" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st,
  CAST("平台.opinion_on" + CAST((
    10
  ) AS INT) + INTERVAL (
    2
  ) MONTH AS DATE) AS "asked_on"
FROM (
  SELECT
    "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
    "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
    "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
    "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
    "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "平台._row", _g, _st
  FROM "st_asked"
);

-- unanswered
CREATE TEMP TABLE "during_roll_unanswered" AS
WITH c AS MATERIALIZED (
  SELECT
    d, 0 AS run,
    (
      NOT DAYOFWEEK(d) IN (0, 6)
      AND NOT d IN (
        CAST('2023-01-02' AS DATE), CAST('2023-01-23' AS DATE), CAST('2023-01-24' AS DATE), CAST('2023-01-25' AS DATE),
        CAST('2023-01-26' AS DATE), CAST('2023-01-27' AS DATE), CAST('2023-04-05' AS DATE), CAST('2023-05-01' AS DATE),
        CAST('2023-05-02' AS DATE), CAST('2023-05-03' AS DATE), CAST('2023-06-22' AS DATE), CAST('2023-06-23' AS DATE),
        CAST('2023-09-29' AS DATE), CAST('2023-10-02' AS DATE), CAST('2023-10-03' AS DATE), CAST('2023-10-04' AS DATE),
        CAST('2023-10-05' AS DATE), CAST('2023-10-06' AS DATE), CAST('2024-01-01' AS DATE), CAST('2024-02-12' AS DATE),
        CAST('2024-02-13' AS DATE), CAST('2024-02-14' AS DATE), CAST('2024-02-15' AS DATE), CAST('2024-02-16' AS DATE),
        CAST('2024-04-04' AS DATE), CAST('2024-04-05' AS DATE), CAST('2024-05-01' AS DATE), CAST('2024-05-02' AS DATE),
        CAST('2024-05-03' AS DATE), CAST('2024-06-10' AS DATE), CAST('2024-09-16' AS DATE), CAST('2024-09-17' AS DATE),
        CAST('2024-10-01' AS DATE), CAST('2024-10-02' AS DATE), CAST('2024-10-03' AS DATE), CAST('2024-10-04' AS DATE),
        CAST('2024-10-07' AS DATE), CAST('2025-01-01' AS DATE), CAST('2025-01-28' AS DATE), CAST('2025-01-29' AS DATE),
        CAST('2025-01-30' AS DATE), CAST('2025-01-31' AS DATE), CAST('2025-02-03' AS DATE), CAST('2025-02-04' AS DATE),
        CAST('2025-04-04' AS DATE), CAST('2025-05-01' AS DATE), CAST('2025-05-02' AS DATE), CAST('2025-05-05' AS DATE),
        CAST('2025-06-02' AS DATE), CAST('2025-10-01' AS DATE), CAST('2025-10-02' AS DATE), CAST('2025-10-03' AS DATE),
        CAST('2025-10-06' AS DATE), CAST('2025-10-07' AS DATE), CAST('2025-10-08' AS DATE), CAST('2026-01-01' AS DATE),
        CAST('2026-01-02' AS DATE), CAST('2026-02-16' AS DATE), CAST('2026-02-17' AS DATE), CAST('2026-02-18' AS DATE),
        CAST('2026-02-19' AS DATE), CAST('2026-02-20' AS DATE), CAST('2026-02-23' AS DATE), CAST('2026-04-06' AS DATE),
        CAST('2026-05-01' AS DATE), CAST('2026-05-04' AS DATE), CAST('2026-05-05' AS DATE), CAST('2026-06-19' AS DATE),
        CAST('2026-09-25' AS DATE), CAST('2026-10-01' AS DATE), CAST('2026-10-02' AS DATE), CAST('2026-10-05' AS DATE),
        CAST('2026-10-06' AS DATE), CAST('2026-10-07' AS DATE)
      )
    )
    OR d IN (
      CAST('2023-01-28' AS DATE), CAST('2023-01-29' AS DATE), CAST('2023-04-23' AS DATE), CAST('2023-05-06' AS DATE),
      CAST('2023-06-25' AS DATE), CAST('2023-10-07' AS DATE), CAST('2023-10-08' AS DATE), CAST('2024-02-04' AS DATE),
      CAST('2024-02-18' AS DATE), CAST('2024-04-07' AS DATE), CAST('2024-04-28' AS DATE), CAST('2024-05-11' AS DATE),
      CAST('2024-09-14' AS DATE), CAST('2024-09-29' AS DATE), CAST('2024-10-12' AS DATE), CAST('2025-01-26' AS DATE),
      CAST('2025-02-08' AS DATE), CAST('2025-04-27' AS DATE), CAST('2025-09-28' AS DATE), CAST('2025-10-11' AS DATE),
      CAST('2026-01-04' AS DATE), CAST('2026-02-14' AS DATE), CAST('2026-02-28' AS DATE), CAST('2026-05-09' AS DATE),
      CAST('2026-09-20' AS DATE), CAST('2026-10-10' AS DATE)
    ) AS w
  FROM (
    SELECT
      CAST(x AS DATE) AS d
    FROM (
      SELECT
        UNNEST(RANGE(CAST('2023-01-01' AS DATE), CAST('2027-01-01' AS DATE), INTERVAL '1' DAY)) AS x
    ) AS t
  ) AS t
)
SELECT
  d, MIN(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due
FROM c;

-- unanswered
CREATE TEMP TABLE "st_unanswered" AS
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "asked_on", "unanswered_due", "unanswered_days",
  "平台._row", "_g", "_st"
FROM (
  SELECT
    "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
    "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
    "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
    "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
    "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "asked_on", "平台._row", _g, _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_roll_unanswered"
            WHERE
              d = (
                (
                  CAST("asked_on" AS DATE)
                ) + CAST(0 AS INT)
              )
          ),
          (
            (
              CAST("asked_on" AS DATE)
            ) + CAST(0 AS INT)
          ) + CAST(0 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_roll_unanswered"
          WHERE
            d = (
              (
                CAST("asked_on" AS DATE)
              ) + CAST(0 AS INT)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_roll_unanswered"
          WHERE
            d = (
              (
                CAST("asked_on" AS DATE)
              ) + CAST(0 AS INT)
            )
        ),
        (
          (
            CAST("asked_on" AS DATE)
          ) + CAST(0 AS INT)
        ) + CAST(0 AS INT)
      )
    END AS "unanswered_due",
    (
      CASE
        WHEN (
          CAST("seen" AS DATE)
        ) = (
          CAST("seen" AS DATE)
        )
        THEN CAST("seen" AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST("asked_on" AS DATE)
        ) = (
          CAST("asked_on" AS DATE)
        )
        THEN CAST("asked_on" AS DATE)
      END
    ) AS "unanswered_days"
  FROM "st_reply_due"
  WHERE
    (
      NOT (
        CASE
          WHEN (
            CAST("seen" AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_roll_unanswered"
                WHERE
                  d = (
                    (
                      CAST("asked_on" AS DATE)
                    ) + CAST(0 AS INT)
                  )
              ),
              (
                (
                  CAST("asked_on" AS DATE)
                ) + CAST(0 AS INT)
              ) + CAST(0 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST("seen" AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_roll_unanswered"
              WHERE
                d = (
                  (
                    CAST("asked_on" AS DATE)
                  ) + CAST(0 AS INT)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- screened
CREATE TEMP TABLE "near_screened" AS
WITH carriers(spelling, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('不予立案', 30), ('不移送公安', 30), ('不立案', 30), ('不起诉', 30), ('以罚代刑', 30), ('应移送未移送', 30), ('未移送公安', 30), ('构成犯罪', 30), ('没有移送公安', 30),
    ('涉嫌犯罪', 30), ('移送公安', 15), ('立案标准', 15), ('罚款了之', 30), ('罚款了事', 30), ('触犯刑法', 30), ('轻伤', 15), ('追诉标准', 15),
    ('销售金额', 15)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w
  FROM "hits_screened" AS h
  JOIN carriers AS c
    ON h.word = c.spelling
  GROUP BY
    h._row
), hopeful AS (
  SELECT
    _row
  FROM sums
  WHERE
    COALESCE(w, 0) >= 30
)
SELECT
  "工单.order_no", "工单.accepted_at", "工单.kind", "工单.content", "工单.duplicate", "工单._row", "_g", "_st"
FROM "src_工单"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- screened
CREATE TEMP TABLE "seen_screened" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('不予立案', TRUE), ('不移送公安', TRUE), ('不立案', TRUE), ('不起诉', TRUE), ('以罚代刑', TRUE), ('应移送未移送', TRUE), ('未移送公安', TRUE), ('构成犯罪', TRUE),
    ('没有移送公安', TRUE), ('涉嫌犯罪', TRUE), ('移送公安', TRUE), ('立案标准', TRUE), ('罚款了之', TRUE), ('罚款了事', TRUE), ('触犯刑法', TRUE), ('轻伤', TRUE),
    ('追诉标准', TRUE),
    ('销售金额', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_screened"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_screened" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('已移送', 0, 12, -1),
    ('公安已立案', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_screened" AS e
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
      SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)), '宣传|演练|咨询|不会'
    )
    THEN NULL
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
      '不会'
    )
    THEN '不会'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- screened
CREATE TEMP TABLE "words_screened" AS
WITH good AS (
  SELECT
    *
  FROM "seen_screened"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('涉嫌犯罪', '涉嫌犯罪', 30), ('构成犯罪', '涉嫌犯罪', 30), ('触犯刑法', '涉嫌犯罪', 30), ('以罚代刑', '以罚代刑', 30), ('罚款了事', '以罚代刑', 30), ('罚款了之', '以罚代刑', 30),
    ('应移送未移送', '应移送未移送', 30), ('没有移送公安', '应移送未移送', 30), ('不移送公安', '应移送未移送', 30), ('未移送公安', '应移送未移送', 30), ('不予立案', '不予立案', 30),
    ('不立案', '不予立案', 30), ('不起诉', '不起诉', 30), ('追诉标准', '追诉标准', 15), ('立案标准', '追诉标准', 15), ('移送公安', '移送公安', 15), ('轻伤', '轻伤', 15),
    ('销售金额', '销售金额', 15)) AS _values
)
SELECT
  g._row, k.word, k.weight, g.spelling, g.field, g."offset", g.length
FROM good AS g
JOIN word_list AS k
  ON g.spelling = k.spelling;

-- screened
CREATE TEMP TABLE "st_screened" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.kind", t."工单.content", t."工单.duplicate", h.w AS "screened_words", h.n AS "screened_count",
  h.s AS "screened_score", t."工单._row", t._g, t._st
FROM "near_screened" AS t
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
    FROM "words_screened"
  )
  GROUP BY
    _row
) AS h
  ON t."工单._row" = h._row
WHERE
  h.s >= 30;

-- told
CREATE TEMP TABLE "st_told" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.kind", "工单.content", "工单.duplicate", "screened_words", "screened_count", "screened_score", "工单._row",
  _g, _st
FROM "st_screened"
WHERE
  "工单.kind" IN ('投诉', '举报') AND COALESCE("工单.duplicate", '否') <> '是';

-- 产出：published
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "shown_charge", "shown_standard", "shown_reached",
  "shown_figure", "shown_limit", "by_document_state", "by_document_from", "by_document_to", "移送.case_no", "移送.penalty_no", "移送.referral_no",
  "移送.referred_on", "移送.received_at", "移送.org__uscc", "移送.org__name", "移送.org__core", "移送.org__tax", "移送.org__former", "移送.org__parent",
  "移送.referred_on__from", "移送.referred_on__to", "by_firm_grade", "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact",
  "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on", "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on",
  "平台.received_at", "平台.receipt_no", "平台.conclusion", "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on",
  "平台.reply_result", "平台.penalty_on__from", "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from",
  "平台.concluded_on__to", "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached",
  "figure", "limit", "known_grade", "公示._row", "移送._row", "平台._row", _g, _st, CAST("公示.doc_no" AS TEXT) AS _subject
FROM "st_published"
WHERE
  "shown_reached" = '达到'
  AND "移送.case_no" IS NULL
  AND NOT (
    "公示.org__uscc" IS NULL
  );

-- 产出：published_hint
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "shown_charge", "shown_standard", "shown_reached",
  "shown_figure", "shown_limit", "by_document_state", "by_document_from", "by_document_to", "移送.case_no", "移送.penalty_no", "移送.referral_no",
  "移送.referred_on", "移送.received_at", "移送.org__uscc", "移送.org__name", "移送.org__core", "移送.org__tax", "移送.org__former", "移送.org__parent",
  "移送.referred_on__from", "移送.referred_on__to", "by_firm_grade", "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact",
  "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on", "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on",
  "平台.received_at", "平台.receipt_no", "平台.conclusion", "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on",
  "平台.reply_result", "平台.penalty_on__from", "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from",
  "平台.concluded_on__to", "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached",
  "figure", "limit", "known_grade", "公示._row", "移送._row", "平台._row", _g, _st, CAST("公示.doc_no" AS TEXT) AS _subject
FROM "st_published"
WHERE
  "shown_reached" = '可能'
  AND "移送.case_no" IS NULL
  AND NOT (
    "公示.org__uscc" IS NULL
  );

-- 产出：published_other
SELECT
  "公示.doc_no", "公示.violation_type", "公示.fact", "公示.decided_on", "公示.agency", "公示.org__uscc", "公示.org__name", "公示.org__core", "公示.org__tax",
  "公示.org__former", "公示.org__parent", "shown_about", "shown_from", "shown_seen", "shown_charge", "shown_standard", "shown_reached",
  "shown_figure", "shown_limit", "by_document_state", "by_document_from", "by_document_to", "移送.case_no", "移送.penalty_no", "移送.referral_no",
  "移送.referred_on", "移送.received_at", "移送.org__uscc", "移送.org__name", "移送.org__core", "移送.org__tax", "移送.org__former", "移送.org__parent",
  "移送.referred_on__from", "移送.referred_on__to", "by_firm_grade", "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact",
  "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on", "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on",
  "平台.received_at", "平台.receipt_no", "平台.conclusion", "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on",
  "平台.reply_result", "平台.penalty_on__from", "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from",
  "平台.concluded_on__to", "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached",
  "figure", "limit", "known_grade", "公示._row", "移送._row", "平台._row", _g, _st, CAST("公示.doc_no" AS TEXT) AS _subject
FROM "st_published"
WHERE
  NOT (
    "移送.case_no" IS NULL
  ) OR "公示.org__uscc" IS NULL;

-- 产出：fined_instead
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached", "figure", "limit",
  "平台._row", _g, _st, CAST("平台.case_no" AS TEXT) AS _subject
FROM "st_criminal"
WHERE
  "fined";

-- 产出：unreferred
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached", "figure", "limit",
  "平台._row", _g, _st, CAST("平台.case_no" AS TEXT) AS _subject
FROM "st_criminal"
WHERE
  NOT (
    "fined"
  );

-- 产出：hint
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "charge", "standard", "reached", "figure", "limit",
  "平台._row", _g, _st, CAST("平台.case_no" AS TEXT) AS _subject
FROM "st_doubtful"
WHERE
  TRUE;

-- 产出：overdue
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "undecided_due", "undecided_days", "overdue_due",
  "overdue_days", "平台._row", _g, _st, CAST("平台.case_no" AS TEXT) AS _subject
FROM "st_overdue"
WHERE
  TRUE;

-- 产出：extendable
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "undecided_due", "undecided_days", "extendable_due",
  "extendable_days", "平台._row", _g, _st, CAST("平台.case_no" AS TEXT) AS _subject
FROM "st_extendable"
WHERE
  TRUE;

-- 产出：late
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "late_due", "late_days", "平台._row", _g, _st,
  CAST("平台.case_no" AS TEXT) AS _subject
FROM "st_late"
WHERE
  TRUE;

-- 产出：not_sent
SELECT
  "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
  "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "sent_seen", "due_due", "due_days", "untimely_state",
  "untimely_from", "untimely_to", "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on",
  "反向.person__id", "反向.person__name", "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from",
  "反向.accepted_on__to", "反向.decided_on__from", "反向.decided_on__to", "afterwards_grade", "不诉._row", "反向._row", _g, _st,
  CAST("不诉.case_no" AS TEXT) AS _subject
FROM "st_afterwards"
WHERE
  "反向.accepted_on" IS NULL;

-- 产出：sent_late
SELECT
  "不诉.case_no", "不诉.kind", "不诉.outcome", "不诉.decided_on", "不诉.person__id", "不诉.person__name", "不诉.person__mask", "不诉.person__birth",
  "不诉.person__sex", "不诉.person__area", "不诉.decided_on__from", "不诉.decided_on__to", "sent_seen", "due_due", "due_days", "untimely_state",
  "untimely_from", "untimely_to", "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on",
  "反向.person__id", "反向.person__name", "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from",
  "反向.accepted_on__to", "反向.decided_on__from", "反向.decided_on__to", "afterwards_grade", "不诉._row", "反向._row", _g, _st,
  CAST("不诉.case_no" AS TEXT) AS _subject
FROM "st_afterwards"
WHERE
  NOT (
    "反向.accepted_on" IS NULL
  );

-- 产出：review_late
SELECT
  "反向.case_no", "反向.accepted_on", "反向.kind", "反向.due_on", "反向.stage", "反向.outcome", "反向.decided_on", "反向.person__id", "反向.person__name",
  "反向.person__mask", "反向.person__birth", "反向.person__sex", "反向.person__area", "反向.accepted_on__from", "反向.accepted_on__to",
  "反向.decided_on__from", "反向.decided_on__to", "review_seen", "review_due", "review_days", "反向._row", _g, _st,
  CAST("反向.case_no" AS TEXT) AS _subject
FROM "st_unextended"
WHERE
  TRUE;

-- 产出：unanswered
SELECT
  "平台.case_no", "平台.agency", "平台.filed_case_on", "平台.cause", "平台.fact", "平台.amount", "平台.goods", "平台.penalty_no", "平台.penalty_on",
  "平台.fine", "平台.suspected_crime", "平台.referral_no", "平台.referred_on", "平台.received_at", "平台.receipt_no", "平台.conclusion",
  "平台.concluded_on", "平台.result", "平台.opinion_no", "平台.opinion_on", "平台.replied_on", "平台.reply_result", "平台.penalty_on__from",
  "平台.referred_on__from", "平台.received_at__from", "平台.received_at__to", "平台.concluded_on__from", "平台.concluded_on__to",
  "平台.replied_on__from", "about", "handled_on", "act_from", "seen", "sent", "fined", "asked_on", "unanswered_due", "unanswered_days",
  "平台._row", _g, _st, CAST("平台.case_no" AS TEXT) AS _subject
FROM "st_unanswered"
WHERE
  TRUE;

-- 产出：told
SELECT
  "工单.order_no", "工单.accepted_at", "工单.kind", "工单.content", "工单.duplicate", "screened_words", "screened_count", "screened_score", "工单._row",
  _g, _st, CAST("工单.order_no" AS TEXT) AS _subject
FROM "st_told"
WHERE
  TRUE;
