"""What is wrong between the parts of one source contract: references, roles, names that two fields claim."""

from __future__ import annotations

from shujian.lake.promises import ContractFault, Where, agreement_faults, claim_faults
from shujian.lake.sources import SemanticType, ShutCondition, ShutRule, SourceContract, Subject, header_key

TEXT_LIKE = frozenset({"text", "category", "document_no", "address"})
_ROLE_TYPES: dict[str, frozenset[str]] = {
    "name": frozenset({"person_name", "org_name", "text"}),
    "id_card": frozenset({"id_card"}),
    "birth": frozenset({"date"}),
    "sex": frozenset({"category", "text"}),
    "area": frozenset({"category", "text", "document_no"}),
    "uscc": frozenset({"uscc"}),
    "address": frozenset({"address", "text"}),
    "tax": frozenset({"uscc", "text", "document_no"}),
    "rep": frozenset({"person_name", "text"}),
    "former": frozenset({"org_name", "text"}),
    "region": frozenset({"category", "text", "address"}),
    "lon": frozenset({"lonlat"}),
    "lat": frozenset({"lonlat"}),
}
_KIND_ROLES = {
    "person": ({"name"}, {"name", "id_card", "birth", "sex", "area"}),
    "org": ({"name"}, {"name", "uscc", "tax", "rep", "address", "former"}),
    "place": ({"address"}, {"address", "region", "lon", "lat"}),
}


def contract_faults(contract: SourceContract) -> list[ContractFault]:
    """Every fault between the parts of one contract."""
    types = {field.id: field.type for field in contract.fields}
    faults: list[ContractFault] = []
    faults += _twice(contract)
    for index, field_id in enumerate(contract.key):
        faults += _reference(types, ("key", index), field_id, None)
    wants: dict[str, frozenset[str] | None] = {
        "date_field": frozenset({"date", "timestamp"}),
        "region_field": None,
        "extract_field": frozenset({"date", "timestamp"}),
    }
    for name, allowed in wants.items():
        told = getattr(contract, name)
        if told is not None:
            faults += _reference(types, (name,), told, allowed)
    for subject_id, subject in contract.subjects.items():
        faults += _subject(types, subject_id, subject)
    faults += _inside(contract, types)
    faults += agreement_faults(contract)
    for place, claim in enumerate(contract.coverage):
        faults += claim_faults(("coverage", place), claim)
    for index, rule in enumerate(contract.shut):
        faults += _shut(contract, types, ("shut", index), rule)
    for index, field in enumerate(contract.fields):
        if field.screen and field.type not in TEXT_LIKE:
            faults.append(
                (
                    ("fields", index, "screen"),
                    "screen_type",
                    "只有文字类字段可以筛查关键词",
                    field.type,
                    "text",
                )
            )
        if field.values is not None and field.type != "category":
            faults.append(
                (
                    ("fields", index, "values"),
                    "values_type",
                    "只有分类字段可以列出取值",
                    field.type,
                    "category",
                )
            )
    return faults


def _reference(
    types: dict[str, SemanticType], where: Where, field_id: str, allowed: frozenset[str] | None
) -> list[ContractFault]:
    if field_id not in types:
        return [(where, "unknown_field", "引用了不存在的字段", field_id, "、".join(types))]
    if allowed is not None and types[field_id] not in allowed:
        return [(where, "field_type", "所引用字段的类型不合适", types[field_id], "、".join(sorted(allowed)))]
    return []


def _subject(types: dict[str, SemanticType], subject_id: str, subject: Subject) -> list[ContractFault]:
    needed, allowed = _KIND_ROLES[subject.kind]
    links = subject.links()
    faults: list[ContractFault] = []
    for role in sorted(needed - links.keys()):
        faults.append(
            (("subjects", subject_id), "subject_lacks", f"{subject.kind} 主体缺少 {role}", None, role)
        )
    for role, field_id in links.items():
        where: Where = ("subjects", subject_id, *(("coordinates",) if role in ("lon", "lat") else ()), role)
        if role not in allowed:
            faults.append(
                (where, "subject_role", f"{subject.kind} 主体不用 {role}", role, "、".join(sorted(allowed)))
            )
        else:
            faults += _reference(types, where, field_id, _ROLE_TYPES[role])
    return faults


def _twice(contract: SourceContract) -> list[ContractFault]:
    faults: list[ContractFault] = []
    ids: dict[str, int] = {}
    names: dict[str, str] = {}
    for index, field in enumerate(contract.fields):
        if field.id in ids:
            faults.append(
                (("fields", index, "id"), "duplicate_field", "字段重复", field.id, "每个字段只写一次")
            )
        ids.setdefault(field.id, index)
        for name in (field.title, *field.aliases):
            plain = header_key(name)
            owner = names.setdefault(plain, field.id)
            if owner != field.id:
                message = f"表头名称已属于字段 {owner}"
                faults.append((("fields", index), "ambiguous_title", message, name, "不与其他字段同名"))
    return faults


def _inside(contract: SourceContract, types: dict[str, SemanticType]) -> list[ContractFault]:
    faults: list[ContractFault] = []
    for index, field in enumerate(contract.fields):
        where: Where = ("fields", index, "keyed")
        if field.keyed is None:
            continue
        if contract.inside is None:
            faults.append(
                (where, "keyed_outside", "只有本院发布的内部数据才用代号字段", field.keyed, "inside: …")
            )
        if field.type != "document_no":
            faults.append((where, "field_type", "代号字段的类型应是编号", field.type, "document_no"))
        faults += _reference(types, where, field.keyed, None)
    return faults


def _shut(
    contract: SourceContract, types: dict[str, SemanticType], where: Where, rule: ShutRule
) -> list[ContractFault]:
    faults: list[ContractFault] = []
    if [one.id for one in contract.shut].count(rule.id) > 1:
        faults.append(((*where, "id"), "duplicate_rule", "封存规则重复", rule.id, "每条规则的 id 不同"))
    for name, conditions in (("when", rule.when), ("unless", rule.unless)):
        for place, one in enumerate(conditions):
            faults += _condition(contract, types, (*where, name, place), one)
    return faults


_TESTS = ("is_", "says", "over", "younger")


def _condition(
    contract: SourceContract, types: dict[str, SemanticType], where: Where, one: ShutCondition
) -> list[ContractFault]:
    tests = [name.rstrip("_") for name in _TESTS if getattr(one, name) not in (None, ())]
    if len(tests) != 1:
        message = "封存条件应当只用 is、says、over、younger 中的一种"
        return [(where, "bad_condition", message, "、".join(tests) or None, "其中一种")]
    if tests == ["younger"]:
        return _age(contract, types, where, one)
    stray = [name for name in ("subject", "on", "latest") if getattr(one, name)]
    faults: list[ContractFault] = [
        ((*where, name), "bad_condition", f"{tests[0]} 条件不用 {name}", name, "field") for name in stray
    ]
    if one.field is None:
        return [*faults, (where, "bad_condition", f"{tests[0]} 条件缺少 field", None, "field")]
    kinds = {
        "over": frozenset({"integer", "decimal", "money"}),
        "is": TEXT_LIKE,
        "says": TEXT_LIKE | {"person_name", "org_name"},
    }
    return faults + _reference(types, (*where, "field"), one.field, kinds[tests[0]])


def _age(
    contract: SourceContract, types: dict[str, SemanticType], where: Where, one: ShutCondition
) -> list[ContractFault]:
    days = frozenset({"date", "timestamp"})
    faults: list[ContractFault] = []
    subject = contract.subjects.get(one.subject or "")
    if subject is None or subject.kind != "person":
        people = "、".join(name for name, told in contract.subjects.items() if told.kind == "person")
        faults.append(((*where, "subject"), "unknown_subject", "不是本数据源的人员主体", one.subject, people))
    if one.field is not None:
        faults.append(
            ((*where, "field"), "bad_condition", "younger 条件不用 field", one.field, "subject、on")
        )
    if one.on is None:
        faults.append((where, "bad_condition", "younger 条件缺少 on", None, "on: 行为日期字段"))
    for name, told in (("on", one.on), ("latest", one.latest)):
        faults += _reference(types, (*where, name), told, days) if told else []
    return faults
