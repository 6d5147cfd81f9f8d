"""M03 planted: thirteen building firms fined for dust that filed nothing, their estimate round 250,000 元; near
misses beside them stand in :mod:`shujian.demo.envtax_guards`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from shujian.demo.dirt import code_text, money_text, rough, spaced, wide
from shujian.demo.draws import dice
from shujian.demo.envtax_rows import (
    MEDIA,
    Quarter,
    filing_row,
    licence_row,
    penalty_row,
    permit_no,
    quarter_of_day,
    source_row,
    works_row,
)
from shujian.demo.firms import Bureau, Firm, bracketed
from shujian.demo.sheets import Cell
from shujian.demo.truth import Truth

MODEL, EMIT = "env_tax", "unfiled"
FIRMS, TARGET = 13, 250_000
FIRST = Quarter(2023, 1)
DAY = date(2026, 6, 1)
"""Sites whose contract ends before this day are finished."""
GAP = (date(2023, 7, 1), date(2023, 9, 30))
"""Filings of this quarter were lost in a move of systems: no absence around it can be proved."""

_HIGH_A_QUARTER = {"建筑施工": 1.818, "市政拆迁施工": 2.952}
_FACTS = {
    "一般性粉尘": "现场检查时正在土方施工，未采取覆盖、喷淋措施，扬尘严重。",
    "烟尘": "锅炉烟囱排放烟尘超标。",
    "二氧化硫": "窑炉废气二氧化硫超标排放。",
    "化学需氧量(CODcr)": "生产废水经雨水沟外排，化学需氧量超标。",
    "氨氮": "废水氨氮超标。",
    "危险废物": "将废油渣倾倒在厂区后山。",
    "其他固体废物": "将废泥坯倾倒在河滩。",
    "工业噪声": "厂界噪声超过排放标准。",
    "氮氧化物": "废气氮氧化物超标。",
    "悬浮物(SS)": "废水悬浮物超标。",
}


@dataclass
class EnvTaxPlan:
    """The lists of M03 so far, and what they must yield."""

    rng: random.Random
    bureau: Bureau
    filer: Firm
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    penalties: list[list[Cell]] = field(default_factory=list)
    filings: list[list[Cell]] = field(default_factory=list)
    sources: list[list[Cell]] = field(default_factory=list)
    works: list[list[Cell]] = field(default_factory=list)
    licences: list[list[Cell]] = field(default_factory=list)
    monitoring: list[list[Cell]] = field(default_factory=list)

    def fine(
        self,
        firm: Firm,
        violated: date,
        pollutant: str = "一般性粉尘",
        changes: dict[str, Cell] | None = None,
    ) -> None:
        """A decision of the environment office."""
        self.penalties.append(
            penalty_row(
                firm,
                violated,
                len(self.penalties) + 1,
                pollutant=pollutant,
                fact=_FACTS[pollutant],
                fine=money_text(self.rng.randrange(10, 100) * 1000, self.rng),
                changes=changes,
            )
        )

    def file(
        self,
        firm: Firm,
        quarter: Quarter,
        pollutant: str = "一般性粉尘",
        *,
        tax: int | None = None,
        **how: Any,
    ) -> None:
        """One line of a quarterly filing."""
        self.filings.append(
            filing_row(
                firm,
                quarter,
                len(self.filings) + 1,
                pollutant=pollutant,
                tax=self.rng.randrange(200, 9000) if tax is None else tax,
                **how,
            )
        )

    def build(self, builder: Firm, contractor: Firm, quarter: Quarter, area: int, **how: Any) -> str:
        """A site under work through the whole quarter and its neighbours; answers the permit number."""
        number = len(self.works) + 1
        self.works.append(
            works_row(
                builder,
                contractor,
                number,
                area=area,
                start=quarter.moved(-1).first,
                end=quarter.moved(1).last,
                project=f"示例{contractor.name[3:5]}{self.rng.choice(('花园', '广场', '学府', '新城', '安置房'))}{number}期",
                **how,
            )
        )
        return permit_no(number)

    def register(self, firm: Firm, pollutant: str) -> None:
        """A tax source of the firm."""
        self.sources.append(source_row(firm, len(self.sources) + 1, pollutant=pollutant))

    def license(self, firm: Firm, pollutant: str) -> None:
        """A discharge permit of the firm."""
        self.licences.append(licence_row(firm, len(self.licences) + 1, pollutant=pollutant))

    def day_in(self, quarter: Quarter) -> date:
        """A day well inside a quarter."""
        return quarter.first + timedelta(days=self.rng.randrange(5, 80))


def env_tax_plan(seed: int) -> EnvTaxPlan:
    """The thirteen; guards and crowd are added by their own modules."""
    rng = dice(seed, "env-tax")
    bureau = Bureau(rng)
    plan = EnvTaxPlan(rng, bureau, bureau.found())
    areas = _areas(rng)
    for number, (area, kind) in enumerate(areas):
        _unfiled_site(plan, number, area, kind)
    plan.truth.figures = {"env_tax_firms": FIRMS, "estimate": TARGET}
    return plan


def _areas(rng: random.Random) -> list[tuple[int, str]]:
    """Areas of the thirteen sites: drawn, then scaled so that 250,000 lies between all low and all high estimates."""
    kinds = ["市政拆迁施工" if number in (4, 9) else "建筑施工" for number in range(FIRMS)]
    drawn = [rng.uniform(6, 20) * (0.5 if kind == "市政拆迁施工" else 1.0) for kind in kinds]
    high = sum(area * _HIGH_A_QUARTER[kind] for area, kind in zip(drawn, kinds, strict=True))
    return [
        (round(area * TARGET * 1.36 / high / 10) * 10, kind) for area, kind in zip(drawn, kinds, strict=True)
    ]


def _unfiled_site(plan: EnvTaxPlan, number: int, area: int, kind: str) -> None:
    rng = plan.rng
    fined = plan.bureau.found("建设工程" if kind == "建筑施工" else "市政工程")
    other = plan.bureau.found("房地产开发")
    quarter = Quarter(2024, 1).moved(rng.randrange(0, 7 if number == 7 else 9))
    violated = plan.day_in(quarter)
    # Finished by now: they are E1's alone, not E3's as well.
    changes: dict[str, Cell] = {"状态": "竣工"}
    if kind != "建筑施工":
        changes |= {"施工面积": area, "建筑面积": None, "工程类别": kind}
    why = "施工扬尘受罚，前后三个季度没有任何申报"
    told: dict[str, Cell] = {}
    if number == 1:
        told, why = {"信用代码": fined.code.lower()}, why + "；信用代码小写"
    elif number == 2:
        told, why = {"信用代码": wide(fined.code)}, why + "；信用代码为全角"
    elif number == 3:
        told, why = {"企业": bracketed(fined.name)}, why + "；企业名称写法不同"
    elif number == 5:
        told, why = {"信用代码": spaced(fined.code)}, why + "；信用代码带空格"
    elif number == 6:
        violated, why = quarter.last, why + "；违法时间在季度最后一日"
    elif number == 7:
        plan.file(fined, quarter.moved(-2))
        plan.file(fined, quarter.moved(2))
        why += "；隔两个季度的申报不算"
    elif number == 8:
        plan.file(plan.bureau.found("建设工程").called(fined.name), quarter)
        why += "；申报的是信用代码不同的同名企业"
    told["施工许可证号"] = plan.build(other, fined, quarter, area, changes=changes)
    if number in (10, 11):  # the fined one is the builder, not the contractor
        plan.works.pop()
        told["施工许可证号"] = plan.build(fined, other, quarter, area, changes=changes)
        why += "；受罚的是建设单位"
    plan.fine(fined, violated, changes=told)
    if number == 12:
        plan.fine(fined, max(violated - timedelta(days=3), quarter.first), changes=told)
        why += "；同一季度受罚两次，合为一条"
    plan.truth.expect(EMIT, "org", fined.code, "A", "proved", why)


def fill_env_tax(plan: EnvTaxPlan, scale: float) -> None:
    """The crowd: firms that file every quarter, half of them fined as well; ``scale`` shrinks it."""
    rng = plan.rng
    firms = [plan.filer, *(plan.bureau.found() for _ in range(round(620 * scale)))]
    pollutants = [name for name in MEDIA if name != "工业噪声"]
    for firm in firms:
        own = rng.sample(pollutants, rng.choice((1, 1, 2, 3)))
        usual = {pollutant: rng.randrange(400, 9000) for pollutant in own}
        for pollutant in own:
            plan.register(firm, pollutant)
        for step in range(13):
            if FIRST.moved(step).first == GAP[0]:
                continue
            for pollutant in own:
                typed: dict[str, Cell] = {"纳税人识别号": code_text(firm.code, rng)}
                tax = round(usual[pollutant] * rng.uniform(0.85, 1.15))
                plan.file(firm, FIRST.moved(step), pollutant, tax=tax, changes=typed)
                plan.filings[-1] = rough(plan.filings[-1], rng)
        if rng.random() < 0.55:
            plan.license(firm, own[0])
    for firm in rng.sample(firms, len(firms) // 2):
        violated = date(2023, 1, 10) + timedelta(days=rng.randrange(1180))
        # Dumped solids that are filed as well would be E6's.
        pollutant = rng.choice([name for name in pollutants if MEDIA[name] != "固体废物"])
        plan.fine(firm, violated, pollutant)
        plan.truth.spare(firm.code, "unfiled", f"受罚而{quarter_of_day(violated).year}年各季度都有申报")
    for _ in range(round(420 * scale)):
        _ordinary_site(plan)


def _ordinary_site(plan: EnvTaxPlan) -> None:
    """A site of the crowd: finished, or under work and filed for by its contractor."""
    rng = plan.rng
    start = date(2022, 3, 1) + timedelta(days=rng.randrange(1300))
    end = start + timedelta(days=rng.randrange(200, 900))
    builder, contractor = plan.bureau.found("房地产开发"), plan.bureau.found("建筑劳务")
    number, ongoing = len(plan.works) + 1, end > DAY
    plan.works.append(
        works_row(
            builder,
            contractor,
            number,
            area=rng.randrange(200, 6000) * 10,
            start=start,
            end=end,
            project=f"示例安居工程{number}期",
            changes={} if ongoing else {"状态": "竣工"},
        )
    )
    if ongoing:
        for step in range(9, 13):
            plan.file(contractor, FIRST.moved(step), tax=rng.randrange(2000, 9000))
        plan.truth.spare(contractor.code, "no_dust", "在建工地，施工单位有扬尘申报")
