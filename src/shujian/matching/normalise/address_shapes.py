"""What the parts of an address look like where no gazetteer names them: roads, numbers, groups, other counties."""

from __future__ import annotations

import re

CJK = "\u3400-\u9fff"
OUTSIDE = re.compile(
    f"[{CJK}]{{1,6}}?(?:省|自治区)|[{CJK}]{{2,5}}?(?:(?<![超夜菜城都股上门闹集早新])市(?![场政容区民])|自治州|盟)"
    f"|[{CJK}]{{1,4}}?(?:(?<![社小园校景矿林山库地片辖特军灾营发范业宅活新城厂街禁服])区(?!域)|县(?!城(?!关)|道)|自治县|旗(?!舰))"
)
MARKED = re.compile("(?:镇|乡|街道|办事处|办|区|管委会|管理委员会)$")
ROAD_NEXT = re.compile("[东西南北中]?(?:大道|大街|公路|[路街巷弄])(?!道)")
AFTER_SHORT = re.compile("$|集镇|镇区|场镇|街上|[墟圩]|[,(]")
TOWN_ANY = re.compile(f"[{CJK}]{{1,5}}?(?:街道办事处|街道(?!口|旁)|办事处|镇(?!政府|府|上)|乡(?!政府|道|村))")
VILLAGE_ANY = re.compile(
    f"(?:(?![路街巷号组])[{CJK}]){{1,6}}?(?:社区(?:居民委员会|居委会)?|居民?委员?会|村(?:民委员会|委会)?)(?![民口道级镇前头里路街巷旁大])"
)
GROUP = re.compile(
    f"(?:[{CJK}]{{1,5}}?|[0-9]{{1,3}}|第[0-9]{{1,3}})(?:村民小组|居民小组|生产队|小组|组(?!织|合|团)|队(?=$|[0-9]))"
)
WHOLE_VILLAGE = 3
"""Signs of the shortest village (山塘村); what is shorter may be the tail of another name (浦口桥村)."""
ROAD = re.compile(
    f"(?:[{CJK}]|[0-9A-Z](?=[{CJK}0-9A-Z]{{0,12}}[线道路])){{1,10}}?(?:大道|大街|公路|[国省县乡]道|(?<!铁)路|街(?!道)|巷|弄|胡同)"
    "(?!口|边|旁|段)(?:[东西南北中一二三四五六七八九十]段)?(?!组)"
)
NUMBER = re.compile(
    "(?P<n>(?:[0-9]+(?:[-、,.][0-9]+)*|[一二三四五六七八九十百零]{1,6})(?:附[0-9]+)?(?:之[0-9一二三四五六七八九十])?)号"
    "(?![楼栋幢线院厂机])(?:之[0-9一二三四五六七八九十]|附[0-9]+号?)?"
)
BARE_NUMBER = re.compile("[0-9]+(?:-[0-9]+)*$")
EDGES = "市县区镇乡道路街巷号村内旁处、,()-"
