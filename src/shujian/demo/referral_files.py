"""M09's lists written as the referral platform, the procuratorate's case system and the public site would give them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shujian.demo.referral import SEEN, ReferralPlan
from shujian.demo.referral_rows import CASES, PLATFORM, PUBLISHED
from shujian.demo.tables import Declared, Delivery, Shape, ordered, write_table

PLATFORM_COVERAGE = Declared(date(2023, 1, 1), SEEN, "示例市行刑衔接平台管理单位说明〔2026〕3号")
CASE_COVERAGE = Declared(date(2024, 11, 26), SEEN, "本院案件管理部门说明〔2026〕6号")


def write_referral(folder: Path, plan: ReferralPlan) -> Iterator[Delivery]:
    """The platform's cases and the procuratorate's, each declared complete; the published penalties."""
    yield write_table(
        folder,
        "referral_case",
        PLATFORM,
        plan.platform,
        Shape(
            "行刑衔接平台案件.csv",
            ordered(
                PLATFORM, {"行政案件编号": "案件编号", "涉案金额": "涉案金额(元)", "处罚金额": "罚款金额"}
            ),
            "gb18030",
            torn=2,
        ),
        as_of=SEEN,
        declared=(PLATFORM_COVERAGE,),
    )
    yield write_table(
        folder,
        "procuratorate_case",
        CASES,
        plan.cases,
        Shape(
            "检察业务系统案件.xlsx",
            ordered(CASES, {"嫌疑人": "犯罪嫌疑人", "处理日期": "审结日期"}),
            sheet="案件",
            title="检察业务应用系统案件导出",
            serial=True,
        ),
        as_of=SEEN,
        declared=(CASE_COVERAGE,),
    )
    yield write_table(
        folder,
        "public_penalty",
        PUBLISHED,
        sorted(plan.published, key=lambda row: str(row[9])),
        Shape(
            "双公示行政处罚.csv",
            ordered(PUBLISHED, {"行政相对人名称": "当事人", "罚款金额": "罚款金额(元)"}),
            "utf-8-sig",
        ),
        as_of=date(2026, 6, 25),
    )
