"""M03's lists written as the environment, tax and housing offices would send them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shujian.demo.envtax import GAP, EnvTaxPlan
from shujian.demo.envtax_rows import FILING, LICENCE, MONITORING, PENALTY, SOURCE, WORKS
from shujian.demo.tables import Declared, Delivery, Shape, ordered, write_table

FILING_COVERAGE = Declared(
    date(2023, 1, 1),
    date(2026, 6, 20),
    "国家税务总局示例市税务局来函〔2026〕18号",
    ((*GAP, "征管系统切换期间数据未移交"),),
)
SOURCE_COVERAGE = Declared(date(2018, 1, 1), date(2026, 6, 20), "国家税务总局示例市税务局来函〔2026〕18号")


def write_env_tax(folder: Path, plan: EnvTaxPlan) -> Iterator[Delivery]:
    """Penalties, filings with their declaration, tax sources, construction and discharge permits."""
    yield write_table(
        folder,
        "env_penalty",
        PENALTY,
        plan.penalties,
        Shape(
            "生态环境行政处罚.xlsx",
            ordered(PENALTY, {"企业": "当事人", "违法时间": "违法行为发生日期", "处罚额": "罚款金额(元)"}),
            sheet="处罚",
            title="示例市生态环境局行政处罚台账（2023至2026年）",
            serial=True,
        ),
        as_of=date(2026, 6, 20),
    )
    half = len(plan.filings) // 2
    yield write_table(
        folder,
        "env_tax_filing",
        FILING,
        plan.filings[:half],
        Shape("环境保护税申报_一.csv", ordered(FILING), "gb18030", torn=2),
        as_of=date(2026, 6, 20),
    )
    yield write_table(
        folder,
        "env_tax_filing",
        FILING,
        plan.filings[half:],
        Shape(
            "环境保护税申报_二.csv",
            ordered([*FILING[9:], *FILING[:9]], {"名称": "纳税人名称", "纳税人识别号": "统一社会信用代码"}),
            "utf-8-sig",
        ),
        as_of=date(2026, 6, 20),
        declared=(FILING_COVERAGE,),
    )
    yield from _write_permits(folder, plan)


def _write_permits(folder: Path, plan: EnvTaxPlan) -> Iterator[Delivery]:
    yield write_table(
        folder,
        "env_tax_source",
        SOURCE,
        plan.sources,
        Shape("环境保护税税源.csv", ordered(SOURCE)),
        as_of=date(2026, 6, 20),
        declared=(SOURCE_COVERAGE,),
    )
    yield write_table(
        folder,
        "construction_permit",
        WORKS,
        plan.works,
        Shape(
            "施工许可.xlsx",
            ordered(
                WORKS, {"项目": "项目名称", "建筑面积": "建筑面积(平方米)", "施工面积": "施工面积(平方米)"}
            ),
            sheet="许可清单",
            title="示例市建筑工程施工许可清单",
        ),
        as_of=date(2026, 6, 22),
    )
    yield write_table(
        folder,
        "discharge_permit",
        LICENCE,
        plan.licences,
        Shape("排污许可.csv", ordered(LICENCE), "gb18030"),
        as_of=date(2026, 6, 1),
    )
    yield write_table(
        folder,
        "emission_monitoring",
        MONITORING,
        plan.monitoring,
        Shape(
            "污染源监测.csv",
            ordered(MONITORING, {"因子": "监测因子", "监测值": "实测浓度", "流量": "流量（立方米）"}),
            "utf-8-sig",
        ),
        as_of=date(2026, 6, 20),
    )
