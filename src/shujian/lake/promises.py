"""What is wrong, or only lacking, in what a provider promises: agreement, cadence, declared spans and gaps."""

from __future__ import annotations

from shujian.lake.sources import DeclaredCoverage, SourceContract, duration_days

Where = tuple[str | int, ...]
ContractFault = tuple[Where, str, str, str | None, str | None]
"""(where, code, message, found, expected): the loader gives it its file and line."""


def agreement_faults(contract: SourceContract) -> list[ContractFault]:
    """A purpose that says nothing, an end before the beginning, a key named twice, a month without a date."""
    told = contract.agreement
    faults: list[ContractFault] = []
    if not told.purpose.strip():
        faults.append((("agreement", "purpose"), "no_purpose", "协议没有写使用目的", told.purpose, "一句话"))
    if told.signed is not None and told.expires is not None and told.expires < told.signed:
        faults.append(
            (
                ("agreement", "expires"),
                "bad_span",
                "协议到期日早于签订日",
                str(told.expires),
                f"不早于 {told.signed}",
            )
        )
    if told.from_ is not None and told.expires is not None and told.expires < told.from_:
        faults.append(
            (("agreement", "expires"), "bad_span", "协议到期日早于生效日", str(told.expires), f"不早于 {told.from_}")
        )  # fmt: skip
    for place, field_id in enumerate(contract.key):
        if field_id in contract.key[:place]:
            faults.append(
                (("key", place), "duplicate_key_field", "自然键里字段重复", field_id, "每个字段只写一次")
            )
    if contract.expect_monthly is not None and contract.date_field is None:
        faults.append(
            (
                ("expect_monthly",),
                "expect_without_date",
                "按月预期需要 date_field",
                None,
                "date_field: 日期字段",
            )
        )
    return faults


def claim_faults(where: Where, claim: DeclaredCoverage) -> list[ContractFault]:
    """Spans turned round, gaps outside their span, gaps that overlap, a claim that nobody stated."""
    faults: list[ContractFault] = []
    end = None if claim.to == "extract" else claim.to
    if end is not None and end < claim.from_:
        faults.append(((*where, "to"), "bad_span", "起止日期颠倒", str(end), f"不早于 {claim.from_}"))
    if not claim.stated_by.strip():
        faults.append(((*where, "stated_by"), "no_statement", "没有写明由谁声明", None, "如 来函〔2026〕1号"))
    for place, gap in enumerate(claim.gaps):
        at: Where = (*where, "gaps", place)
        if gap.to < gap.from_:
            faults.append(((*at, "to"), "bad_span", "缺口起止日期颠倒", str(gap.to), f"不早于 {gap.from_}"))
        elif gap.from_ < claim.from_ or (end is not None and gap.to > end):
            span = f"{claim.from_} 至 {claim.to}"
            faults.append((at, "gap_outside", "缺口不在声明的起止之内", f"{gap.from_} 至 {gap.to}", span))
        for other in claim.gaps[:place]:
            meet = other.from_ <= gap.to and gap.from_ <= other.to
            if meet and (not other.area or not gap.area or set(other.area) & set(gap.area)):
                told = f"{gap.from_} 至 {gap.to}"
                faults.append(
                    (at, "gaps_overlap", "缺口互相重叠", told, f"与 {other.from_} 至 {other.to} 分开或合并")
                )
    return faults


def contract_warnings(contract: SourceContract) -> list[ContractFault]:
    """What is allowed but should be looked at before real data come in."""
    found: list[ContractFault] = []
    if not contract.basis:
        found.append((("basis",), "no_basis", "没有写取得数据的依据", None, "{law: …, article: …}"))
    if contract.inside is None:
        if not (contract.agreement.number or "").strip():
            found.append(
                (("agreement", "number"), "no_number", "没有登记协议文号", None, "如 示检数〔2026〕1号")
            )
        if contract.agreement.retain is None:
            found.append((("agreement", "retain"), "no_retain", "没有约定留存期限", None, "如 P3Y"))
    if duration_days(contract.cadence) > duration_days(contract.fresh):
        message = "时效比周期短：下一批没到，上一批就已过期"
        found.append(
            (("fresh",), "fresh_below_cadence", message, contract.fresh, f"不短于 {contract.cadence}")
        )
    optional = [one.title for one in contract.fields if one.id in contract.key and not one.required]
    if optional:
        message = "自然键里有不是必填的字段：缺它的行按整行内容认，改一处就成新的一行"
        found.append((("key",), "key_not_required", message, "、".join(optional), "required: true"))
    return found
