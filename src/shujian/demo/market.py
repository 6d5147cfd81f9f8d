"""The register of firms, eight months old when the county looks at it, and the changes of name that it does not know."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from shujian.demo.dirt import scanned, soiled, spaced, wide
from shujian.demo.draws import dice, pick, stream
from shujian.demo.firms import bracketed
from shujian.demo.identity import uscc
from shujian.demo.names import bulk_names
from shujian.demo.places import ROADS, TOWNS, firm_name
from shujian.demo.sheets import Cell
from shujian.demo.tables import Delivery, Shape, ordered, write_table

REGISTER = (
    "统一社会信用代码", "企业名称", "主体类型", "法定代表人", "住所", "注册资本", "成立日期", "登记状态", "经营范围", "登记机关",
)  # fmt: skip
CHANGE = ("统一社会信用代码", "企业名称", "变更事项", "变更前名称", "启用日期", "变更日期", "登记机关")
STALE, FRESH = date(2025, 10, 31), date(2026, 6, 20)
_FIRMS = 12_000
_FIRST_CODE = 500_000
_TRADES = ("百货", "餐饮服务", "物流", "种植", "装潢", "广告", "汽修", "苗木")
_SCOPES = (
    "日用百货零售，10公斤以下小包装食品销售",
    "道路货物运输，101类普通货物装卸",
    "日常保洁，室内装饰，广告发布",
)
_AGENCY = "示例市市场监督管理局"


@dataclass
class Market:
    """The two lists."""

    register: list[list[Cell]] = field(default_factory=list)
    changes: list[list[Cell]] = field(default_factory=list)


def market_lists(seed: int, scale: float) -> Market:
    """Firms that no planted matter speaks of; ``scale`` shrinks their number."""
    rng, lists, count = dice(seed, "market"), Market(), round(_FIRMS * scale)
    people = stream(seed, "market")
    owners = bulk_names(people, pick(people, ("男", "女"), count)).tolist()
    for number, owner in enumerate(owners):
        code = uscc(_FIRST_CODE + number * 7)
        name = firm_name(number // len(_TRADES), _TRADES[number % len(_TRADES)])
        founded = date(2008, 1, 1) + timedelta(days=rng.randrange(6400))
        lists.register.append(_registered(rng, code, name, str(owner), founded))
        if soiled(rng, "register.renamed") == "changed":
            changed = max(founded + timedelta(days=200), date(2025, 11, 3)) + timedelta(
                days=rng.randrange(200)
            )
            now = name.replace("有限公司", "实业有限公司")
            lists.changes.append([code, now, "名称变更", name, founded, changed, _AGENCY])
    return lists


def write_market(folder: Path, lists: Market) -> Iterator[Delivery]:
    """The register of last October, and the changes since."""
    shape = Shape(
        "企业登记_2025年10月.csv",
        ordered(REGISTER, {"企业名称": "主体名称", "住所": "经营场所"}),
        "gb18030",
        torn=2,
    )
    yield write_table(folder, "firm_register", REGISTER, lists.register, shape, as_of=STALE)
    shape = Shape("企业变更登记.xlsx", ordered(CHANGE), sheet="变更", title="示例市企业名称变更登记")
    yield write_table(folder, "firm_change", CHANGE, lists.changes, shape, as_of=FRESH)


def _registered(rng: random.Random, code: str, name: str, owner: str, founded: date) -> list[Cell]:
    return [
        _code(rng, code),
        _name(rng, name),
        "有限责任公司",
        owner,
        _address(rng),
        _capital(rng),
        founded,
        rng.choices(("存续", "注销", "吊销"), (90, 7, 3))[0],
        scanned(rng.choice(_SCOPES), rng),
        _AGENCY,
    ]


def _code(rng: random.Random, code: str) -> str:
    """A code, and at times one that is typed otherwise, or typed wrong."""
    kind = soiled(rng, "register.code")
    forms = {
        "lower": code.lower(), "wide": wide(code), "spaced": spaced(code), "short": code[:-1], "missing": "",
        "wrong_letter": code.replace("1", "I", 1) if "1" in code else code.replace("0", "O", 1),
    }  # fmt: skip
    return forms.get(kind, code)


def _name(rng: random.Random, name: str) -> str:
    kind = soiled(rng, "register.name")
    forms = {
        "bracketed": bracketed(name),
        "half_brackets": name.replace("有限公司", "(有限公司)"),
        "spaced": name.replace("有限公司", " 有限公司"),
    }
    return forms.get(kind, name)


def _address(rng: random.Random) -> str:
    town, road, number = rng.choice(TOWNS), rng.choice(ROADS), f"{rng.randint(1, 399)}号"
    forms = {
        "short_town": f"{town.removesuffix('镇').removesuffix('街道')}{road}{number}",
        "old_name": f"{town.replace('镇', '乡')}{road}{number}",
        "no_number": f"{town}{road}",
        "wide_digits": f"{town}{road}{wide(number)}",
    }
    return forms.get(soiled(rng, "register.address"), f"{town}{road}{number}")


def _capital(rng: random.Random) -> str:
    amount = rng.randrange(3, 2000) * 10_000
    forms = {
        "wan": f"{amount // 10_000}万元",
        "vague": f"{amount // 10_000}万余元",
        "commas": f"{amount:,}元",
    }
    return forms.get(soiled(rng, "register.capital"), f"{amount}")
