"""Every Chinese title that the platforms use is a header of its source. The table is written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.lake import read
from shujian.lake.reading.headers import Matcher

TITLES: dict[str, str] = {
    "hotline_order": "工单编号 来电时间 受理时间 来电/受理时间 渠道 诉求人 联系电话 诉求类型 一级分类 二级分类 三级分类 标题 诉求内容 "
    "事发地址 区划 街道 区划/街道 坐标 涉及主体 承办单位 派单时间 办结时间 派单/办结时间 办理结果 办结状态 是否重复 原工单号 "
    "是否重复/原工单号 回访 满意度 回访/满意度 退单次数 涉密标识",
    "referral_case": "行政案件编号 执法机关 立案日期 当事人类型 当事人名称 当事人证件 案由 违法事实 涉案金额 涉案物品 处罚决定书文号 "
    "处罚决定书日期 处罚决定书内容 处罚决定书金额 是否涉嫌犯罪 拟移送罪名 移送书文号 移送书日期 公安接收机关 公安接收时间 回执号 "
    "审查结论 结论日期 结论理由 复议日期 复议结果 立案监督文书 结果 检察意见文号 检察意见日期 回复日期 回复结果 附件",
    "grid_event": "事件编号 上报时间 网格员 网格编码 大类 小类 描述 地址 经度 纬度 图片 处置部门 状态 办结时间 复查",
    "judgment": "案号 法院 案件类型 案由 审级 裁判日期 文书类型 当事人 代理人 判决主文 引用法条 全文",
    "police_disclosure": "受案编号 立案编号 受案/立案编号 案件类别 办案单位 进展公开时间 公开内容",
    "public_penalty": "行政相对人名称 统一社会信用代码 法定代表人 证件号 决定书文号 违法行为类型 违法事实 依据 处罚类别 处罚内容 "
    "罚款金额(万元) 没收金额 处罚决定日期 有效期 公示截止期 处罚机关 机关信用代码",
    "public_permit": "行政相对人名称 统一社会信用代码 法定代表人 证件号 决定书文号 许可类别 许可内容 许可决定日期 有效期 公示截止期 "
    "许可机关 机关信用代码",
    "env_tax_filing": "纳税人识别号 名称 登记状态 税款所属期起 税款所属期止 申报日期 征收品目 征收子目 子目(污染物) 排放口编码 排放量 "
    "污染当量值 当量数 税额 减免性质 减免税额 应补退 入库日期 税源编号 主管税务所",
    "env_tax_source": "纳税人识别号 名称 登记状态 税源编号 排放口编码 主管税务所",
    "env_penalty": "文号 企业 信用代码 违法时间 违法类型 污染物 超标倍数 排口 处罚额",
    "discharge_permit": "许可证号 企业 信用代码 类别 有效期 排口 许可量 污染物",
    "emission_monitoring": "企业 信用代码 监测点 因子 小时/日均 标准值",
    "construction_permit": "施工许可证号 项目 建设单位 建设单位信用代码 施工单位 施工单位信用代码 监理单位 监理单位信用代码 建筑面积 "
    "合同开工 合同竣工 地址 坐标 状态",
    "prosecuted_person": "案件编号 姓名 身份证号 性别 出生 工作单位/职业(自述) 工作单位 职业 案由 案件结果 判决或决定日期 生效日期 刑种 "
    "刑期(月) 缓刑 故意/过失 单处罚金 剥夺政治权利 采取强制措施起 采取强制措施止 承办人",
    "establishment_person": "姓名 身份证号 单位 主管部门/系统 主管部门 系统 编制类别 身份 入编日期 状态 变动日期 数据截止日",
    "discipline_record": "姓名 身份证号 处分种类 决定日期 处分期 所依据案件",
    "correction_person": "姓名 身份证号 罪名 判决日期 刑种 缓刑考验期起 缓刑考验期止 社矫起 社矫止 执行地司法所 训诫次数 "
    "训诫日期 警告次数 警告日期 治安处罚 请销假 状态",
    "police_penalty": "决定书文号 被处罚人 身份证号 违法行为时间 地点 案由 处罚种类 拘留天数 决定日期 依据",
    "coercive_measure": "姓名 身份证号 措施 涉嫌罪名 起 止 办案单位",
    "procuratorate_case": "案件编号 案件编号(全国统一) 受理日期 案由 罪名 嫌疑人 被害人 案件类别 承办部门 承办人 办案期限 阶段 处理结果 "
    "法律文书 判决 线索编号",
}


@pytest.mark.parametrize("source_id", sorted(TITLES))
def test_every_title_of_the_platform_is_a_header(lake_home: Path, source_id: str) -> None:
    matcher = Matcher(read.source(source_id))
    missing = [title for title in TITLES[source_id].split() if matcher.field_of(title) is None]
    assert missing == []
