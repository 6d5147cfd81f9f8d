-- 环境保护税应申报未申报（env_tax）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   env_tax.adjacent_months = 3
--   env_tax.amount_high = 100000
--   env_tax.amount_mid = 10000
--   env_tax.complaint_days = 90
--   env_tax.complaint_filing_months = 12
--   env_tax.complaint_min = 2
--   env_tax.grace_after_due_days = 30
--   env_tax.look_back_months = 36
--   env_tax.look_back_special_months = 60
--   env_tax.low_share = 0.7
--   env_tax.one_of_kept = 1
--   env_tax.peer_least = 5
--   env_tax.peer_percent = 50
--   env_tax.peer_share = 0.5
--   env_tax.permit_months = 3
--   env_tax.recent_months = 9
--   env_tax.year_floor = 1000
--   env_tax.year_months = 12
--   env_tax.year_share = 0.5

-- 数据：处罚
SELECT
  "company" AS "处罚.company", "party_kind" AS "处罚.party_kind", "industry" AS "处罚.industry", "stock_kind" AS "处罚.stock_kind",
  "stock" AS "处罚.stock", "region" AS "处罚.region", "violated_on" AS "处罚.violated_on", "violation_type" AS "处罚.violation_type",
  "pollutant" AS "处罚.pollutant", "medium" AS "处罚.medium", "procedural" AS "处罚.procedural", "noise_source" AS "处罚.noise_source",
  "exceed_db" AS "处罚.exceed_db", "quantity" AS "处罚.quantity", "outlet" AS "处罚.outlet", "to_facility" AS "处罚.to_facility",
  "fact" AS "处罚.fact", "status" AS "处罚.status", "org__uscc" AS "处罚.org__uscc", "org__name" AS "处罚.org__name", "org__core" AS "处罚.org__core",
  "org__tax" AS "处罚.org__tax", "org__former" AS "处罚.org__former", "org__parent" AS "处罚.org__parent", _row AS "处罚._row", 0 AS _g, 0 AS _st
FROM env_penalty;

-- 数据：申报
SELECT
  "company" AS "申报.company", "registration" AS "申报.registration", "period_from" AS "申报.period_from", "period_to" AS "申报.period_to",
  "filing_kind" AS "申报.filing_kind", "sub_item" AS "申报.sub_item", "outlet" AS "申报.outlet", "quantity" AS "申报.quantity",
  "relief_kind" AS "申报.relief_kind", "relief" AS "申报.relief", "product" AS "申报.product", "output" AS "申报.output",
  "output_unit" AS "申报.output_unit", "org__uscc" AS "申报.org__uscc", "org__name" AS "申报.org__name", "org__core" AS "申报.org__core",
  "org__tax" AS "申报.org__tax", "org__former" AS "申报.org__former", "org__parent" AS "申报.org__parent", _row AS "申报._row", 0 AS _g, 0 AS _st
FROM env_tax_filing;

-- 数据：联合申报
SELECT
  "period_from" AS "联合申报.period_from", "period_to" AS "联合申报.period_to", "filing_kind" AS "联合申报.filing_kind", "sub_item" AS "联合申报.sub_item",
  "org__uscc" AS "联合申报.org__uscc", "org__name" AS "联合申报.org__name", "org__core" AS "联合申报.org__core", "org__tax" AS "联合申报.org__tax",
  "org__former" AS "联合申报.org__former", "org__parent" AS "联合申报.org__parent", _row AS "联合申报._row", 0 AS _g, 0 AS _st
FROM env_tax_filing;

-- 数据：同业申报
SELECT
  "registration" AS "同业申报.registration", "period_from" AS "同业申报.period_from", "period_to" AS "同业申报.period_to",
  "sub_item" AS "同业申报.sub_item", "quantity" AS "同业申报.quantity", "product" AS "同业申报.product", "output" AS "同业申报.output",
  "output_unit" AS "同业申报.output_unit", "org__uscc" AS "同业申报.org__uscc", _row AS "同业申报._row", 0 AS _g, 0 AS _st
FROM env_tax_filing;

-- 数据：上年申报
SELECT
  "period_from" AS "上年申报.period_from", "period_to" AS "上年申报.period_to", "sub_item" AS "上年申报.sub_item", "outlet" AS "上年申报.outlet",
  "quantity" AS "上年申报.quantity", "tax" AS "上年申报.tax", "org__uscc" AS "上年申报.org__uscc", "org__name" AS "上年申报.org__name",
  "org__core" AS "上年申报.org__core", "org__tax" AS "上年申报.org__tax", "org__former" AS "上年申报.org__former", "org__parent" AS "上年申报.org__parent",
  _row AS "上年申报._row", 0 AS _g, 0 AS _st
FROM env_tax_filing;

-- 数据：许可
SELECT
  "permit_no" AS "许可.permit_no", "project" AS "许可.project", "contractor" AS "许可.contractor", "floor_area" AS "许可.floor_area",
  "works_area" AS "许可.works_area", "works_kind" AS "许可.works_kind", "contract_start" AS "许可.contract_start",
  "contract_end" AS "许可.contract_end", "region" AS "许可.region", "status" AS "许可.status", "measures" AS "许可.measures",
  "builder__uscc" AS "许可.builder__uscc", "builder__name" AS "许可.builder__name", "builder__core" AS "许可.builder__core",
  "builder__tax" AS "许可.builder__tax", "builder__former" AS "许可.builder__former", "builder__parent" AS "许可.builder__parent",
  "contractor__uscc" AS "许可.contractor__uscc", "contractor__name" AS "许可.contractor__name", "contractor__core" AS "许可.contractor__core",
  "contractor__tax" AS "许可.contractor__tax", "contractor__former" AS "许可.contractor__former",
  "contractor__parent" AS "许可.contractor__parent", _row AS "许可._row", 0 AS _g, 0 AS _st
FROM construction_permit;

-- 数据：业主许可
SELECT
  "floor_area" AS "业主许可.floor_area", "works_area" AS "业主许可.works_area", "works_kind" AS "业主许可.works_kind",
  "contract_start" AS "业主许可.contract_start", "contract_end" AS "业主许可.contract_end", "status" AS "业主许可.status",
  "builder__uscc" AS "业主许可.builder__uscc", "builder__name" AS "业主许可.builder__name", "builder__core" AS "业主许可.builder__core",
  "builder__tax" AS "业主许可.builder__tax", "builder__former" AS "业主许可.builder__former", "builder__parent" AS "业主许可.builder__parent",
  "contractor__uscc" AS "业主许可.contractor__uscc", _row AS "业主许可._row", 0 AS _g, 0 AS _st
FROM construction_permit;

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no", "accepted_at" AS "工单.accepted_at", "caller_name" AS "工单.caller_name", "phone" AS "工单.phone",
  "kind" AS "工单.kind", "title" AS "工单.title", "content" AS "工单.content", "subject" AS "工单.subject", "duplicate" AS "工单.duplicate",
  "org__uscc" AS "工单.org__uscc", "org__name" AS "工单.org__name", "org__core" AS "工单.org__core", "org__tax" AS "工单.org__tax",
  "org__former" AS "工单.org__former", "org__parent" AS "工单.org__parent", _row AS "工单._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- 数据：税源
SELECT
  "org__uscc" AS "税源.org__uscc", "org__name" AS "税源.org__name", "org__core" AS "税源.org__core", "org__tax" AS "税源.org__tax",
  "org__former" AS "税源.org__former", "org__parent" AS "税源.org__parent", _row AS "税源._row", 0 AS _g, 0 AS _st
FROM env_tax_source;

-- 数据：排污许可
SELECT
  "permit_no" AS "排污许可.permit_no", "company" AS "排污许可.company", "category" AS "排污许可.category", "industry" AS "排污许可.industry",
  "valid_from" AS "排污许可.valid_from", "valid_to" AS "排污许可.valid_to", "outlet" AS "排污许可.outlet", "pollutant" AS "排污许可.pollutant",
  "allowed_quantity" AS "排污许可.allowed_quantity", "status" AS "排污许可.status", "operating" AS "排污许可.operating",
  "org__uscc" AS "排污许可.org__uscc", "org__name" AS "排污许可.org__name", "org__core" AS "排污许可.org__core", "org__tax" AS "排污许可.org__tax",
  "org__former" AS "排污许可.org__former", "org__parent" AS "排污许可.org__parent", _row AS "排污许可._row", 0 AS _g, 0 AS _st
FROM discharge_permit;

-- 数据：监测
SELECT
  "outlet" AS "监测.outlet", "factor" AS "监测.factor", "measured_at" AS "监测.measured_at", "span" AS "监测.span", "value" AS "监测.value",
  "standard" AS "监测.standard", "unit" AS "监测.unit", "flow" AS "监测.flow", "exceeded" AS "监测.exceeded", "method" AS "监测.method",
  "org__uscc" AS "监测.org__uscc", "org__name" AS "监测.org__name", "org__core" AS "监测.org__core", "org__tax" AS "监测.org__tax",
  "org__former" AS "监测.org__former", "org__parent" AS "监测.org__parent", _row AS "监测._row", 0 AS _g, 0 AS _st
FROM emission_monitoring;

-- 数据：登记
SELECT
  "state" AS "登记.state", "org__uscc" AS "登记.org__uscc", "org__name" AS "登记.org__name", "org__core" AS "登记.org__core",
  "org__tax" AS "登记.org__tax", "org__former" AS "登记.org__former", "org__parent" AS "登记.org__parent", _row AS "登记._row", 0 AS _g, 0 AS _st
FROM firm_register;

-- read
CREATE TEMP TABLE "st_read" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "处罚._row", _g, _st,
  COALESCE(
    "处罚.procedural",
    CASE
      WHEN CONTAINS("处罚.violation_type", '未批先建')
      OR CONTAINS("处罚.violation_type", '未验先投')
      OR CONTAINS("处罚.violation_type", '台账')
      OR CONTAINS("处罚.violation_type", '未按证')
      THEN '是'
      ELSE '否'
    END
  ) AS "paper_only"
FROM (
  SELECT
    "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
    "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
    "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
    "trade", "is_dust", "处罚._row", _g, _st,
    COALESCE(
      "处罚.medium",
      CASE
        WHEN "is_dust" OR CONTAINS("about", '废气')
        THEN '大气'
        WHEN CONTAINS("about", '废水') OR CONTAINS("about", '污水')
        THEN '水'
        WHEN CONTAINS("about", '固废') OR CONTAINS("about", '固体废物') OR CONTAINS("about", '废渣')
        THEN '固体废物'
        WHEN CONTAINS("about", '噪声')
        THEN '噪声'
      END
    ) AS "medium_of"
  FROM (
    SELECT
      "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
      "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
      "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
      "trade", "处罚._row", _g, _st, CONTAINS("about", '扬尘') AS "is_dust"
    FROM (
      SELECT
        "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
        "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
        "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
        "处罚._row", _g, _st,
        (
          COALESCE("处罚.industry", '') || ' ' || "处罚.company"
        ) AS "trade"
      FROM (
        SELECT
          "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
          "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
          "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent",
          "处罚._row", _g, _st,
          (
            COALESCE("处罚.violation_type", '') || ' ' || COALESCE("处罚.pollutant", '') || ' ' || COALESCE("处罚.fact", '')
          ) AS "about"
        FROM (
          SELECT
            "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
            "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
            "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent",
            "处罚._row", _g, _st
          FROM "src_处罚"
        )
      )
    )
  )
);

-- weighed
CREATE TEMP TABLE "st_weighed" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "处罚._row", _g, _st
FROM "st_read";

-- actual
CREATE TEMP TABLE "st_actual" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "处罚._row", _g, _st
FROM "st_weighed"
WHERE
  COALESCE("处罚.status", '有效') <> '撤销'
  AND "paper_only" <> '是'
  AND COALESCE("处罚.party_kind", '企业') <> '个人'
  AND COALESCE("处罚.to_facility", '否') <> '是'
  AND "answer" = '应税'
  AND (
    "medium_of" IN ('大气', '水')
    OR (
      "medium_of" = '噪声' AND COALESCE("处罚.noise_source", '不明') = '工业'
    )
    OR (
      "medium_of" = '固体废物'
      AND (
        CONTAINS("about", '倾倒') OR CONTAINS("about", '丢弃') OR CONTAINS("about", '遗撒')
      )
    )
  );

-- quarter_of
CREATE TEMP TABLE "st_quarter_of" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "处罚._row", _g, _st,
  CAST(CAST(DATE_TRUNC('QUARTER', CAST("q_from" + INTERVAL (
    3
  ) MONTH AS DATE)) AS DATE) + INTERVAL '3' MONTH AS DATE) - 1 AS "seen_to"
FROM (
  SELECT
    "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
    "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
    "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
    "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "处罚._row", _g, _st,
    CAST("q_from" - INTERVAL (
      3
    ) MONTH AS DATE) AS "seen_from"
  FROM (
    SELECT
      "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
      "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
      "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
      "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "处罚._row", _g, _st,
      CAST(CAST(DATE_TRUNC('QUARTER', CAST("处罚.violated_on" AS DATE)) AS DATE) + INTERVAL '3' MONTH AS DATE) - 1 AS "q_to"
    FROM (
      SELECT
        "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
        "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
        "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
        "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "处罚._row", _g, _st,
        CAST(DATE_TRUNC('QUARTER', CAST("处罚.violated_on" AS DATE)) AS DATE) AS "q_from"
      FROM (
        SELECT
          "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
          "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
          "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent",
          "about", "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "处罚._row", _g, _st
        FROM "st_actual"
      )
    )
  )
);

-- dated
CREATE TEMP TABLE "st_dated" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "处罚._row", _g, _st
FROM "st_quarter_of";

-- timely
CREATE TEMP TABLE "st_timely" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "处罚._row", _g, _st
FROM "st_dated"
WHERE
  "处罚.violated_on" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    60
  ) MONTH AS DATE)
  AND COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) > "q_to" + CAST((
    "due_days"
  ) AS INT) + CAST((
    30
  ) AS INT);

-- unfiled
CREATE TEMP TABLE "st_unfiled" AS
SELECT
  l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
  l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
  l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
  l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
  l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "unfiled_state", _from AS "unfiled_from", _to AS "unfiled_to",
  l."处罚._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_timely"
  ), _r AS (
    SELECT
      *
    FROM "src_申报"
  ), seen AS (
    SELECT
      "处罚._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "申报.period_to" >= "seen_from" AND "申报.period_from" <= "seen_to"
        ) AS _w
      FROM (
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__uscc" = r."申报.org__uscc"
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__tax" = r."申报.org__tax"
          AND (
            l."处罚.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__name" = r."申报.org__name"
          AND l."处罚.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."申报.org__core"
          AND l."处罚.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__name" = r."申报.org__name"
          AND NOT l."处罚.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."申报.org__core"
          AND NOT l."处罚.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__former" = r."申报.org__core"
          AND (
            l."处罚.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."申报.org__former"
          AND (
            l."处罚.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."申报.org__core", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__former" = r."申报.org__former"
          AND (
            l."处罚.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__parent" = r."申报.org__core"
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."处罚.org__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."处罚.org__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."处罚.org__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."申报.org__parent"
          AND NOT COALESCE(l."处罚.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."处罚.org__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."处罚.org__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."处罚.org__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."处罚.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."处罚.org__core") >= 4 AND l."处罚.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."处罚.org__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND l."处罚.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."seen_from", l."seen_to", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."处罚.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."处罚.org__core") >= 4 AND NOT l."处罚.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4 AND r."申报.org__uscc" IS NULL
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."处罚.org__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND NOT l."处罚.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."申报.org__former", FALSE)
      ) AS p
    )
    GROUP BY
      "处罚._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."处罚.org__uscc" IS NULL
        )
        AND (
          "seen_from"
        ) <= (
          "q_to"
        )
        AND (
          (
            (
              "seen_from"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "q_to"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "q_to"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "seen_from" AS _from, "q_to" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."处罚._row" = s."处罚._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- sites
CREATE TEMP TABLE "pairs_sites" AS
SELECT
  *
FROM (
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
    l."处罚._row", r."许可.permit_no", r."许可.project", r."许可.contractor", r."许可.floor_area", r."许可.works_area", r."许可.works_kind",
    r."许可.contract_start", r."许可.contract_end", r."许可.region", r."许可.status", r."许可.measures", r."许可.builder__uscc", r."许可.builder__name",
    r."许可.builder__core", r."许可.builder__tax", r."许可.builder__former", r."许可.builder__parent", r."许可.contractor__uscc",
    r."许可.contractor__name", r."许可.contractor__core", r."许可.contractor__tax", r."许可.contractor__former", r."许可.contractor__parent",
    r."许可._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."许可.contractor__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."许可.contractor__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."许可.contractor__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."许可.contractor__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."许可.contractor__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."许可.contractor__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."许可.contractor__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_unfiled" AS l
  JOIN "src_许可" AS r
    ON l."处罚.org__uscc" = r."许可.contractor__uscc"
  UNION ALL
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
    l."处罚._row", r."许可.permit_no", r."许可.project", r."许可.contractor", r."许可.floor_area", r."许可.works_area", r."许可.works_kind",
    r."许可.contract_start", r."许可.contract_end", r."许可.region", r."许可.status", r."许可.measures", r."许可.builder__uscc", r."许可.builder__name",
    r."许可.builder__core", r."许可.builder__tax", r."许可.builder__former", r."许可.builder__parent", r."许可.contractor__uscc",
    r."许可.contractor__name", r."许可.contractor__core", r."许可.contractor__tax", r."许可.contractor__former", r."许可.contractor__parent",
    r."许可._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."许可.contractor__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."许可.contractor__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."许可.contractor__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."许可.contractor__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."许可.contractor__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."许可.contractor__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."许可.contractor__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_unfiled" AS l
  JOIN "src_许可" AS r
    ON l."处罚.org__tax" = r."许可.contractor__tax"
    AND (
      l."处罚.org__uscc" IS NULL OR r."许可.contractor__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- sites
CREATE TEMP TABLE "st_sites" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent",
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
  END AS "sites_grade", "处罚._row", "许可._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_sites" AS p
WHERE
  "is_dust"
  AND "处罚.violated_on" BETWEEN "许可.contract_start" AND COALESCE("许可.contract_end", CAST('2026-06-30' AS DATE))
  AND NOT (
    COALESCE("许可.status", '在建') IN ('未开工', '注销')
  )
UNION ALL
SELECT
  l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
  l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
  l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
  l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
  l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
  NULL AS "许可.permit_no", NULL AS "许可.project", NULL AS "许可.contractor", NULL AS "许可.floor_area", NULL AS "许可.works_area",
  NULL AS "许可.works_kind", NULL AS "许可.contract_start", NULL AS "许可.contract_end", NULL AS "许可.region", NULL AS "许可.status",
  NULL AS "许可.measures", NULL AS "许可.builder__uscc", NULL AS "许可.builder__name", NULL AS "许可.builder__core", NULL AS "许可.builder__tax",
  NULL AS "许可.builder__former", NULL AS "许可.builder__parent", NULL AS "许可.contractor__uscc", NULL AS "许可.contractor__name",
  NULL AS "许可.contractor__core", NULL AS "许可.contractor__tax", NULL AS "许可.contractor__former", NULL AS "许可.contractor__parent",
  NULL AS "sites_grade", l."处罚._row", NULL AS "许可._row", l._g, l._st
FROM "st_unfiled" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_sites" AS p
    WHERE
      p."处罚._row" IS NOT DISTINCT FROM l."处罚._row"
      AND (
        "is_dust"
        AND "处罚.violated_on" BETWEEN "许可.contract_start" AND COALESCE("许可.contract_end", CAST('2026-06-30' AS DATE))
        AND NOT (
          COALESCE("许可.status", '在建') IN ('未开工', '注销')
        )
      )
  );

-- owned
CREATE TEMP TABLE "pairs_owned" AS
SELECT
  *
FROM (
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
    l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
    l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
    l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
    l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade", l."处罚._row",
    l."许可._row", r."业主许可.floor_area", r."业主许可.works_area", r."业主许可.works_kind", r."业主许可.contract_start", r."业主许可.contract_end",
    r."业主许可.status", r."业主许可.builder__uscc", r."业主许可.builder__name", r."业主许可.builder__core", r."业主许可.builder__tax",
    r."业主许可.builder__former", r."业主许可.builder__parent", r."业主许可.contractor__uscc", r."业主许可._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."业主许可.builder__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."业主许可.builder__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."业主许可.builder__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."业主许可.builder__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."业主许可.builder__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."业主许可.builder__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."业主许可.builder__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_sites" AS l
  JOIN "src_业主许可" AS r
    ON l."处罚.org__uscc" = r."业主许可.builder__uscc"
  UNION ALL
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
    l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
    l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
    l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
    l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade", l."处罚._row",
    l."许可._row", r."业主许可.floor_area", r."业主许可.works_area", r."业主许可.works_kind", r."业主许可.contract_start", r."业主许可.contract_end",
    r."业主许可.status", r."业主许可.builder__uscc", r."业主许可.builder__name", r."业主许可.builder__core", r."业主许可.builder__tax",
    r."业主许可.builder__former", r."业主许可.builder__parent", r."业主许可.contractor__uscc", r."业主许可._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."业主许可.builder__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."业主许可.builder__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."业主许可.builder__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."业主许可.builder__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."业主许可.builder__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."业主许可.builder__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."业主许可.builder__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_sites" AS l
  JOIN "src_业主许可" AS r
    ON l."处罚.org__tax" = r."业主许可.builder__tax"
    AND (
      l."处罚.org__uscc" IS NULL OR r."业主许可.builder__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- owned
CREATE TEMP TABLE "st_owned" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
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
  END AS "owned_grade", "处罚._row", "许可._row", "业主许可._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_owned" AS p
WHERE
  "is_dust"
  AND "处罚.violated_on" BETWEEN "业主许可.contract_start" AND COALESCE("业主许可.contract_end", CAST('2026-06-30' AS DATE))
  AND NOT (
    COALESCE("业主许可.status", '在建') IN ('未开工', '注销')
  )
UNION ALL
SELECT
  l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
  l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
  l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
  l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
  l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
  l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
  l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
  l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
  l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade",
  NULL AS "业主许可.floor_area", NULL AS "业主许可.works_area", NULL AS "业主许可.works_kind", NULL AS "业主许可.contract_start",
  NULL AS "业主许可.contract_end", NULL AS "业主许可.status", NULL AS "业主许可.builder__uscc", NULL AS "业主许可.builder__name",
  NULL AS "业主许可.builder__core", NULL AS "业主许可.builder__tax", NULL AS "业主许可.builder__former", NULL AS "业主许可.builder__parent",
  NULL AS "业主许可.contractor__uscc", NULL AS "owned_grade", l."处罚._row", l."许可._row", NULL AS "业主许可._row", l._g, l._st
FROM "st_sites" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_owned" AS p
    WHERE
      p."处罚._row" IS NOT DISTINCT FROM l."处罚._row"
      AND p."许可._row" IS NOT DISTINCT FROM l."许可._row"
      AND (
        "is_dust"
        AND "处罚.violated_on" BETWEEN "业主许可.contract_start" AND COALESCE("业主许可.contract_end", CAST('2026-06-30' AS DATE))
        AND NOT (
          COALESCE("业主许可.status", '在建') IN ('未开工', '注销')
        )
      )
  );

-- partner
CREATE TEMP TABLE "st_partner" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "处罚._row", "许可._row", "业主许可._row", _g, _st,
  CASE
    WHEN "q_to" IS NULL
    OR COALESCE("许可.contract_end", "业主许可.contract_end", "q_to") IS NULL
    THEN NULL
    ELSE LEAST("q_to", COALESCE("许可.contract_end", "业主许可.contract_end", "q_to"))
  END AS "last_day"
FROM (
  SELECT
    "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
    "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
    "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
    "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days",
    "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area",
    "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc",
    "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc",
    "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade",
    "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status",
    "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent",
    "业主许可.contractor__uscc", "owned_grade", "partner_code", "site", "area", "处罚._row", "许可._row", "业主许可._row", _g, _st,
    CASE
      WHEN "q_from" IS NULL OR COALESCE("许可.contract_start", "业主许可.contract_start") IS NULL
      THEN NULL
      ELSE GREATEST("q_from", COALESCE("许可.contract_start", "业主许可.contract_start"))
    END AS "first_day"
  FROM (
    SELECT
      "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
      "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
      "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
      "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days",
      "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area",
      "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc",
      "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc",
      "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade",
      "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status",
      "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent",
      "业主许可.contractor__uscc", "owned_grade", "partner_code", "site", "处罚._row", "许可._row", "业主许可._row", _g, _st,
      CASE
        WHEN "site" = '建筑施工'
        THEN COALESCE("许可.floor_area", "业主许可.floor_area")
        ELSE COALESCE("许可.works_area", "业主许可.works_area")
      END AS "area"
    FROM (
      SELECT
        "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
        "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
        "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
        "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days",
        "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area",
        "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc",
        "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc",
        "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade",
        "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status",
        "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former",
        "业主许可.builder__parent", "业主许可.contractor__uscc", "owned_grade", "partner_code", "处罚._row", "许可._row", "业主许可._row", _g, _st,
        COALESCE("许可.works_kind", "业主许可.works_kind", '建筑施工') AS "site"
      FROM (
        SELECT
          "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
          "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
          "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent",
          "about", "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on",
          "due_days", "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area",
          "许可.works_area", "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures",
          "许可.builder__uscc", "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent",
          "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former",
          "许可.contractor__parent", "sites_grade", "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start",
          "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax",
          "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc", "owned_grade", "处罚._row", "许可._row", "业主许可._row", _g,
          _st, COALESCE("许可.builder__uscc", "业主许可.contractor__uscc") AS "partner_code"
        FROM (
          SELECT
            "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
            "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
            "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent",
            "about", "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on",
            "due_days", "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area",
            "许可.works_area", "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures",
            "许可.builder__uscc", "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent",
            "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former",
            "许可.contractor__parent", "sites_grade", "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start",
            "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax",
            "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc", "owned_grade", "处罚._row", "许可._row", "业主许可._row", _g,
            _st
          FROM "st_owned"
        )
      )
    )
  )
);

-- joint
CREATE TEMP TABLE "pairs_joint" AS
SELECT
  l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
  l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
  l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
  l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
  l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
  l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
  l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
  l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
  l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade",
  l."业主许可.floor_area", l."业主许可.works_area", l."业主许可.works_kind", l."业主许可.contract_start", l."业主许可.contract_end", l."业主许可.status",
  l."业主许可.builder__uscc", l."业主许可.builder__name", l."业主许可.builder__core", l."业主许可.builder__tax", l."业主许可.builder__former",
  l."业主许可.builder__parent", l."业主许可.contractor__uscc", l."owned_grade", l."partner_code", l."site", l."area", l."first_day", l."last_day",
  l."处罚._row", l."许可._row", l."业主许可._row", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", r."联合申报.sub_item",
  r."联合申报.org__uscc", r."联合申报.org__name", r."联合申报.org__core", r."联合申报.org__tax", r."联合申报.org__former", r."联合申报.org__parent", r."联合申报._row",
  GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st, 0 AS _m
FROM "st_partner" AS l
JOIN "src_联合申报" AS r
  ON l."partner_code" = r."联合申报.org__uscc";

-- joint
CREATE TEMP TABLE "st_joint" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
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
  END AS "joint_grade", "处罚._row", "许可._row", "业主许可._row", "联合申报._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_joint" AS p
WHERE
  "联合申报.period_to" >= "seen_from" AND "联合申报.period_from" <= "seen_to"
UNION ALL
SELECT
  l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
  l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
  l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
  l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
  l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
  l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
  l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
  l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
  l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade",
  l."业主许可.floor_area", l."业主许可.works_area", l."业主许可.works_kind", l."业主许可.contract_start", l."业主许可.contract_end", l."业主许可.status",
  l."业主许可.builder__uscc", l."业主许可.builder__name", l."业主许可.builder__core", l."业主许可.builder__tax", l."业主许可.builder__former",
  l."业主许可.builder__parent", l."业主许可.contractor__uscc", l."owned_grade", l."partner_code", l."site", l."area", l."first_day", l."last_day",
  NULL AS "联合申报.period_from", NULL AS "联合申报.period_to", NULL AS "联合申报.filing_kind", NULL AS "联合申报.sub_item", NULL AS "联合申报.org__uscc",
  NULL AS "联合申报.org__name", NULL AS "联合申报.org__core", NULL AS "联合申报.org__tax", NULL AS "联合申报.org__former", NULL AS "联合申报.org__parent",
  NULL AS "joint_grade", l."处罚._row", l."许可._row", l."业主许可._row", NULL AS "联合申报._row", l._g, l._st
FROM "st_partner" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_joint" AS p
    WHERE
      p."处罚._row" IS NOT DISTINCT FROM l."处罚._row"
      AND p."许可._row" IS NOT DISTINCT FROM l."许可._row"
      AND p."业主许可._row" IS NOT DISTINCT FROM l."业主许可._row"
      AND (
        "联合申报.period_to" >= "seen_from" AND "联合申报.period_from" <= "seen_to"
      )
  );

-- alone
CREATE TEMP TABLE "st_alone" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
  "joint_grade", "处罚._row", "许可._row", "业主许可._row", "联合申报._row", _g, _st
FROM "st_joint"
WHERE
  "联合申报.period_from" IS NULL;

-- known
CREATE TEMP TABLE "pairs_known" AS
SELECT
  *
FROM (
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
    l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
    l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
    l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
    l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade",
    l."业主许可.floor_area", l."业主许可.works_area", l."业主许可.works_kind", l."业主许可.contract_start", l."业主许可.contract_end", l."业主许可.status",
    l."业主许可.builder__uscc", l."业主许可.builder__name", l."业主许可.builder__core", l."业主许可.builder__tax", l."业主许可.builder__former",
    l."业主许可.builder__parent", l."业主许可.contractor__uscc", l."owned_grade", l."partner_code", l."site", l."area", l."first_day", l."last_day",
    l."联合申报.period_from", l."联合申报.period_to", l."联合申报.filing_kind", l."联合申报.sub_item", l."联合申报.org__uscc", l."联合申报.org__name",
    l."联合申报.org__core", l."联合申报.org__tax", l."联合申报.org__former", l."联合申报.org__parent", l."joint_grade", l."处罚._row", l."许可._row",
    l."业主许可._row", l."联合申报._row", r."登记.state", r."登记.org__uscc", r."登记.org__name", r."登记.org__core", r."登记.org__tax", r."登记.org__former",
    r."登记.org__parent", r."登记._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."登记.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."登记.org__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."登记.org__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."登记.org__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."登记.org__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."登记.org__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."登记.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_alone" AS l
  JOIN "src_登记" AS r
    ON l."处罚.org__uscc" = r."登记.org__uscc"
  UNION ALL
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
    l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
    l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
    l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
    l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade",
    l."业主许可.floor_area", l."业主许可.works_area", l."业主许可.works_kind", l."业主许可.contract_start", l."业主许可.contract_end", l."业主许可.status",
    l."业主许可.builder__uscc", l."业主许可.builder__name", l."业主许可.builder__core", l."业主许可.builder__tax", l."业主许可.builder__former",
    l."业主许可.builder__parent", l."业主许可.contractor__uscc", l."owned_grade", l."partner_code", l."site", l."area", l."first_day", l."last_day",
    l."联合申报.period_from", l."联合申报.period_to", l."联合申报.filing_kind", l."联合申报.sub_item", l."联合申报.org__uscc", l."联合申报.org__name",
    l."联合申报.org__core", l."联合申报.org__tax", l."联合申报.org__former", l."联合申报.org__parent", l."joint_grade", l."处罚._row", l."许可._row",
    l."业主许可._row", l."联合申报._row", r."登记.state", r."登记.org__uscc", r."登记.org__name", r."登记.org__core", r."登记.org__tax", r."登记.org__former",
    r."登记.org__parent", r."登记._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."登记.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."登记.org__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."登记.org__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."登记.org__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."登记.org__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."登记.org__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."登记.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_alone" AS l
  JOIN "src_登记" AS r
    ON l."处罚.org__tax" = r."登记.org__tax"
    AND (
      l."处罚.org__uscc" IS NULL OR r."登记.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- known
CREATE TEMP TABLE "st_known" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
  "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former", "登记.org__parent",
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
  END AS "known_grade", "处罚._row", "许可._row", "业主许可._row", "联合申报._row", "登记._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_known" AS p
WHERE
  TRUE
UNION ALL
SELECT
  l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
  l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
  l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
  l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
  l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."unfiled_state", l."unfiled_from", l."unfiled_to",
  l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
  l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
  l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
  l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."sites_grade",
  l."业主许可.floor_area", l."业主许可.works_area", l."业主许可.works_kind", l."业主许可.contract_start", l."业主许可.contract_end", l."业主许可.status",
  l."业主许可.builder__uscc", l."业主许可.builder__name", l."业主许可.builder__core", l."业主许可.builder__tax", l."业主许可.builder__former",
  l."业主许可.builder__parent", l."业主许可.contractor__uscc", l."owned_grade", l."partner_code", l."site", l."area", l."first_day", l."last_day",
  l."联合申报.period_from", l."联合申报.period_to", l."联合申报.filing_kind", l."联合申报.sub_item", l."联合申报.org__uscc", l."联合申报.org__name",
  l."联合申报.org__core", l."联合申报.org__tax", l."联合申报.org__former", l."联合申报.org__parent", l."joint_grade", NULL AS "登记.state",
  NULL AS "登记.org__uscc", NULL AS "登记.org__name", NULL AS "登记.org__core", NULL AS "登记.org__tax", NULL AS "登记.org__former",
  NULL AS "登记.org__parent", NULL AS "known_grade", l."处罚._row", l."许可._row", l."业主许可._row", l."联合申报._row", NULL AS "登记._row", l._g, l._st
FROM "st_alone" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_known" AS p
    WHERE
      p."处罚._row" IS NOT DISTINCT FROM l."处罚._row"
      AND p."许可._row" IS NOT DISTINCT FROM l."许可._row"
      AND p."业主许可._row" IS NOT DISTINCT FROM l."业主许可._row"
      AND p."联合申报._row" IS NOT DISTINCT FROM l."联合申报._row"
      AND (
        TRUE
      )
  );

-- cautious
CREATE TEMP TABLE "st_cautious" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
  "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former", "登记.org__parent",
  "known_grade", "caution", "处罚._row", "许可._row", "业主许可._row", "联合申报._row", "登记._row", _g, _st, '税务机关（征收）；生态环境部门（信息交送）' AS "send_to"
FROM (
  SELECT
    "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
    "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
    "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
    "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days",
    "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area",
    "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc",
    "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc",
    "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade",
    "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status",
    "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent",
    "业主许可.contractor__uscc", "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to",
    "联合申报.filing_kind", "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former",
    "联合申报.org__parent", "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former",
    "登记.org__parent", "known_grade", "处罚._row", "许可._row", "业主许可._row", "联合申报._row", "登记._row", _g, _st,
    CASE
      WHEN "处罚.status" IN ('复议中', '诉讼中', '变更')
      THEN (
        '处罚' || "处罚.status"
      )
      WHEN "处罚.violated_on" < CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
        36
      ) MONTH AS DATE)
      THEN '超过三年追征期，是否适用五年由税务机关判断'
      WHEN "登记.state" IN ('注销', '吊销', '迁出')
      THEN (
        '企业已' || "登记.state"
      )
      WHEN CONTAINS("处罚.company", '分公司') OR CONTAINS("处罚.company", '分厂')
      THEN '分支机构，可能由总机构申报'
    END AS "caution"
  FROM (
    SELECT
      "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
      "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
      "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
      "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days",
      "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area",
      "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc",
      "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc",
      "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade",
      "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status",
      "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent",
      "业主许可.contractor__uscc", "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to",
      "联合申报.filing_kind", "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former",
      "联合申报.org__parent", "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former",
      "登记.org__parent", "known_grade", "处罚._row", "许可._row", "业主许可._row", "联合申报._row", "登记._row", _g, _st
    FROM "st_known"
  )
);

-- estimated
CREATE TEMP TABLE "st_estimated" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
  "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former", "登记.org__parent",
  "known_grade", "caution", "send_to", "处罚._row", "许可._row", "业主许可._row", "联合申报._row", "登记._row", _g, _st
FROM "st_cautious";

-- sized
CREATE TEMP TABLE "st_sized" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
  "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former", "登记.org__parent",
  "known_grade", "caution", "send_to", "low_tax", "high_tax", "low_late", "high_late", "how", "处罚._row", "许可._row", "业主许可._row",
  "联合申报._row", "登记._row", _g, _st,
  CASE
    WHEN "high_tax" > 100000
    THEN '高'
    WHEN "high_tax" >= 10000
    THEN '中'
    WHEN "high_tax" >= 0
    THEN '低'
  END AS "size"
FROM (
  SELECT
    "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
    "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility",
    "处罚.fact", "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about",
    "trade", "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days",
    "unfiled_state", "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area",
    "许可.works_kind", "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc",
    "许可.builder__name", "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc",
    "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade",
    "业主许可.floor_area", "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status",
    "业主许可.builder__uscc", "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent",
    "业主许可.contractor__uscc", "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to",
    "联合申报.filing_kind", "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former",
    "联合申报.org__parent", "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former",
    "登记.org__parent", "known_grade", "caution", "send_to", "low_tax", "high_tax", "low_late", "high_late", "how", "处罚._row", "许可._row",
    "业主许可._row", "联合申报._row", "登记._row", _g, _st
  FROM "st_estimated"
);

-- zeros
CREATE TEMP TABLE "pairs_zeros" AS
SELECT
  *
FROM (
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."处罚._row", r."申报.company", r."申报.registration",
    r."申报.period_from", r."申报.period_to", r."申报.filing_kind", r."申报.sub_item", r."申报.outlet", r."申报.quantity", r."申报.relief_kind",
    r."申报.relief", r."申报.product", r."申报.output", r."申报.output_unit", r."申报.org__uscc", r."申报.org__name", r."申报.org__core", r."申报.org__tax",
    r."申报.org__former", r."申报.org__parent", r."申报._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."申报.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."申报.org__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."申报.org__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."申报.org__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."申报.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_dated" AS l
  JOIN "src_申报" AS r
    ON l."处罚.org__uscc" = r."申报.org__uscc"
  UNION ALL
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."处罚._row", r."申报.company", r."申报.registration",
    r."申报.period_from", r."申报.period_to", r."申报.filing_kind", r."申报.sub_item", r."申报.outlet", r."申报.quantity", r."申报.relief_kind",
    r."申报.relief", r."申报.product", r."申报.output", r."申报.output_unit", r."申报.org__uscc", r."申报.org__name", r."申报.org__core", r."申报.org__tax",
    r."申报.org__former", r."申报.org__parent", r."申报._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."申报.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."申报.org__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."申报.org__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."申报.org__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."申报.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_dated" AS l
  JOIN "src_申报" AS r
    ON l."处罚.org__tax" = r."申报.org__tax"
    AND (
      l."处罚.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- zeros
CREATE TEMP TABLE "st_zeros" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "申报.company",
  "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity", "申报.relief_kind",
  "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax", "申报.org__former",
  "申报.org__parent",
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
  END AS "zeros_grade", "处罚._row", "申报._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_zeros" AS p
WHERE
  "申报.filing_kind" = '零申报'
  AND "申报.period_to" >= "q_from"
  AND "申报.period_from" <= "q_to";

-- zero_only
CREATE TEMP TABLE "st_zero_only" AS
SELECT
  l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
  l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
  l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
  l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
  l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."申报.company", l."申报.registration", l."申报.period_from",
  l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet", l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product",
  l."申报.output", l."申报.output_unit", l."申报.org__uscc", l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former",
  l."申报.org__parent", l."zeros_grade", CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "zero_only_state",
  _from AS "zero_only_from", _to AS "zero_only_to", l."处罚._row", l."申报._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_zeros"
  ), _r AS (
    SELECT
      *
    FROM "src_联合申报"
  ), seen AS (
    SELECT
      "处罚._row", "申报._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "联合申报.filing_kind" <> '零申报'
          AND "联合申报.period_to" >= "q_from"
          AND "联合申报.period_from" <= "q_to"
        ) AS _w
      FROM (
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__uscc" = r."联合申报.org__uscc"
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__tax" = r."联合申报.org__tax"
          AND (
            l."处罚.org__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__name" = r."联合申报.org__name"
          AND l."处罚.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."联合申报.org__core"
          AND l."处罚.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__name" = r."联合申报.org__name"
          AND NOT l."处罚.org__uscc" IS NULL
          AND r."联合申报.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."联合申报.org__core"
          AND NOT l."处罚.org__uscc" IS NULL
          AND r."联合申报.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__former" = r."联合申报.org__core"
          AND (
            l."处罚.org__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."联合申报.org__former"
          AND (
            l."处罚.org__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__core", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__former" = r."联合申报.org__former"
          AND (
            l."处罚.org__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__parent" = r."联合申报.org__core"
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__core", FALSE)
          AND (
            COALESCE(l."处罚.org__uscc" <> r."联合申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."处罚.org__uscc" = r."联合申报.org__uscc", FALSE)
              AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
              AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__core", FALSE)
              AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__former", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."处罚.org__core" = r."联合申报.org__parent"
          AND NOT COALESCE(l."处罚.org__parent" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__core", FALSE)
          AND (
            COALESCE(l."处罚.org__uscc" <> r."联合申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."处罚.org__uscc" = r."联合申报.org__uscc", FALSE)
              AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
              AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__core", FALSE)
              AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__former", FALSE)
              AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."处罚.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."处罚.org__core") >= 4 AND l."处罚.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."联合申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."联合申报.org__core") >= 4
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."处罚.org__core" = n.lc
          AND r."联合申报.org__core" = n.rc
          AND l."处罚.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__parent" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__parent", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__former", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."处罚._row", l."申报._row", l."q_from", l."q_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.filing_kind", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."处罚.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."处罚.org__core") >= 4 AND NOT l."处罚.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."联合申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."联合申报.org__core") >= 4 AND r."联合申报.org__uscc" IS NULL
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."处罚.org__core" = n.lc
          AND r."联合申报.org__core" = n.rc
          AND NOT l."处罚.org__uscc" IS NULL
          AND r."联合申报.org__uscc" IS NULL
          AND NOT COALESCE(l."处罚.org__parent" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__parent", FALSE)
          AND NOT COALESCE(l."处罚.org__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."处罚.org__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."处罚.org__core" = r."联合申报.org__former", FALSE)
          AND NOT COALESCE(l."处罚.org__former" = r."联合申报.org__former", FALSE)
      ) AS p
    )
    GROUP BY
      "处罚._row", "申报._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."处罚.org__uscc" IS NULL
        )
        AND (
          "q_from"
        ) <= (
          "q_to"
        )
        AND (
          (
            (
              "q_from"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "q_to"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "q_to"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "q_from" AS _from, "q_to" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."处罚._row" IS NOT DISTINCT FROM s."处罚._row"
    AND l."申报._row" IS NOT DISTINCT FROM s."申报._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- triggered
CREATE TEMP TABLE "st_triggered" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "处罚._row", _g, _st
FROM "st_dated";

-- generating
CREATE TEMP TABLE "st_generating" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "trigger",
  "处罚._row", _g, _st
FROM "st_triggered"
WHERE
  "trigger" <> '无';

-- filed_as
CREATE TEMP TABLE "pairs_filed_as" AS
SELECT
  *
FROM (
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."trigger", l."处罚._row", r."申报.company",
    r."申报.registration", r."申报.period_from", r."申报.period_to", r."申报.filing_kind", r."申报.sub_item", r."申报.outlet", r."申报.quantity",
    r."申报.relief_kind", r."申报.relief", r."申报.product", r."申报.output", r."申报.output_unit", r."申报.org__uscc", r."申报.org__name",
    r."申报.org__core", r."申报.org__tax", r."申报.org__former", r."申报.org__parent", r."申报._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."申报.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."申报.org__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."申报.org__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."申报.org__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."申报.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_generating" AS l
  JOIN "src_申报" AS r
    ON l."处罚.org__uscc" = r."申报.org__uscc"
  UNION ALL
  SELECT
    l."处罚.company", l."处罚.party_kind", l."处罚.industry", l."处罚.stock_kind", l."处罚.stock", l."处罚.region", l."处罚.violated_on",
    l."处罚.violation_type", l."处罚.pollutant", l."处罚.medium", l."处罚.procedural", l."处罚.noise_source", l."处罚.exceed_db", l."处罚.quantity",
    l."处罚.outlet", l."处罚.to_facility", l."处罚.fact", l."处罚.status", l."处罚.org__uscc", l."处罚.org__name", l."处罚.org__core", l."处罚.org__tax",
    l."处罚.org__former", l."处罚.org__parent", l."about", l."trade", l."is_dust", l."medium_of", l."paper_only", l."answer", l."free",
    l."q_from", l."q_to", l."seen_from", l."seen_to", l."due_on", l."due_days", l."trigger", l."处罚._row", r."申报.company",
    r."申报.registration", r."申报.period_from", r."申报.period_to", r."申报.filing_kind", r."申报.sub_item", r."申报.outlet", r."申报.quantity",
    r."申报.relief_kind", r."申报.relief", r."申报.product", r."申报.output", r."申报.output_unit", r."申报.org__uscc", r."申报.org__name",
    r."申报.org__core", r."申报.org__tax", r."申报.org__former", r."申报.org__parent", r."申报._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."处罚.org__core" = r."申报.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."处罚.org__core"), LENGTH(r."申报.org__core"))),
            LAMBDA i : LEFT(l."处罚.org__core", i) = LEFT(r."申报.org__core", i)
            AND (
              SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 2)
              AND LENGTH(l."处罚.org__core") = LENGTH(r."申报.org__core")
              OR SUBSTRING(l."处罚.org__core", i + 2) = SUBSTRING(r."申报.org__core", i + 1)
              OR SUBSTRING(l."处罚.org__core", i + 1) = SUBSTRING(r."申报.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_generating" AS l
  JOIN "src_申报" AS r
    ON l."处罚.org__tax" = r."申报.org__tax"
    AND (
      l."处罚.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- filed_as
CREATE TEMP TABLE "st_filed_as" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "trigger",
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent",
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
  END AS "filed_as_grade", "处罚._row", "申报._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_filed_as" AS p
WHERE
  "申报.sub_item" = "处罚.pollutant"
  AND "申报.filing_kind" <> '零申报'
  AND "申报.period_to" >= "q_from"
  AND "申报.period_from" <= "q_to";

-- generated
CREATE TEMP TABLE "st_generated" AS
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "trigger",
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "filed_as_grade", "处罚._row", "申报._row", _g, _st
FROM "st_filed_as";

-- holding
CREATE TEMP TABLE "st_holding" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "排污许可._row", _g, _st,
  CAST(DATE_TRUNC('QUARTER', CAST("seen_on" AS DATE)) AS DATE) - CAST((
    1
  ) AS INT) AS "ended"
FROM (
  SELECT
    "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
    "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
    "排污许可.org__former", "排污许可.org__parent", "排污许可._row", _g, _st,
    COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "seen_on"
  FROM (
    SELECT
      "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet",
      "排污许可.pollutant", "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core",
      "排污许可.org__tax", "排污许可.org__former", "排污许可.org__parent", "排污许可._row", _g, _st
    FROM "src_排污许可"
  )
);

-- held
CREATE TEMP TABLE "st_held" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "排污许可._row", _g, _st,
  (
    COALESCE("排污许可.industry", '') || ' ' || "排污许可.company"
  ) AS "holder"
FROM (
  SELECT
    "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
    "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
    "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "排污许可._row", _g, _st,
    CAST(CAST(DATE_TRUNC('QUARTER', CAST("idle_to" AS DATE)) AS DATE) - INTERVAL (
      3
    ) MONTH AS DATE) AS "idle_from"
  FROM (
    SELECT
      "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet",
      "排污许可.pollutant", "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core",
      "排污许可.org__tax", "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "排污许可._row", _g, _st,
      CASE
        WHEN "seen_on" > "ended" + CAST((
          "ended_days"
        ) AS INT) + CAST((
          30
        ) AS INT)
        THEN "ended"
        ELSE CAST(DATE_TRUNC('QUARTER', CAST("ended" AS DATE)) AS DATE) - CAST((
          1
        ) AS INT)
      END AS "idle_to"
    FROM (
      SELECT
        "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet",
        "排污许可.pollutant", "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core",
        "排污许可.org__tax", "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "排污许可._row", _g, _st
      FROM "st_holding"
    )
  )
);

-- holder_kind
CREATE TEMP TABLE "st_holder_kind" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "排污许可._row", _g, _st
FROM "st_held";

-- operating
CREATE TEMP TABLE "st_operating" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free", "排污许可._row",
  _g, _st
FROM "st_holder_kind"
WHERE
  "排污许可.category" IN ('重点', '简化')
  AND "排污许可.status" = '有效'
  AND "排污许可.operating" = '在产'
  AND "排污许可.valid_from" <= "idle_from"
  AND COALESCE("排污许可.valid_to", "idle_to") >= "idle_to"
  AND "answer" = '应税';

-- idle
CREATE TEMP TABLE "st_idle" AS
SELECT
  l."排污许可.permit_no", l."排污许可.company", l."排污许可.category", l."排污许可.industry", l."排污许可.valid_from", l."排污许可.valid_to", l."排污许可.outlet",
  l."排污许可.pollutant", l."排污许可.allowed_quantity", l."排污许可.status", l."排污许可.operating", l."排污许可.org__uscc", l."排污许可.org__name",
  l."排污许可.org__core", l."排污许可.org__tax", l."排污许可.org__former", l."排污许可.org__parent", l."seen_on", l."ended", l."ended_days", l."idle_to",
  l."idle_from", l."holder", l."answer", l."free", CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "idle_state",
  _from AS "idle_from", _to AS "idle_to", l."排污许可._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_operating"
  ), _r AS (
    SELECT
      *
    FROM "src_申报"
  ), seen AS (
    SELECT
      "排污许可._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          "申报.period_to" >= "idle_from" AND "申报.period_from" <= "idle_to"
        ) AS _w
      FROM (
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__uscc" = r."申报.org__uscc"
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__tax" = r."申报.org__tax"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__name" = r."申报.org__name"
          AND l."排污许可.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."申报.org__core"
          AND l."排污许可.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__name" = r."申报.org__name"
          AND NOT l."排污许可.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."申报.org__core"
          AND NOT l."排污许可.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__former" = r."申报.org__core"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."申报.org__former"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__core", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__former" = r."申报.org__former"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__parent" = r."申报.org__core"
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."排污许可.org__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."排污许可.org__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."申报.org__parent"
          AND NOT COALESCE(l."排污许可.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."排污许可.org__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."排污许可.org__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."排污许可.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."排污许可.org__core") >= 4 AND l."排污许可.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."排污许可.org__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND l."排污许可.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", l."idle_to", l."idle_from", r."申报.period_from", r."申报.period_to", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."排污许可.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."排污许可.org__core") >= 4 AND NOT l."排污许可.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4 AND r."申报.org__uscc" IS NULL
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."排污许可.org__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND NOT l."排污许可.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."申报.org__former", FALSE)
      ) AS p
    )
    GROUP BY
      "排污许可._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."排污许可.org__uscc" IS NULL
        )
        AND (
          "idle_from"
        ) <= (
          "idle_to"
        )
        AND (
          (
            (
              "idle_from"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "idle_to"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "idle_to"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "idle_from" AS _from, "idle_to" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."排污许可._row" = s."排污许可._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- permitted
CREATE TEMP TABLE "st_permitted" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "排污许可._row", _g, _st
FROM "st_idle";

-- at_outlet
CREATE TEMP TABLE "st_at_outlet" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "排污许可._row", _g, _st, COALESCE("high_tax", 0) AS "weight"
FROM (
  SELECT
    "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
    "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
    "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
    "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "排污许可._row",
    _g, _st,
    (
      "outlet_of" || ' ' || COALESCE("listed", '')
    ) AS "class_of"
  FROM (
    SELECT
      "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet",
      "排污许可.pollutant", "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core",
      "排污许可.org__tax", "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer",
      "free", "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "排污许可._row", _g,
      _st,
      (
        "outlet_of" || ' ' || COALESCE("one_of", "排污许可.pollutant", '')
      ) AS "group_of"
    FROM (
      SELECT
        "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet",
        "排污许可.pollutant", "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core",
        "排污许可.org__tax", "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder",
        "answer", "free", "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "排污许可._row", _g,
        _st,
        (
          COALESCE("排污许可.org__uscc", "排污许可.company") || ' ' || COALESCE("排污许可.outlet", "排污许可.permit_no")
        ) AS "outlet_of"
      FROM (
        SELECT
          "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet",
          "排污许可.pollutant", "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core",
          "排污许可.org__tax", "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder",
          "answer", "free", "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "排污许可._row",
          _g, _st
        FROM "st_permitted"
      )
    )
  )
);

-- largest
CREATE TEMP TABLE "ranked_largest" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "weight", "排污许可._row", _g, _st,
  RANK() OVER (PARTITION BY "group_of" ORDER BY (
    "weight"
  ) DESC) AS _place,
  COUNT(*) OVER (PARTITION BY "group_of") AS _of,
  COUNT(*) OVER (PARTITION BY "group_of", (
    "weight"
  )) AS _tied
FROM "st_at_outlet"
WHERE
  NOT (
    "group_of"
  ) IS NULL AND NOT (
    (
      "weight"
    )
  ) IS NULL;

-- largest
CREATE TEMP TABLE "st_largest" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "weight", _place AS "largest_place", _of AS "largest_of", "排污许可._row", _g, _st
FROM "ranked_largest"
WHERE
  _place <= (
    1
  );

-- placed
CREATE TEMP TABLE "ranked_placed" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "weight", "largest_place", "largest_of", "排污许可._row", _g, _st,
  RANK() OVER (PARTITION BY "class_of" ORDER BY (
    "weight"
  ) DESC) AS _place,
  COUNT(*) OVER (PARTITION BY "class_of") AS _of,
  COUNT(*) OVER (PARTITION BY "class_of", (
    "weight"
  )) AS _tied
FROM "st_largest"
WHERE
  NOT (
    "class_of"
  ) IS NULL AND NOT (
    (
      "weight"
    )
  ) IS NULL;

-- placed
CREATE TEMP TABLE "st_placed" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "weight", "largest_place", "largest_of", _place AS "placed_place", _of AS "placed_of", "排污许可._row", _g, _st
FROM "ranked_placed";

-- taxed
CREATE TEMP TABLE "st_taxed" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "weight", "largest_place", "largest_of", "placed_place", "placed_of", "排污许可._row", _g, _st
FROM "st_placed"
WHERE
  "placed_place" <= COALESCE("most", "placed_place");

-- registered
CREATE TEMP TABLE "st_registered" AS
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "weight", "largest_place", "largest_of", "placed_place", "placed_of", "税源.org__uscc", "税源.org__name", "税源.org__core", "税源.org__tax",
  "税源.org__former", "税源.org__parent",
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
  END AS "registered_grade", "排污许可._row", "税源._row", GREATEST(_g, _m) AS _g, _st
FROM (
  SELECT
    *
  FROM (
    SELECT
      l."排污许可.permit_no", l."排污许可.company", l."排污许可.category", l."排污许可.industry", l."排污许可.valid_from", l."排污许可.valid_to", l."排污许可.outlet",
      l."排污许可.pollutant", l."排污许可.allowed_quantity", l."排污许可.status", l."排污许可.operating", l."排污许可.org__uscc", l."排污许可.org__name",
      l."排污许可.org__core", l."排污许可.org__tax", l."排污许可.org__former", l."排污许可.org__parent", l."seen_on", l."ended", l."ended_days",
      l."idle_to", l."idle_from", l."holder", l."answer", l."free", l."idle_state", l."low_tax", l."high_tax", l."low_late", l."high_late",
      l."how", l."listed", l."one_of", l."most", l."outlet_of", l."group_of", l."class_of", l."weight", l."largest_place", l."largest_of",
      l."placed_place", l."placed_of", l."排污许可._row", r."税源.org__uscc", r."税源.org__name", r."税源.org__core", r."税源.org__tax",
      r."税源.org__former", r."税源.org__parent", r."税源._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN (
          l."排污许可.org__core" = r."税源.org__core"
          OR ARRAY_CONTAINS(
            LIST_TRANSFORM(
              RANGE(0, GREATEST(LENGTH(l."排污许可.org__core"), LENGTH(r."税源.org__core"))),
              LAMBDA i : LEFT(l."排污许可.org__core", i) = LEFT(r."税源.org__core", i)
              AND (
                SUBSTRING(l."排污许可.org__core", i + 2) = SUBSTRING(r."税源.org__core", i + 2)
                AND LENGTH(l."排污许可.org__core") = LENGTH(r."税源.org__core")
                OR SUBSTRING(l."排污许可.org__core", i + 2) = SUBSTRING(r."税源.org__core", i + 1)
                OR SUBSTRING(l."排污许可.org__core", i + 1) = SUBSTRING(r."税源.org__core", i + 2)
              )
            ),
            TRUE
          )
        )
        THEN 0
        ELSE 1
      END AS _m
    FROM "st_taxed" AS l
    JOIN "src_税源" AS r
      ON l."排污许可.org__uscc" = r."税源.org__uscc"
    UNION ALL
    SELECT
      l."排污许可.permit_no", l."排污许可.company", l."排污许可.category", l."排污许可.industry", l."排污许可.valid_from", l."排污许可.valid_to", l."排污许可.outlet",
      l."排污许可.pollutant", l."排污许可.allowed_quantity", l."排污许可.status", l."排污许可.operating", l."排污许可.org__uscc", l."排污许可.org__name",
      l."排污许可.org__core", l."排污许可.org__tax", l."排污许可.org__former", l."排污许可.org__parent", l."seen_on", l."ended", l."ended_days",
      l."idle_to", l."idle_from", l."holder", l."answer", l."free", l."idle_state", l."low_tax", l."high_tax", l."low_late", l."high_late",
      l."how", l."listed", l."one_of", l."most", l."outlet_of", l."group_of", l."class_of", l."weight", l."largest_place", l."largest_of",
      l."placed_place", l."placed_of", l."排污许可._row", r."税源.org__uscc", r."税源.org__name", r."税源.org__core", r."税源.org__tax",
      r."税源.org__former", r."税源.org__parent", r."税源._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
      CASE
        WHEN (
          l."排污许可.org__core" = r."税源.org__core"
          OR ARRAY_CONTAINS(
            LIST_TRANSFORM(
              RANGE(0, GREATEST(LENGTH(l."排污许可.org__core"), LENGTH(r."税源.org__core"))),
              LAMBDA i : LEFT(l."排污许可.org__core", i) = LEFT(r."税源.org__core", i)
              AND (
                SUBSTRING(l."排污许可.org__core", i + 2) = SUBSTRING(r."税源.org__core", i + 2)
                AND LENGTH(l."排污许可.org__core") = LENGTH(r."税源.org__core")
                OR SUBSTRING(l."排污许可.org__core", i + 2) = SUBSTRING(r."税源.org__core", i + 1)
                OR SUBSTRING(l."排污许可.org__core", i + 1) = SUBSTRING(r."税源.org__core", i + 2)
              )
            ),
            TRUE
          )
        )
        THEN 0
        ELSE 1
      END AS _m
    FROM "st_taxed" AS l
    JOIN "src_税源" AS r
      ON l."排污许可.org__tax" = r."税源.org__tax"
      AND (
        l."排污许可.org__uscc" IS NULL OR r."税源.org__uscc" IS NULL
      )
  ) AS p
  WHERE
    p._m IN (0)
) AS p
WHERE
  TRUE;

-- unregistered
CREATE TEMP TABLE "st_unregistered" AS
SELECT
  l."排污许可.permit_no", l."排污许可.company", l."排污许可.category", l."排污许可.industry", l."排污许可.valid_from", l."排污许可.valid_to", l."排污许可.outlet",
  l."排污许可.pollutant", l."排污许可.allowed_quantity", l."排污许可.status", l."排污许可.operating", l."排污许可.org__uscc", l."排污许可.org__name",
  l."排污许可.org__core", l."排污许可.org__tax", l."排污许可.org__former", l."排污许可.org__parent", l."seen_on", l."ended", l."ended_days", l."idle_to",
  l."idle_from", l."holder", l."answer", l."free", l."idle_state", l."low_tax", l."high_tax", l."low_late", l."high_late", l."how",
  l."listed", l."one_of", l."most", l."outlet_of", l."group_of", l."class_of", l."weight", l."largest_place", l."largest_of",
  l."placed_place", l."placed_of", CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "unregistered_state",
  _from AS "unregistered_from", _to AS "unregistered_to", l."排污许可._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_taxed"
  ), _r AS (
    SELECT
      *
    FROM "src_税源"
  ), seen AS (
    SELECT
      "排污许可._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          l."排污许可._row", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__uscc" = r."税源.org__uscc"
        UNION ALL
        SELECT
          l."排污许可._row", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__tax" = r."税源.org__tax"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."税源.org__uscc" IS NULL
          )
        UNION ALL
        SELECT
          l."排污许可._row", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__name" = r."税源.org__name"
          AND l."排污许可.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."税源.org__core"
          AND l."排污许可.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__name" = r."税源.org__name"
          AND NOT l."排污许可.org__uscc" IS NULL
          AND r."税源.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."税源.org__core"
          AND NOT l."排污许可.org__uscc" IS NULL
          AND r."税源.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__former" = r."税源.org__core"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."税源.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."税源.org__former"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."税源.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__core", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__former" = r."税源.org__former"
          AND (
            l."排污许可.org__uscc" IS NULL OR r."税源.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__former", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__parent" = r."税源.org__core"
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__core", FALSE)
          AND (
            COALESCE(l."排污许可.org__uscc" <> r."税源.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."排污许可.org__uscc" = r."税源.org__uscc", FALSE)
              AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
              AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__core", FALSE)
              AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__former", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."排污许可._row", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."排污许可.org__core" = r."税源.org__parent"
          AND NOT COALESCE(l."排污许可.org__parent" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__core", FALSE)
          AND (
            COALESCE(l."排污许可.org__uscc" <> r."税源.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."排污许可.org__uscc" = r."税源.org__uscc", FALSE)
              AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
              AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__core", FALSE)
              AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__former", FALSE)
              AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."排污许可._row", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."排污许可.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."排污许可.org__core") >= 4 AND l."排污许可.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."税源.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."税源.org__core") >= 4
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."排污许可.org__core" = n.lc
          AND r."税源.org__core" = n.rc
          AND l."排污许可.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__parent" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__parent", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__former", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__former", FALSE)
        UNION ALL
        SELECT
          l."排污许可._row", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."排污许可.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."排污许可.org__core") >= 4 AND NOT l."排污许可.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."税源.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."税源.org__core") >= 4 AND r."税源.org__uscc" IS NULL
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."排污许可.org__core" = n.lc
          AND r."税源.org__core" = n.rc
          AND NOT l."排污许可.org__uscc" IS NULL
          AND r."税源.org__uscc" IS NULL
          AND NOT COALESCE(l."排污许可.org__parent" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__parent", FALSE)
          AND NOT COALESCE(l."排污许可.org__name" = r."税源.org__name", FALSE)
          AND NOT COALESCE(l."排污许可.org__tax" = r."税源.org__tax", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__core", FALSE)
          AND NOT COALESCE(l."排污许可.org__core" = r."税源.org__former", FALSE)
          AND NOT COALESCE(l."排污许可.org__former" = r."税源.org__former", FALSE)
      ) AS p
    )
    GROUP BY
      "排污许可._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."排污许可.org__uscc" IS NULL
        )
        AND (
          "idle_from"
        ) <= (
          "idle_to"
        )
        AND (
          (
            (
              "idle_from"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "idle_to"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "idle_to"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "idle_from" AS _from, "idle_to" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."排污许可._row" = s."排污许可._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- by_holder
CREATE TEMP TABLE "st_by_holder" AS
SELECT
  "排污许可.org__uscc", "排污许可.company", "idle_from", "idle_to", "idle_state", "unregistered_state", "items", "low_tax", "high_tax", "low_late",
  "high_late", "how", "排污许可._rows", "_g", "_st"
FROM (
  SELECT
    "排污许可.org__uscc", "排污许可.company", "idle_from", "idle_to", "idle_state", "unregistered_state",
    COUNT(DISTINCT "排污许可.permit_no") AS "items", CAST(SUM("low_tax") AS DECIMAL(38, 2)) AS "low_tax",
    CAST(SUM("high_tax") AS DECIMAL(38, 2)) AS "high_tax", CAST(SUM("low_late") AS DECIMAL(38, 2)) AS "low_late",
    CAST(SUM("high_late") AS DECIMAL(38, 2)) AS "high_late", MAX("how") AS "how",
    LIST_SORT(ARRAY_AGG(DISTINCT "排污许可._row")) AS "排污许可._rows", MAX(_g) AS _g, MAX(_st) AS _st
  FROM "st_unregistered"
  WHERE
    NOT "排污许可.org__uscc" IS NULL
    AND NOT "排污许可.company" IS NULL
    AND NOT "idle_from" IS NULL
    AND NOT "idle_to" IS NULL
    AND NOT "idle_state" IS NULL
    AND NOT "unregistered_state" IS NULL
  GROUP BY
    "排污许可.org__uscc", "排污许可.company", "idle_from", "idle_to", "idle_state", "unregistered_state"
);

-- closing
CREATE TEMP TABLE "st_closing" AS
SELECT
  "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start", "许可.contract_end",
  "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core", "许可.builder__tax",
  "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax",
  "许可.contractor__former", "许可.contractor__parent", "seen_on", "许可._row", _g, _st,
  CAST(DATE_TRUNC('QUARTER', CAST("seen_on" AS DATE)) AS DATE) - CAST((
    1
  ) AS INT) AS "ended"
FROM (
  SELECT
    "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start",
    "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core",
    "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core",
    "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "许可._row", _g, _st,
    COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "seen_on"
  FROM (
    SELECT
      "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start",
      "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core",
      "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core",
      "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "许可._row", _g, _st
    FROM "src_许可"
  )
);

-- working
CREATE TEMP TABLE "st_working" AS
SELECT
  "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start", "许可.contract_end",
  "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core", "许可.builder__tax",
  "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax",
  "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days", "last_q", "site_from", "site_to", "site_kind",
  "许可._row", _g, _st, CASE WHEN "site_kind" = '建筑施工' THEN "许可.floor_area" ELSE "许可.works_area" END AS "site_area"
FROM (
  SELECT
    "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start",
    "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core",
    "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core",
    "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days", "last_q", "site_from",
    "site_to", "许可._row", _g, _st, COALESCE("许可.works_kind", '建筑施工') AS "site_kind"
  FROM (
    SELECT
      "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start",
      "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core",
      "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core",
      "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days", "last_q", "site_from",
      "许可._row", _g, _st,
      CASE
        WHEN "last_q" IS NULL OR COALESCE("许可.contract_end", "last_q") IS NULL
        THEN NULL
        ELSE LEAST("last_q", COALESCE("许可.contract_end", "last_q"))
      END AS "site_to"
    FROM (
      SELECT
        "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start",
        "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core",
        "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core",
        "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days", "last_q", "许可._row", _g,
        _st,
        CASE
          WHEN "许可.contract_start" IS NULL
          OR CAST(CAST(DATE_TRUNC('QUARTER', CAST("last_q" AS DATE)) AS DATE) - INTERVAL (
            9
          ) MONTH AS DATE) IS NULL
          THEN NULL
          ELSE GREATEST(
            "许可.contract_start",
            CAST(CAST(DATE_TRUNC('QUARTER', CAST("last_q" AS DATE)) AS DATE) - INTERVAL (
              9
            ) MONTH AS DATE)
          )
        END AS "site_from"
      FROM (
        SELECT
          "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start",
          "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core",
          "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
          "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days",
          "许可._row", _g, _st,
          CASE
            WHEN "seen_on" > "ended" + CAST((
              "ended_days"
            ) AS INT) + CAST((
              30
            ) AS INT)
            THEN "ended"
            ELSE CAST(DATE_TRUNC('QUARTER', CAST("ended" AS DATE)) AS DATE) - CAST((
              1
            ) AS INT)
          END AS "last_q"
        FROM (
          SELECT
            "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start",
            "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core",
            "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
            "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days",
            "许可._row", _g, _st
          FROM "st_closing"
        )
      )
    )
  )
);

-- building
CREATE TEMP TABLE "st_building" AS
SELECT
  "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start", "许可.contract_end",
  "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core", "许可.builder__tax",
  "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax",
  "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days", "last_q", "site_from", "site_to", "site_kind",
  "site_area", "许可._row", _g, _st
FROM "st_working"
WHERE
  "许可.status" = '在建' AND "site_area" > 0 AND "site_from" <= "site_to";

-- no_dust
CREATE TEMP TABLE "st_no_dust" AS
SELECT
  l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
  l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
  l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
  l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."seen_on", l."ended",
  l."ended_days", l."last_q", l."site_from", l."site_to", l."site_kind", l."site_area",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "no_dust_state", _from AS "no_dust_from", _to AS "no_dust_to",
  l."许可._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_building"
  ), _r AS (
    SELECT
      *
    FROM "src_申报"
  ), seen AS (
    SELECT
      "许可._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          CONTAINS(COALESCE("申报.sub_item", '粉尘'), '尘')
          AND "申报.period_to" >= "site_from"
          AND "申报.period_from" <= "site_to"
        ) AS _w
      FROM (
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__uscc" = r."申报.org__uscc"
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__tax" = r."申报.org__tax"
          AND (
            l."许可.contractor__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__name" = r."申报.org__name"
          AND l."许可.contractor__uscc" IS NULL
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__core" = r."申报.org__core"
          AND l."许可.contractor__uscc" IS NULL
          AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__name" = r."申报.org__name"
          AND NOT l."许可.contractor__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__core" = r."申报.org__core"
          AND NOT l."许可.contractor__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__former" = r."申报.org__core"
          AND (
            l."许可.contractor__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__core" = r."申报.org__former"
          AND (
            l."许可.contractor__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__core", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__former" = r."申报.org__former"
          AND (
            l."许可.contractor__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__parent" = r."申报.org__core"
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."许可.contractor__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."许可.contractor__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.contractor__core" = r."申报.org__parent"
          AND NOT COALESCE(l."许可.contractor__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."许可.contractor__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."许可.contractor__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."许可.contractor__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."许可.contractor__core") >= 4 AND l."许可.contractor__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."许可.contractor__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND l."许可.contractor__uscc" IS NULL
          AND NOT COALESCE(l."许可.contractor__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."申报.period_from", r."申报.period_to", r."申报.sub_item", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."许可.contractor__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."许可.contractor__core") >= 4 AND NOT l."许可.contractor__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4 AND r."申报.org__uscc" IS NULL
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."许可.contractor__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND NOT l."许可.contractor__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."许可.contractor__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."许可.contractor__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.contractor__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.contractor__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."许可.contractor__former" = r."申报.org__former", FALSE)
      ) AS p
    )
    GROUP BY
      "许可._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."许可.contractor__uscc" IS NULL
        )
        AND (
          "site_from"
        ) <= (
          "site_to"
        )
        AND (
          (
            (
              "site_from"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "site_to"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "site_to"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "site_from" AS _from, "site_to" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."许可._row" = s."许可._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- no_dust_owner
CREATE TEMP TABLE "st_no_dust_owner" AS
SELECT
  l."许可.permit_no", l."许可.project", l."许可.contractor", l."许可.floor_area", l."许可.works_area", l."许可.works_kind", l."许可.contract_start",
  l."许可.contract_end", l."许可.region", l."许可.status", l."许可.measures", l."许可.builder__uscc", l."许可.builder__name", l."许可.builder__core",
  l."许可.builder__tax", l."许可.builder__former", l."许可.builder__parent", l."许可.contractor__uscc", l."许可.contractor__name",
  l."许可.contractor__core", l."许可.contractor__tax", l."许可.contractor__former", l."许可.contractor__parent", l."seen_on", l."ended",
  l."ended_days", l."last_q", l."site_from", l."site_to", l."site_kind", l."site_area", l."no_dust_state", l."no_dust_from", l."no_dust_to",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "no_dust_owner_state", _from AS "no_dust_owner_from",
  _to AS "no_dust_owner_to", l."许可._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_no_dust"
  ), _r AS (
    SELECT
      *
    FROM "src_联合申报"
  ), seen AS (
    SELECT
      "许可._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          CONTAINS(COALESCE("联合申报.sub_item", '粉尘'), '尘')
          AND "联合申报.period_to" >= "site_from"
          AND "联合申报.period_from" <= "site_to"
        ) AS _w
      FROM (
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__uscc" = r."联合申报.org__uscc"
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__tax" = r."联合申报.org__tax"
          AND (
            l."许可.builder__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__name" = r."联合申报.org__name"
          AND l."许可.builder__uscc" IS NULL
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__core" = r."联合申报.org__core"
          AND l."许可.builder__uscc" IS NULL
          AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__name" = r."联合申报.org__name"
          AND NOT l."许可.builder__uscc" IS NULL
          AND r."联合申报.org__uscc" IS NULL
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__core" = r."联合申报.org__core"
          AND NOT l."许可.builder__uscc" IS NULL
          AND r."联合申报.org__uscc" IS NULL
          AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__former" = r."联合申报.org__core"
          AND (
            l."许可.builder__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__core" = r."联合申报.org__former"
          AND (
            l."许可.builder__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__core", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__former" = r."联合申报.org__former"
          AND (
            l."许可.builder__uscc" IS NULL OR r."联合申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__parent" = r."联合申报.org__core"
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__core", FALSE)
          AND (
            COALESCE(l."许可.builder__uscc" <> r."联合申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."许可.builder__uscc" = r."联合申报.org__uscc", FALSE)
              AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
              AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
              AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__core", FALSE)
              AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__former", FALSE)
              AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."许可.builder__core" = r."联合申报.org__parent"
          AND NOT COALESCE(l."许可.builder__parent" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__core", FALSE)
          AND (
            COALESCE(l."许可.builder__uscc" <> r."联合申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."许可.builder__uscc" = r."联合申报.org__uscc", FALSE)
              AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
              AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
              AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__core", FALSE)
              AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__former", FALSE)
              AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."许可.builder__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."许可.builder__core") >= 4 AND l."许可.builder__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."联合申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."联合申报.org__core") >= 4
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."许可.builder__core" = n.lc
          AND r."联合申报.org__core" = n.rc
          AND l."许可.builder__uscc" IS NULL
          AND NOT COALESCE(l."许可.builder__parent" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__parent", FALSE)
          AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__former", FALSE)
          AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."许可._row", l."site_from", l."site_to", r."联合申报.period_from", r."联合申报.period_to", r."联合申报.sub_item", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."许可.builder__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."许可.builder__core") >= 4 AND NOT l."许可.builder__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."联合申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."联合申报.org__core") >= 4 AND r."联合申报.org__uscc" IS NULL
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."许可.builder__core" = n.lc
          AND r."联合申报.org__core" = n.rc
          AND NOT l."许可.builder__uscc" IS NULL
          AND r."联合申报.org__uscc" IS NULL
          AND NOT COALESCE(l."许可.builder__parent" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__parent", FALSE)
          AND NOT COALESCE(l."许可.builder__name" = r."联合申报.org__name", FALSE)
          AND NOT COALESCE(l."许可.builder__tax" = r."联合申报.org__tax", FALSE)
          AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__core", FALSE)
          AND NOT COALESCE(l."许可.builder__core" = r."联合申报.org__former", FALSE)
          AND NOT COALESCE(l."许可.builder__former" = r."联合申报.org__former", FALSE)
      ) AS p
    )
    GROUP BY
      "许可._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        (
          NOT l."许可.builder__uscc" IS NULL
        )
        AND (
          "site_from"
        ) <= (
          "site_to"
        )
        AND (
          (
            (
              "site_from"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "site_to"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "site_to"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "site_from" AS _from, "site_to" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."许可._row" = s."许可._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- site_tax
CREATE TEMP TABLE "st_site_tax" AS
SELECT
  "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start", "许可.contract_end",
  "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core", "许可.builder__tax",
  "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax",
  "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days", "last_q", "site_from", "site_to", "site_kind",
  "site_area", "no_dust_state", "no_dust_from", "no_dust_to", "no_dust_owner_state", "no_dust_owner_from", "no_dust_owner_to", "许可._row",
  _g, _st
FROM "st_no_dust_owner";

-- lines
CREATE TEMP TABLE "st_lines" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "申报._row", _g, _st
FROM "src_申报"
WHERE
  "申报.period_to" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    36
  ) MONTH AS DATE)
  AND COALESCE("申报.filing_kind", '按季') <> '零申报'
  AND "申报.registration" = '正常';

-- named
CREATE TEMP TABLE "st_named" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "申报._row", _g, _st
FROM "st_lines";

-- metered
CREATE TEMP TABLE "st_metered" AS
SELECT
  "监测.outlet", "监测.factor", "监测.measured_at", "监测.span", "监测.value", "监测.standard", "监测.unit", "监测.flow", "监测.exceeded", "监测.method",
  "监测.org__uscc", "监测.org__name", "监测.org__core", "监测.org__tax", "监测.org__former", "监测.org__parent", "监测._row", _g, _st,
  "监测.measured_at" AS "measured_on"
FROM (
  SELECT
    "监测.outlet", "监测.factor", "监测.measured_at", "监测.span", "监测.value", "监测.standard", "监测.unit", "监测.flow", "监测.exceeded", "监测.method",
    "监测.org__uscc", "监测.org__name", "监测.org__core", "监测.org__tax", "监测.org__former", "监测.org__parent", "监测._row", _g, _st
  FROM "src_监测"
);

-- paired
CREATE TEMP TABLE "pairs_paired" AS
SELECT
  *
FROM (
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."申报._row", r."监测.outlet",
    r."监测.factor", r."监测.measured_at", r."监测.span", r."监测.value", r."监测.standard", r."监测.unit", r."监测.flow", r."监测.exceeded", r."监测.method",
    r."监测.org__uscc", r."监测.org__name", r."监测.org__core", r."监测.org__tax", r."监测.org__former", r."监测.org__parent", r."measured_on", r."kg",
    r."factor_name", r."监测._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."监测.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."监测.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."监测.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."监测.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."监测.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_named" AS l
  JOIN "st_metered" AS r
    ON l."申报.org__uscc" = r."监测.org__uscc"
  UNION ALL
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."申报._row", r."监测.outlet",
    r."监测.factor", r."监测.measured_at", r."监测.span", r."监测.value", r."监测.standard", r."监测.unit", r."监测.flow", r."监测.exceeded", r."监测.method",
    r."监测.org__uscc", r."监测.org__name", r."监测.org__core", r."监测.org__tax", r."监测.org__former", r."监测.org__parent", r."measured_on", r."kg",
    r."factor_name", r."监测._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."监测.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."监测.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."监测.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."监测.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."监测.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_named" AS l
  JOIN "st_metered" AS r
    ON l."申报.org__tax" = r."监测.org__tax"
    AND (
      l."申报.org__uscc" IS NULL OR r."监测.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- paired
CREATE TEMP TABLE "st_paired" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "监测.outlet", "监测.factor", "监测.measured_at", "监测.span", "监测.value", "监测.standard",
  "监测.unit", "监测.flow", "监测.exceeded", "监测.method", "监测.org__uscc", "监测.org__name", "监测.org__core", "监测.org__tax", "监测.org__former",
  "监测.org__parent", "measured_on", "kg", "factor_name",
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
  END AS "paired_grade", "申报._row", "监测._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_paired" AS p
WHERE
  "item_name" = "factor_name"
  AND "申报.outlet" = "监测.outlet"
  AND "监测.measured_at" >= "申报.period_from"
  AND "监测.measured_at" < "申报.period_to" + CAST((
    1
  ) AS INT);

-- by_line
CREATE TEMP TABLE "st_by_line" AS
SELECT
  "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.period_from", "申报.period_to", "申报.quantity", "measured_kg", "days_seen",
  "申报._rows", "监测._rows", "_g", "_st"
FROM (
  SELECT
    "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.period_from", "申报.period_to", "申报.quantity",
    CAST(SUM("kg") AS DECIMAL(38, 2)) AS "measured_kg", COUNT(DISTINCT "measured_on") AS "days_seen",
    LIST_SORT(ARRAY_AGG(DISTINCT "申报._row")) AS "申报._rows", LIST_SORT(ARRAY_AGG(DISTINCT "监测._row")) AS "监测._rows", MAX(_g) AS _g,
    MAX(_st) AS _st
  FROM "st_paired"
  WHERE
    NOT "申报.org__uscc" IS NULL
    AND NOT "申报.company" IS NULL
    AND NOT "item_name" IS NULL
    AND NOT "申报.outlet" IS NULL
    AND NOT "申报.period_from" IS NULL
    AND NOT "申报.period_to" IS NULL
    AND NOT "申报.quantity" IS NULL
  GROUP BY
    "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.period_from", "申报.period_to", "申报.quantity"
);

-- lower
CREATE TEMP TABLE "st_lower" AS
SELECT
  "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.period_from", "申报.period_to", "申报.quantity", "measured_kg", "days_seen",
  "申报._rows", "监测._rows", _g, _st
FROM "st_by_line"
WHERE
  "申报.quantity" < "measured_kg" * 0.7;

-- short_tax
CREATE TEMP TABLE "st_short_tax" AS
SELECT
  "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.period_from", "申报.period_to", "申报.quantity", "measured_kg", "days_seen",
  "申报._rows", "监测._rows", _g, _st
FROM "st_lower";

-- before
CREATE TEMP TABLE "pairs_before" AS
SELECT
  *
FROM (
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."申报._row",
    r."上年申报.period_from", r."上年申报.period_to", r."上年申报.sub_item", r."上年申报.outlet", r."上年申报.quantity", r."上年申报.tax", r."上年申报.org__uscc",
    r."上年申报.org__name", r."上年申报.org__core", r."上年申报.org__tax", r."上年申报.org__former", r."上年申报.org__parent", r."上年申报._row",
    GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."上年申报.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."上年申报.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."上年申报.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."上年申报.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."上年申报.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."上年申报.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."上年申报.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_named" AS l
  JOIN "src_上年申报" AS r
    ON l."申报.org__uscc" = r."上年申报.org__uscc"
  UNION ALL
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."申报._row",
    r."上年申报.period_from", r."上年申报.period_to", r."上年申报.sub_item", r."上年申报.outlet", r."上年申报.quantity", r."上年申报.tax", r."上年申报.org__uscc",
    r."上年申报.org__name", r."上年申报.org__core", r."上年申报.org__tax", r."上年申报.org__former", r."上年申报.org__parent", r."上年申报._row",
    GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."上年申报.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."上年申报.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."上年申报.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."上年申报.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."上年申报.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."上年申报.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."上年申报.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_named" AS l
  JOIN "src_上年申报" AS r
    ON l."申报.org__tax" = r."上年申报.org__tax"
    AND (
      l."申报.org__uscc" IS NULL OR r."上年申报.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- before
CREATE TEMP TABLE "st_before" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "上年申报.period_from", "上年申报.period_to", "上年申报.sub_item", "上年申报.outlet", "上年申报.quantity",
  "上年申报.tax", "上年申报.org__uscc", "上年申报.org__name", "上年申报.org__core", "上年申报.org__tax", "上年申报.org__former", "上年申报.org__parent",
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
  END AS "before_grade", "申报._row", "上年申报._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_before" AS p
WHERE
  "申报.sub_item" = "上年申报.sub_item"
  AND "申报.outlet" = "上年申报.outlet"
  AND "上年申报.period_from" = CAST("申报.period_from" - INTERVAL (
    12
  ) MONTH AS DATE)
  AND "上年申报.period_to" = CAST("申报.period_to" - INTERVAL (
    12
  ) MONTH AS DATE)
  AND "申报.period_to" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    12
  ) MONTH AS DATE);

-- halved
CREATE TEMP TABLE "st_halved" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "上年申报.period_from", "上年申报.period_to", "上年申报.sub_item", "上年申报.outlet", "上年申报.quantity",
  "上年申报.tax", "上年申报.org__uscc", "上年申报.org__name", "上年申报.org__core", "上年申报.org__tax", "上年申报.org__former", "上年申报.org__parent", "before_grade",
  "申报._row", "上年申报._row", _g, _st
FROM "st_before"
WHERE
  "申报.quantity" < "上年申报.quantity" * 0.5 AND "上年申报.tax" >= 1000;

-- still
CREATE TEMP TABLE "pairs_still" AS
SELECT
  *
FROM (
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."上年申报.period_from",
    l."上年申报.period_to", l."上年申报.sub_item", l."上年申报.outlet", l."上年申报.quantity", l."上年申报.tax", l."上年申报.org__uscc", l."上年申报.org__name",
    l."上年申报.org__core", l."上年申报.org__tax", l."上年申报.org__former", l."上年申报.org__parent", l."before_grade", l."申报._row", l."上年申报._row",
    r."排污许可.permit_no", r."排污许可.company", r."排污许可.category", r."排污许可.industry", r."排污许可.valid_from", r."排污许可.valid_to", r."排污许可.outlet",
    r."排污许可.pollutant", r."排污许可.allowed_quantity", r."排污许可.status", r."排污许可.operating", r."排污许可.org__uscc", r."排污许可.org__name",
    r."排污许可.org__core", r."排污许可.org__tax", r."排污许可.org__former", r."排污许可.org__parent", r."排污许可._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."排污许可.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."排污许可.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."排污许可.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."排污许可.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."排污许可.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."排污许可.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."排污许可.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_halved" AS l
  JOIN "src_排污许可" AS r
    ON l."申报.org__uscc" = r."排污许可.org__uscc"
  UNION ALL
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."上年申报.period_from",
    l."上年申报.period_to", l."上年申报.sub_item", l."上年申报.outlet", l."上年申报.quantity", l."上年申报.tax", l."上年申报.org__uscc", l."上年申报.org__name",
    l."上年申报.org__core", l."上年申报.org__tax", l."上年申报.org__former", l."上年申报.org__parent", l."before_grade", l."申报._row", l."上年申报._row",
    r."排污许可.permit_no", r."排污许可.company", r."排污许可.category", r."排污许可.industry", r."排污许可.valid_from", r."排污许可.valid_to", r."排污许可.outlet",
    r."排污许可.pollutant", r."排污许可.allowed_quantity", r."排污许可.status", r."排污许可.operating", r."排污许可.org__uscc", r."排污许可.org__name",
    r."排污许可.org__core", r."排污许可.org__tax", r."排污许可.org__former", r."排污许可.org__parent", r."排污许可._row", GREATEST(l._g, r._g) AS _g,
    GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."排污许可.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."排污许可.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."排污许可.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."排污许可.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."排污许可.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."排污许可.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."排污许可.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_halved" AS l
  JOIN "src_排污许可" AS r
    ON l."申报.org__tax" = r."排污许可.org__tax"
    AND (
      l."申报.org__uscc" IS NULL OR r."排污许可.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- still
CREATE TEMP TABLE "st_still" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "上年申报.period_from", "上年申报.period_to", "上年申报.sub_item", "上年申报.outlet", "上年申报.quantity",
  "上年申报.tax", "上年申报.org__uscc", "上年申报.org__name", "上年申报.org__core", "上年申报.org__tax", "上年申报.org__former", "上年申报.org__parent", "before_grade",
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent",
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
  END AS "still_grade", "申报._row", "上年申报._row", "排污许可._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_still" AS p
WHERE
  TRUE
UNION ALL
SELECT
  l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
  l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc", l."申报.org__name",
  l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."上年申报.period_from", l."上年申报.period_to",
  l."上年申报.sub_item", l."上年申报.outlet", l."上年申报.quantity", l."上年申报.tax", l."上年申报.org__uscc", l."上年申报.org__name", l."上年申报.org__core",
  l."上年申报.org__tax", l."上年申报.org__former", l."上年申报.org__parent", l."before_grade", NULL AS "排污许可.permit_no", NULL AS "排污许可.company",
  NULL AS "排污许可.category", NULL AS "排污许可.industry", NULL AS "排污许可.valid_from", NULL AS "排污许可.valid_to", NULL AS "排污许可.outlet",
  NULL AS "排污许可.pollutant", NULL AS "排污许可.allowed_quantity", NULL AS "排污许可.status", NULL AS "排污许可.operating", NULL AS "排污许可.org__uscc",
  NULL AS "排污许可.org__name", NULL AS "排污许可.org__core", NULL AS "排污许可.org__tax", NULL AS "排污许可.org__former", NULL AS "排污许可.org__parent",
  NULL AS "still_grade", l."申报._row", l."上年申报._row", NULL AS "排污许可._row", l._g, l._st
FROM "st_halved" AS l
WHERE
  NOT EXISTS(
    SELECT
      1
    FROM "pairs_still" AS p
    WHERE
      p."申报._row" IS NOT DISTINCT FROM l."申报._row"
      AND p."上年申报._row" IS NOT DISTINCT FROM l."上年申报._row"
      AND (
        TRUE
      )
  );

-- running
CREATE TEMP TABLE "st_running" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "上年申报.period_from", "上年申报.period_to", "上年申报.sub_item", "上年申报.outlet", "上年申报.quantity",
  "上年申报.tax", "上年申报.org__uscc", "上年申报.org__name", "上年申报.org__core", "上年申报.org__tax", "上年申报.org__former", "上年申报.org__parent", "before_grade",
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "still_grade", "申报._row", "上年申报._row", "排污许可._row", _g, _st
FROM "st_still"
WHERE
  COALESCE("排污许可.operating", '在产') = '在产';

-- made
CREATE TEMP TABLE "st_made" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "申报._row", _g, _st
FROM "st_named"
WHERE
  "申报.output" > 0
  AND "申报.quantity" > 0
  AND NOT (
    "申报.product" IS NULL
  )
  AND NOT (
    "申报.output_unit" IS NULL
  )
  AND NOT (
    "申报.outlet" IS NULL
  )
  AND "申报.period_to" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    12
  ) MONTH AS DATE);

-- peer_lines
CREATE TEMP TABLE "st_peer_lines" AS
SELECT
  "同业申报.registration", "同业申报.period_from", "同业申报.period_to", "同业申报.sub_item", "同业申报.quantity", "同业申报.product", "同业申报.output",
  "同业申报.output_unit", "同业申报.org__uscc", "同业申报._row", _g, _st
FROM "src_同业申报"
WHERE
  "同业申报.output" > 0 AND "同业申报.quantity" > 0 AND "同业申报.registration" = '正常';

-- peer_named
CREATE TEMP TABLE "st_peer_named" AS
SELECT
  "同业申报.registration", "同业申报.period_from", "同业申报.period_to", "同业申报.sub_item", "同业申报.quantity", "同业申报.product", "同业申报.output",
  "同业申报.output_unit", "同业申报.org__uscc", "同业申报._row", _g, _st
FROM "st_peer_lines";

-- beside
CREATE TEMP TABLE "pairs_beside" AS
SELECT
  l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
  l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc", l."申报.org__name",
  l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."申报._row", r."同业申报.registration",
  r."同业申报.period_from", r."同业申报.period_to", r."同业申报.sub_item", r."同业申报.quantity", r."同业申报.product", r."同业申报.output", r."同业申报.output_unit",
  r."同业申报.org__uscc", r."peer_item", r."同业申报._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st, 0 AS _m
FROM "st_made" AS l
JOIN "st_peer_named" AS r
  ON l."申报.product" = r."同业申报.product";

-- beside
CREATE TEMP TABLE "st_beside" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "同业申报.registration", "同业申报.period_from", "同业申报.period_to", "同业申报.sub_item",
  "同业申报.quantity", "同业申报.product", "同业申报.output", "同业申报.output_unit", "同业申报.org__uscc", "peer_item",
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
  END AS "beside_grade", "申报._row", "同业申报._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_beside" AS p
WHERE
  "item_name" = "peer_item"
  AND "申报.output_unit" = "同业申报.output_unit"
  AND "申报.period_from" = "同业申报.period_from"
  AND "申报.period_to" = "同业申报.period_to"
  AND "申报.org__uscc" <> "同业申报.org__uscc";

-- by_peers
CREATE TEMP TABLE "st_by_peers" AS
SELECT
  "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.product", "申报.output_unit", "申报.period_from", "申报.period_to", "申报.quantity",
  "申报.output", "peers", "higher_yes", "higher_maybe", "higher_of", "higher_low", "higher_high", "higher", "申报._rows", "同业申报._rows", "_g",
  "_st"
FROM (
  SELECT
    *,
    (
      CASE
        WHEN (
          "_higher_yes" + "_higher_no" + "_higher_open" + "_higher_open_if" + "_higher_no_if"
        ) > 0
        AND 100 * "_higher_yes" >= (
          50
        ) * (
          "_higher_yes" + "_higher_no" + "_higher_open" + "_higher_open_if" + "_higher_no_if"
        )
        THEN TRUE
        WHEN (
          "_higher_yes" + (
            "_higher_open" + "_higher_yes_if" + "_higher_open_if"
          )
        ) = 0
        OR 100 * (
          "_higher_yes" + (
            "_higher_open" + "_higher_yes_if" + "_higher_open_if"
          )
        ) < (
          50
        ) * (
          "_higher_yes" + "_higher_no" + "_higher_open" + "_higher_yes_if" + "_higher_open_if"
        )
        THEN FALSE
      END
    ) AS "higher"
  FROM (
    SELECT
      *,
      CAST(ROUND(
        100 * CAST((
          "_higher_yes" + (
            "_higher_open" + "_higher_yes_if" + "_higher_open_if"
          )
        ) AS DOUBLE) / NULLIF(
          (
            "_higher_yes" + "_higher_no" + "_higher_open" + "_higher_yes_if" + "_higher_open_if"
          ),
          0
        ),
        2
      ) AS DECIMAL(9, 2)) AS "higher_high"
    FROM (
      SELECT
        *,
        CAST(ROUND(
          100 * CAST("_higher_yes" AS DOUBLE) / NULLIF(
            (
              "_higher_yes" + "_higher_no" + "_higher_open" + "_higher_open_if" + "_higher_no_if"
            ),
            0
          ),
          2
        ) AS DECIMAL(9, 2)) AS "higher_low"
      FROM (
        SELECT
          *,
          (
            "_higher_yes" + "_higher_no" + "_higher_open"
          ) AS "higher_of"
        FROM (
          SELECT
            *,
            (
              "_higher_open" + "_higher_yes_if" + "_higher_open_if"
            ) AS "higher_maybe"
          FROM (
            SELECT
              *, "_higher_yes" AS "higher_yes"
            FROM (
              SELECT
                "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.product", "申报.output_unit", "申报.period_from", "申报.period_to",
                "申报.quantity", "申报.output", COUNT(DISTINCT "同业申报.org__uscc") AS "peers",
                COUNT(*) FILTER(WHERE
                  (
                    TRUE
                  ) IS TRUE
                  AND (
                    CAST(ROUND(CAST("申报.quantity" AS DOUBLE) / NULLIF(CAST("同业申报.quantity" AS DOUBLE), 0), 6) AS DECIMAL(28, 6)) < 0.5 * (
                      CAST(ROUND(CAST("申报.output" AS DOUBLE) / NULLIF(CAST("同业申报.output" AS DOUBLE), 0), 6) AS DECIMAL(28, 6))
                    )
                  ) IS TRUE) AS "_higher_yes",
                COUNT(*) FILTER(WHERE
                  (
                    TRUE
                  ) IS TRUE
                  AND (
                    CAST(ROUND(CAST("申报.quantity" AS DOUBLE) / NULLIF(CAST("同业申报.quantity" AS DOUBLE), 0), 6) AS DECIMAL(28, 6)) < 0.5 * (
                      CAST(ROUND(CAST("申报.output" AS DOUBLE) / NULLIF(CAST("同业申报.output" AS DOUBLE), 0), 6) AS DECIMAL(28, 6))
                    )
                  ) IS FALSE) AS "_higher_no",
                COUNT(*) FILTER(WHERE
                  (
                    TRUE
                  ) IS TRUE
                  AND (
                    CAST(ROUND(CAST("申报.quantity" AS DOUBLE) / NULLIF(CAST("同业申报.quantity" AS DOUBLE), 0), 6) AS DECIMAL(28, 6)) < 0.5 * (
                      CAST(ROUND(CAST("申报.output" AS DOUBLE) / NULLIF(CAST("同业申报.output" AS DOUBLE), 0), 6) AS DECIMAL(28, 6))
                    )
                  ) IS NULL) AS "_higher_open",
                COUNT(*) FILTER(WHERE
                  (
                    TRUE
                  ) IS NULL
                  AND (
                    CAST(ROUND(CAST("申报.quantity" AS DOUBLE) / NULLIF(CAST("同业申报.quantity" AS DOUBLE), 0), 6) AS DECIMAL(28, 6)) < 0.5 * (
                      CAST(ROUND(CAST("申报.output" AS DOUBLE) / NULLIF(CAST("同业申报.output" AS DOUBLE), 0), 6) AS DECIMAL(28, 6))
                    )
                  ) IS TRUE) AS "_higher_yes_if",
                COUNT(*) FILTER(WHERE
                  (
                    TRUE
                  ) IS NULL
                  AND (
                    CAST(ROUND(CAST("申报.quantity" AS DOUBLE) / NULLIF(CAST("同业申报.quantity" AS DOUBLE), 0), 6) AS DECIMAL(28, 6)) < 0.5 * (
                      CAST(ROUND(CAST("申报.output" AS DOUBLE) / NULLIF(CAST("同业申报.output" AS DOUBLE), 0), 6) AS DECIMAL(28, 6))
                    )
                  ) IS FALSE) AS "_higher_no_if",
                COUNT(*) FILTER(WHERE
                  (
                    TRUE
                  ) IS NULL
                  AND (
                    CAST(ROUND(CAST("申报.quantity" AS DOUBLE) / NULLIF(CAST("同业申报.quantity" AS DOUBLE), 0), 6) AS DECIMAL(28, 6)) < 0.5 * (
                      CAST(ROUND(CAST("申报.output" AS DOUBLE) / NULLIF(CAST("同业申报.output" AS DOUBLE), 0), 6) AS DECIMAL(28, 6))
                    )
                  ) IS NULL) AS "_higher_open_if",
                LIST_SORT(ARRAY_AGG(DISTINCT "申报._row")) AS "申报._rows", LIST_SORT(ARRAY_AGG(DISTINCT "同业申报._row")) AS "同业申报._rows",
                MAX(_g) AS _g, MAX(_st) AS _st
              FROM "st_beside"
              WHERE
                NOT "申报.org__uscc" IS NULL
                AND NOT "申报.company" IS NULL
                AND NOT "item_name" IS NULL
                AND NOT "申报.outlet" IS NULL
                AND NOT "申报.product" IS NULL
                AND NOT "申报.output_unit" IS NULL
                AND NOT "申报.period_from" IS NULL
                AND NOT "申报.period_to" IS NULL
                AND NOT "申报.quantity" IS NULL
                AND NOT "申报.output" IS NULL
              GROUP BY
                "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.product", "申报.output_unit", "申报.period_from", "申报.period_to",
                "申报.quantity", "申报.output"
            )
          )
        )
      )
    )
  )
);

-- below_peers
CREATE TEMP TABLE "st_below_peers" AS
SELECT
  "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.product", "申报.output_unit", "申报.period_from", "申报.period_to", "申报.quantity",
  "申报.output", "peers", "higher_yes", "higher_maybe", "higher_of", "higher_low", "higher_high", "higher", "申报._rows", "同业申报._rows", _g, _st
FROM "st_by_peers"
WHERE
  CASE WHEN "peers" >= 5 THEN "higher" END;

-- claimed
CREATE TEMP TABLE "st_claimed" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "申报._row", _g, _st
FROM "st_named"
WHERE
  "申报.relief" > 0
  AND (
    CONTAINS("申报.relief_kind", '减按')
    OR CONTAINS("申报.relief_kind", '浓度')
    OR CONTAINS("申报.relief_kind", '第十三条')
  );

-- claims
CREATE TEMP TABLE "st_claims" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "申报._row", _g, _st,
  CASE
    WHEN QUARTER("申报.period_from") = QUARTER("申报.period_to")
    AND MONTH("申报.period_from") = MONTH("申报.period_to")
    THEN '是'
    ELSE '否'
  END AS "monthly"
FROM (
  SELECT
    "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
    "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core",
    "申报.org__tax", "申报.org__former", "申报.org__parent", "item_name", "申报._row", _g, _st
  FROM "st_claimed"
);

-- exceeded
CREATE TEMP TABLE "st_exceeded" AS
SELECT
  "监测.outlet", "监测.factor", "监测.measured_at", "监测.span", "监测.value", "监测.standard", "监测.unit", "监测.flow", "监测.exceeded", "监测.method",
  "监测.org__uscc", "监测.org__name", "监测.org__core", "监测.org__tax", "监测.org__former", "监测.org__parent", "measured_on", "kg", "factor_name",
  "监测._row", _g, _st
FROM "st_metered"
WHERE
  COALESCE("监测.exceeded", CASE WHEN "监测.value" > "监测.standard" THEN '是' ELSE '否' END) = '是';

-- over
CREATE TEMP TABLE "pairs_over" AS
SELECT
  *
FROM (
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."monthly", l."low_tax",
    l."high_tax", l."low_late", l."high_late", l."how", l."申报._row", r."监测.outlet", r."监测.factor", r."监测.measured_at", r."监测.span",
    r."监测.value", r."监测.standard", r."监测.unit", r."监测.flow", r."监测.exceeded", r."监测.method", r."监测.org__uscc", r."监测.org__name",
    r."监测.org__core", r."监测.org__tax", r."监测.org__former", r."监测.org__parent", r."measured_on", r."kg", r."factor_name", r."监测._row",
    GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."监测.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."监测.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."监测.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."监测.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."监测.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_claims" AS l
  JOIN "st_exceeded" AS r
    ON l."申报.org__uscc" = r."监测.org__uscc"
  UNION ALL
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."monthly", l."low_tax",
    l."high_tax", l."low_late", l."high_late", l."how", l."申报._row", r."监测.outlet", r."监测.factor", r."监测.measured_at", r."监测.span",
    r."监测.value", r."监测.standard", r."监测.unit", r."监测.flow", r."监测.exceeded", r."监测.method", r."监测.org__uscc", r."监测.org__name",
    r."监测.org__core", r."监测.org__tax", r."监测.org__former", r."监测.org__parent", r."measured_on", r."kg", r."factor_name", r."监测._row",
    GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."监测.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."监测.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."监测.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."监测.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."监测.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."监测.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_claims" AS l
  JOIN "st_exceeded" AS r
    ON l."申报.org__tax" = r."监测.org__tax"
    AND (
      l."申报.org__uscc" IS NULL OR r."监测.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- over
CREATE TEMP TABLE "st_over" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "monthly", "low_tax", "high_tax", "low_late", "high_late", "how", "监测.outlet",
  "监测.factor", "监测.measured_at", "监测.span", "监测.value", "监测.standard", "监测.unit", "监测.flow", "监测.exceeded", "监测.method", "监测.org__uscc",
  "监测.org__name", "监测.org__core", "监测.org__tax", "监测.org__former", "监测.org__parent", "measured_on", "kg", "factor_name",
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
  END AS "over_grade", "申报._row", "监测._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_over" AS p
WHERE
  "item_name" = "factor_name"
  AND "申报.outlet" = "监测.outlet"
  AND "监测.measured_at" >= "申报.period_from"
  AND "监测.measured_at" < "申报.period_to" + CAST((
    1
  ) AS INT);

-- over_fined
CREATE TEMP TABLE "pairs_over_fined" AS
SELECT
  *
FROM (
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."monthly", l."low_tax",
    l."high_tax", l."low_late", l."high_late", l."how", l."申报._row", r."处罚.company", r."处罚.party_kind", r."处罚.industry", r."处罚.stock_kind",
    r."处罚.stock", r."处罚.region", r."处罚.violated_on", r."处罚.violation_type", r."处罚.pollutant", r."处罚.medium", r."处罚.procedural",
    r."处罚.noise_source", r."处罚.exceed_db", r."处罚.quantity", r."处罚.outlet", r."处罚.to_facility", r."处罚.fact", r."处罚.status", r."处罚.org__uscc",
    r."处罚.org__name", r."处罚.org__core", r."处罚.org__tax", r."处罚.org__former", r."处罚.org__parent", r."about", r."trade", r."is_dust",
    r."medium_of", r."paper_only", r."answer", r."free", r."处罚._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."处罚.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."处罚.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."处罚.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."处罚.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."处罚.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."处罚.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."处罚.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_claims" AS l
  JOIN "st_actual" AS r
    ON l."申报.org__uscc" = r."处罚.org__uscc"
  UNION ALL
  SELECT
    l."申报.company", l."申报.registration", l."申报.period_from", l."申报.period_to", l."申报.filing_kind", l."申报.sub_item", l."申报.outlet",
    l."申报.quantity", l."申报.relief_kind", l."申报.relief", l."申报.product", l."申报.output", l."申报.output_unit", l."申报.org__uscc",
    l."申报.org__name", l."申报.org__core", l."申报.org__tax", l."申报.org__former", l."申报.org__parent", l."item_name", l."monthly", l."low_tax",
    l."high_tax", l."low_late", l."high_late", l."how", l."申报._row", r."处罚.company", r."处罚.party_kind", r."处罚.industry", r."处罚.stock_kind",
    r."处罚.stock", r."处罚.region", r."处罚.violated_on", r."处罚.violation_type", r."处罚.pollutant", r."处罚.medium", r."处罚.procedural",
    r."处罚.noise_source", r."处罚.exceed_db", r."处罚.quantity", r."处罚.outlet", r."处罚.to_facility", r."处罚.fact", r."处罚.status", r."处罚.org__uscc",
    r."处罚.org__name", r."处罚.org__core", r."处罚.org__tax", r."处罚.org__former", r."处罚.org__parent", r."about", r."trade", r."is_dust",
    r."medium_of", r."paper_only", r."answer", r."free", r."处罚._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st,
    CASE
      WHEN (
        l."申报.org__core" = r."处罚.org__core"
        OR ARRAY_CONTAINS(
          LIST_TRANSFORM(
            RANGE(0, GREATEST(LENGTH(l."申报.org__core"), LENGTH(r."处罚.org__core"))),
            LAMBDA i : LEFT(l."申报.org__core", i) = LEFT(r."处罚.org__core", i)
            AND (
              SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."处罚.org__core", i + 2)
              AND LENGTH(l."申报.org__core") = LENGTH(r."处罚.org__core")
              OR SUBSTRING(l."申报.org__core", i + 2) = SUBSTRING(r."处罚.org__core", i + 1)
              OR SUBSTRING(l."申报.org__core", i + 1) = SUBSTRING(r."处罚.org__core", i + 2)
            )
          ),
          TRUE
        )
      )
      THEN 0
      ELSE 1
    END AS _m
  FROM "st_claims" AS l
  JOIN "st_actual" AS r
    ON l."申报.org__tax" = r."处罚.org__tax"
    AND (
      l."申报.org__uscc" IS NULL OR r."处罚.org__uscc" IS NULL
    )
) AS p
WHERE
  p._m IN (0);

-- over_fined
CREATE TEMP TABLE "st_over_fined" AS
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "monthly", "low_tax", "high_tax", "low_late", "high_late", "how", "处罚.company",
  "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type", "处罚.pollutant",
  "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact", "处罚.status",
  "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade", "is_dust",
  "medium_of", "paper_only", "answer", "free",
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
  END AS "over_fined_grade", "申报._row", "处罚._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_over_fined" AS p
WHERE
  "申报.sub_item" = "处罚.pollutant"
  AND "申报.outlet" = "处罚.outlet"
  AND "处罚.violated_on" BETWEEN "申报.period_from" AND "申报.period_to";

-- complained
CREATE TEMP TABLE "near_complained" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('24小时', 0, 4), ('KTV', 0, 8), ('ktv', 0, 8), ('中转站', 0, 2), ('串串', 0, 8192), ('乱倒', 0, 256), ('乱排', 0, 256), ('产业园', 0, 2),
    ('企业', 0, 2), ('会所', 0, 8192), ('作呕', 0, 2048), ('作坊', 0, 2), ('倾倒', 0, 256), ('倾倒固废', 30, 0), ('倾倒废渣', 30, 0), ('偷倒', 0, 256),
    ('偷倒固废', 30, 0), ('偷排', 0, 256), ('偷排废水', 30, 0), ('偷逃环保税', 30, 0), ('公司', 0, 2), ('养殖', 0, 2), ('养牛', 0, 2), ('养猪', 0, 2),
    ('养鸡', 0, 2), ('养鸭', 0, 2), ('再生', 0, 2), ('冒黑烟', 15, 0), ('冶炼', 0, 2), ('冷库', 0, 2), ('凌晨', 0, 4), ('分贝', 0, 1), ('制砂', 0, 2),
    ('刺鼻', 0, 2048), ('刺鼻气体', 30, 0), ('加工', 0, 2), ('加油站', 0, 2), ('半夜', 0, 4), ('危废', 0, 1024), ('厂', 0, 2), ('厨房', 0, 8192),
    ('变压器', 0, 2), ('吵得', 0, 1), ('吵醒', 0, 1), ('吵闹', 0, 1), ('呛人', 0, 2048), ('味道', 0, 2048), ('商户', 0, 8192), ('商铺', 0, 8192),
    ('喘不过气', 0, 2048), ('喧闹', 0, 1), ('喷涂', 0, 2), ('喷漆', 0, 2), ('噪声', 0, 1), ('噪音', 0, 1), ('固体废物倾倒', 30, 0), ('固废', 0, 1024),
    ('固废倾倒', 30, 0), ('在建', 0, 16), ('垃圾场', 0, 2), ('垃圾站', 0, 2), ('基建', 0, 16), ('堆场', 0, 2), ('塑料味', 0, 2048), ('填埋场', 0, 2),
    ('夜夜', 0, 4), ('夜宵', 0, 8192), ('夜总会', 0, 8), ('夜里', 0, 4), ('夜间', 0, 4), ('夜间作业', 0, 16), ('大声喧哗', 0, 1), ('太吵', 0, 1), ('好吵', 0, 1),
    ('宵夜', 0, 8192), ('对环境的破坏', 0, 32), ('对环境造成', 0, 32), ('小吃', 0, 8192), ('尘土', 0, 128), ('尘土飞扬', 30, 0), ('尘飞扬', 0, 128),
    ('尾气', 0, 2048), ('尾矿', 0, 1024), ('屠宰', 0, 2), ('工业区', 0, 2), ('工业园', 0, 2), ('工业垃圾', 0, 1024), ('工地', 0, 16), ('巨响', 0, 1),
    ('市场', 0, 2), ('店铺', 0, 8192), ('废品', 0, 2), ('废料', 0, 1024), ('废旧', 0, 2), ('废气', 30, 2048), ('废水', 0, 512), ('废水偷排', 30, 0),
    ('废水直排', 30, 0), ('废油', 0, 1024), ('废渣', 0, 1024), ('建筑垃圾', 0, 1024), ('开发区', 0, 2), ('异味', 15, 2048), ('弃渣', 0, 1024), ('影响休息', 0, 1),
    ('很吵', 0, 1), ('怪味', 0, 2048), ('恶心', 0, 2048), ('恶臭', 15, 2048), ('打桩', 0, 16), ('扬尘', 30, 128), ('扰民', 0, 1), ('拆迁', 0, 16),
    ('拉土', 0, 4096), ('拉沙', 0, 4096), ('挖掘机', 0, 16), ('挖机', 0, 16), ('排入', 0, 256), ('排到', 0, 256), ('排放', 0, 256), ('排放超标', 30, 0),
    ('排放黑烟', 30, 0), ('排档', 0, 8192), ('排污', 0, 512), ('排烟', 0, 2048), ('排进', 0, 256), ('推土机', 0, 16), ('搅拌', 0, 16), ('搅拌站', 15, 2),
    ('整夜', 0, 4), ('施工', 0, 16), ('无法休息', 0, 1), ('无法入睡', 0, 1), ('日夜', 0, 4), ('早餐', 0, 8192), ('昼夜', 0, 4), ('晚上', 0, 4), ('暗管', 15, 0),
    ('有害气体', 0, 2048), ('未申报环保税', 30, 0), ('未申报环境保护税', 30, 0), ('未缴环保税', 30, 0), ('桩机', 0, 16), ('棋牌', 0, 8), ('横流', 0, 256), ('橡胶', 0, 2),
    ('歌厅', 0, 8), ('毒气', 0, 2048), ('毒水', 0, 512), ('气味', 0, 2048), ('水污染', 0, 512), ('水泥', 0, 2), ('污染', 0, 32), ('污染水', 0, 512),
    ('污水', 0, 512), ('污水处理', 0, 2), ('污水直排', 30, 0), ('汽修', 0, 2), ('沙场', 0, 2), ('沙尘', 0, 128), ('没交环保税', 30, 0), ('沥青', 0, 2),
    ('油污', 0, 512), ('油漆味', 0, 2048), ('油烟', 0, 64), ('泥头车', 0, 4112), ('泥浆', 0, 512), ('泥灰', 0, 128), ('洗涤', 0, 2), ('洗砂', 0, 2),
    ('洗车', 0, 2), ('流入', 0, 256), ('流进', 0, 256), ('浓烟', 0, 2048), ('深夜', 0, 4), ('混凝土', 0, 2), ('混凝土搅拌站', 15, 0), ('渣土车', 0, 4096),
    ('漫天灰', 0, 128), ('火锅', 0, 8192), ('灰土', 0, 128), ('灰尘', 0, 128), ('灰尘漫天', 30, 0), ('炉渣', 0, 1024), ('炒菜', 0, 8192), ('炼油', 0, 2),
    ('烟囱', 0, 2), ('烟尘', 0, 2048), ('烟气', 0, 2048), ('烟雾', 0, 2048), ('烤漆', 0, 2), ('烤肉', 0, 8192), ('烧烤', 0, 8192), ('焚烧', 0, 2),
    ('煤场', 0, 2), ('煤矿', 0, 2), ('熏人', 0, 2048), ('熏天', 0, 2048), ('牛场', 0, 2), ('牛粪', 0, 512), ('猪圈', 0, 2), ('猪场', 0, 2), ('猪粪', 0, 512),
    ('环保部门', 0, 32), ('环境破坏', 0, 32), ('生态环境', 0, 32), ('生态破坏', 0, 32), ('电镀', 0, 2), ('白烟', 0, 2048), ('直排', 0, 256), ('直排废水', 30, 0),
    ('直排污水', 30, 0), ('直接排', 0, 256), ('睡不着', 0, 1), ('石业', 0, 2), ('石场', 0, 2), ('石料', 0, 2), ('石材', 0, 2), ('石灰水', 0, 512), ('矿业', 0, 2),
    ('矿山', 0, 2), ('矿渣', 0, 1024), ('矿车', 0, 4096), ('砂场', 0, 2), ('砖厂', 15, 0), ('破坏了生态', 0, 32), ('破坏环境', 0, 32), ('破坏生态', 0, 32),
    ('窑', 0, 2), ('粉尘', 15, 128), ('粪便', 0, 512), ('粪水', 0, 512), ('粪污', 0, 512), ('网吧', 0, 8), ('脏水', 0, 512), ('臭味', 0, 2048),
    ('臭气', 15, 2048), ('臭水', 0, 512), ('舞厅', 0, 8), ('菜市场', 0, 8192), ('装修公司', 0, 16), ('装载机', 0, 16), ('货车', 0, 4096), ('超市', 0, 8192),
    ('超标排放', 30, 0), ('超标排污', 30, 0), ('足浴', 0, 8), ('车间', 0, 2), ('轰隆', 0, 1), ('轰鸣', 0, 1), ('运输车', 0, 4096), ('迪吧', 0, 8), ('选矿', 0, 2),
    ('通宵', 0, 4), ('造纸', 0, 2), ('配电房', 0, 2), ('酒吧', 0, 8), ('酒店', 0, 8192), ('酒楼', 0, 8192), ('酸味', 0, 2048), ('采石', 0, 2), ('采矿', 0, 2),
    ('采砂', 0, 2), ('重车', 0, 4096), ('重金属', 0, 1024), ('钢铁', 0, 2), ('铁矿', 0, 2), ('铅超标', 0, 1024), ('铸造', 0, 2), ('锅炉', 0, 2), ('锰矿', 0, 2),
    ('镉', 0, 1024), ('门店', 0, 8192), ('门面', 0, 8192), ('难闻', 0, 2048), ('震动', 0, 1), ('音乐吧', 0, 8), ('项目', 0, 16), ('飞尘', 0, 128),
    ('食堂', 0, 8192), ('餐厅', 0, 8192), ('餐饮', 0, 8192), ('餐馆', 0, 8192), ('饭店', 0, 8192), ('饭馆', 0, 8192), ('鸡场', 0, 2), ('麻将馆', 0, 8),
    ('黑水', 0, 512), ('黑烟', 0, 2048), ('黑烟滚滚', 15, 0),
    ('龙虾', 0, 8192)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_complained" AS h
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
      m0 & 2050
    ) = 2050 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 10240
    ) = 10240 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 2304
    ) = 2304 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 514
    ) = 514 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 1026
    ) = 1026 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 130
    ) = 130 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 8256
    ) = 8256 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 21
    ) = 21 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 3
    ) = 3 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 8197
    ) = 8197 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 9
    ) = 9 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 34
    ) = 34 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 144
    ) = 144 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 4224
    ) = 4224 THEN 30 ELSE 0 END >= 30
)
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.subject", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "工单._row", "_g", "_st"
FROM "src_工单"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- complained
CREATE TEMP TABLE "seen_complained" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('24小时', TRUE), ('KTV', TRUE), ('ktv', TRUE), ('中转站', TRUE), ('串串', TRUE), ('乱倒', TRUE), ('乱排', TRUE), ('井盖', TRUE), ('产业园', TRUE),
    ('企业', TRUE), ('会所', TRUE), ('作呕', TRUE), ('作坊', TRUE), ('倾倒', TRUE), ('倾倒固废', TRUE), ('倾倒废渣', TRUE), ('偷倒', TRUE), ('偷倒固废', TRUE),
    ('偷排', TRUE), ('偷排废水', TRUE), ('偷逃环保税', TRUE), ('公交', TRUE), ('公司', TRUE), ('养殖', TRUE), ('养牛', TRUE), ('养猪', TRUE), ('养鸡', TRUE),
    ('养鸭', TRUE), ('再生', TRUE), ('冒黑烟', TRUE), ('冶炼', TRUE), ('冷库', TRUE), ('凌晨', TRUE), ('分贝', TRUE), ('制砂', TRUE), ('刺鼻', TRUE),
    ('刺鼻气体', TRUE), ('加工', TRUE), ('加油站', TRUE), ('半夜', TRUE), ('危废', TRUE), ('厂', TRUE), ('厨房', TRUE), ('变压器', TRUE), ('吵得', TRUE),
    ('吵醒', TRUE), ('吵闹', TRUE), ('呛人', TRUE), ('味道', TRUE), ('商户', TRUE), ('商铺', TRUE), ('喇叭', TRUE), ('喘不过气', TRUE), ('喧闹', TRUE),
    ('喷涂', TRUE), ('喷漆', TRUE), ('噪声', TRUE), ('噪音', TRUE), ('固体废物倾倒', TRUE), ('固废', TRUE), ('固废倾倒', TRUE), ('在建', TRUE), ('地铁', TRUE),
    ('垃圾场', TRUE), ('垃圾站', TRUE), ('基建', TRUE), ('堆场', TRUE), ('塑料味', TRUE), ('填埋场', TRUE), ('夜夜', TRUE), ('夜宵', TRUE), ('夜总会', TRUE),
    ('夜里', TRUE), ('夜间', TRUE), ('夜间作业', TRUE), ('大声喧哗', TRUE), ('太吵', TRUE), ('好吵', TRUE), ('宵夜', TRUE), ('对环境的破坏', TRUE), ('对环境造成', TRUE),
    ('小吃', TRUE), ('尘土', TRUE), ('尘土飞扬', TRUE), ('尘飞扬', TRUE), ('尾气', TRUE), ('尾矿', TRUE), ('屠宰', TRUE), ('工业区', TRUE), ('工业园', TRUE),
    ('工业垃圾', TRUE), ('工地', TRUE), ('巨响', TRUE), ('市场', TRUE), ('广场舞', TRUE), ('店铺', TRUE), ('废品', TRUE), ('废料', TRUE), ('废旧', TRUE),
    ('废气', TRUE), ('废水', TRUE), ('废水偷排', TRUE), ('废水直排', TRUE), ('废油', TRUE), ('废渣', TRUE), ('建筑垃圾', TRUE), ('开发区', TRUE), ('异味', TRUE),
    ('弃渣', TRUE), ('影响休息', TRUE), ('很吵', TRUE), ('怪味', TRUE), ('恶心', TRUE), ('恶臭', TRUE), ('打桩', TRUE), ('扬尘', TRUE), ('扰民', TRUE),
    ('拆迁', TRUE), ('拉土', TRUE), ('拉沙', TRUE), ('挖掘机', TRUE), ('挖机', TRUE), ('排入', TRUE), ('排到', TRUE), ('排放', TRUE), ('排放超标', TRUE),
    ('排放黑烟', TRUE), ('排档', TRUE), ('排污', TRUE), ('排烟', TRUE), ('排进', TRUE), ('推土机', TRUE), ('搅拌', TRUE), ('搅拌站', TRUE), ('整夜', TRUE),
    ('施工', TRUE), ('无法休息', TRUE), ('无法入睡', TRUE), ('日夜', TRUE), ('早餐', TRUE), ('昼夜', TRUE), ('晚上', TRUE), ('暗管', TRUE), ('有害气体', TRUE),
    ('未申报环保税', TRUE), ('未申报环境保护税', TRUE), ('未缴环保税', TRUE), ('桩机', TRUE), ('棋牌', TRUE), ('楼上住户', TRUE), ('横流', TRUE), ('橡胶', TRUE),
    ('歌厅', TRUE), ('毒气', TRUE), ('毒水', TRUE), ('气味', TRUE), ('水污染', TRUE), ('水泥', TRUE), ('污染', TRUE), ('污染水', TRUE), ('污水', TRUE),
    ('污水处理', TRUE), ('污水直排', TRUE), ('汽修', TRUE), ('沙场', TRUE), ('沙尘', TRUE), ('没交环保税', TRUE), ('沥青', TRUE), ('油污', TRUE), ('油漆味', TRUE),
    ('油烟', TRUE), ('泥头车', TRUE), ('泥浆', TRUE), ('泥灰', TRUE), ('洗涤', TRUE), ('洗砂', TRUE), ('洗车', TRUE), ('流入', TRUE), ('流进', TRUE),
    ('浓烟', TRUE), ('深夜', TRUE), ('混凝土', TRUE), ('混凝土搅拌站', TRUE), ('渣土车', TRUE), ('漫天灰', TRUE), ('火车', TRUE), ('火锅', TRUE), ('灰土', TRUE),
    ('灰尘', TRUE), ('灰尘漫天', TRUE), ('灵堂', TRUE), ('炉渣', TRUE), ('炒菜', TRUE), ('炼油', TRUE), ('烟囱', TRUE), ('烟尘', TRUE), ('烟气', TRUE),
    ('烟花', TRUE), ('烟雾', TRUE), ('烤漆', TRUE), ('烤肉', TRUE), ('烧烤', TRUE), ('焚烧', TRUE), ('煤场', TRUE), ('煤矿', TRUE), ('熏人', TRUE),
    ('熏天', TRUE), ('牛场', TRUE), ('牛粪', TRUE), ('猪圈', TRUE), ('猪场', TRUE), ('猪粪', TRUE), ('环保部门', TRUE), ('环境破坏', TRUE), ('生态环境', TRUE),
    ('生态破坏', TRUE), ('电镀', TRUE), ('白烟', TRUE), ('直排', TRUE), ('直排废水', TRUE), ('直排污水', TRUE), ('直接排', TRUE), ('睡不着', TRUE), ('石业', TRUE),
    ('石场', TRUE), ('石料', TRUE), ('石材', TRUE), ('石灰水', TRUE), ('矿业', TRUE), ('矿山', TRUE), ('矿渣', TRUE), ('矿车', TRUE), ('砂场', TRUE),
    ('砖厂', TRUE), ('破坏了生态', TRUE), ('破坏环境', TRUE), ('破坏生态', TRUE), ('窑', TRUE), ('粉尘', TRUE), ('粪便', TRUE), ('粪水', TRUE), ('粪污', TRUE),
    ('网吧', TRUE), ('脏水', TRUE), ('臭味', TRUE), ('臭气', TRUE), ('臭水', TRUE), ('舞厅', TRUE), ('菜市场', TRUE), ('装修', TRUE), ('装修公司', TRUE),
    ('装载机', TRUE), ('货车', TRUE), ('超市', TRUE), ('超标排放', TRUE), ('超标排污', TRUE), ('足浴', TRUE), ('跳舞', TRUE), ('车流', TRUE), ('车间', TRUE),
    ('轰隆', TRUE), ('轰鸣', TRUE), ('运输车', TRUE), ('迪吧', TRUE), ('选矿', TRUE), ('通宵', TRUE), ('造纸', TRUE), ('邻居', TRUE), ('配电房', TRUE),
    ('酒吧', TRUE), ('酒店', TRUE), ('酒楼', TRUE), ('酸味', TRUE), ('采石', TRUE), ('采矿', TRUE), ('采砂', TRUE), ('重车', TRUE), ('重金属', TRUE),
    ('钢铁', TRUE), ('铁矿', TRUE), ('铁路', TRUE), ('铅超标', TRUE), ('铸造', TRUE), ('锅炉', TRUE), ('锰矿', TRUE), ('镉', TRUE), ('门店', TRUE),
    ('门面', TRUE), ('难闻', TRUE), ('震动', TRUE), ('鞭炮', TRUE), ('音乐吧', TRUE), ('项目', TRUE), ('飙车', TRUE), ('飞尘', TRUE), ('食堂', TRUE),
    ('餐厅', TRUE), ('餐饮', TRUE), ('餐馆', TRUE), ('饭店', TRUE), ('饭馆', TRUE), ('高架', TRUE), ('高速', TRUE), ('鸡场', TRUE), ('鸣笛', TRUE),
    ('麻将馆', TRUE), ('黑水', TRUE), ('黑烟', TRUE), ('黑烟滚滚', TRUE),
    ('龙虾', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_complained"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_complained"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_complained" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('汽车尾气', 0, 12, -1), ('未批先建', 0, 12, -1), ('建筑施工噪声', 0, 12, -1),
    ('生活油烟', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_complained" AS e
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
      SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '未发现|未见|不存在|不再|禁止|严禁|宣传|演练|咨询|没有发现|没有'
    )
    THEN NULL
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
        SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未发现'
    )
    THEN '未发现'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '没有发现'
    )
    THEN '没有发现'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '不存在'
    )
    THEN '不存在'
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '未见'
    )
    THEN '未见'
    WHEN CONTAINS(
      REPLACE(
        REPLACE(
          REPLACE(
            REPLACE(
              REPLACE(
                REPLACE(
                  REGEXP_EXTRACT(
                    SUBSTRING(f.body, GREATEST(f."offset" - 4, 0) + 1, f."offset" - GREATEST(f."offset" - 4, 0)),
                    '[^，。；！？、：,;!?:（）()“”" 　]*$'
                  ),
                  '没有任何', CHR(1)
                ),
                '没有处理', CHR(1)
              ),
              '没有环保', CHR(1)
            ),
            '没有经过', CHR(1)
          ),
          '没有达标', CHR(1)
        ),
        '有没有', CHR(1)
      ),
      '没有'
    )
    THEN '没有'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- complained
CREATE TEMP TABLE "words_complained" AS
WITH good AS (
  SELECT
    *
  FROM "seen_complained"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('扬尘', '扬尘', 30), ('灰尘漫天', '扬尘', 30), ('尘土飞扬', '扬尘', 30), ('废气', '废气', 30), ('排放黑烟', '废气', 30), ('刺鼻气体', '废气', 30),
    ('废水直排', '废水直排', 30), ('直排废水', '废水直排', 30), ('污水直排', '废水直排', 30), ('直排污水', '废水直排', 30), ('偷排废水', '废水直排', 30), ('废水偷排', '废水直排', 30),
    ('固废倾倒', '固废倾倒', 30), ('倾倒固废', '固废倾倒', 30), ('倾倒废渣', '固废倾倒', 30), ('偷倒固废', '固废倾倒', 30), ('固体废物倾倒', '固废倾倒', 30), ('超标排放', '超标排放', 30),
    ('超标排污', '超标排放', 30), ('排放超标', '超标排放', 30), ('未申报环保税', '未申报环保税', 30), ('未申报环境保护税', '未申报环保税', 30), ('未缴环保税', '未申报环保税', 30),
    ('偷逃环保税', '未申报环保税', 30), ('没交环保税', '未申报环保税', 30), ('冒黑烟', '冒黑烟', 15), ('黑烟滚滚', '冒黑烟', 15), ('粉尘', '粉尘', 15), ('混凝土搅拌站', '混凝土搅拌站', 15),
    ('搅拌站', '混凝土搅拌站', 15), ('砖厂', '砖厂', 15), ('异味', '异味', 15), ('恶臭', '异味', 15), ('臭气', '异味', 15),
    ('暗管', '暗管', 15)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('造纸', '场所'), ('冶炼', '场所'), ('砂场', '场所'), ('沙场', '场所'), ('石场', '场所'), ('石业', '场所'), ('石材', '场所'), ('石料', '场所'), ('采石', '场所'),
    ('采砂', '场所'), ('制砂', '场所'), ('洗砂', '场所'), ('矿山', '场所'), ('采矿', '场所'), ('矿业', '场所'), ('煤矿', '场所'), ('铁矿', '场所'), ('锰矿', '场所'),
    ('选矿', '场所'), ('搅拌站', '场所'), ('混凝土', '场所'), ('沥青', '场所'), ('养殖', '场所'), ('养猪', '场所'), ('猪场', '场所'), ('养鸡', '场所'), ('鸡场', '场所'),
    ('养牛', '场所'), ('牛场', '场所'), ('养鸭', '场所'), ('屠宰', '场所'), ('电镀', '场所'), ('炼油', '场所'), ('橡胶', '场所'), ('钢铁', '场所'), ('铸造', '场所'),
    ('喷漆', '场所'), ('喷涂', '场所'), ('烤漆', '场所'), ('工业园', '场所'), ('产业园', '场所'), ('开发区', '场所'), ('车间', '场所'), ('作坊', '场所'), ('企业', '场所'),
    ('公司', '场所'), ('焚烧', '场所'), ('填埋场', '场所'), ('垃圾场', '场所'), ('垃圾站', '场所'), ('中转站', '场所'), ('污水处理', '场所'), ('加油站', '场所'), ('汽修', '场所'),
    ('洗车', '场所'), ('再生', '场所'), ('废旧', '场所'), ('废品', '场所'), ('锅炉', '场所'), ('窑', '场所'), ('烟囱', '场所'), ('厂', '场所'), ('加工', '场所'),
    ('洗涤', '场所'), ('猪圈', '场所'), ('水泥', '场所'), ('煤场', '场所'), ('堆场', '场所'), ('冷库', '场所'), ('配电房', '场所'), ('变压器', '场所'), ('市场', '场所'),
    ('工业区', '场所'), ('餐馆', '餐馆'), ('饭店', '餐馆'), ('酒店', '餐馆'), ('餐厅', '餐馆'), ('餐饮', '餐馆'), ('夜宵', '餐馆'), ('宵夜', '餐馆'), ('烧烤', '餐馆'),
    ('火锅', '餐馆'), ('饭馆', '餐馆'), ('小吃', '餐馆'), ('早餐', '餐馆'), ('食堂', '餐馆'), ('厨房', '餐馆'), ('酒楼', '餐馆'), ('排档', '餐馆'), ('龙虾', '餐馆'),
    ('炒菜', '餐馆'), ('门面', '餐馆'), ('门店', '餐馆'), ('商铺', '餐馆'), ('店铺', '餐馆'), ('商户', '餐馆'), ('会所', '餐馆'), ('超市', '餐馆'), ('菜市场', '餐馆'),
    ('烤肉', '餐馆'), ('串串', '餐馆'), ('ktv', '娱乐'), ('KTV', '娱乐'), ('酒吧', '娱乐'), ('歌厅', '娱乐'), ('网吧', '娱乐'), ('舞厅', '娱乐'), ('音乐吧', '娱乐'),
    ('迪吧', '娱乐'), ('夜总会', '娱乐'), ('足浴', '娱乐'), ('麻将馆', '娱乐'), ('棋牌', '娱乐'), ('工地', '工地'), ('施工', '工地'), ('打桩', '工地'), ('挖机', '工地'),
    ('挖掘机', '工地'), ('泥头车', '工地'), ('拆迁', '工地'), ('装载机', '工地'), ('推土机', '工地'), ('基建', '工地'), ('在建', '工地'), ('装修公司', '工地'), ('搅拌', '工地'),
    ('桩机', '工地'), ('夜间作业', '工地'), ('项目', '工地'), ('异味', '臭味'), ('恶臭', '臭味'), ('臭气', '臭味'), ('臭味', '臭味'), ('刺鼻', '臭味'), ('气味', '臭味'),
    ('难闻', '臭味'), ('毒气', '臭味'), ('废气', '臭味'), ('有害气体', '臭味'), ('黑烟', '臭味'), ('浓烟', '臭味'), ('白烟', '臭味'), ('烟雾', '臭味'), ('烟尘', '臭味'),
    ('烟气', '臭味'), ('排烟', '臭味'), ('尾气', '臭味'), ('怪味', '臭味'), ('油漆味', '臭味'), ('酸味', '臭味'), ('塑料味', '臭味'), ('味道', '臭味'), ('呛人', '臭味'),
    ('作呕', '臭味'), ('恶心', '臭味'), ('喘不过气', '臭味'), ('熏天', '臭味'), ('熏人', '臭味'), ('污水', '脏水'), ('废水', '脏水'), ('臭水', '脏水'), ('黑水', '脏水'),
    ('粪水', '脏水'), ('排污', '脏水'), ('脏水', '脏水'), ('泥浆', '脏水'), ('石灰水', '脏水'), ('猪粪', '脏水'), ('牛粪', '脏水'), ('粪便', '脏水'), ('粪污', '脏水'),
    ('油污', '脏水'), ('污染水', '脏水'), ('水污染', '脏水'), ('毒水', '脏水'), ('废渣', '脏物'), ('矿渣', '脏物'), ('炉渣', '脏物'), ('尾矿', '脏物'), ('废料', '脏物'),
    ('固废', '脏物'), ('危废', '脏物'), ('废油', '脏物'), ('弃渣', '脏物'), ('建筑垃圾', '脏物'), ('工业垃圾', '脏物'), ('重金属', '脏物'), ('铅超标', '脏物'), ('镉', '脏物'),
    ('粉尘', '灰尘'), ('灰尘', '灰尘'), ('扬尘', '灰尘'), ('尘土', '灰尘'), ('灰土', '灰尘'), ('飞尘', '灰尘'), ('尘飞扬', '灰尘'), ('漫天灰', '灰尘'), ('沙尘', '灰尘'),
    ('泥灰', '灰尘'), ('油烟', '油烟'), ('噪音', '响声'), ('噪声', '响声'), ('轰鸣', '响声'), ('轰隆', '响声'), ('吵得', '响声'), ('太吵', '响声'), ('好吵', '响声'),
    ('很吵', '响声'), ('吵闹', '响声'), ('扰民', '响声'), ('无法入睡', '响声'), ('无法休息', '响声'), ('睡不着', '响声'), ('影响休息', '响声'), ('巨响', '响声'), ('吵醒', '响声'),
    ('大声喧哗', '响声'), ('喧闹', '响声'), ('分贝', '响声'), ('震动', '响声'), ('夜间', '夜间'), ('夜里', '夜间'), ('深夜', '夜间'), ('半夜', '夜间'), ('凌晨', '夜间'),
    ('通宵', '夜间'), ('昼夜', '夜间'), ('日夜', '夜间'), ('晚上', '夜间'), ('24小时', '夜间'), ('夜夜', '夜间'), ('整夜', '夜间'), ('污染', '污染'), ('破坏生态', '污染'),
    ('破坏环境', '污染'), ('生态破坏', '污染'), ('环境破坏', '污染'), ('破坏了生态', '污染'), ('对环境的破坏', '污染'), ('对环境造成', '污染'), ('生态环境', '污染'), ('环保部门', '污染'),
    ('渣土车', '交通'), ('货车', '交通'), ('高架', '交通'), ('高速', '交通'), ('公交', '交通'), ('火车', '交通'), ('铁路', '交通'), ('地铁', '交通'), ('车流', '交通'),
    ('鸣笛', '交通'), ('喇叭', '交通'), ('飙车', '交通'), ('广场舞', '交通'), ('跳舞', '交通'), ('装修', '交通'), ('邻居', '交通'), ('楼上住户', '交通'), ('鞭炮', '交通'),
    ('烟花', '交通'), ('灵堂', '交通'), ('井盖', '交通'), ('直排', '直排'), ('偷排', '直排'), ('乱排', '直排'), ('排放', '直排'), ('直接排', '直排'), ('排到', '直排'),
    ('排入', '直排'), ('排进', '直排'), ('流入', '直排'), ('流进', '直排'), ('横流', '直排'), ('倾倒', '直排'), ('乱倒', '直排'), ('偷倒', '直排'), ('货车', '运输'),
    ('渣土车', '运输'), ('运输车', '运输'), ('矿车', '运输'), ('泥头车', '运输'), ('重车', '运输'), ('拉沙', '运输'),
    ('拉土', '运输')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '排放异味', 30, '臭味', 1), (1, '餐饮排烟', 30, '臭味', 1), (2, '直接排放烟气', 30, '臭味', 1), (3, '排放污水', 30, '脏水', 1), (4, '排放废渣', 30, '脏物', 1),
    (5, '排放粉尘', 30, '灰尘', 1), (6, '餐饮油烟', 30, '油烟', 1), (7, '夜间施工噪声', 30, '工地', 2), (8, '排放生产噪声', 30, '响声', 1), (9, '餐饮夜间噪声', 30, '响声', 2),
    (10, '娱乐场所噪声', 30, '响声', 1), (11, '企业排放污染', 30, '污染', 1), (12, '施工扬尘', 30, '灰尘', 1),
    (13, '运输扬尘', 30, '灰尘', 1)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '臭味', '场所', TRUE, 0, 40, 'any'), (1, '臭味', '餐馆', TRUE, 0, 12, 'any'), (2, '臭味', '直排', TRUE, 0, 15, 'any'),
    (3, '脏水', '场所', TRUE, 0, 40, 'any'), (4, '脏物', '场所', TRUE, 0, 40, 'any'), (5, '灰尘', '场所', TRUE, 0, 40, 'any'),
    (6, '油烟', '餐馆', TRUE, 0, 60, 'any'), (7, '工地', '夜间', TRUE, 0, 60, 'any'), (7, '工地', '响声', TRUE, 0, 60, 'any'),
    (8, '响声', '场所', TRUE, 0, 40, 'any'), (8, '响声', '交通', FALSE, 0, 40, 'any'), (9, '响声', '餐馆', TRUE, 0, 60, 'any'),
    (9, '响声', '夜间', TRUE, 0, 60, 'any'), (9, '响声', '交通', FALSE, 0, 60, 'any'), (10, '响声', '娱乐', TRUE, 0, 60, 'any'),
    (11, '污染', '场所', TRUE, 0, 25, 'any'), (12, '灰尘', '工地', TRUE, 0, 25, 'any'),
    (13, '灰尘', '运输', TRUE, 0, 40, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_complained"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_complained"
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

-- complained
CREATE TEMP TABLE "st_complained" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.caller_name", t."工单.phone", t."工单.kind", t."工单.title", t."工单.content", t."工单.subject",
  t."工单.duplicate", t."工单.org__uscc", t."工单.org__name", t."工单.org__core", t."工单.org__tax", t."工单.org__former", t."工单.org__parent",
  h.w AS "complained_words", h.n AS "complained_count", h.s AS "complained_score", t."工单._row", t._g, t._st
FROM "near_complained" AS t
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
    FROM "words_complained"
  )
  GROUP BY
    _row
) AS h
  ON t."工单._row" = h._row
WHERE
  h.s >= 30;

-- taxable
CREATE TEMP TABLE "st_taxable" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.subject", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "complained_words", "complained_count",
  "complained_score", "工单._row", _g, _st
FROM "st_complained"
WHERE
  CONTAINS("complained_words", '排放')
  OR CONTAINS("complained_words", '扬尘')
  OR CONTAINS("complained_words", '废气')
  OR CONTAINS("complained_words", '废水')
  OR CONTAINS("complained_words", '固废')
  OR CONTAINS("complained_words", '环保税')
  OR CONTAINS("complained_words", '黑烟')
  OR CONTAINS("complained_words", '粉尘');

-- recent
CREATE TEMP TABLE "st_recent" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.subject", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "complained_words", "complained_count",
  "complained_score", "工单._row", _g, _st
FROM "st_taxable"
WHERE
  "工单.accepted_at" >= CAST('2026-06-30' AS DATE) - CAST((
    90
  ) AS INT)
  AND NOT (
    "工单.subject" IS NULL
  )
  AND COALESCE("工单.duplicate", '否') <> '是'
  AND COALESCE("工单.kind", '投诉') <> '咨询';

-- silent
CREATE TEMP TABLE "st_silent" AS
SELECT
  l."工单.order_no", l."工单.accepted_at", l."工单.caller_name", l."工单.phone", l."工单.kind", l."工单.title", l."工单.content", l."工单.subject",
  l."工单.duplicate", l."工单.org__uscc", l."工单.org__name", l."工单.org__core", l."工单.org__tax", l."工单.org__former", l."工单.org__parent",
  l."complained_words", l."complained_count", l."complained_score",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "silent_state", _from AS "silent_from", _to AS "silent_to",
  l."工单._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_recent"
  ), _r AS (
    SELECT
      *
    FROM "src_申报"
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
          "申报.period_to" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
            12
          ) MONTH AS DATE)
        ) AS _w
      FROM (
        SELECT
          l."工单._row", r."申报.period_to", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__uscc" = r."申报.org__uscc"
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__tax" = r."申报.org__tax"
          AND (
            l."工单.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__name" = r."申报.org__name"
          AND l."工单.org__uscc" IS NULL
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__core" = r."申报.org__core"
          AND l."工单.org__uscc" IS NULL
          AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 2 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__name" = r."申报.org__name"
          AND NOT l."工单.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__core" = r."申报.org__core"
          AND NOT l."工单.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__former" = r."申报.org__core"
          AND (
            l."工单.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__core" = r."申报.org__former"
          AND (
            l."工单.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."工单.org__former" = r."申报.org__core", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 4 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__former" = r."申报.org__former"
          AND (
            l."工单.org__uscc" IS NULL OR r."申报.org__uscc" IS NULL
          )
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."工单.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__parent" = r."申报.org__core"
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."工单.org__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."工单.org__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."工单.org__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."工单.org__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."工单.org__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 5 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."工单.org__core" = r."申报.org__parent"
          AND NOT COALESCE(l."工单.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__core", FALSE)
          AND (
            COALESCE(l."工单.org__uscc" <> r."申报.org__uscc", FALSE)
            OR (
              NOT COALESCE(l."工单.org__uscc" = r."申报.org__uscc", FALSE)
              AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
              AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
              AND NOT COALESCE(l."工单.org__former" = r."申报.org__core", FALSE)
              AND NOT COALESCE(l."工单.org__core" = r."申报.org__former", FALSE)
              AND NOT COALESCE(l."工单.org__former" = r."申报.org__former", FALSE)
            )
          )
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."工单.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."工单.org__core") >= 4 AND l."工单.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."工单.org__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND l."工单.org__uscc" IS NULL
          AND NOT COALESCE(l."工单.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."工单.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."工单.org__former" = r."申报.org__former", FALSE)
        UNION ALL
        SELECT
          l."工单._row", r."申报.period_to", 5 AS _m
        FROM (
          SELECT DISTINCT
            a.c AS lc, b.c AS rc
          FROM (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  l."工单.org__core" AS c
                FROM "_l" AS l
                WHERE
                  LENGTH(l."工单.org__core") >= 4 AND NOT l."工单.org__uscc" IS NULL
              )
            )
          ) AS a
          JOIN (
            SELECT
              c, x.v AS v, x.i AS i
            FROM (
              SELECT
                c,
                UNNEST(
                  LIST_APPEND(
                    LIST_TRANSFORM(RANGE(0, LENGTH(c)), LAMBDA i : {'v': LEFT(c, i) || SUBSTRING(c, i + 2), 'i': i}),
                    {'v': c, 'i': -CAST(1 AS BIGINT)}
                  )
                ) AS x
              FROM (
                SELECT DISTINCT
                  r."申报.org__core" AS c
                FROM "_r" AS r
                WHERE
                  LENGTH(r."申报.org__core") >= 4 AND r."申报.org__uscc" IS NULL
              )
            )
          ) AS b
            ON a.v = b.v
          WHERE
            TRANSLATE(a.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '') <> TRANSLATE(b.c, '第一二三四五六七八九十百0123456789甲乙丙丁', '')
            AND TRANSLATE(a.c, '东南西北上下新老', '东东东东东东东东') <> TRANSLATE(b.c, '东南西北上下新老', '东东东东东东东东')
            AND (
              ABS(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0
            )
            AND (
              (
                a.c = b.c
                OR ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c), LENGTH(b.c))), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND (
                      SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 2)
                      AND LENGTH(a.c) = LENGTH(b.c)
                      OR SUBSTRING(a.c, i + 2) = SUBSTRING(b.c, i + 1)
                      OR SUBSTRING(a.c, i + 1) = SUBSTRING(b.c, i + 2)
                    )
                  ),
                  TRUE
                )
              )
              OR (
                LENGTH(a.c) = LENGTH(b.c)
                AND ARRAY_CONTAINS(
                  LIST_TRANSFORM(
                    RANGE(0, GREATEST(LENGTH(a.c) - 1, 0)), LAMBDA i : LEFT(a.c, i) = LEFT(b.c, i)
                    AND SUBSTRING(a.c, i + 3) = SUBSTRING(b.c, i + 3)
                    AND SUBSTRING(a.c, i + 1, 1) = SUBSTRING(b.c, i + 2, 1)
                    AND SUBSTRING(a.c, i + 2, 1) = SUBSTRING(b.c, i + 1, 1)
                  ),
                  TRUE
                )
              )
            )
        ) AS n, "_l" AS l, "_r" AS r
        WHERE
          l."工单.org__core" = n.lc
          AND r."申报.org__core" = n.rc
          AND NOT l."工单.org__uscc" IS NULL
          AND r."申报.org__uscc" IS NULL
          AND NOT COALESCE(l."工单.org__parent" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__parent", FALSE)
          AND NOT COALESCE(l."工单.org__name" = r."申报.org__name", FALSE)
          AND NOT COALESCE(l."工单.org__tax" = r."申报.org__tax", FALSE)
          AND NOT COALESCE(l."工单.org__former" = r."申报.org__core", FALSE)
          AND NOT COALESCE(l."工单.org__core" = r."申报.org__former", FALSE)
          AND NOT COALESCE(l."工单.org__former" = r."申报.org__former", FALSE)
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
        (
          NOT l."工单.org__uscc" IS NULL
        )
        AND (
          CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
            12
          ) MONTH AS DATE)
        ) <= (
          CAST('2026-06-30' AS DATE)
        )
        AND (
          (
            (
              CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
                12
              ) MONTH AS DATE)
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
    CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
      12
    ) MONTH AS DATE) AS _from,
    CAST('2026-06-30' AS DATE) AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."工单._row" = s."工单._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- strangers
CREATE TEMP TABLE "st_strangers" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.subject", "工单.duplicate",
  "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "complained_words", "complained_count",
  "complained_score", "silent_state", "silent_from", "silent_to", "caller", "工单._row", _g, _st,
  CASE
    WHEN (
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
    ) = 'possible'
    THEN NULL
    ELSE "工单.org__name"
  END AS "counted"
FROM (
  SELECT
    "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.subject", "工单.duplicate",
    "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "complained_words",
    "complained_count", "complained_score", "silent_state", "silent_from", "silent_to", "工单._row", _g, _st,
    COALESCE("工单.phone", "工单.caller_name", "工单.order_no") AS "caller"
  FROM (
    SELECT
      "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.subject", "工单.duplicate",
      "工单.org__uscc", "工单.org__name", "工单.org__core", "工单.org__tax", "工单.org__former", "工单.org__parent", "complained_words",
      "complained_count", "complained_score", "silent_state", "silent_from", "silent_to", "工单._row", _g, _st
    FROM "st_silent"
  )
);

-- by_firm
CREATE TEMP TABLE "st_by_firm" AS
SELECT
  "counted", "reports", "工单._rows", "_g", "_st"
FROM (
  SELECT
    "counted", COUNT(DISTINCT "caller") AS "reports", LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows", MAX(_g) AS _g, MAX(_st) AS _st
  FROM "st_strangers"
  WHERE
    NOT "counted" IS NULL
  GROUP BY
    "counted"
);

-- 产出：unfiled
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
  "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former", "登记.org__parent",
  "known_grade", "caution", "send_to", "low_tax", "high_tax", "low_late", "high_late", "how", "size", "处罚._row", "许可._row", "业主许可._row",
  "联合申报._row", "登记._row", _g, _st, CAST(COALESCE("处罚.org__uscc", "处罚.org__name" || '|' || "处罚._row", "处罚._row") AS TEXT) AS _subject
FROM "st_sized"
WHERE
  "caution" IS NULL;

-- 产出：unfiled_check
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "unfiled_state",
  "unfiled_from", "unfiled_to", "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind",
  "许可.contract_start", "许可.contract_end", "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name",
  "许可.builder__core", "许可.builder__tax", "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name",
  "许可.contractor__core", "许可.contractor__tax", "许可.contractor__former", "许可.contractor__parent", "sites_grade", "业主许可.floor_area",
  "业主许可.works_area", "业主许可.works_kind", "业主许可.contract_start", "业主许可.contract_end", "业主许可.status", "业主许可.builder__uscc",
  "业主许可.builder__name", "业主许可.builder__core", "业主许可.builder__tax", "业主许可.builder__former", "业主许可.builder__parent", "业主许可.contractor__uscc",
  "owned_grade", "partner_code", "site", "area", "first_day", "last_day", "联合申报.period_from", "联合申报.period_to", "联合申报.filing_kind",
  "联合申报.sub_item", "联合申报.org__uscc", "联合申报.org__name", "联合申报.org__core", "联合申报.org__tax", "联合申报.org__former", "联合申报.org__parent",
  "joint_grade", "登记.state", "登记.org__uscc", "登记.org__name", "登记.org__core", "登记.org__tax", "登记.org__former", "登记.org__parent",
  "known_grade", "caution", "send_to", "low_tax", "high_tax", "low_late", "high_late", "how", "size", "处罚._row", "许可._row", "业主许可._row",
  "联合申报._row", "登记._row", _g, _st, CAST(COALESCE("处罚.org__uscc", "处罚.org__name" || '|' || "处罚._row", "处罚._row") AS TEXT) AS _subject
FROM "st_sized"
WHERE
  NOT (
    "caution" IS NULL
  );

-- 产出：zero
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "申报.company",
  "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity", "申报.relief_kind",
  "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax", "申报.org__former",
  "申报.org__parent", "zeros_grade", "zero_only_state", "zero_only_from", "zero_only_to", "处罚._row", "申报._row", _g, _st,
  CAST(COALESCE("处罚.org__uscc", "处罚.org__name" || '|' || "处罚._row", "处罚._row") AS TEXT) AS _subject
FROM "st_zero_only"
WHERE
  TRUE;

-- 产出：by_generation
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "trigger",
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "filed_as_grade", "low_tax", "high_tax", "low_late", "high_late", "how", "处罚._row", "申报._row", _g,
  _st, CAST(COALESCE("处罚.org__uscc", "处罚.org__name" || '|' || "处罚._row", "处罚._row") AS TEXT) AS _subject
FROM "st_generated"
WHERE
  "处罚.quantity" > "申报.quantity";

-- 产出：by_generation_check
SELECT
  "处罚.company", "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type",
  "处罚.pollutant", "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact",
  "处罚.status", "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade",
  "is_dust", "medium_of", "paper_only", "answer", "free", "q_from", "q_to", "seen_from", "seen_to", "due_on", "due_days", "trigger",
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "filed_as_grade", "low_tax", "high_tax", "low_late", "high_late", "how", "处罚._row", "申报._row", _g,
  _st, CAST(COALESCE("处罚.org__uscc", "处罚.org__name" || '|' || "处罚._row", "处罚._row") AS TEXT) AS _subject
FROM "st_generated"
WHERE
  "处罚.quantity" IS NULL OR "申报.quantity" IS NULL;

-- 产出：permit
SELECT
  "排污许可.org__uscc", "排污许可.company", "idle_from", "idle_to", "idle_state", "unregistered_state", "items", "low_tax", "high_tax", "low_late",
  "high_late", "how", "排污许可._rows", _g, _st, CAST("排污许可.org__uscc" AS TEXT) AS _subject
FROM "st_by_holder"
WHERE
  TRUE;

-- 产出：permit_idle
SELECT
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "seen_on", "ended", "ended_days", "idle_to", "idle_from", "holder", "answer", "free",
  "idle_state", "low_tax", "high_tax", "low_late", "high_late", "how", "listed", "one_of", "most", "outlet_of", "group_of", "class_of",
  "weight", "largest_place", "largest_of", "placed_place", "placed_of", "税源.org__uscc", "税源.org__name", "税源.org__core", "税源.org__tax",
  "税源.org__former", "税源.org__parent", "registered_grade", "排污许可._row", "税源._row", _g, _st,
  CAST(COALESCE("排污许可.org__uscc", "排污许可.org__name" || '|' || "排污许可._row", "排污许可._row") AS TEXT) AS _subject
FROM "st_registered"
WHERE
  TRUE;

-- 产出：site
SELECT
  "许可.permit_no", "许可.project", "许可.contractor", "许可.floor_area", "许可.works_area", "许可.works_kind", "许可.contract_start", "许可.contract_end",
  "许可.region", "许可.status", "许可.measures", "许可.builder__uscc", "许可.builder__name", "许可.builder__core", "许可.builder__tax",
  "许可.builder__former", "许可.builder__parent", "许可.contractor__uscc", "许可.contractor__name", "许可.contractor__core", "许可.contractor__tax",
  "许可.contractor__former", "许可.contractor__parent", "seen_on", "ended", "ended_days", "last_q", "site_from", "site_to", "site_kind",
  "site_area", "no_dust_state", "no_dust_from", "no_dust_to", "no_dust_owner_state", "no_dust_owner_from", "no_dust_owner_to", "low_tax",
  "high_tax", "low_late", "high_late", "how", "许可._row", _g, _st, CAST("许可.permit_no" AS TEXT) AS _subject
FROM "st_site_tax"
WHERE
  TRUE;

-- 产出：short
SELECT
  "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.period_from", "申报.period_to", "申报.quantity", "measured_kg", "days_seen",
  "low_tax", "high_tax", "low_late", "high_late", "how", "申报._rows", "监测._rows", _g, _st, CAST("申报.org__uscc" AS TEXT) AS _subject
FROM "st_short_tax"
WHERE
  TRUE;

-- 产出：short_year
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "上年申报.period_from", "上年申报.period_to", "上年申报.sub_item", "上年申报.outlet", "上年申报.quantity",
  "上年申报.tax", "上年申报.org__uscc", "上年申报.org__name", "上年申报.org__core", "上年申报.org__tax", "上年申报.org__former", "上年申报.org__parent", "before_grade",
  "排污许可.permit_no", "排污许可.company", "排污许可.category", "排污许可.industry", "排污许可.valid_from", "排污许可.valid_to", "排污许可.outlet", "排污许可.pollutant",
  "排污许可.allowed_quantity", "排污许可.status", "排污许可.operating", "排污许可.org__uscc", "排污许可.org__name", "排污许可.org__core", "排污许可.org__tax",
  "排污许可.org__former", "排污许可.org__parent", "still_grade", "申报._row", "上年申报._row", "排污许可._row", _g, _st,
  CAST(COALESCE("申报.org__uscc", "申报.org__name" || '|' || "申报._row", "申报._row") AS TEXT) AS _subject
FROM "st_running"
WHERE
  TRUE;

-- 产出：short_peers
SELECT
  "申报.org__uscc", "申报.company", "item_name", "申报.outlet", "申报.product", "申报.output_unit", "申报.period_from", "申报.period_to", "申报.quantity",
  "申报.output", "peers", "higher_yes", "higher_maybe", "higher_of", "higher_low", "higher_high", "higher", "申报._rows", "同业申报._rows", _g, _st,
  CAST("申报.org__uscc" AS TEXT) AS _subject
FROM "st_below_peers"
WHERE
  TRUE;

-- 产出：relief_over
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "monthly", "low_tax", "high_tax", "low_late", "high_late", "how", "监测.outlet",
  "监测.factor", "监测.measured_at", "监测.span", "监测.value", "监测.standard", "监测.unit", "监测.flow", "监测.exceeded", "监测.method", "监测.org__uscc",
  "监测.org__name", "监测.org__core", "监测.org__tax", "监测.org__former", "监测.org__parent", "measured_on", "kg", "factor_name", "over_grade",
  "申报._row", "监测._row", _g, _st, CAST(COALESCE("申报.org__uscc", "申报.org__name" || '|' || "申报._row", "申报._row") AS TEXT) AS _subject
FROM "st_over"
WHERE
  "monthly" = '是';

-- 产出：relief_over_check
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "monthly", "low_tax", "high_tax", "low_late", "high_late", "how", "监测.outlet",
  "监测.factor", "监测.measured_at", "监测.span", "监测.value", "监测.standard", "监测.unit", "监测.flow", "监测.exceeded", "监测.method", "监测.org__uscc",
  "监测.org__name", "监测.org__core", "监测.org__tax", "监测.org__former", "监测.org__parent", "measured_on", "kg", "factor_name", "over_grade",
  "申报._row", "监测._row", _g, _st, CAST(COALESCE("申报.org__uscc", "申报.org__name" || '|' || "申报._row", "申报._row") AS TEXT) AS _subject
FROM "st_over"
WHERE
  "monthly" = '否';

-- 产出：relief_fined
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "monthly", "low_tax", "high_tax", "low_late", "high_late", "how", "处罚.company",
  "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type", "处罚.pollutant",
  "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact", "处罚.status",
  "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade", "is_dust",
  "medium_of", "paper_only", "answer", "free", "over_fined_grade", "申报._row", "处罚._row", _g, _st,
  CAST(COALESCE("申报.org__uscc", "申报.org__name" || '|' || "申报._row", "申报._row") AS TEXT) AS _subject
FROM "st_over_fined"
WHERE
  "monthly" = '是' AND COALESCE("处罚.status", '有效') = '有效';

-- 产出：relief_fined_check
SELECT
  "申报.company", "申报.registration", "申报.period_from", "申报.period_to", "申报.filing_kind", "申报.sub_item", "申报.outlet", "申报.quantity",
  "申报.relief_kind", "申报.relief", "申报.product", "申报.output", "申报.output_unit", "申报.org__uscc", "申报.org__name", "申报.org__core", "申报.org__tax",
  "申报.org__former", "申报.org__parent", "item_name", "monthly", "low_tax", "high_tax", "low_late", "high_late", "how", "处罚.company",
  "处罚.party_kind", "处罚.industry", "处罚.stock_kind", "处罚.stock", "处罚.region", "处罚.violated_on", "处罚.violation_type", "处罚.pollutant",
  "处罚.medium", "处罚.procedural", "处罚.noise_source", "处罚.exceed_db", "处罚.quantity", "处罚.outlet", "处罚.to_facility", "处罚.fact", "处罚.status",
  "处罚.org__uscc", "处罚.org__name", "处罚.org__core", "处罚.org__tax", "处罚.org__former", "处罚.org__parent", "about", "trade", "is_dust",
  "medium_of", "paper_only", "answer", "free", "over_fined_grade", "申报._row", "处罚._row", _g, _st,
  CAST(COALESCE("申报.org__uscc", "申报.org__name" || '|' || "申报._row", "申报._row") AS TEXT) AS _subject
FROM "st_over_fined"
WHERE
  "monthly" = '否' OR "处罚.status" IN ('复议中', '诉讼中', '变更');

-- 产出：reported
SELECT
  "counted", "reports", "工单._rows", _g, _st, CAST("counted" AS TEXT) AS _subject
FROM "st_by_firm"
WHERE
  "reports" >= 2;
