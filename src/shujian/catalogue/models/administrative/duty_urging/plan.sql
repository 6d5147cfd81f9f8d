-- 督促履职及行政违法行为监督（duty_urging）
-- 供审阅：基准日 2026-06-30，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。
-- 参数：
--   duty.apply_months = 3
--   duty.decide_days = 90
--   duty.decide_law_from = 2021-07-15
--   duty.least_cases = 10
--   duty.look_back_months = 60
--   duty.revoke_days = 60
--   duty.serve_days = 15
--   duty.sue_months = 6
--   duty.times = 5
-- 用到节假日表

-- 数据：台账
SELECT
  "case_no" AS "台账.case_no",
  "agency" AS "台账.agency",
  "cause" AS "台账.cause",
  "filed_case_on" AS "台账.filed_case_on",
  "case_extended" AS "台账.case_extended",
  "decided_on" AS "台账.decided_on",
  "doc_no" AS "台账.doc_no",
  "basis" AS "台账.basis",
  "kind" AS "台账.kind",
  "discretion" AS "台账.discretion",
  "fine" AS "台账.fine",
  "paid_on" AS "台账.paid_on",
  "deferred" AS "台账.deferred",
  "permit_no" AS "台账.permit_no",
  "status" AS "台账.status",
  "filed_case_on__from" AS "台账.filed_case_on__from",
  "filed_case_on__to" AS "台账.filed_case_on__to",
  "decided_on__from" AS "台账.decided_on__from",
  "decided_on__to" AS "台账.decided_on__to",
  "paid_on__from" AS "台账.paid_on__from",
  _row AS "台账._row",
  0 AS _g,
  0 AS _st
FROM penalty_ledger;

-- 数据：申请
SELECT
  "doc_no" AS "申请.doc_no",
  _row AS "申请._row",
  0 AS _g,
  0 AS _st
FROM enforcement_application;

-- 数据：许可
SELECT
  "permit_no" AS "许可.permit_no",
  "decided_on" AS "许可.decided_on",
  "state" AS "许可.state",
  _row AS "许可._row",
  0 AS _g,
  0 AS _st
FROM public_permit;

-- standing
CREATE TEMP TABLE "st_standing" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "台账._row",
  _g,
  _st
FROM "src_台账"
WHERE
  NOT (
    "台账.doc_no" IS NULL
  ) AND COALESCE("台账.status", '有效') = '有效';

-- dated
CREATE TEMP TABLE "st_dated" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "served_on",
  "apply_by",
  "台账._row",
  _g,
  _st,
  COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "seen"
FROM (
  SELECT
    "台账.case_no",
    "台账.agency",
    "台账.cause",
    "台账.filed_case_on",
    "台账.case_extended",
    "台账.decided_on",
    "台账.doc_no",
    "台账.basis",
    "台账.kind",
    "台账.discretion",
    "台账.fine",
    "台账.paid_on",
    "台账.deferred",
    "台账.permit_no",
    "台账.status",
    "台账.filed_case_on__from",
    "台账.filed_case_on__to",
    "台账.decided_on__from",
    "台账.decided_on__to",
    "台账.paid_on__from",
    "served_on",
    "台账._row",
    _g,
    _st,
    CAST(CAST("served_on" + INTERVAL (
      6
    ) MONTH AS DATE) + INTERVAL (
      3
    ) MONTH AS DATE) AS "apply_by"
  FROM (
    SELECT
      "台账.case_no",
      "台账.agency",
      "台账.cause",
      "台账.filed_case_on",
      "台账.case_extended",
      "台账.decided_on",
      "台账.doc_no",
      "台账.basis",
      "台账.kind",
      "台账.discretion",
      "台账.fine",
      "台账.paid_on",
      "台账.deferred",
      "台账.permit_no",
      "台账.status",
      "台账.filed_case_on__from",
      "台账.filed_case_on__to",
      "台账.decided_on__from",
      "台账.decided_on__to",
      "台账.paid_on__from",
      "台账._row",
      _g,
      _st,
      "台账.decided_on" + CAST((
        15
      ) AS INT) AS "served_on"
    FROM (
      SELECT
        "台账.case_no",
        "台账.agency",
        "台账.cause",
        "台账.filed_case_on",
        "台账.case_extended",
        "台账.decided_on",
        "台账.doc_no",
        "台账.basis",
        "台账.kind",
        "台账.discretion",
        "台账.fine",
        "台账.paid_on",
        "台账.deferred",
        "台账.permit_no",
        "台账.status",
        "台账.filed_case_on__from",
        "台账.filed_case_on__to",
        "台账.decided_on__from",
        "台账.decided_on__to",
        "台账.paid_on__from",
        "台账._row",
        _g,
        _st
      FROM "st_standing"
    )
  )
);

-- unpaid
CREATE TEMP TABLE "st_unpaid" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "served_on",
  "apply_by",
  "seen",
  "台账._row",
  _g,
  _st
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
    d,
    0 AS run,
    (
      NOT DAYOFWEEK(d) IN (0, 6)
      AND NOT d IN (
        CAST('2023-01-02' AS DATE),
        CAST('2023-01-23' AS DATE),
        CAST('2023-01-24' AS DATE),
        CAST('2023-01-25' AS DATE),
        CAST('2023-01-26' AS DATE),
        CAST('2023-01-27' AS DATE),
        CAST('2023-04-05' AS DATE),
        CAST('2023-05-01' AS DATE),
        CAST('2023-05-02' AS DATE),
        CAST('2023-05-03' AS DATE),
        CAST('2023-06-22' AS DATE),
        CAST('2023-06-23' AS DATE),
        CAST('2023-09-29' AS DATE),
        CAST('2023-10-02' AS DATE),
        CAST('2023-10-03' AS DATE),
        CAST('2023-10-04' AS DATE),
        CAST('2023-10-05' AS DATE),
        CAST('2023-10-06' AS DATE),
        CAST('2024-01-01' AS DATE),
        CAST('2024-02-12' AS DATE),
        CAST('2024-02-13' AS DATE),
        CAST('2024-02-14' AS DATE),
        CAST('2024-02-15' AS DATE),
        CAST('2024-02-16' AS DATE),
        CAST('2024-04-04' AS DATE),
        CAST('2024-04-05' AS DATE),
        CAST('2024-05-01' AS DATE),
        CAST('2024-05-02' AS DATE),
        CAST('2024-05-03' AS DATE),
        CAST('2024-06-10' AS DATE),
        CAST('2024-09-16' AS DATE),
        CAST('2024-09-17' AS DATE),
        CAST('2024-10-01' AS DATE),
        CAST('2024-10-02' AS DATE),
        CAST('2024-10-03' AS DATE),
        CAST('2024-10-04' AS DATE),
        CAST('2024-10-07' AS DATE),
        CAST('2025-01-01' AS DATE),
        CAST('2025-01-28' AS DATE),
        CAST('2025-01-29' AS DATE),
        CAST('2025-01-30' AS DATE),
        CAST('2025-01-31' AS DATE),
        CAST('2025-02-03' AS DATE),
        CAST('2025-02-04' AS DATE),
        CAST('2025-04-04' AS DATE),
        CAST('2025-05-01' AS DATE),
        CAST('2025-05-02' AS DATE),
        CAST('2025-05-05' AS DATE),
        CAST('2025-06-02' AS DATE),
        CAST('2025-10-01' AS DATE),
        CAST('2025-10-02' AS DATE),
        CAST('2025-10-03' AS DATE),
        CAST('2025-10-06' AS DATE),
        CAST('2025-10-07' AS DATE),
        CAST('2025-10-08' AS DATE),
        CAST('2026-01-01' AS DATE),
        CAST('2026-01-02' AS DATE),
        CAST('2026-02-16' AS DATE),
        CAST('2026-02-17' AS DATE),
        CAST('2026-02-18' AS DATE),
        CAST('2026-02-19' AS DATE),
        CAST('2026-02-20' AS DATE),
        CAST('2026-02-23' AS DATE),
        CAST('2026-04-06' AS DATE),
        CAST('2026-05-01' AS DATE),
        CAST('2026-05-04' AS DATE),
        CAST('2026-05-05' AS DATE),
        CAST('2026-06-19' AS DATE),
        CAST('2026-09-25' AS DATE),
        CAST('2026-10-01' AS DATE),
        CAST('2026-10-02' AS DATE),
        CAST('2026-10-05' AS DATE),
        CAST('2026-10-06' AS DATE),
        CAST('2026-10-07' AS DATE)
      )
    )
    OR d IN (
      CAST('2023-01-28' AS DATE),
      CAST('2023-01-29' AS DATE),
      CAST('2023-04-23' AS DATE),
      CAST('2023-05-06' AS DATE),
      CAST('2023-06-25' AS DATE),
      CAST('2023-10-07' AS DATE),
      CAST('2023-10-08' AS DATE),
      CAST('2024-02-04' AS DATE),
      CAST('2024-02-18' AS DATE),
      CAST('2024-04-07' AS DATE),
      CAST('2024-04-28' AS DATE),
      CAST('2024-05-11' AS DATE),
      CAST('2024-09-14' AS DATE),
      CAST('2024-09-29' AS DATE),
      CAST('2024-10-12' AS DATE),
      CAST('2025-01-26' AS DATE),
      CAST('2025-02-08' AS DATE),
      CAST('2025-04-27' AS DATE),
      CAST('2025-09-28' AS DATE),
      CAST('2025-10-11' AS DATE),
      CAST('2026-01-04' AS DATE),
      CAST('2026-02-14' AS DATE),
      CAST('2026-02-28' AS DATE),
      CAST('2026-05-09' AS DATE),
      CAST('2026-09-20' AS DATE),
      CAST('2026-10-10' AS DATE)
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
  d,
  MIN(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due
FROM c;

-- expired
CREATE TEMP TABLE "st_expired" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "served_on",
  "apply_by",
  "seen",
  "expired_due",
  "expired_days",
  "台账._row",
  "_g",
  "_st"
FROM (
  SELECT
    "台账.case_no",
    "台账.agency",
    "台账.cause",
    "台账.filed_case_on",
    "台账.case_extended",
    "台账.decided_on",
    "台账.doc_no",
    "台账.basis",
    "台账.kind",
    "台账.discretion",
    "台账.fine",
    "台账.paid_on",
    "台账.deferred",
    "台账.permit_no",
    "台账.status",
    "台账.filed_case_on__from",
    "台账.filed_case_on__to",
    "台账.decided_on__from",
    "台账.decided_on__to",
    "台账.paid_on__from",
    "served_on",
    "apply_by",
    "seen",
    "台账._row",
    _g,
    _st,
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
  l."台账.case_no",
  l."台账.agency",
  l."台账.cause",
  l."台账.filed_case_on",
  l."台账.case_extended",
  l."台账.decided_on",
  l."台账.doc_no",
  l."台账.basis",
  l."台账.kind",
  l."台账.discretion",
  l."台账.fine",
  l."台账.paid_on",
  l."台账.deferred",
  l."台账.permit_no",
  l."台账.status",
  l."台账.filed_case_on__from",
  l."台账.filed_case_on__to",
  l."台账.decided_on__from",
  l."台账.decided_on__to",
  l."台账.paid_on__from",
  l."served_on",
  l."apply_by",
  l."seen",
  l."expired_due",
  l."expired_days",
  CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END AS "unexecuted_state",
  _from AS "unexecuted_from",
  _to AS "unexecuted_to",
  l."台账._row",
  _g,
  GREATEST(_st, _a) AS _st
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
      "台账._row",
      BOOL_OR(CAST(_m <= 1 AND COALESCE(_w, FALSE) AS BOOLEAN)) AS sure,
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
          l."台账._row",
          0 AS _m
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
    END AS _a,
    "台账.decided_on" AS _from,
    "apply_by" AS _to
  FROM _l AS l
  LEFT JOIN seen AS s
    ON l."台账._row" = s."台账._row"
  WHERE
    NOT COALESCE(s.sure, FALSE)
) AS l;

-- filed
CREATE TEMP TABLE "st_filed" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "台账._row",
  _g,
  _st
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
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "台账._row",
  _g,
  _st,
  COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) AS "filed_until"
FROM (
  SELECT
    "台账.case_no",
    "台账.agency",
    "台账.cause",
    "台账.filed_case_on",
    "台账.case_extended",
    "台账.decided_on",
    "台账.doc_no",
    "台账.basis",
    "台账.kind",
    "台账.discretion",
    "台账.fine",
    "台账.paid_on",
    "台账.deferred",
    "台账.permit_no",
    "台账.status",
    "台账.filed_case_on__from",
    "台账.filed_case_on__to",
    "台账.decided_on__from",
    "台账.decided_on__to",
    "台账.paid_on__from",
    "台账._row",
    _g,
    _st
  FROM "st_filed"
);

-- slow
CREATE TEMP TABLE "during_roll_slow" AS
WITH c AS MATERIALIZED (
  SELECT
    d,
    0 AS run,
    (
      NOT DAYOFWEEK(d) IN (0, 6)
      AND NOT d IN (
        CAST('2023-01-02' AS DATE),
        CAST('2023-01-23' AS DATE),
        CAST('2023-01-24' AS DATE),
        CAST('2023-01-25' AS DATE),
        CAST('2023-01-26' AS DATE),
        CAST('2023-01-27' AS DATE),
        CAST('2023-04-05' AS DATE),
        CAST('2023-05-01' AS DATE),
        CAST('2023-05-02' AS DATE),
        CAST('2023-05-03' AS DATE),
        CAST('2023-06-22' AS DATE),
        CAST('2023-06-23' AS DATE),
        CAST('2023-09-29' AS DATE),
        CAST('2023-10-02' AS DATE),
        CAST('2023-10-03' AS DATE),
        CAST('2023-10-04' AS DATE),
        CAST('2023-10-05' AS DATE),
        CAST('2023-10-06' AS DATE),
        CAST('2024-01-01' AS DATE),
        CAST('2024-02-12' AS DATE),
        CAST('2024-02-13' AS DATE),
        CAST('2024-02-14' AS DATE),
        CAST('2024-02-15' AS DATE),
        CAST('2024-02-16' AS DATE),
        CAST('2024-04-04' AS DATE),
        CAST('2024-04-05' AS DATE),
        CAST('2024-05-01' AS DATE),
        CAST('2024-05-02' AS DATE),
        CAST('2024-05-03' AS DATE),
        CAST('2024-06-10' AS DATE),
        CAST('2024-09-16' AS DATE),
        CAST('2024-09-17' AS DATE),
        CAST('2024-10-01' AS DATE),
        CAST('2024-10-02' AS DATE),
        CAST('2024-10-03' AS DATE),
        CAST('2024-10-04' AS DATE),
        CAST('2024-10-07' AS DATE),
        CAST('2025-01-01' AS DATE),
        CAST('2025-01-28' AS DATE),
        CAST('2025-01-29' AS DATE),
        CAST('2025-01-30' AS DATE),
        CAST('2025-01-31' AS DATE),
        CAST('2025-02-03' AS DATE),
        CAST('2025-02-04' AS DATE),
        CAST('2025-04-04' AS DATE),
        CAST('2025-05-01' AS DATE),
        CAST('2025-05-02' AS DATE),
        CAST('2025-05-05' AS DATE),
        CAST('2025-06-02' AS DATE),
        CAST('2025-10-01' AS DATE),
        CAST('2025-10-02' AS DATE),
        CAST('2025-10-03' AS DATE),
        CAST('2025-10-06' AS DATE),
        CAST('2025-10-07' AS DATE),
        CAST('2025-10-08' AS DATE),
        CAST('2026-01-01' AS DATE),
        CAST('2026-01-02' AS DATE),
        CAST('2026-02-16' AS DATE),
        CAST('2026-02-17' AS DATE),
        CAST('2026-02-18' AS DATE),
        CAST('2026-02-19' AS DATE),
        CAST('2026-02-20' AS DATE),
        CAST('2026-02-23' AS DATE),
        CAST('2026-04-06' AS DATE),
        CAST('2026-05-01' AS DATE),
        CAST('2026-05-04' AS DATE),
        CAST('2026-05-05' AS DATE),
        CAST('2026-06-19' AS DATE),
        CAST('2026-09-25' AS DATE),
        CAST('2026-10-01' AS DATE),
        CAST('2026-10-02' AS DATE),
        CAST('2026-10-05' AS DATE),
        CAST('2026-10-06' AS DATE),
        CAST('2026-10-07' AS DATE)
      )
    )
    OR d IN (
      CAST('2023-01-28' AS DATE),
      CAST('2023-01-29' AS DATE),
      CAST('2023-04-23' AS DATE),
      CAST('2023-05-06' AS DATE),
      CAST('2023-06-25' AS DATE),
      CAST('2023-10-07' AS DATE),
      CAST('2023-10-08' AS DATE),
      CAST('2024-02-04' AS DATE),
      CAST('2024-02-18' AS DATE),
      CAST('2024-04-07' AS DATE),
      CAST('2024-04-28' AS DATE),
      CAST('2024-05-11' AS DATE),
      CAST('2024-09-14' AS DATE),
      CAST('2024-09-29' AS DATE),
      CAST('2024-10-12' AS DATE),
      CAST('2025-01-26' AS DATE),
      CAST('2025-02-08' AS DATE),
      CAST('2025-04-27' AS DATE),
      CAST('2025-09-28' AS DATE),
      CAST('2025-10-11' AS DATE),
      CAST('2026-01-04' AS DATE),
      CAST('2026-02-14' AS DATE),
      CAST('2026-02-28' AS DATE),
      CAST('2026-05-09' AS DATE),
      CAST('2026-09-20' AS DATE),
      CAST('2026-10-10' AS DATE)
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
  d,
  MIN(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due
FROM c;

-- slow
CREATE TEMP TABLE "st_slow" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "filed_until",
  "slow_due",
  "slow_days",
  "台账._row",
  "_g",
  "_st"
FROM (
  SELECT
    "台账.case_no",
    "台账.agency",
    "台账.cause",
    "台账.filed_case_on",
    "台账.case_extended",
    "台账.decided_on",
    "台账.doc_no",
    "台账.basis",
    "台账.kind",
    "台账.discretion",
    "台账.fine",
    "台账.paid_on",
    "台账.deferred",
    "台账.permit_no",
    "台账.status",
    "台账.filed_case_on__from",
    "台账.filed_case_on__to",
    "台账.decided_on__from",
    "台账.decided_on__to",
    "台账.paid_on__from",
    "filed_until",
    "台账._row",
    _g,
    _st,
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
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "台账._row",
  _g,
  _st
FROM "st_standing"
WHERE
  CONTAINS("台账.kind", '吊销')
  AND "台账.decided_on" < COALESCE(CAST('2026-06-30' AS DATE), CAST('2026-06-30' AS DATE)) - CAST((
    60
  ) AS INT);

-- alive
CREATE TEMP TABLE "pairs_alive" AS
SELECT
  l."台账.case_no",
  l."台账.agency",
  l."台账.cause",
  l."台账.filed_case_on",
  l."台账.case_extended",
  l."台账.decided_on",
  l."台账.doc_no",
  l."台账.basis",
  l."台账.kind",
  l."台账.discretion",
  l."台账.fine",
  l."台账.paid_on",
  l."台账.deferred",
  l."台账.permit_no",
  l."台账.status",
  l."台账.filed_case_on__from",
  l."台账.filed_case_on__to",
  l."台账.decided_on__from",
  l."台账.decided_on__to",
  l."台账.paid_on__from",
  l."台账._row",
  r."许可.permit_no",
  r."许可.decided_on",
  r."许可.state",
  r."许可._row",
  GREATEST(l._g, r._g) AS _g,
  GREATEST(l._st, r._st) AS _st,
  0 AS _m
FROM "st_revoked" AS l
JOIN "src_许可" AS r
  ON l."台账.permit_no" = r."许可.permit_no";

-- alive
CREATE TEMP TABLE "st_alive" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "许可.permit_no",
  "许可.decided_on",
  "许可.state",
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
  END AS "alive_grade",
  "台账._row",
  "许可._row",
  GREATEST(_g, _m) AS _g,
  _st
FROM "pairs_alive" AS p
WHERE
  "许可.state" IN ('有效', '正常') AND "许可.decided_on" < "台账.decided_on";

-- cited
CREATE TEMP TABLE "st_cited" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "台账._row",
  _g,
  _st
FROM "st_standing";

-- comparable
CREATE TEMP TABLE "st_comparable" AS
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "台账._row",
  _g,
  _st
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
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "台账._row",
  _g,
  _st,
  (
    "台账.agency" || '·' || "台账.cause"
  ) AS "label"
FROM (
  SELECT
    "台账.case_no",
    "台账.agency",
    "台账.cause",
    "台账.filed_case_on",
    "台账.case_extended",
    "台账.decided_on",
    "台账.doc_no",
    "台账.basis",
    "台账.kind",
    "台账.discretion",
    "台账.fine",
    "台账.paid_on",
    "台账.deferred",
    "台账.permit_no",
    "台账.status",
    "台账.filed_case_on__from",
    "台账.filed_case_on__to",
    "台账.decided_on__from",
    "台账.decided_on__to",
    "台账.paid_on__from",
    "台账._row",
    _g,
    _st
  FROM "st_comparable"
);

-- by_cause
CREATE TEMP TABLE "st_by_cause" AS
SELECT
  "label",
  "cases",
  "total_fine",
  "highest",
  "lowest",
  "others_high",
  "others_low",
  "台账._rows",
  "_g",
  "_st"
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
        "label",
        COUNT(DISTINCT "台账.doc_no") AS "cases",
        CAST(SUM("台账.fine") AS DECIMAL(38, 2)) AS "total_fine",
        MAX("台账.fine") AS "highest",
        MIN("台账.fine") AS "lowest",
        LIST_SORT(ARRAY_AGG(DISTINCT "台账._row")) AS "台账._rows",
        MAX(_g) AS _g,
        MAX(_st) AS _st
      FROM "st_labelled"
      WHERE
        NOT "label" IS NULL
      GROUP BY
        "label"
    )
  )
);

-- uneven
CREATE TEMP TABLE "st_uneven" AS
SELECT
  "label",
  "cases",
  "total_fine",
  "highest",
  "lowest",
  "others_high",
  "others_low",
  "台账._rows",
  _g,
  _st
FROM "st_by_cause"
WHERE
  CASE
    WHEN "cases" >= 10
    THEN "highest" >= "others_high" * 5 OR "lowest" * 5 <= "others_low"
  END;

-- 产出：unexecuted
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "served_on",
  "apply_by",
  "seen",
  "expired_due",
  "expired_days",
  "unexecuted_state",
  "unexecuted_from",
  "unexecuted_to",
  "台账._row",
  _g,
  _st,
  CAST("台账.doc_no" AS TEXT) AS _subject
FROM "st_unexecuted"
WHERE
  TRUE;

-- 产出：slow
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "filed_until",
  "slow_due",
  "slow_days",
  "台账._row",
  _g,
  _st,
  CAST("台账.case_no" AS TEXT) AS _subject
FROM "st_slow"
WHERE
  TRUE;

-- 产出：alive
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "许可.permit_no",
  "许可.decided_on",
  "许可.state",
  "alive_grade",
  "台账._row",
  "许可._row",
  _g,
  _st,
  CAST("台账.doc_no" AS TEXT) AS _subject
FROM "st_alive"
WHERE
  TRUE;

-- 产出：cited
SELECT
  "台账.case_no",
  "台账.agency",
  "台账.cause",
  "台账.filed_case_on",
  "台账.case_extended",
  "台账.decided_on",
  "台账.doc_no",
  "台账.basis",
  "台账.kind",
  "台账.discretion",
  "台账.fine",
  "台账.paid_on",
  "台账.deferred",
  "台账.permit_no",
  "台账.status",
  "台账.filed_case_on__from",
  "台账.filed_case_on__to",
  "台账.decided_on__from",
  "台账.decided_on__to",
  "台账.paid_on__from",
  "ground",
  "台账._row",
  _g,
  _st,
  CAST("台账.doc_no" AS TEXT) AS _subject
FROM "st_cited"
WHERE
  NOT (
    "ground" IS NULL
  );

-- 产出：uneven
SELECT
  "label",
  "cases",
  "total_fine",
  "highest",
  "lowest",
  "others_high",
  "others_low",
  "台账._rows",
  _g,
  _st,
  CAST("label" AS TEXT) AS _subject
FROM "st_uneven"
WHERE
  TRUE;
