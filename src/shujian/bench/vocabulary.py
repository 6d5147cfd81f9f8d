"""The words that invented complaints are made of. Nothing here is law or a real place."""

from __future__ import annotations

_THINGS = """
噪声 扬尘 污水 油烟 井盖 电动车 充电桩 食堂 校车 渣土车 垃圾站 化粪池 排水沟 路灯 电梯 消防栓 燃气管 水库 养殖场 屠宰场
砂石场 搅拌站 加油站 药店 网吧 酒吧 出租屋 工地 塔吊 围挡 绿化带 公厕 河道 鱼塘 耕地 林地 采石场 烟花厂 陶瓷厂 诊所
养老院 幼儿园 外卖店 冷库 停车场 快递站 广告牌 高压线 变压器 地下室
"""
_TROUBLES = """
扰民 污染 超标 直排 破损 堵塞 积水 漏电 无证 过期 变质 倾倒 占用 拖欠 克扣 乱收费 无人管 未整改 反复 深夜施工 冒黑烟 有异味
塌陷 松动 缺失 失灵 私拉电线 飞线充电 违建 偷排 焚烧 渗漏 超载 撒漏 堆放 侵占 毁坏 哄抬 造假 隐瞒 推诿 强制消费 诱导 虚报
冒领 挪用 转包 停工 断供 封路
"""
_SHORT = """
赌博 传销 猪瘟 毒品 家暴 拐卖 醉驾 假药 走私 套路贷 电鱼 盗采 毁林 骗保 虐待 辍学 童工 纹身 欠薪 工伤 彩礼 假酒 黑车 飞石
"""
_PLACES = (
    "示例镇东街 示例镇西街 示例新村 示例小区三期 示例中学 示例市场 示例桥头 示例工业园 示例广场 示例社区"
)
_OFFICES = "住建部门 城管部门 环保部门 市场监管部门 交通部门 教育部门 街道办事处 水利部门"
_SENTENCES = """
市民来电反映，{place}附近{thing}问题一直没有解决，
希望有关部门尽快到现场核实处理，
已经多次向社区反映但没有答复，
每天晚上十点以后仍然影响周边居民休息，
家中有老人和小孩，生活受到很大影响，
请求{office}督促责任单位限期处理并回复结果，
经工作人员联系，来电人表示情况属实，
该处{thing}近期进行过一次清理，但几天后又和以前一样，
现场照片和视频可以提供，
来电人要求对个人信息保密，
此前工单已办结，来电人对办理结果不满意，
{place}门口道路狭窄，车辆进出困难，
物业公司称已上报{office}，具体时间不清楚，
附近商户也有同样的诉求，
下雨天情况更加严重，
主要是{trouble}，已持续{days}天，
"""


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


THINGS, TROUBLES, SHORT = _list(_THINGS), _list(_TROUBLES), _list(_SHORT)
PLACES, OFFICES, SENTENCES = _list(_PLACES), _list(_OFFICES), _list(_SENTENCES)
