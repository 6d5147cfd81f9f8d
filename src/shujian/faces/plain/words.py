"""How codes are said on a page: one table, so that every page says the same."""

from __future__ import annotations

from shujian.clues.read import Exclusion, ReturnReason

GRADES = {
    "A": ("确认", "证件号有效且一致，姓名（名称）一致或仅差一字"),
    "judged": ("同一人", "机器比对没有把握，由人认定为同一人；不自动推送"),
    "A-": ("须核姓名", "证件号一致，姓名不同：可能改名、识别错误或冒用，须人工核对"),
    "B": ("高度可能", "姓名与出生日期一致，证件号缺失：须人工核对后才能推送"),
    "B-": ("须核证件", "只有脱敏证件号可比，首尾与姓名一致：须人工核对"),
    "C": ("仅供排查", "只有姓名（字号）一致：只作排查，不得对外使用"),
}
UNMATCHED = ("未作身份比对", "本线索以事项、地点或汇总为主体，不依赖两份名册是否同一人")
GROUPED = ("汇总", "由多名成员汇总而成；等级取身份最不确定的一名成员，逐名核对见各人线索")
ABSENCES = {
    "proved": ("已证明没有", "对方名册声明该时段完整、数据新鲜，且没有任何等级的匹配"),
    "possible": ("可能存在记录", "对方名册里有可能是同一主体的记录，须先核对"),
    "unknown": ("数据不全", "对方名册未声明完整、已过期，或本人号码不足以查找，不能断定没有"),
    "none": ("不涉及", "本模型不以“没有记录”为条件"),
}
HELD = {
    "identity": "主体身份还不确定。请先核实是不是同一人（同一单位），核实后可手工推送。",
    "possible": "另一名册中可能已有记录。请先核对那条记录，排除后可手工推送。",
    "unknown": "用来比对的名册不全或过旧，机器不能断定“没有”。补齐数据后会自动重算。",
    "returned": "归口单元已退回。机器不会再自动推送，补充材料后可手工推送。",
}
KINDS = {"person": "人员", "org": "单位", "place": "地点", "case": "事项", "agency": "机关"}
STRENGTHS = {"强": "strong", "中": "middle", "弱": "weak"}
OUTCOMES = {
    "same": "一致", "close": "相近", "differs": "不同", "missing": "一方缺失", "masked": "脱敏后一致",
}  # fmt: skip
COMPARED = {
    "id_card": "身份证号", "mask": "脱敏证件号", "name": "姓名／名称", "birth": "出生日期", "sex": "性别", "area": "户籍地",
    "uscc": "统一社会信用代码", "core": "字号",
}  # fmt: skip
VERDICTS = {
    "same": ("同一人", "同一家单位"), "different": ("不是同一人", "不是同一家单位"), "unsure": ("说不准（不能确定）",) * 2,
}  # fmt: skip
"""What a person may judge of two rows: of persons, of firms."""
LESSER = ("return", "transfer", "need_data", "exclude", "decline", "no_case", "refer_out", "refer_inside")
"""Steps whose buttons stand back."""
MACHINE = {
    "clue.pushed": "证据确实，系统推送归口单元",
    "clue.held": "系统发现，暂不推送",
    "clue.evidence_appended": "重新运行，追加证据",
    "clue.ground_changed": "依据已变",
    "clue.folded": "近似诉求并入",
    "clue.relapsed": "整改后再次被反映，重新打开",
    "clue.ground_restored": "重新命中，依据恢复",
}
USES = {
    "filter": "筛选", "compute": "计算", "screen": "关键词筛查", "match": "碰撞", "absent": "查有无", "group": "汇总", "during": "时段",
    "union": "合并", "rank": "排名", "near": "同地近日", "resolve": "归一",
}  # fmt: skip
STATUS = {"draft": "草稿", "trial": "试用", "stable": "正式", "retired": "停用"}
"""Ladder of a model's status."""
AGREEMENTS = {
    "open": "到期日未约定",
    "pending": "尚未生效",
    "running": "有效",
    "ending": "三十天内到期",
    "expired": "已到期",
}
COVERED = {"declared": "声明完整", "gap": "声明有缺口", "undeclared": "未声明"}
REASONS = {"missing": "没有号码或地址", "masked": "号码打了掩码", "bad": "号码或地址无效"}
REJECTS = {
    "wrong_type": "取值不合类型", "missing_required": "必填为空", "ragged": "列数不对", "sealed_record": "依法封存（不留原文）",
}  # fmt: skip
BULK = {
    "sign": "签收", "exclude": "排除", "return": "退回", "transfer": "转其他部门", "snooze": "暂缓", "reopen": "复查",
}  # fmt: skip
"""Steps that may be taken with many clues at once."""
BULK_ASKS = {
    "sign": (), "exclude": ("reason", "note"), "return": ("reason", "note"), "transfer": ("to", "note"),
    "snooze": ("until", "note"), "reopen": ("note",),
}  # fmt: skip
"""What each of them asks for."""


def reasons_of(verb: str) -> list[tuple[str, str]]:
    """The closed list of reasons that a bulk step asks for."""
    listed = {"exclude": Exclusion, "return": ReturnReason}.get(verb)
    return [(str(code), str(label)) for code, label in listed.choices] if listed else []


LOOKS: dict[str, str] = {
    "clue.show": "看线索", "clue.print": "看打印稿", "clue.unmask": "看完整信息", "clue.looks": "看谁看过",
    "lake.row": "看数据行", "search.person": "按人查询", "subject.show": "看主体的认定", "model.explain": "逐步解释一个主体",
}  # fmt: skip
"""Looks at persons' data, as the audit pages call them."""
