-- 督促履职及行政违法行为监督（duty_urging）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   duty.apply_months = 3
--   duty.decide_days = 90
--   duty.decide_law_from = 2021-07-15
--   duty.deviations = 2
--   duty.least_cases = 10
--   duty.look_back_months = 60
--   duty.revoke_days = 60
--   duty.serve_days = 15
--   duty.sue_months = 6
--   duty.times = 5
--   duty.told_days = 90
--   duty.told_people = 3
--   duty.told_score = 30
-- 用到节假日表

-- 数据：台账
SELECT
  "case_no" AS "台账.case_no", "agency" AS "台账.agency", "cause" AS "台账.cause", "filed_case_on" AS "台账.filed_case_on",
  "case_extended" AS "台账.case_extended", "decided_on" AS "台账.decided_on", "doc_no" AS "台账.doc_no", "basis" AS "台账.basis",
  "kind" AS "台账.kind", "discretion" AS "台账.discretion", "fine" AS "台账.fine", "paid_on" AS "台账.paid_on", "deferred" AS "台账.deferred",
  "permit_no" AS "台账.permit_no", "status" AS "台账.status", "filed_case_on__from" AS "台账.filed_case_on__from",
  "filed_case_on__to" AS "台账.filed_case_on__to", "decided_on__from" AS "台账.decided_on__from", "decided_on__to" AS "台账.decided_on__to",
  "paid_on__from" AS "台账.paid_on__from", _row AS "台账._row", 0 AS _g, 0 AS _st
FROM penalty_ledger;

-- 数据：申请
SELECT
  "doc_no" AS "申请.doc_no", _row AS "申请._row", 0 AS _g, 0 AS _st
FROM enforcement_application;

-- 数据：许可
SELECT
  "permit_no" AS "许可.permit_no", "decided_on" AS "许可.decided_on", "state" AS "许可.state", _row AS "许可._row", 0 AS _g, 0 AS _st
FROM public_permit;

-- 数据：工单
SELECT
  "order_no" AS "工单.order_no", "accepted_at" AS "工单.accepted_at", "caller_name" AS "工单.caller_name", "phone" AS "工单.phone",
  "kind" AS "工单.kind", "title" AS "工单.title", "content" AS "工单.content", "handler" AS "工单.handler", "duplicate" AS "工单.duplicate",
  "org__name" AS "工单.org__name", _row AS "工单._row", 0 AS _g, 0 AS _st
FROM hotline_order;

-- 数据：事件
SELECT
  "event_no" AS "事件.event_no", "reported_at" AS "事件.reported_at", "description" AS "事件.description", "department" AS "事件.department",
  _row AS "事件._row", 0 AS _g, 0 AS _st
FROM grid_event;

-- standing
CREATE TEMP TABLE "st_standing" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
FROM "src_台账"
WHERE
  NOT (
    "台账.doc_no" IS NULL
  ) AND COALESCE("台账.status", '有效') = '有效';

-- dated
CREATE TEMP TABLE "st_dated" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "served_on", "apply_by", "台账._row", _g, _st,
  COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "seen"
FROM (
  SELECT
    "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
    "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
    "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "served_on", "台账._row", _g, _st,
    CAST(CAST("served_on" + INTERVAL (
      6
    ) MONTH AS DATE) + INTERVAL (
      3
    ) MONTH AS DATE) AS "apply_by"
  FROM (
    SELECT
      "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
      "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from",
      "台账.filed_case_on__to", "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st,
      "台账.decided_on" + CAST((
        15
      ) AS INT) AS "served_on"
    FROM (
      SELECT
        "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
        "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from",
        "台账.filed_case_on__to", "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
      FROM "st_standing"
    )
  )
);

-- unpaid
CREATE TEMP TABLE "st_unpaid" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "served_on", "apply_by", "seen", "台账._row", _g, _st
FROM "st_dated"
WHERE
  "台账.fine" > 0
  AND "台账.paid_on" IS NULL
  AND "台账.paid_on__from" IS NULL
  AND COALESCE("台账.deferred", '否') <> '是'
  AND "台账.decided_on" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    60
  ) MONTH AS DATE);

-- expired
CREATE TEMP TABLE "during_roll_expired" AS
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

-- expired
CREATE TEMP TABLE "st_expired" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "served_on", "apply_by", "seen", "expired_due", "expired_days", "台账._row",
  "_g", "_st"
FROM (
  SELECT
    "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
    "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
    "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "served_on", "apply_by", "seen", "台账._row", _g, _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_roll_expired"
            WHERE
              d = (
                (
                  CAST("apply_by" AS DATE)
                ) + CAST(0 AS INT)
              )
          ),
          (
            (
              CAST("apply_by" AS DATE)
            ) + CAST(0 AS INT)
          ) + CAST(0 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_roll_expired"
          WHERE
            d = (
              (
                CAST("apply_by" AS DATE)
              ) + CAST(0 AS INT)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_roll_expired"
          WHERE
            d = (
              (
                CAST("apply_by" AS DATE)
              ) + CAST(0 AS INT)
            )
        ),
        (
          (
            CAST("apply_by" AS DATE)
          ) + CAST(0 AS INT)
        ) + CAST(0 AS INT)
      )
    END AS "expired_due",
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
          CAST("apply_by" AS DATE)
        ) = (
          CAST("apply_by" AS DATE)
        )
        THEN CAST("apply_by" AS DATE)
      END
    ) AS "expired_days"
  FROM "st_unpaid"
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
                FROM "during_roll_expired"
                WHERE
                  d = (
                    (
                      CAST("apply_by" AS DATE)
                    ) + CAST(0 AS INT)
                  )
              ),
              (
                (
                  CAST("apply_by" AS DATE)
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
              FROM "during_roll_expired"
              WHERE
                d = (
                  (
                    CAST("apply_by" AS DATE)
                  ) + CAST(0 AS INT)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- unexecuted
CREATE TEMP TABLE "st_unexecuted" AS
SELECT
  l."台账.case_no", l."台账.agency", l."台账.cause", l."台账.filed_case_on", l."台账.case_extended", l."台账.decided_on", l."台账.doc_no", l."台账.basis",
  l."台账.kind", l."台账.discretion", l."台账.fine", l."台账.paid_on", l."台账.deferred", l."台账.permit_no", l."台账.status", l."台账.filed_case_on__from",
  l."台账.filed_case_on__to", l."台账.decided_on__from", l."台账.decided_on__to", l."台账.paid_on__from", l."served_on", l."apply_by", l."seen",
  l."expired_due", l."expired_days", CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "unexecuted_state",
  _from AS "unexecuted_from", _to AS "unexecuted_to", l."台账._row", _g, GREATEST(_st, _a) AS _st
FROM (
  WITH _l AS (
    SELECT
      *
    FROM "st_expired"
  ), _r AS (
    SELECT
      *
    FROM "src_申请"
  ), seen AS (
    SELECT
      "台账._row", BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          l."台账._row", 0 AS _m
        FROM "_l" AS l
        JOIN "_r" AS r
          ON l."台账.doc_no" = r."申请.doc_no"
      ) AS p
    )
    GROUP BY
      "台账._row"
  )
  SELECT
    l.*,
    CASE
      WHEN s.maybe
      THEN 2
      WHEN COALESCE(
        NOT l."台账.doc_no" IS NULL
        AND (
          "台账.decided_on"
        ) <= (
          "apply_by"
        )
        AND (
          (
            (
              "台账.decided_on"
            ) >= CAST('2000-01-01' AS DATE)
            AND CASE
              WHEN (
                "apply_by"
              ) > CAST('2026-06-30' AS DATE)
              THEN CAST('2026-06-30' AS DATE)
              ELSE (
                "apply_by"
              )
            END <= CAST('2026-06-30' AS DATE)
          )
        ),
        FALSE
      )
      THEN 1
      ELSE 3
    END AS _a, "台账.decided_on" AS _from, "apply_by" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."台账._row" = s."台账._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- filed
CREATE TEMP TABLE "st_filed" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
FROM "src_台账"
WHERE
  "台账.filed_case_on" >= CAST('2021-07-15' AS DATE)
  AND COALESCE("台账.case_extended", '否') <> '是'
  AND NOT (
    COALESCE("台账.status", '有效') IN ('撤销', '变更')
  );

-- filed_seen
CREATE TEMP TABLE "st_filed_seen" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st,
  COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "filed_until"
FROM (
  SELECT
    "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
    "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
    "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
  FROM "st_filed"
);

-- slow
CREATE TEMP TABLE "during_roll_slow" AS
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

-- slow
CREATE TEMP TABLE "st_slow" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "filed_until", "slow_due", "slow_days", "台账._row", "_g", "_st"
FROM (
  SELECT
    "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
    "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
    "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "filed_until", "台账._row", _g, _st,
    CASE
      WHEN (
        COALESCE(
          (
            SELECT
              due
            FROM "during_roll_slow"
            WHERE
              d = (
                (
                  CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
                ) + CAST(90 AS INT)
              )
          ),
          (
            (
              CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
            ) + CAST(90 AS INT)
          ) + CAST(0 AS INT)
        )
      ) = (
        (
          SELECT
            due
          FROM "during_roll_slow"
          WHERE
            d = (
              (
                CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__to") AS DATE)
              ) + CAST(90 AS INT)
            )
        )
      )
      THEN COALESCE(
        (
          SELECT
            due
          FROM "during_roll_slow"
          WHERE
            d = (
              (
                CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
              ) + CAST(90 AS INT)
            )
        ),
        (
          (
            CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
          ) + CAST(90 AS INT)
        ) + CAST(0 AS INT)
      )
    END AS "slow_due",
    (
      CASE
        WHEN (
          CAST(COALESCE(COALESCE("台账.decided_on", "台账.decided_on__from"), "filed_until") AS DATE)
        ) = (
          CAST(COALESCE(COALESCE("台账.decided_on", "台账.decided_on__to"), "filed_until") AS DATE)
        )
        THEN CAST(COALESCE(COALESCE("台账.decided_on", "台账.decided_on__from"), "filed_until") AS DATE)
      END
    ) - (
      CASE
        WHEN (
          CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
        ) = (
          CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__to") AS DATE)
        )
        THEN CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
      END
    ) AS "slow_days"
  FROM "st_filed_seen"
  WHERE
    (
      NOT (
        CASE
          WHEN (
            CAST(COALESCE(COALESCE("台账.decided_on", "台账.decided_on__to"), "filed_until") AS DATE)
          ) <= (
            COALESCE(
              (
                SELECT
                  due
                FROM "during_roll_slow"
                WHERE
                  d = (
                    (
                      CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
                    ) + CAST(90 AS INT)
                  )
              ),
              (
                (
                  CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__from") AS DATE)
                ) + CAST(90 AS INT)
              ) + CAST(0 AS INT)
            )
          )
          THEN TRUE
          WHEN (
            CAST(COALESCE(COALESCE("台账.decided_on", "台账.decided_on__from"), "filed_until") AS DATE)
          ) > (
            (
              SELECT
                due
              FROM "during_roll_slow"
              WHERE
                d = (
                  (
                    CAST(COALESCE("台账.filed_case_on", "台账.filed_case_on__to") AS DATE)
                  ) + CAST(90 AS INT)
                )
            )
          )
          THEN FALSE
        END
      )
    )
);

-- revoked
CREATE TEMP TABLE "st_revoked" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
FROM "st_standing"
WHERE
  CONTAINS("台账.kind", '吊销')
  AND "台账.decided_on" < COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) - CAST((
    60
  ) AS INT);

-- alive
CREATE TEMP TABLE "pairs_alive" AS
SELECT
  l."台账.case_no", l."台账.agency", l."台账.cause", l."台账.filed_case_on", l."台账.case_extended", l."台账.decided_on", l."台账.doc_no", l."台账.basis",
  l."台账.kind", l."台账.discretion", l."台账.fine", l."台账.paid_on", l."台账.deferred", l."台账.permit_no", l."台账.status", l."台账.filed_case_on__from",
  l."台账.filed_case_on__to", l."台账.decided_on__from", l."台账.decided_on__to", l."台账.paid_on__from", l."台账._row", r."许可.permit_no",
  r."许可.decided_on", r."许可.state", r."许可._row", GREATEST(l._g, r._g) AS _g, GREATEST(l._st, r._st) AS _st, 0 AS _m
FROM "st_revoked" AS l
JOIN "src_许可" AS r
  ON l."台账.permit_no" = r."许可.permit_no";

-- alive
CREATE TEMP TABLE "st_alive" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "许可.permit_no", "许可.decided_on", "许可.state",
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
  END AS "alive_grade", "台账._row", "许可._row", GREATEST(_g, _m) AS _g, _st
FROM "pairs_alive" AS p
WHERE
  "许可.state" IN ('有效', '正常') AND "许可.decided_on" < "台账.decided_on";

-- cited
CREATE TEMP TABLE "st_cited" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
FROM "st_standing";

-- comparable
CREATE TEMP TABLE "st_comparable" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
FROM "st_standing"
WHERE
  "台账.fine" > 0
  AND "台账.discretion" IS NULL
  AND NOT (
    "台账.cause" IS NULL
  )
  AND "台账.decided_on" >= CAST(CAST('2026-06-30' AS DATE) - INTERVAL (
    60
  ) MONTH AS DATE);

-- labelled
CREATE TEMP TABLE "st_labelled" AS
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st,
  (
    "台账.agency" || '·' || "台账.cause"
  ) AS "label"
FROM (
  SELECT
    "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
    "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
    "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "台账._row", _g, _st
  FROM "st_comparable"
);

-- by_cause
CREATE TEMP TABLE "st_by_cause" AS
SELECT
  "label", "cases", "total_fine", "squares", "highest", "lowest", "others_high", "others_low", "台账._rows", "_g", "_st"
FROM (
  SELECT
    *,
    CAST(ROUND(
      CAST((
        "total_fine" - "lowest"
      ) AS DOUBLE) / NULLIF(CAST((
        "cases" - 1
      ) AS DOUBLE), 0),
      6
    ) AS DECIMAL(28, 6)) AS "others_low"
  FROM (
    SELECT
      *,
      CAST(ROUND(
        CAST((
          "total_fine" - "highest"
        ) AS DOUBLE) / NULLIF(CAST((
          "cases" - 1
        ) AS DOUBLE), 0),
        6
      ) AS DECIMAL(28, 6)) AS "others_high"
    FROM (
      SELECT
        "label", COUNT(DISTINCT "台账.doc_no") AS "cases", CAST(SUM("台账.fine") AS DECIMAL(38, 2)) AS "total_fine",
        CAST(SUM("台账.fine" * "台账.fine") AS DECIMAL(38, 2)) AS "squares", MAX("台账.fine") AS "highest", MIN("台账.fine") AS "lowest",
        LIST_SORT(ARRAY_AGG(DISTINCT "台账._row")) AS "台账._rows", MAX(_g) AS _g, MAX(_st) AS _st
      FROM "st_labelled"
      WHERE
        NOT "label" IS NULL
      GROUP BY
        "label"
    )
  )
);

-- spread
CREATE TEMP TABLE "st_spread" AS
SELECT
  "label", "cases", "total_fine", "squares", "highest", "lowest", "others_high", "others_low", "台账._rows", _g, _st
FROM "st_by_cause";

-- uneven
CREATE TEMP TABLE "st_uneven" AS
SELECT
  "label", "cases", "total_fine", "squares", "highest", "lowest", "others_high", "others_low", "z_high", "z_low", "台账._rows", _g, _st
FROM "st_spread"
WHERE
  CASE
    WHEN "cases" >= 10
    THEN (
      "highest" >= "others_high" * 5 AND "z_high" >= 2
    )
    OR (
      "lowest" * 5 <= "others_low" AND "z_low" >= 2
    )
  END;

-- blamed
CREATE TEMP TABLE "near_blamed" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('12345', 0, 128), ('12369', 0, 128), ('N次', 0, 64), ('一刀切', 0, 2048), ('一直未', 0, 64), ('一直没有', 0, 64), ('上报', 0, 512), ('上访', 0, 512),
    ('不了了之', 0, 64), ('不予办理', 0, 2048), ('不予受理', 0, 1), ('不予处罚', 15, 0), ('不予理睬', 0, 1), ('不作为', 0, 1), ('不兑现', 0, 32), ('不公', 0, 2048),
    ('不公开', 0, 32), ('不公正', 0, 4), ('不公示', 0, 32), ('不合理', 0, 32), ('不回复', 0, 64), ('不安置', 0, 2080), ('不履职', 0, 1), ('不履行', 0, 1),
    ('不想管', 0, 1), ('不执行', 0, 2048), ('不理', 0, 1), ('不理不睬', 0, 4), ('不管', 0, 1), ('不给办', 0, 2048), ('不给我', 0, 2048), ('不落实', 0, 2048),
    ('不补偿', 0, 2080), ('不解决', 0, 64), ('不透明', 0, 32), ('不闻不问', 0, 1), ('串通', 0, 2), ('主管部门', 0, 256), ('举报', 0, 512), ('乡里', 0, 128),
    ('书记员', 0, 8), ('乱作为', 0, 1), ('乱建', 0, 1024), ('乱收', 0, 2052), ('乱罚款', 0, 2048), ('互相推', 0, 1), ('交警', 0, 128), ('交通局', 0, 128),
    ('人社局', 0, 128), ('仍未', 0, 64), ('仍然没有', 0, 64), ('以权压法', 0, 2), ('以权谋私', 0, 2), ('住建局', 0, 128), ('住建部门', 0, 128), ('依旧', 0, 64),
    ('依然', 0, 64), ('侵占', 0, 2048), ('侵吞', 0, 4), ('保护伞', 0, 2), ('信息公开', 0, 2048), ('信息公开办', 0, 128), ('信访', 0, 512), ('信访局', 0, 128),
    ('做做样子', 0, 1), ('停发', 0, 2048), ('偷拆', 0, 2048), ('充耳不闻', 0, 1), ('克扣', 0, 32), ('入股', 0, 4), ('公安', 0, 128), ('公积金中心', 0, 128),
    ('公路局', 0, 128), ('关系户', 0, 2), ('冒领', 0, 36), ('农业局', 0, 128), ('农合办', 0, 128), ('刁难', 0, 2052), ('利益输送', 0, 2), ('办事人员', 0, 8),
    ('办事处', 0, 128), ('劳动局', 0, 128), ('勾结', 0, 2), ('包庇', 0, 2), ('区里', 0, 128), ('区长信箱', 0, 128), ('医保中心', 0, 128), ('医保局', 0, 128),
    ('占道经营', 0, 1024), ('卡要', 0, 2048), ('卫健', 0, 128), ('卫生局', 0, 128), ('卫计委', 0, 128), ('去找', 0, 512), ('县里', 0, 128), ('县长信箱', 0, 128),
    ('参股', 0, 4), ('又说', 0, 64), ('反应', 0, 512), ('反映', 0, 512), ('发改委', 0, 128), ('受贿', 0, 6), ('司法局', 0, 128), ('吃拿卡要', 0, 4),
    ('各部门', 0, 256), ('吊销未执行', 30, 0), ('国土局', 0, 128), ('国土所', 0, 128), ('国土部门', 0, 128), ('土地确权', 0, 16), ('城管', 0, 128), ('塞钱', 0, 2),
    ('多次', 0, 64), ('失职', 0, 1), ('始终未', 0, 64), ('始终没有', 0, 64), ('威胁', 0, 4), ('安监局', 0, 128), ('安监部门', 0, 128), ('安置房', 0, 16),
    ('官官相护', 0, 2), ('审计局', 0, 128), ('局长', 0, 8), ('居委会', 0, 128), ('工作人员', 0, 8), ('工商局', 0, 128), ('工商所', 0, 128), ('工商部门', 0, 128),
    ('市场监督', 0, 128), ('市场监管', 0, 128), ('市监局', 0, 128), ('市长信箱', 0, 128), ('干警', 0, 8), ('庇护', 0, 2), ('建设局', 0, 128), ('强制', 0, 2048),
    ('强征', 0, 2080), ('强拆', 0, 2080), ('强行', 0, 2048), ('形同虚设', 0, 1), ('征地', 0, 16), ('征地办', 0, 128), ('征收', 0, 16), ('征收办', 0, 128),
    ('征用', 0, 16), ('徇私', 0, 2), ('得不到处理', 0, 64), ('得不到解决', 0, 64), ('态度差', 0, 4), ('态度恶劣', 0, 4), ('怠政', 0, 1), ('慢作为', 0, 1),
    ('懒政', 0, 1), ('截留', 0, 2080), ('房产局', 0, 128), ('房管', 0, 128), ('所长', 0, 8), ('打击报复', 0, 2), ('打电话', 0, 512), ('执法不严', 0, 1),
    ('执法不力', 0, 1), ('执法不合规', 0, 2048), ('执法人员', 0, 136), ('执法大队', 0, 128), ('执法局', 0, 128), ('执法部门', 0, 128), ('执法队', 0, 128),
    ('扯皮', 0, 1), ('找过', 0, 512), ('投诉', 0, 512), ('报警', 0, 512), ('拆迁', 0, 16), ('拆迁办', 0, 128), ('拒绝办理', 0, 2048), ('拨打', 0, 512),
    ('指挥部', 0, 128), ('挪用', 0, 2048), ('推卸', 0, 1), ('推来推去', 0, 1), ('推脱', 0, 5), ('推诿', 0, 5), ('擅自', 0, 2048), ('收了钱', 0, 2),
    ('收受', 0, 4), ('放任', 0, 1), ('政务中心', 0, 128), ('政府', 0, 128), ('故意', 0, 2048), ('教育局', 0, 128), ('教育行政', 0, 128), ('教育部门', 0, 128),
    ('数次', 0, 64), ('敷衍', 0, 1), ('无人管', 0, 1), ('无回复', 0, 64), ('无果', 0, 64), ('无法解决', 0, 64), ('无济于事', 0, 64), ('无照经营', 0, 1024),
    ('暗中操作', 0, 2), ('暗箱操作', 0, 2), ('暴力执法', 0, 2048), ('有关部门', 0, 256), ('有法不依', 0, 1), ('服务中心', 0, 128), ('未作处理', 0, 64), ('未兑现', 0, 32),
    ('未公告', 0, 2048), ('未公示', 0, 2080), ('未回复', 0, 64), ('未处理', 0, 64), ('未履行处罚决定', 30, 0), ('未得到解决', 0, 64), ('未果', 0, 64),
    ('未申请强制执行', 30, 0), ('未答复', 0, 64), ('未见', 0, 64), ('未解决', 0, 64), ('村主任', 0, 8), ('村委', 0, 128), ('村干部', 0, 136), ('村支书', 0, 136),
    ('村支部', 0, 128), ('杳无音信', 0, 64), ('林业局', 0, 128), ('核减', 0, 2048), ('检察院', 0, 128), ('民政局', 0, 128), ('民政部门', 0, 128), ('民警', 0, 128),
    ('水利局', 0, 128), ('水务局', 0, 128), ('没下文', 0, 64), ('没人管', 0, 1), ('没回复', 0, 64), ('没效果', 0, 64), ('没有下文', 0, 64), ('没有人管', 0, 1),
    ('没有任何回复', 0, 64), ('没有任何结果', 0, 64), ('没有任何进展', 0, 64), ('没有公告', 0, 2048), ('没有公示', 0, 2080), ('没有回复', 0, 64), ('没有处理', 0, 64),
    ('没有得到解决', 0, 64), ('没有用', 0, 64), ('没有答复', 0, 64), ('没有结果', 0, 64), ('没有给', 0, 64), ('没有补偿', 0, 2080), ('没有解决', 0, 64), ('没用', 0, 64),
    ('没结果', 0, 64), ('没见', 0, 64), ('法院', 0, 128), ('派出所', 0, 128), ('派出机构', 0, 128), ('消防大队', 0, 128), ('消防部门', 0, 128), ('渎职', 0, 1),
    ('滥用职权', 0, 2), ('漠视', 0, 1), ('热线', 0, 128), ('熟视无睹', 0, 1), ('物价局', 0, 128), ('物价部门', 0, 128), ('猫腻', 0, 2), ('环保举报', 0, 128),
    ('环保厅', 0, 128), ('环保局', 0, 128), ('环保部门', 0, 128), ('生态环境局', 0, 128), ('申请', 0, 512), ('畜牧', 0, 128), ('监察', 0, 128), ('监管不到位', 0, 1),
    ('监管不力', 0, 1), ('监管缺失', 0, 1), ('监管部门', 0, 256), ('相互推', 0, 1), ('相关部门', 0, 256), ('睁一只眼', 0, 1), ('睁眼瞎', 0, 1), ('石沉大海', 0, 64),
    ('社保中心', 0, 128), ('社保局', 0, 128), ('社区', 0, 128), ('私分', 0, 32), ('私吞', 0, 2052), ('私建', 0, 1024), ('私自', 0, 2048), ('税务', 0, 128),
    ('管不了', 0, 1), ('管理处', 0, 128), ('管理局', 0, 128), ('红包', 0, 2), ('纪委', 0, 128), ('纵容', 0, 5), ('置若罔闻', 0, 1), ('职能部门', 0, 256),
    ('自然资源', 0, 128), ('至今未', 0, 64), ('至今没有', 0, 64), ('致电', 0, 512), ('草草了事', 0, 1), ('药监局', 0, 128), ('虚报', 0, 32), ('行政审批', 0, 128),
    ('街道', 0, 128), ('补偿款', 0, 16), ('袒护', 0, 2), ('要求', 0, 512), ('规划局', 0, 128), ('规划部门', 0, 128), ('视而不见', 0, 1), ('视若不见', 0, 1),
    ('视若无睹', 0, 1), ('警察', 0, 128), ('计生', 0, 128), ('请求', 0, 512), ('谋私', 0, 4), ('财政局', 0, 128), ('账目不清', 0, 32), ('质监局', 0, 128),
    ('质监部门', 0, 128), ('贪污', 0, 6), ('走过场', 0, 1), ('超期办案', 30, 0), ('超限超载', 15, 0), ('趋利执法', 15, 0), ('路政', 0, 128), ('踢来踢去', 0, 1),
    ('踢皮球', 0, 1), ('辱骂', 0, 4), ('运管', 0, 128), ('还是没', 0, 64), ('违反政策', 0, 2048), ('违建', 0, 1024), ('违法', 0, 2080), ('违法建筑', 0, 1024),
    ('违法建设', 0, 1024), ('违章建房', 0, 1024), ('违章建筑', 0, 1024), ('违章搭建', 0, 1024), ('违规', 0, 2080), ('迟迟', 0, 64), ('选择性执法', 15, 2048),
    ('通风报信', 0, 2), ('逾期未缴', 30, 0), ('野蛮执法', 0, 2048), ('钓鱼执法', 0, 2048), ('错误', 0, 2048), ('镇里', 0, 128), ('非法行医', 15, 0), ('领导干部', 0, 8),
    ('食药监', 0, 128), ('黑恶势力', 0, 2),
    ('默许', 0, 1)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_blamed" AS h
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
      m0 & 129
    ) = 129 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 130
    ) = 130 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 704
    ) = 704 THEN 20 ELSE 0 END + CASE WHEN (
      m0 & 2176
    ) = 2176 THEN 20 ELSE 0 END + CASE WHEN (
      m0 & 1152
    ) = 1152 THEN 20 ELSE 0 END + CASE WHEN (
      m0 & 48
    ) = 48 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 12
    ) = 12 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 769
    ) = 769 THEN 20 ELSE 0 END >= 30
)
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.handler", "工单.duplicate",
  "工单.org__name", "工单._row", "_g", "_st"
FROM "src_工单"
WHERE
  "工单._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- blamed
CREATE TEMP TABLE "seen_blamed" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('12345', TRUE), ('12369', TRUE), ('N次', TRUE), ('一刀切', TRUE), ('一直未', TRUE), ('一直没有', TRUE), ('上报', TRUE), ('上访', TRUE),
    ('不了了之', TRUE), ('不予办理', TRUE), ('不予受理', TRUE), ('不予处罚', TRUE), ('不予理睬', TRUE), ('不作为', TRUE), ('不兑现', TRUE), ('不公', TRUE),
    ('不公开', TRUE), ('不公正', TRUE), ('不公示', TRUE), ('不合理', TRUE), ('不回复', TRUE), ('不安置', TRUE), ('不履职', TRUE), ('不履行', TRUE), ('不想管', TRUE),
    ('不执行', TRUE), ('不理', TRUE), ('不理不睬', TRUE), ('不管', TRUE), ('不给办', TRUE), ('不给我', TRUE), ('不落实', TRUE), ('不补偿', TRUE), ('不解决', TRUE),
    ('不透明', TRUE), ('不闻不问', TRUE), ('串通', TRUE), ('主管部门', TRUE), ('举报', TRUE), ('乡里', TRUE), ('书记员', TRUE), ('乱作为', TRUE), ('乱建', TRUE),
    ('乱收', TRUE), ('乱罚款', TRUE), ('互相推', TRUE), ('交警', TRUE), ('交通局', TRUE), ('人社局', TRUE), ('仍未', TRUE), ('仍然没有', TRUE), ('以权压法', TRUE),
    ('以权谋私', TRUE), ('住建局', TRUE), ('住建部门', TRUE), ('依旧', TRUE), ('依然', TRUE), ('侵占', TRUE), ('侵吞', TRUE), ('保护伞', TRUE), ('信息公开', TRUE),
    ('信息公开办', TRUE), ('信访', TRUE), ('信访局', TRUE), ('做做样子', TRUE), ('停发', TRUE), ('偷拆', TRUE), ('充耳不闻', TRUE), ('克扣', TRUE), ('入股', TRUE),
    ('公安', TRUE), ('公积金中心', TRUE), ('公路局', TRUE), ('关系户', TRUE), ('冒领', TRUE), ('农业局', TRUE), ('农合办', TRUE), ('刁难', TRUE), ('利益输送', TRUE),
    ('办事人员', TRUE), ('办事处', TRUE), ('劳动局', TRUE), ('勾结', TRUE), ('包庇', TRUE), ('区里', TRUE), ('区长信箱', TRUE), ('医保中心', TRUE), ('医保局', TRUE),
    ('占道经营', TRUE), ('卡要', TRUE), ('卫健', TRUE), ('卫生局', TRUE), ('卫计委', TRUE), ('去找', TRUE), ('县里', TRUE), ('县长信箱', TRUE), ('参股', TRUE),
    ('又说', TRUE), ('反应', TRUE), ('反映', TRUE), ('发改委', TRUE), ('受贿', TRUE), ('司法局', TRUE), ('吃拿卡要', TRUE), ('各部门', TRUE), ('吊销未执行', TRUE),
    ('国土局', TRUE), ('国土所', TRUE), ('国土部门', TRUE), ('土地确权', TRUE), ('城管', TRUE), ('塞钱', TRUE), ('多次', TRUE), ('失职', TRUE), ('始终未', TRUE),
    ('始终没有', TRUE), ('威胁', TRUE), ('安监局', TRUE), ('安监部门', TRUE), ('安置房', TRUE), ('官官相护', TRUE), ('审计局', TRUE), ('局长', TRUE), ('居委会', TRUE),
    ('工作人员', TRUE), ('工商局', TRUE), ('工商所', TRUE), ('工商部门', TRUE), ('市场监督', TRUE), ('市场监管', TRUE), ('市监局', TRUE), ('市长信箱', TRUE),
    ('干警', TRUE), ('庇护', TRUE), ('建设局', TRUE), ('强制', TRUE), ('强征', TRUE), ('强拆', TRUE), ('强行', TRUE), ('形同虚设', TRUE), ('征地', TRUE),
    ('征地办', TRUE), ('征收', TRUE), ('征收办', TRUE), ('征用', TRUE), ('徇私', TRUE), ('得不到处理', TRUE), ('得不到解决', TRUE), ('态度差', TRUE), ('态度恶劣', TRUE),
    ('怠政', TRUE), ('慢作为', TRUE), ('懒政', TRUE), ('截留', TRUE), ('房产局', TRUE), ('房管', TRUE), ('所长', TRUE), ('打击报复', TRUE), ('打电话', TRUE),
    ('执法不严', TRUE), ('执法不力', TRUE), ('执法不合规', TRUE), ('执法人员', TRUE), ('执法大队', TRUE), ('执法局', TRUE), ('执法部门', TRUE), ('执法队', TRUE),
    ('扯皮', TRUE), ('找过', TRUE), ('投诉', TRUE), ('报警', TRUE), ('拆迁', TRUE), ('拆迁办', TRUE), ('拒绝办理', TRUE), ('拨打', TRUE), ('指挥部', TRUE),
    ('挪用', TRUE), ('推卸', TRUE), ('推来推去', TRUE), ('推脱', TRUE), ('推诿', TRUE), ('擅自', TRUE), ('收了钱', TRUE), ('收受', TRUE), ('放任', TRUE),
    ('政务中心', TRUE), ('政府', TRUE), ('故意', TRUE), ('教育局', TRUE), ('教育行政', TRUE), ('教育部门', TRUE), ('数次', TRUE), ('敷衍', TRUE), ('无人管', TRUE),
    ('无回复', TRUE), ('无果', TRUE), ('无法解决', TRUE), ('无济于事', TRUE), ('无照经营', TRUE), ('暗中操作', TRUE), ('暗箱操作', TRUE), ('暴力执法', TRUE),
    ('有关部门', TRUE), ('有法不依', TRUE), ('服务中心', TRUE), ('未作处理', TRUE), ('未兑现', TRUE), ('未公告', TRUE), ('未公示', TRUE), ('未回复', TRUE),
    ('未处理', TRUE), ('未履行处罚决定', TRUE), ('未得到解决', TRUE), ('未果', TRUE), ('未申请强制执行', TRUE), ('未答复', TRUE), ('未见', TRUE), ('未解决', TRUE),
    ('村主任', TRUE), ('村委', TRUE), ('村干部', TRUE), ('村支书', TRUE), ('村支部', TRUE), ('杳无音信', TRUE), ('林业局', TRUE), ('核减', TRUE), ('检察院', TRUE),
    ('民政局', TRUE), ('民政部门', TRUE), ('民警', TRUE), ('水利局', TRUE), ('水务局', TRUE), ('没下文', TRUE), ('没人管', TRUE), ('没回复', TRUE), ('没效果', TRUE),
    ('没有下文', TRUE), ('没有人管', TRUE), ('没有任何回复', TRUE), ('没有任何结果', TRUE), ('没有任何进展', TRUE), ('没有公告', TRUE), ('没有公示', TRUE), ('没有回复', TRUE),
    ('没有处理', TRUE), ('没有得到解决', TRUE), ('没有用', TRUE), ('没有答复', TRUE), ('没有结果', TRUE), ('没有给', TRUE), ('没有补偿', TRUE), ('没有解决', TRUE),
    ('没用', TRUE), ('没结果', TRUE), ('没见', TRUE), ('法院', TRUE), ('派出所', TRUE), ('派出机构', TRUE), ('消防大队', TRUE), ('消防部门', TRUE), ('渎职', TRUE),
    ('滥用职权', TRUE), ('漠视', TRUE), ('热线', TRUE), ('熟视无睹', TRUE), ('物价局', TRUE), ('物价部门', TRUE), ('猫腻', TRUE), ('环保举报', TRUE), ('环保厅', TRUE),
    ('环保局', TRUE), ('环保部门', TRUE), ('生态环境局', TRUE), ('申请', TRUE), ('畜牧', TRUE), ('监察', TRUE), ('监管不到位', TRUE), ('监管不力', TRUE),
    ('监管缺失', TRUE), ('监管部门', TRUE), ('相互推', TRUE), ('相关部门', TRUE), ('睁一只眼', TRUE), ('睁眼瞎', TRUE), ('石沉大海', TRUE), ('社保中心', TRUE),
    ('社保局', TRUE), ('社区', TRUE), ('私分', TRUE), ('私吞', TRUE), ('私建', TRUE), ('私自', TRUE), ('税务', TRUE), ('管不了', TRUE), ('管理处', TRUE),
    ('管理局', TRUE), ('红包', TRUE), ('纪委', TRUE), ('纵容', TRUE), ('置若罔闻', TRUE), ('职能部门', TRUE), ('自然资源', TRUE), ('至今未', TRUE), ('至今没有', TRUE),
    ('致电', TRUE), ('草草了事', TRUE), ('药监局', TRUE), ('虚报', TRUE), ('行政审批', TRUE), ('街道', TRUE), ('补偿款', TRUE), ('袒护', TRUE), ('要求', TRUE),
    ('规划局', TRUE), ('规划部门', TRUE), ('视而不见', TRUE), ('视若不见', TRUE), ('视若无睹', TRUE), ('警察', TRUE), ('计生', TRUE), ('请求', TRUE), ('谋私', TRUE),
    ('财政局', TRUE), ('账目不清', TRUE), ('质监局', TRUE), ('质监部门', TRUE), ('贪污', TRUE), ('走过场', TRUE), ('超期办案', TRUE), ('超限超载', TRUE),
    ('趋利执法', TRUE), ('路政', TRUE), ('踢来踢去', TRUE), ('踢皮球', TRUE), ('辱骂', TRUE), ('运管', TRUE), ('还是没', TRUE), ('违反政策', TRUE), ('违建', TRUE),
    ('违法', TRUE), ('违法建筑', TRUE), ('违法建设', TRUE), ('违章建房', TRUE), ('违章建筑', TRUE), ('违章搭建', TRUE), ('违规', TRUE), ('迟迟', TRUE),
    ('选择性执法', TRUE), ('通风报信', TRUE), ('逾期未缴', TRUE), ('野蛮执法', TRUE), ('钓鱼执法', TRUE), ('错误', TRUE), ('镇里', TRUE), ('非法行医', TRUE),
    ('领导干部', TRUE), ('食药监', TRUE), ('黑恶势力', TRUE),
    ('默许', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_blamed"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_blamed"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_blamed" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('分期缴纳', 0, 12, -1), ('暂缓执行', 0, 12, -1), ('撤销决定', 0, 12, -1),
    ('复议中', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_blamed" AS e
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
      SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '感谢'
    )
    THEN NULL
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '感谢'
    )
    THEN '感谢'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- blamed
CREATE TEMP TABLE "words_blamed" AS
WITH good AS (
  SELECT
    *
  FROM "seen_blamed"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('未履行处罚决定', '未履行处罚决定', 30), ('逾期未缴', '逾期未缴', 30), ('未申请强制执行', '未申请强制执行', 30), ('超期办案', '超期办案', 30), ('吊销未执行', '吊销未执行', 30),
    ('不予处罚', '不予处罚', 15), ('选择性执法', '选择性执法', 15), ('趋利执法', '趋利执法', 15), ('超限超载', '超限超载', 15),
    ('非法行医', '非法行医', 15)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('政府', '机关'), ('城管', '机关'), ('执法局', '机关'), ('执法大队', '机关'), ('执法队', '机关'), ('执法部门', '机关'), ('执法人员', '机关'), ('公安', '机关'), ('派出所', '机关'),
    ('交警', '机关'), ('警察', '机关'), ('民警', '机关'), ('环保局', '机关'), ('环保部门', '机关'), ('环保厅', '机关'), ('环保举报', '机关'), ('生态环境局', '机关'), ('国土局', '机关'),
    ('国土所', '机关'), ('国土部门', '机关'), ('自然资源', '机关'), ('规划局', '机关'), ('规划部门', '机关'), ('住建局', '机关'), ('住建部门', '机关'), ('建设局', '机关'),
    ('房产局', '机关'), ('房管', '机关'), ('办事处', '机关'), ('街道', '机关'), ('社区', '机关'), ('居委会', '机关'), ('村委', '机关'), ('村支书', '机关'), ('村干部', '机关'),
    ('村支部', '机关'), ('镇里', '机关'), ('乡里', '机关'), ('县里', '机关'), ('区里', '机关'), ('民政局', '机关'), ('民政部门', '机关'), ('教育局', '机关'), ('教育部门', '机关'),
    ('人社局', '机关'), ('社保局', '机关'), ('社保中心', '机关'), ('医保局', '机关'), ('医保中心', '机关'), ('农合办', '机关'), ('卫生局', '机关'), ('卫计委', '机关'), ('计生', '机关'),
    ('卫健', '机关'), ('市监局', '机关'), ('市场监督', '机关'), ('市场监管', '机关'), ('工商局', '机关'), ('工商部门', '机关'), ('工商所', '机关'), ('食药监', '机关'), ('药监局', '机关'),
    ('质监局', '机关'), ('质监部门', '机关'), ('安监局', '机关'), ('安监部门', '机关'), ('水利局', '机关'), ('水务局', '机关'), ('林业局', '机关'), ('农业局', '机关'), ('交通局', '机关'),
    ('运管', '机关'), ('路政', '机关'), ('公路局', '机关'), ('物价局', '机关'), ('物价部门', '机关'), ('财政局', '机关'), ('审计局', '机关'), ('发改委', '机关'), ('消防部门', '机关'),
    ('消防大队', '机关'), ('信访局', '机关'), ('纪委', '机关'), ('法院', '机关'), ('检察院', '机关'), ('司法局', '机关'), ('劳动局', '机关'), ('公积金中心', '机关'), ('管理局', '机关'),
    ('管理处', '机关'), ('政务中心', '机关'), ('拆迁办', '机关'), ('征收办', '机关'), ('征地办', '机关'), ('指挥部', '机关'), ('市长信箱', '机关'), ('12345', '机关'),
    ('12369', '机关'), ('县长信箱', '机关'), ('区长信箱', '机关'), ('热线', '机关'), ('畜牧', '机关'), ('监察', '机关'), ('信息公开办', '机关'), ('行政审批', '机关'),
    ('服务中心', '机关'), ('派出机构', '机关'), ('税务', '机关'), ('教育行政', '机关'), ('不作为', '不管'), ('乱作为', '不管'), ('慢作为', '不管'), ('不履职', '不管'), ('不履行', '不管'),
    ('渎职', '不管'), ('失职', '不管'), ('懒政', '不管'), ('怠政', '不管'), ('不闻不问', '不管'), ('不管', '不管'), ('没人管', '不管'), ('无人管', '不管'), ('没有人管', '不管'),
    ('不理', '不管'), ('不予理睬', '不管'), ('不予受理', '不管'), ('视而不见', '不管'), ('视若无睹', '不管'), ('视若不见', '不管'), ('熟视无睹', '不管'), ('充耳不闻', '不管'),
    ('置若罔闻', '不管'), ('漠视', '不管'), ('推诿', '不管'), ('踢皮球', '不管'), ('踢来踢去', '不管'), ('互相推', '不管'), ('推来推去', '不管'), ('相互推', '不管'), ('扯皮', '不管'),
    ('推脱', '不管'), ('推卸', '不管'), ('敷衍', '不管'), ('走过场', '不管'), ('做做样子', '不管'), ('形同虚设', '不管'), ('监管不力', '不管'), ('监管缺失', '不管'),
    ('监管不到位', '不管'), ('执法不力', '不管'), ('执法不严', '不管'), ('有法不依', '不管'), ('纵容', '不管'), ('放任', '不管'), ('默许', '不管'), ('草草了事', '不管'),
    ('不想管', '不管'), ('管不了', '不管'), ('睁一只眼', '不管'), ('睁眼瞎', '不管'), ('保护伞', '勾结'), ('包庇', '勾结'), ('袒护', '勾结'), ('庇护', '勾结'), ('官官相护', '勾结'),
    ('勾结', '勾结'), ('利益输送', '勾结'), ('收了钱', '勾结'), ('塞钱', '勾结'), ('红包', '勾结'), ('关系户', '勾结'), ('通风报信', '勾结'), ('以权谋私', '勾结'), ('滥用职权', '勾结'),
    ('以权压法', '勾结'), ('徇私', '勾结'), ('贪污', '勾结'), ('受贿', '勾结'), ('打击报复', '勾结'), ('黑恶势力', '勾结'), ('串通', '勾结'), ('猫腻', '勾结'), ('暗中操作', '勾结'),
    ('暗箱操作', '勾结'), ('投诉', '诉求'), ('举报', '诉求'), ('反映', '诉求'), ('反应', '诉求'), ('上访', '诉求'), ('信访', '诉求'), ('打电话', '诉求'), ('拨打', '诉求'),
    ('请求', '诉求'), ('申请', '诉求'), ('要求', '诉求'), ('上报', '诉求'), ('去找', '诉求'), ('找过', '诉求'), ('致电', '诉求'), ('报警', '诉求'), ('无果', '无果'),
    ('未果', '无果'), ('石沉大海', '无果'), ('没有回复', '无果'), ('没有答复', '无果'), ('没有给', '无果'), ('未回复', '无果'), ('未答复', '无果'), ('无回复', '无果'), ('不回复', '无果'),
    ('没回复', '无果'), ('没下文', '无果'), ('没有下文', '无果'), ('杳无音信', '无果'), ('不了了之', '无果'), ('得不到解决', '无果'), ('没有得到解决', '无果'), ('未得到解决', '无果'),
    ('得不到处理', '无果'), ('没有处理', '无果'), ('未处理', '无果'), ('未作处理', '无果'), ('没有解决', '无果'), ('未解决', '无果'), ('无法解决', '无果'), ('没有结果', '无果'),
    ('没结果', '无果'), ('没有任何进展', '无果'), ('没有任何结果', '无果'), ('没有任何回复', '无果'), ('无济于事', '无果'), ('至今没有', '无果'), ('至今未', '无果'), ('一直没有', '无果'),
    ('一直未', '无果'), ('迟迟', '无果'), ('仍然没有', '无果'), ('仍未', '无果'), ('始终没有', '无果'), ('始终未', '无果'), ('未见', '无果'), ('没见', '无果'), ('没用', '无果'),
    ('没有用', '无果'), ('没效果', '无果'), ('依旧', '无果'), ('依然', '无果'), ('还是没', '无果'), ('不解决', '无果'), ('又说', '无果'), ('多次', '无果'), ('数次', '无果'),
    ('N次', '无果'), ('强拆', '违法办事'), ('偷拆', '违法办事'), ('强征', '违法办事'), ('执法不合规', '违法办事'), ('暴力执法', '违法办事'), ('野蛮执法', '违法办事'), ('选择性执法', '违法办事'),
    ('钓鱼执法', '违法办事'), ('乱罚款', '违法办事'), ('乱收', '违法办事'), ('未公示', '违法办事'), ('没有公示', '违法办事'), ('未公告', '违法办事'), ('没有公告', '违法办事'),
    ('信息公开', '违法办事'), ('不公', '违法办事'), ('一刀切', '违法办事'), ('违反政策', '违法办事'), ('不落实', '违法办事'), ('不执行', '违法办事'), ('拒绝办理', '违法办事'),
    ('不给办', '违法办事'), ('不给我', '违法办事'), ('不予办理', '违法办事'), ('不补偿', '违法办事'), ('没有补偿', '违法办事'), ('不安置', '违法办事'), ('违规', '违法办事'), ('违法', '违法办事'),
    ('故意', '违法办事'), ('刁难', '违法办事'), ('卡要', '违法办事'), ('错误', '违法办事'), ('私吞', '违法办事'), ('截留', '违法办事'), ('挪用', '违法办事'), ('侵占', '违法办事'),
    ('强制', '违法办事'), ('强行', '违法办事'), ('擅自', '违法办事'), ('核减', '违法办事'), ('停发', '违法办事'), ('私自', '违法办事'), ('违建', '违建'), ('违章建筑', '违建'),
    ('违章搭建', '违建'), ('违法建筑', '违建'), ('违法建设', '违建'), ('违章建房', '违建'), ('私建', '违建'), ('乱建', '违建'), ('无照经营', '违建'), ('占道经营', '违建'),
    ('有关部门', '泛称'), ('相关部门', '泛称'), ('各部门', '泛称'), ('职能部门', '泛称'), ('监管部门', '泛称'), ('主管部门', '泛称'), ('征地', '征拆'), ('征收', '征拆'), ('拆迁', '征拆'),
    ('征用', '征拆'), ('安置房', '征拆'), ('补偿款', '征拆'), ('土地确权', '征拆'), ('不公示', '征拆违法'), ('未公示', '征拆违法'), ('没有公示', '征拆违法'), ('不公开', '征拆违法'),
    ('不补偿', '征拆违法'), ('没有补偿', '征拆违法'), ('不安置', '征拆违法'), ('强拆', '征拆违法'), ('强征', '征拆违法'), ('不合理', '征拆违法'), ('不透明', '征拆违法'), ('不兑现', '征拆违法'),
    ('未兑现', '征拆违法'), ('克扣', '征拆违法'), ('截留', '征拆违法'), ('私分', '征拆违法'), ('违规', '征拆违法'), ('违法', '征拆违法'), ('账目不清', '征拆违法'), ('虚报', '征拆违法'),
    ('冒领', '征拆违法'), ('工作人员', '干部'), ('办事人员', '干部'), ('领导干部', '干部'), ('局长', '干部'), ('村支书', '干部'), ('村干部', '干部'), ('村主任', '干部'),
    ('书记员', '干部'), ('所长', '干部'), ('执法人员', '干部'), ('干警', '干部'), ('态度恶劣', '失范'), ('态度差', '失范'), ('刁难', '失范'), ('推脱', '失范'), ('推诿', '失范'),
    ('不理不睬', '失范'), ('威胁', '失范'), ('辱骂', '失范'), ('私吞', '失范'), ('贪污', '失范'), ('受贿', '失范'), ('收受', '失范'), ('入股', '失范'), ('参股', '失范'),
    ('侵吞', '失范'), ('冒领', '失范'), ('谋私', '失范'), ('乱收', '失范'), ('不公正', '失范'), ('纵容', '失范'),
    ('吃拿卡要', '失范')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '机关不管推诿', 30, '不管', 1), (1, '机关包庇勾结', 30, '勾结', 1), (2, '向机关反映没有结果', 20, '机关', 2), (3, '机关违法办事', 20, '违法办事', 1),
    (4, '违建无人查处', 20, '违建', 1), (5, '征地拆迁违法', 30, '征拆', 1), (6, '工作人员失职失范', 30, '干部', 1),
    (7, '泛称部门不管', 20, '不管', 2)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '不管', '机关', TRUE, 0, 25, 'any'), (1, '勾结', '机关', TRUE, 0, 25, 'any'), (2, '机关', '诉求', TRUE, 0, 30, 'any'),
    (2, '机关', '无果', TRUE, 0, 30, 'any'), (3, '违法办事', '机关', TRUE, 0, 15, 'any'), (4, '违建', '机关', TRUE, 1, 0, 'any'),
    (5, '征拆', '征拆违法', TRUE, 0, 30, 'any'), (6, '干部', '失范', TRUE, 0, 20, 'any'), (7, '不管', '泛称', TRUE, 0, 25, 'any'),
    (7, '不管', '诉求', TRUE, 0, 25, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "工单._row" AS _row, 'title' AS field, "工单.title" AS body
  FROM "near_blamed"
  UNION ALL
  SELECT DISTINCT
    "工单._row" AS _row, 'content' AS field, "工单.content" AS body
  FROM "near_blamed"
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

-- blamed
CREATE TEMP TABLE "st_blamed" AS
SELECT
  t."工单.order_no", t."工单.accepted_at", t."工单.caller_name", t."工单.phone", t."工单.kind", t."工单.title", t."工单.content", t."工单.handler",
  t."工单.duplicate", t."工单.org__name", h.w AS "blamed_words", h.n AS "blamed_count", h.s AS "blamed_score", t."工单._row", t._g, t._st
FROM "near_blamed" AS t
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
    FROM "words_blamed"
  )
  GROUP BY
    _row
) AS h
  ON t."工单._row" = h._row
WHERE
  h.s >= 30;

-- lately
CREATE TEMP TABLE "st_lately" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.handler", "工单.duplicate",
  "工单.org__name", "blamed_words", "blamed_count", "blamed_score", "工单._row", _g, _st
FROM "st_blamed"
WHERE
  "工单.accepted_at" >= CAST('2026-06-30' AS DATE) - CAST((
    90
  ) AS INT)
  AND NOT (
    COALESCE("工单.kind", '投诉') IN ('咨询', '建议')
  )
  AND COALESCE("工单.duplicate", '否') <> '是';

-- naming
CREATE TEMP TABLE "st_naming" AS
SELECT
  "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.handler", "工单.duplicate",
  "工单.org__name", "blamed_words", "blamed_count", "blamed_score", "named", "工单._row", _g, _st,
  COALESCE("工单.phone", "工单.caller_name", "工单.order_no") AS "caller"
FROM (
  SELECT
    "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.handler", "工单.duplicate",
    "工单.org__name", "blamed_words", "blamed_count", "blamed_score", "工单._row", _g, _st,
    CASE
      WHEN ENDS_WITH("工单.org__name", '局')
      OR ENDS_WITH("工单.org__name", '委员会')
      OR ENDS_WITH("工单.org__name", '政府')
      OR ENDS_WITH("工单.org__name", '办事处')
      OR ENDS_WITH("工单.org__name", '大队')
      OR ENDS_WITH("工单.org__name", '派出所')
      THEN "工单.org__name"
      WHEN CONTAINS((
        COALESCE("工单.title", '') || ' ' || "工单.content"
      ), "工单.handler")
      THEN "工单.handler"
    END AS "named"
  FROM (
    SELECT
      "工单.order_no", "工单.accepted_at", "工单.caller_name", "工单.phone", "工单.kind", "工单.title", "工单.content", "工单.handler", "工单.duplicate",
      "工单.org__name", "blamed_words", "blamed_count", "blamed_score", "工单._row", _g, _st
    FROM "st_lately"
  )
);

-- noticed
CREATE TEMP TABLE "near_noticed" AS
WITH carriers(spelling, weight, m0) AS (
  SELECT
    *
  FROM (VALUES
    ('12345', 0, 128), ('12369', 0, 128), ('N次', 0, 64), ('一刀切', 0, 2048), ('一直未', 0, 64), ('一直没有', 0, 64), ('上报', 0, 512), ('上访', 0, 512),
    ('不了了之', 0, 64), ('不予办理', 0, 2048), ('不予受理', 0, 1), ('不予处罚', 15, 0), ('不予理睬', 0, 1), ('不作为', 0, 1), ('不兑现', 0, 32), ('不公', 0, 2048),
    ('不公开', 0, 32), ('不公正', 0, 4), ('不公示', 0, 32), ('不合理', 0, 32), ('不回复', 0, 64), ('不安置', 0, 2080), ('不履职', 0, 1), ('不履行', 0, 1),
    ('不想管', 0, 1), ('不执行', 0, 2048), ('不理', 0, 1), ('不理不睬', 0, 4), ('不管', 0, 1), ('不给办', 0, 2048), ('不给我', 0, 2048), ('不落实', 0, 2048),
    ('不补偿', 0, 2080), ('不解决', 0, 64), ('不透明', 0, 32), ('不闻不问', 0, 1), ('串通', 0, 2), ('主管部门', 0, 256), ('举报', 0, 512), ('乡里', 0, 128),
    ('书记员', 0, 8), ('乱作为', 0, 1), ('乱建', 0, 1024), ('乱收', 0, 2052), ('乱罚款', 0, 2048), ('互相推', 0, 1), ('交警', 0, 128), ('交通局', 0, 128),
    ('人社局', 0, 128), ('仍未', 0, 64), ('仍然没有', 0, 64), ('以权压法', 0, 2), ('以权谋私', 0, 2), ('住建局', 0, 128), ('住建部门', 0, 128), ('依旧', 0, 64),
    ('依然', 0, 64), ('侵占', 0, 2048), ('侵吞', 0, 4), ('保护伞', 0, 2), ('信息公开', 0, 2048), ('信息公开办', 0, 128), ('信访', 0, 512), ('信访局', 0, 128),
    ('做做样子', 0, 1), ('停发', 0, 2048), ('偷拆', 0, 2048), ('充耳不闻', 0, 1), ('克扣', 0, 32), ('入股', 0, 4), ('公安', 0, 128), ('公积金中心', 0, 128),
    ('公路局', 0, 128), ('关系户', 0, 2), ('冒领', 0, 36), ('农业局', 0, 128), ('农合办', 0, 128), ('刁难', 0, 2052), ('利益输送', 0, 2), ('办事人员', 0, 8),
    ('办事处', 0, 128), ('劳动局', 0, 128), ('勾结', 0, 2), ('包庇', 0, 2), ('区里', 0, 128), ('区长信箱', 0, 128), ('医保中心', 0, 128), ('医保局', 0, 128),
    ('占道经营', 0, 1024), ('卡要', 0, 2048), ('卫健', 0, 128), ('卫生局', 0, 128), ('卫计委', 0, 128), ('去找', 0, 512), ('县里', 0, 128), ('县长信箱', 0, 128),
    ('参股', 0, 4), ('又说', 0, 64), ('反应', 0, 512), ('反映', 0, 512), ('发改委', 0, 128), ('受贿', 0, 6), ('司法局', 0, 128), ('吃拿卡要', 0, 4),
    ('各部门', 0, 256), ('吊销未执行', 30, 0), ('国土局', 0, 128), ('国土所', 0, 128), ('国土部门', 0, 128), ('土地确权', 0, 16), ('城管', 0, 128), ('塞钱', 0, 2),
    ('多次', 0, 64), ('失职', 0, 1), ('始终未', 0, 64), ('始终没有', 0, 64), ('威胁', 0, 4), ('安监局', 0, 128), ('安监部门', 0, 128), ('安置房', 0, 16),
    ('官官相护', 0, 2), ('审计局', 0, 128), ('局长', 0, 8), ('居委会', 0, 128), ('工作人员', 0, 8), ('工商局', 0, 128), ('工商所', 0, 128), ('工商部门', 0, 128),
    ('市场监督', 0, 128), ('市场监管', 0, 128), ('市监局', 0, 128), ('市长信箱', 0, 128), ('干警', 0, 8), ('庇护', 0, 2), ('建设局', 0, 128), ('强制', 0, 2048),
    ('强征', 0, 2080), ('强拆', 0, 2080), ('强行', 0, 2048), ('形同虚设', 0, 1), ('征地', 0, 16), ('征地办', 0, 128), ('征收', 0, 16), ('征收办', 0, 128),
    ('征用', 0, 16), ('徇私', 0, 2), ('得不到处理', 0, 64), ('得不到解决', 0, 64), ('态度差', 0, 4), ('态度恶劣', 0, 4), ('怠政', 0, 1), ('慢作为', 0, 1),
    ('懒政', 0, 1), ('截留', 0, 2080), ('房产局', 0, 128), ('房管', 0, 128), ('所长', 0, 8), ('打击报复', 0, 2), ('打电话', 0, 512), ('执法不严', 0, 1),
    ('执法不力', 0, 1), ('执法不合规', 0, 2048), ('执法人员', 0, 136), ('执法大队', 0, 128), ('执法局', 0, 128), ('执法部门', 0, 128), ('执法队', 0, 128),
    ('扯皮', 0, 1), ('找过', 0, 512), ('投诉', 0, 512), ('报警', 0, 512), ('拆迁', 0, 16), ('拆迁办', 0, 128), ('拒绝办理', 0, 2048), ('拨打', 0, 512),
    ('指挥部', 0, 128), ('挪用', 0, 2048), ('推卸', 0, 1), ('推来推去', 0, 1), ('推脱', 0, 5), ('推诿', 0, 5), ('擅自', 0, 2048), ('收了钱', 0, 2),
    ('收受', 0, 4), ('放任', 0, 1), ('政务中心', 0, 128), ('政府', 0, 128), ('故意', 0, 2048), ('教育局', 0, 128), ('教育行政', 0, 128), ('教育部门', 0, 128),
    ('数次', 0, 64), ('敷衍', 0, 1), ('无人管', 0, 1), ('无回复', 0, 64), ('无果', 0, 64), ('无法解决', 0, 64), ('无济于事', 0, 64), ('无照经营', 0, 1024),
    ('暗中操作', 0, 2), ('暗箱操作', 0, 2), ('暴力执法', 0, 2048), ('有关部门', 0, 256), ('有法不依', 0, 1), ('服务中心', 0, 128), ('未作处理', 0, 64), ('未兑现', 0, 32),
    ('未公告', 0, 2048), ('未公示', 0, 2080), ('未回复', 0, 64), ('未处理', 0, 64), ('未履行处罚决定', 30, 0), ('未得到解决', 0, 64), ('未果', 0, 64),
    ('未申请强制执行', 30, 0), ('未答复', 0, 64), ('未见', 0, 64), ('未解决', 0, 64), ('村主任', 0, 8), ('村委', 0, 128), ('村干部', 0, 136), ('村支书', 0, 136),
    ('村支部', 0, 128), ('杳无音信', 0, 64), ('林业局', 0, 128), ('核减', 0, 2048), ('检察院', 0, 128), ('民政局', 0, 128), ('民政部门', 0, 128), ('民警', 0, 128),
    ('水利局', 0, 128), ('水务局', 0, 128), ('没下文', 0, 64), ('没人管', 0, 1), ('没回复', 0, 64), ('没效果', 0, 64), ('没有下文', 0, 64), ('没有人管', 0, 1),
    ('没有任何回复', 0, 64), ('没有任何结果', 0, 64), ('没有任何进展', 0, 64), ('没有公告', 0, 2048), ('没有公示', 0, 2080), ('没有回复', 0, 64), ('没有处理', 0, 64),
    ('没有得到解决', 0, 64), ('没有用', 0, 64), ('没有答复', 0, 64), ('没有结果', 0, 64), ('没有给', 0, 64), ('没有补偿', 0, 2080), ('没有解决', 0, 64), ('没用', 0, 64),
    ('没结果', 0, 64), ('没见', 0, 64), ('法院', 0, 128), ('派出所', 0, 128), ('派出机构', 0, 128), ('消防大队', 0, 128), ('消防部门', 0, 128), ('渎职', 0, 1),
    ('滥用职权', 0, 2), ('漠视', 0, 1), ('热线', 0, 128), ('熟视无睹', 0, 1), ('物价局', 0, 128), ('物价部门', 0, 128), ('猫腻', 0, 2), ('环保举报', 0, 128),
    ('环保厅', 0, 128), ('环保局', 0, 128), ('环保部门', 0, 128), ('生态环境局', 0, 128), ('申请', 0, 512), ('畜牧', 0, 128), ('监察', 0, 128), ('监管不到位', 0, 1),
    ('监管不力', 0, 1), ('监管缺失', 0, 1), ('监管部门', 0, 256), ('相互推', 0, 1), ('相关部门', 0, 256), ('睁一只眼', 0, 1), ('睁眼瞎', 0, 1), ('石沉大海', 0, 64),
    ('社保中心', 0, 128), ('社保局', 0, 128), ('社区', 0, 128), ('私分', 0, 32), ('私吞', 0, 2052), ('私建', 0, 1024), ('私自', 0, 2048), ('税务', 0, 128),
    ('管不了', 0, 1), ('管理处', 0, 128), ('管理局', 0, 128), ('红包', 0, 2), ('纪委', 0, 128), ('纵容', 0, 5), ('置若罔闻', 0, 1), ('职能部门', 0, 256),
    ('自然资源', 0, 128), ('至今未', 0, 64), ('至今没有', 0, 64), ('致电', 0, 512), ('草草了事', 0, 1), ('药监局', 0, 128), ('虚报', 0, 32), ('行政审批', 0, 128),
    ('街道', 0, 128), ('补偿款', 0, 16), ('袒护', 0, 2), ('要求', 0, 512), ('规划局', 0, 128), ('规划部门', 0, 128), ('视而不见', 0, 1), ('视若不见', 0, 1),
    ('视若无睹', 0, 1), ('警察', 0, 128), ('计生', 0, 128), ('请求', 0, 512), ('谋私', 0, 4), ('财政局', 0, 128), ('账目不清', 0, 32), ('质监局', 0, 128),
    ('质监部门', 0, 128), ('贪污', 0, 6), ('走过场', 0, 1), ('超期办案', 30, 0), ('超限超载', 15, 0), ('趋利执法', 15, 0), ('路政', 0, 128), ('踢来踢去', 0, 1),
    ('踢皮球', 0, 1), ('辱骂', 0, 4), ('运管', 0, 128), ('还是没', 0, 64), ('违反政策', 0, 2048), ('违建', 0, 1024), ('违法', 0, 2080), ('违法建筑', 0, 1024),
    ('违法建设', 0, 1024), ('违章建房', 0, 1024), ('违章建筑', 0, 1024), ('违章搭建', 0, 1024), ('违规', 0, 2080), ('迟迟', 0, 64), ('选择性执法', 15, 2048),
    ('通风报信', 0, 2), ('逾期未缴', 30, 0), ('野蛮执法', 0, 2048), ('钓鱼执法', 0, 2048), ('错误', 0, 2048), ('镇里', 0, 128), ('非法行医', 15, 0), ('领导干部', 0, 8),
    ('食药监', 0, 128), ('黑恶势力', 0, 2),
    ('默许', 0, 1)) AS _values
), sums AS (
  SELECT
    h._row, CAST(SUM(c.weight) AS BIGINT) AS w, BIT_OR(c.m0) AS m0
  FROM "hits_noticed" AS h
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
      m0 & 129
    ) = 129 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 130
    ) = 130 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 704
    ) = 704 THEN 20 ELSE 0 END + CASE WHEN (
      m0 & 2176
    ) = 2176 THEN 20 ELSE 0 END + CASE WHEN (
      m0 & 1152
    ) = 1152 THEN 20 ELSE 0 END + CASE WHEN (
      m0 & 48
    ) = 48 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 12
    ) = 12 THEN 30 ELSE 0 END + CASE WHEN (
      m0 & 769
    ) = 769 THEN 20 ELSE 0 END >= 30
)
SELECT
  "事件.event_no", "事件.reported_at", "事件.description", "事件.department", "事件._row", "_g", "_st"
FROM "src_事件"
WHERE
  "事件._row" IN (
    SELECT
      _row
    FROM hopeful
  );

-- noticed
CREATE TEMP TABLE "seen_noticed" AS
WITH known(spelling, negatable) AS (
  SELECT
    *
  FROM (VALUES
    ('12345', TRUE), ('12369', TRUE), ('N次', TRUE), ('一刀切', TRUE), ('一直未', TRUE), ('一直没有', TRUE), ('上报', TRUE), ('上访', TRUE),
    ('不了了之', TRUE), ('不予办理', TRUE), ('不予受理', TRUE), ('不予处罚', TRUE), ('不予理睬', TRUE), ('不作为', TRUE), ('不兑现', TRUE), ('不公', TRUE),
    ('不公开', TRUE), ('不公正', TRUE), ('不公示', TRUE), ('不合理', TRUE), ('不回复', TRUE), ('不安置', TRUE), ('不履职', TRUE), ('不履行', TRUE), ('不想管', TRUE),
    ('不执行', TRUE), ('不理', TRUE), ('不理不睬', TRUE), ('不管', TRUE), ('不给办', TRUE), ('不给我', TRUE), ('不落实', TRUE), ('不补偿', TRUE), ('不解决', TRUE),
    ('不透明', TRUE), ('不闻不问', TRUE), ('串通', TRUE), ('主管部门', TRUE), ('举报', TRUE), ('乡里', TRUE), ('书记员', TRUE), ('乱作为', TRUE), ('乱建', TRUE),
    ('乱收', TRUE), ('乱罚款', TRUE), ('互相推', TRUE), ('交警', TRUE), ('交通局', TRUE), ('人社局', TRUE), ('仍未', TRUE), ('仍然没有', TRUE), ('以权压法', TRUE),
    ('以权谋私', TRUE), ('住建局', TRUE), ('住建部门', TRUE), ('依旧', TRUE), ('依然', TRUE), ('侵占', TRUE), ('侵吞', TRUE), ('保护伞', TRUE), ('信息公开', TRUE),
    ('信息公开办', TRUE), ('信访', TRUE), ('信访局', TRUE), ('做做样子', TRUE), ('停发', TRUE), ('偷拆', TRUE), ('充耳不闻', TRUE), ('克扣', TRUE), ('入股', TRUE),
    ('公安', TRUE), ('公积金中心', TRUE), ('公路局', TRUE), ('关系户', TRUE), ('冒领', TRUE), ('农业局', TRUE), ('农合办', TRUE), ('刁难', TRUE), ('利益输送', TRUE),
    ('办事人员', TRUE), ('办事处', TRUE), ('劳动局', TRUE), ('勾结', TRUE), ('包庇', TRUE), ('区里', TRUE), ('区长信箱', TRUE), ('医保中心', TRUE), ('医保局', TRUE),
    ('占道经营', TRUE), ('卡要', TRUE), ('卫健', TRUE), ('卫生局', TRUE), ('卫计委', TRUE), ('去找', TRUE), ('县里', TRUE), ('县长信箱', TRUE), ('参股', TRUE),
    ('又说', TRUE), ('反应', TRUE), ('反映', TRUE), ('发改委', TRUE), ('受贿', TRUE), ('司法局', TRUE), ('吃拿卡要', TRUE), ('各部门', TRUE), ('吊销未执行', TRUE),
    ('国土局', TRUE), ('国土所', TRUE), ('国土部门', TRUE), ('土地确权', TRUE), ('城管', TRUE), ('塞钱', TRUE), ('多次', TRUE), ('失职', TRUE), ('始终未', TRUE),
    ('始终没有', TRUE), ('威胁', TRUE), ('安监局', TRUE), ('安监部门', TRUE), ('安置房', TRUE), ('官官相护', TRUE), ('审计局', TRUE), ('局长', TRUE), ('居委会', TRUE),
    ('工作人员', TRUE), ('工商局', TRUE), ('工商所', TRUE), ('工商部门', TRUE), ('市场监督', TRUE), ('市场监管', TRUE), ('市监局', TRUE), ('市长信箱', TRUE),
    ('干警', TRUE), ('庇护', TRUE), ('建设局', TRUE), ('强制', TRUE), ('强征', TRUE), ('强拆', TRUE), ('强行', TRUE), ('形同虚设', TRUE), ('征地', TRUE),
    ('征地办', TRUE), ('征收', TRUE), ('征收办', TRUE), ('征用', TRUE), ('徇私', TRUE), ('得不到处理', TRUE), ('得不到解决', TRUE), ('态度差', TRUE), ('态度恶劣', TRUE),
    ('怠政', TRUE), ('慢作为', TRUE), ('懒政', TRUE), ('截留', TRUE), ('房产局', TRUE), ('房管', TRUE), ('所长', TRUE), ('打击报复', TRUE), ('打电话', TRUE),
    ('执法不严', TRUE), ('执法不力', TRUE), ('执法不合规', TRUE), ('执法人员', TRUE), ('执法大队', TRUE), ('执法局', TRUE), ('执法部门', TRUE), ('执法队', TRUE),
    ('扯皮', TRUE), ('找过', TRUE), ('投诉', TRUE), ('报警', TRUE), ('拆迁', TRUE), ('拆迁办', TRUE), ('拒绝办理', TRUE), ('拨打', TRUE), ('指挥部', TRUE),
    ('挪用', TRUE), ('推卸', TRUE), ('推来推去', TRUE), ('推脱', TRUE), ('推诿', TRUE), ('擅自', TRUE), ('收了钱', TRUE), ('收受', TRUE), ('放任', TRUE),
    ('政务中心', TRUE), ('政府', TRUE), ('故意', TRUE), ('教育局', TRUE), ('教育行政', TRUE), ('教育部门', TRUE), ('数次', TRUE), ('敷衍', TRUE), ('无人管', TRUE),
    ('无回复', TRUE), ('无果', TRUE), ('无法解决', TRUE), ('无济于事', TRUE), ('无照经营', TRUE), ('暗中操作', TRUE), ('暗箱操作', TRUE), ('暴力执法', TRUE),
    ('有关部门', TRUE), ('有法不依', TRUE), ('服务中心', TRUE), ('未作处理', TRUE), ('未兑现', TRUE), ('未公告', TRUE), ('未公示', TRUE), ('未回复', TRUE),
    ('未处理', TRUE), ('未履行处罚决定', TRUE), ('未得到解决', TRUE), ('未果', TRUE), ('未申请强制执行', TRUE), ('未答复', TRUE), ('未见', TRUE), ('未解决', TRUE),
    ('村主任', TRUE), ('村委', TRUE), ('村干部', TRUE), ('村支书', TRUE), ('村支部', TRUE), ('杳无音信', TRUE), ('林业局', TRUE), ('核减', TRUE), ('检察院', TRUE),
    ('民政局', TRUE), ('民政部门', TRUE), ('民警', TRUE), ('水利局', TRUE), ('水务局', TRUE), ('没下文', TRUE), ('没人管', TRUE), ('没回复', TRUE), ('没效果', TRUE),
    ('没有下文', TRUE), ('没有人管', TRUE), ('没有任何回复', TRUE), ('没有任何结果', TRUE), ('没有任何进展', TRUE), ('没有公告', TRUE), ('没有公示', TRUE), ('没有回复', TRUE),
    ('没有处理', TRUE), ('没有得到解决', TRUE), ('没有用', TRUE), ('没有答复', TRUE), ('没有结果', TRUE), ('没有给', TRUE), ('没有补偿', TRUE), ('没有解决', TRUE),
    ('没用', TRUE), ('没结果', TRUE), ('没见', TRUE), ('法院', TRUE), ('派出所', TRUE), ('派出机构', TRUE), ('消防大队', TRUE), ('消防部门', TRUE), ('渎职', TRUE),
    ('滥用职权', TRUE), ('漠视', TRUE), ('热线', TRUE), ('熟视无睹', TRUE), ('物价局', TRUE), ('物价部门', TRUE), ('猫腻', TRUE), ('环保举报', TRUE), ('环保厅', TRUE),
    ('环保局', TRUE), ('环保部门', TRUE), ('生态环境局', TRUE), ('申请', TRUE), ('畜牧', TRUE), ('监察', TRUE), ('监管不到位', TRUE), ('监管不力', TRUE),
    ('监管缺失', TRUE), ('监管部门', TRUE), ('相互推', TRUE), ('相关部门', TRUE), ('睁一只眼', TRUE), ('睁眼瞎', TRUE), ('石沉大海', TRUE), ('社保中心', TRUE),
    ('社保局', TRUE), ('社区', TRUE), ('私分', TRUE), ('私吞', TRUE), ('私建', TRUE), ('私自', TRUE), ('税务', TRUE), ('管不了', TRUE), ('管理处', TRUE),
    ('管理局', TRUE), ('红包', TRUE), ('纪委', TRUE), ('纵容', TRUE), ('置若罔闻', TRUE), ('职能部门', TRUE), ('自然资源', TRUE), ('至今未', TRUE), ('至今没有', TRUE),
    ('致电', TRUE), ('草草了事', TRUE), ('药监局', TRUE), ('虚报', TRUE), ('行政审批', TRUE), ('街道', TRUE), ('补偿款', TRUE), ('袒护', TRUE), ('要求', TRUE),
    ('规划局', TRUE), ('规划部门', TRUE), ('视而不见', TRUE), ('视若不见', TRUE), ('视若无睹', TRUE), ('警察', TRUE), ('计生', TRUE), ('请求', TRUE), ('谋私', TRUE),
    ('财政局', TRUE), ('账目不清', TRUE), ('质监局', TRUE), ('质监部门', TRUE), ('贪污', TRUE), ('走过场', TRUE), ('超期办案', TRUE), ('超限超载', TRUE),
    ('趋利执法', TRUE), ('路政', TRUE), ('踢来踢去', TRUE), ('踢皮球', TRUE), ('辱骂', TRUE), ('运管', TRUE), ('还是没', TRUE), ('违反政策', TRUE), ('违建', TRUE),
    ('违法', TRUE), ('违法建筑', TRUE), ('违法建设', TRUE), ('违章建房', TRUE), ('违章建筑', TRUE), ('违章搭建', TRUE), ('违规', TRUE), ('迟迟', TRUE),
    ('选择性执法', TRUE), ('通风报信', TRUE), ('逾期未缴', TRUE), ('野蛮执法', TRUE), ('钓鱼执法', TRUE), ('错误', TRUE), ('镇里', TRUE), ('非法行医', TRUE),
    ('领导干部', TRUE), ('食药监', TRUE), ('黑恶势力', TRUE),
    ('默许', TRUE)) AS _values
), texts AS (
  SELECT DISTINCT
    "事件._row" AS _row, 'description' AS field, "事件.description" AS body
  FROM "near_noticed"
), found AS (
  SELECT
    h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body
  FROM "hits_noticed" AS h
  JOIN known AS k
    ON h.word = k.spelling
  JOIN texts AS t
    ON h._row = t._row AND h.field = t.field
), excluding(word, kind, width, part) AS (
  SELECT
    *
  FROM (VALUES
    ('分期缴纳', 0, 12, -1), ('暂缓执行', 0, 12, -1), ('撤销决定', 0, 12, -1),
    ('复议中', 0, 12, -1)) AS _values
), limits(part, spelling) AS (
  SELECT
    *
  FROM (VALUES
    (-2, NULL)) AS _values
), cancelled AS (
  SELECT
    f._row, f.field, f."offset", f.spelling, MIN(e.word) AS word
  FROM found AS f
  JOIN "hits_noticed" AS e
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
      SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '感谢'
    )
    THEN NULL
    WHEN CONTAINS(
      REGEXP_EXTRACT(
        SUBSTRING(f.body, GREATEST(f."offset" - 8, 0) + 1, f."offset" - GREATEST(f."offset" - 8, 0)), '[^，。；！？、：,;!?:（）()“”" 　]*$'
      ),
      '感谢'
    )
    THEN '感谢'
  END AS negated, x.word AS excluded
FROM found AS f
LEFT JOIN cancelled AS x
  ON f._row = x._row
  AND f.field = x.field
  AND f."offset" = x."offset"
  AND f.spelling = x.spelling;

-- noticed
CREATE TEMP TABLE "words_noticed" AS
WITH good AS (
  SELECT
    *
  FROM "seen_noticed"
  WHERE
    negated IS NULL AND excluded IS NULL
), word_list(spelling, word, weight) AS (
  SELECT
    *
  FROM (VALUES
    ('未履行处罚决定', '未履行处罚决定', 30), ('逾期未缴', '逾期未缴', 30), ('未申请强制执行', '未申请强制执行', 30), ('超期办案', '超期办案', 30), ('吊销未执行', '吊销未执行', 30),
    ('不予处罚', '不予处罚', 15), ('选择性执法', '选择性执法', 15), ('趋利执法', '趋利执法', 15), ('超限超载', '超限超载', 15),
    ('非法行医', '非法行医', 15)) AS _values
), members(spelling, part) AS (
  SELECT
    *
  FROM (VALUES
    ('政府', '机关'), ('城管', '机关'), ('执法局', '机关'), ('执法大队', '机关'), ('执法队', '机关'), ('执法部门', '机关'), ('执法人员', '机关'), ('公安', '机关'), ('派出所', '机关'),
    ('交警', '机关'), ('警察', '机关'), ('民警', '机关'), ('环保局', '机关'), ('环保部门', '机关'), ('环保厅', '机关'), ('环保举报', '机关'), ('生态环境局', '机关'), ('国土局', '机关'),
    ('国土所', '机关'), ('国土部门', '机关'), ('自然资源', '机关'), ('规划局', '机关'), ('规划部门', '机关'), ('住建局', '机关'), ('住建部门', '机关'), ('建设局', '机关'),
    ('房产局', '机关'), ('房管', '机关'), ('办事处', '机关'), ('街道', '机关'), ('社区', '机关'), ('居委会', '机关'), ('村委', '机关'), ('村支书', '机关'), ('村干部', '机关'),
    ('村支部', '机关'), ('镇里', '机关'), ('乡里', '机关'), ('县里', '机关'), ('区里', '机关'), ('民政局', '机关'), ('民政部门', '机关'), ('教育局', '机关'), ('教育部门', '机关'),
    ('人社局', '机关'), ('社保局', '机关'), ('社保中心', '机关'), ('医保局', '机关'), ('医保中心', '机关'), ('农合办', '机关'), ('卫生局', '机关'), ('卫计委', '机关'), ('计生', '机关'),
    ('卫健', '机关'), ('市监局', '机关'), ('市场监督', '机关'), ('市场监管', '机关'), ('工商局', '机关'), ('工商部门', '机关'), ('工商所', '机关'), ('食药监', '机关'), ('药监局', '机关'),
    ('质监局', '机关'), ('质监部门', '机关'), ('安监局', '机关'), ('安监部门', '机关'), ('水利局', '机关'), ('水务局', '机关'), ('林业局', '机关'), ('农业局', '机关'), ('交通局', '机关'),
    ('运管', '机关'), ('路政', '机关'), ('公路局', '机关'), ('物价局', '机关'), ('物价部门', '机关'), ('财政局', '机关'), ('审计局', '机关'), ('发改委', '机关'), ('消防部门', '机关'),
    ('消防大队', '机关'), ('信访局', '机关'), ('纪委', '机关'), ('法院', '机关'), ('检察院', '机关'), ('司法局', '机关'), ('劳动局', '机关'), ('公积金中心', '机关'), ('管理局', '机关'),
    ('管理处', '机关'), ('政务中心', '机关'), ('拆迁办', '机关'), ('征收办', '机关'), ('征地办', '机关'), ('指挥部', '机关'), ('市长信箱', '机关'), ('12345', '机关'),
    ('12369', '机关'), ('县长信箱', '机关'), ('区长信箱', '机关'), ('热线', '机关'), ('畜牧', '机关'), ('监察', '机关'), ('信息公开办', '机关'), ('行政审批', '机关'),
    ('服务中心', '机关'), ('派出机构', '机关'), ('税务', '机关'), ('教育行政', '机关'), ('不作为', '不管'), ('乱作为', '不管'), ('慢作为', '不管'), ('不履职', '不管'), ('不履行', '不管'),
    ('渎职', '不管'), ('失职', '不管'), ('懒政', '不管'), ('怠政', '不管'), ('不闻不问', '不管'), ('不管', '不管'), ('没人管', '不管'), ('无人管', '不管'), ('没有人管', '不管'),
    ('不理', '不管'), ('不予理睬', '不管'), ('不予受理', '不管'), ('视而不见', '不管'), ('视若无睹', '不管'), ('视若不见', '不管'), ('熟视无睹', '不管'), ('充耳不闻', '不管'),
    ('置若罔闻', '不管'), ('漠视', '不管'), ('推诿', '不管'), ('踢皮球', '不管'), ('踢来踢去', '不管'), ('互相推', '不管'), ('推来推去', '不管'), ('相互推', '不管'), ('扯皮', '不管'),
    ('推脱', '不管'), ('推卸', '不管'), ('敷衍', '不管'), ('走过场', '不管'), ('做做样子', '不管'), ('形同虚设', '不管'), ('监管不力', '不管'), ('监管缺失', '不管'),
    ('监管不到位', '不管'), ('执法不力', '不管'), ('执法不严', '不管'), ('有法不依', '不管'), ('纵容', '不管'), ('放任', '不管'), ('默许', '不管'), ('草草了事', '不管'),
    ('不想管', '不管'), ('管不了', '不管'), ('睁一只眼', '不管'), ('睁眼瞎', '不管'), ('保护伞', '勾结'), ('包庇', '勾结'), ('袒护', '勾结'), ('庇护', '勾结'), ('官官相护', '勾结'),
    ('勾结', '勾结'), ('利益输送', '勾结'), ('收了钱', '勾结'), ('塞钱', '勾结'), ('红包', '勾结'), ('关系户', '勾结'), ('通风报信', '勾结'), ('以权谋私', '勾结'), ('滥用职权', '勾结'),
    ('以权压法', '勾结'), ('徇私', '勾结'), ('贪污', '勾结'), ('受贿', '勾结'), ('打击报复', '勾结'), ('黑恶势力', '勾结'), ('串通', '勾结'), ('猫腻', '勾结'), ('暗中操作', '勾结'),
    ('暗箱操作', '勾结'), ('投诉', '诉求'), ('举报', '诉求'), ('反映', '诉求'), ('反应', '诉求'), ('上访', '诉求'), ('信访', '诉求'), ('打电话', '诉求'), ('拨打', '诉求'),
    ('请求', '诉求'), ('申请', '诉求'), ('要求', '诉求'), ('上报', '诉求'), ('去找', '诉求'), ('找过', '诉求'), ('致电', '诉求'), ('报警', '诉求'), ('无果', '无果'),
    ('未果', '无果'), ('石沉大海', '无果'), ('没有回复', '无果'), ('没有答复', '无果'), ('没有给', '无果'), ('未回复', '无果'), ('未答复', '无果'), ('无回复', '无果'), ('不回复', '无果'),
    ('没回复', '无果'), ('没下文', '无果'), ('没有下文', '无果'), ('杳无音信', '无果'), ('不了了之', '无果'), ('得不到解决', '无果'), ('没有得到解决', '无果'), ('未得到解决', '无果'),
    ('得不到处理', '无果'), ('没有处理', '无果'), ('未处理', '无果'), ('未作处理', '无果'), ('没有解决', '无果'), ('未解决', '无果'), ('无法解决', '无果'), ('没有结果', '无果'),
    ('没结果', '无果'), ('没有任何进展', '无果'), ('没有任何结果', '无果'), ('没有任何回复', '无果'), ('无济于事', '无果'), ('至今没有', '无果'), ('至今未', '无果'), ('一直没有', '无果'),
    ('一直未', '无果'), ('迟迟', '无果'), ('仍然没有', '无果'), ('仍未', '无果'), ('始终没有', '无果'), ('始终未', '无果'), ('未见', '无果'), ('没见', '无果'), ('没用', '无果'),
    ('没有用', '无果'), ('没效果', '无果'), ('依旧', '无果'), ('依然', '无果'), ('还是没', '无果'), ('不解决', '无果'), ('又说', '无果'), ('多次', '无果'), ('数次', '无果'),
    ('N次', '无果'), ('强拆', '违法办事'), ('偷拆', '违法办事'), ('强征', '违法办事'), ('执法不合规', '违法办事'), ('暴力执法', '违法办事'), ('野蛮执法', '违法办事'), ('选择性执法', '违法办事'),
    ('钓鱼执法', '违法办事'), ('乱罚款', '违法办事'), ('乱收', '违法办事'), ('未公示', '违法办事'), ('没有公示', '违法办事'), ('未公告', '违法办事'), ('没有公告', '违法办事'),
    ('信息公开', '违法办事'), ('不公', '违法办事'), ('一刀切', '违法办事'), ('违反政策', '违法办事'), ('不落实', '违法办事'), ('不执行', '违法办事'), ('拒绝办理', '违法办事'),
    ('不给办', '违法办事'), ('不给我', '违法办事'), ('不予办理', '违法办事'), ('不补偿', '违法办事'), ('没有补偿', '违法办事'), ('不安置', '违法办事'), ('违规', '违法办事'), ('违法', '违法办事'),
    ('故意', '违法办事'), ('刁难', '违法办事'), ('卡要', '违法办事'), ('错误', '违法办事'), ('私吞', '违法办事'), ('截留', '违法办事'), ('挪用', '违法办事'), ('侵占', '违法办事'),
    ('强制', '违法办事'), ('强行', '违法办事'), ('擅自', '违法办事'), ('核减', '违法办事'), ('停发', '违法办事'), ('私自', '违法办事'), ('违建', '违建'), ('违章建筑', '违建'),
    ('违章搭建', '违建'), ('违法建筑', '违建'), ('违法建设', '违建'), ('违章建房', '违建'), ('私建', '违建'), ('乱建', '违建'), ('无照经营', '违建'), ('占道经营', '违建'),
    ('有关部门', '泛称'), ('相关部门', '泛称'), ('各部门', '泛称'), ('职能部门', '泛称'), ('监管部门', '泛称'), ('主管部门', '泛称'), ('征地', '征拆'), ('征收', '征拆'), ('拆迁', '征拆'),
    ('征用', '征拆'), ('安置房', '征拆'), ('补偿款', '征拆'), ('土地确权', '征拆'), ('不公示', '征拆违法'), ('未公示', '征拆违法'), ('没有公示', '征拆违法'), ('不公开', '征拆违法'),
    ('不补偿', '征拆违法'), ('没有补偿', '征拆违法'), ('不安置', '征拆违法'), ('强拆', '征拆违法'), ('强征', '征拆违法'), ('不合理', '征拆违法'), ('不透明', '征拆违法'), ('不兑现', '征拆违法'),
    ('未兑现', '征拆违法'), ('克扣', '征拆违法'), ('截留', '征拆违法'), ('私分', '征拆违法'), ('违规', '征拆违法'), ('违法', '征拆违法'), ('账目不清', '征拆违法'), ('虚报', '征拆违法'),
    ('冒领', '征拆违法'), ('工作人员', '干部'), ('办事人员', '干部'), ('领导干部', '干部'), ('局长', '干部'), ('村支书', '干部'), ('村干部', '干部'), ('村主任', '干部'),
    ('书记员', '干部'), ('所长', '干部'), ('执法人员', '干部'), ('干警', '干部'), ('态度恶劣', '失范'), ('态度差', '失范'), ('刁难', '失范'), ('推脱', '失范'), ('推诿', '失范'),
    ('不理不睬', '失范'), ('威胁', '失范'), ('辱骂', '失范'), ('私吞', '失范'), ('贪污', '失范'), ('受贿', '失范'), ('收受', '失范'), ('入股', '失范'), ('参股', '失范'),
    ('侵吞', '失范'), ('冒领', '失范'), ('谋私', '失范'), ('乱收', '失范'), ('不公正', '失范'), ('纵容', '失范'),
    ('吃拿卡要', '失范')) AS _values
), patterns(pattern, title, weight, find, need) AS (
  SELECT
    *
  FROM (VALUES
    (0, '机关不管推诿', 30, '不管', 1), (1, '机关包庇勾结', 30, '勾结', 1), (2, '向机关反映没有结果', 20, '机关', 2), (3, '机关违法办事', 20, '违法办事', 1),
    (4, '违建无人查处', 20, '违建', 1), (5, '征地拆迁违法', 30, '征拆', 1), (6, '工作人员失职失范', 30, '干部', 1),
    (7, '泛称部门不管', 20, '不管', 2)) AS _values
), slots(pattern, find, part, wanted, kind, width, place) AS (
  SELECT
    *
  FROM (VALUES
    (0, '不管', '机关', TRUE, 0, 25, 'any'), (1, '勾结', '机关', TRUE, 0, 25, 'any'), (2, '机关', '诉求', TRUE, 0, 30, 'any'),
    (2, '机关', '无果', TRUE, 0, 30, 'any'), (3, '违法办事', '机关', TRUE, 0, 15, 'any'), (4, '违建', '机关', TRUE, 1, 0, 'any'),
    (5, '征拆', '征拆违法', TRUE, 0, 30, 'any'), (6, '干部', '失范', TRUE, 0, 20, 'any'), (7, '不管', '泛称', TRUE, 0, 25, 'any'),
    (7, '不管', '诉求', TRUE, 0, 25, 'any')) AS _values
), parts AS (
  SELECT
    g.*, m.part
  FROM good AS g
  JOIN members AS m
    ON g.spelling = m.spelling
), texts AS (
  SELECT DISTINCT
    "事件._row" AS _row, 'description' AS field, "事件.description" AS body
  FROM "near_noticed"
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

-- noticed
CREATE TEMP TABLE "st_noticed" AS
SELECT
  t."事件.event_no", t."事件.reported_at", t."事件.description", t."事件.department", h.w AS "noticed_words", h.n AS "noticed_count",
  h.s AS "noticed_score", t."事件._row", t._g, t._st
FROM "near_noticed" AS t
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
    FROM "words_noticed"
  )
  GROUP BY
    _row
) AS h
  ON t."事件._row" = h._row
WHERE
  h.s >= 30;

-- noticed_lately
CREATE TEMP TABLE "st_noticed_lately" AS
SELECT
  "事件.event_no", "事件.reported_at", "事件.description", "事件.department", "noticed_words", "noticed_count", "noticed_score", "事件._row", _g, _st
FROM "st_noticed"
WHERE
  "事件.reported_at" >= CAST('2026-06-30' AS DATE) - CAST((
    90
  ) AS INT);

-- noting
CREATE TEMP TABLE "st_noting" AS
SELECT
  "事件.event_no", "事件.reported_at", "事件.description", "事件.department", "noticed_words", "noticed_count", "noticed_score", "事件._row", _g, _st,
  CASE WHEN CONTAINS("事件.description", "事件.department") THEN "事件.department" END AS "noted"
FROM (
  SELECT
    "事件.event_no", "事件.reported_at", "事件.description", "事件.department", "noticed_words", "noticed_count", "noticed_score", "事件._row", _g,
    _st
  FROM "st_noticed_lately"
);

-- voices
CREATE TEMP TABLE "st_voices" AS
SELECT
  *
  EXCLUDE (_place)
FROM (
  SELECT DISTINCT
    "工单.order_no" AS "工单.order_no", "工单.accepted_at" AS "工单.accepted_at", "工单.caller_name" AS "工单.caller_name", "工单.phone" AS "工单.phone",
    "工单.kind" AS "工单.kind", "工单.title" AS "工单.title", "工单.content" AS "工单.content", "工单.handler" AS "工单.handler",
    "工单.duplicate" AS "工单.duplicate", "工单.org__name" AS "工单.org__name", "blamed_words" AS "blamed_words", "blamed_count" AS "blamed_count",
    "blamed_score" AS "blamed_score", "named" AS "named", "caller" AS "caller", NULL AS "事件.event_no", NULL AS "事件.reported_at",
    NULL AS "事件.description", NULL AS "事件.department", NULL AS "noticed_words", NULL AS "noticed_count", NULL AS "noticed_score",
    NULL AS "noted", "named" AS "body", "caller" AS "voice", 'naming' AS "voices_from", "工单._row" AS "工单._row",
    CAST(NULL AS TEXT) AS "事件._row", _g, _st, 0 AS _place
  FROM "st_naming"
  UNION ALL
  SELECT DISTINCT
    NULL AS "工单.order_no", NULL AS "工单.accepted_at", NULL AS "工单.caller_name", NULL AS "工单.phone", NULL AS "工单.kind", NULL AS "工单.title",
    NULL AS "工单.content", NULL AS "工单.handler", NULL AS "工单.duplicate", NULL AS "工单.org__name", NULL AS "blamed_words",
    NULL AS "blamed_count", NULL AS "blamed_score", NULL AS "named", NULL AS "caller", "事件.event_no" AS "事件.event_no",
    "事件.reported_at" AS "事件.reported_at", "事件.description" AS "事件.description", "事件.department" AS "事件.department",
    "noticed_words" AS "noticed_words", "noticed_count" AS "noticed_count", "noticed_score" AS "noticed_score", "noted" AS "noted",
    "noted" AS "body", "事件.event_no" AS "voice", 'noting' AS "voices_from", CAST(NULL AS TEXT) AS "工单._row", "事件._row" AS "事件._row", _g,
    _st, 1 AS _place
  FROM "st_noting"
);

-- by_body
CREATE TEMP TABLE "st_by_body" AS
SELECT
  "body", "people", "rows", "工单._rows", "事件._rows", "_g", "_st"
FROM (
  SELECT
    "body", COUNT(DISTINCT "voice") AS "people", COUNT(*) AS "rows", LIST_SORT(ARRAY_AGG(DISTINCT "工单._row")) AS "工单._rows",
    LIST_SORT(ARRAY_AGG(DISTINCT "事件._row")) AS "事件._rows", MAX(_g) AS _g, MAX(_st) AS _st
  FROM "st_voices"
  WHERE
    NOT "body" IS NULL
  GROUP BY
    "body"
);

-- 产出：unexecuted
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "served_on", "apply_by", "seen", "expired_due", "expired_days",
  "unexecuted_state", "unexecuted_from", "unexecuted_to", "台账._row", _g, _st, CAST("台账.doc_no" AS TEXT) AS _subject
FROM "st_unexecuted"
WHERE
  TRUE;

-- 产出：slow
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "filed_until", "slow_due", "slow_days", "台账._row", _g, _st,
  CAST("台账.case_no" AS TEXT) AS _subject
FROM "st_slow"
WHERE
  TRUE;

-- 产出：alive
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "许可.permit_no", "许可.decided_on", "许可.state", "alive_grade", "台账._row",
  "许可._row", _g, _st, CAST("台账.doc_no" AS TEXT) AS _subject
FROM "st_alive"
WHERE
  TRUE;

-- 产出：cited
SELECT
  "台账.case_no", "台账.agency", "台账.cause", "台账.filed_case_on", "台账.case_extended", "台账.decided_on", "台账.doc_no", "台账.basis", "台账.kind",
  "台账.discretion", "台账.fine", "台账.paid_on", "台账.deferred", "台账.permit_no", "台账.status", "台账.filed_case_on__from", "台账.filed_case_on__to",
  "台账.decided_on__from", "台账.decided_on__to", "台账.paid_on__from", "ground", "台账._row", _g, _st, CAST("台账.doc_no" AS TEXT) AS _subject
FROM "st_cited"
WHERE
  NOT (
    "ground" IS NULL
  );

-- 产出：uneven
SELECT
  "label", "cases", "total_fine", "squares", "highest", "lowest", "others_high", "others_low", "z_high", "z_low", "台账._rows", _g, _st,
  CAST("label" AS TEXT) AS _subject
FROM "st_uneven"
WHERE
  TRUE;

-- 产出：told
SELECT
  "body", "people", "rows", "工单._rows", "事件._rows", _g, _st, CAST("body" AS TEXT) AS _subject
FROM "st_by_body"
WHERE
  "people" >= 3;
