"""M05 planted: the seed's twenty-one clues about penalties of the health and the transport office; near misses beside."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from shujian.demo.dirt import code_text, money_text, rough
from shujian.demo.draws import dice
from shujian.demo.firms import Bureau
from shujian.demo.referral_rows import some_day
from shujian.demo.sheets import Cell
from shujian.demo.truth import Truth

MODEL = "duty_urging"
URGED = 21
SEEN = date(2026, 6, 20)
"""The day at which the ledgers were extracted."""
PERMITS_SEEN = date(2026, 6, 25)
LEDGER = (
    "行政案件编号",
    "处罚机关",
    "当事人",
    "统一社会信用代码",
    "案由",
    "立案日期",
    "是否批准延长办案期限",
    "处罚决定日期",
    "决定书文号",
    "处罚依据",
    "处罚种类",
    "裁量情节",
    "罚款额",
    "缴款日",
    "是否批准延期分期缴纳",
    "催告日",
    "吊销的许可证号",
    "决定状态",
)
APPLIED = ("执行案号", "申请机关", "被执行人", "决定书文号", "申请日期", "审查结果")
PERMITS = (
    "行政相对人名称",
    "统一社会信用代码",
    "许可决定书文号",
    "许可编号",
    "许可证书名称",
    "许可决定日期",
    "有效期至",
    "许可机关",
    "当前状态",
)
HEALTH, TRAFFIC = "示例市卫生健康局", "示例市交通运输局"
_CAUSES: tuple[tuple[str, str, str, tuple[int, int]], ...] = (
    (HEALTH, "未按规定公示", "《公共场所卫生管理条例》第十四条", (500, 900)),
    (HEALTH, "使用未取得健康证人员", "《公共场所卫生管理条例》第十四条", (1000, 1800)),
    (HEALTH, "超出登记范围执业", "《医疗机构管理条例》第四十六条", (10_000, 18_000)),
    (TRAFFIC, "超限运输", "《公路安全保护条例》第六十四条", (1000, 2000)),
    (TRAFFIC, "未取得道路运输经营许可", "《道路运输条例》第六十三条", (3000, 5000)),
    (TRAFFIC, "不按规定维护车辆", "《道路运输条例》第七十条", (1000, 1500)),
)
_CROWD = 1500


@dataclass
class UrgingPlan:
    """The three lists of M05 so far, and what they must yield."""

    rng: random.Random
    bureau: Bureau
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    ledger: list[list[Cell]] = field(default_factory=list)
    applied: list[list[Cell]] = field(default_factory=list)
    permits: list[list[Cell]] = field(default_factory=list)

    def penalise(self, filed: date, which: int | None = None, **how: Cell) -> tuple[str, str]:
        """A penalty decided in thirty days and paid in ten; ``how``: cells by title. Answers case and document."""
        agency, cause, basis, fines = _CAUSES[self.rng.randrange(len(_CAUSES)) if which is None else which]
        firm, serial = self.bureau.found(), f"{len(self.ledger) + 1:06d}"
        decided = filed + timedelta(days=self.rng.randint(10, 40))
        cells: dict[str, Cell] = dict.fromkeys(LEDGER)
        cells |= {
            "行政案件编号": f"示案{serial}", "处罚机关": agency, "当事人": firm.name, "案由": cause, "立案日期": filed,
            "统一社会信用代码": code_text(firm.code, self.rng), "处罚决定日期": decided, "决定书文号": f"示罚决{serial}",
            "处罚依据": basis, "处罚种类": "罚款", "罚款额": money_text(self.rng.randrange(*fines), self.rng),
            "缴款日": decided + timedelta(days=self.rng.randint(1, 14)), "决定状态": "有效",
        }  # fmt: skip
        self.ledger.append([(cells | how)[title] for title in LEDGER])
        return f"示案{serial}", f"示罚决{serial}"

    def apply(self, document: str, on: date) -> None:
        """An application to the court."""
        self.applied.append(
            [
                f"示行审{len(self.applied) + 1:05d}",
                TRAFFIC,
                self.bureau.found().name,
                document,
                on,
                "准予执行",
            ]
        )

    def permit(self, number: str, given: date, state: str) -> None:
        """A published permit."""
        firm = self.bureau.found()
        self.permits.append(
            [firm.name, firm.code, f"示许决{len(self.permits) + 1:06d}", number, "经营许可证", given, date(2030, 1, 1), HEALTH, state]
        )  # fmt: skip

    def day(self, first: date = date(2025, 1, 6), last: date = date(2025, 8, 1)) -> date:
        """A day from the planted span: all periods have run out by the day of the extract."""
        return some_day(self.rng, first, last)


def urging_lists(seed: int, bureau: Bureau, scale: float) -> UrgingPlan:
    """The whole of M05's lists for this seed; ``scale`` shrinks the crowd."""
    plan = UrgingPlan(dice(seed, "urging"), bureau)
    _gaps(plan)
    _near_misses(plan)
    plan.truth.figures = {"urged": URGED}
    _fill(plan, round(_CROWD * scale))
    return plan


def _gaps(plan: UrgingPlan) -> None:
    """Ten not carried out, six decided late, three revoked permits alive, one expired ground, one cause uneven."""
    truth = plan.truth
    for which in range(10):
        _, document = plan.penalise(plan.day(), which % 6, 缴款日=None)
        truth.expect("unexecuted", "case", document, "A", "proved", "没有缴款，也没有申请法院强制执行")
    for which in range(6):
        filed = plan.day()
        decided = filed + timedelta(days=plan.rng.randint(115, 150)) if which % 2 else None
        changes: dict[str, Cell] = {"处罚决定日期": decided, "缴款日": decided}
        if decided is None:
            changes |= {"决定书文号": f"示待定{which}", "罚款额": None}
        case, _ = plan.penalise(filed, which, **changes)
        truth.expect("slow", "case", case, "A", "none", "立案后一百一十五日以上没有决定")
    for which in range(3):
        number = f"示许证吊{which:03d}"
        _, document = plan.penalise(plan.day(), which, 处罚种类="罚款并吊销许可证", 吊销的许可证号=number)
        plan.permit(number, date(2022, 3, 1), "有效" if which % 2 else "正常")
        truth.expect("alive", "case", document, "A", "none", "吊销的许可证公示仍有效")
    _, document = plan.penalise(plan.day(), 2, 处罚依据="《执业医师法》第三十九条")
    truth.expect("cited", "case", document, "A", "none", "引用已失效的执业医师法")
    for position in range(12):
        plan.penalise(plan.day(), 0, 案由="未按规定消毒", 罚款额=9_000 if position == 5 else 1000)
    truth.expect("uneven", "case", f"{HEALTH}·未按规定消毒", "A", "none", "十二件中一件九千元，其余一千元")


def _near_misses(plan: UrgingPlan) -> None:
    truth = plan.truth
    open_still: tuple[tuple[dict[str, Cell], str, str], ...] = (
        ({"决定状态": "复议中"}, "standing", "复议中"),
        ({"决定状态": "暂缓执行"}, "standing", "暂缓执行"),
        ({"是否批准延期分期缴纳": "是"}, "unpaid", "批准分期缴纳"),
        ({"缴款日": "2025年9月"}, "unpaid", "缴款日只知道月份"),
    )
    for changes, guard, why in open_still:
        _, document = plan.penalise(plan.day(), None, **({"缴款日": None} | changes))
        truth.spare(document, guard, why)
    _, document = plan.penalise(plan.day(), None, 缴款日=None)
    plan.apply(document, date(2026, 2, 2))
    truth.spare(document, "unexecuted", "已申请法院强制执行")
    _, document = plan.penalise(date(2025, 9, 1), None, 处罚决定日期=date(2025, 9, 30), 缴款日=None)
    truth.spare(document, "expired", "申请期限未满")
    _, document = plan.penalise(date(2024, 3, 4), None, 处罚决定日期=date(2024, 4, 1), 缴款日=None)
    truth.expect("unexecuted", "case", document, "A", "unknown", "法院的清单声明从 2025 年起完整")
    _more_near_misses(plan)


def _more_near_misses(plan: UrgingPlan) -> None:
    truth = plan.truth
    in_time: tuple[tuple[dict[str, Cell], str, str], ...] = (
        (
            {"处罚决定日期": date(2026, 4, 7), "缴款日": date(2026, 4, 9)},
            "slow",
            "第九十日在清明假期，顺延到节后第一日",
        ),
        (
            {"处罚决定日期": date(2026, 6, 1), "缴款日": date(2026, 6, 2), "是否批准延长办案期限": "是"},
            "filed",
            "批准延长",
        ),
    )
    for changes, guard, why in in_time:
        case, _ = plan.penalise(date(2026, 1, 5), None, **changes)
        truth.spare(case, guard, why)
    for which, (given, state, decided, guard, why) in enumerate(
        (
            (date(2022, 3, 1), "注销", date(2025, 8, 4), "alive", "许可已注销"),
            (date(2025, 12, 1), "有效", date(2025, 8, 4), "alive", "吊销以后另发的证"),
            (date(2022, 3, 1), "有效", PERMITS_SEEN - timedelta(days=60), "revoked", "吊销恰满六十日"),
        )
    ):
        number = f"示许证近{which:03d}"
        _, document = plan.penalise(
            decided - timedelta(days=20), None, 处罚种类="吊销许可证", 吊销的许可证号=number, 处罚决定日期=decided, 缴款日=decided
        )  # fmt: skip
        plan.permit(number, given, state)
        truth.spare(document, guard, why)
    _, document = plan.penalise(
        date(2022, 1, 4),
        2,
        处罚决定日期=date(2022, 2, 28),
        缴款日=date(2022, 3, 1),
        处罚依据="《执业医师法》第三十九条",
    )
    truth.spare(document, "cited", "失效前一日作出")
    for position in range(9):
        plan.penalise(plan.day(), 3, 案由="不按规定停放", 罚款额=20_000 if position == 4 else 1000)
    truth.spare(f"{TRAFFIC}·不按规定停放", "duty.least_cases", "只有九件")
    for position in range(12):
        reason = "从重：一年内再犯" if position == 4 else None
        plan.penalise(
            plan.day(), 3, 案由="不配合检查", 罚款额=20_000 if position == 4 else 1000, 裁量情节=reason
        )
    truth.spare(f"{TRAFFIC}·不配合检查", "comparable", "悬殊的一件有从重情节")


def _fill(plan: UrgingPlan, count: int) -> None:
    """The crowd: decided in time and paid, or applied for in time."""
    rng = plan.rng
    for _ in range(count):
        filed = plan.day(date(2023, 1, 3), date(2026, 5, 1))
        plan.penalise(filed)
        plan.ledger[-1] = rough(plan.ledger[-1], rng)
    for _ in range(count // 10):
        filed = plan.day(date(2025, 1, 6), date(2025, 9, 1))
        _, document = plan.penalise(filed, None, 缴款日=None, 催告日=filed + timedelta(days=80))
        plan.apply(document, filed + timedelta(days=rng.randint(240, 280)))
        plan.permit(f"示许证{len(plan.permits):06d}", plan.day(date(2020, 1, 2), date(2026, 5, 1)), "有效")
