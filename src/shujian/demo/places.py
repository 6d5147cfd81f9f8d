"""The invented county: its towns, quarters, offices and firms. Every name says 示例; the coordinates lie at sea."""

from __future__ import annotations

COUNTY = "示例市"

_TOWN_STEMS = (
    "东堡",
    "西塘",
    "南桥",
    "北岭",
    "白石",
    "青竹",
    "云溪",
    "长丰",
    "石湾",
    "枫坪",
    "板桥",
    "清水",
    "泉湖",
    "大屏",
    "星月",
    "清溪",
    "竹潭",
    "茶岭",
    "左溪",
    "柳家湾",
)
TOWNS = tuple(f"示例{stem}{'街道' if at < 4 else '镇'}" for at, stem in enumerate(_TOWN_STEMS))
ROADS = tuple(
    f"{stem}路"
    for stem in (
        "人民",
        "解放",
        "建设",
        "和平",
        "胜利",
        "文化",
        "陶园",
        "芳草",
        "春晖",
        "工业",
        "车站",
        "滨河",
        "学院",
        "新华",
        "迎宾",
        "书院",
        "环城",
    )
)
QUARTERS = tuple(
    f"{stem}{kind}"
    for stem in (
        "金桂",
        "翠竹",
        "阳光",
        "锦绣",
        "和顺",
        "福星",
        "东方",
        "滨江",
        "玉兰",
        "清华",
        "碧水",
        "凤凰",
        "紫荆",
        "安居",
        "华庭",
        "丽景",
        "红旗",
        "新世纪",
    )
    for kind in ("花园", "小区", "家园", "新村")
)
VILLAGES = tuple(
    f"{stem}村"
    for stem in (
        "石塘",
        "大坪",
        "黄泥",
        "龙井",
        "双江",
        "高桥",
        "新塘",
        "枫树",
        "茶园",
        "马田",
        "荷塘",
        "白云",
        "松山",
        "五里",
        "李庄",
        "泉塘",
    )
)

HANDLERS = tuple(
    f"{COUNTY}{office}"
    for office in (
        "城市管理和综合执法局",
        "市场监督管理局",
        "住房和城乡建设局",
        "生态环境局",
        "人力资源和社会保障局",
        "公安局",
        "消防救援大队",
        "交通运输局",
        "教育局",
        "卫生健康局",
        "民政局",
        "农业农村局",
        "水利局",
        "自然资源局",
        "供电公司",
        "自来水公司",
        "燃气公司",
    )
)

LON, LAT = 124.20, 28.10
"""South-west corner of the invented county: open sea, so that no real place is shown."""

_BRANDS_FIRST = "鸿瑞恒华盛泰金宏兴隆佳永祥博诚安通达源丰"
_BRANDS_SECOND = "泽源昌达信和晟科阳创辉宇峰远拓沃邦岳澜鼎"
BRANDS = tuple(first + second for first in _BRANDS_FIRST for second in _BRANDS_SECOND if first != second)


def firm_name(serial: int, trade: str, tail: str = "有限公司") -> str:
    """The ``serial``-th firm of a trade; 380 brands, then numbered ones."""
    brand = BRANDS[serial * 7 % len(BRANDS)]
    again = serial // len(BRANDS)
    number = ("", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九", "第十")[again]
    return f"{COUNTY}{brand}{number}{trade}{tail}"
